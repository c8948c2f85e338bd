"""The map is true: what is to be taught is in a lesson, in the cell that is named, and held there by an assertion."""

import re

import pytest

from execute import FOLDER, read

TABLES = [
    [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()[2:]]
    for table in re.findall(r"(?:^\|.*\n)+", (FOLDER / "MAP.md").read_text(encoding="utf-8"), re.MULTILINE)
]
ROWS = [row for table in TABLES for row in table]
TRIPS = 17  # how many mistakes the second table lists


def lesson(number: str):
    """The notebook of this number, or None while it is not written."""
    found = list(FOLDER.glob(f"{int(number):02}_*.ipynb"))
    assert len(found) < 2, found
    return found[0] if found else None


@pytest.mark.parametrize("row", ROWS, ids=[row[0][:40] for row in ROWS])
def test_a_row(row):
    statement, number, cell, assertion = row
    assert statement
    assert 1 <= int(number) <= 12
    path = lesson(number)
    if path is None:
        assert (cell, assertion) == ("", ""), f"lesson {number} is not written yet: leave its cell and assertion empty"
        return
    cells = {cell.id: cell for cell in read(path).cells}
    assert cell.strip("`") in cells, f"{path.name} is written: name the cell where it says {statement!r}"
    code = cells[cell.strip("`")].source
    held = assertion.strip("`")
    assert held.startswith("assert "), f"name the assertion in {path.name} that holds {statement!r}"
    assert held in [line.strip() for line in code.splitlines()], f"{path.name}, cell {cell}: no line {held!r}"


def test_no_statement_twice():
    statements = [row[0] for row in ROWS]
    assert len(set(statements)) == len(statements)


def test_every_lesson_teaches_something_and_every_trip_is_met():
    statements, trips = TABLES
    assert {int(row[1]) for row in statements} == set(range(1, 13))
    assert len(trips) == TRIPS
