"""Overfitting: what the exercises of lesson 9 ask."""

from collections.abc import Callable
from fractions import Fraction
from random import Random
from statistics import fmean
from typing import Any

from judging import Choice, Exercise, Number, Properties, not_a_number

# (what the data want, strength)
WISHES = [(6, 2), (6, 4), (-3, 2), (1, 4), (-1, 4), (Fraction(1, 2), 1), (0, 3), (5, 0)]


def _least(best_weight: Callable[[Any, Any], Any]) -> str:
    for wish, strength in WISHES:
        found = best_weight(wish, strength)
        complaint = not_a_number(found)
        if complaint:
            return complaint
        at, aside = _cost(found, wish, strength), Fraction(1, 1000)
        for way, other in (("larger", found + aside), ("smaller", found - aside), ("set to 0", 0)):
            if _cost(other, wish, strength) < at - 1e-12:
                return f"For wish {wish} and strength {strength} you give {found}; {way}, it would cost less."
    return ""


def _cost(weight: Any, wish: Any, strength: Any) -> Any:
    return (weight - wish) ** 2 + strength * abs(weight)


def _trains(dropout: Callable[..., Any]) -> str:
    draw = Random(1).random
    for p in (0.5, 0.2):
        rows = [dropout([1.0, 3.0], p, True, draw) for _ in range(4000)]
        if not all(isinstance(row, list) and len(row) == 2 for row in rows):
            return "A list should come back, as long as the one that was given."
        dropped = fmean(x == 0 for row in rows for x in row)
        if abs(dropped - p) > 0.05:
            return f"With p = {p}, {dropped:.0%} of the numbers are 0 while training."
        mean = fmean(row[1] for row in rows)
        if abs(mean - 3) > 0.3:
            return f"With p = {p}, a 3 is {mean:.2f} on average while training. It should stay a 3 on average."
        if len({(row[0] == 0, row[1] == 0) for row in rows}) < 4:
            return "Either all of a row are dropped, or none: each number has a draw of its own."
    return ""


def _rests(dropout: Callable[..., Any]) -> str:
    draw = Random(2).random
    for _ in range(20):
        if list(dropout([1.0, 3.0], 0.5, False, draw)) != [1.0, 3.0]:
            return "When the model is used, training is False, and [1, 3] does not come out as it went in."
    return ""


EXERCISES: dict[str, Exercise] = {
    "9.1": Exercise(
        Number(
            Fraction(6, 1 + 3),
            {
                2: "2(w - 6) + 6w = 8w - 12. Where is that 0?",
                Fraction(6, 3): "The loss of the data pulls too: 2(w - 6) and 6w, both.",
                Fraction(9, 2): "That is what L1 would leave: 6 less half the strength. L2 divides.",
                3: "That is for strength 1.",
                6: "That is what the data want when the weight costs nothing.",
            },
        ),
        "8w = 12. A quarter of 6 is left: 1/(1 + strength) of whatever the data want.",
        (
            "Multiply out: 2(w - 6) + 6w is so many w, less a number.",
            "8w - 12 = 0.",
        ),
    ),
    "9.2": Exercise(
        Properties([_least]),
        "Half the strength towards 0, and where that would go beyond 0, then 0.",
        (
            "For a large positive wish the slope is 2(w - wish) + strength. Where is it 0?",
            "For a negative wish everything is mirrored: towards 0 is then up.",
            "A wish that is nearer to 0 than half the strength ends at 0. max and min help.",
        ),
    ),
    "9.3": Exercise(
        Choice(
            "falls, then rises",
            {
                "falls": "So it would, if the truth were that nothing matters.",
                "rises": "That is what the loss on the flats *seen* does: there, every price is a burden.",
                "falls, then rises": "",
            },
        ),
        "A little price keeps the telephone numbers down. A high one keeps all of them down, the flat's size too.",
        (
            "What do the weights become with a huge strength, and what does the model say then?",
            "0.1 was better than none: you have seen that above.",
        ),
        prediction=True,
    ),
    "9.4": Exercise(
        Properties([_trains, _rests]),
        "Kept numbers grow by 1/(1 - p), so the mean stays; and in use nothing is drawn.",
        (
            "In use: if not training, give the numbers back.",
            "With p = 1/2 half of the numbers are gone. How much must the others grow to make up for them?",
            "x / (1 - p) for what is kept.",
        ),
    ),
    "9.5": Exercise(
        Number(
            Fraction(sum((a + b - 2) ** 2 for a in (0, 2) for b in (0, 2)), 4),
            {
                0: "That is without dropout. With it, each input counts double or nothing.",
                8: "That is the sum over the four cases. Take the mean.",
                4: "That is for all on one input. When both share, some of the four cases are exactly right.",
                1: "Square the misses before you take the mean.",
            },
        ),
        "It says 4, 2, 2 or 0: misses of 2, 0, 0 and 2, squared 4, 0, 0, 4. Half the error of leaning on one.",
        (
            "Each input comes as nothing or doubled. Both, one, the other, none: what is the sum each time?",
            "How far is each sum from what it should be? Square, add, and divide by four.",
        ),
    ),
}
