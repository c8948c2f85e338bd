"""Write autograd/program/kernel.py: loops over a frozen graph for Numba, with every row of the table written out.

``python -m autograd.symbolic.generate`` calls this. The text of a row is what the row says when it is run on symbols.
"""

from collections.abc import Callable
from itertools import product
from pathlib import Path
from textwrap import indent
from typing import Any, NamedTuple

from autograd.registry import ARGUMENTS, TABLE, Primitive
from autograd.symbolic import expr

TARGET = Path(__file__).with_name("kernel.py")
# What programs mostly consist of. These are tested first, by comparing. A choice among more than four becomes a
# table of jumps, which the processor cannot foresee where the rows of a graph follow each other without a pattern.
COMMON = ("mul", "add", "sub")

HEADER = '''\
"""Every row of the table as machine code: loops that replay a frozen graph forward and backward.

Generated from autograd/primitives.py by ``make generate``: change the table, not this file. It is a file, and not made
in memory, because Numba keeps on disk only what it compiles from files.

A frozen graph is a list of operations: ``codes`` says which row, ``slots_a``, ``slots_b`` and ``slots_c`` where its
operands are. The value of operation i goes into slot ``start + i``. Each loop does those between the first and the last
border; sums stand between the second and the third, the fourth and the fifth, and so on: apart from all others, because
a choice of more than four operations would become a table of jumps. ``forward`` and ``backward`` work on one number a
slot. ``lanes_forward`` and ``lanes_backward`` work on as many as rows are replayed together: there the slots from
``lane`` on hold a number a row, and those below it one number for all. Every loop runs over a part of the arrays from 0
on: an index that may begin anywhere would be checked for being negative, which makes a loop half again as long.
"""

import math

from numba import njit

CODES = {{
{codes}}}
FUSED = {fused}  # a * b + c: a product that is used once, by an addition
SUM = {sum}  # of the products first_of[t] * second_of[t]; of_c is its number, and ``terms`` says where each begins

OPERATIONS = "int64[::1], int64, " + ", ".join(["uint8[::1]", *["uint32[::1]"] * 6])


@njit(error_model="numpy")
def power(a, b):
    return a**b


@njit(error_model="numpy")
def value(code, a, b):
{values}
    return math.nan


@njit(error_model="numpy")
def share_a(code, g, y, a, b):
{shares_a}
    return 0.0


@njit(error_model="numpy")
def share_b(code, g, y, a, b):
{shares_b}
    return 0.0
'''

SINGLE = """

@njit(f"void({{OPERATIONS}}, float64[::1])", cache=True, error_model="numpy", nogil=True)
def forward(borders, start, codes, slots_a, slots_b, slots_c, terms, first_of, second_of, values):
    for border in range(borders.size - 1):
        lo, hi = borders[border], borders[border + 1]
        first = start + lo
        code, of_a, of_b, of_c = codes[lo:hi], slots_a[lo:hi], slots_b[lo:hi], slots_c[lo:hi]
        if border % 2:
            for i in range(code.size):
                total = 0.0
                for t in range(terms[of_c[i]], terms[of_c[i] + 1]):
                    total += values[first_of[t]] * values[second_of[t]]
                values[first + i] = total
            continue
        for i in range(code.size):
            k = code[i]
            a = values[of_a[i]]
            b = values[of_b[i]]
{forward}
            else:
                values[first + i] = value(k, a, b)


@njit(f"void({{OPERATIONS}}, float64[::1], float64[::1])", cache=True, error_model="numpy", nogil=True)
def backward(borders, start, codes, slots_a, slots_b, slots_c, terms, first_of, second_of, values, adjoints):
    for border in range(borders.size - 2, -1, -1):
        lo, hi = borders[border], borders[border + 1]
        first = start + lo
        code, of_a, of_b, of_c = codes[lo:hi], slots_a[lo:hi], slots_b[lo:hi], slots_c[lo:hi]
        if border % 2:
            for i in range(code.size - 1, -1, -1):
                g = adjoints[first + i]
                for t in range(terms[of_c[i]], terms[of_c[i] + 1]):
                    adjoints[first_of[t]] += g * values[second_of[t]]
                    adjoints[second_of[t]] += g * values[first_of[t]]
            continue
        for i in range(code.size - 1, -1, -1):
            g = adjoints[first + i]
            k = code[i]
            a = values[of_a[i]]
            b = values[of_b[i]]
{backward}
            else:
                adjoints[of_a[i]] += share_a(k, g, values[first + i], a, b)
                adjoints[of_b[i]] += share_b(k, g, values[first + i], a, b)
"""

LANES = """

@njit(f"void({{OPERATIONS}}, int64, float64[::1], float64[:, ::1])", cache=True, error_model="numpy", nogil=True)
def lanes_forward(borders, start, codes, slots_a, slots_b, slots_c, terms, first_of, second_of, lane, scalars, lanes):
    width = lanes.shape[1]
    lo, hi = borders[0], borders[-1]
    first = start + lo
    code, of_a, of_b, of_c = codes[lo:hi], slots_a[lo:hi], slots_b[lo:hi], slots_c[lo:hi]
    for i in range(code.size):
        k = code[i]
        v = first - lane + i
        if k == SUM:
            for j in range(width):
                lanes[v, j] = 0.0
            for t in range(terms[of_c[i]], terms[of_c[i] + 1]):
                a = first_of[t]
                b = second_of[t]
                if a < lane and b < lane:
                    w = scalars[a] * scalars[b]
                    for j in range(width):
                        lanes[v, j] += w
                elif a >= lane and b >= lane:
                    for j in range(width):
                        lanes[v, j] += lanes[a - lane, j] * lanes[b - lane, j]
                else:
                    w = scalars[min(a, b)]
                    x = max(a, b) - lane
                    for j in range(width):
                        lanes[v, j] += w * lanes[x, j]
            continue
{lanes_forward}
        else:
            for j in range(width):
                a = scalars[of_a[i]] if of_a[i] < lane else lanes[of_a[i] - lane, j]
                b = scalars[of_b[i]] if of_b[i] < lane else lanes[of_b[i] - lane, j]
                lanes[v, j] = value(k, a, b)


# "reassoc": a sum over rows may be added up in any order, which lets the processor add several at a time
@njit(
    f"void({{OPERATIONS}}, int64, int64, float64[::1], float64[:, ::1], float64[::1], float64[:, ::1])",
    cache=True, error_model="numpy", nogil=True, fastmath={{"reassoc"}},
)  # fmt: skip
def lanes_backward(
    borders, start, codes, slots_a, slots_b, slots_c, terms, first_of, second_of, lane, skipped, scalars, lanes,
    scalar_adjoints, adjoints,
):
    width = lanes.shape[1]
    lo, hi = borders[0], borders[-1]
    first = start + lo
    code, of_a, of_b, of_c = codes[lo:hi], slots_a[lo:hi], slots_b[lo:hi], slots_c[lo:hi]
    for i in range(code.size - 1, -1, -1):
        k = code[i]
        v = first - lane + i
        if k == SUM:
            for t in range(terms[of_c[i]], terms[of_c[i] + 1]):
                a = first_of[t]
                b = second_of[t]
                if a < lane and b < lane:
                    total = 0.0
                    for j in range(width):
                        total += adjoints[v, j]
                    scalar_adjoints[a] += total * scalars[b]
                    scalar_adjoints[b] += total * scalars[a]
                elif a >= lane and b >= lane:
                    for j in range(width):
                        g = adjoints[v, j]
                        adjoints[a - lane, j] += g * lanes[b - lane, j]
                        adjoints[b - lane, j] += g * lanes[a - lane, j]
                else:
                    one = min(a, b)
                    x = max(a, b) - lane
                    w = scalars[one]
                    total = 0.0
                    for j in range(width):
                        g = adjoints[v, j]
                        total += g * lanes[x, j]
                    scalar_adjoints[one] += total
                    if x >= skipped:
                        for j in range(width):
                            g = adjoints[v, j]
                            adjoints[x, j] += g * w
            continue
{lanes_backward}
        else:
            for j in range(width):
                g = adjoints[v, j]
                a = scalars[of_a[i]] if of_a[i] < lane else lanes[of_a[i] - lane, j]
                b = scalars[of_b[i]] if of_b[i] < lane else lanes[of_b[i] - lane, j]
                da = share_a(k, g, lanes[v, j], a, b)
                db = share_b(k, g, lanes[v, j], a, b)
                if of_a[i] < lane:
                    scalar_adjoints[of_a[i]] += da
                else:
                    adjoints[of_a[i] - lane, j] += da
                if of_b[i] < lane:
                    scalar_adjoints[of_b[i]] += db
                else:
                    adjoints[of_b[i] - lane, j] += db
"""


class Operation(NamedTuple):
    """A row, or two rows in one, as program text: its value, and what it adds to the adjoint of each operand."""

    code: int
    names: str  # of the operands: "a", "ab" or "abc"
    value: str
    shares: dict[str, str]  # for each operand; none where the derivative is 0 everywhere: 0 * inf would be nan


def operations() -> tuple[dict[str, Operation], Operation]:
    """Every row of this library by name, and the product that is added to something at once."""
    rows = [row for row in TABLE.values() if not row.custom]
    return {row.name: _operation(code, row) for code, row in enumerate(rows)}, _fused(len(rows))


def _operation(code: int, row: Primitive) -> Operation:
    names = "".join(ARGUMENTS[: row.arity])
    partials = [expr.partial(row, argument) for argument in range(row.arity)]
    return Operation(code, names, _write(expr.value(row)), _shares(names, partials))


def _fused(code: int) -> Operation:
    a, b, c, y = map(expr.symbol, "abcy")
    mul, add = TABLE["mul"], TABLE["add"]
    inner = mul(a, b)
    outer = [partial(y, inner, c) for partial in add.partials]
    chained = [outer[0] * partial(inner, a, b) for partial in mul.partials]
    return Operation(code, "abc", _write(add(inner, c)), _shares("abc", [*chained, outer[1]]))


def _shares(names: str, partials: list[Any]) -> dict[str, str]:
    return {
        name: _write(expr.symbol("g") * partial)
        for name, partial in zip(names, partials, strict=True)
        if isinstance(partial, expr.Text) or partial != 0
    }


def _write(expression: Any) -> str:
    return expr.write(expression, "python")


def source() -> str:
    """The text of autograd/program/kernel.py that belongs to today's table."""
    rows, fused = operations()
    common = [fused, *(rows[name] for name in COMMON)]
    side_by_side = [*common, *filter(_is_side_by_side, rows.values())]
    return (HEADER + SINGLE + LANES).format(
        codes="".join(f'    "{name}": {operation.code},\n' for name, operation in rows.items()),
        fused=fused.code,
        sum=fused.code + 1,
        values=_returns({operation.code: operation.value for operation in rows.values()}),
        shares_a=_returns({o.code: o.shares["a"] for o in rows.values() if "a" in o.shares}),
        shares_b=_returns({o.code: o.shares["b"] for o in rows.values() if "b" in o.shares}),
        forward=indent(_choice(common, _forward), "    "),
        backward=indent(_choice(common, _backward), "    "),
        lanes_forward=_choice(side_by_side, _lanes_forward),
        lanes_backward=_choice(side_by_side, _lanes_backward),
    )


def _is_side_by_side(operation: Operation) -> bool:
    """Whether a processor does it on several numbers at once: arithmetic on one operand, without a function call.

    Loops for more than these would take longer to compile than they could save.
    """
    written = " ".join((operation.value, *operation.shares.values()))
    return operation.names == "a" and "math." not in written


def _returns(results: dict[int, str]) -> str:
    return "\n".join(f"    if code == {code}:\n        return {result}" for code, result in results.items())


def _choice(operations: list[Operation], body: Callable[[Operation], list[str]]) -> str:
    lines: list[str] = []
    for operation in operations:
        lines.append(f"        {'elif' if lines else 'if'} k == {operation.code}:  # {operation.value}")
        lines += [f"            {line}" for line in body(operation)]
    return "\n".join(lines)


def _forward(operation: Operation) -> list[str]:
    third = ["c = values[of_c[i]]"] if "c" in operation.names else []
    return [*third, f"values[first + i] = {operation.value}"]


def _backward(operation: Operation) -> list[str]:
    return [f"adjoints[of_{name}[i]] += {share}" for name, share in operation.shares.items()]


def _lanes_forward(operation: Operation) -> list[str]:
    return _loops(operation, [f"lanes[v, j] = {operation.value}"], {})


def _lanes_backward(operation: Operation) -> list[str]:
    return _loops(operation, ["g = adjoints[v, j]", "y = lanes[v, j]"], operation.shares)


def _loops(operation: Operation, statements: list[str], shares: dict[str, str]) -> list[str]:
    """The loop over the lanes, once for each choice of operands that are one number for all lanes."""
    lines: list[str] = []
    for choice in product((False, True), repeat=len(operation.names)):
        if all(choice):
            continue  # then it is done once, not for each row
        single = dict(zip(operation.names, choice, strict=True))
        tests = (f"of_{name}[i] {'<' if alone else '>='} lane" for name, alone in single.items())
        lines.append(f"{'elif' if lines else 'if'} {' and '.join(tests)}:")
        # what stays the same is read before the loop: the compiler cannot know that the loop does not change it
        for name, alone in single.items():
            lines.append(f"    {name} = scalars[of_{name}[i]]" if alone else f"    at_{name} = of_{name}[i] - lane")
        lines += [f"    d{name} = 0.0" for name in shares if single[name]]
        lines.append("    for j in range(width):")
        lines += [f"        {name} = lanes[at_{name}, j]" for name, alone in single.items() if not alone]
        lines += [f"        {statement}" for statement in statements]
        for name, share in shares.items():
            total = f"d{name}" if single[name] else f"adjoints[at_{name}, j]"
            lines.append(f"        {total} += {share}")
        lines += [f"    scalar_adjoints[of_{name}[i]] += d{name}" for name in shares if single[name]]
    return lines
