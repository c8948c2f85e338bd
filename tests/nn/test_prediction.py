import math

import numpy as np
import pytest

import nn
from autograd import Value
from nn.prediction import Judge

ROWS = [[x / 7, 1 - x / 5] for x in range(12)]


def test_predict_gives_what_the_model_gives():
    for model in (nn.MLP(2, [3, 2], seed=0), nn.MLP(2, [3, 1], seed=0)):
        expected = [model(row) for row in ROWS]
        plain = [[y.data for y in out] if isinstance(out, list) else out.data for out in expected]
        for count in (len(ROWS), 3, 1):
            found = nn.predict(model, ROWS[:count])
            assert len(found) == count
            for a, b in zip(found, plain, strict=False):
                assert a == pytest.approx(b, rel=1e-12)
        assert all(p.grad == 0 for p in model.parameters())
    assert nn.predict(model, []) == []


def test_predict_leaves_dropout_out_and_puts_it_back():
    dropout = nn.Dropout(0.5, seed=0)
    model = nn.Sequential(nn.Layer(2, 3, seed=0), dropout)
    layer = [[y.data for y in model.layers[0](row)] for row in ROWS]
    assert np.array(nn.predict(model, ROWS)) == pytest.approx(np.array(layer))
    assert model.training
    assert dropout.training
    model.eval()
    nn.predict(model, ROWS)
    assert not dropout.training


def test_predict_works_where_nothing_can_be_recorded():
    model = nn.MLP(2, [3, 1], seed=0)
    assert nn.predict(lambda row: model(row) if row[0] > 0.5 else -model(row), ROWS) == [
        model(row).data if row[0] > 0.5 else -model(row).data for row in ROWS
    ]


def test_a_class_is_the_largest_output_or_the_sign_of_the_only_one():
    rows = [[1.0, 3.0, 2.0], [-1.0, -2.0, -3.0], [0.0, 1.0, 5.0], [4.0, 4.0, 1.0]] * 3
    assert nn.classify(lambda row: [1 * x for x in row], rows) == [1, 0, 2, 0] * 3
    assert nn.classify(lambda row: row[1] * Value(1.0) - 2, rows) == [1, 0, 0, 1] * 3


def judge(model, loss, rows, targets, **metrics):
    return Judge(model, loss, rows, targets, model.parameters(), metrics)


def test_a_judge_measures_the_mean_loss_and_hands_predictions_to_metrics():
    model = nn.MLP(2, [3, 3], seed=0)
    targets = [i % 3 for i in range(12)]
    look = judge(model, nn.cross_entropy, ROWS, targets, accuracy=nn.accuracy, given=lambda p, t: (p, t))
    for _ in range(2):
        loss, metrics = look()
        assert loss == pytest.approx(sum(nn.cross_entropy(model(r), t).data for r, t in zip(ROWS, targets)) / 12)
        guesses = nn.classify(model, ROWS)
        assert metrics == {"accuracy": nn.accuracy(guesses, targets), "given": (guesses, targets)}
        for p in model.parameters():
            p.data *= -1


@pytest.mark.parametrize(
    ("targets", "are_classes"), [([0, 1] * 6, True), ([-1, 1] * 6, False), ([0.0, 1.0] * 6, False)]
)
def test_predictions_are_classes_where_targets_are(targets, are_classes):
    model = nn.MLP(2, [3, 1], seed=0)
    _, metrics = judge(model, nn.mse_loss, ROWS, targets, given=lambda predictions, _: predictions)()
    assert metrics["given"] == (nn.classify(model, ROWS) if are_classes else pytest.approx(nn.predict(model, ROWS)))


def test_a_judge_leaves_dropout_out():
    model = nn.Sequential(nn.Layer(2, 8, seed=0), nn.Dropout(0.5, seed=0), nn.Layer(8, 1, nonlin=False, seed=1))
    look = judge(model, nn.mse_loss, ROWS, [1.0] * 12)
    assert look() == look()
    assert model.training


def test_a_loss_that_is_no_number_is_named():
    model = nn.MLP(2, [3, 1], seed=0)
    with pytest.raises(FloatingPointError, match="validation row 5 is nan"):
        judge(model, nn.mse_loss, ROWS, [1.0] * 5 + [math.nan] * 7)()
