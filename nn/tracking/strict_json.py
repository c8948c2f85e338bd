"""Anything that describes a run, as JSON that every reader takes: there is no NaN and no infinity in JSON."""

import json
import math
from collections.abc import Mapping, Set
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from os import PathLike, fspath
from typing import Any

from autograd.coercion import describe

NOT_FINITE = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}  # written as text
DEEPEST = 50  # lists in lists


def plain(thing: Any, where: str) -> Any:
    """The same as numbers, text, True, False, None, lists and dicts.

    Numbers that are not finite become the texts "NaN", "Infinity" and "-Infinity"; tuples and sets lists; fractions,
    decimals, paths and dates text. where: what to call it in an error, such as "config".
    Raises TypeError that names the place of anything else, ValueError for lists too deep, or that hold themselves.
    """
    if where.count("[") > DEEPEST:
        raise ValueError(f"{where.partition('[')[0]} is deeper than {DEEPEST} lists and dicts, or holds itself")
    if isinstance(thing, Enum):
        return plain(thing.value, where)
    if hasattr(thing, "tolist"):  # NumPy's numbers and arrays, and those of others
        thing = thing.tolist()
    if isinstance(thing, float):
        return thing if math.isfinite(thing) else next(name for name, x in NOT_FINITE.items() if str(x) == str(thing))
    if thing is None or isinstance(thing, bool | int | str):
        return thing
    if isinstance(thing, Mapping):
        for key in thing:
            if not isinstance(key, str | int | float | bool | None):
                raise TypeError(f"{where} has the key {key!r}, which must be text or a number")
        return {str(key): plain(part, f"{where}[{key!r}]") for key, part in thing.items()}
    if isinstance(thing, Set):
        return sorted((plain(part, f"{where}[...]") for part in thing), key=lambda part: (str(type(part)), str(part)))
    if isinstance(thing, list | tuple | range):
        return [plain(part, f"{where}[{place}]") for place, part in enumerate(thing)]
    if isinstance(thing, Fraction | Decimal | date):
        return str(thing)
    if isinstance(thing, PathLike):
        return str(fspath(thing))
    raise TypeError(
        f"{where} must be a number, text, True, False, None, or a list or dict of those, not {describe(thing)}"
    )


def dumps(thing: Any, where: str, indent: int | None = None) -> str:
    """The text of it, which any reader of JSON takes. Raises as ``plain``."""
    return json.dumps(plain(thing, where), indent=indent, allow_nan=False)


def number(thing: Any) -> Any:
    """What was written as a number; anything else as it is."""
    return NOT_FINITE.get(thing, thing) if isinstance(thing, str) else thing
