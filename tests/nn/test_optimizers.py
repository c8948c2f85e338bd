import math

import pytest

import nn
from autograd import Value


def test_a_step_goes_against_the_gradient():
    a, b = Value(1.0), Value(-2.0)
    optimizer = nn.SGD([a, b], lr=0.5)
    (a * a * 3 + b).backward()
    optimizer.step()
    assert (a.data, b.data) == (1.0 - 0.5 * 6.0, -2.0 - 0.5 * 1.0)


def test_the_learning_rate_may_change_between_steps():
    a = Value(1.0)
    optimizer = nn.SGD([a], lr=0.5)
    a.grad = 1.0
    optimizer.lr = 0.25
    optimizer.step()
    assert a.data == 0.75


def test_gradients_add_up_until_they_are_forgotten():
    a = Value(2.0)
    optimizer = nn.SGD([a])
    (a * 3).backward()
    (a * 3).backward()
    assert a.grad == 6
    optimizer.zero_grad()
    assert a.grad == 0


def test_it_finds_the_lowest_point():
    x, y = Value(5.0), Value(-3.0)
    optimizer = nn.SGD([x, y], lr=0.1)
    for _ in range(200):
        optimizer.zero_grad()
        ((x - 1) ** 2 + 2 * (y - 4) ** 2).backward()
        optimizer.step()
    assert (x.data, y.data) == pytest.approx((1, 4))


def test_gradients_that_are_nodes_move_the_plain_number():
    a = Value(3.0)
    (a * a).backward(create_graph=True)
    nn.SGD([a], lr=0.5).step()
    assert a.data == 0.0
    assert type(a.data) is float


@pytest.mark.parametrize("bad", [math.nan, math.inf, None])
def test_a_gradient_that_is_no_number_moves_nothing(bad):
    a, b = Value(1.0, label="first"), Value(2.0, label="second")
    a.grad, b.grad = 1.0, bad
    with pytest.raises(FloatingPointError, match=rf"parameter 1 \(second\) is {bad}"):
        nn.SGD([a, b], lr=0.1).step()
    assert (a.data, b.data) == (1.0, 2.0)


@pytest.mark.parametrize("lr", [-0.1, math.inf, math.nan])
def test_a_learning_rate_that_makes_no_sense(lr):
    with pytest.raises(ValueError, match=f"lr must be a small positive number such as 0.1, not {lr}"):
        nn.SGD([Value(1.0)], lr=lr)


def test_a_learning_rate_must_be_a_number():
    with pytest.raises(TypeError, match="lr must be one real number"):
        nn.SGD([Value(1.0)], lr="0.1")


def test_parameters_that_cannot_be_trained():
    a = Value(1.0)
    with pytest.raises(TypeError, match=r"such as model.parameters\(\), not Neuron"):
        nn.SGD(nn.Neuron(1))
    with pytest.raises(ValueError, match=r"nothing to train.*nn\.Parameter"):
        nn.SGD(nn.Module().parameters())
    with pytest.raises(TypeError, match=r"hold Values, not float 1\.0"):
        nn.SGD([1.0])
    with pytest.raises(ValueError, match="was computed"):
        nn.SGD([a * 2])
    with pytest.raises(ValueError, match="listed twice"):
        nn.SGD([a, a])
