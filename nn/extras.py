"""Packages that only some of this needs: loaded when first used, with advice when they are missing."""

import sys
from importlib import import_module
from pathlib import Path
from typing import Any


def extra(module: str, distribution: str) -> Any:
    """The module by that name. Raises ModuleNotFoundError with the command that installs it.

    The command names the distribution, and the Python that runs: so it helps in a clone, in an environment that is not
    activated, and where this package came from no index.
    """
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError(
            f"this needs {distribution}, which is not installed: {install(distribution)}", name=error.name
        ) from None


def optional(module: str) -> Any:
    """The module by that name, None where it is missing: for what is nice to have."""
    try:
        return import_module(module)
    except ModuleNotFoundError:
        return None


def install(distribution: str) -> str:
    """The command that installs a package for the Python that runs."""
    python = Path(sys.executable)
    if python.is_relative_to(Path.cwd()):
        python = python.relative_to(Path.cwd())
    name = f'"{python}"' if " " in str(python) else str(python)
    return f"{name} -m pip install {distribution}"
