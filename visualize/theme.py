"""How a drawn graph looks: two themes, one outline per kind of value, and a colour for every gradient."""

import math
from typing import NamedTuple

FONT = "Arial"  # the renderer that comes with pip knows the widths of this one


class Theme(NamedTuple):
    """The colours of a picture. Blue and orange stay apart for colour-blind eyes; red and green do not."""

    background: str
    card: str  # a box whose gradient is 0 or not known
    text: str
    muted: str
    line: str
    positive: str
    negative: str
    kinds: dict[str, str]  # the colour of the outline


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
        },
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
        },
    ),
}


class Outline(NamedTuple):
    """What tells a kind of value apart without colour: Graphviz's style, and how many lines go round the box."""

    style: str
    lines: int = 1


OUTLINES = {
    "input": Outline("filled"),  # sharp corners
    "parameter": Outline("striped"),  # a bar down the left side
    "constant": Outline("filled,rounded,dashed"),
    "value": Outline("filled,rounded"),
    "output": Outline("filled,rounded", lines=2),
}


def gradient_colour(theme: Theme, share: float) -> str:
    """The fill for a gradient that is ``share`` (-1 to 1) of the largest one in the picture.

    The square root keeps small gradients visible beside large ones.
    """
    full = theme.positive if share > 0 else theme.negative
    weight = math.sqrt(min(abs(share), 1))
    pairs = zip(_channels(theme.card), _channels(full), strict=True)
    return "#" + "".join(f"{round(start + weight * (end - start)):02x}" for start, end in pairs)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
