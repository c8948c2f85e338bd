"""A program in the lines a person would have written with arrays."""

import pytest

import autograd
import nn
from autograd import Value
from autograd.program.describe import common_name


def leaves(count: int) -> list[Value]:
    return [Value(0.1 * (place + 1)) for place in range(count)]


def test_a_network_reads_like_its_layers() -> None:
    model, x, t = nn.MLP(5, [8, 4, 1], seed=1), leaves(5), Value(0.5)
    program = autograd.compile((model(x) - t) ** 2, [*x, t])
    assert program.describe().splitlines() == [
        "h1 = relu(x[0:5] @ W1.T + b1)   # 8",
        "h2 = relu(h1 @ W2.T + b2)   # 4",
        "output = (h2 @ W3.T + b3 - x[5]) ** 2   # 1",
    ]
    named = program.describe(dict(model.named_parameters())).splitlines()
    assert named[0] == "h1 = relu(x[0:5] @ layers.0.w.T + layers.0.b)   # 8"


@pytest.mark.parametrize("backend", ["numpy", None])
def test_it_does_not_depend_on_the_backend(backend: str | None) -> None:
    w, x = leaves(9), leaves(9)
    program = autograd.compile(sum(wi * xi for wi, xi in zip(w, x, strict=True)).exp() + 1, x, backend)
    assert program.describe() == "output = exp(x @ W1.T) + 1   # 1"


def test_squares_sums_and_what_is_read_often() -> None:
    w = leaves(10)
    assert autograd.compile(sum(wi * wi for wi in w) * 0.5).describe() == "output = sum(p1 ** 2) * 0.5   # 1"
    shifted = [wi - sum(w) for wi in w]
    program = autograd.compile([s.tanh() for s in shifted])
    assert program.describe() == "output = tanh(p1 - sum(p1, axis=-1))   # 10"


def test_positions_are_one_product() -> None:
    layer, x = nn.Layer(4, 3, nonlin=False, seed=1), [leaves(4) for _ in range(6)]
    program = autograd.compile([y for xi in x for y in layer(xi)], [xij for xi in x for xij in xi])
    assert program.describe() == "output = x @ W1.T + b1   # 6 x 3"


def test_a_long_program_is_cut_in_the_middle() -> None:
    y = x = Value(0.5)
    for _ in range(200):
        y = (y * x).sin() + y
    text = autograd.compile(y, [x]).describe().splitlines()
    assert len(text) == 101
    assert "more lines" in text[50]


def test_the_name_of_many_parameters_is_what_they_share() -> None:
    assert common_name(["layers.0.neurons.0.w[0]", "layers.0.neurons.1.w[0]"]) == "layers.0.w"
    assert common_name(["token[0][1]", "token[2][3]"]) == "token"
    assert common_name(["layers.0.neurons.0.b"]) == "layers.0.neurons.0.b"
    assert common_name(["layers.0.neurons.0.w[0]", "layers.1.neurons.0.b"]) == "layers"
    assert common_name(["w[0]", "b"]) == "parameters"
