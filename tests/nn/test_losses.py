import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import nn
from autograd import Value, check_gradients

logit = st.floats(-30, 30)


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


@given(st.lists(logit, min_size=2, max_size=6), st.data())
def test_cross_entropy_is_minus_log_softmax_and_its_gradient_softmax_minus_one_hot(numbers, data):
    target = data.draw(st.integers(0, len(numbers) - 1))
    total = math.fsum(map(math.exp, numbers))
    logits = [Value(x) for x in numbers]
    loss = nn.cross_entropy(logits, target)
    assert loss.data == pytest.approx(math.log(total) - numbers[target], abs=1e-12)
    loss.backward()
    for i, x in enumerate(logits):
        assert x.grad == pytest.approx(math.exp(numbers[i]) / total - (i == target), abs=1e-12)


@pytest.mark.parametrize(
    ("numbers", "target", "expected"),
    [
        ([800.0, -800.0], 0, 0.0),
        ([800.0, -800.0], 1, 1600.0),
        ([-800.0, 800.0, -800.0], 0, 1600.0),
        ([0.0, -800.0, 800.0], 0, 800.0),
        ([800.0, 800.0, 800.0], 2, math.log(3)),
        ([-800.0, -800.0], 0, math.log(2)),
        ([0.0, 40.0, 0.0], 1, 2 * math.exp(-40)),  # a loss this small is lost where the maximum is subtracted
    ],
)
def test_cross_entropy_far_out(numbers, target, expected):
    logits = [Value(x) for x in numbers]
    loss = nn.cross_entropy(logits, target)
    assert loss.data == pytest.approx(expected, rel=1e-14, abs=0)
    loss.backward()
    assert sum(x.grad for x in logits) == pytest.approx(0, abs=1e-15)
    assert all(abs(x.grad) <= 1 for x in logits)


def test_cross_entropy_has_second_derivatives_without_kinks():
    from autograd import hessian

    p = [math.exp(x) / (math.exp(1) + math.exp(0.5) + math.exp(0.5)) for x in (1.0, 0.5, 0.5)]
    expected = [[(i == j) * p[i] - p[i] * p[j] for j in range(3)] for i in range(3)]
    for row, wanted in zip(hessian(lambda *x: nn.cross_entropy(x, 1))(1.0, 0.5, 0.5), expected, strict=True):
        assert row == pytest.approx(wanted)
    check_gradients(lambda *x: nn.cross_entropy(x, 0), 2.0, 2.0, 2.0)


def test_cross_entropy_refuses_what_makes_no_sense():
    logits = [Value(0.0), Value(1.0), Value(2.0)]
    for target in (-1, 3):
        with pytest.raises(ValueError, match=f"between 0 and 2 for 3 logits, not {target}"):
            nn.cross_entropy(logits, target)
    for target in ([0, 1, 0], 1.0, Value(1.0)):
        with pytest.raises(TypeError, match="number of the right class"):
            nn.cross_entropy(logits, target)
    with pytest.raises(ValueError, match="at least two, one per class; got a single Value"):
        nn.cross_entropy(logits[0], 0)
    with pytest.raises(ValueError, match="got 1"):
        nn.cross_entropy(logits[:1], 0)
