import math
import random
import sys
from itertools import chain
from statistics import fmean

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


def test_training_that_runs_away_is_stopped():
    model, rows, targets = line()
    with pytest.raises((OverflowError, FloatingPointError)):
        nn.fit(model, rows, targets, nn.mse_loss, nn.SGD(model.parameters(), lr=1e9), epochs=99, progress=False)
    assert all(math.isfinite(p.data) for p in model.parameters())


def test_the_progress_bar_needs_tqdm(monkeypatch):
    monkeypatch.setitem(sys.modules, "tqdm", None)
    with pytest.raises(ModuleNotFoundError, match=r'tqdm.*pip install "glassgrad\[learn\]"'):
        train(*line(), progress=True)
    assert len(train(*line(), epochs=2)) == 2


def test_classify_takes_the_largest_output_and_records_nothing():
    seen = []

    def model(row):
        seen.append([Value(x) * 1 for x in row])
        return seen[-1]

    assert nn.classify(model, [[1.0, 3.0, 2.0], [-1.0, -2.0, -3.0]]) == [1, 0]
    assert not any(value.parents for values in seen for value in values)


def test_irises_are_told_apart_over_five_seeds():
    reached = []
    for seed in range(5):
        training, held_out = nn.stratified_split(nn.iris(), seed=seed)
        standardize = nn.Standardizer(training.rows)
        model = nn.MLP(4, [8, 3], seed=seed)
        optimizer = nn.SGD(model.parameters(), lr=0.1)
        rows = standardize(training.rows)
        nn.fit(model, rows, training.targets, nn.cross_entropy, optimizer, epochs=40, seed=seed, progress=False)
        guesses = nn.classify(model, standardize(held_out.rows))
        reached.append(nn.accuracy(guesses, held_out.targets))
        assert reached[-1] > nn.majority_baseline(training.targets, held_out.targets) + 0.4
    assert fmean(reached) >= 0.93
