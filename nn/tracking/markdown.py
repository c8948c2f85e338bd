"""Text and tables in Markdown. Whatever stands in them is shown as it is: no name becomes HTML, a link or a picture."""

import re
from collections.abc import Iterable, Sequence
from html import escape

SIGNS = re.compile(r"[\\`*|]|(?<=\])[(\[]")  # of code, emphasis, cells and links


def escaped(text: str) -> str:
    """The text, written so that a page of Markdown shows it letter by letter."""
    return SIGNS.sub(r"\\\g<0>", escape(text, quote=False))


def markdown_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of these cells."""
    lines = [list(map(escaped, head)), ["---"] * len(head), *(list(map(escaped, row)) for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
