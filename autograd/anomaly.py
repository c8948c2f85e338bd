"""Where a NaN or an infinity came from, read from the recorded graph."""

import math
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from autograd.coercion import exact, is_finite, plain
from autograd.registry import ARGUMENTS, UNKNOWN

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


def inspect(order: Sequence[Any], wanted: Sequence[Any]) -> None:
    """Raise FloatingPointError if the gradient of a wanted leaf needs a derivative that does not exist.

    order: the nodes of the pass, root first, with their gradients. An infinity that comes from the numbers themselves
    is left alone, by IEEE rules, unless ``detect_anomaly`` asks.
    """
    detecting = _detecting.get()
    if detecting:
        for node in reversed(order):
            if not is_finite(node._value):
                raise FloatingPointError(f"{_made(node)} {node._value}, in the forward pass")
    elif all(is_finite(plain(leaf._grad)) for leaf in wanted):
        return
    for problem in problems(order, wanted).values():
        raise problem
    if detecting:
        _inspect_shares(order)


def problems(order: Sequence[Any], wanted: Sequence[Any]) -> dict[Any, FloatingPointError]:
    """Which of the wanted leaves have no gradient, and why. order: the nodes of the graph, root first."""
    culprits = undefined(((node, edge, node, edge[1]) for node in order for edge in node._edges), order[:1])
    return {leaf: missing(*culprits[leaf]) for leaf in wanted if leaf in culprits}


def undefined(
    steps: Iterable[tuple[Any, tuple[int, Any, Any], Any, Any]], starts: Iterable[Any]
) -> dict[Any, tuple[Any, int]]:
    """The nodes without a derivative, each with the edge (node, argument) that is to blame.

    The one rule for 0 times infinity, whichever way the chain rule is multiplied out: a derivative does not exist if a
    way that is not cut (see ``is_cut``) crosses a local derivative that does not exist, even if another one on it is 0.

    steps: (node, edge, from, to) in the order of the pass, root first in reverse mode, inputs first in forward mode.
    starts: where the pass begins.
    """
    reached = set(starts)
    culprits: dict[Any, tuple[Any, int]] = {}
    for node, (argument, parent, local), start, end in steps:
        if start not in reached or is_cut(node, local):
            continue
        reached.add(end)
        if is_missing(node, parent, local):
            culprits.setdefault(end, (node, argument))
        elif start in culprits:
            culprits.setdefault(end, culprits[start])
    return culprits


def kept(order: Sequence[Any]) -> set[Any]:
    """The nodes that the gradient reaches from the root, ``order[0]``, on a way that is not cut."""
    found = {order[0]}
    for node in order:
        if node in found:
            found.update(parent for _, parent, local in node._edges if not is_cut(node, local))
    return found


def is_cut(node: Any, local: Any, adjoint: Any = math.inf) -> bool:
    """Whether this local derivative is 0 for certain: a choice has dropped the operand, or a plain 0 is the other one.

    Any other 0 depends on the numbers, and 0 times infinity is then anything: sqrt(x)**2 at 0 has the derivative 1.
    adjoint: what would be multiplied by it; a finite one gives 0 anyway.
    """
    row = node._primitive
    return not local and not is_finite(plain(adjoint)) and (row.chooses or (not row.custom and _has_plain_zero(node)))


def _has_plain_zero(node: Any) -> bool:
    return (node._da is None and node._a == 0) or (node._db is None and node._b == 0)


def lacks_derivative(node: Any) -> bool:
    """Whether any local derivative of this node does not exist."""
    return any(is_missing(node, parent, local) for _, parent, local in node._edges)


def is_missing(node: Any, parent: Any, local: Any) -> bool:
    """Whether a local derivative does not exist: it is not finite although the numbers are."""
    return local is not UNKNOWN and not is_finite(local) and is_finite(node._value) and is_finite(parent._value)


def _inspect_shares(order: Sequence[Any]) -> None:
    for node in order:
        gradient = plain(node._grad)
        for _, _, local in node._edges if gradient and is_finite(gradient) else ():
            if local is not UNKNOWN and not is_finite(local * gradient):
                raise FloatingPointError(
                    f"the gradient became {local * gradient} on the way back through {node._primitive.word} at "
                    f"{_operands(node)}: local derivative {local}, gradient of the output {gradient}"
                )


def missing(node: Any, argument: int) -> FloatingPointError:
    """The error that names a derivative which does not exist, but is needed."""
    local = (node._da, node._db)[argument]
    return FloatingPointError(
        f"{node._primitive.word} has no derivative with respect to {ARGUMENTS[argument]} at {_operands(node)}: "
        f"it is {local} there, and the gradient needs it"
    )


def not_differentiable(node: Any, argument: int, error: Exception) -> FloatingPointError:
    """The error for a derivative that exists, but cannot be computed in a form that is differentiated again."""
    return FloatingPointError(
        f"the derivative of {node._primitive.word} with respect to {ARGUMENTS[argument]} at {_operands(node)} "
        f"cannot be differentiated again: {error}"
    )


def _made(node: Any) -> str:
    if not node.parents:
        return f"a leaf{f' (label {node.label!r})' if node.label else ''} was given"
    return f"{node._primitive.word} at {_operands(node)} made"


def _operands(node: Any) -> str:
    def shown(operand: Any) -> str:
        label = getattr(operand, "label", "")
        return f"{exact(plain(operand))}" + (f" (label {label!r})" if label else "")

    return ", ".join(f"{name} = {shown(x)}" for name, x in zip(ARGUMENTS, node.operands, strict=False))
