"""A CSV file as a Dataset: what each column holds, and what is to be predicted."""

from collections.abc import Sequence
from os import PathLike
from reprlib import repr as shown
from typing import Any, Literal

from nn.data.datasets import Dataset, Row
from nn.tabular.columns import MOST_CATEGORIES, Column, LeftOutColumn
from nn.tabular.csv_files import Table, read_table
from nn.tabular.guessing import Conventions, guesses
from nn.tabular.notation import Notation

Task = Literal["classification", "regression"]
FEW = 10  # different whole numbers may be the numbers of classes


def read_csv(
    path: str | PathLike[str],
    target: str,
    task: Task | None = None,
    features: Sequence[str] | None = None,
    *,
    drop: Sequence[str] = (),
    delimiter: str | None = None,
    missing: Sequence[str] | None = None,
    decimal: str | None = None,
    thousands: str | None = None,
    date_order: str | None = None,
    as_number: Sequence[str] = (),
    as_class: Sequence[str] = (),
) -> Dataset:
    """The table in a CSV file; its rows hold numbers, dates, text, and None for a gap: ``TableEncoder`` takes them.

    The file is UTF-8, and its first line names the columns. What is guessed is said in the notes of the Dataset.
    target: the column to predict; rows without one are left out. features: the columns to learn from; all others, but
    those in drop, when not given. task: when not given, text is classes, and so are at most ten different whole numbers
    that come three times each on average; anything else is a number to predict.
    delimiter: what divides the columns; when not given, what divides most of the first line.
    missing: what stands for a gap, beside an empty entry; when not given, NA, N/A, NaN, null, None, ?, -, -- and a
    point. In a target of text only an empty entry is a gap then, for a class may have such a name.
    decimal, thousands: the marks in numbers. 1.5, 1,5, 1,234.5, $5, 3% and 7 kg are numbers where the whole column is
    written so. Where 1,234 may mean two numbers, other columns decide, then the delimiter: see ``guesses``.
    date_order: "ymd", "dmy" or "mdy", for dates that could be read in two ways.
    as_number, as_class: columns that are numbers, or categories, whatever they look like.
    Raises ValueError, with the line where there is one, for a file that is no such table, OSError for one out of reach.
    """
    if task not in ("classification", "regression", None):
        raise ValueError(f'task must be "classification" or "regression", not {task!r}')
    said = Conventions(missing, decimal, thousands, date_order, as_number, as_class)
    said.check()
    table = read_table(path, delimiter)
    place = table.place(target, "target")
    for argument, named in (("drop", drop), ("as_number", as_number), ("as_class", as_class)):
        for name in named:
            table.place(name, argument)
    if set(as_number) & set(as_class):
        raise ValueError(f"as_number and as_class both name {shown(min(set(as_number) & set(as_class)))}")
    names = [
        name
        for name in (table.names if features is None else features)
        if name not in drop and (features is not None or name not in ("", target))
    ]
    places = [table.place(name, "features") for name in names]
    if not names and features is None:
        raise ValueError(f"{path} has no column to learn from beside the target {target!r}")
    if place in places or not places:
        raise ValueError(f"features must name at least one column of {path}, and not the target {target!r}: {names}")
    notes = [
        f"column {i} has no name (row numbers?) and is left out" for i, name in enumerate(table.names, 1) if not name
    ]
    notes += table.notes()
    guessed = guesses({table.names[i]: table.column(i) for i in (place, *places)}, said, table.delimiter)
    notation = _of_target(table.column(place), guessed[target].notation, said)
    known = [i for i, text in enumerate(table.column(place)) if not notation.is_missing(text)]
    if not known:
        raise ValueError(f"{path}: the target {target!r} is missing in every row")
    if len(known) < len(table.rows):
        words = sorted({repr(text) for text in table.column(place) if text and notation.is_missing(text)})
        written = f" (written {', '.join(words)})" if words else ""
        notes.append(
            f"{target!r} is missing in {len(table.rows) - len(known)} of {len(table.rows)} rows{written}, left out"
        )
        table = table.take(known)
    notes += _named_like_gaps(target, table.column(place), notation, said)
    notes += [guess.note for guess in guessed.values() if guess.note]
    notations = [guessed[name].notation for name in names]
    notes += _gaps(table, names, places, notations)
    if task is None and target in as_number:
        task = "regression"
    targets, classes = _targets(f"{path}: the target {target!r}", table.values(place, notation), task)
    columns = [table.values(i, notation) for i, notation in zip(places, notations, strict=True)]
    rows = list(map(list, zip(*columns, strict=True)))
    return Dataset(rows, targets, names, classes, tuple(notes), tuple(notations))


def read_rows(path: str | PathLike[str], columns: Sequence[Column], *, delimiter: str | None = None) -> list[Row]:
    """The rows of another CSV file, read as those of the ``TableEncoder`` with these ``columns``.

    Columns that the encoder leaves out need not be in the file; those it does not know are passed over.
    Raises as ``read_csv``.
    """
    return rows_of(read_table(path, delimiter), columns)


def rows_of(table: Table, columns: Sequence[Column]) -> list[Row]:
    """The rows of a table, as ``read_rows`` gives them."""
    found: list[Sequence[Any]] = []
    for column in columns:
        if isinstance(column, LeftOutColumn):
            found.append([None] * len(table.rows))
        else:
            place = table.place(column.name, "a column of the training rows")
            found.append(table.values(place, column.notation))
    return list(map(list, zip(*found, strict=True)))


def _of_target(texts: Sequence[str], notation: Notation, said: Conventions) -> Notation:
    """In a target of text only an empty entry is a gap, unless others are named: a class may be called "none"."""
    if notation.kind == "date":
        raise ValueError(
            f"the target is a date, such as {shown(next(text for text in texts if not notation.is_missing(text)))}: "
            "a date cannot be predicted; write it as a number, such as days from a first one"
        )
    is_text = notation.kind == "text" or all(map(notation.is_missing, texts))  # "none" and "-" may be the classes
    return Notation("text", missing=[""]) if is_text and said.missing is None else notation


def _named_like_gaps(target: str, texts: Sequence[str], notation: Notation, said: Conventions) -> list[str]:
    """A sentence about classes that look like gaps."""
    if notation.kind != "text":
        return []
    usual = Notation("text")
    return [
        f"{shown(word)} is a class of {target!r}, in {texts.count(word)} rows; if it stands for a gap, set missing "
        "to it"
        for word in sorted(set(filter(usual.is_missing, texts)))
    ]


def _gaps(table: Table, names: Sequence[str], places: Sequence[int], notations: Sequence[Notation]) -> list[str]:
    """The words that are taken for gaps, in a sentence."""
    found = [
        f"{shown(word)} in {name!r}"
        for name, place, notation in zip(names, places, notations, strict=True)
        for word in sorted(set(table.column(place)))
        if word and notation.is_missing(word)
    ]
    return [f"read as missing: {', '.join(found)} (set missing to change this)"] if found else []


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
