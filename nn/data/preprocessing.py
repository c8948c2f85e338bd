"""Numbers of the same size from a table, by what was measured on the training rows alone."""

from collections.abc import Sequence
from math import isfinite
from numbers import Real
from statistics import fmean, pstdev
from typing import Any

from autograd.coercion import describe
from nn.data.datasets import Row
from nn.training.states import checked


class Standardizer:
    """Shifts and scales each column to mean 0 and standard deviation 1, as measured on the rows given here.

    Give it the training rows only, then call it on any rows: what the held-out rows look like stays unknown to it.
    A column that never varies is only shifted. Raises ValueError for no rows, and for what is no finite number.
    """

    def __init__(self, rows: Sequence[Sequence[float]]) -> None:
        if not len(rows):
            raise ValueError("rows is empty: a Standardizer measures the training rows, give it at least one")
        first = len(rows[0]) if hasattr(rows[0], "__len__") else 0
        columns = [_numbers(*column) for column in enumerate(zip(*same_length(rows, first), strict=True))]
        self.means = [fmean(column) for column in columns]
        self.deviations = [pstdev(column) or 1.0 for column in columns]

    def __call__(self, rows: Sequence[Sequence[float]]) -> list[Row]:
        """These rows, shifted and scaled. Raises ValueError when a row is longer or shorter than those measured."""
        return [
            [(x - mean) / deviation for x, mean, deviation in zip(row, self.means, self.deviations, strict=True)]
            for row in same_length(rows, len(self.means))
        ]

    def inverse(self, rows: Sequence[Sequence[float]]) -> list[Row]:
        """Standardised rows in their own units again, as for the predictions of a model of standardised targets."""
        return [
            [x * deviation + mean for x, mean, deviation in zip(row, self.means, self.deviations, strict=True)]
            for row in same_length(rows, len(self.means))
        ]

    def state_dict(self) -> dict[str, Any]:
        """What was measured, as plain lists that JSON can hold."""
        return {"means": self.means, "deviations": self.deviations}

    @classmethod
    def from_state_dict(cls, state: Any) -> "Standardizer":
        """The Standardizer that ``state_dict`` was asked of. Raises ValueError for what no Standardizer measured."""
        told = checked(state, {"means": list[float], "deviations": list[float]}, "a Standardizer")
        if len(told["means"]) != len(told["deviations"]):
            raise ValueError(f"a Standardizer has {len(told['means'])} means for {len(told['deviations'])} deviations")
        made = cls.__new__(cls)
        made.means, made.deviations = told["means"], [positive(deviation) for deviation in told["deviations"]]
        return made


def positive(deviation: float) -> float:
    """A standard deviation as it was read. Raises ValueError unless it is above 0."""
    if not deviation > 0:
        raise ValueError(f"a standard deviation is above 0, not {deviation}")
    return deviation


def _numbers(place: int, column: Sequence[Any]) -> list[float]:
    for x in column:
        if not isinstance(x, Real) or not isfinite(x):
            raise ValueError(
                f"column {place} of rows holds {describe(x)}, which is no finite number: a TableEncoder also takes "
                "text, and None where a number is missing"
            )
    return [float(x) for x in column]


def same_length(rows: Sequence[Sequence[Any]], count: int) -> Sequence[Sequence[Any]]:
    """The rows as given. Raises TypeError for a row that is no list, ValueError for one of another length."""
    for row in rows:
        if not hasattr(row, "__len__"):
            raise TypeError(f"a row must be a list of numbers, one for each column, not {describe(row)}")
        if len(row) != count:
            raise ValueError(f"the rows measured have {count} columns, but a row given has {len(row)}")
    return rows
