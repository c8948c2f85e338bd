"""Why a gradient is 0: the edges that let nothing through, and the shares that cancel."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import NoneType
from typing import Any

from autograd import Value
from autograd.backward import latest_root
from autograd.coercion import describe, short
from autograd.trace.named_graph import NamedGraph
from autograd.trace.steps import Step, record_steps
from visualize.graph.variables import names_or_variables, value_of
from visualize.terminal.transcript import indented

MOST = 10  # reasons that are printed


@dataclass(frozen=True)
class Zero:
    """What keeps a gradient at 0; print it.

    root, wrt: what the output and the value are called. gradient: d root / d wrt, from the backward pass.
    connected: whether any path leads from the root to the value.
    blocks: the steps of the backward pass that pass on 0 of a gradient that is not 0, on a way to the value.
    cancelled: for each value on a path with shares that add up to 0, the steps of these shares.
    reasons: all of these as sentences, in the order of the backward pass.
    """

    root: str
    wrt: str
    gradient: Any
    connected: bool
    blocks: tuple[Step, ...]
    cancelled: tuple[tuple[Step, ...], ...]
    reasons: tuple[str, ...]

    def __str__(self) -> str:
        return self.text()

    def text(self, width: int = 80) -> str:
        """The reasons in lines of at most ``width`` characters."""
        lines = [indented("", self._heading(), width)]
        lines += [indented("- ", reason, width) for reason in self.reasons[:MOST]]
        if len(self.reasons) > MOST:
            lines.append(f"- and {len(self.reasons) - MOST:,} more")
        return "\n".join(lines)

    def _heading(self) -> str:
        slope = f"d{self.root}/d{self.wrt}"
        if not self.connected:
            return f"{slope} is 0: {self.root} was not computed from {self.wrt}"
        if self.gradient:
            return f"{slope} is {short(self.gradient)}, not 0"
        return f"{slope} is 0: nothing of the gradient gets from {self.root} to {self.wrt}"


def why_zero(root: Value | str, wrt: Value | str | None = None, *, names: Mapping[str, Any] | None = None) -> Zero:
    """Name the edges that keep ``root``'s gradient from ``wrt``: a dead relu, a factor of 0, shares that cancel.

    ``why_zero(loss, wrt=a)``, or ``why_zero(a)`` of whatever the last ``backward()`` started from; it is named.
    wrt: a Value of the graph, or its name: ``why_zero(loss, wrt="a")``, ``why_zero("a")``.
    names: what to call values without a label, names=locals(); in a notebook its variables.
    No gradient changes. Raises TypeError when root is not a Value, or wrt neither Value nor text, ValueError
    for a name that no value has, or several, and when only one is given and there was no backward pass, or nothing
    holds the Value any more that it started from.
    """
    start, asked = (latest_root(), root) if wrt is None else (root, wrt)
    if not isinstance(asked, (Value, str)):
        raise TypeError(f"wrt must be a Value of the graph, or its name, not {describe(asked)}")
    if not isinstance(start, (Value, NoneType)):
        raise TypeError(f"root must be a Value of the graph, not {describe(start)}")
    if start is None:
        raise ValueError(
            "there is no backward pass to explain: gradients are 0 until backward() is called on the output, as in "
            "loss.backward(); keep the output in a variable, or name it here: why_zero(loss, wrt=a)"
        )
    names = names_or_variables(names)
    graph = NamedGraph(start, names)
    value = value_of(graph, asked, "wrt", names)
    steps = record_steps(graph)
    step_of = dict(zip(graph.nodes, steps, strict=False))  # a node's forward step has its place, name and number
    if value not in step_of:
        return Zero(step_of[start].name, value.label or f"({short(value.data)})", 0, False, (), (), ())
    adds: dict[int, list[Step]] = {step_of[node].node: [] for node in _between(graph.order, value)}
    for step in steps:
        if step.action == "add" and step.node in adds:
            adds[step.node].append(step)
    gradient = adds[step_of[value].node][-1].after if adds[step_of[value].node] else int(value is start)
    blocks: list[Step] = []
    cancelled: list[tuple[Step, ...]] = []
    reasons: list[str] = []
    for shares in adds.values() if not gradient else ():
        nothing = [step for step in shares if not step.share]
        blocks += nothing
        reasons += _blocked(nothing, steps)
        if len(nothing) < len(shares) and not shares[-1].after:
            cancelled.append(tuple(shares))
            reasons.append(f"the shares that reach {shares[0].name} cancel: {_sum(shares)} = 0")
    return Zero(
        step_of[start].name, step_of[value].name, gradient, True, tuple(blocks), tuple(cancelled), tuple(reasons)
    )


def _between(order: Sequence[Any], wrt: Value) -> list[Any]:
    """The nodes that were computed from ``wrt``, and itself, the youngest first."""
    found = {wrt}
    for node in reversed(order):
        if not found.isdisjoint(node.parents):
            found.add(node)
    return [node for node in order if node in found]


def _blocked(shares: Sequence[Step], steps: Sequence[Step]) -> Iterator[str]:
    for step in shares:
        rule = step.words.partition(": ")[0]  # "mul", or "mul (first operand)" where both operands are one value
        if step.local:
            product = f"{short(step.upstream)} * {short(step.local)}"
            yield f"{rule}: the share of {step.name} is too small for a float: {product}"
        else:
            local = "" if step.formula.endswith("= 0") else " = 0"
            computed = steps[step.source or 0].words  # the forward pass comes first, one step per node
            yield f"{rule}: {step.formula}{local}, as {computed}"


def _sum(shares: Sequence[Step]) -> str:
    return " + ".join(short(step.share) for step in shares)
