"""What a graph calls the parameters that modules own: their places, everywhere the same."""

import pytest

import nn
from autograd import Value
from autograd.trace.named_graph import NamedGraph
from visualize import draw_dot, explain, stepper, why_zero


def names(root, given=None):
    graph = NamedGraph(root, given)
    return [graph.names[node] for node in graph.nodes if not node.parents]


@pytest.mark.parametrize(
    "model",
    [nn.MLP(2, [3, 1], seed=1), nn.Sequential(nn.Layer(2, 3, seed=1), nn.LayerNorm(3), nn.Layer(3, 1, seed=2))],
)
def test_every_parameter_of_a_network_is_called_by_its_place(model):
    out = model([Value(0.5, label="x"), Value(-1.0, label="w[0]")])
    owned = [name for name, _ in model.named_parameters()]
    found = names(nn.mse_loss(out if isinstance(out, Value) else out[0], 1.0))
    assert set(owned) <= set(found)
    assert set(found) - set(owned) == {"x", "w[0]"}


def test_a_module_that_is_called_again_owns_the_same_parameters():
    neuron = nn.Neuron(1, seed=1)
    assert names(neuron([neuron([Value(1.0, label="x")])])) == ["w[0]", "b", "x"]


def test_several_modules_are_told_apart_by_variable_or_class():
    encoder, head = nn.Neuron(1, seed=1), nn.Neuron(1, seed=2)
    out = head([encoder([Value(1.0, label="x")])])
    assert names(out) == ["Neuron1.w[0]", "Neuron1.b", "Neuron2.w[0]", "Neuron2.b", "x"]
    assert names(out, locals()) == ["encoder.w[0]", "encoder.b", "head.w[0]", "head.b", "x"]


def test_a_name_that_a_module_owns_is_never_numbered():
    neuron = nn.Neuron(1, seed=1)
    older, younger = Value(1.0, label="b"), Value(2.0, label="b")
    assert names(neuron([older]) * younger) == ["w[0]", "b", "b #2", "b #3"]


def test_a_label_of_its_own_stays_as_long_as_it_is_the_only_one():
    model = nn.MLP(1, [2, 1], seed=1)
    model.layers[0].neurons[1].w[0].label = "slope"
    assert "slope" in names(model([1.0]))
    model.layers[0].neurons[0].w[0].label = "slope"
    assert {"layers.0.neurons.0.w[0]", "layers.0.neurons.1.w[0]"} <= set(names(model([1.0])))


def test_every_view_calls_it_the_same():
    model = nn.MLP(2, [2, 1], seed=1)
    loss = nn.mse_loss(model([0.5, -1.0]), 1.0)
    loss.backward()
    name, parameter = model.named_parameters()[4]
    made = stepper(loss)
    assert name in {step.name for step in made.steps}
    assert name in {node["name"] for node in made.data["nodes"]}
    assert f"{name}: data" in draw_dot(loss).source
    assert name in str(explain(loss, parameter))
    assert explain(loss, name).gradient == parameter.grad
    assert name in str(why_zero(loss, name))
    for shown in (made.html(), draw_dot(loss).source, str(explain(loss, parameter))):
        assert "] #2" not in shown
    inside = str(draw_dot(loss, depth=3).pipe("svg", encoding="utf-8"))
    assert ">w[1]<" in inside
    assert ">v1<" in inside
    assert f">{name}<" not in inside
