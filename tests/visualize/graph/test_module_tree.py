"""The calls of modules as boxes in boxes."""

import pytest

import nn
from autograd import Value
from autograd.graph import ancestors
from visualize.graph.module_tree import Box, Boxes


def inputs():
    return [Value(0.5, label="x1"), Value(-1.0, label="x2")]


def names(boxes):
    return [box.name for box in boxes]


def box(boxes, name):
    (found,) = [box for box in boxes.all if box.name == name]
    return found


def test_a_network_holds_layers_which_hold_neurons_which_hold_operations():
    loss = nn.mse_loss(nn.MLP(2, [3, 2, 1], seed=0)(inputs()), 1.0)
    boxes = Boxes(ancestors(loss))
    (whole, network, *_) = boxes.all
    assert whole.around is None
    assert names(whole.inside) == ["MLP"]
    assert names(network.inside) == ["layers.0", "layers.1", "layers.2"]
    assert names(network.inside[0].inside) == [f"layers.0.neurons.{place}" for place in range(3)]
    assert [box.kind for box in network.inside[0].chain()] == ["Layer", "MLP", ""]
    assert [box.place for box in boxes.all] == list(range(len(boxes.all)))
    assert boxes.start is network
    neuron = box(boxes, "layers.1.neurons.0")
    assert neuron.operations == 3 + 3 + 1  # products, sums, relu
    assert box(boxes, "layers.1").operations == 2 * neuron.operations
    assert len(box(boxes, "layers.1").outputs) == 2
    assert neuron.depth() == 3


def test_every_node_has_one_home_and_boxes_count_what_is_at_home_in_them():
    loss = nn.mse_loss(nn.MLP(2, [3, 2, 1], seed=0)(inputs()), 1.0)
    order = ancestors(loss)
    boxes = Boxes(order)
    assert set(boxes.home) == set(order)
    for box in boxes.all:
        assert box.operations == sum(1 for node in order if node.parents and box in boxes.home[node].chain())
        for output in box.outputs:
            assert box in boxes.home[output].chain()


def test_inputs_and_targets_stay_outside_and_weights_go_where_they_are_used():
    x, target = inputs(), Value(1.0, label="target")
    model = nn.MLP(2, [2, 1], seed=0)
    loss = (model(x) - target) ** 2 + sum(p * p for p in model.parameters())
    boxes = Boxes(ancestors(loss))
    assert [boxes.home[leaf] for leaf in (*x, target)] == [boxes.all[0]] * 3
    assert boxes.home[model.layers[0].neurons[1].w[0]] is box(boxes, "layers.0.neurons.1")
    assert boxes.home[model.layers[1].neurons[0].b] is box(boxes, "layers.1")


def test_a_parameter_that_is_an_input_is_no_weight():
    image = nn.Parameter(1.0)
    boxes = Boxes(ancestors(nn.MLP(1, [2, 1], seed=0)([image])))
    assert boxes.home[image] is boxes.all[0]


def test_weights_of_a_second_call_are_where_the_first_one_used_them():
    model = nn.Neuron(1, seed=0)
    first, second = model(1.0), model(2.0)
    boxes = Boxes(ancestors(first * second))
    assert names(boxes.all) == ["", "Neuron", "Neuron #2"]
    assert boxes.home[model.b] is boxes.home[first]
    assert boxes.home[second] is boxes.all[2]
    assert boxes.start is boxes.all[0]


def test_a_call_that_only_calls_another_is_one_box_with_it():
    boxes = Boxes(ancestors(nn.MLP(2, [1], seed=0)(inputs()) * 2))
    assert names(boxes.all) == ["", "MLP"]
    assert boxes.all[1].operations == 4


def test_without_modules_there_is_only_the_whole_graph():
    root = Value(1.0) * 2
    boxes = Boxes(ancestors(root))
    assert boxes.all == [boxes.start] == [boxes.home[root]]


def test_modules_in_attributes_of_any_kind_have_names_and_others_have_their_kind():
    class Odd(nn.Module):
        def __init__(self):
            self.body = {"first": nn.Neuron(1, seed=0)}

        def forward(self, x):
            return self.body["first"](x) + self.body["first"](x) * nn.Neuron(1, seed=0)(x)

    assert names(Boxes(ancestors(Odd()(1.0))).all) == ["", "Odd", "body.first", "body.first #2", "Neuron"]


def test_programs_for_micrograd_have_boxes_too():
    class Line(nn.Module):
        def __init__(self):
            self.slope = Value(2.0)

        def forward(self, x):
            return self.slope * x + 1

        def parameters(self):
            return [self.slope]

    line = Line()
    boxes = Boxes(ancestors(line(Value(3.0))))
    assert boxes.home[line.slope] is boxes.all[1]


@pytest.mark.parametrize(("depth", "seen"), [(0, {"MLP"}), (1, {"layers.0", "layers.1"}), (2, {"layers.0.neurons.0"})])
def test_a_view_hides_what_is_in_closed_boxes(depth, seen):
    loss = nn.MLP(1, [2, 1], seed=0)(1.0) * 2
    order = ancestors(loss)
    boxes = Boxes(order)
    view = boxes.down_to(depth)
    assert view.closed(loss) is None
    assert seen <= {hidden.name for hidden in map(view.closed, order) if hidden}
    assert all(isinstance(hidden, Box) and hidden.depth() == depth + 1 for hidden in map(view.closed, order) if hidden)


def test_opening_a_box_closes_its_siblings():
    order = ancestors(nn.MLP(2, [3, 2, 1], seed=0)(inputs()))
    boxes = Boxes(order)
    view = boxes.opened(box(boxes, "layers.0.neurons.1"))
    assert {hidden.name for hidden in map(view.closed, order) if hidden} == {
        "layers.0.neurons.0", "layers.0.neurons.2", "layers.1", "layers.2",
    }  # fmt: skip
