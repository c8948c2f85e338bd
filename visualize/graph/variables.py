"""The names of values: from variables by default; and the value that a name means."""

import sys
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from autograd import Value
from autograd.coercion import describe
from autograd.trace.named_graph import NamedGraph

MOST = 12  # names that are listed


def names_or_variables(names: Mapping[str, Any] | None = None) -> Mapping[str, Any] | None:
    """The names given; where there are none, those of the notebook's variables, as a cell has no other locals()."""
    return _variables() if names is None else names


def value_of(graph: NamedGraph, given: Any, argument: str, names: Mapping[str, Any] | None = None) -> Value:
    """The Value given, or the one that has this name in the graph.

    names: what else a name may stand for, such as a variable whose Value is labelled otherwise.
    Raises TypeError for anything but a Value and text, ValueError for a name that none has, or several.
    """
    if isinstance(given, Value):
        return given
    if not isinstance(given, str):
        raise TypeError(f"{argument} must be a Value of the graph, or its name, not {describe(given)}")
    found: list[Value] = [node for node, name in graph.names.items() if name == given]
    several = [name for name in graph.names.values() if name.startswith(f"{given} #")]
    if found and several:
        raise ValueError(
            f"{argument}={given!r} may be {given} or {', '.join(several[:MOST])}: give the Value itself, or each a "
            "label of its own"
        )
    variable = (names or {}).get(given)
    if not found and isinstance(variable, Value):
        return variable
    if not found:
        known = sorted(graph.names.values(), key=lambda name: name not in map(graph.names.get, graph.named))
        near = get_close_matches(given, known, n=1)
        advice = f"did you mean {near[0]!r}? There" if near else "there"
        more = f" and {len(known) - MOST:,} more" * (len(known) > MOST)
        raise ValueError(
            f"{argument}={given!r} names no value of this graph; {advice} are {', '.join(known[:MOST])}{more}"
        )
    return found[0]


def _variables() -> Mapping[str, Any] | None:
    """The variables of the running IPython (Jupyter) or marimo; None in a script."""
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    if shell is not None:
        variables: Mapping[str, Any] = shell.user_ns
        return variables
    marimo = sys.modules.get("marimo")
    return vars(sys.modules["__main__"]) if marimo and marimo.running_in_notebook() else None
