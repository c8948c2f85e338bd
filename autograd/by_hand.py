"""Values made by hand: a number, what it was computed from, and the local derivatives, as in microgpt.

    y = Value(math.sinh(x.data), (x,), (math.cosh(x.data),))

The derivatives are numbers of this one recording. A program cannot compute them again, and they cannot be
differentiated: both say so. ``autograd.primitive`` makes an operation that can.
"""

from collections.abc import Sequence
from typing import Any

from autograd.coercion import describe, number
from autograd.graph import Node
from autograd.registry import HIDDEN, Primitive

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
