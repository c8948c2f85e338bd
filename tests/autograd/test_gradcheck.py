"""Gradients held against measured slopes."""

import math

import pytest

import autograd
from autograd import GradientError, Value, check_gradients
from autograd.gradcheck import table


def test_right_gradients_pass_and_the_rows_say_what_was_compared() -> None:
    rows = check_gradients(lambda x, y: x * autograd.sin(y), 2.0, 0.5)
    assert [row.argument for row in rows] == [0, 1]
    assert [row.gradient for row in rows] == pytest.approx([math.sin(0.5), 2 * math.cos(0.5)])
    assert [row.slope for row in rows] == pytest.approx([row.gradient for row in rows], rel=1e-8)
    assert all(row.agrees for row in rows)


def test_a_wrong_gradient_names_the_argument_and_the_difference() -> None:
    def wrong(x, y):
        return x * y + Value(x.data**2 if isinstance(x, Value) else x**2)  # part of x leaves the graph

    with pytest.raises(GradientError) as caught:
        check_gradients(wrong, 2.0, 3.0)
    header, first, second = str(caught.value).splitlines()[1:]
    assert header.split() == ["argument", "at", "gradient", "measured", "difference"]
    assert first.split() == ["0", "2", "3", "7", "4", "OFF"]
    assert second.split()[-1] == "ok"
    assert isinstance(caught.value, AssertionError)


def test_the_table_can_bear_names() -> None:
    assert table(check_gradients(lambda w: w * w, 3.0), ("w",)).splitlines()[1].split()[0] == "w"


def test_a_small_error_is_caught_and_the_tolerance_can_be_set() -> None:
    def slightly(x):
        return x * x + 1e-4 * (x.data if isinstance(x, Value) else x)

    with pytest.raises(GradientError):
        check_gradients(slightly, 1.0)
    assert check_gradients(slightly, 1.0, tolerance=1e-3)[0].agrees


@pytest.mark.parametrize("scale", [1.0, 1e3, 1e6])
def test_points_of_any_size(scale: float) -> None:
    check_gradients(lambda x: autograd.sin(x / scale), 0.7 * scale)


def test_close_to_the_edge_of_the_domain() -> None:
    check_gradients(autograd.log, 1e-4)
    check_gradients(autograd.log, 1e-300)
    check_gradients(lambda x: autograd.acosh(x + 0.0), 1.0 + 1e-9)
    with pytest.raises(ValueError, match=r"f has no value close to 1, .*: acosh has no value"):
        check_gradients(lambda x: 1.0 * x if x.data == 1 else autograd.acosh(x * 0), 1.0)


@pytest.mark.parametrize(
    ("f", "point"),
    [
        (lambda x: autograd.sin(1000 * x), 0.3), (lambda x: autograd.sin(1e6 * x), 0.3), (autograd.asin, 0.999),
        (lambda x: 1 / (x - 1), 1.0005), (lambda x: autograd.tanh(1e4 * x), 0.0),
        (lambda x: autograd.log(1 - x), 0.9995),
        (lambda x: x * autograd.exp(-((1e4 * x) ** 2)), 0.0), (lambda x: 1e6 + autograd.sin(x), 0.5),
        (autograd.silu, 1e17), (lambda x: abs(x - 1e-5), 0.0), (lambda x: autograd.relu(x) ** 2, 0.0),
        (lambda x: x**1.5, 0.0), (lambda x: (1 - x) ** 1.5, 1.0), (lambda x: x * x - 1e8 * x, 5e7),
    ],
)  # fmt: skip
def test_a_step_is_found_that_fits_the_function(f, point: float) -> None:
    (row,) = check_gradients(f, point)
    assert row.verdict == "ok"


@pytest.mark.parametrize("start", [0.0, 1.0])
@pytest.mark.parametrize("factor", [5.0, -1.0, 1 + 1e-4])
def test_a_wrong_gradient_of_any_size_is_caught(start: float, factor: float) -> None:
    def wrong(x):
        return start + 1e-9 * x * factor - 1e-9 * (factor - 1) * (x.data if isinstance(x, Value) else x)

    if start and factor == 1 + 1e-4:
        return  # that lies below the rounding of 1 + 1e-9
    with pytest.raises(GradientError):
        check_gradients(wrong, 1.0)


def test_a_kink_shows_as_a_difference() -> None:
    with pytest.raises(GradientError, match="kink: the slope is 0 on the left and 1 on the right") as caught:
        check_gradients(autograd.relu, 0.0)
    (row,) = caught.value.rows
    assert (row.left, row.right) == pytest.approx((0, 1))
    (row,) = check_gradients(abs, 0.0)  # the mean of the slopes, but a kink
    assert row.verdict == "kink: the slope is -1 on the left and 1 on the right"
    for f in (autograd.relu, abs):
        assert check_gradients(f, 0.1)[0].verdict == "ok"


def test_a_constant_and_a_nan() -> None:
    assert check_gradients(lambda x: 3.0, 1.0)[0].slope == 0
    with pytest.raises(GradientError):
        check_gradients(lambda x: x * math.nan, 1.0)


def test_outside_gradients_are_not_touched() -> None:
    w = Value(3.0)
    check_gradients(lambda x: w * x, 2.0)
    assert w.grad == 0


def test_far_from_zero_the_scale_of_one_is_tried_too() -> None:
    check_gradients(autograd.sin, 1000.0)
    check_gradients(autograd.exp, 700.0)
    check_gradients(lambda x: x * 1.0, 1e300)


@pytest.mark.parametrize(
    ("f", "point"),
    [
        (lambda x: autograd.log(1 - x), 1 - 1e-15), (lambda x: autograd.log(1 - x), 1 - 1e-13),
        (lambda x: autograd.log(x - 5), 5 + 2e-15), (lambda x: autograd.sqrt(1 - x), 1 - 1e-15),
        (lambda x: 1 / (1 - x), 1 - 1e-15), (lambda x: (1 - x) ** 0.9, 1 - 1e-15),
        (autograd.atanh, 1 - 1e-15), (lambda x: (1 - x) ** -2, 1 - 1e-15), (lambda x: (1 - x) ** -2.0, 1 - 1e-13),
    ],
)  # fmt: skip
def test_where_no_slope_can_be_measured_a_right_gradient_is_not_called_off(f, point: float) -> None:
    with pytest.raises(ValueError, match=rf"no slope can be measured at {point}.*gradient there is"):
        check_gradients(f, point)
    with pytest.raises(ValueError, match="no slope can be measured at"):
        check_gradients(lambda y, x: y * f(x), 2.0, point)
