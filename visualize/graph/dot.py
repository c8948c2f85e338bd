"""The graph of a computation as a picture: every value, every gradient, and the local derivative on every edge."""

import warnings
from collections.abc import Mapping
from typing import Any

from autograd.coercion import describe, plain, short
from autograd.graph import Node
from autograd.program.program import Program
from autograd.trace.named_graph import NamedGraph
from visualize.graph.drawing import Drawing
from visualize.graph.markup import plain_line
from visualize.graph.module_tree import FLAT, Boxes
from visualize.graph.programs import draw_program
from visualize.graph.render import Picture, checked_format
from visualize.graph.theme import THEMES
from visualize.graph.variables import names_or_variables

MANY = 10_000  # boxes and edges, from which on drawing is slow enough to say so
BYTES = 620  # of SVG for each
MOST_NAMED = 8  # leaves that the text for a picture names; the others are counted


def draw_dot(
    root: Node | Program,
    format: str = "svg",
    rankdir: str = "LR",
    *,
    names: Mapping[str, Any] | None = None,
    operations: bool = True,
    constants: bool = True,
    sums: bool = False,
    depth: int | None = None,
    theme: str = "light",
    program: str | None = None,
) -> Picture:
    """Draw everything that ``root`` was computed from, with data, gradients and local derivatives.

    The result shows itself in a notebook; ``.render(outfile="graph.svg")`` writes a file, ``.pipe("png")`` gives bytes,
    ``.source`` is the DOT text. A gradient that is not computed yet is a dash: the node's ``grad`` and the
    root's are 0.

    format: what is drawn when nothing else is said ("svg", "png", "pdf", ...). rankdir: "LR" or "TB", the direction.
    names: what to call values without a label, names=locals(); in a notebook its variables. operations: False puts each
    operation into the box of its value. constants: False leaves plain numbers out. sums: True draws a chain of
    additions as one sum, unless a value inside it has a name or is used elsewhere. depth: draw the calls of modules as
    boxes, so many levels of them open: depth=1 shows the layers of a network. theme: "light" or "dark".
    program: what draws, see ``Picture``.
    root may also be a program, which is drawn as the array form that ``program.describe()`` gives: a box for each line,
    with its shape; names=dict(model.named_parameters()) then names the matrices.
    Warns of a picture that takes long to draw. Raises TypeError when root is not a Value, ValueError for an unknown
    format, rankdir or theme, or a depth below 0.
    """
    if isinstance(root, Program):
        one_of("rankdir", rankdir, ("LR", "TB"))
        one_of("theme", theme, tuple(THEMES))
        picture = Picture(filename="program.gv", format=checked_format(format))
        picture.program = program
        draw_program(root, picture, THEMES[theme], rankdir, names)
        return picture
    if not isinstance(root, Node):
        hint = "; draw one of its entries" if isinstance(root, (list, tuple)) else ""
        raise TypeError(f"root must be the Value whose computation is drawn, not {describe(root)}{hint}")
    names = checked(names, rankdir)
    one_of("theme", theme, tuple(THEMES))
    if depth is not None and (not isinstance(depth, int) or depth < 0):
        raise ValueError(f"depth must be a number of levels, 0 or more, or None for no boxes, not {depth!r}")
    picture = Picture(filename="graph.gv", format=checked_format(format))
    picture.program = program
    graph = NamedGraph(root, names)
    view = FLAT if depth is None else Boxes(graph.order).down_to(depth)
    Drawing(graph, picture, THEMES[theme], sums, view).draw(rankdir, operations, constants)
    if len(picture.body) > MANY:
        warnings.warn(
            f"this picture has {len(picture.body):,} boxes and edges: it takes long to draw, and its SVG has about "
            f"{len(picture.body) * BYTES / 1e6:.0f} MB. Draw the modules as closed boxes (depth=1), leave things out "
            "(operations=False, constants=False, sums=True), or draw one sample or one neuron",
            stacklevel=2,
        )
    picture.alt = _in_words(graph)
    return picture


def _in_words(graph: NamedGraph) -> str:
    """The text that stands for the picture: what comes out, what goes in, and how far the backward pass is."""
    root, names = graph.root, graph.names
    leaves = [plain_line(names[node]) for node in graph.nodes if not node.parents]
    shown = ", ".join(leaves[:MOST_NAMED])
    more = f" and {len(leaves) - MOST_NAMED} more" if len(leaves) > MOST_NAMED else ""
    known = "with gradients" if plain(root.grad) else "no gradient is computed yet"
    return (
        f"The graph of {plain_line(names[root])} = {short(plain(root.data))}, computed from {shown}{more}: "
        f"{len(graph.nodes)} values, {known}."
    )


def checked(names: Any, rankdir: Any) -> Mapping[str, Any] | None:
    """The names for values. Raises TypeError for anything else, ValueError for an unknown direction."""
    if names is not None and not isinstance(names, Mapping):
        raise TypeError(f"names must map names to values, as locals() does, not {describe(names)}")
    one_of("rankdir", rankdir, ("LR", "TB"))
    return names_or_variables(names)


def one_of(name: str, given: Any, choices: tuple[str, ...]) -> None:
    """Refuse what is none of these."""
    if given not in choices:
        raise ValueError(f"{name} must be {' or '.join(map(repr, choices))}, not {given!r}")
