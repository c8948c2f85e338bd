"""What a notebook shows for a Value: its graph. The engine knows nothing of it; ``import visualize`` switches it on."""

from autograd import Value
from autograd.graph import ancestors
from visualize.graph.dot import draw_dot
from visualize.graph.render import RenderError
from visualize.graph.variables import shell

MOST = 500  # values; a larger graph is drawn when somebody asks for it, and not because a cell ended with its name


def register() -> None:
    """Tell IPython, where we run inside it, how to show a Value."""
    running = shell()
    if running is not None:
        formatter = running.display_formatter.formatters["text/html"]  # switched off in a terminal
        formatter.for_type(Value, picture)


def picture(value: Value) -> str | None:
    """The graph as an image; None, and so the plain text, where it is too large or nothing can draw it."""
    if len(ancestors(value)) > MOST:
        return None
    try:
        return draw_dot(value)._repr_mimebundle_()["text/html"]
    except RenderError:
        return None
