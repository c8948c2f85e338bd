"""grad, value_and_grad, jacobian, hessian, jvp: against closed forms, nested, and at their edges."""

import math

import numpy as np
import pytest

import autograd
from autograd import Value, grad, hessian, jacobian, jvp, value_and_grad


def test_closed_forms() -> None:
    assert grad(lambda x: x**3)(2.0) == 12
    assert value_and_grad(lambda x, y: x * y**2, (0, 1))(2.0, 3.0) == (18, (9, 12))
    assert grad(lambda x, y: x * y, 1)(2.0, 3.0) == 2
    assert grad(lambda x, y: x * y, -1)(2.0, 3.0) == 2
    assert grad(lambda x, y: x * y, (1, 0, 1))(2.0, 3.0) == (2, 3, 2)
    assert jacobian(lambda x, y: [x * y, x - y, 7.0])(2.0, 3.0) == [[3, 2], [1, -1], [0, 0]]
    assert jacobian(lambda x, y: x * y)(2.0, 3.0) == [3, 2]
    assert hessian(lambda x, y: x**2 * y)(2.0, 3.0) == [[6, 4], [4, 0]]
    assert jvp(lambda x, y: x * y, (2.0, 3.0), (1.0, 10.0)) == (6, 23)
    assert jvp(lambda x, y: (x * y, x + y), (2.0, 3.0), (1.0, 0.0)) == ([6, 5], [3, 1])


def test_numbers_in_numbers_out_values_in_values_out() -> None:
    x = Value(2.0)
    assert type(grad(lambda x: x**3)(2.0)) is float
    derivative = grad(lambda x: x**3)(x)
    assert isinstance(derivative, Value)
    derivative.backward()
    assert (derivative.data, x.grad) == (12, 12)
    for rows in (hessian(lambda x, y: x * y)(x, 3.0), [jvp(lambda x: x * x, [x], [1.0])]):
        assert all(isinstance(entry, Value) for row in rows for entry in row)


def test_a_result_that_does_not_depend_on_an_input_has_derivative_0() -> None:
    outside = Value(5.0) * 2
    for f in (lambda x, y: 3.0, lambda x, y: y, lambda x, y: outside, lambda x, y: y * outside):
        assert grad(f)(1.0, 2.0) == 0
        assert jacobian(f)(1.0, 2.0)[0] == 0
        assert jvp(f, [1.0, 2.0], [1.0, 0.0])[1] == 0
    assert hessian(lambda x, y: 3.0)(1.0, 2.0) == [[0, 0], [0, 0]]
    assert hessian(lambda x, y: x * 3)(1.0, 2.0) == [[0, 0], [0, 0]]
    assert hessian(lambda x, y: x * x)(1.0, 2.0) == [[2, 0], [0, 0]]
    assert jacobian(hessian(lambda x, y: x**3 * y))(2.0, 3.0) == [[[18, 6 * 2], [12, 0]], [[12, 0], [0, 0]]]
    for nonsense in ("abc", None):
        with pytest.raises(TypeError, match="an output of f must be one real number"):
            jacobian(lambda x, given=nonsense: [x, given])(1.0)
        with pytest.raises(TypeError, match="an output of f must be one real number"):
            jvp(lambda x, given=nonsense: [x, given], (1.0,), (1.0,))
    assert jacobian(lambda x: [])(1.0) == []
    assert jacobian(lambda x: [1.0, x])(Value(2.0))[0][0].data == 0


def misfit(w, rows, b):
    """The sum of squares of w x + b - y."""
    return sum((w * x + b - y) ** 2 for x, y in rows)


@pytest.mark.parametrize("kind", [list, tuple, np.array])
def test_what_is_not_asked_about_may_be_data(kind) -> None:
    rows = kind([[1.0, 2.0], [3.0, -1.0]])
    by_w, by_b = 2 * (2.5 - 2) * 1 + 2 * (6.5 + 1) * 3, 2 * (2.5 - 2) + 2 * (6.5 + 1)  # at w = 2, b = 0.5
    assert grad(misfit)(2.0, rows, 0.5) == by_w
    assert grad(misfit, -1)(2.0, rows, 0.5) == by_b
    assert value_and_grad(misfit, (2, 0, 2))(2.0, rows, 0.5) == (56.5, (by_b, by_w, by_b))
    assert grad(grad(misfit))(2.0, rows, 0.5) == 2 * (1 + 9)
    assert grad(lambda data, w: w * len(data), 1)(rows, 3.0) == 2
    derivative = grad(misfit)(w := Value(2.0), rows, 0.5)
    derivative.backward()
    assert (derivative.data, w.grad) == (by_w, 20)
    for asked in (1, -2, (0, 1)):
        with pytest.raises(TypeError, match="data must be one real number"):
            grad(misfit, asked)(2.0, rows, 0.5)


def test_values_in_data_are_values_in() -> None:
    x, y = Value(3.0), Value(-1.0)
    derivative = grad(misfit)(2.0, [[1.0, 2.0], [x, y]], 0.5)  # d/dw = 1 + 2 (2 x + b - y) x
    derivative.backward()
    assert (derivative.data, x.grad, y.grad) == (46, 2 * (4 * 3 + 0.5 + 1), -6)
    assert grad(lambda x: grad(misfit)(2.0, [[1.0, 2.0], [x, -1.0]], 0.5))(3.0) == 27


def test_other_numbers_are_values_too() -> None:
    assert grad(lambda x, y: x * y.exp())(2.0, 0.0) == 1


# ------------------------------------------------------------------ nested


def test_the_two_levels_are_not_confused() -> None:
    """Siskind and Pearlmutter's examples of perturbation confusion."""
    assert grad(lambda x: x * grad(lambda y: x * y)(2.0))(3.0) == 6
    assert grad(lambda x: x * grad(lambda y: x + y)(1.0))(3.0) == 1
    assert grad(lambda x: grad(lambda y: x * y)(x))(3.0) == 1
    assert grad(lambda x: grad(lambda y: x * y * y)(x))(3.0) == 12  # d/dx of 2 x x
    assert jvp(lambda x: x * jvp(lambda y: x + y, [1.0], [1.0])[1], [3.0], [1.0]) == (3, 1)
    assert jvp(lambda x: x * jvp(lambda y: x * y, [1.0], [1.0])[1], [3.0], [1.0]) == (9, 6)


def test_derivatives_of_any_order() -> None:
    f = autograd.sin
    for order in range(6):
        assert f(0.7) == pytest.approx(math.sin(0.7 + order * math.pi / 2), rel=1e-14)
        f = grad(f)


@pytest.mark.parametrize("x", [0.0, 1.0, -2.0])
def test_forward_over_reverse_over_forward(x: float) -> None:
    """The same second derivative by all four nestings, also where the first local derivative is 0."""

    def f(x):
        return x * x * autograd.cos(x)

    def forward(f):
        return lambda x: jvp(f, [x], [1.0])[1]

    wanted = 2 * math.cos(x) - 4 * x * math.sin(x) - x * x * math.cos(x)
    for outer in (grad, forward):
        for inner in (grad, forward):
            assert outer(inner(f))(x) == pytest.approx(wanted, rel=1e-14, abs=1e-15), (outer, inner)


def test_a_tangent_can_be_a_value() -> None:
    direction = Value(3.0)
    _, tangent = jvp(lambda x: x * x, [Value(2.0)], [direction])
    tangent.backward()
    assert (tangent.data, direction.grad) == (12, 4)


def test_0_moves_nothing_even_beside_an_infinity() -> None:
    assert jvp(lambda x, y: autograd.sqrt(x) + y, [0.0, 1.0], [0.0, 3.0]) == (1, 3)
    output, tangent = jvp(lambda x, y: autograd.sqrt(x) + y, [Value(0.0), Value(1.0)], [Value(0.0), Value(3.0)])
    assert (output.data, tangent.data) == (1, 3)
    assert jvp(lambda x, y: autograd.where(x, x, y), [2.0, 1.0], [1.0, math.inf]) == (2, 1)


def test_a_gradient_inside_a_loss() -> None:
    """A gradient penalty: (df/dx)**2 for f = w x**2, so 4 w**2 x**2, and its derivative 8 w x**2."""
    w = Value(3.0)
    loss = grad(lambda x: w * x * x)(Value(2.0)) ** 2
    loss.backward()
    assert (loss.data, w.grad) == (144, 96)


def test_no_gradient_outside_is_touched() -> None:
    w = Value(3.0)
    w.grad = 7
    x = Value(2.0)
    x.grad = 5
    for f in (grad, hessian, jacobian):
        f(lambda x: w * x * x)(x)
        f(lambda x: w * x * x)(2.0)
    assert (w.grad, x.grad) == (7, 5)


def test_a_newton_step_and_a_stationary_point() -> None:
    x, y = 1.0, 1.0

    def rosenbrock(x, y):
        return (1 - x) ** 2 + 100 * (y - x**2) ** 2

    assert grad(rosenbrock, (0, 1))(x, y) == (0, 0)
    assert hessian(rosenbrock)(x, y) == [[802, -400], [-400, 200]]


# ------------------------------------------------------------------ edges


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: grad(lambda x: x, 1)(1.0), r"argnums asks for argument 1, but f was given 1 argument\(s\)"),
        (lambda: grad(lambda: 1.0)(), r"argnums asks for argument 0, but f was given 0 argument"),
        (lambda: grad(lambda x: x, (0, 2))(1.0, 2.0), "argnums asks for argument 2"),
        (lambda: grad(lambda x: x, -2)(1.0), "argnums asks for argument -2"),
        (
            lambda: grad(lambda x: x, "x")(1.0),
            "argnums must be the place of an argument, or a tuple of places, not str 'x'",
        ),
        (lambda: grad(lambda x: x, (0.5,))(1.0), "argnums must be the place of an argument"),
        (lambda: jacobian(lambda: 1.0)(), r"give the point at which to differentiate: grad\(f\)\(x\)"),
        (lambda: grad(lambda x: [x, x])(1.0), "f must return one number .* use jacobian"),
        (lambda: grad(lambda x: None)(1.0), "f must return one number .* do not forget the return"),
        (lambda: grad(lambda x: "a")(1.0), "the result of f must be one real number"),
        (lambda: grad(lambda x: x * np.ones(2))(1.0), "the result of f must be one real number"),
        (lambda: grad(lambda x: x)([1.0]), "data must be one real number .* make one Value per entry"),
        (lambda: grad(lambda x: math.exp(x))(1.0), r"use autograd.exp\(v\)"),
        (lambda: jvp(lambda x: x, [1.0], []), "one tangent per primal, got 1 primals and 0 tangents"),
        (lambda: jvp(lambda x: x, 1.0, 1.0), r"jvp\(f, \[x\], \[1.0\]\)"),
        (lambda: jvp(lambda x: x, [1.0], ["a"]), "tangent must be one real number"),
    ],
)
def test_errors_say_what_to_do(call, message: str) -> None:
    with pytest.raises(TypeError, match=message):
        call()


@pytest.mark.parametrize("differentiate", [grad, hessian, lambda f: lambda x: grad(grad(f))(x)])
def test_a_derivative_that_does_not_exist_is_named(differentiate) -> None:
    with pytest.raises(
        FloatingPointError, match=r"sqrt has no derivative with respect to a at a = 0.0: it is inf there"
    ):
        differentiate(autograd.sqrt)(0.0)


def test_an_error_inside_f_leaves_nothing_switched_on() -> None:
    with pytest.raises(ZeroDivisionError):
        grad(lambda x: 1 / x)(0.0)
    assert type(grad(lambda x: x * x)(2.0)) is float
