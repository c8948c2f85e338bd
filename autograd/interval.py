"""Interval: where one argument of a function may lie."""

import math
import re
from dataclasses import dataclass
from typing import Any, Self


@dataclass(frozen=True)
class Interval:
    """The numbers between two ends; an end belongs to it only where ``includes_low`` or ``includes_high`` is set.

    ``0.5 in Interval(0, 1)`` asks whether a number lies inside. ``str`` writes an interval as mathematics does, with a
    square bracket at an end that belongs to it: "[0, inf)".
    """

    low: float = -math.inf
    high: float = math.inf
    includes_low: bool = False
    includes_high: bool = False

    def __post_init__(self) -> None:
        """Raise ValueError when no number lies between the ends, or an end is infinite and included."""
        if not self.low < self.high:
            raise ValueError(f"the low end of an interval must be below the high end, got {self}")
        if (self.includes_low and math.isinf(self.low)) or (self.includes_high and math.isinf(self.high)):
            raise ValueError(f"infinity is not a number, so it takes a round bracket, got {self}")

    @classmethod
    def parse(cls, text: str) -> Self:
        """The interval that is written as "(0, inf)" or "[-1, 1]". Raises ValueError for any other text."""
        try:
            opening, low, high, closing = _WRITTEN.fullmatch(text.strip()).groups()  # type: ignore[union-attr]
            ends = float(low), float(high)
        except (AttributeError, ValueError):
            raise ValueError(
                f"an interval is written as '(0, inf)' or '[-1, 1]' (a square bracket: with that end), not {text!r}"
            ) from None
        return cls(*ends, includes_low=opening == "[", includes_high=closing == "]")

    @property
    def is_bounded(self) -> bool:
        """Whether any number lies outside."""
        return (self.low, self.high) != (-math.inf, math.inf)

    def __contains__(self, number: Any) -> bool:
        above = number >= self.low if self.includes_low else number > self.low
        below = number <= self.high if self.includes_high else number < self.high
        return bool(above and below)

    def __str__(self) -> str:
        return f"{'(['[self.includes_low]}{self.low:g}, {self.high:g}{')]'[self.includes_high]}"


_WRITTEN = re.compile(r"([\[(])([^,]+),([^,]+)([\])])")

EVERYWHERE = Interval()
POSITIVE = Interval(0)
NOT_NEGATIVE = Interval(0, includes_low=True)
UNIT = Interval(-1, 1, includes_low=True, includes_high=True)
INSIDE_UNIT = Interval(-1, 1)
