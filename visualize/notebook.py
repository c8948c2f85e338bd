"""What a notebook shows for a Value: its graph. The engine knows nothing of it; ``import visualize`` switches it on."""

import sys
from typing import Any

from autograd import Value
from autograd.graph import ancestors
from visualize.dot import draw_dot
from visualize.render import RenderError

MOST = 500  # values; a larger graph is drawn when somebody asks for it, and not because a cell ended with its name


def register() -> None:
    """Tell IPython, where we run inside it, how to show a Value; names come from the notebook's variables."""
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    if shell is not None:
        formatter = shell.display_formatter.formatters["image/svg+xml"]  # switched off in a terminal
        formatter.for_type(Value, lambda value: picture(value, shell.user_ns))


def picture(value: Value, names: dict[str, Any]) -> str | None:
    """The graph as SVG; None, and so the plain text, where it is too large or nothing can draw it."""
    if len(ancestors(value)) > MOST:
        return None
    try:
        return str(draw_dot(value, names=names).pipe("svg", encoding="utf-8"))
    except RenderError:
        return None
