"""Where a gradient comes from: every path from the output to one value, and what each contributes."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from autograd import Value
from autograd.coercion import describe, short
from autograd.graph import paths
from autograd.trace.descriptions import ORDINAL
from autograd.trace.named_graph import NamedGraph
from autograd.trace.steps import Step, record_steps
from visualize.graph.variables import names_or_variables, value_of
from visualize.terminal.transcript import abridged, indented


class Path(NamedTuple):
    """One way from the output to the value.

    names: what the values on the way are called, the output first; in x * x it is said which of the two x is meant.
    factors: the local derivative of each edge. product: all factors multiplied.
    """

    names: tuple[str, ...]
    factors: tuple[Any, ...]
    product: Any


@dataclass(frozen=True)
class Explanation:
    """The gradient of one value, path by path; print it.

    root, wrt: what the output and the value are called. definitions: how the values on the paths were computed.
    count: how many paths there are. paths: the ones with the largest |product|, largest first.
    gradient: d root / d wrt, from the backward pass.
    """

    root: str
    wrt: str
    definitions: tuple[str, ...]
    count: int
    paths: tuple[Path, ...]
    gradient: Any

    @property
    def total(self) -> Any:
        """The sum of the products of the paths listed: the gradient itself, when all are."""
        return sum(path.product for path in self.paths)

    def __str__(self) -> str:
        return self.text()

    def text(self, width: int = 80) -> str:
        """The explanation in lines of at most ``width`` characters; of what is very long, the beginning and the end."""
        lines = [*abridged(self.definitions), *[""] * bool(self.definitions), self._heading(), ""]
        lines = [indented("", line, width) for line in lines]
        digits = len(str(len(self.paths)))
        for place, path in enumerate(self.paths, 1):
            lines.append(indented(f"{place:>{digits}}. ", " -> ".join(abridged(path.names)), width))
            factors = f"{' * '.join(abridged(map(short, path.factors)))} = " if len(path.factors) > 1 else ""
            lines.append(indented(" " * (digits + 2), factors + short(path.product), width))
        lines += [""] if self.paths else []
        return "\n".join([*lines, *(indented("", line, width) for line in self._sums())])

    def _sums(self) -> Iterator[str]:
        if len(self.paths) > 1:
            yield f"sum of these products: {short(self.total)}"
        yield f"d{self.root}/d{self.wrt} by the backward pass: {short(self.gradient)}"
        if self.count > len(self.paths) and self.gradient:
            if 0 <= self.total / self.gradient <= 1:
                yield f"the paths listed carry {100 * float(self.total / self.gradient):.3g}% of it"
            else:
                yield f"the other paths add up to {short(self.gradient - self.total)}"

    def _heading(self) -> str:
        if not self.paths:
            return f"no path leads from {self.root} to {self.wrt}"
        many = f"{self.count:,}" if self.count < 10**15 else f"about 10**{math.log10(self.count):.0f}"
        lead = f"{many} paths lead" if self.count > 1 else "1 path leads"
        most = f"; the {len(self.paths)} with the largest products" if self.count > len(self.paths) else ""
        return f"{lead} from {self.root} to {self.wrt}{most}, with the local derivatives on the way and their product:"


def explain(root: Value, wrt: Value | str, most: int = 50, *, names: Mapping[str, Any] | None = None) -> Explanation:
    """List the paths from ``root`` back to ``wrt``; their products add up to the gradient.

    wrt: a Value of the graph, or its name: ``explain(loss, wrt="a")``.
    most: how many paths to list, those with the largest |product| first; all are counted.
    names: what to call values without a label, names=locals(); in a notebook its variables.
    No gradient changes. Raises TypeError when root is not a Value, or wrt neither Value nor text, ValueError
    for a name that no value has, or several, and when most is below 1.
    """
    if not isinstance(root, Value):
        raise TypeError(f"root must be a Value of the graph, not {describe(root)}")
    if most < 1:
        raise ValueError(f"most must be at least 1, not {most}: it is the number of paths to list")
    names = names_or_variables(names)
    graph = NamedGraph(root, names)
    wrt = value_of(graph, wrt, "wrt", names)
    count, found = paths(root, wrt, most)
    steps = record_steps(graph)
    forward = [step for step in steps if step.phase == "forward"]
    step_of = dict(zip(graph.nodes, forward, strict=True))
    on_the_way = {node for _, edges in found for node, _, _ in edges}
    gradients = {step.node: step.after for step in steps if step.phase == "backward"}
    listed = []
    for product, edges in found:
        reached = [_reached(step_of, node, argument) for node, argument, _ in edges]
        listed.append(Path((step_of[root].name, *reached), tuple(local for _, _, local in edges), product))
    return Explanation(
        root=step_of[root].name,
        wrt=step_of[wrt].name if wrt in step_of else wrt.label or f"({short(wrt.data)})",
        definitions=tuple(step.words for node, step in step_of.items() if node in on_the_way),
        count=count,
        paths=tuple(listed),
        gradient=gradients.get(step_of[wrt].node, 0) if wrt in step_of else 0,
    )


def _reached(step_of: dict[Any, Step], node: Any, argument: int) -> str:
    """What the edge leads to; in x * x both lead to x."""
    name = step_of[node.operands[argument]].name
    return f"{name} ({ORDINAL[argument]} operand)" if node._a is node._b else name
