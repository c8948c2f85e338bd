import math

import pytest

import autograd
import nn
from autograd import Value


def test_one_number_or_each_of_a_list():
    activation = nn.Activation("tanh")
    assert activation(Value(0.5)).data == math.tanh(0.5)
    assert activation(0.5) == math.tanh(0.5)
    assert [y.data for y in activation([Value(0.5), Value(-1.0)])] == [math.tanh(0.5), math.tanh(-1.0)]


def test_any_function_of_one_value_will_do():
    assert nn.Activation(autograd.leaky_relu)(-2.0) == pytest.approx(-0.02)
    assert nn.Activation(lambda x: x * x)([2.0, 3.0]) == [4.0, 9.0]
    assert repr(nn.Activation("relu")) == repr(nn.Activation(autograd.relu)) == "Activation(relu)"
    assert repr(nn.Activation(math.floor)) == "Activation(floor)"


def test_an_unknown_name_is_refused():
    with pytest.raises(ValueError, match="activation must be the name of a function of one number"):
        nn.Activation("rleu")
