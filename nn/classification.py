"""Scores of classes, one per class (logits), as probabilities, and how wrong they are."""

import math
from functools import reduce
from operator import add
from sys import float_info
from typing import Any

from autograd import Value, exp, log, maximum, softplus
from autograd.arrays import lists
from autograd.coercion import as_float, describe, number, plain
from autograd.counting import counted
from autograd.primitives import _weigh

# Sums are added with reduce: since Python 3.12 sum() adds plain numbers in another way than Values.


def softmax(logits: Any) -> list[Any]:
    """Probabilities that add up to 1: exp(logit) over the sum of them all.

    logits: one number or Value per class; -inf for a class that is masked, whose probability is 0. Only their
    differences matter, so the largest is subtracted first, by a row of the table: nothing overflows, also not when a
    program is given other numbers.
    Raises ValueError when there are none, when all are masked, or one is inf. A program gives nan for the last two.
    """
    found = _logits(logits)
    largest = reduce(maximum, found)
    powers = [exp(_minus(x, largest)) for x in found]
    total = reduce(add, powers, 0)
    return [power / total for power in powers]


def log_softmax(logits: Any) -> list[Any]:
    """The logarithms of ``softmax``, finite also where a probability is too small for a float.

    Each is off by 1e-16 at most, or by the rounding of its last digit: one closer to 0 than that comes out as 0.
    Raises as ``softmax``, and OverflowError for Values that lie further apart than a float reaches.
    """
    found = _logits(logits)
    largest = reduce(maximum, found)
    log_total = log(reduce(add, [exp(_minus(x, largest)) for x in found], 0))
    return [x - largest - log_total for x in found]


def nll_loss(log_probabilities: Any, target: Any) -> Any:
    """The negative log likelihood: minus the logarithm of the probability that was given to the right class.

    log_probabilities: one per class, as from ``log_softmax``; -inf where the probability is 0.
    target: the number of the right class, or a list with a probability per class, such as [0, 1, 0] (numbers or
    Values, so that they can be the inputs of a program): then the mean weighted with them, in which 0 * -inf is 0.
    Raises ValueError for an unknown class or a list of another length, TypeError for a class that is not an int.
    """
    found = _per_class(log_probabilities, "log_probabilities")
    if not _is_list(target):
        return -found[_class(target, len(found))]
    weights = _per_class(target, "target")
    if len(weights) != len(found):
        raise ValueError(
            f"target has {counted(len(weights), 'probability')} for {counted(len(found), 'class')}: give one each"
        )
    return -reduce(add, map(_weigh, weights, found), 0)


def cross_entropy(logits: Any, target: Any) -> Any:
    """Minus the logarithm of the probability that softmax gives the right class.

    logits: one number or Value per class, of any size: only their differences matter. -inf for a masked class.
    target: the number of the right class, 0 to len(logits) - 1, or a list with a probability per class, such as
    [0, 1, 0] (numbers or Values, so that they can be the inputs of a program): then the mean weighted with them.
    With a class exact for losses close to 0 too: -log(softmax) is softplus(log(sum of exp(other)) - right). With a list
    the loss is as exact as ``log_softmax``: one below 1e-16 may come out as 0.
    Raises ValueError for fewer than two logits, when all are masked or one is inf, for a class that is not there or a
    list of another length, TypeError for a class that is not an int.
    """
    found = _logits(logits, 2)
    if _is_list(target):
        return nll_loss(log_softmax(found), target)
    right = _class(target, len(found))
    return softplus(_lead(found[:right] + found[right + 1 :], found[right]))


def _lead(others: list[Any], right: Any) -> Any:
    """log(sum of exp(other)) - right, at most -1.8e308 where all others are masked."""
    if len(others) == 1:
        return _minus(others[0], right)
    largest = maximum(reduce(maximum, others), -float_info.max)
    total = reduce(add, [exp(_minus(x, largest)) for x in others])
    # the largest alone adds 1, unless all are masked: then 0.5 stands in for a sum that has no logarithm
    return _minus(largest, right) + log(maximum(total, 0.5))


def _minus(a: Any, b: Any) -> Any:
    """a - b, for exp and softplus, which are 0 far below: no lower than -1.8e308, where Values would refuse.

    The numbers are looked at, not compared: what is recorded then holds for all other numbers too.
    """
    if -math.inf < plain(a) < plain(b) - float_info.max:
        a = maximum(a, maximum(b, 0.0) - float_info.max)
    return a - b


def _logits(given: Any, least: int = 1) -> list[Any]:
    """The logits, of which one must be possible and none certain: a mask is -inf, and inf would make inf - inf."""
    found = _per_class(given, "logits", least)
    numbers = [as_float(plain(x), f"logits[{place}]") for place, x in enumerate(found)]
    if math.inf in numbers:
        raise ValueError(
            f"logits[{numbers.index(math.inf)}] is inf, so probabilities would be inf / inf: give a large number such "
            "as 1e30 to a class that is certain, or mask the others with -inf"
        )
    if all(x == -math.inf for x in numbers):
        raise ValueError("every logit is -inf, so all classes are masked: at least one must be possible")
    return found


def _per_class(given: Any, name: str, least: int = 1) -> list[Any]:
    """A list of Values and Python's own numbers, one per class."""
    found = lists(given, name) if _is_list(given) else []
    if len(found) < least:
        what = len(found) if _is_list(given) else f"a single {type(given).__name__}"
        raise ValueError(f"{name} must be a list of at least {('one', 'two')[least - 1]}, one per class; got {what}")
    if any(hasattr(x, "__len__") and not isinstance(x, str) for x in found):
        raise ValueError(f"{name} must be one number per class, for one row of the data at a time; got a table of them")
    return [x if isinstance(x, Value) else number(x, f"{name}[{place}]") for place, x in enumerate(found)]


def _is_list(given: Any) -> bool:
    return hasattr(given, "__len__") and not isinstance(given, str) and getattr(given, "shape", None) != ()


def _class(target: Any, classes: int) -> int:
    whole = None if isinstance(target, Value | str | None) else number(target, "target")
    if not isinstance(whole, int):
        raise TypeError(
            f"target must be the number of the right class, an int such as 0, or a list with one probability per "
            f"class, not {describe(target)}"
        )
    if not 0 <= whole < classes:
        raise ValueError(f"target must lie between 0 and {classes - 1} for {classes} logits, not {whole}")
    return whole
