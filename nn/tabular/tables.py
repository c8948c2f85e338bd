"""A CSV file as a Dataset: what each column holds, and which column to predict."""

from collections.abc import Mapping, Sequence
from os import PathLike
from reprlib import repr as shown
from typing import Any

from nn.data.datasets import Dataset, Row
from nn.tabular.columns import Column, LeftOutColumn
from nn.tabular.csv_files import Table, read_table
from nn.tabular.guessing import Conventions, guesses
from nn.tabular.notation import Notation
from nn.tabular.targets import Task, read_target


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

    The file is UTF-8, and its first line names the columns. Every guess is reported in the notes of the Dataset.
    target: the column to predict; rows without one are left out. features: the columns to learn from; all others, but
    those in drop, when not given. task: when not given, text is classes, and so are at most ten different whole numbers
    that come three times each on average; anything else is a number to predict.
    delimiter: what divides the columns; when not given, what divides most of the first line.
    missing: what stands for a gap, beside an empty entry; when not given, NA, N/A, NaN, null, None, ?, -, -- and a
    point. In a target of classes only an empty entry is a gap then, for a class may have such a name.
    decimal, thousands: the marks in numbers. 1.5, 1,5, 1,234.5, $5, 3% and 7 kg are numbers where the whole column is
    written so. Where 1,234 may mean two numbers, other columns decide, then the delimiter: see ``guesses``.
    date_order: "ymd", "dmy" or "mdy", for dates that could be read in two ways.
    as_number, as_class: columns that are numbers, or categories, whatever they look like.
    Raises ValueError, with the line where there is one, for any other file, OSError for one out of reach.
    """
    if task not in ("classification", "regression", None):
        raise ValueError(f'task must be "classification" or "regression", not {task!r}')
    given = Conventions(missing, decimal, thousands, date_order, as_number, as_class)
    given.check()
    table = read_table(path, delimiter)
    place = table.place(target, "target")
    names = _features(table, target, features, drop)
    for argument, named in (("as_number", as_number), ("as_class", as_class)):
        for name in named:
            table.place(name, argument)
    notes = [
        f"column {i} has no name (row numbers?) and is left out" for i, name in enumerate(table.names, 1) if not name
    ]
    guessed = guesses({name: table.column(table.place(name)) for name in (target, *names)}, given, table.delimiter)
    answers = read_target(table, place, guessed[target].notation, given, task)
    table = table.take(answers.known)
    notations = {name: guessed[name].notation for name in names}
    notes += [*table.notes(), *answers.notes, *(guess.note for guess in guessed.values() if guess.note)]
    notes += _gaps(table, notations)
    columns = [table.values(table.place(name), notation) for name, notation in notations.items()]
    notes += _giveaways(dict(zip(names, columns, strict=True)), target, answers.values)
    rows = list(map(list, zip(*columns, strict=True)))
    return Dataset(rows, answers.values, names, answers.classes, tuple(notes), tuple(notations.values()))


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
            found.append(table.values(place, column.notation, learned=True))
    return list(map(list, zip(*found, strict=True)))


def _features(table: Table, target: str, features: Sequence[str] | None, drop: Sequence[str]) -> list[str]:
    """The names of the columns to learn from."""
    for argument, named in (("drop", drop), ("features", features or ())):
        for name in named:
            table.place(name, argument)
    if features is None:
        names = [name for name in table.names if name not in ("", target, *drop)]
        if not names:
            raise ValueError(f"{table.path} has no column to learn from beside the target {target!r}")
        return names
    names = [name for name in features if name not in drop]
    if target in names or not names:
        raise ValueError(
            f"features must name at least one column of {table.path}, and not the target {target!r}: {names}"
        )
    return names


def _giveaways(columns: Mapping[str, Sequence[Any]], target: str, answers: Sequence[Any]) -> list[str]:
    """The columns that are the target in other words: each of their entries goes with one answer, and back."""
    different = len(set(answers))
    return [
        f"{name!r} alone tells {target!r} in every row, as a copy of it would: if it is not known before {target!r} "
        "is, leave it out"
        for name, cells in columns.items()
        if list(cells) == list(answers)
        or (len(set(cells)) == different < len(answers) and len(set(zip(cells, answers, strict=True))) == different)
    ]


def _gaps(table: Table, notations: Mapping[str, Notation]) -> list[str]:
    """The words that are taken for gaps, in a sentence."""
    found = [
        f"{shown(word)} in {name!r}"
        for name, notation in notations.items()
        for word in sorted(set(table.column(table.place(name))))
        if word and notation.is_missing(word)
    ]
    return [f"read as missing: {', '.join(found)} (set missing to change this)"] if found else []
