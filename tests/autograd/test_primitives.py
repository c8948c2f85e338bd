"""The table of derivatives, row by row. A row added to the table is tested here without a line being written."""

import math
import random
from collections.abc import Callable, Iterator
from fractions import Fraction
from numbers import Rational

import numpy as np
import pytest

import autograd
from autograd import Value, grad, hessian, jvp, value_and_grad
from autograd.coercion import UNDEFINED
from autograd.interval import Interval
from autograd.primitives import square
from autograd.registry import TABLE, Primitive

EVERY_ROW = pytest.mark.parametrize("row", list(TABLE.values()), ids=lambda row: row.name)


# ------------------------------------------------------------------ the check that every row passes


def span(interval: Interval, reach: float = 1.25, margin: float = 1 / 8) -> tuple[float, float]:
    """The part of a domain to take points from: inside, and of moderate size."""
    low = interval.low + margin if math.isfinite(interval.low) else -reach
    high = interval.high - margin if math.isfinite(interval.high) else max(low, 0) + reach
    return low, high


def points(row: Primitive, count: int = 12) -> Iterator[tuple[float, ...]]:
    """Points of the domain, the same in every run; the first is off any kink (0, or a = b) by 1/64 at least."""
    draw = random.Random(row.name)
    for _ in range(count):
        # a on odd multiples of 1/32, b half way between them
        yield tuple(
            round(draw.uniform(*span(interval)) * 16) / 16 + (1 - argument / 2) / 32
            for argument, interval in enumerate(row.domain)
        )


def slope(f: Callable[..., float], point: tuple[float, ...], argument: int) -> float:
    """df/dx measured: two central differences, combined so that the cubic error cancels."""

    def central(h: float) -> float:
        above, below = ([x + s * (i == argument) for i, x in enumerate(point)] for s in (h, -h))
        return float(f(*above) - f(*below)) / (2 * h)

    return (4 * central(2**-10) - central(2**-9)) / 3


def close(a: float, b: float, tolerance: float) -> bool:
    return math.isclose(a, b, rel_tol=tolerance, abs_tol=tolerance)


def check_row(row: Primitive) -> None:
    """Everything that the rest of the project takes for granted of a row."""
    every = tuple(range(row.arity))
    for point in points(row):
        at = f"{row.name} at {point}"
        output = row(*point)
        assert row(*map(Value, point)).data == output, f"{at}: a Value holds another number"

        reverse = grad(row, every)(*point)
        for argument in every:
            others = [float(i == argument) for i in every]
            assert jvp(row, point, others) == (output, reverse[argument]), f"{at}: forward mode differs"
            measured = slope(row, point, argument)
            assert close(reverse[argument], measured, 1e-6), (
                f"{at}: the partial for argument {argument} is {reverse[argument]}, measured {measured}"
            )
            alone = grad(lambda x, i=argument: row(*point[:i], x, *point[i + 1 :]))(point[argument])  # noqa: B023
            assert alone == reverse[argument], f"{at}: beside a plain number, the partial is another"

        second = hessian(row)(*point)
        for i in every:
            for j in every:
                measured = slope(lambda *x, i=i: grad(row, i)(*x), point, j)
                assert close(second[i][j], measured, 1e-6), f"{at}: second derivative {i}, {j}"
                assert close(second[i][j], second[j][i], 1e-12), f"{at}: the Hessian is not symmetric"

    columns = [np.array(column) for column in zip(*points(row), strict=True)]
    outputs = row(*columns)
    np.testing.assert_allclose(outputs, [row(*point) for point in points(row)], rtol=1e-14, atol=1e-15)
    for argument in every:
        batch = row.partials[argument](outputs, *columns) + np.zeros(len(columns[0]))
        one_by_one = [grad(row, argument)(*point) for point in points(row)]
        np.testing.assert_allclose(batch, one_by_one, rtol=1e-13, atol=1e-14)


@EVERY_ROW
def test_row(row: Primitive) -> None:
    check_row(row)


def test_a_right_row_of_ones_own_passes(own_row) -> None:
    check_row(own_row("cube", lambda a: a * a * a, lambda y, a: 3 * a**2))
    check_row(own_row("gauss", lambda a: math.exp(-a * a), lambda y, a: -2 * a * y))
    check_row(own_row("log_of", lambda a, b: math.log(a) / math.log(b),
                      lambda y, a, b: 1 / (a * autograd.log(b)),
                      lambda y, a, b: -y / (b * autograd.log(b)),
                      domain=("(0, inf)", "(1, inf)")))  # fmt: skip


@pytest.mark.parametrize(
    ("partial", "complaint"),
    [
        (lambda y, a: 3 * a, "the partial for argument 0 is"),
        (lambda y, a: 2.9999 * a * a, "the partial for argument 0 is"),
        (lambda y, a: 3 * a.data**2 if isinstance(a, Value) else 3 * a**2, "second derivative"),
    ],
)
def test_a_wrong_row_of_ones_own_fails(own_row, partial, complaint) -> None:
    with pytest.raises(AssertionError, match=complaint):
        check_row(own_row("cube", lambda a: a * a * a, partial))


def test_a_wrong_sign_in_the_second_argument_fails(own_row) -> None:
    row = own_row("difference", lambda a, b: a - b, lambda y, a, b: 1, lambda y, a, b: 1)
    with pytest.raises(AssertionError, match="argument 1"):
        check_row(row)


# ------------------------------------------------------------------ exact numbers

RATIONAL = {
    "add", "sub", "mul", "div", "neg", "square", "reciprocal", "relu", "leaky_relu", "abs", "maximum", "minimum",
    "step", "sign", "heaviside", "_when", "_unless", "_base",
}  # fmt: skip


def exact(x: float) -> Fraction:
    return Fraction(x) + Fraction(1, 640)


def stays_exact(row: Primitive) -> bool:
    point = [exact(x) for x in next(points(row))]
    try:
        return isinstance(row.forward(*point), Rational)
    except TypeError:
        return False


def test_the_rational_rows_are_known_to_be_exact() -> None:
    assert {name for name, row in TABLE.items() if stays_exact(row)} >= RATIONAL


@pytest.mark.parametrize("row", list(filter(stays_exact, TABLE.values())), ids=lambda row: row.name)
def test_fractions_stay_fractions(row: Primitive) -> None:
    tiny = Fraction(1, 10**30)
    for point in points(row):
        x = [exact(number) for number in point]
        output, gradient = value_and_grad(row, tuple(range(row.arity)))(*x)
        assert isinstance(output, Rational)
        for argument, derivative in enumerate(gradient):
            above, below = ([v + s * (i == argument) for i, v in enumerate(x)] for s in (tiny, -tiny))
            measured = (row(*above) - row(*below)) / (2 * tiny)
            assert isinstance(derivative, Rational)
            assert abs(derivative - measured) < Fraction(1, 10**50)


@pytest.mark.parametrize(
    ("f", "x", "output", "derivatives"),
    [
        (lambda x, y: x / y, (Fraction(1, 3), 2), Fraction(1, 6), (Fraction(1, 2), Fraction(-1, 12))),
        (lambda x, y: y / x, (Fraction(1, 3), 2), 6, (-18, 3)),
        (lambda x: x / 3, (Fraction(1, 2),), Fraction(1, 6), (Fraction(1, 3),)),
        (lambda x: 1 / x, (Fraction(2),), Fraction(1, 2), (Fraction(-1, 4),)),
        (lambda x: Fraction(1, 3) / x, (Fraction(2),), Fraction(1, 6), (Fraction(-1, 12),)),
        (lambda x: x**-2, (Fraction(1, 3),), 9, (-54,)),
        (lambda x: (x - 1) ** 3, (Fraction(1, 3),), Fraction(-8, 27), (Fraction(4, 3),)),
        (autograd.maximum, (Fraction(1, 3), Fraction(1, 3)), Fraction(1, 3), (Fraction(1, 2), Fraction(1, 2))),
        (autograd.minimum, (Fraction(1, 3), Fraction(1, 3)), Fraction(1, 3), (Fraction(1, 2), Fraction(1, 2))),
        (autograd.maximum, (Fraction(1, 3), 1), 1, (0, 1)),
        (autograd.heaviside, (Fraction(0),), Fraction(1, 2), (0,)),
        (lambda x: autograd.where(x, x * x, 7), (Fraction(2, 3),), Fraction(4, 9), (Fraction(4, 3),)),
    ],
)  # fmt: skip
def test_exact_results(f, x, output, derivatives) -> None:
    value, gradient = value_and_grad(f, tuple(range(len(x))))(*x)
    assert (value, gradient) == (output, derivatives)
    assert all(isinstance(number, (Fraction, int)) for number in (value, *gradient))


# ------------------------------------------------------------------ conventions and conditions


@pytest.mark.parametrize(
    ("f", "x", "expected"),
    [
        (autograd.relu, (0.0,), (0,)),
        (autograd.abs, (0.0,), (0,)),
        (autograd.leaky_relu, (0.0, 0.2), (0.2, 0.0)),
        (autograd.elu, (0.0, 0.5), (0.5, 0.0)),
        (autograd.maximum, (2.0, 2.0), (0.5, 0.5)),
        (autograd.minimum, (2.0, 2.0), (0.5, 0.5)),
        (autograd.maximum, (0.0, -0.0), (0.5, 0.5)),
        (autograd.maximum, (1.0, 2.0), (0, 1)),
        (autograd.minimum, (1.0, 2.0), (1, 0)),
        (autograd.step, (0.0,), (0,)),
        (autograd.sign, (0.0,), (0,)),
        (autograd.heaviside, (0.0,), (0,)),
        (lambda x: x**0, (0.0,), (0,)),
        (lambda x: x**0, (-3.0,), (0,)),
        (lambda x: x**0, (1e-320,), (0,)),
        (lambda x: x**1, (0.0,), (1,)),
        (lambda x: x**2, (-3.0,), (-6,)),
        (lambda x, y: x**y, (0.0, 2.0), (0, 0)),
        (lambda x, y: x**y, (0.0, 0.0), (0, 0)),
        (lambda x: autograd.where(x, 5 * x, 7 * x), (0.0,), (7,)),
        (lambda y: 2**y, (0.0,), (math.log(2),)),
    ],
)
def test_kinks_and_corners(f, x, expected) -> None:
    assert grad(f, tuple(range(len(x))))(*x) == expected


def test_values_of_the_rows_choices_are_made_of() -> None:
    signs = (-2.0, 0.0, 2.0)
    assert [autograd.step(x) for x in signs] == [0, 0, 1]
    assert [autograd.sign(x) for x in signs] == [-1, 0, 1]
    assert [autograd.heaviside(x) for x in signs] == [0, 0.5, 1]
    assert [autograd.where(x, 1.0, 2.0) for x in signs] == [2, 2, 1]


@pytest.mark.parametrize("b", [-1.0, 0.0, 1.0, 2.0, 2.5])
def test_mixed_second_derivatives_of_a_power(b: float) -> None:
    """d2(a**b) / da db = a**(b - 1) (1 + b log a), also where b is 0."""
    a = 2.0
    rows = hessian(lambda a, b: a**b)(a, b)
    assert rows[0][1] == pytest.approx(a ** (b - 1) * (1 + b * math.log(a)), rel=1e-14)
    assert rows[0][1] == pytest.approx(rows[1][0], rel=1e-14)


def test_higher_derivatives_of_powers_at_zero_and_below() -> None:
    assert hessian(lambda x: x**2)(0.0) == [[2]]
    assert hessian(lambda x: x**2)(-2.0) == [[2]]
    assert grad(grad(grad(lambda x: x**3)))(-2.0) == 6
    assert grad(grad(lambda x: x**1))(0.0) == 0


def test_the_branch_not_taken_poisons_nothing() -> None:
    def guarded(x, z):
        return autograd.where(x, x * x, autograd.sqrt(z))  # sqrt has an infinite derivative at z = 0

    assert grad(guarded, (0, 1))(3.0, 0.0) == (6, 0)
    assert hessian(guarded)(3.0, 0.0) == [[2, 0], [0, 0]]
    assert jvp(guarded, (3.0, 0.0), (1.0, 1.0)) == (9, 6)
    assert grad(lambda x: autograd.where(x, x, Value(math.inf)))(2.0) == 1
    with pytest.raises(FloatingPointError, match="sqrt has no derivative"):
        grad(guarded, (0, 1))(-3.0, 0.0)


@pytest.mark.parametrize("decided", [True, False, np.bool_(True), np.array([True, False]), Value(2) > Value(1)])
def test_where_wants_a_number(decided) -> None:
    with pytest.raises(TypeError, match=r"where\(u - v, a, b\)"):
        autograd.where(decided, 1.0, 2.0)


def test_where_on_arrays() -> None:
    x = np.array([-1.0, 0.0, 2.0])
    assert autograd.where(x, 1.0, np.array([5.0, 6.0, np.inf])).tolist() == [5, 6, 1]


# ------------------------------------------------------------------ names, counts, errors


@EVERY_ROW
def test_outside_the_domain_an_error_names_the_row_and_the_operand(row: Primitive) -> None:
    for argument, interval in enumerate(row.domain):
        low = interval.low
        if math.isinf(low) or row.name == "pow":  # negative bases are fine with whole exponents
            continue
        point = [Value(low - 0.5 if i == argument else 1.5, label=f"arg{i}") for i in range(row.arity)]
        with pytest.raises(UNDEFINED, match=rf"{row.word} has no value at .*label 'arg{argument}'"):
            row(*point)


@EVERY_ROW
def test_a_wrong_number_of_arguments_says_both_numbers(row: Primitive) -> None:
    with pytest.raises(TypeError, match=rf"{row.word} takes {row.arity} arguments?, got 3"):
        row(1.0, 1.0, 1.0)


def test_defaults() -> None:
    assert autograd.leaky_relu(-1.0) == -0.01
    assert Value(-1.0).leaky_relu().data == -0.01
    assert autograd.elu(-1.0) == pytest.approx(math.exp(-1) - 1)
    assert repr(square) == "<primitive square>"
