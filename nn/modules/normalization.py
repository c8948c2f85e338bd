"""Numbers brought to a common size, so that no layer has to cope with whatever size the one before came up with."""

from collections.abc import Sequence
from functools import reduce
from operator import add
from typing import Any

from autograd import sqrt
from autograd.coercion import whole_number
from autograd.counting import counted
from nn.modules.module import Bias, Module, Parameter


class LayerNorm(Module):
    """A vector shifted and scaled to mean 0 and variance 1, then times weights and plus biases that are learnt.

    size: how many numbers. eps: added to the variance. The weights begin at 1, the biases at 0.
    The variance is the mean of squares (divided by size), as in PyTorch. Source: Ba, Kiros, Hinton 2016.
    """

    def __init__(self, size: int, eps: float = 1e-5) -> None:
        self.w = [Parameter(1.0, label=f"w[{i}]") for i in range(whole_number(size, "size"))]
        self.b = [Bias(0.0, label=f"b[{i}]") for i in range(size)]
        self.eps = eps

    def forward(self, x: Sequence[Any]) -> list[Any]:
        """A list as long as ``x``. Raises ValueError when that is not the size."""
        _fits(self, x, self.w)
        mean = _mean(x)
        centered = [xi - mean for xi in x]
        spread = sqrt(_mean([c * c for c in centered]) + self.eps)
        return [wi * (c / spread) + bi for wi, c, bi in zip(self.w, centered, self.b, strict=True)]

    def __repr__(self) -> str:
        return f"LayerNorm({len(self.w)})"


class RMSNorm(Module):
    """A vector scaled so that the mean of its squares is 1, then times weights that are learnt.

    size: how many numbers. eps: added to the mean of squares, as little as PyTorch adds to doubles. The weights begin
    at 1. Source: Zhang and Sennrich 2019.
    """

    def __init__(self, size: int, eps: float = 2.0**-52) -> None:
        self.w = [Parameter(1.0, label=f"w[{i}]") for i in range(whole_number(size, "size"))]
        self.eps = eps

    def forward(self, x: Sequence[Any]) -> list[Any]:
        """A list as long as ``x``. Raises ValueError when that is not the size."""
        _fits(self, x, self.w)
        scale = sqrt(_mean([xi * xi for xi in x]) + self.eps)
        return [wi * (xi / scale) for wi, xi in zip(self.w, x, strict=True)]

    def __repr__(self) -> str:
        return f"RMSNorm({len(self.w)})"


def _mean(numbers: Sequence[Any]) -> Any:
    # not sum(): since Python 3.12 it adds plain numbers in another way than Values
    return reduce(add, numbers, 0) / len(numbers)


def _fits(module: Module, x: Any, w: Sequence[Parameter]) -> None:
    if not hasattr(x, "__len__") or len(x) != len(w):
        given = len(x) if hasattr(x, "__len__") else "a single number"
        raise ValueError(f"{module!r} takes a list of {counted(len(w), 'number')}, but x has {given}")
