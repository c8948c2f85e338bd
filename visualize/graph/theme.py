"""How a drawn graph looks: two themes, one outline per kind of value, and a colour for every gradient."""

import math
from collections.abc import Iterable
from typing import Any, NamedTuple

FONT = "Arial"  # the renderer that comes with pip knows the widths of this one


class Theme(NamedTuple):
    """The colours of a picture. Blue and orange stay apart for colour-blind eyes; red and green do not."""

    background: str
    card: str  # a box with gradient 0, or with none yet
    text: str
    muted: str
    line: str
    positive: str
    negative: str
    kinds: dict[str, str]  # the colour of the outline
    accent: str  # what happens now, in a stepper
    tinted: str  # the row that it belongs to
    edge: str  # a frame round other things


THEMES = {
    "light": Theme(
        background="#ffffff",
        card="#fbfcfd",
        text="#17212b",
        muted="#5c6975",
        line="#74818d",
        positive="#7fb5ea",
        negative="#f6a860",
        kinds={
            "input": "#00695f",
            "parameter": "#7a3e9d",
            "constant": "#74818d",
            "value": "#56636f",
            "output": "#17212b",
            "module": "#33508f",
        },
        accent="#c2185b",
        tinted="#fdeaf2",
        edge="#d5dce2",
    ),
    "dark": Theme(
        background="#12171c",
        card="#1f272f",
        text="#eef2f5",
        muted="#a9b5c0",
        line="#8a97a3",
        positive="#1b639f",
        negative="#9c4f12",
        kinds={
            "input": "#45c4b5",
            "parameter": "#cf9bea",
            "constant": "#8a97a3",
            "value": "#9aa7b3",
            "output": "#ffffff",
            "module": "#9db4ff",
        },
        accent="#ff80ab",
        tinted="#3a2430",
        edge="#36424d",
    ),
}


class Outline(NamedTuple):
    """How a kind of value looks without colour: Graphviz's style, the number of lines round the box, its shape."""

    style: str
    lines: int = 1
    shape: str = "box"


OUTLINES = {
    "input": Outline("filled"),  # sharp corners
    "parameter": Outline("striped"),  # a bar down the left side
    "constant": Outline("filled,rounded,dashed"),
    "value": Outline("filled,rounded"),
    "output": Outline("filled,rounded", lines=2),
    "module": Outline("filled", shape="folder"),  # what a module computed, closed
}


def gradient_colour(theme: Theme, share: float) -> str:
    """The fill for a gradient that is ``share`` (-1 to 1) of the largest one in the picture.

    The square root keeps small gradients visible beside large ones.
    """
    return mixed(theme, math.copysign(strength(share), share))


def mixed(theme: Theme, tint: float) -> str:
    """A box's colour with so much of the full colour in it: -1 is all orange, 1 all blue."""
    full = theme.positive if tint > 0 else theme.negative
    pairs = zip(_channels(theme.card), _channels(full), strict=True)
    return "#" + "".join(f"{round(start + abs(tint) * (end - start)):02x}" for start, end in pairs)


def measure(gradient: Any) -> float:
    """A gradient for colouring: as a float, infinite where it is too large for one."""
    try:
        return float(gradient)
    except OverflowError:
        return math.inf if gradient > 0 else -math.inf


def largest(gradients: Iterable[Any]) -> float:
    """The size of the largest finite gradient; 0 without any."""
    return max((abs(size) for size in map(measure, gradients) if math.isfinite(size)), default=0.0)


def share(gradient: Any, full: float) -> float:
    """A gradient as a part of the largest one, -1 to 1; 0 for NaN."""
    size = measure(gradient)
    if math.isfinite(size):
        return max(-1.0, min(size / full, 1.0)) if full else 0.0
    return 0.0 if math.isnan(size) else math.copysign(1, size)


def strength(share: float) -> float:
    """How much of the full colour (0 to 1) a gradient gets that is ``share`` of the largest one.

    Never so little that its sign cannot be seen, unless it is 0.
    """
    return math.sqrt(max(min(abs(share), 1), 0.02)) if share else 0.0


def variables(theme: Theme) -> str:
    """The colours as custom properties of a stylesheet: "--card: #fbfcfd; --input: ..."."""
    fields = theme._asdict()
    return " ".join(f"--{name}: {colour};" for name, colour in (fields | fields.pop("kinds")).items())


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
