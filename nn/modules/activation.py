"""The functions that bend a sum: rows of the table that take one number."""

from collections.abc import Callable
from typing import Any

from autograd.registry import TABLE, Primitive
from nn.modules.module import Module


def activation_named(name: str) -> Primitive:
    """The row of the table by that name. Raises ValueError when it is none that takes one number."""
    row = TABLE.get(name)
    if row is None or name.startswith("_") or (row.arity > 1 and row.option is None):
        raise ValueError(
            f"activation must be the name of a function of one number, such as 'relu' or 'tanh', not {name!r}"
            "; for none at all say nonlin=False"
        )
    return row


class Activation(Module):
    """A function of one number, applied to each number by itself.

    function: the name of a row of the table, such as "tanh", or any function of one Value, such as ``autograd.tanh``.
    Raises ValueError for an unknown name.
    """

    def __init__(self, function: str | Callable[[Any], Any]) -> None:
        self.function = activation_named(function) if isinstance(function, str) else function

    def forward(self, x: Any) -> Any:
        """For a list of numbers or Values a list; for one, one."""
        return [self.function(xi) for xi in x] if hasattr(x, "__len__") else self.function(x)

    def __repr__(self) -> str:
        name = getattr(self.function, "name", None) or getattr(self.function, "__name__", repr(self.function))
        return f"Activation({name})"
