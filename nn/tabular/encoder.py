"""Rows of numbers from the rows of a table: numbers, text, dates, and gaps."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from reprlib import repr as shown
from typing import Any

import numpy as np

from autograd.arrays import is_missing, oddity
from autograd.coercion import number
from autograd.counting import counted
from nn.data.datasets import Dataset, Row
from nn.data.preprocessing import same_length
from nn.tabular.columns import DateColumn, LeftOutColumn, TextColumn, column_from, column_state, measured
from nn.training.states import checked

MOST = 3  # categories that are listed


class TableEncoder:
    """Makes rows of numbers from rows of a table: numbers, text, dates, and None or nan where one is missing.

    Numbers are standardised, their gaps filled with the median; text becomes one 0 or 1 per category, a date its year,
    month, day, weekday and hour. Left out is a column that never varies, and text that is another one in nearly every
    row, such as names: more than 50 different texts, or fewer than two rows for each. All of it is measured on the
    training rows given here; call it on any rows.

    columns: what was measured, one for each column of the table. features: the names of the numbers that come out.
    notes: what was left out, made of text and dates, or filled, in sentences.
    Raises ValueError when there is no row or no column to learn from.
    """

    def __init__(self, training: Dataset) -> None:
        if not training.rows:
            raise ValueError("training has no rows: a TableEncoder measures the training rows, give it at least one")
        rows = _cells(training.rows, len(training.features))
        cells = list(zip(*rows, strict=True))
        notations = training.notations or [None] * len(cells)
        self.columns = list(map(measured, training.features, cells, notations))
        self.notes = [*self._made(), *self.gaps(rows, "training row")]
        if not self.features:
            raise ValueError("there is no column to learn from: " + "; ".join(self.notes))

    @property
    def features(self) -> list[str]:
        """The names of the numbers that come out: "age", "colour=red"."""
        return [feature for column in self.columns for feature in column.features]

    def __call__(self, rows: Any) -> list[Row]:
        """These rows as numbers. Raises ValueError for a row of another length, or text in a column of numbers."""
        return [
            [number for column, cell in zip(self.columns, row, strict=True) for number in column.encode(cell)]
            for row in _cells(rows, len(self.columns))
        ]

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(column.name for column in self.columns)})"

    def gaps(self, rows: Sequence[Sequence[Any]], what: str = "row") -> list[str]:
        """Where these rows have gaps, and what is put there, in sentences that call each ``what``."""
        return [
            f"{column.name!r} is missing in {cells.count(None)} of {counted(len(cells), what)}, and taken to be "
            f"{column.filled()}"
            for column, cells in zip(self.columns, zip(*rows, strict=True), strict=False)
            if not isinstance(column, LeftOutColumn) and None in cells
        ]

    def unseen(self, rows: Sequence[Sequence[Any]], what: str = "row") -> list[str]:
        """The categories in these rows that the training rows did not have, in sentences that call each ``what``."""
        found = []
        for column, cells in zip(self.columns, zip(*rows, strict=True), strict=False):
            if isinstance(column, TextColumn):
                new = Counter(cell for cell in cells if cell is not None and cell not in column.categories)
                words = ", ".join(map(shown, list(new)[:MOST])) + f" and {len(new) - MOST} more" * (len(new) > MOST)
                if new:
                    found.append(
                        f"{column.name!r} is {words} in {new.total()} of {counted(len(cells), what)}, which the "
                        "training rows "
                        "never had: taken to be none of its categories"
                    )
        return found

    def _made(self) -> Iterator[str]:
        """What was left out, and what text and dates have become."""
        for column in self.columns:
            if isinstance(column, LeftOutColumn):
                yield f"{column.name!r} is left out: {column.reason}"
            if isinstance(column, DateColumn):
                yield f"{column.name!r} is a date: {', '.join(column.parts)} are learned from"
        texts = [f"{c.name!r} ({len(c.categories)})" for c in self.columns if isinstance(c, TextColumn)]
        if texts:
            yield f"text becomes a 0 or 1 for each category: {', '.join(texts)}"

    def state_dict(self) -> dict[str, Any]:
        """What was measured, as plain lists and dicts that JSON can hold."""
        return {"columns": list(map(column_state, self.columns)), "notes": list(self.notes)}

    @classmethod
    def from_state_dict(cls, state: Any) -> "TableEncoder":
        """The TableEncoder that ``state_dict`` was asked of. Raises ValueError for what no TableEncoder measured."""
        known = checked(state, {"columns": list, "notes": list[str]}, "a TableEncoder")
        made = cls.__new__(cls)
        made.columns, made.notes = list(map(column_from, known["columns"])), known["notes"]
        if not made.features:
            raise ValueError("a TableEncoder has no column to learn from")
        return made


def _cells(rows: Any, count: int) -> list[Row]:
    """Rows of ``count`` cells each: Python's numbers, text, dates, and None where one is missing."""
    found = same_length(rows, count)
    for row, cells in enumerate(found):
        for column, cell in enumerate(cells):
            if not isinstance(_dated(cell), (str, date)) and not is_missing(cell) and (wrong := oddity(cell)):
                raise ValueError(
                    f"rows[{row}][{column}] is {wrong}: a table holds finite numbers, text, dates and gaps"
                )
    return [[_plain(_dated(cell)) for cell in cells] for cells in found]


def _dated(cell: Any) -> Any:
    """A date to the nanosecond as a datetime, without the nanoseconds; anything else as it is."""
    found = cell.astype("datetime64[us]").item() if isinstance(cell, np.datetime64) else cell
    return found if isinstance(found, datetime) else cell  # the year 10000 has no datetime


def _plain(cell: Any) -> Any:
    if is_missing(cell):
        return None
    if isinstance(cell, date) and not isinstance(cell, datetime):
        return datetime(cell.year, cell.month, cell.day)
    return cell if isinstance(cell, (str, datetime)) else number(cell)
