"""How good predictions are, as people count, and the baseline that each number must beat to mean anything."""

import math
from collections import Counter
from collections.abc import Sequence, Sized
from statistics import fmean
from typing import NamedTuple


def accuracy(predicted: Sequence[int], targets: Sequence[int]) -> float:
    """The share of predictions that are right, 0 to 1; compare it with ``majority_baseline``.

    predicted, targets: the class of each row. Raises ValueError when the lengths differ or there are no rows.
    """
    _check("accuracy", predicted, targets)
    return fmean(guess == target for guess, target in zip(predicted, targets, strict=True))


def confusion_matrix(predicted: Sequence[int], targets: Sequence[int], classes: int) -> list[list[int]]:
    """How often a row of class i was taken for class j: entry [i][j]; what is right lies on the diagonal.

    predicted, targets: the class of each row, below ``classes``, which is how many there are.
    Raises ValueError when the lengths differ, there are no rows, or a class is not there.
    """
    _check("confusion_matrix", predicted, targets)
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
    Raises ValueError when the lengths differ or there are no rows.
    """
    _check("precision_recall_f1", predicted, targets)
    taken = sum(guess == kind for guess in predicted)
    there = sum(target == kind for target in targets)
    right = sum(guess == target == kind for guess, target in zip(predicted, targets, strict=True))
    return Scores(right / (taken or 1), right / (there or 1), 2 * right / (taken + there or 1))


def log_loss(probabilities: Sequence[Sequence[float]], targets: Sequence[int]) -> float:
    """The mean cross-entropy of predicted probabilities, in nats: the mean of -log(probability of what was true).

    probabilities: for each row one per class, as ``softmax`` gives them. A truth that was given the probability 0 costs
    infinitely much. Compare it with ``prior_baseline``.
    Raises ValueError when the lengths differ or there are no rows.
    """
    _check("log_loss", probabilities, targets)
    chances = [row[target] for row, target in zip(probabilities, targets, strict=True)]
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
    commonest = Counter(training).most_common(1)[0][0]
    return accuracy([commonest] * len(targets), targets)


def prior_baseline(training: Sequence[int], targets: Sequence[int]) -> float:
    """The ``log_loss`` on ``targets`` of always answering the shares of the classes in ``training``."""
    counts = Counter(training)
    shares = [counts[kind] / len(training) for kind in range(max(*training, *targets) + 1)]
    return log_loss([shares] * len(targets), targets)


def mean_baseline(training: Sequence[float], targets: Sequence[float]) -> float:
    """The ``mean_squared_error`` on ``targets`` of always answering the mean of ``training``."""
    return mean_squared_error([fmean(training)] * len(targets), targets)


def _check(name: str, predicted: Sized, targets: Sized) -> None:
    if len(predicted) != len(targets) or not len(targets):
        raise ValueError(
            f"{name} needs one prediction per target, and at least one; got {len(predicted)} predictions "
            f"and {len(targets)} targets"
        )
