"""The generated methods: in step with the table, and the same as ``record`` to the last bit."""

import itertools
import math
import random
import re
import struct
from fractions import Fraction
from typing import Any

import pytest

from autograd import Value
from autograd.coercion import UNDEFINED
from autograd.graph import record
from autograd.operators import Operators
from autograd.registry import TABLE, Primitive
from autograd.symbolic import generate

METHODS = [row for row in TABLE.values() if not row.name.startswith("_")]
SPECIAL = [0.0, -0.0, 1.0, -1.0, 0.5, 2.0, 1e-320, 1e200, -1e200, 710.0, math.inf, -math.inf]


def bits(number: Any) -> Any:
    """A number that is equal only if every bit is: nan too, and the sign of 0. An int counts as the float it equals."""
    return None if number is None else struct.pack("d", number)


def outcome(f: Any, *operands: Any) -> Any:
    """All that an operation leaves behind: value and local derivatives, or the error."""
    try:
        node = f(*operands)
    except UNDEFINED as error:
        return type(error), str(error)
    return node._primitive, bits(node.data), bits(node._da), bits(node._db), node.operands == operands


def error_of(row: Primitive, point: tuple[float, ...]) -> str | None:
    try:
        row(*point)
    except UNDEFINED as error:
        return type(error).__name__
    return None


def method(row: Primitive, reflected: bool = False) -> Any:
    if row.name in generate.INFIX:
        word = f"__{'r' if reflected else ''}{generate.INFIX[row.name]}__"
        return (lambda a, b: getattr(b, word)(a)) if reflected else (lambda a, b: getattr(a, word)(b))
    return lambda a, *b: getattr(a, row.name)(*b)


def numbers(row: Primitive) -> list[float]:
    draw = random.Random(row.name)
    return SPECIAL + [draw.gauss(0, 1) for _ in range(20)] + [draw.gauss(0, 100) for _ in range(20)]


def test_the_file_belongs_to_the_table() -> None:
    assert generate.TARGET.read_text(encoding="utf-8") == generate.source(), "run: python -m autograd.symbolic.generate"


def test_every_row_has_a_method_with_a_docstring() -> None:
    for row in METHODS:
        name = f"__{generate.INFIX[row.name]}__" if row.name in generate.INFIX else row.name
        assert "derivative" in vars(Operators)[name].__doc__


@pytest.mark.parametrize("row", METHODS, ids=lambda row: row.name)
def test_the_docstring_has_domain_kink_and_errors(row: Primitive) -> None:
    name = f"__{generate.INFIX[row.name]}__" if row.name in generate.INFIX else row.name
    doc = vars(Operators)[name].__doc__
    assert all(str(interval) in doc for interval in row.domain if interval.is_bounded)
    points = itertools.product(filter(math.isfinite, numbers(row)), repeat=row.arity)
    errors = {error_of(row, point) for point in points}
    assert errors - {None, "UndefinedError"} <= set(re.findall(r"\w+", doc))


@pytest.mark.parametrize("row", METHODS, ids=lambda row: row.name)
def test_the_docstring_has_the_derivative_where_it_jumps(row: Primitive) -> None:
    doc = getattr(Operators, row.name, row).__doc__
    if row.arity == 2 or not all(x in row.domain[0] for x in (-1e-9, 1e-9)) or row.name == "reciprocal":
        return
    jump = abs(row.partial(0, row(1e-9), (1e-9,)) - row.partial(0, row(-1e-9), (-1e-9,))) > 0.1
    assert (jump or row(-1e-9) + 0.1 < row(1e-9)) == (row.name in generate.KINKS)
    assert not jump or f"derivative at 0 is {row.partial(0, row(0.0), (0.0,)):g}" in doc


@pytest.mark.parametrize("row", [row for row in METHODS if row.arity == 1], ids=lambda row: row.name)
def test_methods_of_one_argument(row: Primitive) -> None:
    for number in numbers(row):
        a = Value(number, label="a")
        assert outcome(method(row), a) == outcome(lambda *x: record(row, *x), a), number


@pytest.mark.parametrize("row", [row for row in METHODS if row.arity == 2], ids=lambda row: row.name)
def test_methods_of_two_arguments(row: Primitive) -> None:
    some = numbers(row)
    pairs = [(a, b) for a in SPECIAL for b in SPECIAL] + list(zip(some, reversed(some), strict=True))
    for x, y in pairs:
        a, b = Value(x, label="a"), Value(y, label="b")
        for operands in ((a, b), (a, y), (a, a), (a, 3)):
            assert outcome(method(row), *operands) == outcome(lambda *x: record(row, *x), *operands), (x, y)
        if row.name in generate.INFIX:
            for left in (x, 3, 0):
                fast = outcome(method(row, reflected=True), left, b)
                assert fast == outcome(lambda *x: record(row, *x), left, b), (left, y)


@pytest.mark.parametrize("row", [row for row in METHODS if row.name in generate.INFIX], ids=lambda row: row.name)
@pytest.mark.parametrize("left", [Fraction(1, 2), True, 3])
def test_anything_else_is_handed_over(row: Primitive, left: Any) -> None:
    """Whatever is not a float on either side gives what ``record`` gives, with the same types."""
    for right in (Value(2.0), Value(2), Value(Fraction(2))):
        fast, plain = method(row, reflected=True)(left, right), record(row, left, right)
        assert (fast.data, type(fast.data), fast._db) == (plain.data, type(plain.data), plain._db)


def test_operators_of_python() -> None:
    a, b = Value(3.0), Value(2.0)
    assert [x.data for x in (a + b, a - b, a * b, a / b, a**b, -a, abs(-a), 1 + a, 1 - a, 2 * a, 6 / a, 2**a)] == [
        5, 1, 6, 1.5, 9, -3, 3, 4, -2, 6, 2, 8,
    ]  # fmt: skip
    assert sum([a, b, a]).data == 8
    with pytest.raises(TypeError):
        pow(a, b, 5)


@pytest.mark.parametrize("wrong", ["2", None, 1j, [1.0], object()])
def test_what_is_no_number_is_refused_on_both_sides(wrong: Any) -> None:
    a = Value(2.0)
    for operation in (
        lambda: a + wrong,
        lambda: wrong - a,
        lambda: wrong / a,
        lambda: a**wrong,
        lambda: a.maximum(wrong),
    ):
        with pytest.raises(TypeError, match="operand must be one real number"):
            operation()
