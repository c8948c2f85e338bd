"""The one record of what happens in a computation: numbers and a sentence for each step. Every view shows it."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from autograd import anomaly
from autograd.backward import contributions
from autograd.coercion import describe, number
from autograd.registry import ARGUMENTS
from autograd.trace import descriptions
from autograd.trace.named_graph import NamedGraph


class Step(NamedTuple):
    """One thing that happens to one node.

    phase: "forward", "backward" or "update".
    action: "given" (a leaf has its number), "compute" (an operation gives a number), "seed" (the root's gradient
        grows by 1), "add" (one edge adds its share to a parent's gradient) or "update" (a leaf moves downhill).
    node, name: the node whose number or gradient changes: its place in the graph, oldest first, and its name.
    before, after: that number, or in the backward phase that gradient (before is None in the forward phase).
    operation: the name of the row of the table; "" for a leaf.
    operands: the places of the operands in the graph, None for a plain number (compute).
    source, argument: the node that passes its gradient on, and which of its operands ``node`` is (add).
    upstream, local, share: the source's gradient, the edge's local derivative, and their product (add).
        In an update upstream is the leaf's gradient, and share what the leaf moves by.
    formula: the step as mathematics, with names: "c = a * b", "d(a * b)/da = b".
    words: the step as a sentence, with numbers.
    mathml: the step typeset for a page, names and numbers: one or two <math> elements, one equation each.
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
    mathml: str
    operands: tuple[int | None, ...] = ()
    source: int | None = None
    argument: int | None = None
    upstream: Any = None
    local: Any = None
    share: Any = None


def record_steps(graph: NamedGraph, update: Iterable[Any] = (), lr: float = 0.1) -> list[Step]:
    """The forward pass that led to the root and the backward pass from it, as if no gradient were there yet.

    update, lr: leaves that then take one step downhill, leaf - lr * gradient.
    Every number and gradient is afterwards what it was before.
    """
    learning, rate = _checked(update, graph), number(lr, "lr")
    gradients = [node.grad for node in graph.nodes]
    writer = _Writer(graph)
    try:
        forward = [writer.forward(node) for node in graph.nodes]
        backward = _backward(graph, writer)
        return [*forward, *backward, *(writer.update(leaf, rate) for leaf in learning)]
    finally:
        for node, gradient in zip(graph.nodes, gradients, strict=True):
            node.grad = gradient


def _checked(update: Iterable[Any], graph: NamedGraph) -> list[Any]:
    leaves = {node for node in graph.nodes if not node.parents}
    learning = list(update)
    for leaf in learning:
        if leaf not in leaves:
            raise ValueError(
                f"update takes leaves of this graph, such as model.parameters(); not among them: {describe(leaf)}"
            )
    return learning


def _backward(graph: NamedGraph, writer: "_Writer") -> list[Step]:
    for node in graph.nodes:
        node.grad = 0
    graph.root.grad = 1
    steps = [writer.seed(graph.root)]
    for node, argument, parent, local, share in contributions(graph.order):
        before = parent.grad
        parent.grad += share
        steps.append(writer.add(node, argument, parent, local, share, before))
    anomaly.inspect(graph.order, [node for node in graph.nodes if not node.parents])
    return steps


class _Writer:
    """Writes the sentence of each step, with the names and places of one graph."""

    def __init__(self, graph: NamedGraph) -> None:
        self.names, self.places, self.root = graph.names, graph.places, graph.names[graph.root]

    def forward(self, node: Any) -> Step:
        name, place = self.names[node], self.places[node]
        if not node.parents:
            texts = descriptions.GIVEN.fill(y=name, after=node.data)
            return Step("forward", "given", place, name, None, node.data, "", *texts)
        numbers = {f"{argument}_data": parent.data for argument, parent in self._operands(node)}
        texts = descriptions.compute(node._primitive, *constants(node)).fill(
            y=name, after=node.data, **numbers, **self._named(node)
        )
        operands = tuple(self.places.get(x) for x in node.operands)
        return Step("forward", "compute", place, name, None, node.data, node._primitive.name, *texts, operands)

    def seed(self, root: Any) -> Step:
        name = self.names[root]
        texts = descriptions.SEED.fill(y=name, after=root.grad)
        return Step("backward", "seed", self.places[root], name, root.grad - 1, root.grad, "", *texts)

    def add(self, node: Any, argument: int, parent: Any, local: Any, share: Any, before: Any) -> Step:
        name, after, upstream = self.names[parent], parent.grad, node.grad
        texts = descriptions.contribute(node._primitive, argument, node._a is node._b, *constants(node)).fill(
            root=self.root, y=self.names[node], grad=f"{name}.grad", upstream=upstream, local=local, share=share,
            before=before, after=after, **self._named(node),
        )  # fmt: skip
        return Step(
            "backward", "add", self.places[parent], name, before, after, node._primitive.name, *texts,
            source=self.places[node], argument=argument, upstream=upstream, local=local, share=share,
        )  # fmt: skip

    def update(self, leaf: Any, lr: Any) -> Step:
        name, before, share = self.names[leaf], leaf.data, -lr * leaf.grad
        after = before + share
        texts = descriptions.UPDATE.fill(
            y=name, grad=f"{name}.grad", lr=lr, slope=leaf.grad, share=share, before=before, after=after
        )
        return Step(
            "update", "update", self.places[leaf], name, before, after, "", *texts, upstream=leaf.grad, share=share
        )

    def _operands(self, node: Any) -> list[tuple[str, Any]]:
        """The operands that are nodes, with what the table calls them."""
        return [(ARGUMENTS[argument], parent) for argument, parent, _ in node._edges]

    def _named(self, node: Any) -> dict[str, str]:
        return {argument: self.names[parent] for argument, parent in self._operands(node)}


def constants(node: Any) -> tuple[Any, ...]:
    """The plain numbers among a node's operands, None for those that are nodes."""
    return tuple(
        None if local is not None else x for x, local in zip(node.operands, (node._da, node._db), strict=False)
    )
