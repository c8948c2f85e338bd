"""Unseen data: what the exercises of lesson 8 ask."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import log2
from random import Random
from typing import Any

import nn
from judging import Choice, Exercise, Number, Properties

Rows = Sequence[Sequence[float]]

# What a forecaster gave to what came true.
CHANCES = [Fraction(1, 2), Fraction(1, 2), Fraction(1, 16), Fraction(1)]


def _parts(split: Callable[..., Any], rows: list[Any], share: float, seed: int) -> tuple[list[Any], list[Any]] | str:
    """The two parts, or what is wrong with what came back."""
    before = list(rows)
    given = split(rows, share, Random(seed))
    if rows != before:
        return "The list that was given has changed: shuffle a copy of it, list(rows)."
    if not isinstance(given, tuple) or len(given) != 2 or not all(hasattr(part, "__len__") for part in given):
        return "Two lists should come back, in this order: the rows to learn from, and those held out."
    training, held_out = map(list, given)
    return training, held_out


def _keeps_all(split: Callable[..., Any]) -> str:
    for count, share in ((10, 0.2), (7, 0.5), (40, 0.25)):
        rows = list(range(count))
        parts = _parts(split, rows, share, seed=1)
        if isinstance(parts, str):
            return parts
        both = set(parts[0]) & set(parts[1])
        if both:
            return f"Of {count} rows, {len(both)} are in both parts: they would be judged on what was learned from."
        lost = set(rows) - {*parts[0], *parts[1]}
        if lost or len(parts[0]) + len(parts[1]) != count:
            return f"Of {count} rows, {len(lost)} got lost, or one is there twice."
        if len(parts[1]) != round(share * count):
            return f"Of {count} rows a share of {share} was wanted; {len(parts[1])} are held out."
    return ""


def _shuffles(split: Callable[..., Any]) -> str:
    rows = ["cat"] * 100 + ["dog"] * 100
    held_out = []
    for seed in range(3):
        numbered = list(enumerate(rows))
        parts = _parts(split, numbered, 0.25, seed)
        if isinstance(parts, str):
            return parts
        held_out.append(sorted(place for place, _ in parts[1]))
        dogs = sum(kind == "dog" for _, kind in parts[1])
        if dogs in (0, 50):
            return f"From a file with 100 cats first and then 100 dogs, {dogs} of the 50 held out are dogs."
    if held_out[0] == held_out[1] == held_out[2]:
        return "The same rows are held out whatever draw is given: use draw.shuffle."
    return ""


def _shown(rows: Rows) -> str:
    return str([[round(number, 2) for number in row] for row in rows])


def _sealed(equal_scales: Callable[[Rows, Rows], Any]) -> str:
    """Whatever is held out, the training rows must come out alike."""
    training = [[1.0, 10.0], [3.0, 30.0], [5.0, 20.0]]
    others = [[[2.0, 40.0]], [[900.0, -40.0], [7.0, 1.0]]]
    found = [equal_scales([*training], [*held_out]) for held_out in others]
    if not all(isinstance(given, tuple) and len(given) == 2 for given in found):
        return "Two lists of rows should come back: training, then held out."
    learned, kept = (list(map(_shown, part)) for part in zip(*found, strict=True))
    measured = nn.StandardScaler().fit(training)
    if learned[0] != learned[1]:
        return "With other held-out rows, the training rows come out differently. What do they know of them?"
    if learned[0] != _shown(measured.transform(training)):
        return "The training rows do not come out with mean 0 and standard deviation 1, column by column."
    if kept == [_shown(nn.StandardScaler().fit_transform(held_out)) for held_out in others]:
        return (
            "The held-out rows are measured by themselves, so the same animal would get other numbers there than in "
            "training. They must go through what the training rows measured."
        )
    if kept != [_shown(measured.transform(held_out)) for held_out in others]:
        return "The training rows are right. The held-out rows must go through the same StandardScaler."
    return ""


EXERCISES: dict[str, Exercise] = {
    "8.1": Exercise(
        Choice(
            "neuron",
            {
                "parrot": "It knows its sixty animals perfectly, and these are not among them.",
                "neuron": "",
                "same": "So one might think, as both saw the same animals. But they took different things from them.",
            },
        ),
        "The neuron gets 942 of the thousand right, the parrot 903.",
        (
            "Look at the parrot's map: round each odd animal there is an island. What becomes of a new animal there?",
            "What would the best possible map look like, if you knew all cats and dogs?",
        ),
        prediction=True,
    ),
    "8.2": Exercise(
        Properties([_keeps_all, _shuffles]),
        "Nothing lost, nothing twice, and the order has no say.",
        (
            "Make a copy, list(rows), and let draw shuffle the copy: draw.shuffle(copy) changes it in place.",
            "How many are held out? round(share * len(rows)).",
            "Two slices at that place give the two parts: copy[count:] and copy[:count].",
        ),
    ),
    "8.3": Exercise(
        Number(
            Fraction(4, 6),
            {
                Fraction(4, 5): "That is the precision: of the alarms, how many were fires? Recall asks the other way.",
                Fraction(27, 30): "That is the accuracy. Recall looks at the evenings with a fire only.",
                Fraction(2, 6): "That is the share of fires that were missed.",
                Fraction(4, 30): "Of the fires, not of all evenings.",
                4: "That many were found. Of how many?",
            },
        ),
        "4 of 6 fires had an alarm. Its precision is 4 of 5, its accuracy 27 of 30.",
        (
            "How many fires were there on the thirty evenings? Count those with an alarm, and those without.",
            "Recall: of these fires, the share with an alarm.",
        ),
    ),
    "8.4": Exercise(
        Number(
            Fraction(sum(round(-log2(chance)) for chance in CHANCES), 4),
            {
                6: "That is the sum. The cross-entropy is the mean over the four days.",
                Fraction(33, 64): "That is the mean of the probabilities. Turn each of them into tosses first.",
                -log2(33 / 64): "You took the mean of the probabilities first. Turn each of them into tosses first.",
                2: "Four days: the one with probability 1 counts, with no surprise at all.",
            },
        ),
        "1 + 1 + 4 + 0 tosses in four days. More than 1, so the forecaster did worse than a coin, because of one day.",
        (
            "Half a chance is one toss. How many halvings lead to 1/16?",
            "Something of probability 1 does not surprise at all.",
            "Add up the four days and divide by four.",
        ),
    ),
    "8.5": Exercise(
        Properties([_sealed]),
        "Measured on the training rows, applied to both. However the held-out rows change, training never notices.",
        (
            "Which rows may a StandardScaler look at, if the others are to be new?",
            "Measure once, on the training rows alone; then send both lists through the same StandardScaler.",
        ),
    ),
}
