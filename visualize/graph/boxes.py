"""How the boxes of modules are written: a closed one is a table of what it gives, an open one has a title."""

from collections.abc import Sequence
from typing import Any

from visualize.graph.markup import cell, plain_line
from visualize.graph.module_tree import Box

SIZE = 11  # of the font, in points
MOST = 4  # outputs that are listed in a closed box


def listed(box: Box) -> list[Any]:
    """The outputs that have a row in the closed box."""
    return box.outputs[:MOST]


def closed_table(box: Box, rows: Sequence[Sequence[str]]) -> str:
    """An HTML-like label: name and kind, the rows (each a name, a number and a gradient), how much is inside."""
    wide = 'colspan="5" align="left"'
    more = len(box.outputs) - MOST
    count = f"{box.operations} operation{'s' * (box.operations != 1)}"
    foot = cell(f"{count}, {more} more output{'s' * (more != 1)}" if more > 0 else count, SIZE - 2, wide)
    gap = '<td width="5"></td>'
    body = "".join(f"<tr>{row}</tr>" for row in (f"<td {wide}>{_name(box)}</td>", *map(gap.join, rows), foot))
    return f'<<table border="0" cellborder="0" cellspacing="0" cellpadding="1">{body}</table>>'


def title(box: Box) -> str:
    """An HTML-like label: name and kind, for the frame of an open box."""
    return f"<{_name(box)}>"


def _name(box: Box) -> str:
    words = cell(plain_line(box.name), SIZE, 'align="left"', "b")
    kind = cell(box.kind, SIZE, 'align="right"', "i") if box.kind != box.name else ""
    return f'<table border="0" cellborder="0" cellspacing="0" cellpadding="1"><tr>{words}{kind}</tr></table>'
