"""What counts as a number, and what to say when something else is given."""

import math
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from operator import index
from typing import Any

# What Python's arithmetic raises where mathematics has no value.
UNDEFINED = (ValueError, ArithmeticError)


class UndefinedError(ValueError):
    """A value that does not exist, raised by a row that says itself why."""


def number(given: Any, name: str = "data") -> Any:
    """Return ``given`` as a plain Python number; ``name`` is the argument an error speaks of.

    int, float and Fraction pass as they are, bool becomes int, NumPy real scalars and 0-d arrays their Python
    equal. Raises TypeError for anything else, with the likely fix.
    """
    if type(given) in (float, int, Fraction):
        return given
    if isinstance(given, (float, int)):  # bool, and float subclasses such as numpy.float64
        return float(given) if isinstance(given, float) else int(given)
    if getattr(given, "shape", None) == () and getattr(given, "dtype", None) is not None and given.dtype.kind in "biuf":
        return float(given) if given.dtype.kind == "f" else int(given)
    raise TypeError(f"{name} must be one real number (int, float, Fraction), not {describe(given)}: {_advice(given)}")


def as_float(given: Any, name: str) -> float:
    """Return ``given`` as a float. Raises TypeError like ``number``, OverflowError for an int or Fraction too large."""
    try:
        return float(number(given, name))
    except OverflowError:
        raise OverflowError(f"{name} is too large for a float: {short(given)}") from None


def whole_number(given: Any, name: str, least: int = 1) -> int:
    """Return ``given`` as an int. Raises TypeError for what is no whole number, ValueError for one below ``least``."""
    try:
        found = index(given)
    except TypeError:
        raise TypeError(f"{name} must be a whole number, not {describe(given)}") from None
    if found < least:
        raise ValueError(f"{name} must be at least {least}, not {found}")
    return found


def plain(gradient: Any) -> Any:
    """A gradient as a number, also where it was computed as a node."""
    return getattr(gradient, "data", gradient)


def is_array(given: Any) -> bool:
    """Whether ``given`` is a NumPy array, told without importing NumPy."""
    return hasattr(type(given), "__array_interface__")


def is_finite(given: Any) -> bool:
    """Whether a number is neither infinite nor NaN (ints and Fractions of any size are finite)."""
    return not isinstance(given, float) or math.isfinite(given)


def describe(given: Any) -> str:
    """A short name for a thing that was given by mistake: its type and the beginning of its repr."""
    shown = repr(given)
    return f"{type(given).__name__} {shown if len(shown) <= 40 else shown[:37] + '...'}"


def _advice(given: Any) -> str:
    if isinstance(given, tuple) and len(given) == 1:
        return "a stray comma makes a tuple; remove it"
    if isinstance(given, str):
        return "convert text with float(...) first"
    if isinstance(given, complex):
        return "this engine differentiates real functions; use .real or .imag"
    if given is None:
        return "a function that forgets its return gives None"
    if hasattr(given, "data") and hasattr(given, "parents"):
        return "it is a Value already; use it as it is, or .detach() for a copy without history"
    if is_array(given) or isinstance(given, Iterable):
        return "make one Value per entry: [Value(x) for x in ...]"
    return "convert it with float(...) first"


def short(given: Any) -> str:
    """A number as people want to read it: four significant digits, or its exact self when that is short."""
    if isinstance(given, float):
        return f"{given + 0.0:.4g}"  # + 0.0 makes -0.0 a 0
    if max(abs(given.numerator), given.denominator) < 1_000_000:
        return str(given)
    return f"{Decimal(given.numerator) / given.denominator:.4g}"  # a float may be too small to hold it


def exact(given: Any) -> str:
    """A number with all its digits, as long as there are not hundreds of them."""
    is_long = not isinstance(given, float) and max(abs(given.numerator), given.denominator) > 10**20
    return short(given) if is_long else str(given)
