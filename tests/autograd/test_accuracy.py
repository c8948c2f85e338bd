"""The values and derivatives of the table against 50 digits and more, at both ends and in the middle."""

import math
from decimal import Decimal, localcontext

import pytest

import autograd
from autograd import Value, grad

PI = Decimal("3.14159265358979323846264338327950288419716939937510582097494459230781640628620899862803482534211706798")


def erfc(x: Decimal) -> Decimal:
    """1 minus the power series of the error function, Abramowitz & Stegun 7.1.5."""
    term = total = x
    n = 0
    while abs(term) > Decimal(10) ** -90:
        n += 1
        term *= -x * x / n
        total += term / (2 * n + 1)
    return 1 - 2 * total / PI.sqrt()


def normal(x: Decimal) -> Decimal:
    """The density of the normal distribution."""
    return (-x * x / 2).exp() / (2 * PI).sqrt()


def sigmoid(x: Decimal) -> Decimal:
    return 1 / (1 + (-x).exp())


# value, derivative: written from their definitions, without care for rounding
DEFINITIONS = {
    "sigmoid": (sigmoid, lambda x: sigmoid(x) * sigmoid(-x)),
    "softplus": (lambda x: (1 + x.exp()).ln(), sigmoid),
    "silu": (lambda x: x * sigmoid(x), lambda x: sigmoid(x) + x * sigmoid(x) * sigmoid(-x)),
    "elu": (lambda x: x if x > 0 else x.exp() - 1, lambda x: Decimal(1) if x > 0 else x.exp()),
    "gelu": (
        lambda x: x * erfc(-x / Decimal(2).sqrt()) / 2,
        lambda x: erfc(-x / Decimal(2).sqrt()) / 2 + x * normal(x),
    ),
    "tanh": (lambda x: 1 - 2 / ((2 * x).exp() + 1), lambda x: 4 / (x.exp() + (-x).exp()) ** 2),
    "erf": (lambda x: 1 - erfc(x), lambda x: 2 * (-x * x).exp() / PI.sqrt()),
    "erfc": (erfc, lambda x: -2 * (-x * x).exp() / PI.sqrt()),
    "expm1": (lambda x: x.exp() - 1, lambda x: x.exp()),
    "exp": (lambda x: x.exp(), lambda x: x.exp()),
}


@pytest.mark.parametrize("name", DEFINITIONS)
@pytest.mark.parametrize("x", [-9.0, -5.5, -2.0, -0.5, -1e-9, 1e-9, 0.1, 0.75, 3.0, 8.25])
def test_to_the_last_digits(name: str, x: float) -> None:
    value, derivative = DEFINITIONS[name]
    row = getattr(autograd, name)
    with localcontext() as context:
        context.prec = 110
        wanted, slope = float(value(Decimal(x))), float(derivative(Decimal(x)))
    assert row(x) == pytest.approx(wanted, rel=2e-15, abs=0)
    assert row(Value(x)).data == row(x)
    # derivatives that are made from the output (1 - y * y) are exact to a digit of 1, not of themselves
    assert grad(row)(x) == pytest.approx(slope, rel=2e-15, abs=1e-15)


@pytest.mark.parametrize(
    ("name", "x", "value", "derivative"),
    [
        ("sigmoid", -800.0, 0, 0),
        ("sigmoid", 800.0, 1, 0),
        ("sigmoid", -700.0, math.exp(-700), math.exp(-700)),
        ("softplus", 800.0, 800, 1),
        ("softplus", -800.0, 0, 0),
        ("softplus", -700.0, math.exp(-700), math.exp(-700)),
        ("tanh", 800.0, 1, 0),
        ("tanh", -800.0, -1, 0),
        ("silu", -800.0, 0, 0),
        ("silu", 800.0, 800, 1),
        ("gelu", -800.0, 0, 0),
        ("gelu", 800.0, 800, 1),
        ("gelu", -1e200, 0, 0),
        ("elu", -800.0, -1, 0),
        ("elu", 800.0, 800, 1),
        ("log1p", 1e-300, 1e-300, 1),
        ("log1p", -1e-300, -1e-300, 1),
        ("expm1", 1e-300, 1e-300, 1),
        ("expm1", -800.0, -1, 0),
        ("erf", 1e-300, 1e-300 * 2 / math.sqrt(math.pi), 2 / math.sqrt(math.pi)),
        ("erf", 1e200, 1, 0),
        ("erfc", -1e200, 2, 0),
        ("erfc", 26.0, 5.663192408856143e-296, -2 * math.exp(-676) / math.sqrt(math.pi)),
        ("atan", 1e200, math.pi / 2, 0),
        ("asinh", 1e200, math.log(2e200), 1e-200),
        ("acosh", 1e100, math.log(2e100), 1e-100),
        ("sinh", 1e-300, 1e-300, 1),
    ],
)
def test_stable_at_both_ends(name: str, x: float, value: float, derivative: float) -> None:
    row = getattr(autograd, name)
    assert row(x) == pytest.approx(value, rel=1e-15, abs=0)
    assert getattr(Value(x), name)().data == row(x)
    assert grad(row)(x) == pytest.approx(derivative, rel=1e-13, abs=0)


def test_hypot_does_not_overflow() -> None:
    assert grad(autograd.hypot, (0, 1))(3e200, 4e200) == pytest.approx((0.6, 0.8))


@pytest.mark.parametrize("name", ["exp", "expm1", "sinh", "cosh"])
def test_overflow_is_an_error_while_recording(name: str) -> None:
    with pytest.raises(OverflowError, match=rf"{name} has no value at a = 1000.0 .*too large for a float"):
        getattr(autograd, name)(Value(1000.0, label="x"))


def test_overflow_of_the_arithmetic_signs_is_an_error_too() -> None:
    x = Value(1e200, label="x")
    for operation in (lambda: x * x, lambda: 1e200 * x, lambda: x.square(), lambda: x / 1e-200, lambda: x**2):
        with pytest.raises(OverflowError, match=r"1e\+200.*\(label 'x'\).*too large for a float"):
            operation()
    assert (Value(math.inf) * 2).data == math.inf  # what was infinite before is left alone


def test_far_out_derivatives_do_not_underflow() -> None:
    assert grad(autograd.acosh)(1e200) == pytest.approx(1e-200)
    assert grad(autograd.atan2, (0, 1))(1e200, 1e200) == pytest.approx((5e-201, -5e-201))
    assert grad(autograd.atan2, (0, 1))(1e-200, 1e-200) == pytest.approx((5e199, -5e199))
