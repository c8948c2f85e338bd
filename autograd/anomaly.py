"""Where a NaN or an infinity came from: read off the recorded graph, in words."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from autograd.coercion import is_finite, plain
from autograd.registry import ARGUMENTS

_detecting = ContextVar("detecting", default=False)


@contextmanager
def detect_anomaly() -> Iterator[None]:
    """Inside ``with detect_anomaly():`` a backward pass names the first operation that made a NaN or an infinity.

    The recorded values are inspected first, oldest first, then the gradients in the order in which they were
    computed. Raises FloatingPointError at the first that is not finite.
    """
    token = _detecting.set(True)
    try:
        yield
    finally:
        _detecting.reset(token)


def inspect(order: Sequence[Any], gradients: Sequence[Any]) -> None:
    """Raise FloatingPointError if the pass over ``order`` used a derivative that does not exist.

    An infinity that comes from the numbers themselves is left alone, by IEEE rules, unless ``detect_anomaly`` asks.
    """
    detecting = _detecting.get()
    if detecting:
        for node in reversed(order):
            if not is_finite(node.data):
                raise FloatingPointError(f"{_made(node)} {node.data}, in the forward pass")
    elif all(map(is_finite, gradients)):
        return
    for node in order:
        if not node.grad or not is_finite(node.grad):
            continue
        for argument, parent, local in node._edges:
            if not is_finite(local) and is_finite(node.data) and is_finite(parent.data):
                raise missing(node, argument)
            if detecting and not is_finite(local * node.grad):
                raise FloatingPointError(
                    f"the gradient became {local * node.grad} on the way back through {node._primitive.name} at "
                    f"{_operands(node)}: local derivative {local}, gradient of the output {node.grad}"
                )


def missing(node: Any, argument: int) -> FloatingPointError:
    """The error that names a derivative which does not exist, but is needed."""
    local = (node._da, node._db)[argument]
    return FloatingPointError(
        f"{node._primitive.name} has no derivative with respect to {ARGUMENTS[argument]} at {_operands(node)}: "
        f"it is {local} there, and the gradient needs it"
    )


def blocked(node: Any) -> bool:
    """Whether a gradient that is a node holds 0 where the local derivative does not exist: nothing flows there."""
    return plain(node.grad) == 0 and not all(is_finite(local) for _, _, local in node._edges)


def _made(node: Any) -> str:
    if not node.parents:
        return f"a leaf{f' (label {node.label!r})' if node.label else ''} was given"
    return f"{node._primitive.name} at {_operands(node)} made"


def _operands(node: Any) -> str:
    def shown(operand: Any) -> str:
        label = getattr(operand, "label", "")
        return f"{plain(operand)!r}" + (f" (label {label!r})" if label else "")

    return ", ".join(f"{name} = {shown(x)}" for name, x in zip(ARGUMENTS, node.operands, strict=False))
