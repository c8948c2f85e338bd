"""How the numbers of each column are written: a guess, always reported, which an option can override."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from reprlib import repr as shown
from typing import Any, NamedTuple

from nn.tabular.notation import MISSING, NUMBER, ORDERS, Notation, parts

# Pairs of marks, the commonest first: what stands before decimals, and between thousands.
MARKS = [(".", ""), (",", ""), (".", ","), (",", "."), *((point, mark) for mark in " '_" for point in ".,")]


CODE = re.compile("[+-]?0[0-9]")  # with zeros before it, which a number does not keep


class Conventions(NamedTuple):
    """What is known about a file, so that it need not be guessed.

    missing: what stands for a missing entry, beside an empty one; None for the usual words.
    decimal, thousands: the marks in numbers. date_order: "dmy", "mdy" or "ymd".
    as_number, as_class: columns that are numbers, or categories, whatever they look like.
    """

    missing: Sequence[str] | None = None
    decimal: str | None = None
    thousands: str | None = None
    date_order: str | None = None
    as_number: Sequence[str] = ()
    as_class: Sequence[str] = ()

    @property
    def words(self) -> list[str]:
        """What stands for a missing entry, in lower case."""
        return MISSING if self.missing is None else sorted({"", *(word.strip().lower() for word in self.missing)})

    def check(self) -> None:
        """Raise ValueError for marks and orders that there are not."""
        for name, given, known in (
            ("decimal", self.decimal, (".", ",")),
            ("thousands", self.thousands, (",", ".", " ", "'", "_", "")),
            ("date_order", self.date_order, ORDERS),
        ):
            if given is not None and given not in known:
                raise ValueError(f"{name} must be one of {', '.join(map(repr, known))}, not {given!r}")
        if self.decimal is not None and self.decimal == self.thousands:
            raise ValueError(f"decimal and thousands cannot both be {self.decimal!r}")
        both = set(self.as_number) & set(self.as_class)
        if both:
            raise ValueError(f"as_number and as_class both name {shown(min(both))}")


class Guess(NamedTuple):
    """The notation of a column, and a sentence about it, empty where there is nothing to say."""

    notation: Notation
    note: str = ""


def guesses(columns: Mapping[str, Sequence[str]], given: Conventions, delimiter: str) -> dict[str, Guess]:
    """The notation of each column, by name. columns: the entries of each.

    A column is what more than half of its entries can be read as; a unit in letters must be in all of them. Where a
    comma or point may stand before decimals or between thousands, an entry that leaves one reading decides, then the
    other columns of the file; then a point is before decimals, and a comma is where semicolons divide the columns.
    Raises ValueError for dates that can be read in two ways.
    """
    found = {name: _readings(name, texts, given) for name, texts in columns.items()}
    marks = {
        readings[0].decimal
        for name, readings in found.items()
        if len(readings) == 1 and readings[0].kind == "number" and any(set(text) & set(".,") for text in columns[name])
    }
    usual = marks.pop() if len(marks) == 1 else ""
    made = {}
    for name, readings in found.items():
        texts = [text for text in columns[name] if not readings[0].is_missing(text)]
        if len(readings) > 1:
            made[name] = _resolved(name, texts, readings, given, usual, delimiter)
        else:
            made[name] = Guess(readings[0], _sentence(name, texts, readings[0]))
    return made


def _readings(name: str, texts: Sequence[str], given: Conventions) -> list[Notation]:
    """The notations in which most of the entries can be read, one for each set of values that they give."""
    text = Notation("text", missing=given.words)
    present = Counter(entry for entry in texts if not text.is_missing(entry))
    if name in given.as_class:
        return [text]
    tried: list[tuple[int, list[Any], Notation]] = []
    for notation in _candidates(present, given):
        if name in given.as_number and notation.kind != "number":
            continue
        values = [notation.read(entry) for entry in present]
        count = sum(times for value, times in zip(values, present.values(), strict=True) if value is not None)
        if count == present.total() or not any(map(str.isalpha, notation.unit)):
            tried.append((count, values, notation))
    most = max((count for count, _, _ in tried), default=0)
    if 2 * most <= present.total() and name not in given.as_number and present:
        _refuse_a_mixture(name, present)
        return [text]
    best = [(values, notation) for count, values, notation in tried if count == most]
    kind = best[0][1].kind if best else ""  # 1,2024 is a number before it is a month
    different: list[tuple[list[Any], Notation]] = []
    for values, notation in best:
        if notation.kind == kind and values not in [others for others, _ in different]:
            different.append((values, notation))
    return [notation for _, notation in different] or [text._replace(kind="number")]


def _refuse_a_mixture(name: str, present: Counter[str]) -> None:
    """Raise ValueError for a column of numbers that are written in several ways, none of which most have."""
    ways: dict[tuple[str, str], str] = {}
    count = 0
    for entry, times in present.items():
        unit, _, body = parts(entry) or ("", "", "")
        if body and not any(map(str.isalpha, unit)):
            for decimal, thousands in MARKS:
                if Notation(decimal=decimal, thousands=thousands, unit=unit).read(entry) is not None:
                    count += times
                    ways.setdefault((unit, decimal if set(body) & set(".,") else ""), entry)
                    break
    if 2 * count > present.total() and len(ways) > 1:
        first, second = list(ways.values())[:2]
        raise ValueError(
            f"{name!r} has numbers that are written in several ways, such as {shown(first)} and {shown(second)}: write "
            "all of them alike, or set as_class for this column, to read all of it as categories"
        )


def _candidates(present: Counter[str], given: Conventions) -> Iterator[Notation]:
    plain = Notation(missing=given.words)
    if all(map(NUMBER.fullmatch, present)):
        yield plain
        if given.decimal != "." and given.thousands in (None, ".") and not all(map(str.isdecimal, present)):
            yield plain._replace(decimal=",", thousands=".")  # 1.234 may be a thousand
        return
    units, signs = Counter[str](), set[str]()
    for entry, times in present.items():
        if found := parts(entry):
            units[found[0]] += times
            signs.update(found[2])
    marks = [
        (decimal, thousands)
        for decimal, thousands in MARKS
        if given.decimal in (None, decimal) and decimal != given.thousands
        and (not thousands or (thousands in signs and given.thousands in (None, thousands)))
    ]  # fmt: skip
    for unit, _ in units.most_common(1):
        for decimal, thousands in dict.fromkeys([*marks, (".", "")]):  # 1.5 can be nothing else
            yield plain._replace(decimal=decimal, thousands=thousands, unit=unit)
    for order in ORDERS if given.date_order is None else (given.date_order,):
        yield plain._replace(kind="date", order=order)
    yield plain._replace(kind="time")


def _resolved(
    name: str, texts: Sequence[str], readings: Sequence[Notation], given: Conventions, usual: str, delimiter: str
) -> Guess:
    """One of several readings, by the rule of ``guesses``."""
    clear = next(text for text in texts if len({str(notation.read(text)) for notation in readings}) > 1)
    if readings[0].kind == "date":
        ways = " or ".join(f"{notation.read(clear):%d %B %Y} ({notation.order})" for notation in readings)
        raise ValueError(
            f"{name!r} has dates that can be read in two ways: {shown(clear)} may be {ways}; set date_order to one of "
            "these, or leave the column out"
        )
    implied = {",": ".", ".": ","}.get(given.thousands or "", "")
    wanted = given.decimal or implied or usual or ("," if delimiter == ";" and "," in clear else ".")
    chosen = next((notation for notation in readings if notation.decimal == wanted), readings[0])
    other = next(notation for notation in readings if notation is not chosen)
    is_plain = chosen._replace(missing=MISSING) == Notation()
    if given.decimal or implied or (is_plain and (usual or delimiter != ";")):  # as programs write numbers
        return Guess(chosen, _sentence(name, texts, chosen))
    meant = f"; if {other.read(clear):.15g} is meant, set decimal to {other.decimal!r}"
    return Guess(chosen, _sentence(name, [clear], chosen, always=True) + meant)


def _sentence(name: str, texts: Sequence[str], notation: Notation, always: bool = False) -> str:
    """What an entry is read as, where it is not written as programs write numbers."""
    if notation.kind not in ("number", "time"):
        return ""
    for text in texts:
        value = notation.read(text)
        is_plain = NUMBER.fullmatch(text) and value == float(text) and not CODE.match(text)
        if value is not None and (always or not is_plain):
            hours = " of hours" if notation.kind == "time" else ""
            return f"{name!r}: {shown(text)} is read as the number{hours} {value:.15g}"
    return ""
