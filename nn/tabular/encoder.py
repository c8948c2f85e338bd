"""Rows of numbers from the rows of a table: numbers, text, and gaps."""

from collections.abc import Sequence
from math import isfinite
from reprlib import repr as shown
from statistics import fmean, median, pstdev
from typing import Any, NamedTuple, get_type_hints

from autograd.coercion import describe
from nn.data.datasets import Dataset, Row
from nn.data.preprocessing import positive, same_length
from nn.training.states import checked

MOST_CATEGORIES = 50  # a column of text becomes a column of numbers for each of its words


class NumberColumn(NamedTuple):
    """A column of numbers: standardised; a missing one is taken to be the median of the training rows."""

    name: str
    fill: float
    mean: float
    deviation: float

    @property
    def features(self) -> list[str]:
        """The column itself."""
        return [self.name]

    def encode(self, cell: Any) -> list[float]:
        """The number, shifted and scaled."""
        if isinstance(cell, str) or (cell is not None and not isfinite(cell)):
            raise ValueError(f"{self.name!r} is a column of numbers, but a row given has {describe(cell)} there")
        return [((self.fill if cell is None else cell) - self.mean) / self.deviation]


class TextColumn(NamedTuple):
    """A column of text: a 1 for the category that it names, 0 for the others (one-hot).

    A category that the training rows did not have, and a missing one, is none of them: all 0.
    """

    name: str
    categories: list[str]

    @property
    def features(self) -> list[str]:
        """One per category: "colour=red"."""
        return [f"{self.name}={category}" for category in self.categories]

    def encode(self, cell: Any) -> list[float]:
        """A number per category."""
        return [float(cell == category) for category in self.categories]


class LeftOutColumn(NamedTuple):
    """A column from which nothing can be learned."""

    name: str
    reason: str

    @property
    def features(self) -> list[str]:
        """None at all."""
        return []

    def encode(self, cell: Any) -> list[float]:
        """No number at all."""
        return []


Column = NumberColumn | TextColumn | LeftOutColumn
KINDS: dict[str, type[Column]] = {"number": NumberColumn, "text": TextColumn, "left out": LeftOutColumn}


class TableEncoder:
    """Makes rows of numbers from rows of a table, which hold numbers, text and None where a value is missing.

    Numbers are standardised, their gaps filled with the median; text becomes one 0 or 1 per category. A column that
    never varies, and one of more than 50 different texts (names, dates), is left out. All of it is measured on the
    training rows given here; call it on any rows.

    columns: what was measured, one for each column of the table. features: the names of the numbers that come out.
    notes: what was left out or filled, in sentences. Raises ValueError when there is no row or no column to learn from.
    """

    def __init__(self, training: Dataset) -> None:
        if not training.rows:
            raise ValueError("training has no rows: a TableEncoder measures the training rows, give it at least one")
        cells = list(zip(*same_length(training.rows, len(training.features)), strict=True))
        self.columns = [_measured(name, column) for name, column in zip(training.features, cells, strict=True)]
        self.notes = [
            f"{column.name!r} is left out: {column.reason}"
            for column in self.columns
            if isinstance(column, LeftOutColumn)
        ]
        self.notes += [
            f"{name!r} is missing in {column.count(None)} of {len(column)} training rows, and taken to be "
            + (f"the median, {measured.fill:g}" if isinstance(measured, NumberColumn) else "none of its categories")
            for name, column, measured in zip(training.features, cells, self.columns, strict=True)
            if None in column and not isinstance(measured, LeftOutColumn)
        ]
        if not self.features:
            raise ValueError("there is no column to learn from: " + "; ".join(self.notes))

    @property
    def features(self) -> list[str]:
        """The names of the numbers that come out: "age", "colour=red"."""
        return [feature for column in self.columns for feature in column.features]

    def __call__(self, rows: Sequence[Sequence[Any]]) -> list[Row]:
        """These rows as numbers. Raises ValueError for a row of another length, or text in a column of numbers."""
        return [
            [number for column, cell in zip(self.columns, row, strict=True) for number in column.encode(cell)]
            for row in same_length(rows, len(self.columns))
        ]

    def state_dict(self) -> dict[str, Any]:
        """What was measured, as plain lists and dicts that JSON can hold."""
        names = {kind: name for name, kind in KINDS.items()}
        columns = [{"kind": names[type(column)], **column._asdict()} for column in self.columns]
        return {"columns": columns, "notes": list(self.notes)}

    @classmethod
    def from_state_dict(cls, state: Any) -> "TableEncoder":
        """The TableEncoder that ``state_dict`` was asked of. Raises ValueError for what no TableEncoder measured."""
        told = checked(state, {"columns": list, "notes": list[str]}, "a TableEncoder")
        made = cls.__new__(cls)
        made.columns, made.notes = [_column(column) for column in told["columns"]], told["notes"]
        if not made.features:
            raise ValueError("a TableEncoder has no column to learn from")
        return made


def _column(state: dict[str, Any]) -> Column:
    """The column that ``TableEncoder.state_dict`` told of."""
    kind = checked(state, {"kind": str}, "a column")["kind"]
    if kind not in KINDS:
        raise ValueError(f"a column is of the kind {kind!r}, but there are {', '.join(KINDS)}")
    column = KINDS[kind](**checked(state, get_type_hints(KINDS[kind]), f"a column of the kind {kind!r}"))
    if isinstance(column, NumberColumn):
        positive(column.deviation)
    return column


def _measured(name: str, cells: Sequence[Any]) -> Column:
    """What the training rows tell of a column."""
    present = [cell for cell in cells if cell is not None]
    texts = [cell for cell in present if isinstance(cell, str)]
    if not present:
        return LeftOutColumn(name, "it is empty in the training rows")
    if texts:
        return _measured_text(name, cells, texts)
    if not all(map(isfinite, present)):
        raise ValueError(f"{name!r} holds a number that is not finite; where one is missing, give None")
    if min(present) == max(present):
        return LeftOutColumn(name, f"it is {present[0]:g} in every training row")
    fill = float(median(present))
    filled = [fill if cell is None else cell for cell in cells]
    return NumberColumn(name, fill, fmean(filled), pstdev(filled))


def _measured_text(name: str, cells: Sequence[Any], texts: Sequence[str]) -> Column:
    categories = sorted(set(texts))
    if len(texts) + cells.count(None) < len(cells):
        raise ValueError(
            f"{name!r} holds both text, such as {shown(texts[0])}, and numbers: make all of it text, or none"
        )
    if len(set(cells)) == 1:
        return LeftOutColumn(name, f"it is {shown(texts[0])} in every training row")
    if len(categories) > MOST_CATEGORIES:
        return LeftOutColumn(
            name,
            f"it has {len(categories)} different texts in {len(cells)} rows, such as {shown(texts[0])}, more than the "
            f"{MOST_CATEGORIES} that can be categories (write a number plainly, 1234.5, and a date as numbers: its "
            "year, its month)",
        )
    return TextColumn(name, categories)
