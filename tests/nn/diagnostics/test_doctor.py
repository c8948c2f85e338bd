import math
import random
import re

import pytest

import nn
from autograd import Value, no_grad, relu


def rows_of(count=60, features=3, seed=0):
    draw = random.Random(seed)
    return [[draw.gauss(0, 1) for _ in range(features)] for _ in range(count)]


def mean_loss(model, rows, loss=nn.mse_loss, targets=None):
    """The mean over the rows, recorded, with its gradients."""
    targets = targets or [math.sin(row[0]) for row in rows]
    model.zero_grad()
    total = sum(loss(model(row), target) for row, target in zip(rows, targets, strict=True)) / len(rows)
    total.backward()
    return total


def kinds(findings):
    return [finding.kind for finding in findings]


def healthy(activation="tanh", sizes=(8, 1), nin=3):
    return nn.MLP(nin, list(sizes), activation, seed=0, init=nn.initializers.xavier_normal)


@pytest.mark.parametrize("activation", ["tanh", "relu", "sigmoid", "gelu"])
def test_nothing_is_found_where_nothing_is_wrong(activation):
    model = healthy(activation)
    assert nn.diagnose(model, mean_loss(model, rows_of())) == []


def test_asking_changes_nothing():
    model = healthy()
    model.layers[0].neurons[0].b.data = -99.0
    loss = mean_loss(model, rows_of())
    before = [(p.data, p.grad) for p in model.parameters()], loss.data
    first = nn.diagnose(model, loss)
    assert ([(p.data, p.grad) for p in model.parameters()], loss.data) == before
    assert nn.diagnose(model, loss) == first != []


def test_a_dead_relu_is_named_with_its_largest_sum():
    model = healthy("relu")
    for place in (2, 5):
        model.layers[0].neurons[place].b.data = -40.0
    rows = rows_of()
    (finding,) = nn.diagnose(model, mean_loss(model, rows))
    largest = max(
        -40 + sum(w.data * x for w, x in zip(model.layers[0].neurons[place].w, row, strict=True))
        for place in (2, 5)
        for row in rows
    )
    assert (finding.kind, finding.place) == ("dead relu", "layers.0.neurons.2, .5")
    assert "on all 60 rows" in finding.evidence
    assert f"at most {largest:.4g}" in finding.evidence
    assert "2 of 8 units" in finding.evidence
    assert all(p.grad == 0 for p in model.layers[0].neurons[2].parameters())  # it is true


def test_a_relu_that_fires_once_is_not_dead():
    model = healthy("relu")
    neuron = model.layers[0].neurons[2]
    rows = rows_of()
    neuron.b.data = -max(sum(w.data * x for w, x in zip(neuron.w, row, strict=True)) for row in rows) + 1e-6
    assert nn.diagnose(model, mean_loss(model, rows)) == []


def test_few_rows_do_not_tell_whether_a_relu_is_dead():
    model = healthy("relu")
    model.layers[0].neurons[2].b.data = -40.0
    found = nn.diagnose(model, mean_loss(model, rows_of(19)))
    assert found == []
    assert "whether a unit is dead cannot be seen from 19 rows (it takes 20)" in str(found)
    assert "cannot be seen from 1 row (it" in str(nn.diagnose(model, mean_loss(model, rows_of(1))))
    assert kinds(nn.diagnose(model, mean_loss(model, rows_of(20)))) == ["dead relu"]


def test_a_relu_in_the_loss_is_no_unit():
    model = nn.MLP(3, [1], seed=0)
    rows = rows_of()
    for row in rows:  # all on the right side, by far: the hinge is 0 everywhere
        row[0] = 5 + abs(row[0])
    model.layers[0].neurons[0].w[0].data = 9.0
    assert nn.diagnose(model, mean_loss(model, rows, nn.hinge_loss, [1] * 60)) == []


class Written(nn.Module):
    """Activations inside a forward of one's own, none of which is an output of a module."""

    def __init__(self, bias):
        self.w = [nn.Parameter(0.5), nn.Parameter(-0.5)]
        self.b = nn.Bias(bias)
        self.out = nn.Parameter(1.0)

    def forward(self, row):
        hidden = [relu(w * row[0] + self.b) for w in self.w]
        return self.out * (hidden[0] + hidden[1]) + self.b


def test_units_are_found_inside_a_forward_and_in_activations():
    model = Written(-50.0)
    (finding,) = nn.diagnose(model, mean_loss(model, rows_of()))
    assert (finding.kind, finding.place) == ("dead relu", "the model[0], [1]")
    alone = nn.Neuron(3, seed=0)
    alone.b.data = -50.0
    (finding,) = nn.diagnose(alone, mean_loss(alone, rows_of()))
    assert (finding.kind, finding.place) == ("dead relu", "the model")
    layer = nn.Layer(3, 4, nonlin=False, seed=0)
    layer.neurons[1].b.data = -50.0
    model = nn.Sequential(layer, nn.Activation("relu"), nn.Layer(4, 1, nonlin=False, seed=1))
    (finding,) = nn.diagnose(model, mean_loss(model, rows_of()))
    assert (finding.kind, finding.place) == ("dead relu", "layers.1[1]")


@pytest.mark.parametrize("activation", ["tanh", "sigmoid"])
def test_saturated_units_are_named(activation):
    model = healthy(activation)
    model.layers[0].neurons[3].b.data = 20.0
    (finding,) = nn.diagnose(model, mean_loss(model, rows_of()))
    assert (finding.kind, finding.place) == ("saturated unit", "layers.0.neurons.3")
    assert activation in finding.evidence
    assert "1 of 8 units" in finding.evidence


def test_a_unit_that_says_yes_and_no_is_not_saturated():
    model = healthy("tanh")
    for w in model.layers[0].neurons[3].w:
        w.data = 3.0  # steep: flat for many rows, but not for nearly all
    assert nn.diagnose(model, mean_loss(model, rows_of())) == []


def test_gradients_vanish_through_many_sigmoids():
    model = healthy("sigmoid", [6] * 7 + [1])
    loss = mean_loss(model, rows_of())
    (finding,) = nn.diagnose(model, loss)
    assert finding.kind == "vanishing gradient"
    assert finding.place.startswith("layers.0")
    sizes = dict(re.findall(r"(layers\.\d) ([-\d.e]+)", finding.evidence))
    assert list(sizes) == [f"layers.{place}" for place in range(8)]
    first = [p.grad for p in model.layers[0].parameters()]
    assert float(sizes["layers.0"]) == pytest.approx(math.hypot(*first) / len(first) ** 0.5, rel=1e-3)


def test_gradients_explode_where_weights_are_large():
    draw = random.Random(0)
    model = nn.MLP(3, [6] * 6 + [1], seed=0, init=lambda *_: draw.gauss(0, 4))
    found = {finding.kind: finding for finding in nn.diagnose(model, mean_loss(model, rows_of()))}
    assert found["exploding gradient"].place.startswith("layers.0")


def test_targets_in_the_thousands_explode_the_gradient():
    model = healthy()
    loss = mean_loss(model, rows_of(), targets=[50_000.0 + i for i in range(60)])
    assert kinds(nn.diagnose(model, loss)) == ["exploding gradient"]


def test_weights_that_are_all_alike_are_found():
    model = nn.MLP(3, [8, 1], "tanh", init=lambda *_: 0.5)
    (finding,) = nn.diagnose(model, mean_loss(model, rows_of()))
    assert (finding.kind, finding.place) == ("all weights alike", "layers.0.neurons")
    assert "all 8 have the weights 0.5, 0.5, 0.5, 0" in finding.evidence


def test_outputs_that_begin_alike_but_learn_apart_are_fine():
    model = nn.Layer(3, 3, nonlin=False, init=nn.initializers.zeros)  # softmax regression begins so
    rows = rows_of()
    loss = mean_loss(model, rows, nn.cross_entropy, [i * i % 3 for i in range(60)])
    assert nn.diagnose(model, loss) == []


class Forgetful(nn.Module):
    def __init__(self, way="forgotten"):
        self.inner, self.b, self.way = nn.Layer(3, 2, nonlin=False, seed=0), nn.Bias(0.5), way

    def forward(self, row):
        first, second = self.inner(row)
        if self.way == "read":
            return first + second + self.b.data
        if self.way == "unrecorded":
            with no_grad():
                return first + second + Value(self.b.data)
        return first + second


@pytest.mark.parametrize("way", ["forgotten", "read"])
def test_a_parameter_that_no_path_reaches_is_named(way):
    model = Forgetful(way)
    (finding,) = nn.diagnose(model, mean_loss(model, rows_of()))
    assert (finding.kind, finding.place) == ("no path", "b")


def test_a_loss_of_another_model():
    model = healthy()
    loss = mean_loss(model, rows_of())
    (finding,) = nn.diagnose(nn.MLP(3, [2]), loss)
    assert (finding.kind, finding.place) == ("no path", "the whole model")


def test_tokens_that_did_not_come_up_are_not_missed():
    model = nn.Sequential(nn.Embedding(9, 4, seed=0), nn.Layer(4, 1, nonlin=False, seed=0))
    loss = sum(nn.mse_loss(model(token), 1.0) for token in (1, 3, 5))
    loss.backward()
    assert nn.diagnose(model, loss) == []


def test_gradients_that_were_not_zeroed():
    model, rows = healthy(), rows_of()
    mean_loss(model, rows)
    kept = [p.grad for p in model.parameters()]
    loss = mean_loss(model, rows)
    for p, gradient in zip(model.parameters(), kept, strict=True):
        p.grad += gradient
    (finding,) = nn.diagnose(model, loss)
    assert finding.kind == "gradients not zeroed"
    parameter = dict(model.named_parameters())[finding.place]
    assert f"its grad is {parameter.grad:.4g}, but this loss alone gives {parameter.grad / 2:.4g}" in finding.evidence


@pytest.mark.parametrize("clip", [lambda p: nn.clip_grad_norm(p, 0.01), lambda p: nn.clip_grad_value(p, 0.01)])
def test_clipped_gradients_are_meant_to_be(clip):
    model = healthy()
    loss = mean_loss(model, rows_of())
    clip(model.parameters())
    assert nn.diagnose(model, loss) == []


def test_gradients_left_over_that_are_smaller_than_those_of_the_loss_are_not_taken_for_clipped():
    model, rows = healthy(), rows_of()
    loss = mean_loss(model, rows)
    for place, p in enumerate(model.parameters()):
        p.grad *= 0.3 + 0.02 * place  # as gradients of opposite signs add up
    assert kinds(nn.diagnose(model, loss)) == ["gradients not zeroed"]


def test_three_loops_without_zero_grad_are_found():
    for seed in range(3):
        for rate in (0.001, 0.1, 1.0):
            for count in (1, 5, 30):
                model = nn.MLP(2, [4, 1], activation="tanh", seed=seed)
                optimizer = nn.SGD(model.parameters(), lr=rate)
                rows, targets = nn.moons(30, seed=0)[:2]
                for _ in range(3):
                    losses = map(nn.mse_loss, map(model, rows[:count]), targets[:count])
                    loss = sum(losses, Value(0.0)) / count
                    loss.backward()
                    optimizer.step()
                assert "gradients not zeroed" in kinds(nn.diagnose(model, loss))


def test_gradients_that_were_zeroed_too_late():
    model = healthy()
    loss = mean_loss(model, rows_of())
    model.zero_grad()
    (finding,) = nn.diagnose(model, loss)
    assert finding.kind == "gradients are 0"


def test_features_on_very_different_scales_are_named():
    rows = [[age, income, 1.0] for age, income, _ in rows_of()]
    rows = [[45 + 10 * age, 50_000 + 9_000 * income, one] for age, income, one in rows]
    model = nn.MLP(["age", "income", "one"], [1], seed=0)
    found = {finding.kind: finding for finding in nn.diagnose(model, mean_loss(model, rows))}
    finding = found["features on very different scales"]
    assert finding.place == "layers.0"
    assert re.search(r"feature income .* size 5.\d{3}, feature age .* size 4\d", finding.evidence.replace("e+04", ""))


def test_rare_features_are_not_small_ones():
    rows = [[10 * x, float(i == 7), y] for i, (x, y, _) in enumerate(rows_of(200))]
    model = nn.MLP(3, [1], seed=0)
    assert nn.diagnose(model, mean_loss(model, rows)) == []


def test_a_loss_that_rose_at_the_step():
    model, rows = healthy(), rows_of()
    loss = mean_loss(model, rows)
    nn.SGD(model.parameters(), lr=50).step()
    (finding,) = nn.diagnose(model, loss)
    assert finding.kind == "loss rising"
    now = mean_loss(model, rows).data
    assert f"it was {loss.data:.4g}, and is {now:.4g}" in finding.evidence


def test_a_loss_that_fell_at_the_step():
    model = healthy()
    loss = mean_loss(model, rows_of())
    nn.SGD(model.parameters(), lr=0.1).step()
    assert nn.diagnose(model, loss) == []


def test_a_graph_with_a_choice_in_it_is_looked_at_all_the_same():
    model = healthy("relu")
    model.layers[0].neurons[2].b.data = -40.0
    outputs = [model(row) for row in rows_of()]
    loss = sum((y if y > 0 else -y) * 1.0 for y in outputs)
    loss.backward()
    assert kinds(nn.diagnose(model, loss)) == ["dead relu"]


def test_what_is_printed():
    model = healthy()
    loss = mean_loss(model, rows_of())
    assert str(nn.diagnose(model, loss)).startswith("nothing found")
    model.zero_grad()
    text = str(nn.diagnose(model, loss))
    assert text.startswith("1. gradients are 0: every parameter's grad is 0")
    assert "Remedy: " in text
    assert max(map(len, text.splitlines())) <= 80


def test_a_wrong_call_is_told():
    with pytest.raises(TypeError, match="a module and the loss, a Value, not"):
        nn.diagnose(healthy(), 0.5)
    with pytest.raises(TypeError, match="a module and the loss, a Value, not"):
        nn.diagnose(lambda row: row, Value(1.0))


@pytest.mark.parametrize(
    ("data", "sizes", "loss"),
    [
        (nn.iris, [8, 3], nn.cross_entropy),
        (nn.digits, [16, 10], nn.cross_entropy),
        (lambda: nn.moons(100, seed=0), [8, 1], nn.binary_cross_entropy_with_logits),
    ],
    ids=["iris", "digits", "moons"],
)
@pytest.mark.parametrize("activation", ["tanh", "relu"])
def test_no_alarm_in_healthy_training(data, sizes, loss, activation):
    """All warnings are errors: fit is silent too. Half of digits is enough, and 60 rows for each diagnosis."""
    training, held_out = nn.stratified_split(data(), 0.5, seed=0)
    scaler = nn.StandardScaler().fit(training.rows)
    rows, targets = scaler.transform(training.rows), training.targets
    model = nn.MLP(len(rows[0]), sizes, activation, seed=0, init=nn.initializers.he_normal)
    assert nn.diagnose(model, mean_loss(model, rows[:60], loss, targets[:60])) == []
    nn.fit(
        model, rows, targets, loss, nn.Adam(model.parameters(), lr=0.02), epochs=10, seed=0, progress=False,
        validation=(scaler.transform(held_out.rows), held_out.targets),
    )  # fmt: skip
    assert nn.diagnose(model, mean_loss(model, rows[:60], loss, targets[:60])) == []
