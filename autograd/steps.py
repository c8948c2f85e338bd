"""The one record of what happens in a computation: each step in numbers and in words. Every view renders this."""

from collections.abc import Mapping, Sequence
from itertools import count, filterfalse
from typing import Any, NamedTuple

from autograd import text
from autograd.backward import contributions
from autograd.graph import ancestors
from autograd.scalars import short

ORDINAL = ("first", "second")


class Step(NamedTuple):
    """One thing that happens to one node.

    phase: "forward" or "backward".
    action: "given" (a leaf has its number), "compute" (an operation gives a number), "seed" (the root's gradient
        grows by 1) or "add" (one edge adds its share to a parent's gradient).
    node, name: the node whose number or gradient changes: its place in the graph, oldest first, and its name.
    before, after: that number or gradient (before is None in the forward phase).
    operation: the name of the row of the table; "" for a leaf.
    operands: the places of the operands in the graph, None for a plain number (compute).
    source, argument: whose edge is followed, and which of its operands the node is (add).
    upstream, local, share: the source's gradient, the edge's local derivative, and their product (add).
    formula: the step as mathematics, with names: "c = a * b", "d(a * b)/da = b".
    words: the step as a sentence, with numbers.
    """

    phase: str
    action: str
    node: int
    name: str
    before: Any
    after: Any
    operation: str
    formula: str
    words: str
    operands: tuple[int | None, ...] = ()
    source: int | None = None
    argument: int | None = None
    upstream: Any = None
    local: Any = None
    share: Any = None


def names(order: Sequence[Any], given: Mapping[str, Any] | None = None) -> dict[Any, str]:
    """What to call each node: its label, else the caller's variable, else v1, v2, ... in order of age.

    order: the nodes, youngest first. given: names and what they stand for, as ``locals()`` gives them.
    """
    variables = {id(thing): name for name, thing in (given or {}).items() if not name.startswith("_")}
    called = {node: node.label or variables.get(id(node), "") for node in reversed(order)}
    free = filterfalse(set(called.values()).__contains__, map("v{}".format, count(1)))
    return {node: name or next(free) for node, name in called.items()}


def record_steps(root: Any) -> list[Step]:
    """The forward pass that led to ``root`` and the backward pass from it, as it goes when no gradient is there yet.

    Nothing is changed by asking: every gradient is afterwards what it was before.
    """
    order = ancestors(root)
    gradients = [node.grad for node in order]
    writer = _Writer(order)
    try:
        return [*map(writer.forward, reversed(order)), *_backward(root, order, writer)]
    finally:
        for node, gradient in zip(order, gradients, strict=True):
            node.grad = gradient


def _backward(root: Any, order: Sequence[Any], writer: "_Writer") -> list[Step]:
    for node in order:
        node.grad = 0
    root.grad = 1
    steps = [writer.seed(root)]
    for node, argument, parent, local, share in contributions(order):
        before = parent.grad
        parent.grad += share
        steps.append(writer.add(node, argument, parent, local, share, before))
    return steps


class _Writer:
    """Puts steps into words: knows the names and places of the nodes of one graph."""

    def __init__(self, order: Sequence[Any]) -> None:
        self.names = names(order)
        self.places = {node: place for place, node in enumerate(reversed(order))}

    def forward(self, node: Any) -> Step:
        name, place = self.names[node], self.places[node]
        if not node.parents:
            given = f"{name} is given: {short(node.data)}"
            return Step("forward", "given", place, name, None, node.data, "", f"{name} = {short(node.data)}", given)
        formula = f"{name} = {self._applied(node)}"
        numbers = text.write(text.value(node.primitive, [getattr(x, "data", x) for x in node.operands]), "plain")
        words = f"{formula} = {numbers} = {short(node.data)}"
        operands = tuple(self.places.get(x) for x in node.operands)
        return Step("forward", "compute", place, name, None, node.data, node.primitive.name, formula, words, operands)

    def seed(self, root: Any) -> Step:
        name = self.names[root]
        words = f"the backward pass starts at {name}: d{name}/d{name} = 1, so its gradient is {short(root.grad)}"
        formula = f"d{name}/d{name} = 1"
        return Step("backward", "seed", self.places[root], name, root.grad - 1, root.grad, "", formula, words)

    def add(self, node: Any, argument: int, parent: Any, local: Any, share: Any, before: Any) -> Step:
        name, output, row = self.names[parent], self.names[node], node.primitive
        rule = text.partial(row, argument, output, self._symbols(node))
        formula = f"d({self._applied(node)})/d{name} = {text.write(rule, 'plain')}"
        # in a * a the two edges go to one parent: say which is meant
        which = f" ({ORDINAL[argument]} operand)" if node.x is node.y else ""
        number = f" = {short(local)}" if isinstance(rule, text.Text) else ""
        words = (
            f"{row.name}{which}: {formula}{number}; the gradient of {output} is {short(node.grad)}; "
            f"so {short(share)} is added to the gradient of {name}: {short(before)} -> {short(parent.grad)}"
        )
        return Step(
            "backward", "add", self.places[parent], name, before, parent.grad, row.name, formula, words,
            source=self.places[node], argument=argument, upstream=node.grad, local=local, share=share,
        )  # fmt: skip

    def _applied(self, node: Any) -> str:
        return text.write(text.value(node.primitive, self._symbols(node)), "plain")

    def _symbols(self, node: Any) -> list[Any]:
        return [text.symbol(self.names[x]) if x in self.names else x for x in node.operands]
