"""The script and the style of the stepper, the same in the page and in the widget."""

from functools import cache
from pathlib import Path

from autograd.symbolic import javascript
from visualize.graph.theme import THEMES, variables

STATIC = Path(__file__).parent / "static"
# The parts of the script, in the order in which they are joined to one module. They need no build: each is plain
# JavaScript, and refers to the names of the others.
PARTS = (
    "page", "words", "engine", "session", "dom", "cull", "picture", "scene", "steps", "table", "panels",
    "change", "update", "check", "diagnosis", "quiz", "stepper",
)  # fmt: skip


@cache
def script() -> str:
    """The JavaScript module: the table's rows, and the parts of the page."""
    head, *parts = (_read(f"{part}.js") for part in PARTS)
    return "\n".join((head, javascript.special(), javascript.rows(), *parts))


@cache
def stylesheet() -> str:
    """The colours of both themes, and what is done with them."""
    light, dark = (f".glassgrad {{ {variables(THEMES[name])} }}" for name in ("light", "dark"))
    return f"{light}\n@media (prefers-color-scheme: dark) {{ {dark} }}\n{_read('stage.css')}{_read('stepper.css')}"


def _read(name: str) -> str:
    return (STATIC / name).read_text(encoding="utf-8")
