"""Value: a number that remembers how it was computed.

    a, b = Value(2.0), Value(-3.0)
    c = a * b + a               # records two operations
    c.backward()                # a.grad is -3 + 1 = -2, b.grad is 2

This file, graph.py and backward.py are the engine; the derivatives are in primitives.py.
"""

import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, Self

from autograd import by_hand
from autograd.backward import accumulate, contributions
from autograd.coercion import as_array, describe, exact, has_entries, is_numpy, number, plain
from autograd.exact import formatted
from autograd.grad_mode import recording
from autograd.graph import Node, answer, is_operand, mark_compared, next_number
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

    data: any real number (int, float, Fraction, a NumPy scalar, an array without axes, ...), kept as an int, float or
        Fraction; TypeError for anything else. Numbers assigned to ``data`` and ``grad`` are taken in the same way.
    label: the name shown in pictures and messages.
    _children, _op: for a Value made by hand, the Values it was computed from and its derivative with respect to each,
        as in microgpt: ``Value(y, (a, b), (dy_da, dy_db))``; or its sign, as in micrograd, with ``_backward`` set
        afterwards. Derivatives of derivatives, and programs, refuse it.
    """

    __slots__ = ()
    __array_priority__ = (
        1000  # array * v asks v, which takes real numbers only: NumPy alone would make numbers of dates
    )

    _op_priority = 100.0  # the same for SymPy's numbers, which would ask for float(v) otherwise

    def __init__(
        self, data: Any, _children: Sequence[Any] = (), _op: str | Sequence[Any] = "", label: str = ""
    ) -> None:
        self._value = number(data)
        self._grad = 0
        self._primitive = LEAF
        self._a = self._b = self._da = self._db = None
        made_from = _children if isinstance(_children, Sequence) else (_children,)
        if made_from or _op:
            if not made_from:
                raise TypeError(
                    f"a Value made by hand as the result of {_op!r} needs what it was computed from: "
                    "Value(data, children, local_grads); or define the operation once, "
                    "my_op = autograd.primitive('my_op', forward, partial), and call my_op(x)"
                )
            if isinstance(_op, str):
                row, operands, slopes = by_hand.unknown_parts(made_from)
                self._sign = _op
            else:
                row, operands, slopes = by_hand.parts(made_from, _op)
            if recording():
                self._primitive = row
                self._a, self._b = (*operands, None)[:2]
                self._da, self._db = (*slopes, None)[:2]
        self._number = next_number()
        if not isinstance(label, str):
            raise TypeError(f"label must be text, not {describe(label)}")
        if label:
            self.label = label

    def backward(self, gradient: Any = 1, *, create_graph: bool = False, retain_graph: bool | None = None) -> None:
        """Compute d self / d node for every node that self was computed from, into ``node.grad``.

        Leaves add to what they hold, as gradients of several losses add up: set ``grad = 0`` in between where that is
        not meant. Everything else starts again from 0, so a second call does not double anything inside.
        gradient: what to begin with, the derivative of something with respect to self; 1 also for None.
        create_graph: the gradients are Values themselves, and can be differentiated again.
        retain_graph: accepted for programs written for PyTorch; a graph is always kept.
        Threads that share Values must take turns: two passes at once would mix their gradients.
        Raises TypeError for a gradient that is not a number, FloatingPointError where a derivative is needed that does
        not exist (sqrt at 0); all gradients of leaves are then as they were.
        Kinks: relu'(0) = abs'(0) = 0; a tie in maximum or minimum shares half to each.
        """
        if isinstance(gradient, bool):
            raise TypeError("gradient must be a number, not a bool: write backward(create_graph=True)")
        if gradient is None:
            gradient = 1
        elif isinstance(gradient, Node):
            if not create_graph:
                raise TypeError("a gradient that is a Value needs create_graph=True; or give its number, gradient.data")
        else:
            gradient = number(gradient, "gradient")
        accumulate(self, gradient, create_graph)

    def steps(self, update: Iterable[Self] = (), lr: float = 0.1, names: Mapping[str, Any] | None = None) -> list[Step]:
        """The forward and the backward pass, one immutable record per step; no number and no gradient is changed.

        update: leaves, such as ``model.parameters()``, that then take a step downhill: w <- w - lr * gradient.
        names: what to call values without a label, names=locals().
        Raises ValueError for an update of something that is not a leaf of this graph.
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
        """A leaf with the same number and label, and no history: the graph behind it can be freed.

        A program does not notice what is decided by it, as with ``.data``: see ``compile``.
        """
        return Value(self.data, label=self.label)

    # Values compare by their numbers, and are equal only to themselves: two weights that happen to hold the same
    # number are still two weights.

    def __lt__(self, other: Self | Number) -> bool:
        return _compare(operator.lt, self, other, "__gt__")

    def __le__(self, other: Self | Number) -> bool:
        return _compare(operator.le, self, other, "__ge__")

    def __gt__(self, other: Self | Number) -> bool:
        return _compare(operator.gt, self, other, "__lt__")

    def __ge__(self, other: Self | Number) -> bool:
        return _compare(operator.ge, self, other, "__le__")

    def __pos__(self) -> Self:
        return self

    def conjugate(self) -> Self:
        """Itself, as a Value is real: NumPy asks for it in ``np.std``."""
        return self

    # What would leave the graph says so: its result would look right, and have no gradient.

    def __float__(self) -> float:
        raise _leaving("float(v)", "autograd.exp(v) or v.exp() instead of math.exp(v)")

    def __int__(self) -> int:
        raise _leaving("int(v)")

    def __bool__(self) -> bool:
        raise _leaving("the truth of a Value (if v, not v)", "where(v, a, b) or maximum to choose", "v.data != 0")

    def __round__(self, digits: int | None = None) -> int:
        raise _leaving("round(v)", data="round(v.data)")

    def __floor__(self) -> int:
        raise _leaving("math.floor(v)", data="math.floor(v.data)")

    def __ceil__(self) -> int:
        raise _leaving("math.ceil(v)", data="math.ceil(v.data)")

    def __trunc__(self) -> int:
        raise _leaving("math.trunc(v)", data="math.trunc(v.data)")

    def __floordiv__(self, other: Any) -> Self:
        raise _leaving("v // w", data="v.data // w.data")

    def __rfloordiv__(self, other: Any) -> Self:
        raise _leaving("v // w", data="v.data // w.data")

    def __mod__(self, other: Any) -> Self:
        raise _leaving("v % w", data="v.data % w.data")

    def __rmod__(self, other: Any) -> Self:
        raise _leaving("v % w", data="v.data % w.data")

    def __divmod__(self, other: Any) -> tuple[Self, Self]:
        raise _leaving("divmod(v, w)", data="divmod(v.data, w.data)")

    def __rdivmod__(self, other: Any) -> tuple[Self, Self]:
        raise _leaving("divmod(v, w)", data="divmod(v.data, w.data)")

    __iter__ = None  # with __getitem__ alone Python would take a Value for a sequence

    def __getitem__(self, place: Any) -> Any:
        raise TypeError(
            f"a Value is one number and has no entry [{place!r}]: a model with one output, such as nn.MLP(2, [4, 1]), "
            "gives a Value and not a list; use model(x) itself"
        )

    def __repr__(self) -> str:
        label = f", label={self.label!r}" if self.label else ""  # micrograd's Values have none
        return f"Value(data={exact(self._value)}, grad={exact(plain(self._grad))}{label})"

    def __format__(self, spec: str) -> str:
        if not spec:
            return repr(self)
        return formatted(self.data, spec)

    def __copy__(self) -> Self:
        return copy_node(self)  # type: ignore[no-any-return]

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return copy_graph(self, memo)  # type: ignore[no-any-return]

    def __reduce__(self) -> tuple[Any, ...]:
        return reduce_graph(self)

    # The names by which programs written for micrograd look inside.

    @property
    def _backward(self) -> Callable[[], None]:
        def pass_on() -> None:
            for _, _, parent, _, share in contributions([self]):
                parent.grad += share

        return vars(self).get("_passes_on", pass_on)  # type: ignore[no-any-return]

    @_backward.setter
    def _backward(self, function: Callable[[], None]) -> None:
        if self._primitive is not LEAF or recording():
            by_hand.set_backward(self, function)

    @property
    def _prev(self) -> set[Self]:
        return set(self.parents)

    @property
    def _children(self) -> tuple[Self, ...]:
        return self.parents

    @property
    def _local_grads(self) -> tuple[Any, ...]:
        return self.local_grads

    @property
    def _op(self) -> str:
        power = self.op == "**" and self._db is None
        return vars(self).get("_sign") or (f"**{self._b}" if power else self.op)


Node._kind = Value


def _compare(operator: Callable[[Any, Any], bool], value: Value, other: Any, reflected: str) -> bool:
    """A comparison by numbers. Both are marked: a program could not repeat what hangs on a choice."""
    if not is_operand(other) and not is_numpy(other):
        result = answer(other, reflected, value)
        if result is not NotImplemented:
            return result  # type: ignore[no-any-return]
    if has_entries(other):
        import numpy as np

        entries: Any = np.frompyfunc(partial(operator, value), 1, 1)(as_array(other, "operand"))
        found: Any = np.asarray(entries, dtype=bool)[()]
        return found  # type: ignore[no-any-return]
    for compared in (value, other):
        if isinstance(compared, Node):
            mark_compared(compared)
    return bool(operator(value._value, plain(other) if isinstance(other, Node) else number(other, "operand")))


def _leaving(what: str, instead: str = "", data: str = "v.data") -> TypeError:
    advice = f"use {instead}, and {data}" if instead else f"use {data}"
    return TypeError(f"{what} would leave the graph and lose the gradient: {advice} where the plain number is meant")
