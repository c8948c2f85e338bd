"""How far each row of the table is from 60-digit arithmetic: value, first and second derivative. ``make precision``.

Writes docs/precision.md: the worst error of each row in units in the last place, over its whole domain. PyTorch's and
JAX's stand beside ours, at the same points, where they are installed.
"""

import math
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from peers_precision import PEERS
from reference import EXACT, TERMS, mpf, points, rows, ulps

from autograd import Value, grad
from autograd.coercion import UNDEFINED
from autograd.registry import Primitive

TARGET = Path(__file__).parents[1] / "docs" / "precision.md"
ORDERS = ("value", "1st derivative", "2nd derivative")
Results = Callable[[Primitive, Sequence[float], int], list[float]]


def ours(row: Primitive, point: Sequence[float], order: int) -> list[float]:
    """The results of one order: [f], [f_a, f_b] or [f_aa, f_ab, f_bb]; NaN where they are refused."""
    arguments = range(len(point))
    if order == 0:
        return [_tried(lambda: row(Value(point[0]), *point[1:]).data)]
    if order == 1:
        return [_tried(lambda i=i: grad(row, i)(*point)) for i in arguments]
    return [_tried(lambda i=i, j=j: grad(grad(row, i), j)(*point)) for i in arguments for j in arguments if i <= j]


def _tried(compute: Callable[[], float]) -> float:
    try:
        return compute()
    except UNDEFINED:
        return math.nan


def worst(row: Primitive, order: int, count: int, results: Results = ours) -> tuple[float, tuple[float, ...]]:
    """The largest error of one order in ulps, and the point where it is; no point where there are no results."""
    first = (0, 1, 1 + row.arity)[order]
    rules = EXACT[row.name][first:][: (1, row.arity, row.arity * (row.arity + 1) // 2)[order]]
    found: tuple[float, tuple[float, ...]] = (0.0, ())
    for point in points(row, count):
        exact_point = tuple(map(mpf, point))
        if abs(EXACT[row.name][0](*exact_point)) > 1.7e308:
            continue  # no value, so no derivative either
        term = TERMS[row.name, order](*exact_point) if (row.name, order) in TERMS else 0
        for got, rule in zip(results(row, point, order), rules, strict=False):
            found = max(found, (ulps(got, rule(*exact_point), term), point))
    return found


def main(count: int = 1000) -> None:
    """Measure, and write the page."""
    columns = {"ours": ours} | PEERS
    lines = [f"| row | {' | '.join(f'{order}: {name}' for order in ORDERS for name in columns)} | worst of ours at |"]
    lines.append("|---" * (len(columns) * 3 + 2) + "|")
    for row in rows():
        figures, place = [], (0.0, ())
        for order in range(3):
            for name, results in columns.items():
                found = worst(row, order, count, results)
                figures.append(_written(found[0]) if found[1] or name == "ours" else "")
                place = max(place, found) if name == "ours" else place
        at = ", ".join(f"{x:.4g}" for x in place[1]) if place[0] > 4 else ""
        lines.append(f"| {row.name} | {' | '.join(figures)} | {at} |")
        print(lines[-1], file=sys.stderr)
    TARGET.write_text(HEAD.format(count=count) + "\n".join(lines) + "\n", encoding="utf-8")


def _written(error: float) -> str:
    return "off" if error > 1e4 else f"{error:.2g}" if error < 100 else f"{error:.0f}"


HEAD = """\
# How exact the table is

The worst error of each row of the table over its whole domain, in units in the last place (ulp), against exact
arithmetic, at {count} random points a row: both tails, both sides of 0, close to the ends of the domain, from 1e-300 to
1e300. Where a result is a difference that cancels, 1e-15 of its largest term counts as 4 ulp (benchmarks/reference.py
lists these). Results below 1e-290 are left out. "off": more than 10,000 ulp, or refused although the result is a float.
Made by `make precision`.

The promise is 4 ulp, and tests/autograd/test_precision.py keeps it. The exceptions, with their reasons, are the list
`EXCEPTIONS` there.

"""

if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
