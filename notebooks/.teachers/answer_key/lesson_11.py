"""Keeping track: what the exercises of lesson 11 ask."""

import random
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

from judging import Choice, Exercise, Number, Properties, not_a_number

WITH_ADA, WITHOUT_ADA = [3100] * 5, [2900] * 4  # as far as the means go
# Contents of the data set, week by week, and the numbers of their versions.
WEEKS: list[tuple[list[Any], list[int]]] = [
    ([[1, 2], [3, 4], [1, 2], [5, 6]], [0, 1, 0, 2]),
    ([[1], [1], [1]], [0, 0, 0]),
    ([[2], [1], [2], [1], [3], [2]], [0, 1, 0, 1, 2, 0]),
    ([], []),
]


def _starts(start: Callable[..., Any]) -> str:
    found = start(1, 4)
    if not isinstance(found, Sequence) or len(found) != 4:
        return "start(1, 4) is to give a list of four numbers."
    complaint = next(filter(None, map(not_a_number, found)), "")
    if complaint:
        return complaint
    before = random.getstate()
    again, other, after = start(1, 4), start(2, 4), random.getstate()
    if list(again) != list(found):
        return "Twice the same seed, and the numbers differ. Where does the drawing begin?"
    if list(other) == list(found):
        return "Another seed, and the numbers are the same: is seed used?"
    if len(set(found)) == 1:
        return "All four are the same: do the dice begin anew for each weight?"
    if after != before:
        return "Right numbers, but whoever draws from random after you now gets others. Make dice of your own."
    if not all(-1 <= x <= 1 for x in found):
        return "The weights are to lie between -1 and 1."
    return ""


def _numbers(versions: Callable[..., Any]) -> str:
    for weeks, right in WEEKS:
        given = [list(content) for content in weeks]
        found = versions(given)
        if not isinstance(found, Sequence) or len(found) != len(right):
            return f"For {len(weeks)} weeks a list of {len(weeks)} numbers should come back."
        if list(found) == right:
            continue
        if list(found) == list(range(len(right))):
            return "Each week has a new number here. But some weeks have the content of an earlier one."
        if len(set(found)) == len(set(right)) and sorted(set(found)) != sorted(set(right)):
            return "Same content, same number: that is so. But the numbers are to be 0, 1, 2, without gaps."
        return f"For the contents {weeks} your function gives {list(found)}."
    return ""


EXERCISES: dict[str, Exercise] = {
    "11.1": Exercise(
        Properties([_starts]),
        "A Random(seed) of its own begins where the seed says, and nobody else draws from it.",
        (
            "random.uniform draws from dice that all programs share. Where they stand now depends on who drew before.",
            "random.Random(seed) makes dice of your own. It has a uniform(-1, 1) too.",
            "Make them once, before the list, and draw count times.",
        ),
    ),
    "11.2": Exercise(
        Properties([_numbers]),
        "The content says which version it is, not the week, nor the name of the file.",
        (
            "Keep a list of the contents that you have seen, each once, in the order in which they came.",
            "Is a week's content in it? If not, append it. Its number is its place, seen.index(content).",
        ),
    ),
    "11.3": Exercise(
        Number(
            sum(WITH_ADA) - sum(WITHOUT_ADA),
            {
                200: "That is how far the mean fell. How much did all five earn together, and the four?",
                3300: "As if she stood as far above the mean as it fell. But one in five moves the mean by a fifth.",
                4100: "By 5 times the fall above which mean? Work out both sums.",
                3000: "That is the mean of the means.",
                1000: "That is how far above the others' mean she earned.",
                15500: "That is what all five earned together. And the four?",
            },
        ),
        "All five earned 15500, the four 11600. Two means, each of which gives nobody away, give Ada away.",
        ("How much do five people with a mean of 3100 earn together?", "And four with a mean of 2900?"),
    ),
    "11.4": Exercise(
        Number(
            Fraction(1, 1 + 4),
            {
                Fraction(1, 20): "That is the share of all 20. How many of them would have paid back?",
                Fraction(4, 5): "That is the accuracy again, or the share that was refused. Who was given a chance?",
                Fraction(1, 4): "One against four refused. What share is that of all who would have paid back?",
                Fraction(1): "All that got a chance paid back, yes. But of those who would have, how many got one?",
            },
        ),
        "One of five, beside four of five in A. The accuracy is the same because the model says no to nearly everybody "
        "in B, and most of them would not have paid back.",
        (
            "Who in B would have paid back? Look at 'paid': those told yes, and those told no.",
            "Divide those told yes by both together.",
        ),
    ),
    "11.5": Exercise(
        Choice(
            "less than half",
            {
                "equal": "The group is no input any more; but something is that nearly always agrees with it.",
                "more than half": "A little closer they come, but not that close.",
                "less than half": "",
            },
        ),
        "29% against 74%. The neuron has put a large negative weight on the district, which says nine times "
        "in ten what the group said.",
        (
            "What would you guess of somebody's group if you know that they live in the east?",
            "The neuron wants to predict the old decisions. Does it help to know the district?",
        ),
        prediction=True,
    ),
}
