import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import nn
from autograd import Value, check_gradients, compile


def test_mse_is_the_mean_of_squares():
    predictions = [Value(1.0), Value(-2.0), Value(0.5)]
    loss = nn.mse_loss(predictions, [3.0, -2.0, 0.0])
    assert loss.data == pytest.approx((4 + 0 + 0.25) / 3)
    loss.backward()
    assert [p.grad for p in predictions] == pytest.approx([2 * -2 / 3, 0, 2 * 0.5 / 3])


def test_mse_of_one_prediction_and_of_exact_numbers():
    assert nn.mse_loss(Value(3.0), 1.0).data == 4.0
    assert nn.mse_loss([Value(Fraction(1, 2)), Value(Fraction(1))], [0, 0]).data == Fraction(5, 8)


def test_mse_refuses_lists_that_do_not_fit():
    with pytest.raises(ValueError, match="2 predictions and 3 targets"):
        nn.mse_loss([Value(1.0), Value(2.0)], [1, 2, 3])
    with pytest.raises(ValueError, match="at least one"):
        nn.mse_loss([], [])


far = st.sampled_from([-800.0, -1.5, 0.0, 0.5, 800.0])


@given(st.lists(st.tuples(far, far), min_size=1, max_size=4), st.sampled_from([0.5, 1.0, 3.0]))
def test_l1_and_huber_are_the_pieces_of_the_books(pairs, delta):
    predictions, targets = zip(*pairs, strict=True)
    errors = [abs(y - t) for y, t in pairs]
    assert nn.l1_loss(predictions, targets) == pytest.approx(math.fsum(errors) / len(errors))
    pieces = [d * d / 2 if d <= delta else delta * (d - delta / 2) for d in errors]
    values = [Value(y) for y in predictions]
    loss = nn.huber_loss(values, targets, delta)
    assert loss.data == pytest.approx(math.fsum(pieces) / len(pieces))
    loss.backward()
    slopes = [max(-delta, min(delta, y - t)) / len(pairs) for y, t in pairs]
    assert [v.grad for v in values] == pytest.approx(slopes)


def test_huber_has_no_kink_where_its_pieces_meet():
    for d in (-2.0, 2.0):
        y = Value(d)
        nn.huber_loss(y, 0.0, delta=2.0).backward()
        assert y.grad == d
    check_gradients(lambda y: nn.huber_loss([y], [0.0]), 0.3)
    with pytest.raises(ValueError, match=r"delta must be positive, .*not 0"):
        nn.huber_loss(1.0, 0.0, delta=0)


@given(st.lists(st.tuples(far, st.sampled_from([-1, 1])), min_size=1, max_size=4))
def test_hinge_counts_what_is_missing_to_1(pairs):
    scores, sides = zip(*pairs, strict=True)
    values = [Value(y) for y in scores]
    loss = nn.hinge_loss(values, sides)
    assert loss.data == pytest.approx(math.fsum(max(0.0, 1 - t * y) for y, t in pairs) / len(pairs))
    loss.backward()
    assert [v.grad for v in values] == pytest.approx([-t / len(pairs) if t * y < 1 else 0 for y, t in pairs])


@pytest.mark.parametrize(
    ("logit", "target", "expected", "slope"),
    [
        (800.0, 1, 0.0, 0.0),
        (-800.0, 1, 800.0, -1.0),
        (800.0, 0, 800.0, 1.0),
        (-800.0, 0, 0.0, 0.0),
        (40.0, 1, math.exp(-40), -math.exp(-40)),  # a loss this small is lost in log(1 + exp(x)) - x
        (0.0, 0.25, math.log(2), 0.25),
    ],
)
def test_binary_cross_entropy_far_out(logit, target, expected, slope):
    x = Value(logit)
    loss = nn.binary_cross_entropy_with_logits(x, target)
    assert loss.data == pytest.approx(expected, rel=1e-14, abs=0)
    loss.backward()
    assert x.grad == pytest.approx(slope, rel=1e-14, abs=1e-300)


@given(st.lists(st.tuples(st.floats(-30, 30), st.floats(0, 1)), min_size=1, max_size=4))
def test_binary_cross_entropy_is_the_mean_of_two_logarithms(pairs):
    logits, targets = zip(*pairs, strict=True)
    expected = [t * math.log1p(math.exp(-x)) + (1 - t) * math.log1p(math.exp(x)) for x, t in pairs]
    found = nn.binary_cross_entropy_with_logits(logits, targets)
    assert found == pytest.approx(math.fsum(expected) / len(pairs), rel=1e-12)


LOSSES = [
    nn.mse_loss,
    nn.l1_loss,
    nn.huber_loss,
    nn.hinge_loss,
    nn.binary_cross_entropy_with_logits,
]


@pytest.mark.parametrize("loss", LOSSES)
def test_gradients_are_the_measured_slopes(loss):
    check_gradients(lambda *y: loss(y, [1, 1, 1]), 0.3, -2.1, 4.0)


@pytest.mark.parametrize("loss", LOSSES)
def test_a_program_takes_prediction_and_target_as_inputs(loss):
    y, t = Value(0.3), Value(1.0)
    program = compile(loss(y, t), [y, t])
    rows = [[2.5, 1.0], [-800.0, 1.0], [800.0, 1.0], [1.0, 1.0]]
    assert program(rows) == pytest.approx([loss(*row) for row in rows], rel=1e-14)


@pytest.mark.parametrize("loss", LOSSES)
def test_every_loss_refuses_lists_that_do_not_fit(loss):
    with pytest.raises(ValueError, match=rf"{loss.__name__} needs one target .* 1 prediction and 2 targets"):
        loss([0.5], [1, 1])
    with pytest.raises(ValueError, match=rf"{loss.__name__} .* at least one"):
        loss([], [])


def test_a_target_of_another_convention_is_refused():
    with pytest.raises(ValueError, match=r"hinge_loss takes targets that are -1 or 1, .*; got 0"):
        nn.hinge_loss([0.5, 0.5], [1, 0])
    with pytest.raises(ValueError, match=r"0 or 1, or a probability between; got -1"):
        nn.binary_cross_entropy_with_logits([0.5], [-1])
    with pytest.raises(TypeError, match=r"a target of hinge_loss must be one real number .*not str"):
        nn.hinge_loss(0.5, "cat")


@pytest.mark.parametrize("loss", LOSSES)
def test_every_loss_takes_one_row_at_a_time(loss):
    for table in ([[0.5, 1.0]], np.ones((1, 2))):
        with pytest.raises(
            ValueError, match=rf"{loss.__name__} takes the predictions for one row of the data at a time"
        ):
            loss(table, [1])


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize(
    "one", [np.array(1.0), np.array(1, np.int8), np.float32(1.0), np.bool_(True), True, Fraction(1)]
)
def test_one_number_of_any_kind_is_a_prediction_and_a_target(loss, one):
    assert loss(Value(0.5), one).data == loss(0.5, 1)
    assert loss(one, one) == loss(1, 1)


@pytest.mark.parametrize("loss", LOSSES)
def test_what_is_no_number_is_no_target(loss):
    for odd in ("red", None, 1j, np.datetime64("2024-01-01"), np.ma.masked):
        for target in (odd, [odd]):
            with pytest.raises(
                (TypeError, ValueError), match=r"must be one real number|masked|cannot be read|holds dates"
            ):
                loss([Value(0.5)], target)


@pytest.mark.parametrize("loss", [nn.mse_loss, nn.l1_loss])
@pytest.mark.parametrize("kind", [int, Value])
def test_an_exact_loss_that_no_float_holds_is_refused_by_name(loss, kind):
    equal = loss([kind(10**400)], [10**400])
    assert (equal.data if kind is Value else equal) == 0
    with pytest.raises(OverflowError, match=r"has no value at a = 1.*: a is too large for a float"):
        loss([kind(10**400)], [0])
