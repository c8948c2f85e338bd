"""The script and the style of the stepper, the same in the page and in the widget."""

from pathlib import Path

from visualize.theme import THEMES, variables

STATIC = Path(__file__).parent / "static"
SCRIPTS = ("stepper.js", "stage.js")  # in this order they are one module
STYLES = ("stage.css", "stepper.css")


def script() -> str:
    """The JavaScript module."""
    return _joined(SCRIPTS)


def stylesheet() -> str:
    """The colours of both themes, and what is done with them."""
    light, dark = (f".glassgrad {{ {variables(THEMES[name])} }}" for name in ("light", "dark"))
    return f"{light}\n@media (prefers-color-scheme: dark) {{ {dark} }}\n{_joined(STYLES)}"


def _joined(names: tuple[str, ...]) -> str:
    return "".join((STATIC / name).read_text(encoding="utf-8") for name in names)
