"""The one record of what happens in a computation: each step in numbers and in words. Every view renders this."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import count, filterfalse
from typing import Any, NamedTuple

from autograd import text
from autograd.backward import contributions
from autograd.graph import ancestors
from autograd.primitives import add, mul, sub
from autograd.scalars import describe, number, short

ORDINAL = ("first", "second")


class Step(NamedTuple):
    """One thing that happens to one node.

    phase: "forward", "backward" or "update".
    action: "given" (a leaf has its number), "compute" (an operation gives a number), "seed" (the root's gradient
        grows by 1), "add" (one edge adds its share to a parent's gradient) or "update" (a leaf moves downhill).
    node, name: the node whose number or gradient changes: its place in the graph, oldest first, and its name.
    before, after: that number, or in the backward phase that gradient (before is None in the forward phase).
    operation: the name of the row of the table; "" for a leaf.
    operands: the places of the operands in the graph, None for a plain number (compute).
    source, argument: whose edge is followed, and which of its operands the node is (add).
    upstream, local, share: the source's gradient, the edge's local derivative, and their product (add).
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


def names(order: Sequence[Any], given: Mapping[str, Any] | None = None) -> dict[Any, str]:
    """What to call each node: its label, else the caller's variable, else v1, v2, ... in order of age.

    A name that several bear, as the weights of several neurons do, is numbered from the second on: "w #2".
    order: the nodes, youngest first. given: names and what they stand for, as ``locals()`` gives them.
    """
    variables = {id(thing): name for name, thing in (given or {}).items() if not name.startswith("_")}
    wished = {node: str(node.label) or variables.get(id(node), "") for node in reversed(order)}
    free = filterfalse(set(wished.values()).__contains__, map("v{}".format, count(1)))
    called, uses = {}, Counter[str]()
    for node, name in wished.items():
        uses[name] += 1
        called[node] = f"{name} #{uses[name]}" if name and uses[name] > 1 else name or next(free)
    return called


def record_steps(
    root: Any, update: Iterable[Any] = (), lr: float = 0.1, given: Mapping[str, Any] | None = None
) -> list[Step]:
    """The forward pass that led to ``root`` and the backward pass from it, as it goes when no gradient is there yet.

    update, lr: leaves that then take one step downhill, leaf - lr * gradient. given: see ``names``.
    Nothing is changed by asking: every number and gradient is afterwards what it was before.
    """
    order = ancestors(root)
    learning, rate = _checked(update, order), number(lr, "lr")
    gradients = [node.grad for node in order]
    writer = _Writer(order, given)
    try:
        forward = [writer.forward(node) for node in reversed(order)]
        backward = _backward(root, order, writer)
        return [*forward, *backward, *(writer.update(leaf, rate) for leaf in learning)]
    finally:
        for node, gradient in zip(order, gradients, strict=True):
            node.grad = gradient


def _checked(update: Iterable[Any], order: Sequence[Any]) -> list[Any]:
    leaves = {node for node in order if not node.parents}
    learning = list(update)
    for leaf in learning:
        if leaf not in leaves:
            raise ValueError(
                f"update takes leaves of this graph, such as model.parameters(); not among them: {describe(leaf)}"
            )
    return learning


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

    def __init__(self, order: Sequence[Any], given: Mapping[str, Any] | None) -> None:
        self.names = names(order, given)
        self.places = {node: place for place, node in enumerate(reversed(order))}

    def forward(self, node: Any) -> Step:
        name, place = self.names[node], self.places[node]
        if not node.parents:
            formula = f"{name} = {short(node.data)}"
            words = f"{name} is given: {short(node.data)}"
            math = _math(_identifier(name), node.data)
            return Step("forward", "given", place, name, None, node.data, "", formula, words, math)
        applied = self._applied(node)
        numbers = text.value(node.primitive, [getattr(x, "data", x) for x in node.operands])
        formula = f"{name} = {text.write(applied, 'plain')}"
        words = f"{formula} = {text.write(numbers, 'plain')} = {short(node.data)}"
        math = _math(_identifier(name), applied) + _math("", numbers, node.data)
        operands = tuple(self.places.get(x) for x in node.operands)
        row = node.primitive.name
        return Step("forward", "compute", place, name, None, node.data, row, formula, words, math, operands)

    def seed(self, root: Any) -> Step:
        name = self.names[root]
        formula = f"d{name}/d{name} = 1"
        words = f"the backward pass starts at {name}: {formula}, so its gradient is {short(root.grad)}"
        math = _math(_slope(text.symbol(name), name), 1)
        return Step("backward", "seed", self.places[root], name, root.grad - 1, root.grad, "", formula, words, math)

    def add(self, node: Any, argument: int, parent: Any, local: Any, share: Any, before: Any) -> Step:
        name, output, row = self.names[parent], self.names[node], node.primitive
        applied, rule = self._applied(node), text.partial(row, argument, output, self._symbols(node))
        formula = f"d({text.write(applied, 'plain')})/d{name} = {text.write(rule, 'plain')}"
        # in a * a the two edges go to one parent: say which is meant
        which = f" ({ORDINAL[argument]} operand)" if node.x is node.y else ""
        known = [local] if isinstance(rule, text.Text) else []
        number = f" = {short(local)}" * bool(known)
        words = (
            f"{row.name.removeprefix('_')}{which}: {formula}{number}; the gradient of {output} is {short(node.grad)}; "
            f"so {short(share)} is added to the gradient of {name}: {short(before)} -> {short(parent.grad)}"
        )
        grown = text.value(add, [before, text.value(mul, [node.grad, local])])
        math = _math(_slope(applied, name), rule, *known) + _math(_identifier(f"{name}.grad"), grown, parent.grad)
        return Step(
            "backward", "add", self.places[parent], name, before, parent.grad, row.name, formula, words, math,
            source=self.places[node], argument=argument, upstream=node.grad, local=local, share=share,
        )  # fmt: skip

    def update(self, leaf: Any, lr: Any) -> Step:
        name, share = self.names[leaf], -lr * leaf.grad
        after = leaf.data + share
        moved, numbers = (
            text.value(sub, [start, text.value(mul, [lr, slope])])
            for start, slope in ((text.symbol(name), text.symbol(f"{name}.grad")), (leaf.data, leaf.grad))
        )
        formula = f"{name} <- {text.write(moved, 'plain')}"
        words = (
            f"update: {formula} = {text.write(numbers, 'plain')}; so {name} moves by {short(share)}: "
            f"{short(leaf.data)} -> {short(after)}"
        )
        math = _math(_identifier(name), moved, sign="←") + _math("", numbers, after)
        return Step(
            "update", "update", self.places[leaf], name, leaf.data, after, "", formula, words, math, share=share
        )

    def _applied(self, node: Any) -> text.Text:
        return text.value(node.primitive, self._symbols(node))

    def _symbols(self, node: Any) -> list[Any]:
        return [text.symbol(self.names[x]) if x in self.names else x for x in node.operands]


def _math(left: str, *right: Any, sign: str = "=") -> str:
    """An equation: markup on the left, then each expression or number after an equals sign."""
    return f"<math>{left}<mo>{sign}</mo>{'<mo>=</mo>'.join(text.write(x, 'mathml') for x in right)}</math>"


def _identifier(name: str) -> str:
    return text.write(text.symbol(name), "mathml")


def _slope(output: text.Text, name: str) -> str:
    """d output / d name as a fraction; an operation in brackets."""
    above = text.write(output, "mathml")
    if output.primitive:
        above = f"<mo>(</mo>{above}<mo>)</mo>"
    return f"<mfrac><mrow><mo>∂</mo>{above}</mrow><mrow><mo>∂</mo>{_identifier(name)}</mrow></mfrac>"
