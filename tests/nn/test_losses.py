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
