"""Reading a CSV file, with a clear message for everything that can be wrong with one."""

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from difflib import get_close_matches
from os import PathLike
from pathlib import Path
from reprlib import repr as shown  # an entry may be as long as the file
from typing import Any, NamedTuple

from autograd.counting import counted
from nn.tabular.notation import LARGEST, NUMBER, Notation

# More than this cannot be learned from number by number, and would fill the memory before that is noticed.
MOST_BYTES = 100_000_000
MOST_ENTRIES = 2_000_000
SAMPLE = "more than can be learned from here; take a sample of the rows"

DELIMITERS = ",;\t|"


class Table(NamedTuple):
    """What stands in a file, as text without blanks around it, and the line on which each row ends.

    blank: how many lines between the rows are empty.
    """

    path: Path
    names: list[str]
    rows: list[list[str]]
    lines: list[int]
    delimiter: str
    blank: int

    def place(self, name: str, argument: str = "a column") -> int:
        """Where the column by that name is. Raises ValueError that lists the columns there are."""
        if name and name in self.names:
            return self.names.index(name)
        names = [known for known in self.names if known]
        folded = {known.casefold(): known for known in names}
        near = [folded[match] for match in get_close_matches(name.casefold(), folded, n=1)]
        advice = f"did you mean {shown(near[0])}? The" if near else "the"
        if found := not_names(names):
            advice = f"the first line must name the columns, but {found}; the"
        raise ValueError(f"{self.path} has no column {shown(name)} ({argument}): {advice} columns are {self.listed()}")

    def listed(self) -> str:
        """The names of the columns, or the first dozen of them."""
        names = [name for name in self.names if name]
        return ", ".join(map(shown, names[:12])) + f" and {len(names) - 12} more" * (len(names) > 12)

    def notes(self) -> list[str]:
        """What was passed over, in sentences."""
        return [f"empty lines between the rows are passed over: {self.blank}"] if self.blank else []

    def column(self, place: int) -> list[str]:
        """The entries of a column, as text."""
        return [row[place] for row in self.rows]

    def values(self, place: int, notation: Notation, *, learned: bool = False) -> list[Any]:
        """What the entries of a column stand for, None for those missing.

        learned: whether the notation is that of the training rows, which no option changes.
        Raises ValueError, with the line, where one is not written in this notation, or is too large a number.
        """
        texts, name = self.column(place), shown(self.names[place])
        values = [None if notation.is_missing(text) else notation.read(text) for text in texts]
        odd = [i for i, text in enumerate(texts) if values[i] is None and not notation.is_missing(text)]
        if odd:
            more = f", and {len(odd) - 1} like it" * (len(odd) > 1)
            other = "or set as_class for this column, to read all of it as categories"
            raise ValueError(
                f"{self.path}, line {self.lines[odd[0]]}: {name} is a column of {notation.described()}, but here it "
                f"has {shown(texts[odd[0]])}{more}; {notation.advice()}, {'as in training' if learned else other}"
            )
        for line, text, value in zip(self.lines, texts, values, strict=True):
            if isinstance(value, float) and abs(value) > LARGEST:
                other = "" if learned else ", or set as_class for this column, to read all of it as categories"
                raise ValueError(
                    f"{self.path}, line {line}: {name} has {shown(text)}: numbers above {LARGEST:g} cannot be used; "
                    f"write this column in a larger unit{other}"
                )
        return values

    def take(self, places: Sequence[int]) -> "Table":
        """The rows at these places."""
        return self._replace(rows=[self.rows[i] for i in places], lines=[self.lines[i] for i in places])


def read_table(given: str | PathLike[str], delimiter: str | None = None) -> Table:
    """The table in a CSV file: UTF-8, names in the first line.

    delimiter: what divides the columns; when not given, the one of , ; tab and | that divides most of the first line.
    Raises ValueError, with the line where there is one, for any other file, OSError for one out of reach.
    """
    path = Path(given)
    text = _text(path)
    if not text.strip():
        raise ValueError(f"{path} is empty: a table needs a line with the names of its columns, and rows below it")
    first = re.sub(r'"[^"]*"', "", text.lstrip("\r\n").partition("\n")[0])
    if re.fullmatch("sep=.", first.strip()):
        raise ValueError(
            f"{path}: the first line must name the columns, but it is {shown(first.strip())}, a mark for spreadsheets: "
            "delete it"
        )
    delimiter = max(DELIMITERS, key=first.count) if delimiter is None else delimiter
    if len(delimiter) != 1 or delimiter in '"\r\n':
        raise ValueError(f"delimiter must be a single character, such as ';', not {delimiter!r}")
    rows, lines, blank = _rows(path, text, delimiter)
    names = rows.pop(0)
    if not rows:
        raise ValueError(
            f"{path} names its columns, {', '.join(map(shown, names[:12]))}, but has no rows below that line"
        )
    repeated = [name for name, count in Counter(filter(None, names)).items() if count > 1]
    if repeated:
        raise ValueError(f"{path}: two columns are named {shown(repeated[0])}; give each a name of its own")
    return Table(path, names, rows, lines[1:], delimiter, blank)


def not_names(entries: Sequence[str]) -> str:
    """What a first line holds instead of the names of columns, as the end of a sentence; empty if it may be names."""
    first = entries[0] if entries else ""
    if first.startswith("#"):
        return f"it is a comment, {shown(first)}: delete it, or the # before the names"
    numbers = [entry for entry in entries if NUMBER.fullmatch(entry)]
    if len(numbers) == len(entries):
        return "it holds only numbers: write a line of names above it"
    if numbers:
        return f"it holds a number, {numbers[0]}: if it is a row, write a line of names above it"
    return ""


def _rows(path: Path, text: str, delimiter: str) -> tuple[list[list[str]], list[int], int]:
    """The rows, the names first, the line on which each ends, and how many empty lines there are between them."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True, strict=True)
    rows: list[list[str]] = []
    lines: list[int] = []
    empty: list[int] = []  # lines since the last row
    count = blank = 0
    try:
        for row in reader:
            if not row:
                empty.append(reader.line_num)
                continue
            count += len(row)
            if count > MOST_ENTRIES:
                raise ValueError(f"{path} has more than {MOST_ENTRIES:,} entries, {SAMPLE}")
            if rows and len(row) != len(rows[0]):
                if len(rows) == 1 and (found := not_names(rows[0])):
                    raise ValueError(f"{path}: the first line must name the columns, but {found}")
                raise ValueError(
                    f"{path}, line {reader.line_num}: {counted(len(row), 'entry')}, but the first line names "
                    f"{counted(len(rows[0]), 'column')}; an entry that holds {delimiter!r} itself needs double "
                    "quotes around it"
                )
            if rows and len(rows[0]) == 1:  # in a table of one column an empty line is an empty entry
                rows += [[""] for _ in empty]
                lines += empty
            elif rows:
                blank += len(empty)
            empty = []
            rows.append([entry.strip() for entry in row])
            lines.append(reader.line_num)
    except csv.Error as error:
        begin = lines[-1] + 1 if lines else 1
        raise ValueError(f'{path}, line {begin}: {error}; is a double quote (") left open there?') from None
    return rows, lines, blank


def _text(path: Path) -> str:
    with path.open("rb") as file:
        content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise ValueError(f"{path} has more than {MOST_BYTES // 1_000_000} MB, {SAMPLE}")
    advice = "save it as UTF-8 (in a spreadsheet: Save as, CSV UTF-8)"
    if content.startswith(b"PK\3\4"):
        raise ValueError(f"{path} is no CSV file but a spreadsheet or another zip archive: {advice}")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ValueError(f"{path}, line {line}: byte {content[error.start]:#04x} is not UTF-8; {advice}") from None
    if "\0" in text:
        raise ValueError(f"{path} is not text in UTF-8, for it holds zero bytes; {advice}")
    return text
