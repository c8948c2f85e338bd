import math
from statistics import fmean, pvariance

import numpy as np
import pytest
import sklearn.metrics
from hypothesis import given
from hypothesis import strategies as st

import nn
from autograd import Value
from autograd.counting import counted

PAIRS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1)
METRICS = {
    "accuracy": nn.accuracy,
    "confusion_matrix": lambda predicted, targets: nn.confusion_matrix(predicted=predicted, targets=targets, classes=3),
    "precision_recall_f1": lambda predicted, targets: nn.precision_recall_f1(predicted=predicted, targets=targets),
    "log_loss": nn.log_loss,
    "mean_squared_error": nn.mean_squared_error,
}


@pytest.mark.parametrize("name", METRICS)
def test_a_target_is_needed_for_each_prediction(name):
    for predicted, targets in (([0], [0, 1]), ([], [])):
        words = f"{name} needs .* {counted(len(predicted), 'prediction')} and {counted(len(targets), 'target')}"
        with pytest.raises(ValueError, match=words):
            METRICS[name](predicted, targets)


def test_accuracy_is_the_share_that_is_right():
    assert nn.accuracy([0, 1, 2, 2], [0, 1, 1, 2]) == 0.75


@pytest.mark.parametrize("outputs", [[0.3, 0.7], [1.0, -0.5], [[0.1, 0.9], [0.8, 0.2]]])
def test_outputs_are_no_classes(outputs):
    for measure in (
        nn.accuracy,
        METRICS["precision_recall_f1"],
        lambda p, t: nn.confusion_matrix(predicted=p, targets=t, classes=2),
    ):
        with pytest.raises(ValueError, match=r"compares classes, and .*nn.predict_classes\(model, rows\)"):
            measure(outputs, [0, 1])


def test_classes_may_be_text_or_numpys_numbers():
    assert nn.accuracy(["cat", "dog"], ["cat", "cat"]) == nn.accuracy(np.array([1.0, 0.0]), np.array([1, 1])) == 0.5


def test_zero_and_minus_one_are_not_taken_for_each_other():
    assert nn.accuracy([1, -1, 1], [1, -1, -1]) == 2 / 3
    with pytest.raises(ValueError, match="targets are -1 and 1, but a prediction is 0"):
        nn.accuracy([1, 0, 1], [1, -1, -1])


def test_log_loss_takes_probabilities_of_classes_that_are_there():
    with pytest.raises(ValueError, match=r"takes probabilities.*nn.softmax"):
        nn.log_loss([[3.0, -1.0]], [0])
    for beyond in (-1, 2):
        with pytest.raises(ValueError, match=f"there is none for class {beyond}"):
            nn.log_loss([[0.5, 0.5]], [beyond])


def test_a_baseline_needs_something_to_have_seen():
    for baseline in (nn.majority_baseline, nn.prior_baseline, nn.mean_baseline):
        with pytest.raises(ValueError, match="training has no targets"):
            baseline(training=[], targets=[1])


def test_the_baseline_answers_what_was_commonest_in_training():
    assert nn.majority_baseline(training=[2, 2, 0, 1], targets=[0, 0, 0, 2]) == 0.25


def test_a_confusion_matrix_has_truths_in_rows_and_guesses_in_columns():
    assert nn.confusion_matrix(predicted=[0, 1, 1, 2], targets=[0, 0, 1, 2], classes=3) == [
        [1, 1, 0],
        [0, 1, 0],
        [0, 0, 1],
    ]
    with pytest.raises(ValueError, match="with classes=2 a class is 0 to 1, but one given is 2"):
        nn.confusion_matrix(predicted=[0, 2], targets=[0, 1], classes=2)


@given(PAIRS)
def test_the_metrics_of_classes_agree_with_each_other(pairs):
    predicted, targets = zip(*pairs, strict=True)
    matrix = nn.confusion_matrix(predicted=predicted, targets=targets, classes=4)
    assert sum(map(sum, matrix)) == len(pairs)
    assert nn.accuracy(predicted, targets) == pytest.approx(sum(matrix[i][i] for i in range(4)) / len(pairs))
    for kind in range(4):
        precision, recall, f1 = nn.precision_recall_f1(predicted=predicted, targets=targets, kind=kind)
        taken, there = sum(row[kind] for row in matrix), sum(matrix[kind])
        assert precision == pytest.approx(matrix[kind][kind] / taken if taken else 0)
        assert recall == pytest.approx(matrix[kind][kind] / there if there else 0)
        assert f1 == pytest.approx(2 / (1 / precision + 1 / recall) if matrix[kind][kind] else 0)


def test_precision_and_recall_are_of_the_class_asked_for():
    scores = nn.precision_recall_f1(predicted=[1, 1, 1, 0, 0], targets=[1, 0, 0, 1, 0])
    assert scores == (1 / 3, 1 / 2, 0.4)
    assert nn.precision_recall_f1(predicted=[1, 1, 1, 0, 0], targets=[1, 0, 0, 1, 0], kind=0).precision == 1 / 2
    assert nn.precision_recall_f1(predicted=[0], targets=[0], kind=1) == (0, 0, 0)  # none there, none found


def test_log_loss_is_the_surprise_at_what_was_true():
    rows = [[0.5, 0.25, 0.25], [0.1, 0.8, 0.1]]
    assert nn.log_loss(rows, [1, 1]) == pytest.approx((math.log(4) + math.log(1.25)) / 2)
    assert nn.log_loss([[1.0, 0.0]], [1]) == math.inf
    assert nn.log_loss([[1.0, 0.0]], [0]) == 0


def test_the_baseline_of_probabilities_answers_the_shares_in_training():
    training, targets = [0, 0, 0, 1], [0, 1]
    assert nn.prior_baseline(training=training, targets=targets) == pytest.approx(
        -(math.log(0.75) + math.log(0.25)) / 2
    )
    assert nn.prior_baseline(training=[0, 1], targets=[2]) == math.inf  # never seen in training


def test_errors_of_numbers():
    assert nn.mean_squared_error([1.0, 2.0], [3.0, 2.0]) == 2
    assert nn.mean_baseline(training=[1.0, 3.0], targets=[2.0, 5.0]) == 4.5


@given(st.lists(st.floats(-100, 100), min_size=2, unique_by=lambda x: round(x, 3)), st.floats(-3, 3))
def test_r2_is_1_for_the_truth_0_for_its_mean_and_falls_with_the_error(targets, shift):
    assert nn.r2_score(predicted=targets, targets=targets) == 1
    assert nn.r2_score(predicted=[fmean(targets)] * len(targets), targets=targets) == pytest.approx(0)
    shifted = [target + shift for target in targets]
    assert nn.r2_score(predicted=shifted, targets=targets) == pytest.approx(1 - shift**2 / pvariance(targets))


def test_r2_has_no_value_where_targets_do_not_vary():
    with pytest.raises(ValueError, match=r"the targets do not vary, all 2 are 3.0"):
        nn.r2_score(predicted=[1.0, 2.0], targets=[3.0, 3.0])


def test_r2_of_targets_whose_variance_is_too_small_for_a_number():
    with pytest.raises(ValueError, match="the targets do not vary"):
        nn.r2_score(predicted=[0.0, 0.0], targets=[0.0, 1e-300])


SWAPPABLE = {
    "confusion_matrix": (nn.confusion_matrix, "predicted", {"classes": 2}),
    "precision_recall_f1": (nn.precision_recall_f1, "predicted", {}),
    "r2_score": (nn.r2_score, "predicted", {}),
    "majority_baseline": (nn.majority_baseline, "training", {}),
    "prior_baseline": (nn.prior_baseline, "training", {}),
    "mean_baseline": (nn.mean_baseline, "training", {}),
}


@pytest.mark.parametrize("name", SWAPPABLE)
def test_lists_whose_order_matters_are_given_by_name(name):
    metric, first, others = SWAPPABLE[name]
    one, other = [0, 1, 1, 1], [0, 0, 1, 1]
    assert metric(**{first: one, "targets": other}, **others) != metric(**{first: other, "targets": one}, **others)
    with pytest.raises(TypeError, match=rf"comes first, so name them: {name}\({first}=\.\.\., targets=\.\.\."):
        metric(one, other, **others)


def test_the_order_does_not_matter_where_it_is_not_asked_for():
    one, other = [0, 1, 1, 1], [0, 0, 1, 1]
    for metric in (nn.accuracy, nn.mean_squared_error):
        assert metric(one, other) == metric(other, one)
    with pytest.raises(ValueError, match="a list of probabilities for each row, one per class, and then the targets"):
        nn.log_loss([0, 1], [[0.5, 0.5], [0.2, 0.8]])


@given(PAIRS)
def test_the_metrics_are_those_of_scikit_learn(pairs):
    predicted, targets = (list(column) for column in zip(*pairs, strict=True))
    assert nn.accuracy(predicted, targets) == pytest.approx(sklearn.metrics.accuracy_score(targets, predicted))
    labels = range(4)
    expected = sklearn.metrics.confusion_matrix(targets, predicted, labels=labels).tolist()
    assert nn.confusion_matrix(predicted=predicted, targets=targets, classes=4) == expected
    scores = sklearn.metrics.precision_recall_fscore_support(targets, predicted, labels=labels, zero_division=0)
    for kind in labels:
        found = nn.precision_recall_f1(predicted=predicted, targets=targets, kind=kind)
        assert found == pytest.approx([score[kind] for score in scores[:3]])
    if len(set(targets)) > 1:
        expected = sklearn.metrics.r2_score(targets, predicted)
        assert nn.r2_score(predicted=predicted, targets=targets) == pytest.approx(expected)


def test_classes_by_name_and_by_number_are_not_compared():
    for metric in (nn.accuracy, METRICS["precision_recall_f1"], METRICS["confusion_matrix"]):
        for one, other in ((["a"], [0]), ([0], ["a"]), (["0"], [0])):
            with pytest.raises(ValueError, match=r"some are text, such as '[a0]', some numbers, such as 0: give all"):
                metric(one, other)


def test_values_are_no_classes_and_no_numbers_to_measure():
    for metric in (nn.accuracy, METRICS["precision_recall_f1"], METRICS["confusion_matrix"]):
        with pytest.raises(ValueError, match=r"a prediction is Value .*nn.predict_classes\(model, rows\)"):
            metric([Value(1.0)], [1])
    with pytest.raises(ValueError, match=r"predicted\[1\] is a Value: nn.predict\(model, rows\) gives plain numbers"):
        nn.mean_squared_error([1.0, Value(1.0)], [1, 2])


@pytest.mark.parametrize("odd", [None, math.nan, "red", 1j])
def test_what_is_no_number_is_named(odd):
    with pytest.raises(ValueError, match=r"targets\[1\] is "):
        nn.mean_squared_error([1.0, 2.0], [1.0, odd])
    with pytest.raises(ValueError, match=r"predicted\[1\] is "):
        nn.r2_score(predicted=[1.0, odd], targets=[1.0, 2.0])
    for metric in (nn.accuracy, METRICS["precision_recall_f1"], METRICS["confusion_matrix"]):
        with pytest.raises(ValueError, match="compares classes, and "):
            metric([1, odd], [1, 0])


def test_probabilities_add_up_to_1():
    for rows in ([[0.5, 0.6]], [[0.5, 0.4]], [[1.5, -0.5]], [[0.5, math.nan]]):
        with pytest.raises(ValueError, match="probabilities"):
            nn.log_loss(rows, [0])


def test_a_difference_that_no_float_holds_is_named():
    huge = 10**400
    assert nn.mean_squared_error([huge, 1], [huge, 0]) == 0.5
    for measure in (nn.mean_squared_error, lambda guesses, truths: nn.r2_score(predicted=guesses, targets=truths)):
        with pytest.raises(OverflowError, match=r"predicted\[1\] - targets\[1\] is too large for a float"):
            measure([0, huge], [1, 0])
        with pytest.raises(OverflowError, match=r"predicted\[0\] - targets\[0\] is too large for a float"):
            measure([0.5, 1.0], [huge, 0])
    with pytest.raises(OverflowError, match=r"training\[0\] is too large for a float"):
        nn.mean_baseline(training=[huge], targets=[0])
