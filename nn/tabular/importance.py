"""What a table's model looks at: how much worse it gets when a column is shuffled."""

import math
import sys
from collections.abc import Sequence
from statistics import fmean
from typing import Any

from nn.data.datasets import Dataset
from nn.metrics import mean_squared_error
from nn.rng import Seed, generator
from nn.tabular.table_model import TableModel

REPEATS = 5  # one shuffle may leave much where it was
MOST_ROWS = 500  # that are looked at, or wide tables take minutes


def permutation_importance(model: TableModel, data: Dataset, seed: Seed = 0) -> dict[str, float]:
    """For each column, the most important first, how much its shuffling costs (Breiman 2001, "Random forests").

    That is the rise of the log loss where there are classes, else of the typical error, in the target's own units: the
    mean of five shuffles. About 0, or less, means that the model does without. Two columns that tell the same share
    what they are worth. data: rows that the model did not learn from, of which the first 500 are taken.
    """
    draw = generator(seed)
    rows, targets = data.rows[:MOST_ROWS], data.targets[:MOST_ROWS]
    names = [(place, column.name) for place, column in enumerate(model.encoder.columns) if column.features]
    shuffled: list[list[Any]] = []
    for place, _ in names:
        for _ in range(REPEATS):
            cells = [row[place] for row in rows]
            draw.shuffle(cells)
            shuffled += [[*row[:place], cell, *row[place + 1 :]] for row, cell in zip(rows, cells, strict=True)]
    answers = model.predict([*rows, *shuffled])  # all at once: what is recorded for it is recorded once
    costs = [_cost(model, answers[start : start + len(rows)], targets) for start in range(0, len(answers), len(rows))]
    rises = {
        name: fmean(costs[1 + REPEATS * i : 1 + REPEATS * (i + 1)]) - costs[0] for i, (_, name) in enumerate(names)
    }
    return dict(sorted(rises.items(), key=lambda entry: -entry[1]))


def _cost(model: TableModel, answers: Sequence[Any], targets: Sequence[Any]) -> float:
    if model.classes:  # as log_loss, but that a certain mistake costs no more than floats can tell: 708
        return fmean(-math.log(max(chances[target], sys.float_info.min)) for chances, target in zip(answers, targets))
    return math.sqrt(mean_squared_error(answers, targets))
