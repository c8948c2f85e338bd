import pytest

import nn
from autograd import Value


def model():
    made = nn.Layer(2, 2, seed=0)
    for parameter, number in zip(made.parameters(), [1.0, -2.0, 10.0, 3.0, 0.0, -10.0], strict=True):
        parameter.data = number
    return made


def test_weights_count_and_biases_are_spared():
    assert nn.l2(0.5)(model()).data == 0.5 * (1 + 4 + 9 + 0)
    assert nn.l1(0.5)(model()).data == 0.5 * (1 + 2 + 3 + 0)
    assert nn.l2(0.5, biases=True)(model()).data == 0.5 * (14 + 200)
    assert nn.l1(0.5, biases=True)(model()).data == 0.5 * (6 + 20)


@pytest.mark.parametrize(
    ("penalty", "slopes"), [(nn.l2(0.5), [1.0, -2.0, 0, 3.0, 0.0, 0]), (nn.l1(0.5), [0.5, -0.5, 0, 0.5, 0.0, 0])]
)
def test_weights_are_pulled_towards_0(penalty, slopes):
    layer = model()
    penalty(layer).backward()
    assert [p.grad for p in layer.parameters()] == slopes


def test_a_program_for_micrograd_has_weights_only():
    class Line(nn.Module):
        def parameters(self):
            return [Value(3.0)]

    assert nn.l2(1.0)(Line()).data == 9.0


def test_a_function_has_no_parameters_to_keep_small():
    with pytest.raises(TypeError, match=r"reads model.parameters\(\), and there are none in function"):
        nn.l2(0.1)(lambda x: x)


@pytest.mark.parametrize("regularizer", [nn.l1, nn.l2])
def test_a_negative_strength_would_reward_large_weights(regularizer):
    with pytest.raises(ValueError, match=r"strength must be a small positive number .*not -1"):
        regularizer(-1)
