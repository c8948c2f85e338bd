"""How good predictions are, as people count, and the baseline that each number must beat to mean anything."""

import math
from collections import Counter
from collections.abc import Sequence, Sized
from statistics import fmean
from typing import Any, NamedTuple

from autograd.coercion import describe

ROUNDING = 1e-9  # how far above 1 a probability may come out


def accuracy(predicted: Sequence[int], targets: Sequence[int]) -> float:
    """The share of predictions that are right, 0 to 1; compare it with ``majority_baseline``.

    predicted, targets: the class of each row, as ``predict_classes`` gives it.
    Raises ValueError when the lengths differ, there are no rows, or predictions are no classes but a model's outputs.
    """
    _check_classes("accuracy", predicted, targets)
    return fmean(guess == target for guess, target in zip(predicted, targets, strict=True))


def confusion_matrix(predicted: Sequence[int], targets: Sequence[int], classes: int) -> list[list[int]]:
    """How often a row of class i was taken for class j: entry [i][j]; what is right lies on the diagonal.

    predicted, targets: the class of each row, below ``classes``, which is how many there are.
    Raises ValueError as ``accuracy`` does, or when a class is not there.
    """
    _check_classes("confusion_matrix", predicted, targets)
    counts = Counter(zip(targets, predicted, strict=True))
    beyond = [kind for pair in counts for kind in pair if not 0 <= kind < classes]
    if beyond:
        raise ValueError(f"with classes={classes} a class is 0 to {classes - 1}, but one given is {beyond[0]}")
    return [[counts[true, guess] for guess in range(classes)] for true in range(classes)]


class Scores(NamedTuple):
    """How well one class is found, each number from 0 to 1."""

    precision: float
    recall: float
    f1: float


def precision_recall_f1(predicted: Sequence[int], targets: Sequence[int], kind: int = 1) -> Scores:
    """How well the class ``kind`` is found.

    precision: the share of rows taken for it that are of it. recall: the share of its rows that are found.
    f1: the harmonic mean of the two. A share of no rows at all is 0, as scikit-learn has it.
    Raises ValueError as ``accuracy`` does.
    """
    _check_classes("precision_recall_f1", predicted, targets)
    taken = sum(guess == kind for guess in predicted)
    there = sum(target == kind for target in targets)
    right = sum(guess == target == kind for guess, target in zip(predicted, targets, strict=True))
    return Scores(right / (taken or 1), right / (there or 1), 2 * right / (taken + there or 1))


def log_loss(probabilities: Sequence[Sequence[float]], targets: Sequence[int]) -> float:
    """The mean cross-entropy of predicted probabilities, in nats: the mean of -log(probability of what was true).

    probabilities: for each row one per class, as ``softmax`` gives them. A truth that was given the probability 0 costs
    infinitely much. Compare it with ``prior_baseline``.
    Raises ValueError when the lengths differ, there are no rows, a class is not there, or what is given is no
    probability.
    """
    _check("log_loss", probabilities, targets)
    beyond = [target for row, target in zip(probabilities, targets, strict=True) if not 0 <= target < len(row)]
    if beyond:
        raise ValueError(f"log_loss needs a probability for each class, and there is none for class {beyond[0]}")
    chances = [row[target] for row, target in zip(probabilities, targets, strict=True)]
    if not all(0 <= chance <= 1 + ROUNDING for chance in chances):
        raise ValueError("log_loss takes probabilities, from 0 to 1; nn.softmax(logits) makes them of logits")
    return fmean(-math.log(chance) if chance else math.inf for chance in chances)


def mean_squared_error(predicted: Sequence[float], targets: Sequence[float]) -> float:
    """The mean of (prediction - target)**2; compare it with ``mean_baseline``.

    predicted, targets: one number for each row. Raises ValueError when the lengths differ or there are no rows.
    """
    _check("mean_squared_error", predicted, targets)
    return fmean((guess - target) ** 2 for guess, target in zip(predicted, targets, strict=True))


def r2_score(predicted: Sequence[float], targets: Sequence[float]) -> float:
    """The share of the targets' variance that is predicted: 1 is perfect, 0 as good as their mean, below 0 worse.

    predicted, targets: one number for each row.
    Raises ValueError when the lengths differ, there are no rows, or the targets do not vary.
    """
    error = mean_squared_error(predicted, targets)
    variance = mean_baseline(targets, targets)
    if not variance:
        raise ValueError(f"r2_score has no value: the targets do not vary, all {len(targets)} are {targets[0]}")
    return 1 - error / variance


def majority_baseline(training: Sequence[int], targets: Sequence[int]) -> float:
    """The accuracy on ``targets`` of always answering the commonest class in ``training``: what a model must beat."""
    _check_training(training)
    commonest = Counter(training).most_common(1)[0][0]
    return accuracy([commonest] * len(targets), targets)


def prior_baseline(training: Sequence[int], targets: Sequence[int]) -> float:
    """The ``log_loss`` on ``targets`` of always answering the shares of the classes in ``training``."""
    _check_training(training)
    counts = Counter(training)
    shares = [counts[kind] / len(training) for kind in range(max(*training, *targets) + 1)]
    return log_loss([shares] * len(targets), targets)


def mean_baseline(training: Sequence[float], targets: Sequence[float]) -> float:
    """The ``mean_squared_error`` on ``targets`` of always answering the mean of ``training``."""
    _check_training(training)
    return mean_squared_error([fmean(training)] * len(targets), targets)


def _check_training(training: Sized) -> None:
    if not len(training):
        raise ValueError("training has no targets: a baseline answers what was seen there")


def _check_classes(name: str, predicted: Sequence[Any], targets: Sequence[Any]) -> None:
    _check(name, predicted, targets)
    for guess in predicted:
        if not isinstance(guess, str) and (hasattr(guess, "__len__") or guess % 1):
            raise ValueError(
                f"{name} compares classes, and a prediction is {describe(guess)}: nn.predict_classes(model, rows) "
                "gives the class of each row"
            )
    if any(target == -1 for target in targets) and any(guess == 0 for guess in predicted):
        raise ValueError(
            f"{name} compares classes, and the targets are -1 and 1, but a prediction is 0: nn.predict_classes gives 0 "
            "and 1; give targets as [int(t > 0) for t in targets]"
        )


def _check(name: str, predicted: Sized, targets: Sized) -> None:
    if len(predicted) != len(targets) or not len(targets):
        raise ValueError(
            f"{name} needs one prediction per target, and at least one; got {len(predicted)} predictions "
            f"and {len(targets)} targets"
        )
