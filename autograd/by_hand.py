"""Values made by hand: a number, what it was computed from, and the local derivatives, as in microgpt.

    y = Value(math.sinh(x.data), (x,), (math.cosh(x.data),))

The derivatives are numbers of this one recording. A program cannot compute them again, and they cannot be
differentiated: both say so. ``autograd.primitive`` makes an operation that can.

As in micrograd, a function may pass the gradient on instead: ``y._backward = f``, which adds to ``x.grad`` what
``y.grad`` gives. The backward pass calls it when the gradient of y is complete, and reads off what it added.
"""

from collections.abc import Sequence
from typing import Any

from autograd.coercion import describe, number, plain
from autograd.graph import Node
from autograd.registry import HIDDEN, UNKNOWN, Primitive

ADVICE = "define it once with autograd.primitive(name, forward, partials), or write it with operators"


def _again(*inputs: Any) -> Any:
    raise TypeError(f"a Value made by hand cannot be computed again for other numbers; {ADVICE}")


def _differentiated(*inputs: Any) -> Any:
    raise TypeError(
        f"the derivatives of a Value made by hand are plain numbers, which have no derivative of their own; {ADVICE}"
    )


# What a derivative of such a Value is called in formulas: it is known as a number only.
LOCAL_GRAD = Primitive("local_grad", _differentiated, (_differentiated,), custom=True)
ONE, TWO = (
    Primitive(name, _again, (lambda y, *inputs: LOCAL_GRAD(y),) * arity, part_of="by_hand", custom=True)
    for arity, name in ((1, "by_hand"), (2, "by_hand_of_two"))
)
HIDDEN.update({row.name: row for row in (ONE, TWO)})
ROWS = ONE, TWO


def unknown_parts(children: Any) -> tuple[Primitive, tuple[Any, ...], tuple[Any, ...]]:
    """The row, the operands and the local derivatives of a node whose ``_backward`` will be set by hand."""
    if len(children) > len(ROWS):
        raise TypeError(
            f"a Value made by hand from {len(children)} others needs its derivative with respect to each: "
            "Value(data, children, local_grads); with a _backward set by hand there may be two children"
        )
    row, operands, slopes = parts(children, (0,) * len(children))
    return row, operands, (UNKNOWN,) * len(slopes)


def set_backward(node: Any, function: Any) -> None:
    """Let this function pass on the gradient of a node. Raises TypeError for a leaf: it would never be called there."""
    if not callable(function):
        raise TypeError(f"_backward must be a function without arguments, not {describe(function)}")
    if not node.parents:
        raise TypeError(
            "_backward of a leaf would never be called: name what the Value was computed from, "
            "Value(data, (a, b), '*'), before you set its _backward"
        )
    vars(node)["_passes_on"] = function
    node._da, node._db = (None if local is None else UNKNOWN for local in (node._da, node._db))
    node._primitive = ROWS[node._primitive.arity - 1]


def learned(node: Any) -> tuple[Any, Any]:
    """The local derivatives of a node with a ``_backward`` set by hand: what it adds for the gradient at hand.

    The gradients of the parents are afterwards as they were.
    """
    function = vars(node).get("_passes_on")
    if function is None:
        raise TypeError(
            "a Value made by hand has no derivative: set its _backward, or give them with it, "
            "Value(data, children, local_grads)"
        )
    parents = dict.fromkeys(node.parents)
    before = {parent: parent._grad for parent in parents}
    try:
        for parent in parents:
            parent._grad = 0
        function()
        added = {parent: plain(parent._grad) / node._grad for parent in parents}
    finally:
        for parent, gradient in before.items():
            parent._grad = gradient
    if node._a is node._b:  # both operands are one Value, which got the sum
        return added[node._a], 0
    return added.get(node._a), added.get(node._b)


def parts(children: Any, local_grads: Any) -> tuple[Primitive, tuple[Any, ...], tuple[Any, ...]]:
    """The row, the operands (at most two) and the local derivatives of a node with these children.

    More than two children are added up first, each times its derivative: that has the same derivatives.
    Raises TypeError for children that are not Values and derivatives that are not numbers, ValueError where their
    counts differ.
    """
    for name, given in (("children", children), ("local_grads", local_grads)):
        if not isinstance(given, Sequence) or isinstance(given, str):
            raise TypeError(f"{name} must be a tuple, such as (a, b), not {describe(given)}")
    for place, child in enumerate(children):
        if not isinstance(child, Node):
            raise TypeError(f"children[{place}] must be a Value, not {describe(child)}")
    slopes = tuple(number(slope, f"local_grads[{place}]") for place, slope in enumerate(local_grads))
    if len(children) != len(slopes):
        raise ValueError(f"local_grads must hold one number per child, got {len(slopes)} for {len(children)} children")
    if len(children) <= 2:
        return (ONE, TWO)[len(children) - 1], tuple(children), slopes
    total: Any = children[0] * slopes[0]
    for child, slope in zip(children[1:], slopes[1:], strict=True):
        total = total + child * slope
    return ONE, (total,), (1,)
