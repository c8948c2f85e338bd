"""How wrong a prediction is, as one number to make small: for numbers to predict.

Each takes one number or Value and its target, or two lists of the same length, and gives the mean, as PyTorch does.
Nothing is compared while recording, so every loss can become a program; all hold for predictions of any size.
"""

from collections.abc import Callable
from functools import reduce
from operator import add
from typing import Any

from autograd import Value, abs, div, maximum, minimum, relu, softplus, sub
from autograd.arrays import column_list
from autograd.coercion import number
from autograd.counting import counted
from autograd.primitives import _weigh


def mse_loss(predictions: Any, targets: Any) -> Any:
    """The mean squared error: the average of (prediction - target)**2.

    predictions, targets: one number or Value each, or two lists of the same length.
    Raises ValueError when the lengths differ or there is nothing to average.
    """
    return _mean("mse_loss", predictions, targets, lambda y, t: (y - t) ** 2)


def l1_loss(predictions: Any, targets: Any) -> Any:
    """The mean absolute error: the average of abs(prediction - target); its derivative at 0 is 0.

    predictions, targets: as in ``mse_loss``, and the same errors.
    """
    return _mean("l1_loss", predictions, targets, lambda y, t: abs(y - t))


def huber_loss(predictions: Any, targets: Any, delta: float = 1.0) -> Any:
    """Half the squared error up to ``delta``, and from there on a straight line: outliers pull no harder than delta.

    With d = prediction - target: d**2 / 2 where abs(d) <= delta, else delta * (abs(d) - delta / 2) (Huber 1964).
    Both are q * (d - q / 2), q being d cut off at -delta and delta. That needs no choice, has no kink at 0 and none
    where the pieces meet, and no part of its slope is larger than the slope, so that no digits are lost.
    predictions, targets: as in ``mse_loss``, and the same errors; ValueError for a delta that is not positive.
    """
    most = number(delta, "delta")
    if not most > 0:
        raise ValueError(f"delta must be positive, the error from which the loss is a straight line, not {delta}")

    def loss(y: Any, t: Any) -> Any:
        d = y - t
        q = minimum(maximum(d, -most), most)
        return q * sub(d, q / 2)

    return _mean("huber_loss", predictions, targets, loss)


def hinge_loss(predictions: Any, targets: Any) -> Any:
    """How far scores fall short of 1 on the right side of 0: the average of max(0, 1 - target * prediction).

    targets: the class, 1 or -1; ValueError for another number. Otherwise as in ``mse_loss``. Slope at the kink: 0.
    """
    _within("hinge_loss", "-1 or 1, the side of 0 on which the score belongs", targets, lambda t: t in (-1, 1))
    return _mean("hinge_loss", predictions, targets, lambda y, t: relu(1 - t * y))


def binary_cross_entropy_with_logits(logits: Any, targets: Any) -> Any:
    """Minus the logarithm of the probability that sigmoid(logit) gives the right class, on average.

    targets: 0 or 1, or the probability of class 1; ValueError for a number beyond. Otherwise as in ``mse_loss``.
    -log(sigmoid(x)) is softplus(-x), and -log(1 - sigmoid(x)) is softplus(x): exact for losses close to 0 as well.
    A logit may be -inf or inf: a probability of 0 or 1.
    """
    name = "binary_cross_entropy_with_logits"
    _within(name, "0 or 1, or a probability between", targets, lambda t: 0 <= t <= 1)
    return _mean(name, logits, targets, lambda x, t: _weigh(t, softplus(-x)) + _weigh(1 - t, softplus(x)))


def _mean(name: str, predictions: Any, targets: Any, loss: Callable[[Any, Any], Any]) -> Any:
    found, wanted = _listed(name, "prediction", predictions), _listed(name, "target", targets)
    if len(found) != len(wanted):
        raise ValueError(
            f"{name} needs one target per prediction, got {counted(len(found), 'prediction')} and "
            f"{counted(len(wanted), 'target')}"
        )
    if not found:
        raise ValueError(f"{name} has no value for empty lists: give at least one prediction and its target")
    # not sum(): since Python 3.12 it adds plain numbers in another way than Values
    return div(reduce(add, map(loss, found, wanted), 0), len(found))


def _within(name: str, expected: str, targets: Any, fits: Callable[[Any], bool]) -> None:
    """Raise ValueError for a target that makes no sense; one that is a Value may be any number at the next replay."""
    for target in _listed(name, "target", targets):
        if not isinstance(target, Value) and not fits(target):
            raise ValueError(f"{name} takes targets that are {expected}; got {target!r}")


def _listed(name: str, role: str, given: Any) -> list[Any]:
    """Values, and Python's own numbers, which do not overflow; of one alone a list of one."""
    is_list = hasattr(given, "__len__") and not isinstance(given, str) and getattr(given, "shape", None) != ()
    found = column_list(given, f"{role}s") if is_list else [given]
    if is_list and any(hasattr(x, "__len__") and not isinstance(x, str) for x in found):
        raise ValueError(f"{name} takes the {role}s for one row of the data at a time; got a table of them")
    return [x if isinstance(x, Value) else number(x, f"a {role} of {name}") for x in found]
