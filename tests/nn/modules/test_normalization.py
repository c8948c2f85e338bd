import math
from statistics import fmean, pvariance

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import autograd
import nn
from autograd import Value, check_gradients

vectors = st.lists(st.floats(-100, 100), min_size=1, max_size=6)


@given(vectors)
def test_layer_norm_is_the_formula(numbers):
    mean, spread = fmean(numbers), math.sqrt(pvariance(numbers) + 1e-5)
    found = [y.data for y in nn.LayerNorm(len(numbers))(numbers)]
    assert found == pytest.approx([(x - mean) / spread for x in numbers], rel=1e-9, abs=1e-9)


@given(vectors)
def test_rms_norm_is_the_formula(numbers):
    scale = math.sqrt(fmean([x * x for x in numbers]) + 2.0**-52)
    assert [y.data for y in nn.RMSNorm(len(numbers))(numbers)] == pytest.approx([x / scale for x in numbers])
    eps = nn.RMSNorm(2, eps=3.0)([1.0, 1.0])
    assert [y.data for y in eps] == [0.5, 0.5]


def test_weights_multiply_and_biases_add():
    norm = nn.LayerNorm(2, eps=0)
    for parameter, number in zip(norm.parameters(), [2.0, 3.0, 10.0, 20.0], strict=True):
        parameter.data = number
    assert [y.data for y in norm([1.0, 5.0])] == [10.0 - 2.0, 20.0 + 3.0]
    assert [isinstance(p, nn.Bias) for p in norm.parameters()] == [False, False, True, True]
    assert [name for name, _ in norm.named_parameters()] == ["w[0]", "w[1]", "b[0]", "b[1]"]
    norm = nn.RMSNorm(1)
    norm.w[0].data = -7.0
    assert norm([3.0])[0].data == pytest.approx(-7.0)


@pytest.mark.parametrize("kind", [nn.LayerNorm, nn.RMSNorm])
@given(vectors)
@example([0.0, 2.0, 0.1, 0.7, 0.1])
@example([0.1] * 10)
def test_plain_numbers_and_values_give_the_same_on_every_version_of_python(kind, numbers):
    norm = kind(len(numbers))
    plain, values = norm(numbers), norm([Value(x) for x in numbers])
    assert [y.data for y in plain] == [y.data for y in values]


@pytest.mark.parametrize("kind", [nn.LayerNorm, nn.RMSNorm])
def test_gradients_are_the_measured_slopes(kind):
    norm = kind(3)
    check_gradients(lambda *x: sum((i + 1) * y for i, y in enumerate(norm(x))), 0.3, -1.2, 2.0)
    check_gradients(lambda *x: norm(x)[0], 800.0, -800.0, 0.0)


@pytest.mark.parametrize("kind", [nn.LayerNorm, nn.RMSNorm])
def test_zeros_stay_zeros_and_a_program_says_the_same(kind):
    norm = kind(2)
    assert [y.data for y in norm([0.0, 0.0])] == [0.0, 0.0]
    x = [Value(1.0), Value(2.0)]
    program = autograd.compile(norm(x)[0], x)
    rows = [[3.0, -1.0], [0.0, 0.0], [800.0, -800.0]]
    assert program(rows) == pytest.approx([norm(row)[0].data for row in rows])


@pytest.mark.parametrize("kind", [nn.LayerNorm, nn.RMSNorm])
def test_a_wrong_number_of_inputs_says_both_numbers(kind):
    with pytest.raises(ValueError, match=rf"{kind.__name__}\(3\) takes a list of 3 numbers, but x has 2"):
        kind(3)([1.0, 2.0])
    with pytest.raises(ValueError, match="but x has a single number"):
        kind(1)(Value(1.0))


@pytest.mark.parametrize("kind", [nn.LayerNorm, nn.RMSNorm])
def test_the_size_is_a_whole_number_from_1_on(kind):
    with pytest.raises(ValueError, match="size must be at least 1, not 0"):
        kind(0)
    with pytest.raises(TypeError, match=r"size must be a whole number, not float 2\.0"):
        kind(2.0)
