import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

import nn
from autograd import Value

slopes = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=6)


def leaves(gradients):
    values = [Value(1.0) for _ in gradients]
    for value, gradient in zip(values, gradients, strict=True):
        value.grad = gradient
    return values


@given(slopes, st.floats(1e-3, 1e3))
def test_clipped_by_norm_the_direction_stays_and_the_length_is_bounded(gradients, most):
    values = leaves(gradients)
    length = math.sqrt(math.fsum(g * g for g in gradients))
    assert nn.clip_grad_norm(values, most) == pytest.approx(length)
    factor = min(1.0, most / (length + 1e-6))
    assert [v.grad for v in values] == pytest.approx([g * factor for g in gradients])
    assert math.hypot(*(v.grad for v in values)) <= most * (1 + 1e-12)


@given(slopes, st.floats(1e-3, 1e3))
def test_clipped_by_value_each_is_bounded_by_itself(gradients, most):
    values = leaves(gradients)
    nn.clip_grad_value(values, most)
    assert [v.grad for v in values] == [math.copysign(min(abs(g), most), g) if g else 0 for g in gradients]


@pytest.mark.parametrize("clip", [nn.clip_grad_norm, nn.clip_grad_value])
def test_what_cannot_be_clipped_stays_as_it_is(clip):
    values = leaves([3.0, math.nan])
    with pytest.raises(FloatingPointError, match="parameter 1 is nan"):
        clip(values, 1.0)
    assert values[0].grad == 3.0
    for limit in (0, -1.0, math.nan):
        with pytest.raises(ValueError, match=f"must be positive, not {limit}"):
            clip(leaves([1.0]), limit)
    with pytest.raises(TypeError, match=r"such as model.parameters\(\)"):
        clip(nn.Neuron(2), 1.0)


def test_gradients_that_are_nodes_become_numbers():
    a = Value(3.0)
    (a * a).backward(create_graph=True)
    assert nn.clip_grad_norm([a], 1.0) == 6.0
    assert type(a.grad) is float
