import copy
import pickle
import weakref
from itertools import pairwise

import pytest

import nn
from autograd import Value, no_grad
from autograd.graph import ancestors


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


class Twice(nn.Module):
    """Gives what it was given, a plain number, and two Values in a nested list."""

    def __init__(self):
        self.inner = nn.Neuron(1, seed=0)

    def forward(self, x):
        return x, 1.0, [self.inner(x), self.inner(x) * 2]


def test_each_output_notes_the_calls_it_came_from_and_nothing_else_does():
    model = nn.MLP(2, [3, 1], seed=0)
    x = [Value(1.0), Value(2.0)]
    loss = model(x) * 2 + model(x)
    noted = [node for node in reversed(ancestors(loss)) if node.calls]
    assert noted == [node for node in reversed(ancestors(loss)) if "calls" in vars(node)]
    hidden, last = model.layers
    once = [(neuron, hidden) for neuron in hidden.neurons] + [(last.neurons[0], last, model)]
    assert [tuple(call.module for call in node.calls) for node in noted] == once * 2


def test_spans_nest_and_hold_what_was_recorded_in_them():
    model = nn.MLP(2, [2, 1], seed=0)
    before = Value(1.0) * 2
    output = model([before, 3.0])
    after = output * 2
    neuron, layer, whole = output.calls
    for inner, outer in pairwise((neuron, layer, whole)):
        assert outer.first < inner.first < inner.last < outer.last
    inside = [n for n in ancestors(after) if whole.first < n.number < whole.last]
    assert set(inside) == {n for n in ancestors(output) if n.parents} - {before}
    by_layer = [n for n in inside if n.number < layer.first]
    assert len(by_layer) == 2 * (2 * 2 + 1)  # two neurons: two products, two sums and a relu each


def test_what_a_module_did_not_compute_bears_no_note():
    x = Value(1.0) * 2
    same, _, (first, second) = Twice()(x)
    assert same is x
    assert x.calls == ()
    assert [[type(call.module).__name__ for call in node.calls] for node in (first, second)] == [
        ["Neuron", "Twice"], ["Twice"],
    ]  # fmt: skip
    with no_grad():
        assert nn.MLP(1, [1])([x]).calls == ()


def test_notes_go_when_the_graph_goes():
    model = nn.MLP(1, [2, 1], seed=0)
    gone = weakref.ref(model)
    output = model([Value(1.0)]) * 2
    del model
    assert gone() is not None
    del output
    assert gone() is None


@pytest.mark.parametrize("way", [copy.copy, copy.deepcopy, lambda value: pickle.loads(pickle.dumps(value))])
def test_copies_and_pickles_leave_the_module_behind(way):
    class Here(nn.Module):  # which no pickle could find again
        def forward(self, x):
            return (x * 2).tanh()

    output = Here()(Value(1.0))
    assert output.calls
    assert way(output).calls == ()
    assert repr(way(output)) == repr(output)
