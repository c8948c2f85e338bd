import random
import warnings

import nn


def data(count=64, seed=0):
    draw = random.Random(seed)
    rows = [[draw.gauss(0, 1), draw.gauss(0, 1)] for _ in range(count)]
    return rows, [a - 0.5 * b + 0.1 * draw.gauss(0, 1) for a, b in rows]


def model_of(**how):
    return nn.MLP(2, [4, 1], **({"activation": "tanh", "seed": 0} | how))


def told(model, rows, targets, lr=0.05, **how):
    """What fit warned of."""
    how = {"epochs": 3, "batch_size": 16, "seed": 0, "progress": False} | how
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        nn.fit(model, rows, targets, nn.mse_loss, nn.SGD(model.parameters(), lr=lr), **how)
    assert all(warning.category is nn.TrainingWarning for warning in seen)
    assert all(warning.filename == __file__ for warning in seen)  # where fit was called
    return [str(warning.message) for warning in seen]


def test_healthy_training_is_silent():
    rows, targets = data()
    assert told(model_of(), rows, targets, validation=data(seed=1)) == []
    assert told(lambda_model(), rows, targets) == []


def lambda_model():
    """A model that has parameters, but is no Module."""

    class Plain:
        def __init__(self):
            self.inner = model_of()

        def __call__(self, row):
            return self.inner(row)

        def parameters(self):
            return self.inner.parameters()

    return Plain()


def test_a_loss_that_rises_is_told_once():
    rows, targets = data()
    (message,) = told(nn.MLP(2, [1], seed=0), rows, targets, lr=1.3, epochs=4)
    assert message.startswith("loss rising: it was ")
    assert "in epoch 1: steps overshoot with lr=1.3" in message


def test_a_first_batch_of_few_rows_tells_nothing():
    rows, targets = data()
    for seed in range(8):  # one row is often far better than the mean
        assert told(nn.MLP(2, [1], seed=0), rows, targets, lr=1e-3, batch_size=1, epochs=1, seed=seed) == []


def test_validation_rows_that_are_trained_on():
    rows, targets = data()
    (message,) = told(model_of(), rows, targets, validation=(rows[:30], targets[:30]))
    assert message.startswith("measured on training rows in validation: 30 of its 30 rows are also trained on")
    half = (rows[:15] + data(seed=1)[0][:15], targets[:15] + data(seed=1)[1][:15])
    assert told(model_of(), rows, targets, validation=half) == []


def test_rows_that_are_often_alike_are_alike_in_validation_too():
    draw = random.Random(0)
    rows = [[float(draw.randrange(2)), float(draw.randrange(2))] for _ in range(64)]
    targets = [a + b for a, b in rows]
    assert told(model_of(), rows[:40], targets[:40], validation=(rows[40:], targets[40:])) == []


def test_features_on_very_different_scales():
    rows, targets = data()
    rows = [[a, 1e4 * b] for a, b in rows]
    message = told(model_of(), rows, targets, lr=1e-9, epochs=1)[0]
    assert message.startswith("features on very different scales in the rows: feature number 1 has numbers of size")


def test_weights_that_are_all_alike():
    rows, targets = data()
    (message,) = told(model_of(init=lambda *_: 0.5), rows, targets)
    assert message.startswith("all weights alike in layers.0.neurons: all 4")


def test_a_layer_half_of_which_is_dead():
    rows, targets = data()
    model = model_of(activation="relu")
    model.layers[0].neurons[1].b.data = -50.0
    assert told(model, rows, targets) == []  # a layer makes up for one
    model.layers[0].neurons[3].b.data = -50.0
    (message,) = told(model, rows, targets)
    assert message.startswith("no gradient in layers.0.neurons.1, layers.0.neurons.3: in the whole first epoch")


def test_a_gradient_in_the_last_batch_is_one():
    """Of 64 rows three are such that the neurons fire: no batch but theirs has a gradient."""
    rows, targets = data()
    rows = [*rows[:-3], [99.0, 0.0], [99.0, 0.0], [99.0, 0.0]]
    model = model_of(activation="relu")
    for neuron in model.layers[0].neurons:
        neuron.w[0].data, neuron.b.data = 1.0, -60.0
    model.layers[0].neurons[0].w[1].data = 0.25
    assert told(model, rows, targets, lr=1e-6, epochs=1) == []


def test_few_rows_tell_nothing():
    rows, targets = data(19)
    model = model_of(activation="relu")
    for neuron in model.layers[0].neurons[:2]:
        neuron.b.data = -50.0
    assert told(model, rows, targets, validation=(rows, targets)) == []
    assert told(model, [[a, 1e4 * b] for a, b in rows], targets, lr=0.0) == []


def test_rows_that_are_no_numbers_are_passed_over():
    embedding = nn.Embedding(3, 2, seed=0)
    model = nn.Sequential(nn.Layer(2, 1, nonlin=False, seed=0))
    rows = [embedding(place % 3) for place in range(30)]
    assert told(model, rows, [1.0] * 30, validation=(rows, [1.0] * 30)) == []


def test_the_warnings_can_be_silenced():
    rows, targets = data()
    model = model_of(init=lambda *_: 0.5)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", nn.TrainingWarning)
        nn.fit(model, rows, targets, nn.mse_loss, nn.SGD(model.parameters()), progress=False, epochs=1)
