"""The text in a CSV file, and every way in which a file can be no table, in words."""

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from difflib import get_close_matches
from os import PathLike
from pathlib import Path
from reprlib import repr as shown  # an entry may be as long as the file
from typing import Any, Literal, NamedTuple

# More than this cannot be learned from number by number, and would fill the memory before that is noticed.
MOST_BYTES = 100_000_000
MOST_ENTRIES = 2_000_000
SAMPLE = "more than can be learned from here; take a sample of the rows"

DELIMITERS = ",;\t|"
MISSING = {"", "na", "n/a", "nan", "null", "none", "?", "-", "--", "."}
NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?")
LARGEST = 1e100  # the squares of larger numbers run out of range

Kind = Literal["number", "text"]


class Table(NamedTuple):
    """What stands in a file, as text without blanks around it, and the line on which each row ends."""

    path: Path
    names: list[str]
    rows: list[list[str]]
    lines: list[int]
    decimal: str

    def place(self, name: str, argument: str) -> int:
        """Where the column by that name is. Raises ValueError that lists the columns there are."""
        if name and name in self.names:
            return self.names.index(name)
        names = [known for known in self.names if known]
        folded = {known.casefold(): known for known in names}
        near = [folded[match] for match in get_close_matches(name.casefold(), folded, n=1)]
        advice = f"did you mean {shown(near[0])}? The" if near else "the"
        if all(map(NUMBER.fullmatch, names)):
            advice = "the first line must name the columns, and it holds only numbers; the"
        listed = ", ".join(map(shown, names[:12])) + f" and {len(names) - 12} more" * (len(names) > 12)
        raise ValueError(f"{self.path} has no column {shown(name)} ({argument}): {advice} columns are {listed}")

    def column(self, place: int, kind: Kind | None = None) -> Sequence[Any]:
        """The entries of a column, None for those missing: all text, or all numbers.

        kind: which of the two; when not given, what most of them are. Raises ValueError where one is no number.
        """
        texts = [None if row[place].lower() in MISSING else row[place] for row in self.rows]
        if kind == "text":
            return texts
        numbers = [None if text is None else number(text, self.decimal) for text in texts]
        odd = [i for i, text in enumerate(texts) if text is not None and numbers[i] is None]
        if odd and kind is None and 2 * len(odd) >= len(texts) - texts.count(None):
            return texts
        if odd:
            more = f", and {len(odd) - 1} like it" * (len(odd) > 1)
            raise ValueError(
                f"{self.path}, line {self.lines[odd[0]]}: {shown(self.names[place])} is a column of numbers, but "
                f"here it has {shown(texts[odd[0]])}{more}; "
                "write numbers plainly, as 1234.5, and leave unknown ones empty"
            )
        return numbers

    def take(self, places: Sequence[int]) -> "Table":
        """The rows at these places."""
        return self._replace(rows=[self.rows[i] for i in places], lines=[self.lines[i] for i in places])


def number(text: str, decimal: str = ".") -> float | None:
    """The number that a text is, as a whole; None where it is none, or none that can be computed with."""
    plain = text.replace(decimal, ".")
    found = float(plain) if NUMBER.fullmatch(plain) else None
    return found if found is not None and abs(found) <= LARGEST else None


def read_table(given: str | PathLike[str]) -> Table:
    """The table in a CSV file: UTF-8, names in the first line, columns divided by what divides most of that line.

    Raises ValueError, with the line where there is one, for a file that is no such table, OSError for one out of reach.
    """
    path = Path(given)
    text = _text(path)
    if not text.strip():
        raise ValueError(f"{path} is empty: a table needs a line with the names of its columns, and rows below it")
    first = re.sub(r'"[^"]*"', "", text.lstrip("\r\n").partition("\n")[0])
    delimiter = max(DELIMITERS, key=first.count)
    rows, lines = _rows(path, text, delimiter)
    names = rows.pop(0)
    if not rows:
        raise ValueError(
            f"{path} names its columns, {', '.join(map(shown, names[:12]))}, but has no rows below that line"
        )
    repeated = [name for name, count in Counter(filter(None, names)).items() if count > 1]
    if repeated:
        raise ValueError(f"{path}: two columns are named {shown(repeated[0])}; give each a name of its own")
    # where commas divide no columns they may stand before decimals
    return Table(path, names, rows, lines[1:], "," if delimiter == ";" else ".")


def _rows(path: Path, text: str, delimiter: str) -> tuple[list[list[str]], list[int]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True, strict=True)
    rows: list[list[str]] = []
    lines: list[int] = []
    count = 0
    try:
        for row in filter(None, reader):  # a blank line is no row
            count += len(row)
            if count > MOST_ENTRIES:
                raise ValueError(f"{path} has more than {MOST_ENTRIES:,} entries, {SAMPLE}")
            if rows and len(row) != len(rows[0]):
                raise ValueError(
                    f"{path}, line {reader.line_num}: {len(row)} entries, but the first line names {len(rows[0])} "
                    f"columns; an entry that holds {delimiter!r} itself needs double quotes around it"
                )
            rows.append([entry.strip() for entry in row])
            lines.append(reader.line_num)
    except csv.Error as error:
        begin = lines[-1] + 1 if lines else 1
        raise ValueError(f'{path}, line {begin}: {error}; is a double quote (") left open there?') from None
    return rows, lines


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
