"""Gradient descent: what the exercises of lesson 5 ask."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

from autograd import grad
from judging import Choice, Exercise, Number, Properties, not_a_number

Rides = Sequence[tuple[Any, Any]]

# What a learner's functions are tried on.
RIDES: list[Rides] = [[(1, 3), (2, 5), (3, 7)], [(0, 1), (1, 1), (3, 2)], [(1, -1), (2, 4), (4, 3)]]


def _loss(rides: Rides, w: Any, b: Any) -> Any:
    return sum((w * km + b - price) ** 2 for km, price in rides) / len(rides)


def _walk(rides: Rides, lr: float, steps: int, kept: float = 0.0) -> tuple[float, float]:
    """Weight and bias after so many steps; ``kept`` is the share of the old gradients that each step adds to."""
    w = b = old_w = old_b = 0.0
    for _ in range(steps):
        along_w, along_b = grad(lambda w, b: _loss(rides, w, b), (0, 1))(w, b)
        old_w, old_b = along_w + kept * old_w, along_b + kept * old_b
        w, b = w - lr * old_w, b - lr * old_b
    return w, b


def _near(found: Any, right: tuple[float, float]) -> bool:
    return all(abs(a - b) < 1e-6 for a, b in zip(found, right, strict=True))


def _trains(train: Callable[[Rides, float, int], Any]) -> str:
    for rides in RIDES:
        found = train(rides, 0.02, 3)
        if not isinstance(found, tuple) or len(found) != 2 or any(map(not_a_number, found)):
            return "Two plain numbers should come back, the weight's and the bias's: return w.data, b.data."
        if _near(found, _walk(rides, 0.02, 3)):
            continue
        if _near(found, _walk(rides, 0.02, 3, kept=1.0)):
            return "The first step is right, the second is not: what do w.grad and b.grad hold when it begins?"
        if _near(found, _walk(rides, -0.02, 3)):
            return "The loss climbs: a gradient points uphill."
        if _near(found, (0, 0)):
            return "Nothing moves. Is the gradient set to 0 between backward() and the update?"
        return "After three steps weight and bias are not where the rule takes them. Is anything else changed?"
    return ""


def _bottom(best_weight: Callable[[Rides], Any]) -> str:
    for rides in RIDES:
        found = best_weight([(Fraction(km), Fraction(price)) for km, price in rides])
        complaint = not_a_number(found)
        if complaint:
            return complaint
        slope = grad(lambda w, rides=rides: _loss(rides, w, 0))(Fraction(found))
        if abs(slope) > 1e-9:
            way = "down" if slope > 0 else "up"
            told = ", ".join(f"({km}, {price})" for km, price in rides)
            return f"For the rides {told} the slope there is {float(slope):.3f}, not 0: the weight should go {way}."
    return ""


EXERCISES: dict[str, Exercise] = {
    "5.1": Exercise(
        Number(
            _loss(RIDES[0], Fraction(3), 0),
            {
                5: "That is the sum of the squares. The loss is their mean.",
                1: "That is the mean of the misses. Square each of them first.",
                3: "That is the sum of the misses. Square each of them first, then take the mean.",
                Fraction(5, 2): "One ride is met exactly, but it counts: the mean is over all three.",
            },
        ),
        "The misses are 0, 1 and 2, their squares 0, 1 and 4.",
        (
            "What does w = 3 guess for 1, 2 and 3 km, and what did the rides cost?",
            "Square the three misses.",
            "Add the squares, and divide by how many rides there are.",
        ),
    ),
    "5.2": Exercise(
        Properties([_bottom]),
        "The pulls 2 * (w * km - price) * km add up to 0 where w * sum(km * km) is sum(km * price).",
        (
            "The slope is the mean of the pulls, 2 * (w * km - price) * km. When is that 0?",
            "Multiply out: w * km * km on one side, km * price on the other, each added up over the rides.",
            "Divide one sum by the other. For the three rides of this lesson they are 34 and 14.",
        ),
    ),
    "5.3": Exercise(
        Choice(
            "bounces",
            {
                "lands": "3/28 lands. Twice as far from the same place goes beyond.",
                "bounces": "",
                "runs away": "It would, with the least bit more.",
            },
        ),
        "3/28 goes exactly to the bottom, so twice as much goes exactly as far beyond, to the same height on the other "
        "side. There the slope is the same with the other sign, and the next step leads back: 0, 34/7, 0, 34/7.",
        (
            "Where does it stand after the first step: on this side of the bottom, at it, or beyond?",
            "How steep is the valley there, compared with where it came from?",
        ),
        prediction=True,
    ),
    "5.4": Exercise(
        Number(
            Fraction(5, 14),
            {
                Fraction(6, 7): "That is the bias. Which is the other knob?",
                Fraction(7, 10): "That is the best weight without a bias. Here it has one beside it.",
                Fraction(1, 3): "The line through the first and the last ride. It leaves the middle one out.",
                Fraction(4, 3): "That is the mean price, what a bias would be alone.",
            },
            tolerance=1e-6,
        ),
        "Weight 5/14, bias 6/7. None of the three rides is met exactly, and no other line has a smaller loss.",
        (
            "Copy the loop with the two knobs, and let it run over other_rides.",
            "A rate of 0.1 is fine, and 400 steps are enough.",
            "Print w.data: its digits repeat. limit_denominator(20) finds the fraction that they stand for.",
        ),
    ),
    "5.5": Exercise(
        Properties([_trains]),
        "Gradients of leaves add up until somebody sets them to 0. In this loop nobody did.",
        (
            "The first step is right. Print w.grad at the second one, before and after backward().",
            "What did the loop with two knobs do first, in every round?",
        ),
    ),
}
