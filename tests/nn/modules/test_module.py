import copy
import json
import pickle
import random
import weakref
from itertools import pairwise

import pytest

import nn
from autograd import Value, no_grad
from autograd.graph import ancestors
from nn.modules.module import within_calls


class Odd(nn.Module):
    """Parameters in every place where they are looked for, and things that are none."""

    def __init__(self):
        self.shared = nn.Parameter(1.0)
        self.again = self.shared
        self.pair = (nn.Parameter(2.0), nn.Parameter(3.0))
        self.named = {"petal length": nn.Parameter(4.0)}
        self.parts = [nn.Neuron(1, seed=0)]
        self.one = nn.Neuron(1, seed=0)
        self.inner = {"one": nn.Neuron(1, seed=0)}
        self.frozen = Value(5.0)
        self.result = self.shared * 2
        self.words = "w"


def test_parameters_are_found_once_and_named_by_the_way_there():
    names = [name for name, _ in Odd().named_parameters()]
    assert names == [
        "shared", "pair[0]", "pair[1]", "named[petal length]", "parts.0.w[0]", "parts.0.b", "one.w[0]", "one.b",
        "inner.one.w[0]", "inner.one.b",
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
    noted = [node for node in reversed(ancestors(loss)) if node._calls]
    assert noted == [node for node in reversed(ancestors(loss)) if "_calls" in vars(node)]
    hidden, last = model.layers
    once = [(neuron, hidden) for neuron in hidden.neurons] + [(last.neurons[0], last, model)]
    assert [tuple(call.module for call in node._calls) for node in noted] == once * 2


def test_spans_nest_and_hold_what_was_recorded_in_them():
    model = nn.MLP(2, [2, 1], seed=0)
    before = Value(1.0) * 2
    output = model([before, 3.0])
    after = output * 2
    neuron, layer, whole = output._calls
    for inner, outer in pairwise((neuron, layer, whole)):
        assert outer.first < inner.first < inner.last < outer.last
    inside = [n for n in ancestors(after) if whole.first < n._number < whole.last]
    assert set(inside) == {n for n in ancestors(output) if n.parents} - {before}
    by_layer = [n for n in inside if n._number < layer.first]
    assert len(by_layer) == 2 * (2 * 2 + 1)  # two neurons: two products, two sums and a relu each


def test_each_node_is_within_the_calls_that_were_going_on():
    model, other = nn.MLP(2, [3, 1], seed=0), Twice()
    x = [Value(1.0) * 2, 3.0]
    _, _, (first, second) = other(model(x) * model(x))
    order = ancestors((first + second) * 2)
    known = {call for node in order for call in node._calls}
    assert len(known) == 2 * (1 + 2 + 4) + 3
    expected = [
        (node, tuple(sorted((call for call in known if call.first < node._number < call.last), key=lambda c: c.first)))
        for node in reversed(order)
    ]
    assert list(within_calls(order)) == expected
    assert {len(calls) for _, calls in expected} == {0, 1, 2, 3}


def test_what_a_module_did_not_compute_bears_no_note():
    x = Value(1.0) * 2
    same, _, (first, second) = Twice()(x)
    assert same is x
    assert x._calls == ()
    assert [[type(call.module).__name__ for call in node._calls] for node in (first, second)] == [
        ["Neuron", "Twice"], ["Twice"],
    ]  # fmt: skip
    with no_grad():
        assert nn.MLP(1, [1])([x])._calls == ()


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
    assert output._calls
    assert way(output)._calls == ()
    assert repr(way(output)) == repr(output)


def test_weights_are_named_after_the_features():
    model = nn.MLP(["petal length", "petal width"], [2, 1], seed=0)
    names = [name for name, _ in model.named_parameters()]
    assert names[:3] == [
        "layers.0.neurons.0.w[petal length]",
        "layers.0.neurons.0.w[petal width]",
        "layers.0.neurons.0.b",
    ]
    assert names[-3:] == ["layers.1.neurons.0.w[0]", "layers.1.neurons.0.w[1]", "layers.1.neurons.0.b"]
    assert [p.data for p in model.parameters()] == [p.data for p in nn.MLP(2, [2, 1], seed=0).parameters()]


def test_modules_are_found_once_even_in_a_circle():
    class Part(nn.Module):
        def __init__(self, whole):
            self.whole = whole

    class Whole(nn.Module):
        def __init__(self):
            self.parts = [Part(self), Part(self)]
            self.first = self.parts[0]
            self.weight = nn.Parameter(1.0)

    whole = Whole()
    assert [name for name, _ in whole.named_modules()] == ["", "parts.0", "parts.1"]
    assert [name for name, _ in whole.named_parameters()] == ["weight"]
    assert [name for name, _ in whole.parts[0].named_parameters()] == ["whole.weight"]


def test_train_and_eval_reach_every_module():
    inner = nn.Dropout()
    model = nn.Sequential(nn.Layer(2, 2, seed=0), nn.Sequential(inner))
    assert inner.training
    assert model.eval() is model
    assert not any(module.training for _, module in model.named_modules())
    assert len(model.named_modules()) == 6  # itself, a layer, two neurons, another one, the dropout
    model.train()
    assert inner.training
    assert nn.Dropout().training  # a model of its own


def test_a_state_goes_to_json_and_back():
    model, other = nn.MLP(["ears", "fur"], [3, 1], seed=0), nn.MLP(["ears", "fur"], [3, 1], seed=1)
    state = json.loads(json.dumps(model.state_dict()))
    assert list(state) == [name for name, _ in model.named_parameters()]
    other.load_state_dict(state)
    assert other.state_dict() == model.state_dict()
    assert other([0.3, -0.2]).data == model([0.3, -0.2]).data
    other.parameters()[0].data = 9.0
    assert model.state_dict() == state  # numbers were copied, not shared


def test_a_state_that_does_not_fit_changes_nothing():
    model = nn.Neuron(["ears", "fur"], seed=0)
    before = model.state_dict()
    state = {"w[ears]": 1.0, "w[tail]": 2.0, "b": 3.0}
    with pytest.raises(ValueError, match=r"1 missing, w\[fur\]; 1 unexpected, w\[tail\]"):
        model.load_state_dict(state)
    with pytest.raises(ValueError, match=r"state does not fit this model: 12 unexpected, 0, 1, 2, 3, 4, \.\.\.$"):
        model.load_state_dict({**before, **{str(i): 0.0 for i in range(12)}})
    with pytest.raises(TypeError, match="b must be one real number"):
        model.load_state_dict({**before, "w[ears]": 5.0, "b": "0"})
    assert model.state_dict() == before


def test_two_parameters_of_one_name_cannot_be_saved():
    class Twins(nn.Module):
        def __init__(self):
            self.w = [nn.Parameter(1.0, label="w[x]"), nn.Parameter(2.0, label="w[x]")]

    with pytest.raises(ValueError, match=r"two parameters are called 'w\[x\]': give them different labels"):
        Twins().state_dict()


def test_a_summary_counts_every_parameter_once():
    model = nn.Sequential(nn.Layer(2, 16, seed=0), nn.Dropout(0.5), nn.Layer(16, 1, nonlin=False, seed=0))
    assert model.summary().splitlines() == [
        "name                   kind                parameters",
        "layers.0.neurons.0-15  16 x ReLUNeuron(2)          48",
        "layers.1               Dropout(0.5)                 0",
        "layers.2.neurons.0     LinearNeuron(16)            17",
        "total                                              65",
    ]
    assert nn.Neuron(2, seed=0).summary().splitlines()[1].split() == ["itself", "ReLUNeuron(2)", "3"]
    odd = Odd()
    assert odd.summary().splitlines()[-1].split() == ["total", str(len(odd.parameters()))]
    assert "Odd()" in odd.summary()
    assert "1,120" in nn.Embedding(70, 16, seed=0).summary()


def test_a_bias_is_a_parameter_and_noise_is_none():
    class Noisy(nn.Module):
        def __init__(self):
            self.w, self.b = nn.Parameter(1.0), nn.Bias(0.0, label="b")
            self.noise = nn.Noise(lambda: 2.0, label="mask")

    assert [name for name, _ in Noisy().named_parameters()] == ["w", "b"]


def test_noise_is_drawn_when_it_is_made_and_when_it_is_asked():
    numbers = iter([1.0, 2.0, 3.0])
    noise = nn.Noise(lambda: next(numbers), label="mask")
    assert (noise.data, noise.label, noise.op) == (1.0, "mask", "")
    assert [noise.draw(), noise.draw()] == [2.0, 3.0]
    assert noise.data == 1.0  # who asks decides where the number goes


def test_generators_are_found_once_and_named_by_the_way_there():
    class Drawing(nn.Module):
        def __init__(self):
            self.source = random.Random(0)
            self.parts = [nn.Dropout(0.5, self.source), nn.Dropout(0.5, 1), {"third": random.Random(2)}]

    model = Drawing()
    named = model.named_generators()
    assert [name for name, _ in named] == ["source", "parts.1.generator", "parts[2][third]"]
    assert named[0][1] is model.parts[0].generator


def test_a_forgotten_return_is_named():
    class Forgetful(nn.Module):
        def forward(self, x):
            x * 2

    with pytest.raises(TypeError, match=r"Forgetful\.forward gave None: does it end without a return"):
        Forgetful()(Value(1.0))
