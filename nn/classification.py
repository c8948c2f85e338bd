"""Scores of classes, one per class (logits), as probabilities, and how wrong they are."""

import operator
from collections.abc import Sequence
from functools import reduce
from typing import Any

from autograd import exp, log, maximum, softplus
from autograd.coercion import describe


def softmax(logits: Sequence[Any]) -> list[Any]:
    """Probabilities that add up to 1: exp(logit) over the sum of them all.

    logits: one number or Value per class. Only their differences matter, so the largest is subtracted first, by a
    row of the table: nothing overflows, also not when a program is given other numbers.
    Raises ValueError when there are none.
    """
    powers = [exp(x) for x in _below_largest(logits)]
    total = sum(powers)
    return [power / total for power in powers]


def log_softmax(logits: Sequence[Any]) -> list[Any]:
    """The logarithms of ``softmax``, finite also where a probability is too small for a float."""
    below = _below_largest(logits)
    log_total = log(sum(exp(x) for x in below))
    return [x - log_total for x in below]


def nll_loss(log_probabilities: Sequence[Any], target: Any) -> Any:
    """The negative log likelihood: minus the logarithm of the probability that was given to the right class.

    log_probabilities: one per class, as from ``log_softmax``.
    target: the number of the right class, or a list with a probability per class, such as [0, 1, 0] (numbers or
    Values, so that they can be the inputs of a program): then the mean weighted with them.
    Raises ValueError for a class that is not there or a list of another length, TypeError for a class that is no int.
    """
    _refuse_one(log_probabilities, "log_probabilities")
    if not _is_list(target):
        return -log_probabilities[_class(target, len(log_probabilities))]
    if len(target) != len(log_probabilities):
        raise ValueError(f"target has {len(target)} probabilities for {len(log_probabilities)} classes: give one each")
    return -sum(t * x for t, x in zip(target, log_probabilities, strict=True))


def cross_entropy(logits: Sequence[Any], target: Any) -> Any:
    """Minus the logarithm of the probability that softmax gives the right class.

    logits: one number or Value per class, of any size: only their differences matter.
    target: the number of the right class, 0 to len(logits) - 1, or a list with a probability per class, such as
    [0, 1, 0] (numbers or Values, so that they can be the inputs of a program): then the mean weighted with them.
    With a class exact for losses close to 0 too: -log(softmax) is log(1 + sum of exp(other - target)), where
    log(1 + exp(d)) is softplus(d), and log(exp(a) + exp(d)) is a + softplus(d - a).
    Raises ValueError for fewer than two logits, a class that is not there or a list of another length, TypeError for
    a class that is no int.
    """
    _refuse_one(logits, "logits", 2)
    if _is_list(target):
        return nll_loss(log_softmax(logits), target)
    right = _class(target, len(logits))
    first, *rest = (logit - logits[right] for i, logit in enumerate(logits) if i != right)
    for difference in rest:
        first = first + softplus(difference - first)
    return softplus(first)


def _below_largest(logits: Sequence[Any]) -> list[Any]:
    _refuse_one(logits, "logits")
    largest = reduce(maximum, logits)
    return [x - largest for x in logits]


def _refuse_one(given: Any, name: str, least: int = 1) -> None:
    if not hasattr(given, "__len__") or len(given) < least:
        found = len(given) if hasattr(given, "__len__") else f"a single {type(given).__name__}"
        raise ValueError(f"{name} must be a list of at least {('one', 'two')[least - 1]}, one per class; got {found}")
    if hasattr(given[0], "__len__"):
        raise ValueError(f"{name} must be one number per class, for one row of the data at a time; got a table of them")


def _is_list(target: Any) -> bool:
    return hasattr(target, "__len__") and not isinstance(target, str)


def _class(target: Any, classes: int) -> int:
    try:
        place = operator.index(target)
    except TypeError:
        raise TypeError(
            f"target must be the number of the right class, an int such as 0, or a list with one probability per "
            f"class, not {describe(target)}"
        ) from None
    if not 0 <= place < classes:
        raise ValueError(f"target must lie between 0 and {classes - 1} for {classes} logits, not {place}")
    return place
