"""Gradients held against an independent measurement: the slope between nearby points, at steps that fit."""

import math
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from autograd.coercion import UNDEFINED, as_float, is_finite, plain
from autograd.grad_mode import no_grad
from autograd.transforms import value_and_grad
from autograd.value import Value

# From a quarter of the scale of the point down to where rounding is all that is left.
HALVINGS = range(2, 44)
ROUNDING = 4 * math.ulp(1.0)


class Checked(NamedTuple):
    """One argument of ``check_gradients``: its gradient, the measured slope, and whether they agree.

    left, right: the slopes on the two sides, where they differ (a kink); None elsewhere.
    """

    argument: int
    point: float
    gradient: float
    slope: float
    agrees: bool
    left: float | None = None
    right: float | None = None

    @property
    def verdict(self) -> str:
        """In a word or two: "ok", "OFF", or "kink" with the slopes on both sides."""
        if self.left is None:
            return "ok" if self.agrees else "OFF"
        return f"kink: the slope is {self.left:.4g} on the left and {self.right:.4g} on the right"


class GradientError(AssertionError):
    """A gradient that differs from its measured slope: the message is a table of ``rows``, one per argument."""

    def __init__(self, rows: list[Checked]) -> None:
        super().__init__(f"the gradient differs from the measured slope:\n{table(rows)}")
        self.rows = rows

    def __reduce__(self) -> tuple[Any, ...]:
        return GradientError, (self.rows,)


def check_gradients(f: Callable[..., Any], *point: float, tolerance: float = 1e-6) -> list[Checked]:
    """Compare the gradient of ``f`` at ``point`` with measured slopes, argument by argument.

    tolerance: the difference allowed, relative to the larger of the two numbers.
    The slope is extrapolated from differences at ever smaller steps (Ridders 1982), where they agree best; at an end
    of the domain, on the side that has values.
    Returns one row per argument; its verdict names a kink, where the slopes on the two sides differ. Raises
    GradientError, with the rows as a table, when a gradient is off; ValueError when f has no value close to the point,
    or changes too fast there for any step: then no slope can be measured.
    """
    _, gradients = value_and_grad(f, tuple(range(len(point))))(*point)
    rows = []
    for argument, (x, gradient) in enumerate(zip(point, gradients, strict=True)):

        def along(moved: Any, at: int = argument) -> Any:
            return f(*point[:at], moved, *point[at + 1 :])

        sampled = _Sampled(along, as_float(x, f"argument {argument}"))
        expected = as_float(gradient, f"the derivative by argument {argument}")
        rows.append(_checked(argument, sampled, expected, tolerance))
    if not all(row.agrees for row in rows):
        raise GradientError(rows)
    return rows


def table(rows: list[Checked], names: tuple[str, ...] = ()) -> str:
    """The rows as text, one line per argument."""
    lines = [f"{'argument':>10} {'at':>12} {'gradient':>14} {'measured':>14} {'difference':>12}"]
    for row in rows:
        name = names[row.argument] if names else str(row.argument)
        gap = abs(row.gradient - row.slope)
        lines.append(
            f"{name:>10} {row.point:>12.6g} {row.gradient:>14.8g} {row.slope:>14.8g} {gap:>12.2g} {row.verdict}"
        )
    return "\n".join(lines)


class _Slope(NamedTuple):
    """A measured slope and how far off it may be. scale: what is a usual slope of numbers of this size."""

    slope: float
    error: float
    scale: float

    def agrees(self, other: float, tolerance: float) -> bool:
        """Whether the other is this slope, as far as it is known."""
        gap, size = abs(other - self.slope), max(abs(other), abs(self.slope))
        return gap <= tolerance * size or (self.is_known(size) and gap <= 3 * self.error)

    def is_known(self, size: float) -> bool:
        """Whether it says anything, beside numbers of this size: next to an edge or a pole, no step may fit."""
        return self.error <= max(1e-3 * size, 1e-6 * self.scale)

    def is_sharp(self, tolerance: float) -> bool:
        """Whether it is known to the tolerance, or as well as the rounding of f allows."""
        return self.error <= max(tolerance * abs(self.slope), 100 * ROUNDING * self.scale)


class _Sampled:
    """A function of one number around a point: its values are computed once, None where there is none."""

    def __init__(self, f: Callable[[Value], Any], x: float) -> None:
        self.f, self.x = f, x
        self.known: dict[float, float | None] = {}
        self.failure: Exception | None = None

    def at(self, x: float) -> float | None:
        """The value at x."""
        if x not in self.known:
            try:
                with no_grad():
                    value = float(plain(self.f(Value(x))))
            except UNDEFINED as error:
                self.failure, value = error, math.nan
            self.known[x] = value if is_finite(value) else None
        return self.known[x]

    def leaves(self, slope: _Slope) -> bool:
        """Whether f moves away from this slope in the smallest step already, as it does beside a pole."""
        h = max(1.0, abs(self.x)) * 2.0 ** -HALVINGS[-1]
        here, *near = (self.at(x) for x in (self.x, self.x - h, self.x + h))
        return here is not None and any(
            abs(value - here) > 2 * (abs(slope.slope) + slope.error) * h + 100 * ROUNDING * max(abs(value), abs(here))
            for value in near
            if value is not None
        )

    def slopes(self, below: int, above: int) -> Iterator[_Slope]:
        """The slope from x - below * h to x + above * h, extrapolated to h = 0, for smaller and smaller h."""
        order = 2 if below and above else 1  # of the error of a difference, by powers of h
        for scale in sorted({max(1.0, abs(self.x)), abs(self.x) or 1.0}, reverse=True):
            rows: list[list[float]] = []
            for halvings in HALVINGS:
                low, high = self.x - below * scale * 2.0**-halvings, self.x + above * scale * 2.0**-halvings
                start, end = self.at(low), self.at(high)
                if start is None or end is None or high == low:
                    rows.clear()
                    continue
                size = max(abs(start), abs(end)) / (high - low)
                row = [(end - start) / (high - low)]
                for level, coarser in enumerate(rows[-1][:2] if rows else (), start=1):
                    gain = 2.0 ** (order * level)
                    row.append((gain * row[-1] - coarser) / (gain - 1))
                rows.append(row)
                if len(row) == 3:
                    usual = max(abs(value) for value in self.known.values() if value is not None) / scale
                    before = rows[-2][-1]  # of a function that is not smooth, only this says how slowly it converges
                    error = max(abs(row[2] - row[1]), abs(row[2] - before)) + ROUNDING * size
                    yield _Slope(row[2], error, usual)


def _measured(f: _Sampled, below: int, above: int, gradient: float, tolerance: float) -> _Slope | None:
    """The slope where it is known best: at the finest steps at which it is sharp. None where f has no values.

    It stops early where the gradient is what it finds.
    """
    best: _Slope | None = None
    for found in f.slopes(below, above):
        is_finer = best is not None and found.is_sharp(tolerance) and not best.agrees(found.slope, tolerance)
        if best is None or is_finer or found.error < best.error:
            best = found
        if best.is_sharp(tolerance / 100) and best.agrees(gradient, tolerance):
            break
    return best


def _checked(argument: int, f: _Sampled, gradient: float, tolerance: float) -> Checked:
    whole = _measured(f, 1, 1, gradient, tolerance)
    left, right = (_measured(f, *side, gradient, tolerance) for side in ((1, 0), (0, 1)))
    best = whole or left or right
    if best is None:
        if f.failure is None:  # it has values, but they are NaN or infinite
            return Checked(argument, f.x, gradient, math.nan, False)
        raise ValueError(f"f has no value close to {f.x:g}, so no slope can be measured there: {f.failure}")
    agrees = best.agrees(gradient, tolerance)
    if left and right and left.is_sharp(1e-3) and right.is_sharp(1e-3) and not left.agrees(right.slope, 1e-2):
        return Checked(argument, f.x, gradient, best.slope, agrees, left.slope, right.slope)
    if not agrees and (not best.is_known(abs(best.slope)) or f.leaves(best)):
        raise ValueError(
            f"no slope can be measured at {f.x}: f changes too fast there, for every step that fits, or is lost "
            f"in rounding; the gradient there is {gradient:.8g}. Check a point that is farther from the edge of the "
            "domain, or from a pole"
        )
    return Checked(argument, f.x, gradient, best.slope, agrees)
