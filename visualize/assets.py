"""The script and the style of the stepper, the same in the page and in the widget."""

from pathlib import Path

from visualize.theme import THEMES, variables

STATIC = Path(__file__).parent / "static"


def script() -> str:
    """The JavaScript module."""
    return (STATIC / "stepper.js").read_text(encoding="utf-8")


def stylesheet() -> str:
    """The colours of both themes, and what is done with them."""
    light, dark = (f".glassgrad {{ {variables(THEMES[name])} }}" for name in ("light", "dark"))
    rules = (STATIC / "stepper.css").read_text(encoding="utf-8")
    return f"{light}\n@media (prefers-color-scheme: dark) {{ {dark} }}\n{rules}"
