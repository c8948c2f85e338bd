import pytest

import nn
from autograd import Value


class Odd(nn.Module):
    """Parameters in every place where they are looked for, and things that are none."""

    def __init__(self):
        self.shared = nn.Parameter(1.0)
        self.again = self.shared
        self.pair = (nn.Parameter(2.0), nn.Parameter(3.0))
        self.named = {"petal length": nn.Parameter(4.0)}
        self.parts = [nn.Neuron(1, seed=0)]
        self.one = nn.Neuron(1, seed=0)
        self.frozen = Value(5.0)
        self.result = self.shared * 2
        self.words = "w"


def test_parameters_are_found_once_and_named_by_the_way_there():
    names = [name for name, _ in Odd().named_parameters()]
    assert names == [
        "shared", "pair[0]", "pair[1]", "named[petal length]", "parts.0.w[0]", "parts.0.b", "one.w[0]", "one.b",
    ]  # fmt: skip


def test_names_in_a_network():
    model = nn.MLP(2, [3, 1], seed=0)
    named = dict(model.named_parameters())
    assert named["layers.0.neurons.2.w[1]"] is model.layers[0].neurons[2].w[1]
    assert list(named.values()) == model.parameters()
    assert len(named) == 3 * (2 + 1) + 1 * (3 + 1)


def test_zero_grad_forgets_every_gradient():
    model = nn.MLP(2, [2, 1], activation="tanh", seed=0)
    model([1.0, 2.0]).backward()
    assert all(p.grad != 0 for p in model.parameters())
    model.zero_grad()
    assert [p.grad for p in model.parameters()] == [0] * 9


def test_a_module_is_called_through_forward():
    class Double(nn.Module):
        def forward(self, x):
            return 2 * x

    assert Double()(3) == 6
    with pytest.raises(NotImplementedError, match=r"Silent .* define forward"):
        type("Silent", (nn.Module,), {})()(1)


def test_programs_for_micrograd_override_parameters():
    class Line(nn.Module):
        def __init__(self):
            self.slope = Value(2.0)

        def __call__(self, x):
            return self.slope * x

        def parameters(self):
            return [self.slope]

    line = Line()
    line(3.0).backward()
    assert line.slope.grad == 3.0
    line.zero_grad()
    assert line.slope.grad == 0
