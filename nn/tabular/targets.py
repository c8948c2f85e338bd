"""The column of a table that is predicted: numbers, or classes."""

from collections.abc import Sequence
from reprlib import repr as shown
from typing import Any, Literal, NamedTuple

from autograd.counting import counted
from nn.tabular.columns import MOST_CATEGORIES
from nn.tabular.csv_files import Table
from nn.tabular.guessing import Conventions
from nn.tabular.notation import Notation

Task = Literal["classification", "regression"]
FEW = 10  # different whole numbers may be the numbers of classes


class Target(NamedTuple):
    """What is predicted.

    known: the places of the rows that have it. values: in these rows, numbers or the numbers of classes.
    classes: their names, none for numbers. notes: what was done, in sentences.
    """

    known: list[int]
    values: list[Any]
    classes: list[str]
    notes: list[str]


def read_target(table: Table, place: int, notation: Notation, given: Conventions, task: Task | None) -> Target:
    """The column at this place.

    A class may be called "none" or "NA": among classes only an empty entry is a gap, unless ``given`` names others.
    Raises ValueError for a column from which nothing can be learned, and for dates.
    """
    name, texts = table.names[place], table.column(place)
    subject = f"{table.path}: the target {name!r}"
    if notation.kind == "date":
        example = next(text for text in texts if not notation.is_missing(text))
        raise ValueError(
            f"{subject} is a date, such as {shown(example)}: a date cannot be predicted; write it as a number, such as "
            "days since a first one"
        )
    if task is None and name in given.as_number:
        task = "regression"
    if given.missing is None and task != "regression" and _has_classes(table.values(place, notation), notation):
        notation = Notation("text", missing=[""])
    known = [i for i, text in enumerate(texts) if not notation.is_missing(text)]
    if not known:
        raise ValueError(f"{subject} is missing in every row")
    notes = []
    if len(known) < len(texts):
        words = sorted({repr(text) for text in texts if text and notation.is_missing(text)})
        written = f" (written {', '.join(words)})" if words else ""
        notes.append(
            f"{name!r} is missing in {len(texts) - len(known)} of {counted(len(texts), 'row')}{written}, left out"
        )
    if notation.kind == "text":
        notes += [
            f"{shown(word)} is a class of {name!r}, in {counted(texts.count(word), 'row')}; if it stands for a "
            "gap, set missing "
            "to it"
            for word in sorted(set(filter(Notation("text").is_missing, texts)) - {""})
        ]
    values, classes = _targets(subject, table.take(known).values(place, notation), task)
    return Target(known, values, classes, notes)


def _has_classes(values: Sequence[Any], notation: Notation) -> bool:
    """Whether words among these entries may be names of classes, as they may among text, and among few numbers."""
    present = [value for value in values if value is not None]
    return notation.kind == "text" or not present or (len(present) < len(values) and _are_few(present))


def _are_few(values: Sequence[float]) -> bool:
    """Whether these may be the numbers of classes: few, and whole."""
    different = set(values)
    return len(different) <= FEW and 3 * len(different) <= len(values) and all(x.is_integer() for x in different)


def _targets(subject: str, entries: Sequence[Any], task: Task | None) -> tuple[list[Any], list[str]]:
    """The targets, and the names of the classes, of which there are none where numbers are to be predicted."""
    different = sorted(set(entries))
    if len(different) == 1:
        raise ValueError(f"{subject} is {shown(_name(different[0]))} in every row: there is nothing to tell apart")
    is_text = isinstance(different[0], str)
    if task == "regression" and is_text:
        raise ValueError(f"{subject} is text, such as {shown(different[0])}; regression predicts numbers")
    if task is None:
        task = "classification" if is_text or _are_few(entries) else "regression"
    if task == "regression":
        return list(entries), []
    if len(different) > max(2, min(MOST_CATEGORIES, len(entries) / 2)):
        raise ValueError(
            f"{subject} has {len(different)} different values in {counted(len(entries), 'row')}, "
            f"such as {shown(_name(different[0]))}, too many to be classes: there may be {MOST_CATEGORIES}, "
            "with two rows each on average; a number to predict must be written plainly, as 1234.5"
        )
    numbers = {entry: place for place, entry in enumerate(different)}
    return [numbers[entry] for entry in entries], [_name(entry) for entry in different]


def _name(entry: Any) -> str:
    return entry if isinstance(entry, str) else f"{entry:.15g}"
