"""Gradients held against an independent measurement: the slope between two nearby points."""

from collections.abc import Callable
from typing import Any, NamedTuple

from autograd.coercion import UNDEFINED, is_finite, plain
from autograd.grad_mode import no_grad
from autograd.transforms import value_and_grad
from autograd.value import Value

# About the fifth root of 2**-52: balances rounding against curvature for differences of fourth order.
STEP = 2.0**-10


class Checked(NamedTuple):
    """One argument of ``check_gradients``: its gradient, the measured slope, and whether they agree."""

    argument: int
    point: float
    gradient: float
    slope: float
    agrees: bool


class GradientError(AssertionError):
    """A gradient that differs from its measured slope: the message is a table of ``rows``, one per argument."""

    def __init__(self, rows: list[Checked]) -> None:
        super().__init__(f"the gradient differs from the measured slope:\n{table(rows)}")
        self.rows = rows

    def __reduce__(self) -> tuple[Any, ...]:
        return GradientError, (self.rows,)


def check_gradients(f: Callable[..., Any], *point: float, tolerance: float = 1e-6) -> list[Checked]:
    """Compare the gradient of ``f`` at ``point`` with central differences, argument by argument.

    tolerance: the difference allowed, relative to the larger of 1 and the two numbers.
    Returns one row per argument. Raises GradientError, with the rows as a table, when one is off; ValueError when f
    has no value close to the point. At a kink both may be right: gradients follow the stated conventions there.
    """
    _, gradients = value_and_grad(f, tuple(range(len(point))))(*point)
    rows = []
    for argument, (x, gradient) in enumerate(zip(point, gradients, strict=True)):

        def along(moved: Any, at: int = argument) -> Any:
            return f(*point[:at], moved, *point[at + 1 :])

        slope = _slope(along, float(x))
        gap = abs(float(gradient) - slope)
        agrees = is_finite(gap) and gap <= tolerance * max(1.0, abs(float(gradient)), abs(slope))
        rows.append(Checked(argument, float(x), float(gradient), slope, agrees))
    if not all(row.agrees for row in rows):
        raise GradientError(rows)
    return rows


def table(rows: list[Checked], names: tuple[str, ...] = ()) -> str:
    """The rows as text, one line per argument."""
    lines = [f"{'argument':>10} {'at':>12} {'gradient':>14} {'measured':>14} {'difference':>12}"]
    for row in rows:
        name = names[row.argument] if names else str(row.argument)
        gap = abs(row.gradient - row.slope)
        verdict = "ok" if row.agrees else "OFF"
        lines.append(f"{name:>10} {row.point:>12.6g} {row.gradient:>14.8g} {row.slope:>14.8g} {gap:>12.2g} {verdict}")
    return "\n".join(lines)


def _slope(f: Callable[[Value], Any], x: float) -> float:
    """df/dx from four values around x: two central differences, combined so that the cubic error cancels.

    Measured on the scale of 1 and on the scale of x, and taken where the two differences agree best.
    """

    def central(h: float) -> float:
        with no_grad():
            above, below = f(Value(x + h)), f(Value(x - h))
        return float(plain(above) - plain(below)) / ((x + h) - (x - h))

    measured = []
    for scale in {1.0, abs(x) or 1.0}:
        try:
            wide, narrow = central(STEP * scale), central(STEP * scale / 2)
        except UNDEFINED as error:
            failure = error
        else:
            measured.append((abs(wide - narrow), (4 * narrow - wide) / 3))
    if not measured:
        raise ValueError(f"f has no value close to {x:g}, so no slope can be measured there: {failure}")
    return min(measured)[1]
