"""Callbacks: when they are called, what they see, and that the arguments of fit are the same thing."""

import warnings
from contextlib import contextmanager
from pathlib import Path

import pytest

import nn
from nn.training.callbacks import Callback, ClipNorm, EarlyStopping, Regularizer, Schedule, StopTraining

ROWS = [[x / 4, (x * 7 % 5) / 5] for x in range(12)]
TARGETS = [2 * a - b for a, b in ROWS]


def train(**how):
    model = nn.MLP(2, [3, 1], activation="tanh", seed=0)
    optimizer = nn.SGD(model.parameters(), lr=0.1, momentum=0.5)
    arguments = {"epochs": 4, "batch_size": 4, "seed": 0, "progress": False} | how
    history = nn.fit(model, ROWS, TARGETS, nn.mse_loss, optimizer, **arguments)
    return history, [parameter.data for parameter in model.parameters()], optimizer


class Diary(Callback):
    """Writes down when it is called."""

    def __init__(self):
        self.lines = []

    @contextmanager
    def around(self, training):
        self.lines.append("open")
        yield
        self.lines.append(f"close {training.history.stopped}")

    def before_epoch(self, training):
        self.lines.append(f"epoch {training.epoch}")

    def before_step(self, training):
        with training.shown():
            gradients = [parameter.grad for parameter in training.optimizer.parameters]
        assert any(gradients)
        self.lines.append(f"{len(training.batch)} rows")

    def __call__(self, epoch):
        self.lines.append(f"after {epoch.epoch}")


def test_each_method_is_called_in_its_place():
    diary = Diary()
    train(epochs=2, batch_size=8, callbacks=[diary])
    assert diary.lines == [
        "open", "epoch 1", "8 rows", "4 rows", "after 1", "epoch 2", "8 rows", "4 rows", "after 2", "close ",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("argument", "callback"),
    [
        ({"clip": 0.05}, lambda: ClipNorm(0.05)),
        ({"schedule": nn.schedules.step(1)}, lambda: Schedule(nn.schedules.step(1))),
        ({"regularizer": nn.l2(0.1)}, lambda: Regularizer(nn.l2(0.1))),
    ],
)
def test_an_argument_and_its_callback_do_the_same(argument, callback):
    plain, by_argument, by_callback = train()[1], train(**argument)[1], train(callbacks=[callback()])[1]
    assert by_argument == by_callback != plain


def test_a_callback_stops_the_training_and_its_reason_is_kept():
    def enough(epoch):
        if epoch.epoch == 3:
            raise StopTraining("the lesson is over")

    history, weights, optimizer = train(epochs=9, callbacks=[enough], schedule=nn.schedules.step(1))
    assert (len(history), history.stopped, optimizer.lr) == (3, "the lesson is over", 0.1)
    assert weights == history.best_weights


def test_early_stopping_as_a_callback():
    flat = ([ROWS[0]], [1e9])
    history, weights, _ = train(epochs=9, validation=flat, callbacks=[EarlyStopping(2)])
    same, expected, _ = train(epochs=9, validation=flat, patience=2)
    assert (history.stopped, weights, history.loss) == (same.stopped, expected, same.loss)


def test_warnings_point_at_the_call_of_fit():
    model = nn.MLP(2, [3, 1], seed=0)
    rows = [[float(x), 1000.0 * (x % 7)] for x in range(30)]
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        nn.fit(model, rows, [1.0] * 30, nn.mse_loss, nn.SGD(model.parameters(), lr=1e-9), epochs=1, progress=False)
    assert caught
    assert {Path(one.filename).name for one in caught} == {Path(__file__).name}
