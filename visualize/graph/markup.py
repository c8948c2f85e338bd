"""Text inside a picture: any label at all draws as text, as itself, in a box that is wide enough."""

import base64
import html
import unicodedata

LONGEST = 28  # characters of a name in a box; the rest is in the tooltip


def plain_line(text: str) -> str:
    """The text on one line, with what cannot be drawn (control and direction characters) made visible."""
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in " ".join(text.split()))


def shortened(text: str) -> str:
    """The beginning and the end of a long text: the end tells the parameters of a network apart."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST // 3]}…{text[LONGEST // 3 + 1 - LONGEST :]}"


def image(svg: str, alt: str) -> str:
    """A picture as HTML for a notebook, with a text for readers who cannot see it, which an SVG alone would lose."""
    source = base64.b64encode(svg.encode()).decode()
    return f'<img alt="{html.escape(alt)}" src="data:image/svg+xml;base64,{source}" style="max-width: 100%">'


def tooltip(text: str) -> str:
    """What Graphviz shows as this text beside the pointer: it reads entities once there, and backslashes twice."""
    return html.escape(plain_line(text)).replace("\\", "\\" * 4)


def label(text: str) -> str:
    """What Graphviz draws as this text in a plain label: it reads entities once there, and backslashes once."""
    return html.escape(plain_line(text)).replace("\\", "\\" * 2)


def cell(text: str, size: int, attributes: str = "", tag: str = "") -> str:
    """A table cell of Graphviz's HTML-like labels that shows the text and nothing else.

    size: of the font, in points. tag: "b" for bold.
    """
    # Graphviz replaces \\N and its kin even here, and cannot read a text of nothing but "]".
    shown = html.escape(text).replace("\\", "\\\\").replace("]", "&#93;")
    if tag and shown:
        shown = f"<{tag}>{shown}</{tag}>"
    least = "" if text.isascii() else f' width="{width(text, size)}"'
    return f"<td {attributes}{least}>{shown}</td>"


def width(text: str, size: int) -> int:
    """About how wide text is drawn, in points: the renderer takes every non-ASCII character for a space."""
    return round(size * sum(_em(char) for char in text)) + 4


def _em(char: str) -> float:
    if unicodedata.combining(char):
        return 0
    return 1 if unicodedata.east_asian_width(char) in "WF" or char in "…—" else 0.6
