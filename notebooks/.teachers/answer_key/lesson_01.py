"""Knobs and dials: what the exercises of lesson 1 ask."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

from judging import Choice, Exercise, Function, Number, Properties, not_a_number

Ride = tuple[Fraction, Fraction]

# What a learner's functions are tried on: (features, weights, bias), and pairs of rides.
COMMITTEES = {
    "the features 2 and 3, the weights 5 and 7, a bias of 100": ([2, 3], [5, 7], 100),
    "the feature 1, the weight 1, a bias of 10": ([1], [1], 10),
    "the features 0, 0 and 4, the weights 1, 2 and 3, a bias of -5": ([0, 0, 4], [1, 2, 3], -5),
}
RIDES = [((1, 3), (3, 7)), ((2, 9), (5, 18)), ((0, 4), (2, 3)), ((1, 2), (4, 2))]


def _weighted_sum(features: Sequence[int], weights: Sequence[int], bias: int) -> int:
    return sum(x * w for x, w in zip(features, weights, strict=True))


def _meets(line_through: Callable[[Ride, Ride], Any]) -> str:
    for pair in RIDES:
        first, second = ((Fraction(km), Fraction(price)) for km, price in pair)
        found = line_through(first, second)
        if not isinstance(found, tuple) or len(found) != 2 or any(map(not_a_number, found)):
            return "Two plain numbers should come back, the weight and the bias: return w, b."
        w, b = found
        for km, price in (first, second):
            if abs(w * km + b - price) > 1e-9:
                return (
                    f"For the rides {pair[0]} and {pair[1]} your line, {_told(w)} km + {_told(b)}, gives "
                    f"{_told(w * km + b)} for {km} km, which cost {price}."
                )
    return ""


def _told(number: Any) -> str:
    return f"{float(number):g}"


EXERCISES: dict[str, Exercise] = {
    "1.1": Exercise(
        Number(
            50 * Fraction("0.08") + 100 * Fraction("-0.02") + 5 * Fraction("0.01") + 3,
            {
                Fraction("2.05"): "That is the weighted sum. What does the committee feel before it hears anything?",
                Fraction("9.05"): "The length counts against a film: its weight is negative.",
                Fraction("5.5"): "The awards weigh a hundredth of a point each, not a tenth.",
                Fraction("5"): "Next to nothing is not nothing: what do the awards bring?",
            },
        ),
        "4 for the rating, 2 against it for the length, 0.05 for the awards, and 3 to begin with.",
        (
            "Multiply each feature by its weight: rating first, 50 times 0.08.",
            "100 minutes at -0.02 each take 2 points away.",
            "Add the three products, and the bias.",
        ),
    ),
    "1.2": Exercise(
        Choice(
            "rating",
            {
                "rating": "",
                "length": "Its weight is the larger number. But how many hours are there between the shortest film and "
                "the longest, and how many percent between the worst and the best?",
                "equal": "Multiply each weight with how far its feature goes, and compare.",
            },
        ),
        "From 0 to 100 percent is 100 times 0.08, 8 points. From 80 to 180 minutes are 5/3 hours, times 1.2: 2 points. "
        "Another unit made the weight sixty times as large, and the length not one bit more important.",
        (
            "How many points lie between a film of 0 percent and one of 100 percent?",
            "And between one of 80 minutes and one of 180, if an hour is worth -1.2?",
        ),
        prediction=True,
    ),
    "1.3": Exercise(
        Function(
            lambda features, weights, bias: _weighted_sum(features, weights, bias) + bias,
            COMMITTEES,
            lambda score, case: score(*case),
            {
                lambda features, weights, bias: _weighted_sum(features, weights, bias) + len(features) * bias: (
                    "How often is the bias added, and how often should it be?"
                ),
                _weighted_sum: "That is the weighted sum. Now nobody adds the bias.",
            },
            "Take it apart: which part is the weighted sum, and which the bias?",
        ),
        "The bias belongs to no feature, so it is added once, outside the loop.",
        (
            "13.82 is 6 too much. Which number of the committee is 6 twice over?",
            "The loop runs three times. What in it should happen only once?",
        ),
    ),
    "1.4": Exercise(
        Properties([_meets]),
        "The weight is the rise in price for each km between the two rides; the bias is what is then still missing.",
        (
            "How many km more is the second ride, and how much more did it cost?",
            "The weight is the one divided by the other: the price of one more km. What is then missing?",
            "The bias is the first ride's price, less its weight times its km.",
        ),
    ),
}
