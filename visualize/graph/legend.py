"""The key under a picture: which outline is what, and which colour is which gradient."""

from collections.abc import Sequence

from autograd.coercion import short
from visualize.graph.markup import cell
from visualize.graph.theme import OUTLINES, Theme, gradient_colour

SIZE = 10
SHADES = (-1, -0.5, -0.12, 0, 0.12, 0.5, 1)  # shares of the largest gradient


def legend(kinds: Sequence[str], largest: float | None, theme: Theme, derivatives: bool) -> str:
    """An HTML-like label for Graphviz.

    kinds: those in the picture. largest: the size of the largest gradient; None when none is computed yet.
    derivatives: whether there are numbers on edges.
    """
    samples = "".join(_sample(kind, theme) + cell(kind, SIZE, 'align="left"') + '<td width="4"></td>' for kind in kinds)
    scale = _scale(largest, theme)
    note = _row(_line(cell("on an edge: the local derivative", SIZE, 'align="left"'))) if derivatives else ""
    return (
        f'<<font point-size="{SIZE}" color="{theme.muted}"><table border="0" cellspacing="0" cellpadding="1">'
        f"{_row(_line(samples))}{_row(_line(scale))}{note}</table></font>>"
    )


def _row(cells: str) -> str:
    return f"<tr>{cells}</tr>"


def _line(cells: str) -> str:
    return (
        f'<td align="left"><table border="0" cellborder="0" cellspacing="2" cellpadding="1">{_row(cells)}</table></td>'
    )


def _sample(kind: str, theme: Theme) -> str:
    """A small box with the outline of the kind."""
    outline, colour = OUTLINES[kind], theme.kinds[kind]
    stripe = f'<td width="3" bgcolor="{colour}"></td>' if outline.style == "striped" else ""
    style = ",".join(part for part in outline.style.split(",") if part in ("rounded", "dashed"))
    box = _table(f'{stripe}<td width="{11 if stripe else 14}" height="8"></td>', style, colour)
    for _ in range(outline.lines - 1):
        box = _table(f"<td>{box}</td>", style, colour, padding=1)
    if outline.shape == "folder":
        lid = f'<tr><td width="8"></td><td width="6" height="3" bgcolor="{colour}"></td></tr>'
        box = f'<table border="0" cellspacing="0" cellpadding="0">{lid}<tr><td colspan="2">{box}</td></tr></table>'
    return f'<td cellpadding="3">{box}</td>'


def _table(cells: str, style: str, colour: str, padding: int = 0) -> str:
    styled = f' style="{style}"' * bool(style)
    return (
        f'<table border="1" cellborder="0" cellspacing="0" cellpadding="{padding}" color="{colour}"{styled}>'
        f"{_row(cells)}</table>"
    )


def _scale(largest: float | None, theme: Theme) -> str:
    if largest is None:
        return cell("grad –: not computed yet, call backward() first", SIZE, 'align="left"')
    swatches = "".join(
        f'<td width="16" height="9" fixedsize="true" border="1" color="{theme.line}" '
        f'bgcolor="{gradient_colour(theme, share)}"></td>'
        for share in SHADES
    )
    return cell(f"grad  -{short(largest)}", SIZE) + swatches + cell(short(largest), SIZE, 'align="left"')
