"""The graph as a stage for its steps: one SVG, laid out once, in which a page then changes numbers and classes."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from autograd.scalars import short
from autograd.steps import Step
from visualize.drawing import COLUMN, SIZE, Drawing
from visualize.markup import width
from visualize.render import Picture
from visualize.theme import OUTLINES, THEMES

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


def draw_stage(
    root: Any, steps: Sequence[Step], names: Mapping[str, Any] | None, rankdir: str, program: str | None
) -> tuple[str, list[str]]:
    """The graph of ``root`` as an <svg> element with room for all its steps, and the kinds of outlines in it.

    Every box is wide enough for each number that comes into it. What ``Drawing`` gives an id has it as data-id here, as
    there may be several pictures on a page; the last text of a value is its gradient, the last but two its data.
    Colours are variables: --card, --text, ... (the fields of a Theme), and --fill for the inside of one box.
    Raises RenderError as a ``Picture`` does.
    """
    picture = Picture(format="svg")
    picture.program = program
    stage = _Stage(root, picture, names, steps)
    stage.draw(rankdir, operations=True, constants=True)
    svg = str(picture.pipe("svg", encoding="utf-8"))
    svg = NOISE.sub("", svg[svg.index("<svg") :])
    svg = re.sub(r' id="(n\d+)', r' data-id="\1', svg)
    svg = re.sub('"(#[0-9a-f]{6})"', lambda colour: f'"{VARIABLES[colour[1]]}"', svg)
    return svg, [kind for kind in OUTLINES if kind in stage.kinds]


class _Stage(Drawing):
    def __init__(self, root: Any, picture: Picture, names: Mapping[str, Any] | None, steps: Sequence[Step]) -> None:
        super().__init__(root, picture, names, DRAWN, sums=False)
        self.largest = 0.0  # no gradient has a colour yet
        self.columns = dict.fromkeys(range(len(self.ids)), COLUMN)
        for step in steps:
            self.columns[step.node] = max(self.columns[step.node], width(short(step.after), SIZE))

    def _number(self, node: Any, number: str) -> str:
        # on the left, so that the next number begins where this one does
        return f'<td align="left" width="{self.columns[int(self.ids[node][1:])]}">{number}</td>'

    def _legend(self) -> str:
        return ""  # the page has its own
