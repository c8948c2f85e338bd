"""Where a NaN or an infinity came from."""

import math

import pytest

import autograd
from autograd import Value, detect_anomaly
from autograd.registry import TABLE


def test_the_first_operation_that_made_a_nan_is_named() -> None:
    x = Value(math.inf, label="x")
    y = Value(2.0) * 3
    bad = x - x  # nan
    root = (bad * 2 + y) * 5
    with (
        pytest.raises(FloatingPointError, match=r"a leaf \(label 'x'\) was given inf, in the forward pass"),
        detect_anomaly(),
    ):
        root.backward()
    lost = autograd.primitive("lost", lambda a: math.nan, lambda y, a: 1)
    small = Value(3.0, label="small")
    try:
        with (
            pytest.raises(FloatingPointError, match=r"lost at a = 3.0 \(label 'small'\) made nan, in the forward pass"),
            detect_anomaly(),
        ):
            (lost(small) * 2).exp().backward()
    finally:
        del TABLE["lost"]
    assert small.grad == 0


def test_a_gradient_that_becomes_infinite_is_named() -> None:
    x = Value(1e-200, label="x")
    root = 1e-200 / x * 1e200  # derivative -1e200 * 1e200 on the way back
    with (
        pytest.raises(FloatingPointError, match=r"the gradient became -inf on the way back through div"),
        detect_anomaly(),
    ):
        root.backward()
    assert x.grad == 0


def test_silence_where_all_is_well_and_outside() -> None:
    x = Value(2.0)
    with detect_anomaly():
        (x * x).backward()
    assert x.grad == 4
    y = Value(math.inf)
    (y * 2).backward()
    assert y.grad == 2


def test_it_is_read_by_grad_as_well() -> None:
    with detect_anomaly(), pytest.raises(FloatingPointError, match="a leaf was given inf"):
        autograd.grad(lambda x: x * 2)(math.inf)
    assert autograd.grad(lambda x: x * 2)(math.inf) == 2


def test_it_ends_with_an_error() -> None:
    with pytest.raises(FloatingPointError), detect_anomaly():
        (Value(math.nan) * 1).backward()
    (Value(math.nan) * 1).backward()


@pytest.mark.parametrize("name", ["sqrt", "asin", "acos", "acosh"])
def test_derivatives_at_the_end_of_a_domain(name: str) -> None:
    x = Value({"sqrt": 0.0}.get(name, 1.0), label="edge")
    root = getattr(x, name)() * 2
    with pytest.raises(FloatingPointError, match=rf"{name} has no derivative with respect to a .*label 'edge'.* -?inf"):
        root.backward()


def test_directions_that_do_not_exist() -> None:
    for f in (autograd.atan2, autograd.hypot):
        with pytest.raises(
            FloatingPointError, match=r"has no derivative with respect to a at a = 0.0, b = 0.0: it is nan"
        ):
            autograd.grad(f)(0.0, 0.0)
