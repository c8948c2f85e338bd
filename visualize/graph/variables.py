"""The variables of the notebook we run in: what values without a label are called when nobody says otherwise."""

import sys
from collections.abc import Mapping
from typing import Any


def shell() -> Any:
    """The running IPython, in a notebook or a terminal; None outside."""
    return sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None


def names_or_variables(names: Mapping[str, Any] | None = None) -> Mapping[str, Any] | None:
    """The names given; where there are none, those of the notebook's variables, as a cell has no other locals()."""
    running = shell()
    return running.user_ns if names is None and running is not None else names
