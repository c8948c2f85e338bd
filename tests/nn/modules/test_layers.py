import copy
import math
import pickle
import random

import numpy as np
import pytest

import autograd
import nn
from autograd import Value, primitive
from autograd.registry import TABLE


def numbers(model):
    return [p.data for p in model.parameters()]


def by_hand(model, row, activation):
    """The network's output in plain floats."""
    for depth, layer in enumerate(model.layers):
        sums = [n.b.data + sum(w.data * x for w, x in zip(n.w, row, strict=True)) for n in layer.neurons]
        row = sums if depth == len(model.layers) - 1 else [activation(s) for s in sums]
    return row


def test_weights_are_the_next_numbers_of_random_neuron_by_neuron():
    random.seed(1337)
    model = nn.MLP(2, [3, 1])
    random.seed(1337)
    expected = []
    for inputs, neurons in ((2, 3), (3, 1)):
        for _ in range(neurons):
            expected += [random.uniform(-1, 1) for _ in range(inputs)] + [0]
    assert numbers(model) == expected
    # the first numbers of this seed, as any program that draws from it gets them
    assert expected[:2] == pytest.approx([0.23550571390294128, 0.06653114721000164], abs=0)


def test_a_seed_has_numbers_of_its_own():
    random.seed(7)
    before = random.getstate()
    first = nn.MLP(3, [4, 2], seed=5)
    assert random.getstate() == before
    assert numbers(first) == numbers(nn.MLP(3, [4, 2], seed=5)) != numbers(nn.MLP(3, [4, 2], seed=6))
    weights = [p.data for name, p in first.named_parameters() if "w[" in name]
    assert len(set(weights)) == len(weights)  # no draw is shared
    assert all(-1 <= w <= 1 for w in weights)


@pytest.mark.parametrize(
    ("activation", "function"),
    [("relu", lambda s: max(s, 0.0)), ("tanh", math.tanh), ("sigmoid", lambda s: 1 / (1 + math.exp(-s)))],
)
def test_the_output_is_that_of_plain_arithmetic(activation, function):
    model = nn.MLP(3, [5, 4, 2], activation=activation, seed=1)
    for p in model.parameters():
        p.data += 0.1  # so that the biases count
    row = [0.3, -1.2, 2.0]
    assert [y.data for y in model(row)] == pytest.approx(by_hand(model, row, function), rel=1e-14)


def test_gradients_are_the_measured_slopes():
    model = nn.MLP(2, [4, 1], activation="tanh", seed=3)
    row, h = [0.5, -0.8], 1e-6
    model(row).backward()
    for p in model.parameters():
        start = p.data
        p.data = start + h
        above = model(row).data
        p.data = start - h
        below = model(row).data
        p.data = start
        assert p.grad == pytest.approx((above - below) / (2 * h), abs=1e-8)


def test_one_output_is_a_value_and_more_are_a_list():
    assert isinstance(nn.MLP(2, [3, 1], seed=0)([1, 2]), Value)
    assert isinstance(nn.Layer(2, 1, seed=0)([1, 2]), Value)
    outputs = nn.MLP(2, [1, 3], seed=0)([1, 2])  # a layer of one in the middle is no obstacle
    assert isinstance(outputs, list)
    assert len(outputs) == 3


def test_a_neuron_with_one_weight_takes_the_number_itself():
    neuron = nn.Neuron(1, nonlin=False, seed=0)
    assert neuron(2.0).data == neuron([2.0]).data == neuron(Value(2.0)).data == 2.0 * neuron.w[0].data


@pytest.mark.parametrize("row", [[1.0, 2.0], [1.0, 2.0, 3.0, 4.0], [], 5.0])
def test_a_wrong_number_of_inputs_says_both_numbers(row):
    given = len(row) if isinstance(row, list) else 1
    for model in (nn.Neuron(3, seed=0), nn.Layer(3, 2, seed=0), nn.MLP(3, [2, 1], seed=0)):
        with pytest.raises(ValueError, match=rf"has 3 inputs, but x has {given} number"):
            model(row)


def test_nonlin_false_is_linear():
    neuron = nn.Neuron(2, nonlin=False, seed=0)
    for p in neuron.parameters():
        p.data = -1.0
    assert neuron([3.0, 4.0]).data == -8.0
    assert nn.Layer(2, 1, nonlin=False, seed=0).neurons[0].activation is None


def test_the_last_layer_is_linear_and_the_others_are_not():
    model = nn.MLP(2, [3, 3, 2], activation="tanh", seed=0)
    assert [layer.neurons[0].activation for layer in model.layers] == ["tanh", "tanh", None]


@pytest.mark.parametrize("activation", ["rleu", "maximum", "backward", "_when", ""])
def test_an_unknown_activation_says_what_is_expected(activation):
    with pytest.raises(ValueError, match=r"activation must be .*'relu' or 'tanh'.*nonlin=False"):
        nn.Neuron(2, activation=activation)


def test_a_row_of_ones_own_is_an_activation():
    primitive("cube", lambda a: a**3, lambda y, a: 3 * a * a)
    try:
        neuron = nn.Neuron(1, activation="cube", seed=0)
        out = neuron([2.0])
        out.backward()
        assert out.data == (2 * neuron.w[0].data) ** 3
        assert neuron.w[0].grad == pytest.approx(3 * (2 * neuron.w[0].data) ** 2 * 2)
    finally:
        del TABLE["cube"]


def test_the_size_of_a_layer_is_a_whole_number_from_1_on():
    for wrong in (lambda: nn.Layer(2, 0), lambda: nn.Layer(2, -1), lambda: nn.MLP(2, [0, 1])):
        with pytest.raises(ValueError, match="nout must be at least 1, not"):
            wrong()
    for wrong in (lambda: nn.Layer(2, [3]), lambda: nn.MLP(2, [3.0, 1])):
        with pytest.raises(TypeError, match="nout must be a whole number, not"):
            wrong()


def test_a_neuron_takes_one_row_also_from_numpy():
    neuron = nn.Neuron(2, seed=0)
    assert neuron(np.array([1.0, 2.0])).data == neuron([1.0, 2.0]).data
    with pytest.raises(ValueError, match="one row of the data at a time, but x is a table of 2 rows"):
        neuron(np.ones((2, 3)))


def test_nouts_must_be_a_list():
    with pytest.raises(TypeError, match=r"nouts must be a list .*\[8, 3\], not 3"):
        nn.MLP(2, 3)
    with pytest.raises(TypeError, match="nouts must be a list"):
        nn.MLP(2, [])


def test_labels_and_repr():
    neuron = nn.Neuron(2, seed=0)
    assert [p.label for p in neuron.parameters()] == ["w[0]", "w[1]", "b"]
    assert repr(nn.MLP(2, [2, 1])) == ("MLP of [Layer of [ReLUNeuron(2), ReLUNeuron(2)], Layer of [LinearNeuron(2)]]")
    assert repr(nn.Neuron(4, activation="tanh")) == "TanhNeuron(4)"


@pytest.mark.parametrize("twin", [copy.deepcopy, lambda model: pickle.loads(pickle.dumps(model))])
def test_a_copy_is_a_network_of_its_own(twin):
    model = nn.MLP(2, [3, 1], seed=0)
    other = twin(model)
    assert numbers(other) == numbers(model)
    other.parameters()[0].data = 9.0
    assert model.parameters()[0].data != 9.0


def test_without_a_bias_the_sum_begins_with_a_product():
    model = nn.MLP(3, [4, 2], bias=False, seed=1)
    assert not [p for p in model.parameters() if isinstance(p, nn.Bias)]
    assert len(model.parameters()) == 3 * 4 + 4 * 2
    neuron = nn.Neuron(2, nonlin=False, bias=False, seed=0)
    out = neuron([3.0, 4.0])
    assert out.data == neuron.w[0].data * 3.0 + neuron.w[1].data * 4.0
    assert [parent.op for parent in out.parents] == ["*", "*"]


def test_biases_are_told_apart_by_their_type():
    model = nn.MLP(2, [3, 1], seed=0)
    assert [name for name, p in model.named_parameters() if isinstance(p, nn.Bias)] == [
        *(f"layers.0.neurons.{i}.b" for i in range(3)),
        "layers.1.neurons.0.b",
    ]


def test_features_label_the_weights():
    neuron = nn.Neuron(("ears", "fur"), seed=0)
    assert [w.label for w in neuron.w] == ["w[ears]", "w[fur]"]
    with pytest.raises(ValueError, match="has 2 inputs, but x has 3"):
        neuron([1, 2, 3])


@pytest.mark.parametrize("nin", ["ears", 2.0, [1, 2], None])
def test_inputs_that_are_neither_counted_nor_named(nin):
    with pytest.raises(TypeError, match="nin must be the number of inputs or a list with their names, not"):
        nn.MLP(nin, [1])


@pytest.mark.parametrize("nin", [0, [], ["ears", "ears"]])
def test_no_inputs_or_two_of_one_name(nin):
    with pytest.raises(ValueError, match="at least one input, each with a different name"):
        nn.Neuron(nin)


def test_an_initializer_knows_both_sides_of_the_layer():
    seen = []

    def remember(fan_in, fan_out, draw):
        seen.append((fan_in, fan_out))
        return draw.random()

    model = nn.MLP(2, [3, 1], init=remember, seed=0)
    assert seen == [(2, 3)] * 6 + [(3, 1)] * 3
    draw = random.Random(0)
    assert [w.data for layer in model.layers for neuron in layer.neurons for w in neuron.w] == [
        draw.random() for _ in range(9)
    ]


def test_sequential_applies_modules_to_all_and_functions_to_each():
    first, last = nn.Layer(2, 3, nonlin=False, seed=0), nn.Layer(3, 1, nonlin=False, seed=1)
    model = nn.Sequential(first, autograd.tanh, nn.Activation("square"), last)
    row = [0.4, -0.7]
    between = [math.tanh(x.data) ** 2 for x in first(row)]
    assert model(row).data == pytest.approx(last(between).data)
    assert [name for name, _ in model.named_parameters()][-1] == "layers.3.neurons.0.b"
    assert repr(nn.Sequential(autograd.tanh, nn.Dropout())) == "Sequential of [Activation(tanh), Dropout(0.5)]"
    with pytest.raises(TypeError, match=r"layers must be modules or functions, one by one, not list"):
        nn.Sequential([first, last])
