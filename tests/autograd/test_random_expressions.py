"""Expressions that nobody chose: values and gradients against Python's own arithmetic and against measured slopes."""

import copy
import math
import pickle
import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

import autograd
from autograd import Value, grad, hessian, jvp, parse, value_and_grad

NAMES = ("x", "y", "z")
NUMBERS = st.floats(-2, 2).map(lambda number: round(number, 3))
POINTS = st.tuples(*[NUMBERS] * 3)


@dataclass
class Expression:
    """One expression in three forms: text, a function of floats, and a function of Values."""

    text: str
    floats: Callable[..., float]
    values: Callable[..., Value]


def variable(place: int) -> Expression:
    return Expression(NAMES[place], lambda *x: x[place], lambda *x: x[place])


def constant(number: float) -> Expression:
    return Expression(f"({number})", lambda *x: number, lambda *x: number)


SIGNS = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
}
# smooth everywhere and of moderate size, each with what Python's math says it is
FUNCTIONS = {
    "sin": math.sin,
    "tanh": math.tanh,
    "atan": math.atan,
    "erf": math.erf,
    "asinh": math.asinh,
    "sigmoid": lambda a: 1 / (1 + math.exp(-a)),
    "square": lambda a: a**2,
}


def grown(children: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    def binary(sign: str, a: Expression, b: Expression) -> Expression:
        f = SIGNS[sign]
        return Expression(
            f"({a.text} {sign} {b.text})",
            lambda *x: f(a.floats(*x), b.floats(*x)),
            lambda *x: f(a.values(*x), b.values(*x)),
        )

    def unary(name: str, a: Expression) -> Expression:
        f, row = FUNCTIONS[name], getattr(autograd, name)
        return Expression(f"{name}({a.text})", lambda *x: f(a.floats(*x)), lambda *x: row(a.values(*x)))

    def divided(a: Expression, b: Expression) -> Expression:
        return Expression(
            f"({a.text} / (1.5 + {b.text} ** 2))",
            lambda *x: a.floats(*x) / (1.5 + b.floats(*x) ** 2),
            lambda *x: a.values(*x) / (1.5 + b.values(*x) ** 2),
        )

    def minus(a: Expression) -> Expression:
        return Expression(f"(-{a.text})", lambda *x: -a.floats(*x), lambda *x: -a.values(*x))

    return st.one_of(
        st.builds(binary, st.sampled_from(list(SIGNS)), children, children),
        st.builds(unary, st.sampled_from(list(FUNCTIONS)), children),
        st.builds(divided, children, children),
        st.builds(minus, children),
    )


LEAVES = st.one_of(st.sampled_from(range(3)).map(variable), NUMBERS.map(constant))
EXPRESSIONS = st.recursive(LEAVES, grown, max_leaves=12)


def moderate(numbers: object) -> None:
    assume(np.all(np.abs(np.array(numbers, dtype=float)) < 1e3))


def slope(f: Callable[..., float], point: tuple[float, ...], place: int, h: float = 2**-10) -> float:
    def central(h: float) -> float:
        above, below = ([v + s * (i == place) for i, v in enumerate(point)] for s in (h, -h))
        return (f(*above) - f(*below)) / (2 * h)

    return (4 * central(h / 2) - central(h)) / 3


@given(EXPRESSIONS, POINTS)
def test_values_and_gradients(expression: Expression, point: tuple[float, ...]) -> None:
    expected = expression.floats(*point)
    value, gradient = value_and_grad(expression.values, (0, 1, 2))(*point)
    moderate([value, *gradient])
    assert math.isclose(value, expected, rel_tol=1e-12, abs_tol=1e-12)
    for place in range(3):
        measured = slope(expression.floats, point, place)
        assume(math.isclose(measured, slope(expression.floats, point, place, 2**-9), rel_tol=1e-6, abs_tol=1e-6))
        assert math.isclose(gradient[place], measured, rel_tol=1e-5, abs_tol=1e-5), (expression.text, place)


@given(EXPRESSIONS, POINTS)
def test_text_gives_the_same_graph(expression: Expression, point: tuple[float, ...]) -> None:
    mentioned = set(re.findall(r"\w+", expression.text))
    used = {name: Value(x, label=name) for name, x in zip(NAMES, point, strict=True) if name in mentioned}
    root = parse(expression.text, **used)
    assert math.isclose(root.data, expression.floats(*point), rel_tol=1e-12, abs_tol=1e-12)
    root.backward()
    gradient = grad(expression.values, (0, 1, 2))(*point)
    for name, leaf in used.items():
        assert math.isclose(leaf.grad, gradient[NAMES.index(name)], rel_tol=1e-9, abs_tol=1e-9)


@given(EXPRESSIONS, POINTS, POINTS)
def test_forward_is_reverse(expression: Expression, point: tuple[float, ...], direction: tuple[float, ...]) -> None:
    value, gradient = value_and_grad(expression.values, (0, 1, 2))(*point)
    moderate(gradient)
    output, tangent = jvp(expression.values, point, direction)
    assert output == value
    expected = sum(g * d for g, d in zip(gradient, direction, strict=True))
    assert math.isclose(tangent, expected, rel_tol=1e-9, abs_tol=1e-9 * (1 + sum(map(abs, gradient))))


@given(EXPRESSIONS, POINTS)
def test_second_derivatives(expression: Expression, point: tuple[float, ...]) -> None:
    rows = hessian(expression.values)(*point)
    moderate(rows)
    np.testing.assert_allclose(rows, np.transpose(rows), rtol=1e-9, atol=1e-9)
    for i in range(3):
        along = [float(i == j) for j in range(3)]
        columns = [jvp(grad(expression.values, j), point, along)[1] for j in range(3)]
        np.testing.assert_allclose(columns, rows[i], rtol=1e-9, atol=1e-9)


@given(EXPRESSIONS, POINTS)
def test_steps_copies_and_pickles_agree_with_backward(expression: Expression, point: tuple[float, ...]) -> None:
    leaves = [Value(x) for x in point]
    root = autograd.mul(expression.values(*leaves), Value(1.0))
    sums: dict[int, float] = {}
    for step in root.steps():
        if step.phase == "backward":
            sums[step.node] = step.after
    root.backward()
    order = list(reversed(autograd.graph.ancestors(root)))
    assert [sums.get(place, 0) for place in range(len(order))] == [node.grad for node in order]
    for other in (copy.deepcopy(root), pickle.loads(pickle.dumps(root))):
        assert list(map(repr, reversed(autograd.graph.ancestors(other)))) == list(map(repr, order))


@given(
    st.lists(st.tuples(st.sampled_from("+-*/"), st.fractions(-3, 3, max_denominator=9)), max_size=8),
    st.fractions(-3, 3, max_denominator=9),
)
def test_exact_arithmetic(operations: list[tuple[str, Fraction]], x: Fraction) -> None:
    """A product of Moebius steps: Fractions all the way, and an exact derivative measured by an exact, tiny step."""

    def f(x):
        y = x
        for sign, number in operations:
            y = (
                y + number
                if sign == "+"
                else number - y
                if sign == "-"
                else y * number
                if sign == "*"
                else number / (y * y + 1)
            )
        return y

    value, derivative = value_and_grad(f)(x)
    assert value == f(x)
    assert isinstance(derivative, (Fraction, int))
    h = Fraction(1, 10**40)
    assert abs(derivative - (f(x + h) - f(x - h)) / (2 * h)) < Fraction(1, 10**60)
