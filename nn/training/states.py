"""States as they come back from a file, believed only where each part is of its kind."""

import sys
from collections.abc import Mapping
from reprlib import repr as shown
from typing import Any, get_args

# In the words of an error, for one and for several.
KINDS: dict[type, tuple[str, str]] = {
    str: ("text", "texts"),
    int: ("a whole number", "whole numbers"),
    float: ("a finite number", "finite numbers"),
    dict: ("a dict", "dicts"),
    list: ("a list", "lists"),
}


def checked(state: Any, kinds: Mapping[str, Any], what: str) -> dict[str, Any]:
    """The entries of ``state`` by these names, and no others.

    kinds: for each name str, int, float, dict, list, or a list such as list[float]; an int that is not too large is a
        float, too.
    Raises ValueError, which speaks of ``what``, when it is not a dict, an entry is missing, or is of another kind.
    """
    if not isinstance(state, dict):
        raise ValueError(f"{what} must be a dict, not {shown(state)}")
    for name, kind in kinds.items():
        if name not in state:
            raise ValueError(f"{what} has no {name!r}")
        of_each = get_args(kind)
        entries = state[name] if of_each else [state[name]]
        one = of_each[0] if of_each else kind
        if not isinstance(entries, list) or not all(_is(one, entry) for entry in entries):
            words = f"a list of {KINDS[one][1]}" if of_each else KINDS[one][0]
            raise ValueError(f"{name!r} of {what} must be {words}, not {shown(state[name])}")
    return {name: state[name] for name in kinds}


def _is(kind: type, thing: Any) -> bool:
    if kind is float:
        return type(thing) in (int, float) and abs(thing) <= sys.float_info.max
    return type(thing) is kind
