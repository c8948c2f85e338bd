"""Settings against knobs: what the exercises of lesson 10 ask."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import ceil
from typing import Any

import nn
from judging import Choice, Exercise, Function, Number, Properties

Unit = tuple[Sequence[float], float, Sequence[Sequence[float]]]

ROWS, BATCH, EPOCHS = 1000, 32, 5
HIDDEN = 4  # layers, at least

UNITS: dict[str, Unit] = {
    "weight 1, bias 0, on the rows [1], [2] and [-1]": ([1], 0, [[1], [2], [-1]]),
    "weights 1 and -1, bias 0, on [3, 1], [1, 3] and [2, 2]": ([1, -1], 0, [[3, 1], [1, 3], [2, 2]]),
    "weight 1, bias -10, on [1], [2], [11] and [12]": ([1], -10, [[1], [2], [11], [12]]),
    "weight -2, bias 1, on [0], [1] and [-3]": ([-2], 1, [[0], [1], [-3]]),
    "weight 1, bias -99, on [1] and [2]": ([1], -99, [[1], [2]]),
}


def _sum(weights: Sequence[float], bias: float, row: Sequence[float]) -> float:
    return sum(w * x for w, x in zip(weights, row, strict=True)) + bias


def _active(weights: Sequence[float], bias: float, rows: Sequence[Sequence[float]]) -> int:
    return sum(_sum(weights, bias, row) > 0 for row in rows)


def _without_bias(weights: Sequence[float], bias: float, rows: Sequence[Sequence[float]]) -> int:
    return sum(_sum(weights, 0, row) > 0 for row in rows)


def _at_zero(weights: Sequence[float], bias: float, rows: Sequence[Sequence[float]]) -> int:
    return sum(_sum(weights, bias, row) >= 0 for row in rows)


def _silent(weights: Sequence[float], bias: float, rows: Sequence[Sequence[float]]) -> int:
    return sum(_sum(weights, bias, row) <= 0 for row in rows)


def _added_up(weights: Sequence[float], bias: float, rows: Sequence[Sequence[float]]) -> float:
    return sum(max(_sum(weights, bias, row), 0) for row in rows)


def _is_deep(build: Callable[[], Any]) -> str:
    model = build()
    if not isinstance(model, nn.MLP):
        return "build() should return a network, an nn.MLP."
    hidden = len(model.layers) - 1
    if hidden < HIDDEN:
        return f"It has {hidden} hidden layers now. That helps, but it should keep four of them."
    return ""


def _is_well(build: Callable[[], Any]) -> str:
    model, data = build(), nn.moons(40, noise=0.15, seed=5)
    loss: Any = nn.binary_cross_entropy_with_logits([model(row) for row in data.rows], data.targets)
    loss.backward()
    for finding in nn.diagnose(model, loss):
        return f"The doctor finds: {finding.kind} in {finding.place}. Print nn.diagnose to see evidence and remedy."
    return ""


EXERCISES: dict[str, Exercise] = {
    "10.1": Exercise(
        Number(
            ceil(Fraction(ROWS, BATCH)) * EPOCHS,
            {
                Fraction(ROWS, BATCH) * EPOCHS: "A step is whole: how many batches does one epoch take?",
                ROWS // BATCH * EPOCHS: "The last, smaller batch of each epoch is left out.",
                ceil(Fraction(ROWS * EPOCHS, BATCH)): "Each epoch begins anew: count its batches, then all epochs.",
                ceil(Fraction(ROWS, BATCH)): "That is one epoch.",
            },
        ),
        "31 full batches and one of 8 rows, five times.",
        (
            "How often does 32 go into 1000? What is left over makes one more batch.",
            "That is one epoch. There are five.",
        ),
    ),
    "10.2": Exercise(
        Choice(
            "shallow",
            {
                "shallow": "",
                "deep": "More layers can do more, if they learn.",
                "same": "So it would be, if both had learned.",
            },
        ),
        "The deep one is right about half of the points, as tossing a coin would be. It has not even begun to learn.",
        (
            "Look at a single path from a weight in the first layer to the loss: what is multiplied along it?",
            "How steep is a sigmoid, at most?",
        ),
        prediction=True,
    ),
    "10.3": Exercise(
        Number(
            Fraction(2, 4) ** 10,
            {
                Fraction(1, 4) ** 10: "That is without the weights. Each layer brings two factors.",
                2**10: "Those are the weights. The sigmoids are factors too.",
                Fraction(1, 2): "That is one layer.",
                5: "Along a path one multiplies.",
                Fraction(9, 4)
                ** 10: "Along a path one multiplies, within a layer as well: the weight times the slope.",
            },
        ),
        "Half is left at each layer, so 1/1024 after ten. To keep up, the weights would have to be 4; but such "
        "large ones push the sums away from 0, where the sigmoid is flatter still.",
        (
            "One layer: a factor for the weight, and one for the sigmoid's slope at 0.",
            "Ten layers in a row multiply.",
        ),
    ),
    "10.4": Exercise(
        Properties([_is_deep, _is_well]),
        "A kind of unit whose slope is not small, or fewer layers, or both: the gradients arrive.",
        (
            "What does the doctor call it, and which remedies does it name?",
            "Try another activation, such as one of those in the picture above.",
        ),
    ),
    "10.5": Exercise(
        Function(
            right=_active,
            cases=UNITS,
            run=lambda function, unit: function(*unit),
            slips={
                _without_bias: "That forgets the bias, which can silence a unit for good.",
                _at_zero: "A sum of exactly 0 is not above 0: relu's slope there is 0 as well.",
                _silent: "That counts the rows on which it is silent.",
                _added_up: "That adds up what the unit gives. Count the rows instead.",
            },
            otherwise="The sum is: each weight times its number in the row, all added, and the bias.",
        ),
        "Where this is 0, no gradient comes through, on any row.",
        (
            "For one row: each weight times its number, all added, and the bias. zip(weights, row) pairs them.",
            "Then count: on how many rows is it above 0? sum() counts True as 1.",
        ),
    ),
}
