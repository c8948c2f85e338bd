import math
import random
from statistics import fmean, pstdev

import pytest

import nn
from nn.modules import initializers

FAN_IN, FAN_OUT = 30, 10


def drawn(init, count=20_000):
    draw = random.Random(0)
    return [init(FAN_IN, FAN_OUT, draw) for _ in range(count)]


@pytest.mark.parametrize(
    ("init", "variance"),
    [
        (initializers.uniform, 1 / 3),
        (initializers.normal, 1),
        (initializers.xavier_uniform, 2 / (FAN_IN + FAN_OUT)),
        (initializers.xavier_normal, 2 / (FAN_IN + FAN_OUT)),
        (initializers.he_uniform, 2 / FAN_IN),
        (initializers.he_normal, 2 / FAN_IN),
        (initializers.scaled(initializers.normal, 0.08), 0.0064),
    ],
)
def test_mean_and_variance_are_those_of_the_papers(init, variance):
    numbers = drawn(init)
    assert fmean(numbers) == pytest.approx(0, abs=0.03 * math.sqrt(variance))
    assert pstdev(numbers) == pytest.approx(math.sqrt(variance), rel=0.03)


@pytest.mark.parametrize("name", ["uniform", "xavier_uniform", "he_uniform"])
def test_uniform_ones_have_an_edge_and_fill_it_evenly(name):
    numbers = drawn(getattr(initializers, name))
    edge = math.sqrt(3) * pstdev(numbers)
    assert max(map(abs, numbers)) == pytest.approx(edge, rel=0.03)
    assert sum(abs(x) < edge / 2 for x in numbers) / len(numbers) == pytest.approx(0.5, abs=0.02)


def test_normal_ones_are_normal():
    numbers = drawn(initializers.he_normal)
    deviation = pstdev(numbers)
    assert sum(abs(x) < deviation for x in numbers) / len(numbers) == pytest.approx(0.683, abs=0.02)


def test_zeros_in_a_layer():
    layer = nn.Layer(2, 3, init=initializers.zeros)
    assert {p.data for p in layer.parameters()} == {0.0}


def test_draws_come_from_random_when_there_is_no_seed():
    random.seed(5)
    expected = [math.sqrt(2 / 3) * random.gauss(0, 1) for _ in range(3)]
    random.seed(5)
    assert [w.data for w in nn.Neuron(3, init=initializers.he_normal).w] == pytest.approx(expected, rel=1e-15)
