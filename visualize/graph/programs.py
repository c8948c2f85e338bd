"""A program as a picture: a box for each line of its array form, with its shape."""

from collections.abc import Mapping
from typing import Any

from autograd.program.program import Program
from visualize.graph.markup import label
from visualize.graph.render import Picture
from visualize.graph.theme import FONT, Theme

MOST_CHARACTERS = 60


def draw_program(
    program: Program, picture: Picture, theme: Theme, rankdir: str, names: Mapping[str, Any] | None
) -> None:
    """Fill the picture. names: of leaves, such as ``dict(model.named_parameters())``."""
    picture.graph_attr.update(rankdir=rankdir, bgcolor=theme.background, fontname=FONT, nodesep="0.2", ranksep="0.35")
    picture.node_attr.update(
        shape="box", style="rounded,filled", fillcolor=theme.card, color=theme.kinds["value"], fontname=FONT,
        fontsize="11", fontcolor=theme.text, margin="0.12,0.06",
    )  # fmt: skip
    picture.edge_attr.update(color=theme.line, arrowsize="0.7")
    lines = program.lines(names)
    boxes = {line.name: f"p{place}" for place, line in enumerate(lines)}
    if any("x" in line.reads for line in lines):
        boxes["x"] = "x"
        picture.node("x", "x\\n" + label(f"{program.width} numbers a row"), color=theme.kinds["input"], id="x")
    for line in lines:
        kind = "output" if line.name == "output" else "value"
        text = "\\n".join(label(part) for part in (f"{line.name} = {_cut(line.expression)}", line.shape))
        picture.node(
            boxes[line.name], text, color=theme.kinds[kind], tooltip=label(line.expression), id=boxes[line.name]
        )
        for read in line.reads:
            picture.edge(boxes[read], boxes[line.name], id=f"{boxes[read]}-{boxes[line.name]}")
    picture.alt = f"The array form of {program!r}: " + "; ".join(map(str, lines[:20]))


def _cut(text: str) -> str:
    return text if len(text) <= MOST_CHARACTERS else text[: MOST_CHARACTERS - 1] + "…"
