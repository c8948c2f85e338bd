"""What an object shows of itself ends up in notebooks: it must say what it is, and be the same at each run."""

import pytest

import autograd
import nn
from autograd import Value
from nn.optim import schedules
from nn.training.callbacks import AfterEpoch, ClipNorm, EarlyStopping, Progress, Regularizer, Schedule

MODEL = nn.MLP(2, [2, 1], activation="tanh", seed=0)
ROWS, TARGETS = [[0.0, 1.0], [1.0, 0.0], [2.0, 1.5]], [1.0, 0.0, 1.0]
TABLE = nn.Dataset(ROWS, TARGETS, ["length", "width"], [])


class Own(nn.Optimizer):
    def change(self, weights, gradient):
        return self.lr * gradient


def squared(epoch):
    return 1.0 / (1 + epoch) ** 2


def things():
    parameters = MODEL.parameters()
    return [
        nn.SGD(parameters, lr=0.1),
        nn.Adam(parameters),
        nn.AdamW(parameters),
        nn.Adagrad(parameters),
        nn.RMSProp(parameters),
        Own(parameters, 0.5),
        nn.StandardScaler(),
        nn.StandardScaler().fit(ROWS),
        nn.TableEncoder(TABLE),
        TABLE,
        nn.ParameterHistory(MODEL),
        schedules.constant(),
        schedules.step(3),
        schedules.linear(3),
        schedules.cosine(3, end=0.5),
        schedules.warm_up(schedules.cosine(3), 2),
        schedules.warm_up(squared, 2),
        nn.l1(0.5),
        nn.l2(0.1),
        nn.initializers.scaled(nn.initializers.normal, 0.1),
        EarlyStopping(3),
        Schedule(squared),
        Schedule(schedules.cosine(3)),
        Regularizer(nn.l2(0.1)),
        ClipNorm(1.0),
        Progress(),
        AfterEpoch(squared),
        MODEL,
        *MODEL.layers,
        *MODEL.parameters(),
        nn.Embedding(3, 2, seed=0),
        nn.CausalSelfAttention(2, 1, seed=0),
        nn.LayerNorm(2),
        nn.RMSNorm(2),
        nn.Dropout(0.5),
        nn.Activation("relu"),
        nn.Linear(2, 3),
        nn.Sequential(nn.Linear(2, 3)),
        nn.Module(),
        autograd.compile(MODEL([1.0, 2.0])),
        Value(2.0) * 3,
        nn.fit(MODEL, ROWS, TARGETS, nn.mse_loss, Own(parameters, 0.5), epochs=1),
    ]


@pytest.mark.parametrize("thing", things(), ids=lambda thing: type(thing).__name__)
def test_nothing_shows_where_it_lies_in_memory(thing):
    assert " at 0x" not in repr(thing)
    assert len(repr(thing)) < 300


def test_a_run_shows_its_name(tmp_path):
    run = nn.Run(MODEL, TABLE, folder=tmp_path)
    assert repr(run) == "Run('run-1')"
    run.finish({"loss": 1.0})
    assert " at 0x" not in repr(nn.read_run(run.path))


def test_what_is_shown_is_the_call_that_makes_it():
    assert repr(nn.SGD(MODEL.parameters(), lr=0.1)) == (
        "SGD(lr=0.1, momentum=0, dampening=0.0, weight_decay=0, nesterov=False)"
    )
    assert repr(schedules.warm_up(schedules.cosine(3, end=0.5), 2)) == "warm_up(cosine(3, end=0.5), 2)"
    assert repr(nn.l2(0.1)) == "l2(0.1)"
    assert repr(nn.initializers.scaled(nn.initializers.normal, 0.1)) == "scaled(normal, 0.1)"
    assert repr(Schedule(squared)) == "Schedule(schedule=squared)"
    assert repr(EarlyStopping(3)) == "EarlyStopping(patience=3)"
    assert repr(nn.StandardScaler().fit(ROWS)) == "StandardScaler(2 columns)"
    assert repr(nn.TableEncoder(TABLE)) == "TableEncoder(length, width)"
