"""How good predictions are, as people count, and the baseline that each number must beat to mean anything.

Lists may be arrays, series, tensors or frames of one column; their numbers are compared exactly, and what comes out is
a float.
"""

import math
from collections import Counter
from collections.abc import Callable
from functools import wraps
from inspect import signature
from statistics import fmean
from typing import Any, NamedTuple, TypeVar, cast

from autograd import Value
from autograd.arrays import column_list, oddity
from autograd.coercion import as_float, describe, number
from autograd.counting import counted

ROUNDING = 1e-4  # how far probabilities, also those of 32 bits, may add up beside 1

F = TypeVar("F", bound=Callable[..., Any])


def by_name(function: F) -> F:
    """Take arguments by name alone: two lists that are swapped would give another number, and no error.

    PyTorch has the predictions first, scikit-learn the targets.
    """
    names = [name for name, argument in signature(function).parameters.items() if argument.default is argument.empty]
    call = f"{function.__name__}({', '.join(f'{name}=...' for name in names)})"

    @wraps(function)
    def called(*args: Any, **kwargs: Any) -> Any:
        if args:
            raise TypeError(f"libraries differ in which list comes first, so name them: {call}")
        return function(**kwargs)

    return cast(F, called)


def accuracy(predicted: Any, targets: Any) -> float:
    """The share of predictions that are right, 0 to 1; compare it with ``majority_baseline``.

    predicted, targets: the class of each row, as ``predict_classes`` gives it: all numbers or all text.
    Raises ValueError when the lengths differ, there are no rows, or one is not a class but a model's output.
    """
    guesses, truths = _classes("accuracy", predicted, targets)
    return fmean(guess == truth for guess, truth in zip(guesses, truths, strict=True))


@by_name
def confusion_matrix(*, predicted: Any, targets: Any, classes: int) -> list[list[int]]:
    """How often a row of class i was taken for class j: entry ``[i][j]``; what is right lies on the diagonal.

    predicted, targets: the class of each row, below ``classes``, which is how many there are.
    Raises ValueError as ``accuracy`` does, or when a class is not there.
    """
    guesses, truths = _classes("confusion_matrix", predicted, targets)
    counts = Counter(zip(truths, guesses, strict=True))
    beyond = [kind for pair in counts for kind in pair if isinstance(kind, str) or not 0 <= kind < classes]
    if beyond:
        raise ValueError(f"with classes={classes} a class is 0 to {classes - 1}, but one given is {beyond[0]!r}")
    return [[counts[true, guess] for guess in range(classes)] for true in range(classes)]


class Scores(NamedTuple):
    """How well one class is found, each number from 0 to 1."""

    precision: float
    recall: float
    f1: float


@by_name
def precision_recall_f1(*, predicted: Any, targets: Any, kind: Any = 1) -> Scores:
    """How well the class ``kind`` is found.

    precision: the share of rows taken for it that are of it. recall: the share of its rows that are found.
    f1: the harmonic mean of the two. A share of no rows at all is 0, as scikit-learn has it.
    Raises ValueError as ``accuracy`` does.
    """
    guesses, truths = _classes("precision_recall_f1", predicted, targets)
    taken, there = guesses.count(kind), truths.count(kind)
    right = sum(guess == truth == kind for guess, truth in zip(guesses, truths, strict=True))
    return Scores(right / (taken or 1), right / (there or 1), 2 * right / (taken + there or 1))


def log_loss(probabilities: Any, targets: Any) -> float:
    """The mean cross-entropy of predicted probabilities, in nats: the mean of -log(probability of what was true).

    probabilities: for each row one per class, as ``softmax`` gives them. A truth that was given the probability 0 costs
    infinitely much. Compare it with ``prior_baseline``.
    Raises ValueError when the lengths differ, there are no rows, a class is not there, or what is given is no
    probability.
    """
    rows, truths = _paired("log_loss", probabilities, targets)
    if not all(hasattr(row, "__len__") and not isinstance(row, str) for row in rows):
        raise ValueError("log_loss takes a list of probabilities for each row, one per class, and then the targets")
    truths = [_class("log_loss", "a target", truth) for truth in truths]
    beyond = [truth for row, truth in zip(rows, truths, strict=True) if truth not in range(len(row))]
    if beyond:
        raise ValueError(f"log_loss needs a probability for each class, and there is none for class {beyond[0]!r}")
    rows = [_numbers(f"probabilities[{place}]", row) for place, row in enumerate(rows)]
    if not all(
        0 <= min(row) <= max(row) <= 2 and math.isclose(sum(row), 1, rel_tol=0, abs_tol=ROUNDING) for row in rows
    ):
        raise ValueError(
            "log_loss takes probabilities, from 0 to 1, that add up to 1 in each row; nn.softmax(logits) makes them "
            "of logits"
        )
    chances = [row[truth] for row, truth in zip(rows, truths, strict=True)]
    return fmean(-math.log(chance) if chance else math.inf for chance in chances)


def mean_squared_error(predicted: Any, targets: Any) -> float:
    """The mean of (prediction - target)**2; compare it with ``mean_baseline``.

    predicted, targets: one number for each row. Raises ValueError when the lengths differ or there are no rows.
    """
    guesses, truths = _paired("mean_squared_error", predicted, targets)
    pairs = zip(_numbers("predicted", guesses), _numbers("targets", truths), strict=True)
    errors = [_difference(place, guess, truth) for place, (guess, truth) in enumerate(pairs)]
    return fmean(error * error for error in errors)


@by_name
def r2_score(*, predicted: Any, targets: Any) -> float:
    """The share of the targets' variance that is predicted: 1 is perfect, 0 as good as their mean, below 0 worse.

    predicted, targets: one number for each row.
    Raises ValueError when the lengths differ, there are no rows, or the targets do not vary.
    """
    error, truths = mean_squared_error(predicted, targets), column_list(targets, "targets")
    variance = mean_baseline(training=truths, targets=truths)
    if not variance:
        raise ValueError(f"r2_score has no value: the targets do not vary, all {len(truths)} are {truths[0]}")
    return 1 - error / variance


@by_name
def majority_baseline(*, training: Any, targets: Any) -> float:
    """The accuracy on ``targets`` of always answering the commonest class in ``training``: what a model must beat."""
    seen, truths = _seen("majority_baseline", training), column_list(targets, "targets")
    commonest = Counter(seen).most_common(1)[0][0]
    return accuracy([commonest] * len(truths), truths)


@by_name
def prior_baseline(*, training: Any, targets: Any) -> float:
    """The ``log_loss`` on ``targets`` of always answering the shares of the classes in ``training``."""
    seen = _seen("prior_baseline", training)
    truths = [_class("prior_baseline", "a target", truth) for truth in column_list(targets, "targets")]
    counts = Counter(seen)
    if odd := [kind for kind in (*seen, *truths) if isinstance(kind, str) or kind < 0]:
        raise ValueError(f"prior_baseline counts classes by their numbers, from 0 on, and one given is {odd[0]!r}")
    shares = [counts[kind] / len(seen) for kind in range(max(*seen, *truths) + 1)]
    return log_loss([shares] * len(truths), truths)


@by_name
def mean_baseline(*, training: Any, targets: Any) -> float:
    """The ``mean_squared_error`` on ``targets`` of always answering the mean of ``training``."""
    seen = _numbers("training", column_list(training, "training"))
    if not seen:
        raise ValueError(NOTHING_SEEN)
    mean = fmean(as_float(x, f"training[{place}]") for place, x in enumerate(seen))
    return mean_squared_error([mean] * len(targets), targets)


NOTHING_SEEN = "training has no targets: a baseline answers what was seen there"


def _seen(name: str, training: Any) -> list[Any]:
    seen = [_class(name, "a target in training", kind) for kind in column_list(training, "training")]
    if not seen:
        raise ValueError(NOTHING_SEEN)
    return seen


def _paired(name: str, predicted: Any, targets: Any) -> tuple[list[Any], list[Any]]:
    guesses, truths = column_list(predicted, "predicted"), column_list(targets, "targets")
    if len(guesses) != len(truths) or not truths:
        raise ValueError(
            f"{name} needs one prediction per target, and at least one; got {counted(len(guesses), 'prediction')} "
            f"and {counted(len(truths), 'target')}"
        )
    return guesses, truths


def _classes(name: str, predicted: Any, targets: Any) -> tuple[list[Any], list[Any]]:
    guesses, truths = _paired(name, predicted, targets)
    guesses = [_class(name, "a prediction", guess) for guess in guesses]
    truths = [_class(name, "a target", truth) for truth in truths]
    if len({isinstance(kind, str) for kind in (*guesses, *truths)}) > 1:
        text, other = sorted((guesses[0], truths[0]), key=lambda kind: not isinstance(kind, str))
        raise ValueError(
            f"{name} compares classes, and some are text, such as {text!r}, some numbers, such as {other!r}: give all "
            "by their names, or all by their numbers"
        )
    if -1 in truths and 0 in guesses:
        raise ValueError(
            f"{name} compares classes, and the targets are -1 and 1, but a prediction is 0: nn.predict_classes gives 0 "
            "and 1; give targets as [int(t > 0) for t in targets]"
        )
    return guesses, truths


def _class(name: str, role: str, given: Any) -> Any:
    """A class as text or an int. Raises ValueError for anything else, such as an output of a model."""
    if isinstance(given, str):
        return given
    if not isinstance(given, Value) and not hasattr(given, "__len__") and not oddity(given) and not number(given) % 1:
        return int(number(given))
    raise ValueError(
        f"{name} compares classes, and {role} is {describe(given)}: nn.predict_classes(model, rows) gives the class of "
        "each row"
    )


def _difference(place: int, guess: Any, truth: Any) -> float:
    try:
        return float(guess - truth)
    except OverflowError:
        raise OverflowError(f"predicted[{place}] - targets[{place}] is too large for a float") from None


def _numbers(name: str, given: Any) -> list[float]:
    """Plain numbers. Raises ValueError that names the one that is none."""
    for place, x in enumerate(given):
        if isinstance(x, Value):
            raise ValueError(
                f"{name}[{place}] is a Value: nn.predict(model, rows) gives plain numbers, and so does .data"
            )
        if (wrong := oddity(x)) and wrong not in ("inf", "-inf"):
            raise ValueError(f"{name}[{place}] is {wrong}: a number is needed for each row")
    return [number(x) for x in given]
