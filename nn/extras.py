"""Packages that only some of this needs: loaded when first used, with advice when they are missing."""

from importlib import import_module
from typing import Any


def extra(module: str, distribution: str) -> Any:
    """The module by that name. Raises ModuleNotFoundError that says what to install."""
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError(
            f'this needs {distribution}, which is not installed: pip install "glassgrad[learn]"', name=error.name
        ) from None
