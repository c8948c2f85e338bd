"""The columns of a table: what is measured of each on the training rows, and the numbers that its cells become."""

from collections.abc import Callable, Sequence
from datetime import datetime
from math import isfinite
from reprlib import repr as shown
from statistics import fmean, median, pstdev
from typing import Any, NamedTuple, get_type_hints

from autograd.coercion import describe
from autograd.counting import counted
from nn.data.preprocessing import positive
from nn.tabular.notation import Notation
from nn.training.states import checked

MOST_CATEGORIES = 50  # a column of text becomes a column of numbers for each of its words

PARTS: dict[str, Callable[[datetime], float]] = {
    "year": lambda date: date.year,
    "month": lambda date: date.month,
    "day": lambda date: date.day,
    "weekday": lambda date: date.weekday(),
    "hour": lambda date: date.hour + date.minute / 60,
}


class NumberColumn(NamedTuple):
    """A column of numbers: standardised; a missing one is taken to be the median of the training rows."""

    name: str
    fill: float
    mean: float
    deviation: float
    notation: Notation = Notation()

    @property
    def features(self) -> list[str]:
        """The column itself."""
        return [self.name]

    def encode(self, cell: Any) -> list[float]:
        """The number, shifted and scaled."""
        if isinstance(cell, (str, datetime)) or (cell is not None and not isfinite(cell)):
            raise ValueError(f"{self.name!r} is a column of numbers, but a row given has {describe(cell)} there")
        return [((self.fill if cell is None else cell) - self.mean) / self.deviation]

    def filled(self) -> str:
        """What a missing entry is taken to be."""
        return f"the median, {self.fill:g}"


class TextColumn(NamedTuple):
    """A column of text: a 1 for the category that it names, 0 for the others (one-hot).

    A category that the training rows did not have, and a missing one, is none of them: all 0.
    """

    name: str
    categories: list[str]
    notation: Notation = Notation("text")

    @property
    def features(self) -> list[str]:
        """One per category: "colour=red"."""
        return [f"{self.name}={category}" for category in self.categories]

    def encode(self, cell: Any) -> list[float]:
        """A number per category."""
        return [float(cell == category) for category in self.categories]

    def filled(self) -> str:
        """What a missing entry is taken to be."""
        return "none of its categories"


class DateColumn(NamedTuple):
    """A column of dates: those of year, month, day, weekday (Monday is 0) and hour that vary, each standardised.

    Of a missing date each part is taken to be its median.
    """

    name: str
    parts: list[str]
    fills: list[float]
    means: list[float]
    deviations: list[float]
    notation: Notation = Notation("date", order="ymd")

    @property
    def features(self) -> list[str]:
        """One per part: "sold month"."""
        return [f"{self.name} {part}" for part in self.parts]

    def encode(self, cell: Any) -> list[float]:
        """The parts, shifted and scaled."""
        if not isinstance(cell, datetime | None):
            raise ValueError(f"{self.name!r} is a column of dates, but a row given has {describe(cell)} there")
        numbers = self.fills if cell is None else [PARTS[part](cell) for part in self.parts]
        return [(x - mean) / size for x, mean, size in zip(numbers, self.means, self.deviations, strict=True)]

    def filled(self) -> str:
        """What a missing entry is taken to be."""
        return "the median of each part"


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


Column = NumberColumn | TextColumn | DateColumn | LeftOutColumn
KINDS: dict[str, type[Column]] = {
    "number": NumberColumn,
    "text": TextColumn,
    "date": DateColumn,
    "left out": LeftOutColumn,
}


def measured(name: str, cells: Sequence[Any], notation: Notation | None = None) -> Column:
    """What the training rows tell of a column.

    notation: how it is written in their file. Raises ValueError for kinds that are mixed.
    """
    present = [cell for cell in cells if cell is not None]
    if not present:
        return LeftOutColumn(name, "it is empty in the training rows")
    texts = [cell for cell in present if isinstance(cell, str)]
    dates = [cell for cell in present if isinstance(cell, datetime)]
    for some, words in ((texts, "text"), (dates, "dates")):
        if some and len(some) < len(present):
            raise ValueError(
                f"{name!r} holds both {words}, such as {shown(some[0])}, and numbers: make all of it {words}, or none"
            )
    if texts:
        return _measured_text(name, cells, texts, notation or Notation("text"))
    if dates:
        return _measured_dates(name, dates, notation or Notation("date", order="ymd"))
    if min(present) == max(present):
        return LeftOutColumn(name, f"it is {present[0]:g} in every training row")
    fill = float(median(present))
    filled = [fill if cell is None else cell for cell in cells]
    return NumberColumn(name, fill, fmean(filled), pstdev(filled), notation or Notation())


def _measured_text(name: str, cells: Sequence[Any], texts: Sequence[str], notation: Notation) -> Column:
    categories = sorted(set(texts))
    if len(set(cells)) == 1:
        return LeftOutColumn(name, f"it is {shown(texts[0])} in every training row")
    found = f"it has {len(categories)} different texts in {counted(len(cells), 'row')}, such as {shown(texts[0])}"
    if len(categories) > MOST_CATEGORIES:
        return LeftOutColumn(name, f"{found}, more than the {MOST_CATEGORIES} that can be categories")
    if len(categories) > max(2, len(texts) / 2):
        return LeftOutColumn(name, f"{found}: from names and the like, each in a row or two, nothing can be learned")
    return TextColumn(name, categories, notation)


def _measured_dates(name: str, dates: Sequence[datetime], notation: Notation) -> Column:
    numbers = {part: [read(date) for date in dates] for part, read in PARTS.items()}
    varying = {part: column for part, column in numbers.items() if min(column) < max(column)}
    if not varying:
        return LeftOutColumn(name, f"it is {dates[0]:%Y-%m-%d} in every training row")
    fills, means = ([float(how(column)) for column in varying.values()] for how in (median, fmean))
    return DateColumn(name, list(varying), fills, means, list(map(pstdev, varying.values())), notation)


def column_from(state: Any) -> Column:
    """The column with this state. Raises ValueError for any other state."""
    kind = checked(state, {"kind": str}, "a column")["kind"]
    if kind not in KINDS:
        raise ValueError(f"a column is of the kind {kind!r}, but there are {', '.join(KINDS)}")
    hints = {field: hint for field, hint in get_type_hints(KINDS[kind]).items() if field != "notation"}
    column = KINDS[kind](**checked(state, hints, f"a column of the kind {kind!r}"))
    if isinstance(column, LeftOutColumn):
        return column
    if isinstance(column, NumberColumn):
        positive(column.deviation)
    if isinstance(column, DateColumn):
        lists = (column.fills, column.means, column.deviations)
        if not set(column.parts) <= PARTS.keys() or {len(column.parts)} != set(map(len, lists)):
            raise ValueError(f"a column of dates has the parts {', '.join(PARTS)}, and three numbers for each")
        for deviation in column.deviations:
            positive(deviation)
    if "notation" in state:  # else of a version before there were any
        column = column._replace(notation=Notation.from_state_dict(state["notation"]))
    return column


def column_state(column: Column) -> dict[str, Any]:
    """What was measured of a column, as plain data."""
    (kind,) = (name for name, kind in KINDS.items() if isinstance(column, kind))
    state = {"kind": kind, **column._asdict()}
    return state if isinstance(column, LeftOutColumn) else {**state, "notation": column.notation._asdict()}
