"""Copies and pickles of graphs of any depth, without recursion."""

from collections.abc import Iterator
from copy import deepcopy
from threading import local
from typing import Any

from autograd.coercion import plain
from autograd.graph import ancestors, leaf
from autograd.registry import Primitive


def copy_node(node: Any) -> Any:
    """A new node with the same number, history and attributes."""
    clone = _restore((), *_fields(node, node._grad))
    vars(clone).update(_attributes(node))
    return clone


def copy_graph(root: Any, memo: dict[int, Any]) -> Any:
    """A copy of the root and of everything it was computed from; gradients that are nodes become plain numbers."""

    def copied(operand: Any) -> Any:
        return memo.get(id(operand), operand)

    for node in reversed(ancestors(root)):  # oldest first: parents are copied before what is computed from them
        if id(node) not in memo:
            clone = memo[id(node)] = copy_node(node)
            clone._grad = plain(node._grad)
            clone._a, clone._b = copied(node._a), copied(node._b)
            vars(clone).update(deepcopy(_attributes(node), memo))
    return memo[id(root)]


def reduce_graph(node: Any) -> tuple[Any, ...]:
    """What pickle asks for. Ancestors go first, oldest first, so the pickler meets every parent before its child."""
    older = () if getattr(_walk, "active", False) else _Ancestors(node)
    fields = _fields(node, plain(node._grad))
    return _restore, (older, *fields), _attributes(node)  # attributes last: they may lead back to this node


def _fields(node: Any, grad: Any) -> tuple[Any, ...]:
    compared = node._compared and node._compared - node._number  # how much younger what was compared is
    return type(node), compared, node._value, grad, node._primitive, node._a, node._b, node._da, node._db


def _attributes(node: Any) -> dict[str, Any]:
    """What was set on the node; no creation numbers, since a copy has its own.

    Raises TypeError for a ``_backward`` set by hand: its function would go on adding to the gradients of the original.
    """
    if "_passes_on" in vars(node):
        raise TypeError("a Value with a _backward set by hand cannot be copied or pickled")
    return {name: value for name, value in vars(node).items() if name not in ("_calls", "_compared")}


class _Ancestors:
    """A list of a node's ancestors, walked only when the pickler comes to it."""

    def __init__(self, node: Any) -> None:
        self.node = node

    def __reduce__(self) -> tuple[Any, ...]:
        return list, (), None, self._oldest_first()

    def _oldest_first(self) -> Iterator[Any]:
        _walk.active = True
        try:
            yield from reversed(ancestors(self.node)[1:])
            yield None  # the pickler looks one item ahead: the last ancestor must be written while active
        finally:
            _walk.active = False


_walk = local()


def _restore(
    older: Any, kind: Any, compared: float, data: Any, grad: Any, primitive: Primitive, a: Any, b: Any, da: Any, db: Any
) -> Any:
    node = leaf(kind, data)
    if compared:
        node._compared = node._number + compared  # numbers lie closer together in a copy: rather refuse than miss it
    node._grad, node._primitive = grad, primitive
    node._a, node._b, node._da, node._db = a, b, da, db
    return node
