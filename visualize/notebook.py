"""What a notebook shows for a Value: its graph. The engine knows nothing of it; ``import visualize`` switches it on."""

from autograd import Value
from autograd.graph import ancestors
from visualize.graph.dot import draw_dot
from visualize.graph.render import RenderError

MOST = 500  # values; a larger graph is drawn only on request, not because a cell ended with its name


def register() -> None:
    """Give every Value the method that notebooks ask for a picture: Jupyter and its kin, marimo."""
    setattr(Value, "_repr_html_", picture)  # noqa: B010  # a method that the engine does not know of


def picture(value: Value) -> str | None:
    """The graph as an image; None, and so the plain text, where it is too large or nothing can draw it."""
    if len(ancestors(value)) > MOST:
        return None
    try:
        return draw_dot(value)._repr_html_()
    except RenderError:
        return None
