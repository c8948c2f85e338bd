import math
import random
import re
import sys
import warnings
from itertools import chain
from statistics import fmean

import numpy as np
import pytest

import nn
from autograd import Value


def line(seed=0):
    """A neuron without activation, and points of y = 3x - 1 for it."""
    rows = [[x / 4] for x in range(-8, 8)]
    return nn.Neuron(1, nonlin=False, seed=seed), rows, [3 * x - 1 for (x,) in rows]


def train(model, rows, targets, **how):
    how = {"epochs": 100, "batch_size": 4, "seed": 0, "progress": False} | how
    return nn.fit(model, rows, targets, nn.mse_loss, nn.SGD(model.parameters(), lr=0.1), **how)


def test_a_line_is_found():
    model, rows, targets = line()
    history = train(model, rows, targets)
    assert [p.data for p in model.parameters()] == pytest.approx([3, -1], abs=1e-6)
    assert len(history) == 100
    assert history[-1] < 1e-12 < history[0]


def test_one_epoch_in_one_batch_is_one_step_of_plain_arithmetic():
    model, rows, targets = line()
    w = model.w[0].data
    errors = [w * x - t for (x,), t in zip(rows, targets, strict=True)]
    history = train(model, rows, targets, epochs=1, batch_size=99)
    assert history == pytest.approx([fmean(e * e for e in errors)])
    slope = fmean(2 * e * x for e, (x,) in zip(errors, rows, strict=True))
    assert model.w[0].data == pytest.approx(w - 0.1 * slope)
    assert model.b.data == pytest.approx(-0.1 * fmean(2 * e for e in errors))


def test_every_epoch_uses_every_row_once_in_shuffled_batches():
    class Recorder:
        parameters, lr = (), 0.1

        def __init__(self):
            self.batches = [[]]  # what is looked at before the first batch

        def step(self):
            pass

        def zero_grad(self):
            self.batches.append([])

    recorder = Recorder()

    def model(row):
        recorder.batches[-1].append(row)
        return Value(float(row))

    nn.fit(model, range(10), [0] * 10, nn.mse_loss, recorder, epochs=2, batch_size=4, seed=1, progress=False)
    batches = recorder.batches[1:]
    assert [len(batch) for batch in batches] == [4, 4, 2, 4, 4, 2]
    first, second = list(chain(*batches[:3])), list(chain(*batches[3:]))
    assert sorted(first) == sorted(second) == list(range(10))
    assert len({tuple(first), tuple(second), tuple(range(10))}) == 3


def test_the_same_seed_gives_the_same_history():
    random.seed(0)
    assert train(*line(), epochs=3) == train(*line(), epochs=3) != train(*line(), epochs=3, seed=1)


def test_wrong_calls_say_what_was_given():
    model, rows, targets = line()
    with pytest.raises(ValueError, match="16 rows and 15 targets"):
        train(model, rows, targets[1:])
    with pytest.raises(ValueError, match="0 rows and 0 targets"):
        train(model, [], [])
    for how in ({"epochs": 0}, {"batch_size": 0}):
        with pytest.raises(ValueError, match="must be at least 1, not"):
            train(model, rows, targets, **how)
    for how in ({"metrics": {"accuracy": nn.accuracy}}, {"patience": 2}):
        with pytest.raises(ValueError, match=rf"{next(iter(how))} looks at rows held out.*validation="):
            train(model, rows, targets, **how)
    for wrong in ((rows,), (rows, targets[1:]), ([], [])):
        with pytest.raises(ValueError, match=r"validation must be \(rows, targets\)"):
            train(model, rows, targets, validation=wrong)
    with pytest.raises(ValueError, match="patience must be at least 1, not 0"):
        train(model, rows, targets, validation=(rows, targets), patience=0)
    with pytest.raises(TypeError, match=r"optimizer must have parameters, lr, step.*list .* has no parameters"):
        nn.fit(model, rows, targets, nn.mse_loss, model.parameters())


def test_wrong_kinds_of_things_say_what_belongs_there():
    model, rows, targets = line()
    data = nn.line(8, seed=0)
    for wrong in (data, iter(rows)):
        with pytest.raises(TypeError, match=r"rows must be a list or an array, such as data\.rows, not"):
            train(model, wrong, targets)
        with pytest.raises(TypeError, match=r"targets must be a list or an array, such as data\.targets, not"):
            train(model, rows, wrong)
    with pytest.raises(ValueError, match=r"such as \(data\.rows, data\.targets\)"):
        train(model, rows, targets, validation=data)
    for name in ("epochs", "batch_size"):
        with pytest.raises(TypeError, match=rf"{name} must be a whole number, not float 2\.0"):
            train(model, rows, targets, **{name: 2.0})
    with pytest.raises(TypeError, match=r"metrics must be a dict, such as .* not list"):
        train(model, rows, targets, validation=(rows, targets), metrics=[nn.mean_squared_error])
    with pytest.raises(TypeError, match=r"loss must be a function of \(output, target\).*not str 'mse'"):
        nn.fit(model, rows, targets, "mse", nn.SGD(model.parameters()), progress=False)


@pytest.mark.parametrize("lost", [lambda y, t: None, lambda y, t: [(y - t) ** 2], lambda y, t: np.array([y - t])])
def test_a_loss_is_one_number(lost):
    model, rows, targets = line()
    with pytest.raises(TypeError, match="loss must give one number for a row, not"):
        nn.fit(model, rows, targets, lost, nn.SGD(model.parameters()), progress=False)


def test_the_optimizer_of_another_model_is_refused():
    (model, rows, targets), (other, _, _) = line(), line()
    with pytest.raises(ValueError, match="optimizer moves no parameter of this model"):
        nn.fit(model, rows, targets, nn.mse_loss, nn.SGD(other.parameters()), progress=False)


def test_a_schedule_gives_numbers_from_0_on():
    model, rows, targets = line()
    with pytest.raises(TypeError, match="what schedule gives must be one real number"):
        train(model, rows, targets, schedule=lambda epoch: None)
    with pytest.raises(ValueError, match="schedule gives -1 for epoch 2: a negative learning rate would climb"):
        train(model, rows, targets, epochs=2, schedule=lambda epoch: 1 - 2 * epoch)


def test_hinge_and_floats_are_judged_as_classes():
    rows = [[x / 4] for x in range(-6, 7) if x]
    for loss, low in ((nn.hinge_loss, -1), (nn.binary_cross_entropy_with_logits, 0.0)):
        model = nn.Neuron(1, nonlin=False, seed=0)
        targets = [1 if x > 0 else low for (x,) in rows]
        history = nn.fit(
            model, rows, targets, loss, nn.SGD(model.parameters(), lr=0.5), epochs=20, progress=False,
            validation=(rows, targets), metrics={"accuracy": nn.accuracy},
        )  # fmt: skip
        assert history.metrics["accuracy"][-1] == 1.0


def test_training_that_runs_away_is_stopped():
    model, rows, targets = line()
    with pytest.raises((OverflowError, FloatingPointError)), pytest.warns(nn.TrainingWarning, match="loss rising"):
        nn.fit(model, rows, targets, nn.mse_loss, nn.SGD(model.parameters(), lr=1e9), epochs=99, progress=False)
    assert all(math.isfinite(p.data) for p in model.parameters())


def test_without_tqdm_there_is_no_bar_but_training(monkeypatch):
    monkeypatch.setitem(sys.modules, "tqdm", None)
    neuron = nn.Neuron(1, seed=0)
    history = nn.fit(neuron, [[1.0]], [2.0], nn.mse_loss, nn.SGD(neuron.parameters(), lr=0.1), epochs=3)
    assert len(history) == 3


def test_classify_takes_the_largest_output_and_records_nothing():
    seen = []

    def model(row):
        seen.append([Value(x) * 1 for x in row])
        return seen[-1]

    assert nn.predict_classes(model, [[1.0, 3.0, 2.0], [-1.0, -2.0, -3.0]]) == [1, 0]
    assert not any(value.parents for values in seen for value in values)


def test_what_happened_is_told_epoch_by_epoch():
    epochs = []
    held_out = ([[9.0], [10.0]], [26.0, 29.0])
    model, rows, targets = line()
    history = train(
        model, rows, targets, epochs=4, validation=held_out, callbacks=[epochs.append],
        metrics={"worst": lambda found, wanted: max(abs(a - b) for a, b in zip(found, wanted, strict=True))},
    )  # fmt: skip
    assert history.through.startswith("a recorded program, on num")
    assert history.stopped == ""
    assert [(epoch.epoch, epoch.model) for epoch in epochs] == [(number, model) for number in (1, 2, 3, 4)]
    assert history.loss == [epoch.loss for epoch in epochs] == list(history)
    assert history.validation_loss == [epoch.validation_loss for epoch in epochs]
    assert history.metrics == {"worst": [epoch.metrics["worst"] for epoch in epochs]}
    assert history.lr == [0.1] * 4
    w, b = (p.data for p in model.parameters())
    misses = [9 * w + b - 26, 10 * w + b - 29]
    assert history.validation_loss[-1] == pytest.approx(fmean(miss * miss for miss in misses))
    assert history.metrics["worst"][-1] == pytest.approx(max(map(abs, misses)))
    assert history.validation_loss[history.best_epoch - 1] == min(history.validation_loss)


@pytest.mark.parametrize(("loss", "targets", "size"), [
    (nn.mse_loss, [0.5, -1.0, 2.0, 0.0, 1.0, 3.0], 1),
    (nn.l1_loss, [0.5, -1.0, 2.0, 0.0, 1.0, 3.0], 1),
    (nn.huber_loss, [0.5, -1.0, 2.0, 0.0, 1.0, 3.0], 1),
    (nn.hinge_loss, [1, -1, 1, -1, 1, 1], 1),
    (nn.binary_cross_entropy_with_logits, [1, 0, 1, 0, 1, 1], 1),
    (nn.cross_entropy, [0, 1, 2, 2, 1, 0], 3),
], ids=lambda x: getattr(x, "__name__", ""))  # fmt: skip
def test_a_program_trains_to_the_same_weights_as_plain_recording(loss, targets, size):
    rows = [[0.5, -1.0], [2.0, 0.25], [-0.75, 3.0], [1.5, 1.0], [-2.0, -0.5], [0.3, 0.6]]
    reached = []
    for is_plain in (False, True):
        model = nn.MLP(2, [4, size], activation="tanh", seed=0)

        def only_numbers(row, model=model):
            return model([math.fsum([x]) for x in row])

        history = nn.fit(
            only_numbers if is_plain else model, rows, targets, loss, nn.Adam(model.parameters(), lr=0.05),
            epochs=5, batch_size=4, seed=0, progress=False, validation=(rows, targets),
            regularizer=lambda _, model=model: nn.l2(0.01)(model), clip=0.5,
        )  # fmt: skip
        assert history.through.startswith("eager" if is_plain else "a recorded program, on num")
        reached.append([*history.loss, *history.validation_loss, *(p.data for p in model.parameters())])
    assert reached[0] == pytest.approx(reached[1], rel=1e-9)


def test_why_training_is_eager_is_told():
    model, rows, targets = line()
    history = nn.fit(
        lambda row: model(row) if row[0] > 0 else model(row) * 1, rows, targets, nn.mse_loss,
        nn.SGD(model.parameters(), lr=0.1), epochs=1, progress=False,
    )  # fmt: skip
    assert history.through.startswith("eager, one row after the other, because it could not be recorded: ")
    assert "where(x, a, b)" in history.through


def test_dropout_is_drawn_for_each_row_and_left_out_of_validation():
    model = nn.Sequential(nn.Layer(2, 8, seed=0), nn.Dropout(0.5, seed=0), nn.Layer(8, 1, nonlin=False, seed=1))
    model.eval()
    rows, targets = [[1.0, 1.0]] * 4, [0.0] * 4
    losses = []
    optimizer = nn.SGD(model.parameters(), lr=0.0)
    history = nn.fit(
        model, rows, targets, lambda y, t: losses.append(y) or nn.mse_loss(y, t), optimizer,
        epochs=20, progress=False, validation=(rows, targets),
    )  # fmt: skip
    assert history.through.startswith("a recorded program")
    assert len(losses) < 20  # not one for every row
    assert len(set(history.loss)) == 20
    assert len(set(history.validation_loss)) == 1
    assert history.validation_loss[0] == pytest.approx(nn.predict(model, rows[:1])[0] ** 2)
    assert model.training


def test_a_regularizer_pulls_on_weights_and_not_on_biases():
    model, rows, _ = line()
    model.b.data, w = 1.0, model.w[0].data
    targets = [w * x + 1 for (x,) in rows]  # no error, so all that moves is the penalty
    history = train(model, rows, targets, epochs=1, batch_size=16, regularizer=nn.l2(0.5))
    assert model.w[0].data == pytest.approx(w - 0.1 * 0.5 * 2 * w)
    assert model.b.data == 1.0
    assert history[0] == pytest.approx(0, abs=1e-20)  # without the penalty


def test_the_gradient_is_clipped():
    model, rows, targets = line()
    before = [p.data for p in model.parameters()]
    train(model, rows, targets, epochs=1, batch_size=16, clip=0.5)
    moved = math.dist(before, [p.data for p in model.parameters()])
    assert moved == pytest.approx(0.1 * 0.5, rel=1e-4)


def test_a_schedule_changes_the_rate_and_gives_it_back():
    model, rows, targets = line()
    optimizer = nn.SGD(model.parameters(), lr=0.2)
    history = nn.fit(
        model, rows, targets, nn.mse_loss, optimizer, epochs=4, progress=False, schedule=nn.schedules.step(2, gamma=0.5)
    )
    assert history.lr == [0.2, 0.2, 0.1, 0.1]
    assert optimizer.lr == 0.2


def test_patience_ends_training_and_puts_the_best_weights_back():
    model, rows, targets = line()
    seen = []
    goal = [2.0, -0.5]  # on the way to 3 and -1, and passed

    def note(epoch):
        seen.append([p.data for p in model.parameters()])

    model.w[0].data = 0.0
    held_out = [[1.0], [-1.0]], [goal[0] + goal[1], goal[1] - goal[0]]
    history = nn.fit(
        model, rows, targets, nn.mse_loss, nn.SGD(model.parameters(), lr=0.01), epochs=100, seed=0, progress=False,
        validation=held_out, patience=3, callbacks=[note],
    )  # fmt: skip
    assert history.stopped == "no better for 3 epochs"
    assert 1 < history.best_epoch == len(history) - 3
    assert min(history.validation_loss) == history.validation_loss[history.best_epoch - 1]
    assert [p.data for p in model.parameters()] == seen[history.best_epoch - 1] != seen[-1]


def test_ctrl_c_leaves_the_best_weights_and_the_history():
    model, rows, targets = line()
    seen = []

    def callback(epoch):
        seen.append([p.data for p in model.parameters()])
        if epoch.epoch == 3:
            optimizer.lr = 0.0
            model.w[0].data = 99.0
            raise KeyboardInterrupt

    optimizer = nn.SGD(model.parameters(), lr=0.01)
    history = nn.fit(model, rows, targets, nn.mse_loss, optimizer, seed=0, progress=False, callbacks=[callback])
    assert history.stopped == "interrupted"
    assert len(history) == 3
    assert [p.data for p in model.parameters()] == seen[history.best_epoch - 1] == seen[2]
    assert optimizer.lr == 0.01


def test_ctrl_c_in_the_first_epoch_leaves_the_weights_as_they_are():
    model, rows, targets = line()
    calls = []

    class Interrupted(nn.SGD):
        def step(self):
            super().step()
            calls.append([p.data for p in model.parameters()])
            if len(calls) == 2:
                raise KeyboardInterrupt

    history = nn.fit(
        model, rows, targets, nn.mse_loss, Interrupted(model.parameters(), lr=0.1), batch_size=4, progress=False
    )
    assert len(history) == 0
    assert history.stopped == "interrupted"
    assert [p.data for p in model.parameters()] == calls[-1] != calls[0]


def test_the_first_loss_that_is_no_number_is_traced_to_its_row_and_operation():
    w = nn.Parameter(1.0, label="w")
    rows, targets = [4.0, 1.0, 3.0], [0.0, 0.0, 0.0]

    def model(row):
        return (w * row - 0.5).log()

    with pytest.raises(
        FloatingPointError, match=r"stopped in epoch 2: for row 1, log has no value at a = -?[\d.]+.*lr"
    ):
        nn.fit(model, rows, targets, nn.mse_loss, nn.SGD([w], lr=0.7), batch_size=1, seed=3, progress=False)
    assert math.isfinite(w.data)


def test_a_gradient_that_does_not_exist_is_traced():
    w = nn.Parameter(0.0, label="w")
    with pytest.raises(FloatingPointError, match=r"epoch 1: for row 0, sqrt has no derivative .*label 'w'"):
        nn.fit(lambda row: w.sqrt() * row, [1.0], [1.0], nn.mse_loss, nn.SGD([w]), progress=False)
    assert w.data == 0.0


def test_a_row_that_holds_nan_is_found():
    model, rows, targets = line()
    rows[5] = [math.nan]
    with pytest.raises(
        FloatingPointError, match=r"row 5, column 0 of rows is missing \(nan\): what is computed from it is not"
    ):
        train(model, rows, targets)


def test_a_loss_that_left_the_graph_is_refused():
    model, rows, targets = line()
    with pytest.raises(TypeError, match=r"a loss must be a Value, .*not float .*without \.data"):
        nn.fit(model, rows, targets, lambda y, t: (y.data - t) ** 2, nn.SGD(model.parameters()), progress=False)


@pytest.mark.parametrize("zero", [lambda: 0.0, lambda: Value(0.0)])
def test_a_hinge_loss_written_with_max_trains_the_weights_that_hinge_loss_does(zero):
    rows = [[x / 10, (x * 7 % 20) / 10 - 1] for x in range(-10, 10)]
    targets = [1 if a + b > 0 else -1 for a, b in rows]
    weights = []
    for loss in (nn.hinge_loss, lambda y, t: max(1 - t * y, zero())):
        model = nn.MLP(2, [3, 1], seed=0)
        history = nn.fit(
            model,
            rows,
            targets,
            loss,
            nn.SGD(model.parameters(), lr=0.3),
            epochs=8,
            batch_size=2,
            seed=0,
            progress=False,
        )
        weights.append([p.data for p in model.parameters()])
    assert "eager" in history.through
    assert "was compared" in history.through
    assert weights[0] == pytest.approx(weights[1], rel=1e-12)


@pytest.mark.parametrize("weight", [0.0, 5.0, 1000.0])  # of which the last has every row on the right side
def test_a_hinge_loss_may_be_a_plain_zero_for_some_or_all_rows(weight):
    rows = [[x / 10] for x in range(-10, 11) if x]
    targets = [1 if x > 0 else -1 for (x,) in rows]
    reached = []
    for loss in (nn.hinge_loss, lambda y, t: max(1 - t * y, 0.0), lambda y, t: max(0, 1 - t * y)):
        neuron = nn.Neuron(1, nonlin=False, seed=0)
        neuron.w[0].data, neuron.b.data = weight, 0.0
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "no gradient", nn.TrainingWarning)
            history = nn.fit(
                neuron, rows, targets, loss, nn.SGD(neuron.parameters(), lr=0.3), epochs=3, batch_size=4, seed=0,
                regularizer=nn.l2(0.01), progress=False,
            )  # fmt: skip
        reached.append([*history.loss, *(p.data for p in neuron.parameters())])
    assert reached[1] == pytest.approx(reached[0], rel=1e-12)
    assert reached[2] == reached[1]
    assert reached[0][-2] != weight  # the penalty moves it


def test_the_row_that_broke_is_named_also_behind_a_plain_zero():
    def loss(y, t):
        return max(1 - t * y, 0.0) + (1 / (y - 3) if t > 1 else 0.0)

    neuron = nn.Neuron(1, nonlin=False, seed=0)
    neuron.w[0].data, neuron.b.data = 3.0, 0.0
    rows, targets, optimizer = [[2.0]] * 5 + [[1.0]], [1] * 5 + [2], nn.SGD(neuron.parameters(), lr=0.1)
    with pytest.raises(FloatingPointError, match=r"in epoch 1: for row 5, .*division"):
        nn.fit(neuron, rows, targets, loss, optimizer, epochs=1, seed=0, progress=False)


def test_parameters_can_be_followed():
    model, rows, targets = line()
    followed = nn.ParameterHistory(model)
    train(model, rows, targets, epochs=2, batch_size=16, callbacks=[followed])
    assert followed.epochs == [0, 1, 2]
    for name, parameter in model.named_parameters():
        first, second, third = followed.weights[name]
        assert third == parameter.data
        assert [second, third] == pytest.approx(
            [first - 0.1 * followed.gradients[name][1], second - 0.1 * followed.gradients[name][2]]
        )


@pytest.mark.parametrize(
    "name",
    [
        *("loss", "validation", "validation_loss", "lr", "epoch", "_step", "_", "", " ", "weights/x", "gradients/x", 3),
        *("loss ", " loss", "error\u00a0", "lowest loss", "lowest validation", "two\nlines", "tab\there", "\x1b[2J"),
    ],
)
def test_a_metric_takes_the_name_of_no_other_column(name):
    model, rows, targets = line()
    with pytest.raises(ValueError, match=re.escape(f"metrics cannot have the name {name!r}")):
        train(model, rows, targets, validation=(rows, targets), metrics={name: nn.mean_squared_error})


def test_a_metric_is_a_function():
    model, rows, targets = line()
    with pytest.raises(TypeError, match=r"metrics\['error'\] must be a function of .*, not str 'mse'"):
        train(model, rows, targets, validation=(rows, targets), metrics={"error": "mse"})
