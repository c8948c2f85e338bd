import copy
import math

import numpy as np
import pytest
import sklearn.metrics

import nn
from autograd import Value
from nn.training.prediction import Evaluator

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


@pytest.mark.parametrize("away", [Value.detach, copy.deepcopy, lambda y: Value(y.data)])
def test_a_decision_by_a_number_that_left_the_graph_is_noticed(away):
    weight = nn.Parameter(1.0)

    def model(row):
        y = weight * row[0]
        return y if away(y) < 3 else -y

    rows = [[float(x)] for x in range(12)]
    assert nn.predict(model, rows) == [x if x < 3 else -x for (x,) in rows]


def test_a_class_is_the_largest_output_or_the_sign_of_the_only_one():
    rows = [[1.0, 3.0, 2.0], [-1.0, -2.0, -3.0], [0.0, 1.0, 5.0], [4.0, 4.0, 1.0]] * 3
    assert nn.predict_classes(lambda row: [1 * x for x in row], rows) == [1, 0, 2, 0] * 3
    assert nn.predict_classes(lambda row: row[1] * Value(1.0) - 2, rows) == [1, 0, 0, 1] * 3


def judge(model, loss, rows, targets, **metrics):
    return Evaluator(model, loss, rows, targets, model.parameters(), metrics)


def test_a_judge_measures_the_mean_loss_and_hands_predictions_to_metrics():
    model = nn.MLP(2, [3, 3], seed=0)
    targets = [i % 3 for i in range(12)]
    look = judge(model, nn.cross_entropy, ROWS, targets, accuracy=nn.accuracy, first=lambda p, t: p[0] + 10 * t[1])
    for _ in range(2):
        loss, metrics = look()
        assert loss == pytest.approx(sum(nn.cross_entropy(model(r), t).data for r, t in zip(ROWS, targets)) / 12)
        guesses = nn.predict_classes(model, ROWS)
        assert metrics == {"accuracy": nn.accuracy(guesses, targets), "first": guesses[0] + 10}
        for p in model.parameters():
            p.data *= -1


@pytest.mark.parametrize("targets", [[0, 1] * 6, [0.0, 1.0] * 6, [False, True] * 6, np.array([-1, 1] * 6), [-1.0] * 12])
def test_predictions_are_classes_where_targets_are(targets):
    model = nn.MLP(2, [3, 1], seed=0)
    _, metrics = judge(model, nn.mse_loss, ROWS, targets, accuracy=nn.accuracy)()
    right = [(output > 0) == (target > 0) for output, target in zip(nn.predict(model, ROWS), targets, strict=True)]
    assert metrics["accuracy"] == sum(right) / 12


@pytest.mark.parametrize("targets", [[0.5, 1.0] * 6, [0, 1, 2] * 4, [[0], [1]] * 6])
def test_predictions_are_outputs_where_targets_are_numbers(targets):
    model, given = nn.MLP(2, [3, 1], seed=0), []
    judge(model, nn.mse_loss, ROWS, targets, given=lambda predictions, _: given.extend(predictions) or 0.0)()
    assert given == pytest.approx(nn.predict(model, ROWS))


def test_a_metric_is_one_number():
    look = judge(nn.MLP(2, [3, 1], seed=0), nn.mse_loss, ROWS, [0, 1] * 6, scores=nn.precision_recall_f1)
    with pytest.raises(TypeError, match=r"metrics\['scores'\] must give one number, not Scores"):
        look()


def test_a_model_may_give_anything_where_nothing_but_the_loss_is_measured():
    weight = nn.Parameter(2.0)
    look = Evaluator(
        lambda x: (weight, [x[0], x[1]]), lambda y, t: (y[0] * y[1][0] - t) ** 2, ROWS, [1.0] * 12, [weight], {}
    )
    assert look()[0] == pytest.approx(sum((2 * x - 1) ** 2 for x, _ in ROWS) / 12)


def test_a_judge_leaves_dropout_out():
    model = nn.Sequential(nn.Layer(2, 8, seed=0), nn.Dropout(0.5, seed=0), nn.Layer(8, 1, nonlin=False, seed=1))
    look = judge(model, nn.mse_loss, ROWS, [1.0] * 12)
    assert look() == look()
    assert model.training


def test_a_loss_that_is_no_number_is_named():
    model = nn.MLP(2, [3, 1], seed=0)
    with pytest.raises(FloatingPointError, match="validation row 5 is nan"):
        judge(model, nn.mse_loss, ROWS, [1.0] * 5 + [math.nan] * 7)()


def test_a_metric_gets_each_list_by_its_name():
    model, targets = nn.MLP(2, [3, 1], seed=0), [0.5, 1.0, -2.0] * 4
    predictions = nn.predict(model, ROWS)
    _, figures = judge(
        model, nn.mse_loss, ROWS, targets, ours=nn.r2_score, theirs=sklearn.metrics.r2_score,
        plain=lambda p, t: p[1] - t[1], swapped=lambda targets, predictions: targets[1] - predictions[1],
    )()  # fmt: skip
    assert figures["ours"] == pytest.approx(figures["theirs"])
    assert figures["ours"] == pytest.approx(sklearn.metrics.r2_score(targets, predictions))
    assert figures["plain"] == -figures["swapped"] == pytest.approx(predictions[1] - targets[1])
    labels = [0, 1] * 6
    classes = nn.MLP(2, [3, 2], seed=0)
    _, figures = judge(classes, nn.cross_entropy, ROWS, labels, f1=sklearn.metrics.f1_score)()
    guesses = nn.predict_classes(classes, ROWS)
    assert figures["f1"] == pytest.approx(nn.precision_recall_f1(predicted=guesses, targets=labels).f1)
