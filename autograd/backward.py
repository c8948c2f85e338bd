"""Reverse mode: the chain rule, edge by edge, from the root down to the leaves."""

from collections.abc import Container, Iterator, Sequence
from contextvars import ContextVar
from typing import Any
from weakref import ReferenceType, ref

from autograd import anomaly
from autograd.by_hand import learned
from autograd.graph import ancestors
from autograd.registry import UNKNOWN

# The root of the last backward pass of this thread or task. Weak: remembering a graph must not keep it in memory.
_latest: ContextVar[ReferenceType[Any] | None] = ContextVar("latest", default=None)


def latest_root() -> Any:
    """What the last ``backward()`` started from; None before the first one, or when that root is gone."""
    latest = _latest.get()
    return latest and latest()


def contributions(
    order: Sequence[Any], create_graph: bool = False, since: int = 0
) -> Iterator[tuple[Any, int, Any, Any, Any]]:
    """Yield (node, argument, parent, local derivative, share): what each edge adds to its parent's gradient.

    order: every node before its parents, as ``ancestors`` gives them. The caller sets the root's gradient first, and
    adds each share to the parent's gradient before asking for the next one: by the time a node's turn comes, all that
    was computed from it has had its turn, so its gradient is complete. A gradient of 0 passes nothing on. Only where a
    local derivative does not exist, 0 times that is NaN; and a local derivative of 0 that is certain (a choice has
    dropped the operand) passes nothing on, not even of an infinite gradient: see autograd/anomaly.py.
    create_graph: local derivatives and shares are nodes themselves, which can be differentiated again.
    since: edges to parents with a smaller creation number are left out.
    """
    kept: Container[Any] = ()
    for node in order:
        adjoint, da, db = node._grad, node._da, node._db
        # x - x is not 0 where x is infinite or NaN: asked so, since most nodes need no more care than this
        if not create_graph and adjoint != 0 and adjoint - adjoint == 0 and da is not UNKNOWN and db is not UNKNOWN:
            if da is not None and (not since or node._a._number >= since):
                yield node, 0, node._a, da, da * adjoint
            if db is not None and (not since or node._b._number >= since):
                yield node, 1, node._b, db, db * adjoint
            continue
        is_odd = (da and da - da) or (db and db - db)
        if adjoint == 0 and not is_odd:
            continue
        if (adjoint == 0 or create_graph) and is_odd:
            if anomaly.lacks_derivative(node):
                kept = kept or anomaly.kept(order)
                if node not in kept:
                    continue
            elif adjoint == 0:
                continue
        yield from _with_care(node, create_graph, since)


def _with_care(node: Any, create_graph: bool, since: int) -> Iterator[tuple[Any, int, Any, Any, Any]]:
    """The contributions of one node whose gradient or local derivatives are not plain finite numbers."""
    adjoint, slopes = node._grad, (node._da, node._db)
    if any(slope is UNKNOWN for slope in slopes) and adjoint != 0 and not create_graph:
        slopes = learned(node)
    for argument, (parent, slope) in enumerate(zip((node._a, node._b), slopes, strict=True)):
        if slope is not None and (not since or parent._number >= since):
            local = node._partial(argument) if create_graph else slope
            share = local * adjoint
            if (share != share or create_graph) and anomaly.is_cut(node, slope, adjoint):
                share = local
            yield node, argument, parent, local, share


def accumulate(root: Any, seed: Any = 1, create_graph: bool = False) -> None:
    """Fill in ``grad`` on everything the root was computed from: leaves add to what they hold, the rest start from 0.

    seed: the root's own gradient.
    Raises FloatingPointError, with every leaf as it was before, when a derivative is needed that does not exist.
    """
    _latest.set(ref(root))
    order = ancestors(root)
    leaves = []
    for node in order:
        if node._da is None and node._db is None:
            leaves.append((node, node._grad))
        else:
            node._grad = 0
    try:
        root._grad += seed
        for _, _, parent, _, share in contributions(order, create_graph):
            parent._grad += share
        anomaly.inspect(order, [leaf for leaf, _ in leaves])
    except BaseException:  # also when it is interrupted: half a gradient would look like a whole one
        for leaf, before in leaves:
            leaf._grad = before
        raise


def adjoints(root: Any, inputs: Sequence[Any], since: int, create_graph: bool = False) -> list[Any]:
    """d root / d input for each input, with no ``grad`` left behind.

    inputs: nodes made for this purpose just before the root was computed. since: the creation number of the oldest
    node that belongs to this one computation; the walk goes no further.
    """
    if root._number < since:
        return [0] * len(inputs)
    order = ancestors(root, since=since)
    root._grad = 1
    for _, _, parent, _, share in contributions(order, create_graph, since):
        parent._grad += share
    anomaly.inspect(order, inputs)
    result = [node._grad for node in inputs]
    for node in order:
        node._grad = 0
    return result
