"""Numbers of the same size from a table, by what was measured on the training rows alone."""

from collections.abc import Iterator
from statistics import fmean, pstdev
from typing import Any, Self

from autograd import Value
from autograd.arrays import lists, oddity
from autograd.coercion import as_float, describe, number
from autograd.counting import counted
from nn.data.datasets import Row
from nn.training.states import checked


class StandardScaler:
    """Shifts and scales each column to mean 0 and standard deviation 1, as measured on the training rows.

    ``scaler = StandardScaler().fit(training_rows)``, then ``scaler.transform(rows)`` for any rows: it learns nothing
    from the rows it only transforms. A column that never varies is only shifted.
    """

    def __init__(self) -> None:
        self.means: list[float] = []
        self.deviations: list[float] = []

    def fit(self, rows: Any) -> Self:
        """Measure these rows; returns the scaler. Raises ValueError for no rows and for a number that is not finite."""
        found = lists(rows, "rows")
        if not found:
            raise ValueError("rows is empty: a StandardScaler measures the training rows, give it at least one")
        width = len(found[0]) if hasattr(found[0], "__len__") else 0
        columns = list(zip(*_numbers(found, width), strict=True))
        self.means = [fmean(column) for column in columns]
        self.deviations = [pstdev(column) or 1.0 for column in columns]
        return self

    def transform(self, rows: Any) -> list[Row]:
        """These rows, shifted and scaled.

        Raises RuntimeError before ``fit``, ValueError for a row that is longer or shorter than those measured, and for
        a cell that is not a finite number.
        """
        return [[(x - mean) / deviation for x, mean, deviation in row] for row in self._matched(rows)]

    def fit_transform(self, rows: Any) -> list[Row]:
        """``fit(rows)``, then ``transform(rows)``."""
        return self.fit(rows).transform(rows)

    def inverse_transform(self, rows: Any) -> list[Row]:
        """Transformed rows in their own units again, such as the predictions of a model of transformed targets."""
        return [[x * deviation + mean for x, mean, deviation in row] for row in self._matched(rows)]

    def __repr__(self) -> str:
        measured = counted(len(self.means), "column") if self.means else ""
        return f"{type(self).__name__}({measured})"

    def _matched(self, rows: Any) -> Iterator[Iterator[tuple[Any, float, float]]]:
        """For each row its (number, mean, deviation) triples."""
        if not self.means:
            raise RuntimeError("this StandardScaler has measured nothing yet: call fit(training_rows) first")
        for row in _numbers(rows, len(self.means)):
            yield zip(row, self.means, self.deviations, strict=True)

    def state_dict(self) -> dict[str, Any]:
        """What was measured, as plain lists that JSON can hold."""
        return {"means": self.means, "deviations": self.deviations}

    @classmethod
    def from_state_dict(cls, state: Any) -> Self:
        """The scaler that gave this state. Raises ValueError for any other state."""
        measured = checked(state, {"means": list[float], "deviations": list[float]}, "a StandardScaler")
        means, deviations = measured["means"], measured["deviations"]
        if len(means) != len(deviations):
            raise ValueError(f"a StandardScaler has {len(means)} means for {len(deviations)} deviations")
        scaler = cls.__new__(cls)
        scaler.means, scaler.deviations = means, [positive(deviation) for deviation in deviations]
        return scaler


class Standardizer(StandardScaler):
    """The old name of ``StandardScaler``: it measures the rows that it is made with, and is called itself."""

    def __init__(self, rows: Any) -> None:
        super().__init__()
        self.fit(rows)

    __call__ = StandardScaler.transform
    inverse = StandardScaler.inverse_transform


def positive(deviation: float) -> float:
    """A standard deviation as it was read. Raises ValueError unless it is above 0."""
    if not deviation > 0:
        raise ValueError(f"a standard deviation is above 0, not {deviation}")
    return deviation


def _numbers(rows: Any, count: int) -> list[Row]:
    """Rows of ``count`` numbers each; a Value stays one. Raises ValueError that names the cell that is not a number."""
    found = same_length(rows, count)
    for row, cells in enumerate(found):
        for column, cell in enumerate(cells):
            if wrong := oddity(cell):
                raise ValueError(
                    f"rows[{row}][{column}] is {wrong}, and a StandardScaler takes finite numbers; a TableEncoder also "
                    "takes text, and None or nan where a number is missing"
                )
            if not isinstance(cell, Value):
                as_float(cell, f"rows[{row}][{column}]")
    return [[cell if isinstance(cell, Value) else number(cell) for cell in cells] for cells in found]


def same_length(given: Any, count: int) -> list[Row]:
    """The rows as lists. Raises TypeError for a row that is not a list, ValueError for one of another length."""
    rows = lists(given, "rows")
    for row in rows:
        if not hasattr(row, "__len__"):
            raise TypeError(f"a row must be a list of numbers, one for each column, not {describe(row)}")
        if len(row) != count:
            raise ValueError(f"the rows measured have {counted(count, 'column')}, but a row given has {len(row)}")
    return rows
