"""Dropout: a network that cannot rely on any one of its numbers."""

from typing import Any

from autograd.coercion import number
from nn.modules.module import Module, Noise
from nn.rng import Seed, generator


class Dropout(Module):
    """While training, each number is set to 0 with probability ``p``, and grows by 1 / (1 - p) where it is kept.

    That factor (inverted dropout, as in PyTorch) keeps the mean what it was, so that ``eval()`` need change nothing.
    p: 0 to 1. seed: for the draws. Each factor is a ``Noise``: every call draws a new one.
    Raises ValueError for a p outside of this.
    Source: Srivastava et al., "Dropout: a simple way to prevent neural networks from overfitting", 2014.
    """

    def __init__(self, p: float = 0.5, seed: Seed = None) -> None:
        if not 0 <= number(p, "p") <= 1:
            raise ValueError(f"p must be the probability of dropping a number, 0 to 1, not {p}")
        self.p = p
        self.generator = generator(seed)

    def forward(self, x: Any) -> Any:
        """For a list of numbers or Values a list; for one, one."""
        if not self.training or not self.p:
            return x
        if hasattr(x, "__len__"):
            return [xi * Noise(self.draw, f"mask[{i}]") for i, xi in enumerate(x)]
        return x * Noise(self.draw, "mask")

    def draw(self) -> float:
        """One entry of a mask: 0, or the factor that makes up for those that are 0."""
        return 0.0 if self.generator.random() < self.p else 1 / (1 - self.p)

    def __repr__(self) -> str:
        return f"Dropout({self.p})"
