"""How wrong a prediction is, as one number to make small."""

import operator
from collections.abc import Sequence
from typing import Any

from autograd import Value, softplus
from autograd.scalars import describe


def mse_loss(predictions: Any, targets: Any) -> Any:
    """The mean squared error: the average of (prediction - target)**2.

    predictions, targets: one number or Value each, or two lists of the same length.
    Raises ValueError when the lengths differ or there is nothing to average.
    """
    found, wanted = _listed(predictions), _listed(targets)
    if len(found) != len(wanted):
        raise ValueError(
            f"mse_loss needs one target per prediction, got {len(found)} predictions and {len(wanted)} targets"
        )
    if not found:
        raise ValueError("mse_loss has no value for empty lists: give at least one prediction and its target")
    return sum((y - t) ** 2 for y, t in zip(found, wanted, strict=True)) / len(found)


def cross_entropy(logits: Sequence[Any], target_index: int) -> Any:
    """Minus the logarithm of the probability that softmax gives the right class.

    logits: one number or Value per class, of any size: only their differences matter.
    target_index: the right class, 0 to len(logits) - 1.
    Exact for logits hundreds apart and for losses close to 0: -log(softmax) is log(1 + sum of exp(other - target)),
    where log(1 + exp(d)) is softplus(d), and log(exp(a) + exp(d)) is a + softplus(d - a).
    Raises ValueError for fewer than two logits or a class that is not there, TypeError for a class that is no int.
    """
    if isinstance(logits, Value) or len(logits) < 2:
        raise ValueError(
            "logits must be a list of at least two, one per class; "
            f"got {'a single Value' if isinstance(logits, Value) else len(logits)}"
        )
    try:
        target = operator.index(target_index)
    except TypeError:
        raise TypeError(
            f"target_index must be the number of the right class, an int such as 0, not {describe(target_index)}"
        ) from None
    if not 0 <= target < len(logits):
        raise ValueError(
            f"target_index must lie between 0 and {len(logits) - 1} for {len(logits)} logits, not {target}"
        )
    first, *rest = (logit - logits[target] for i, logit in enumerate(logits) if i != target)
    for difference in rest:
        first = first + softplus(difference - first)
    return softplus(first)


def _listed(given: Any) -> Sequence[Any]:
    return given if hasattr(given, "__len__") else [given]
