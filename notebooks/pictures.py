"""Pictures in the lessons: each with a text that says what is to be seen, for whoever cannot see it."""

import base64
import html
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from matplotlib.figure import Figure

from autograd import Value
from autograd.coercion import plain, short
from autograd.trace.named_graph import NamedGraph
from autograd.trace.steps import record_steps
from visualize import draw_dot
from visualize.graph.render import Picture

MOST = 24  # values that are read out one by one
DPI = 120  # dots to an inch of a plot: an SVG of the same would be larger


@dataclass(frozen=True)
class Shown:
    """A picture in a cell: an image with its words."""

    alt: str
    kind: str
    content: bytes

    def _repr_html_(self) -> str:
        source = f"data:{self.kind};base64,{base64.b64encode(self.content).decode()}"
        return f'<img alt="{html.escape(self.alt)}" src="{source}" style="max-width: 100%; background: #ffffff">'

    def __repr__(self) -> str:
        return f"[picture: {self.alt}]"


def show_graph(
    root: Value,
    names: Mapping[str, Any] | None = None,
    operations: bool = True,
    constants: bool = True,
    sums: bool = False,
) -> Shown:
    """The graph of a computation, as ``draw_dot`` draws it, with words that are worked out from it.

    names, operations, constants, sums: as in ``draw_dot``.
    """
    picture = draw_dot(root, names=names, operations=operations, constants=constants, sums=sums)
    return show(picture, f"The graph of a computation. {_described(root, names)}")


def show(picture: Picture | Figure, alt: str) -> Shown:
    """A graph or a plot as the last line of a cell.

    picture: what ``draw_dot`` gives, or a plot, such as ``plot_history`` or ``visualize.canvas.plot`` gives.
    alt: a sentence or two that say what is to be seen. Raises ValueError when it is empty.
    """
    if not alt.strip():
        raise ValueError("alt is empty: say in a sentence what is to be seen, for readers who cannot see it")
    return Shown(" ".join(alt.split()), *_drawn(picture))


def _described(root: Value, names: Mapping[str, Any] | None) -> str:
    """Every operation with its numbers and what its arrows bear, and the gradients."""
    graph = NamedGraph(root, names)
    if len(graph.nodes) > MOST:
        return f"It has {len(graph.nodes)} values, too many to be read out."
    forward = [step.words for step in record_steps(graph) if step.phase == "forward"]
    told = [
        f"{words}; its arrows bear {' and '.join(map(short, node.local_grads))}" if node.parents else words
        for node, words in zip(graph.nodes, forward, strict=True)
    ]
    gradients = [f"{graph.names[node]} {short(plain(node.grad))}" for node in graph.nodes]
    known = f"Gradients: {', '.join(gradients)}." if plain(root.grad) else "No gradient is computed yet."
    return f"{'. '.join(told)}. {known}"


def _drawn(picture: Any) -> tuple[str, bytes]:
    if isinstance(picture, Picture):
        return "image/svg+xml", str(picture.pipe("svg", encoding="utf-8")).encode()
    buffer = BytesIO()
    picture.savefig(buffer, format="png", dpi=DPI, metadata={"Software": None})
    return "image/png", buffer.getvalue()
