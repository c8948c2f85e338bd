"""How the entries of a column are written: 1,234.5 or 1.234,5, $5.20, 3%, 2024-03-01, or words."""

import re
from datetime import datetime
from functools import cache, lru_cache
from typing import Any, NamedTuple, get_type_hints

from nn.training.states import checked

MISSING = ["", "na", "n/a", "n.a.", "#n/a", "<na>", "nan", "null", "none", "?", "-", "--", "–", "—", "."]
LARGEST = 1e100  # the squares of larger numbers run out of range
NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?")

# Typographic forms of a minus, a space and an apostrophe.
PLAIN = {**dict.fromkeys(map(ord, "−‐‑–﹣-"), "-"), **dict.fromkeys(map(ord, "\u00a0\u2007\u2009\u202f"), " ")}
PLAIN |= dict.fromkeys(map(ord, "’‘ʼ"), "'")
MONEY = "(?:[A-Z]{0,2}[$¢£¤¥\u20a0-\u20c0]|USD|EUR|GBP|JPY|CHF|CNY|INR|CAD|AUD|BRL|MXN|SEK|NOK|DKK|PLN|ZAR|Rs)"
BODY = r"(?:[0-9](?:[0-9.,'_ ]*[0-9])?[.,]?|[.,][0-9]+)(?:[eE][+-]?[0-9]+)?"
UNIT = r"(?:[^\W\d_]|[%‰°$¢£¤¥\u20a0-\u20c0])[^\d,;]{0,14}"
ENTRY = re.compile(rf"([+-]?) ?({MONEY}?) ?([+-]?) ?({BODY}) ?((?:{UNIT})?)")

CLOCK = (
    r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:[.,][0-9]+)?)?"
    r"(?: ?(?P<half>[AaPp])\.?[Mm]\.?)?"
)
TIME = re.compile(CLOCK)
DATE = re.compile(
    r"([0-9]+|[A-Za-z]+\.?)[-/., ]+([0-9]+|[A-Za-z]+\.?)(?:[-/., ]+([0-9]+))?"
    rf"(?:(?:T|,? ){CLOCK} ?(?:Z|UTC|[+-][0-9]{{2}}:?[0-9]{{2}})?)?"
)
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
ORDERS = ("ymd", "dmy", "mdy")  # of year, month and day


class Notation(NamedTuple):
    """How one column is written, so that other rows of it are read in the same way.

    kind: "number", "date", "time" (of the day, read as hours) or "text".
    decimal, thousands, unit: of numbers: the marks, and a sign such as "%" or "$" that every entry has.
    order: of dates, "ymd", "dmy" or "mdy". missing: what stands for a missing entry, in lower case.
    """

    kind: str = "number"
    decimal: str = "."
    thousands: str = ""
    unit: str = ""
    order: str = ""
    missing: list[str] = MISSING

    @classmethod
    def from_state_dict(cls, state: Any) -> "Notation":
        """The notation with this state. Raises ValueError for any other state."""
        return cls(**checked(state, get_type_hints(cls), "a notation"))

    def is_missing(self, text: str) -> bool:
        """Whether the entry stands for a missing one."""
        return text.lower() in self.missing

    def read(self, text: str) -> Any:
        """A float, a datetime or the text itself, by the kind; None for what is not written in this way."""
        if self.kind == "text":
            return text
        text = text.translate(PLAIN)
        if self.kind == "date":
            return _date(text, self.order)
        if self.kind == "time":
            match = TIME.fullmatch(text)
            clock = _clock(match) if match else None
            return clock and clock[0] + clock[1] / 60 + clock[2] / 3600
        unit, sign, body = parts(text) or ("", "", "")
        if unit != self.unit or not _body(self.decimal, self.thousands).fullmatch(body):
            return None
        return float(sign + body.replace(self.thousands, "").replace(self.decimal, "."))

    def described(self) -> str:
        """What a column of this is a column of."""
        if self.kind == "date":
            return f"dates ({self.order})"
        return "times" if self.kind == "time" else "numbers" + (f" with {self.unit!r}" if self.unit else "")

    def advice(self) -> str:
        """How to write an entry."""
        return f"write {self.kind}s alike, such as {self.example()}, and leave unknown ones empty"

    def example(self) -> str:
        """An entry that is written in this way."""
        if self.kind == "date":
            return "-".join({"y": "2024", "m": "03", "d": "31"}[part] for part in self.order)
        if self.kind == "time":
            return "14:30"
        number = f"1234{self.decimal}5"
        return f"{self.unit}{number}" if re.fullmatch(MONEY, self.unit) else number + self.unit


@lru_cache(maxsize=100_000)  # each entry of a column is asked for once for each notation that is tried
def parts(text: str) -> tuple[str, str, str] | None:
    """(unit, sign, digits with their marks) of what looks like a number, in plain signs; None for anything else.

    In brackets, as in accounts, a number is negative.
    """
    if NUMBER.fullmatch(text):
        return ("", text[0], text[1:]) if text[0] in "+-" else ("", "", text)
    is_negative = text.startswith("(") and text.endswith(")")
    match = ENTRY.fullmatch(text.translate(PLAIN).strip("()") if is_negative else text.translate(PLAIN))
    signs = "-" * is_negative + match[1] + match[3] if match else ""
    return (match[2] + match[5].strip(), signs, match[4]) if match and len(signs) <= 1 else None


@cache
def _body(decimal: str, thousands: str) -> re.Pattern[str]:
    """The digits of a number with these marks; groups have three digits, in India some have two."""
    point, mark = re.escape(decimal), re.escape(thousands)
    whole = rf"[0-9]+|[1-9][0-9]{{0,2}}(?:{mark}[0-9]{{2,3}})*{mark}[0-9]{{3}}" if thousands else "[0-9]+"
    return re.compile(rf"(?:(?:{whole})(?:{point}[0-9]*)?|{point}[0-9]+)(?:[eE][+-]?[0-9]+)?")


def _date(text: str, order: str) -> datetime | None:
    match = DATE.fullmatch(text)
    if not match or (order == "mdy" and match[0][match.end(1)] == "."):  # 3.4.2024 has the day first everywhere
        return None
    tokens = [token for token in match.groups()[:3] if token]
    if len(tokens) == 2 and order == "ymd":  # a year and a month, or the other way round
        tokens = [*(tokens if len(tokens[0]) == 4 and tokens[0].isdecimal() else tokens[::-1]), "1"]
    if len(tokens) < 3:
        return None
    found = dict(zip(order, tokens, strict=True))
    year, month, day = found["y"], found["m"].lower().rstrip("."), found["d"]
    named = [place for place, name in enumerate(MONTHS, 1) if name.startswith(month) and len(month) >= 3]
    month = str(*named) or month
    clock = _clock(match) if match["hour"] else (0, 0, 0)
    if not (month + day + year).isdecimal() or len(year) not in (2, 4) or (len(year) == 2 and order == "ymd"):
        return None
    century = (2000 if int(year) < 69 else 1900) if len(year) == 2 else 0  # as POSIX reads two digits
    try:
        return datetime(century + int(year), int(month), int(day), *clock) if clock else None
    except ValueError:  # no such day
        return None


def _clock(match: re.Match[str]) -> tuple[int, int, int] | None:
    hour, minute, second = (int(match[name] or 0) for name in ("hour", "minute", "second"))
    if match["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + 12 * (match["half"] in "Pp")
    return (hour, minute, second) if hour < 24 and minute < 60 and second < 60 else None
