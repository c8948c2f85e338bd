"""A table of your own as a Dataset: which column is numbers and which is text, and what is to be predicted."""

from collections.abc import Sequence
from os import PathLike
from reprlib import repr as shown
from typing import Any, Literal

from nn.data.datasets import Dataset, Row
from nn.tabular.csv_files import read_table
from nn.tabular.encoder import MOST_CATEGORIES, Column, LeftOutColumn, NumberColumn

Task = Literal["classification", "regression"]
FEW = 10  # different whole numbers may be the numbers of classes


def read_csv(
    path: str | PathLike[str], target: str, task: Task | None = None, features: Sequence[str] | None = None
) -> Dataset:
    """The table in a CSV file; its rows hold numbers, text, and None where a value is missing: see ``TableEncoder``.

    The first line names the columns. The file is UTF-8, its columns divided by commas, semicolons, tabs or bars.
    target: the column to predict; rows without one are left out. features: the columns to learn from; all others when
    not given. task: when not given, text is classes, and so are at most ten different whole numbers that come three
    times each on average; anything else is a number to predict.
    A column is numbers when every entry is one, such as 12, -0.5 or 1e-3 (0,5 too where semicolons divide columns).
    Nothing is guessed: 1,234, $5 and dates are text. Missing is an empty entry, NA, N/A, NaN, null, None, ? or -.
    Raises ValueError, with the line where there is one, for a file that is no such table, OSError for one out of reach.
    """
    if task not in ("classification", "regression", None):
        raise ValueError(f'task must be "classification" or "regression", not {task!r}')
    table = read_table(path)
    place = table.place(target, "target")
    names = [name for name in table.names if name not in ("", target)] if features is None else list(features)
    places = [table.place(name, "features") for name in names]
    if not names and features is None:
        raise ValueError(f"{path} has no column to learn from beside the target {target!r}")
    if place in places or not places:
        raise ValueError(f"features must name at least one column of {path}, and not the target {target!r}: {names}")
    notes = [
        f"column {i} has no name (row numbers?) and is left out" for i, name in enumerate(table.names, 1) if not name
    ]
    known = [i for i, text in enumerate(table.column(place, "text")) if text is not None]
    if not known:
        raise ValueError(f"{path}: the target {target!r} is missing in every row")
    if len(known) < len(table.rows):
        notes.append(f"{target!r} is missing in {len(table.rows) - len(known)} of {len(table.rows)} rows, left out")
        table = table.take(known)
    targets, classes = _targets(f"{path}: the target {target!r}", table.column(place), task)
    columns = [table.column(i) for i in places]
    return Dataset(list(map(list, zip(*columns, strict=True))), targets, names, classes, tuple(notes))


def read_rows(path: str | PathLike[str], columns: Sequence[Column]) -> list[Row]:
    """The rows of another CSV file, for the ``TableEncoder`` whose ``columns`` these are.

    Columns that the encoder leaves out need not be in the file; those it does not know are passed over.
    Raises as ``read_csv``.
    """
    table = read_table(path)
    found: list[Sequence[Any]] = []
    for column in columns:
        if isinstance(column, LeftOutColumn):
            found.append([None] * len(table.rows))
        else:
            place = table.place(column.name, "a column of the training rows")
            found.append(table.column(place, "number" if isinstance(column, NumberColumn) else "text"))
    return list(map(list, zip(*found, strict=True)))


def _targets(subject: str, entries: Sequence[Any], task: Task | None) -> tuple[list[Any], list[str]]:
    """The targets, and the names of the classes, of which there are none where numbers are to be predicted."""
    different = sorted(set(entries))
    if len(different) == 1:
        raise ValueError(f"{subject} is {shown(_name(different[0]))} in every row: there is nothing to tell apart")
    is_text = isinstance(different[0], str)
    if task == "regression" and is_text:
        raise ValueError(f"{subject} is text, such as {shown(different[0])}; regression predicts numbers")
    if task is None:
        few = len(different) <= FEW and 3 * len(different) <= len(entries)
        task = "classification" if is_text or (few and all(x.is_integer() for x in different)) else "regression"
    if task == "regression":
        return list(entries), []
    if len(different) > max(2, min(MOST_CATEGORIES, len(entries) / 2)):
        raise ValueError(
            f"{subject} has {len(different)} different values in {len(entries)} rows, "
            f"such as {shown(_name(different[0]))}, too many to be classes: there may be {MOST_CATEGORIES}, "
            "with two rows each on average; a number to predict must be written plainly, as 1234.5"
        )
    numbers = {entry: place for place, entry in enumerate(different)}
    return [numbers[entry] for entry in entries], [_name(entry) for entry in different]


def _name(entry: Any) -> str:
    return entry if isinstance(entry, str) else f"{entry:.15g}"
