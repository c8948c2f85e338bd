"""The graph as a stage for its steps: pictures, each laid out once, in which a page changes numbers and classes."""

import re
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from autograd.coercion import short
from autograd.trace.named_graph import NamedGraph
from autograd.trace.steps import Step
from visualize.graph.boxes import listed
from visualize.graph.drawing import COLUMN, SIZE, Drawing
from visualize.graph.markup import plain_line, width
from visualize.graph.module_tree import Box, Boxes, View
from visualize.graph.render import Picture, find_program
from visualize.graph.theme import OUTLINES, THEMES

DRAWN = THEMES["light"]
# A colour in the picture becomes a variable of the stylesheet, so that one picture serves light and dark.
VARIABLES = {colour: f"var(--{kind})" for kind, colour in DRAWN.kinds.items()} | {
    DRAWN.background: "var(--background)",
    DRAWN.card: "var(--fill, var(--card))",
    DRAWN.text: "var(--text)",
    DRAWN.muted: "var(--muted)",
    DRAWN.line: "var(--line)",
}
NOISE = re.compile(r'<title>.*?</title>\n|<!--.*?-->\n|</?a\b[^>]*>\n| id="(graph0|a_\w+)"', re.DOTALL)
# What static/stage.css says once for all: in the pictures of a large network it would be half of the page.
SAID = re.compile(
    r'(?<=<polygon) fill="var\(--fill, var\(--card\)\)"| fill="var\(--text\)"'
    r'| font-family="Arial"| font-size="11\.00"| text-anchor="start"| stroke-width="1\.3"'
)
SAID_OF_EDGES = re.compile(r' (?:fill|stroke|font-\w+|text-anchor)="[^"]*"|\.\d(?=[ ,C"])')
EDGE = re.compile(r'(?<=class="gg-edge">).*?(?=</g>)')
BARE = re.compile(r"<g>(.*?)</g>(?=</g>)")
ELEMENT = re.compile(r"<(?:text|path|polygon)[^>]*>")
NUMBERS = re.compile(r' (?:d|points|x|y)="[^"]*"')

LARGE = 200  # values; a larger graph has its operations in the boxes of the values
MOST = 10_000  # boxes and edges in all pictures of a page; what is further inside then stays closed


@dataclass(frozen=True)
class Stage:
    """What a page needs to show a graph, from all boxes of modules closed to any one of them open.

    views: an <svg> element for each box that can be open, by its place; None where that would be too much for a page.
    boxes: all of them; ``boxes[0]`` is the whole graph, all that there is where no module was called.
    start: the place of the box that is open at first. home: for each node the place of the innermost box that it is in.
    outputs: for each box the places of the nodes that are listed in it while it is closed. kinds: the outlines drawn.
    """

    views: list[str | None]
    boxes: list[Box]
    start: int
    home: list[int]
    outputs: list[list[int]]
    kinds: list[str]

    @cached_property
    def data(self) -> dict[str, Any]:
        """The same in JSON's types, the pictures without what the stylesheet says for them."""
        boxes = []
        for box, outputs in zip(self.boxes, self.outputs, strict=True):
            around = box.around.place if box.around else None
            boxes.append({"name": plain_line(box.name), "kind": box.kind, "around": around, "outputs": outputs})
        views = [view and _compact(view) for view in self.views]
        return {"views": views, "start": self.start, "boxes": boxes, "home": self.home, "kinds": self.kinds}


def draw_stage(graph: NamedGraph, steps: Sequence[Step], rankdir: str, program: str | None) -> Stage:
    """The graph as pictures with room for all its steps.

    Every box is wide enough for each number that comes into it. What ``Drawing`` gives an id has it as data-id here, as
    there may be several pictures on a page; the last text of a value is its gradient, the last but two its data.
    Colours are variables: --card, --text, ... (the fields of a Theme), and --fill for the inside of one box.
    Raises RenderError as a ``Picture`` does.
    """
    boxes = Boxes(graph.order)
    columns: dict[int, int] = {}
    for step in steps:
        columns[step.node] = max(columns.get(step.node, COLUMN), width(short(step.after), SIZE))
    drawn = list(_drawn(graph, boxes, columns, rankdir, find_program(program)))
    with ThreadPoolExecutor() as pool:
        views: list[str | None] = [None] * len(boxes.all)
        for (box, _), svg in zip(drawn, pool.map(lambda pair: _svg(pair[1].picture), drawn), strict=True):
            views[box.place] = svg
    return Stage(
        views,
        boxes.all,
        boxes.start.place,
        [boxes.home[node].place for node in graph.nodes],
        [[graph.places[node] for node in listed(box)] for box in boxes.all],
        [kind for kind in OUTLINES if any(kind in stage.kinds for _, stage in drawn)],
    )


def _drawn(
    graph: NamedGraph, boxes: Boxes, columns: Mapping[int, int], rankdir: str, program: str | None
) -> Iterator[tuple[Box, "_Stage"]]:
    """A picture for each box, the outermost boxes first, as long as a page has room."""
    size = 0
    for box in sorted(boxes.all, key=Box.depth):
        picture = Picture(format="svg")
        picture.program = program
        stage = _Stage(graph, picture, columns, boxes.opened(box))
        stage.draw(rankdir, operations=len(boxes.home) <= LARGE, constants=True)
        size += len(picture.body)
        if size > MOST and box.place > boxes.start.place:
            return
        yield box, stage


def _svg(picture: Picture) -> str:
    svg = str(picture.pipe("svg", encoding="utf-8"))
    svg = NOISE.sub("", svg[svg.index("<svg") :])
    svg = re.sub(r' id="([nb]\d+)', r' data-id="\1', svg)
    svg = re.sub(r' class="(?=graph|node|edge|cluster)', ' class="gg-', svg)  # no stylesheet of a notebook means these
    svg = re.sub('"(#[0-9a-f]{6})"', lambda colour: f'"{VARIABLES[colour[1]]}"', svg)
    return svg


def _compact(svg: str) -> str:
    svg = NUMBERS.sub(lambda places: re.sub(r"(\.\d)\d+", r"\1", places[0]).replace(".0", ""), svg)
    svg = BARE.sub(r"\1", svg.replace(">\n", ">"))
    svg = EDGE.sub(lambda edge: ELEMENT.sub(lambda element: SAID_OF_EDGES.sub("", element[0]), edge[0]), svg)
    return ELEMENT.sub(lambda element: SAID.sub("", element[0]), svg)


class _Stage(Drawing):
    """columns: how wide each node's numbers are, by its place."""

    def __init__(self, graph: NamedGraph, picture: Picture, columns: Mapping[int, int], view: View) -> None:
        super().__init__(graph, picture, DRAWN, view=view)
        self.largest = 0.0  # no gradient has a colour yet
        self.columns = columns

    def _number(self, node: Any, number: str) -> str:
        # on the left, so that the next number begins where this one does
        return f'<td align="left" width="{self.columns[int(self.ids[node][1:])]}">{number}</td>'

    def _legend(self) -> str:
        return ""  # the page has its own
