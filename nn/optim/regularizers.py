"""What is added to a loss to keep weights small: a function from the model to a penalty.

    loss = nn.mse_loss(model(x), target) + nn.l2(1e-3)(model)

Biases are spared: they shift what a network computes, and do not make it steep.
"""

from collections.abc import Callable
from typing import Any

from autograd import Value, abs
from autograd.coercion import describe, number
from nn.modules.module import Bias, Module
from nn.reprs import shows_call

Regularizer = Callable[[Module], Any]


@shows_call
def l1(strength: float, biases: bool = False) -> Regularizer:
    """strength * the sum of abs(weight): pulls on all weights alike, so that those of little use end near 0.

    biases: whether to count them too. Raises ValueError for a negative strength.
    """
    return _penalty(strength, biases, lambda weight: abs(weight))


@shows_call
def l2(strength: float, biases: bool = False) -> Regularizer:
    """strength * the sum of weight**2: pulls on large weights most. The rest as in ``l1``."""
    return _penalty(strength, biases, lambda weight: weight * weight)


def _penalty(strength: float, biases: bool, size: Callable[[Value], Value]) -> Regularizer:
    if not number(strength, "strength") >= 0:
        raise ValueError(f"strength must be a small positive number such as 0.001, not {strength}")

    def penalty(model: Module) -> Any:
        if not hasattr(model, "parameters"):
            raise TypeError(
                f"a regularizer reads model.parameters(), and there are none in {describe(model)}: write your own, "
                "such as lambda model: 0.01 * (w1 * w1 + w2 * w2)"
            )
        counted = [p for p in model.parameters() if biases or not isinstance(p, Bias)]
        return strength * sum(size(weight) for weight in counted)

    return penalty
