"""How parameters learn from their gradients."""

import math
from collections.abc import Iterable
from typing import Any

from autograd import Value
from autograd.copying import plain
from autograd.scalars import describe, is_finite, number


class SGD:
    """Gradient descent: each step moves every parameter against its gradient, p.data -= lr * p.grad.

    parameters: the leaves to change, as ``model.parameters()`` gives them.
    lr: the learning rate, how far to go per unit of gradient; it may be changed at any time.
    Raises TypeError or ValueError for parameters that cannot be trained and for a learning rate that makes no sense.
    """

    def __init__(self, parameters: Iterable[Value], lr: float = 1e-3) -> None:
        self.parameters = _trainable(parameters)
        if not 0 <= number(lr, "lr") < math.inf:
            raise ValueError(f"lr must be a small positive number such as 0.1, not {lr}: a negative one would climb")
        self.lr = lr

    def step(self) -> None:
        """Move once. Raises FloatingPointError, with nothing moved, when a gradient is infinite or NaN."""
        gradients = [plain(parameter.grad) for parameter in self.parameters]
        for place, gradient in enumerate(gradients):
            if gradient is None or not is_finite(gradient):
                raise FloatingPointError(_lost(place, self.parameters[place], gradient))
        for parameter, gradient in zip(self.parameters, gradients, strict=True):
            parameter.data -= self.lr * gradient

    def zero_grad(self) -> None:
        """Forget the gradients; without it the next backward pass adds to them."""
        for parameter in self.parameters:
            parameter.grad = 0


def _trainable(parameters: Iterable[Value]) -> list[Value]:
    if not isinstance(parameters, Iterable):
        raise TypeError(f"parameters must be a list of Values, such as model.parameters(), not {describe(parameters)}")
    found = list(parameters)
    if not found:
        raise ValueError("parameters is empty, there is nothing to train: a module's weights must be nn.Parameter")
    for parameter in found:
        if not isinstance(parameter, Value):
            raise TypeError(f"parameters must hold Values, not {describe(parameter)}")
        if parameter.parents:
            raise ValueError(
                f"{parameter!r} was computed (op {parameter.op!r}), so changing it would teach nothing: "
                "give the leaves it was computed from"
            )
    if len(set(found)) < len(found):
        raise ValueError("a parameter is listed twice and would move twice per step: list each once")
    return found


def _lost(place: int, parameter: Value, gradient: Any) -> str:
    name = f"parameter {place}" + (f" ({parameter.label})" if parameter.label else "")
    if gradient is None:
        return f"the gradient of {name} is None: to forget a gradient set it to 0, as zero_grad() does"
    return (
        f"the gradient of {name} is {gradient}, and no parameter was changed: a smaller lr than the one before may "
        "keep the numbers finite; backward() inside autograd.detect_anomaly() names where this one arose"
    )
