"""Value: a number that remembers how it was computed.

    a, b = Value(2.0), Value(-3.0)
    c = a * b + a               # records two operations
    c.backward()                # a.grad is -3 + 1 = -2, b.grad is 2

This file, graph.py and backward.py are the engine; the derivatives are in primitives.py.
"""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any, Self

from autograd.backward import accumulate, contributions
from autograd.coercion import describe, exact, number, plain
from autograd.graph import Node, next_number
from autograd.operators import Number, Operators
from autograd.pickling import copy_graph, copy_node, reduce_graph
from autograd.registry import LEAF
from autograd.symbolic.notation import sign
from autograd.trace.named_graph import NamedGraph
from autograd.trace.steps import Step, record_steps


class Value(Operators):
    """A real number in a graph of operations.

    Arithmetic (+ - * / ** abs) and every function of the table (``v.exp()``, ``v.tanh()``, ``v.relu()``, ...: the
    methods are in autograd/operators.py, one per row) give new Values that know what they were computed from.

    data: int, float, Fraction, NumPy real scalar or 0-d array; TypeError for anything else.
    label: the name shown in pictures and messages.
    ``_children`` and ``_op`` are there for programs that were written for micrograd; a Value with children given by
    hand would have no derivative, so TypeError shows the way to make an operation of one's own.
    """

    __slots__ = ()

    def __init__(self, data: Any, _children: tuple[Any, ...] = (), _op: str = "", label: str = "") -> None:
        if _children or _op:
            raise TypeError(
                f"a Value made by hand as the result of {_op or 'an operation'!r} would have no derivative; define the "
                "operation with its derivative once, my_op = autograd.primitive('my_op', forward, partial), "
                "and call my_op(x)"
            )
        self.data = number(data)
        self.grad = 0
        self._number = next_number()
        self._primitive = LEAF
        self._a = self._b = self._da = self._db = None
        if not isinstance(label, str):
            raise TypeError(f"label must be text, not {describe(label)}")
        if label:
            self.label = label

    def backward(self, create_graph: bool = False) -> None:
        """Compute d self / d node for every node that self was computed from, into ``node.grad``.

        Leaves add to what they hold, as gradients of several losses add up: set ``grad = 0`` in between where that is
        not meant. Everything else starts again from 0, so a second call does not double anything inside.
        create_graph: the gradients are Values themselves, and can be differentiated again.
        Raises FloatingPointError where a derivative is needed that does not exist (sqrt at 0); all gradients of leaves
        are then as they were. Kinks: relu'(0) = abs'(0) = 0; a tie in maximum or minimum shares half to each.
        """
        accumulate(self, create_graph)

    def steps(self, update: Iterable[Self] = (), lr: float = 0.1, names: Mapping[str, Any] | None = None) -> list[Step]:
        """The forward and the backward pass, one immutable record per step; no number and no gradient is changed.

        update: leaves, such as ``model.parameters()``, that then take a step downhill: w <- w - lr * gradient.
        names: what to call values without a label, names=locals().
        Raises ValueError for an update of something that is no leaf of this graph.
        """
        return record_steps(NamedGraph(self, names), update, lr)

    @property
    def op(self) -> str:
        """The sign of the operation that made this value ("+", "tanh"); "" for a leaf."""
        return sign(self._primitive)

    def item(self) -> Any:
        """The plain number."""
        return self.data

    def detach(self) -> "Value":
        """A leaf with the same number and label, and no history."""
        return Value(self.data, label=self.label)

    # Values compare by their numbers, and are equal only to themselves: two weights that happen to hold the same
    # number are still two weights.

    def __lt__(self, other: Self | Number) -> bool:
        return bool(self.data < _compared(self, other))

    def __le__(self, other: Self | Number) -> bool:
        return bool(self.data <= _compared(self, other))

    def __gt__(self, other: Self | Number) -> bool:
        return bool(self.data > _compared(self, other))

    def __ge__(self, other: Self | Number) -> bool:
        return bool(self.data >= _compared(self, other))

    def __float__(self) -> float:
        raise TypeError(
            "turning a Value into a float would leave the graph and lose its gradient: use autograd.exp(v) or v.exp() "
            "instead of math.exp(v), and v.data where the plain number is meant"
        )

    def __repr__(self) -> str:
        return f"Value(data={exact(self.data)}, grad={exact(plain(self.grad))})"

    def __format__(self, spec: str) -> str:
        if not spec:
            return repr(self)
        return format(float(self.data) if isinstance(self.data, Fraction) else self.data, spec)

    def __copy__(self) -> Self:
        return copy_node(self)  # type: ignore[no-any-return]

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return copy_graph(self, memo)  # type: ignore[no-any-return]

    def __reduce__(self) -> tuple[Any, ...]:
        return reduce_graph(self)

    # The names by which programs written for micrograd look inside.

    def _backward(self) -> None:
        for _, _, parent, _, share in contributions([self]):
            parent.grad += share

    @property
    def _prev(self) -> set[Self]:
        return set(self.parents)

    @property
    def _op(self) -> str:
        return f"**{self._b}" if self.op == "**" and self._db is None else self.op


Node._kind = Value


def _compared(value: Value, other: Any) -> Any:
    """The other's number. Both are marked: a program could not repeat what is recorded from here on as a choice."""
    value._compared = value._compared or next_number()
    if isinstance(other, Node):
        other._compared = other._compared or value._compared
        return other.data
    return number(other, "operand")
