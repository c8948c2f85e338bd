"""The graph: what a node is, how an operation is recorded, and the one walk over it all."""

import math
from fractions import Fraction
from heapq import nlargest
from itertools import count
from operator import attrgetter
from typing import Any, ClassVar, Self

from autograd import anomaly
from autograd.coercion import UNDEFINED, Traced, as_number, has_entries, is_finite, is_numpy, number, plain
from autograd.grad_mode import recording
from autograd.registry import LEAF, UNKNOWN, Primitive

next_number = count(1).__next__


class Node(Traced):
    """A number, and the operation that it came from.

    data: the number; whatever real number is assigned is taken in as an int, float or Fraction.
    grad: d root / d self, 0 until a backward pass reaches it, and after ``grad = None``; a node where it was computed
    with ``create_graph=True``.
    Everything else is private, so that any other attribute is free for those who use the graph: an optimizer may
    store ``p.m``, a program of physics ``p.x``.

    _number: counts up with every node made, so parents always come before what is computed from them.
    _primitive: the row of the table that was applied; ``_a`` and ``_b`` are its operands (Nodes or plain numbers) and
    ``_da`` and ``_db`` the local derivatives with respect to them. Where there is no edge, because the operand is a
    plain number or there is none, the local derivative is None. Flat slots instead of tuples: each container per
    node would cost more time, in garbage collection, than the arithmetic does.
    """

    __slots__ = ("__dict__", "__weakref__", "_a", "_b", "_da", "_db", "_grad", "_number", "_primitive", "_value")

    _value: Any
    _grad: Any
    _number: int
    _primitive: Primitive
    _a: Any
    _b: Any
    _da: Any
    _db: Any

    label: str = ""
    _kind: ClassVar[type]  # what operations give: Value, also where a subclass of it goes in
    _compared: float = 0  # see mark_compared
    _calls: tuple[Any, ...] = ()  # of modules that it is an output of, the innermost first: see nn/modules/module.py

    @property
    def data(self) -> Any:
        """The number: an int, float or Fraction."""
        return self._value

    @data.setter
    def data(self, given: Any) -> None:
        self._value = given if type(given) is float else number(given)

    @property
    def grad(self) -> Any:
        """The gradient that backward passes have left here; 0 before the first."""
        return self._grad

    @grad.setter
    def grad(self, given: Any) -> None:
        if given is None:
            self._grad = 0
        else:
            self._grad = given if type(given) is float or isinstance(given, Node) else number(given, "grad")

    @property
    def _edges(self) -> tuple[tuple[int, Self, Any], ...]:
        """(argument, parent, local derivative) for each operand that is a node."""
        both = ((0, self._a, self._da), (1, self._b, self._db))
        return tuple(edge for edge in both if edge[2] is not None)

    @property
    def operands(self) -> tuple[Any, ...]:
        """What the operation was given, as written: nodes and plain numbers."""
        return (self._a, self._b)[: self._primitive.arity]

    @property
    def parents(self) -> tuple[Self, ...]:
        """The operands that are nodes, in order; a * a has two."""
        return tuple(parent for _, parent, _ in self._edges)

    @property
    def local_grads(self) -> tuple[Any, ...]:
        """d self / d parent for each of the parents, in the same order."""
        return tuple(local for _, _, local in self._edges)

    @property
    def creation_number(self) -> int:
        """Counts up with every node made, so it is a topological order: parents come before what is made from them."""
        return self._number

    def _partial(self, argument: int) -> Any:
        """The local derivative computed again on nodes, so that it can itself be differentiated.

        One that does not exist stays the number that it is: whether the gradient needs it is decided in the end.
        """
        local = (self._da, self._db)[argument]
        if local is not UNKNOWN and not is_finite(local):
            return local
        try:
            return self._primitive.partials[argument](self, *self.operands)
        except UNDEFINED as error:
            raise anomaly.not_differentiable(self, argument, error) from None

    def _apply_primitive(self, primitive: Primitive, operands: tuple[Any, ...]) -> Any:
        """A row applied to nodes is a new node, made by the fast method of that name where there is one."""
        fast = None if primitive.custom else getattr(type(self), primitive.name, None)
        return fast(*operands) if fast and operands[0] is self else record(primitive, *operands)


def record(primitive: Primitive, *operands: Any) -> Any:
    """Apply a row of the table to nodes and numbers: the new node holds the value and the local derivatives.

    Every operator and function of ``Value`` does this. The methods in autograd/operators.py are this function
    written out for one row and for floats; whatever else they meet, they hand over to it.
    With an array it goes entry by entry. Raises TypeError for anything but numbers, and ValueError, ZeroDivisionError
    or OverflowError where there is no value.
    """
    if any(map(has_entries, operands)):
        return primitive.on_arrays(*operands)
    operands = primitive.complete(operands)
    operands = tuple(x if isinstance(x, Node) else number(x, "operand") for x in operands)
    inputs = _alike(tuple(map(plain, operands)))
    labels = tuple(getattr(x, "label", "") for x in operands)
    node = leaf(Node._kind, number(primitive.value(inputs, labels), f"the value of {primitive.word}"))
    if recording():
        local = [
            number(primitive.partial(argument, node._value, inputs), f"the derivative of {primitive.word}")
            if isinstance(x, Node)
            else None
            for argument, x in enumerate(operands)
        ]
        node._primitive = primitive
        node._a, node._b = (*operands, None)[:2]
        node._da, node._db = (*local, None)[:2]
    return node


def leaf(kind: type[Node], data: Any) -> Any:
    """A node that was computed from nothing."""
    node = object.__new__(kind)
    node._value, node._grad, node._number, node._primitive = data, 0, next_number(), LEAF
    node._a = node._b = node._da = node._db = None
    return node


def is_operand(given: Any) -> bool:
    """Whether an operator can take this in: a node or a real number."""
    return isinstance(given, Node) or as_number(given) is not None


def operate(primitive: Primitive, node: Any, other: Any, reflected: str) -> Any:
    """An operator with a node on its left: recorded, or left to the other side where that is not a number to us."""
    if is_operand(other) or is_numpy(other):
        return record(primitive, node, other)
    result = answer(other, reflected, node)
    return record(primitive, node, other) if result is NotImplemented else result


def answer(other: Any, method: str, node: Any) -> Any:
    """What the other side of an operator makes of a node: a Series or a quantity may know; else NotImplemented.

    method: the name of its operator ("__rmul__").
    """
    known = None if type(other).__module__ == "builtins" else getattr(type(other), method, None)
    try:
        return known(other, node) if known else NotImplemented
    except (TypeError, NotImplementedError):  # some say so that they do not know; our own error says what to write
        return NotImplemented


def mark_compared(node: Any) -> None:
    """Note that a number was compared: what is recorded from here on may hang on it.

    ``_compared`` is infinite for what was compared itself. For what that was computed from it is the creation number
    of the youngest that was compared, since a decision about ``2 * x`` is one about x.

    This is no use of ``ancestors``: it stops at what is marked already, so that a loop of comparisons over a growing
    graph passes each node once, and not once for each comparison.
    """
    stack = [node]
    while stack:
        reached = stack.pop()
        if not reached._compared:
            stack.extend(reached.parents)
        reached._compared = max(reached._compared, node._number)
    node._compared = math.inf


def _alike(inputs: tuple[Any, ...]) -> tuple[Any, ...]:
    """Beside a Fraction an int becomes one too: 1 / 2 is then exact in partials as well."""
    if any(isinstance(x, Fraction) for x in inputs):
        return tuple(Fraction(x) if isinstance(x, int) else x for x in inputs)
    return tuple(map(number, inputs))


def ancestors(*roots: Any, since: int = 0) -> list[Any]:
    """The roots and every node that they were computed from, youngest first: each node before its parents.

    since: leave out nodes with a smaller creation number (nothing older can depend on anything younger).
    """
    stack = list(dict.fromkeys(roots))
    seen = set(stack)
    order = []
    while True:  # not "while stack": Python 3.11 would speed such a loop up from the eighth call on only
        if not stack:
            break
        node = stack.pop()
        order.append(node)
        if node._db is not None and (b := node._b) not in seen and b._number >= since:
            seen.add(b)
            stack.append(b)
        if node._da is not None and (a := node._a) not in seen and a._number >= since:
            seen.add(a)
            stack.append(a)
    order.sort(key=attrgetter("_number"), reverse=True)
    return order


def paths(root: Any, target: Any, most: int) -> tuple[int, list[tuple[Any, list[tuple[Any, int, Any]]]]]:
    """How many paths lead from the root back to the target, and those that weigh most.

    A path is (product of its local derivatives, its edges from the root on as (node, argument, local derivative)).
    most: how many to keep, largest |product| first. Their number may be astronomical: they are counted, not visited.
    A node need only keep the best ways to reach it, since every way on from there scales all of them alike.
    """
    count: dict[Any, int] = {root: 1}
    best: dict[Any, list[Any]] = {root: [(1, None)]}
    for node in ancestors(root, since=target._number):
        ways = count.pop(node)
        kept = nlargest(most, best.pop(node), key=lambda way: abs(way[0]))
        if node is target:
            return ways, [(product, _unrolled(last)) for product, last in kept]
        for argument, parent, local in node._edges:
            if parent._number >= target._number:
                count[parent] = count.get(parent, 0) + ways
                # what is 0 stays 0, also where the derivative further on is infinite, as in the backward pass
                longer = [(product and product * local, (last, (node, argument, local))) for product, last in kept]
                best.setdefault(parent, []).extend(longer)
    return 0, []


def _unrolled(last: Any) -> list[tuple[Any, int, Any]]:
    edges = []
    while last is not None:
        last, edge = last
        edges.append(edge)
    return edges[::-1]
