"""What counts as a number, and what to say when something else is given."""

import math
from collections.abc import Callable, Iterable
from decimal import Decimal
from fractions import Fraction
from numbers import Complex, Integral, Number, Rational, Real
from operator import index
from typing import Any

# What Python's arithmetic raises where mathematics has no value.
UNDEFINED = (ValueError, ArithmeticError)


class UndefinedError(ValueError):
    """A value that does not exist, raised by a row that says itself why."""


class Traced:
    """What stands for a number while a computation is written down: a Node of a graph, a symbol of a formula.

    Rows of the table and operators ask for this type, and for nothing that an object merely looks like. How a row is
    applied to it, ``_apply_primitive(row, operands)``, is its own business.
    """

    __slots__ = ()
    _apply_primitive: Callable[..., Any]
    data: Any


def number(given: Any, name: str = "data") -> Any:
    """Return ``given`` as a plain Python number; ``name`` is the argument an error speaks of.

    int, float and Fraction pass as they are. Every other real number of Python's numeric tower (bool, NumPy scalars,
    gmpy2, mpmath, SymPy numbers, ...) and every array without axes becomes one of them.
    Raises TypeError for anything else, with the likely fix.
    """
    found = as_number(given)
    if found is None:
        raise TypeError(
            f"{name} must be one real number (int, float, Fraction), not {describe(given)}: {_advice(given)}"
        )
    return found


def as_number(given: Any) -> Any:
    """The int, float or Fraction that ``given`` is; None when it is not a real number."""
    if type(given) is float or type(given) is int:
        return given
    if isinstance(given, Traced) or getattr(getattr(given, "dtype", None), "kind", "") in ("c", "m", "M"):
        return None  # a timedelta64 of NumPy calls itself an integer
    if isinstance(given, Integral):  # a Fraction of NumPy integers would overflow: exact numbers hold Python's
        return int(given)
    if isinstance(given, Rational):
        whole = type(given) is Fraction and type(given.numerator) is type(given.denominator) is int
        return given if whole else Fraction(int(given.numerator), int(given.denominator))
    if isinstance(given, Real):
        return _float(given)
    if getattr(given, "shape", None) == () and hasattr(given, "item") and not _has_unit(given):
        belongs_elsewhere = getattr(given, "requires_grad", False)  # its gradient would be lost
        masked = bool(getattr(given, "mask", False))
        return None if belongs_elsewhere or masked else as_number(given.item())
    return None


def _float(given: Any) -> float | None:
    try:
        found = float(given)
    except (TypeError, ValueError):  # an interval of mpmath is no one number
        return None
    if math.isinf(found) and given != found:
        raise OverflowError(f"{describe(given)} is too large for a float")
    return found


def _has_unit(given: Any) -> bool:
    return hasattr(given, "unit") or hasattr(given, "units")


def as_float(given: Any, name: str) -> float:
    """Return ``given`` as a float. Raises TypeError like ``number``, OverflowError for an int or Fraction too large."""
    try:
        return float(number(given, name))
    except OverflowError:
        shown = short(given) if isinstance(given, Rational) else describe(given)
        raise OverflowError(f"{name} is too large for a float: {shown}") from None


def whole_number(given: Any, name: str, least: int = 1) -> int:
    """Return ``given`` as an int. Raises TypeError unless it is a whole number, ValueError for one below ``least``."""
    try:
        found = index(given)
    except TypeError:
        raise TypeError(f"{name} must be a whole number, not {describe(given)}") from None
    if found < least:
        raise ValueError(f"{name} must be at least {least}, not {found}")
    return found


def plain(given: Any) -> Any:
    """The number of a Value; a number as it is."""
    return given.data if isinstance(given, Traced) else given


def is_numpy(given: Any) -> bool:
    """Whether ``given`` is an array or a scalar of NumPy's, found without importing NumPy."""
    return hasattr(type(given), "__array_interface__")


def is_array(given: Any) -> bool:
    """Whether ``given`` is an array, or something that turns into one: a Series, a tensor."""
    return is_numpy(given) or (hasattr(type(given), "__array__") and not isinstance(given, Number))


def has_entries(given: Any) -> bool:
    """Whether ``given`` is an array of several entries, or of Values: to be gone through entry by entry."""
    kind = getattr(getattr(given, "dtype", None), "kind", "")
    return is_array(given) and (kind == "O" or getattr(given, "shape", None) != ())


def as_array(given: Any, name: str) -> Any:
    """Return an array of real numbers, or of Values, as a NumPy array.

    Raises TypeError for text, dates and complex numbers, ValueError for masked entries: none of them is a number.
    """
    import numpy as np

    if getattr(given, "requires_grad", False):
        raise TypeError(
            f"{name} belongs to the graph of another library, and its gradient would be lost: use .detach()"
        )
    array = np.asanyarray(given)
    if array.dtype.kind not in "biufO":
        raise TypeError(
            f"{name} must hold real numbers, not {array.dtype}: convert text with .astype(float) first; of complex "
            "numbers take .real or .imag"
        )
    if np.ma.is_masked(array):
        raise ValueError(f"{name} has masked entries, which are no numbers: fill them with .filled(...) or drop them")
    return np.asarray(array)


def is_finite(given: Any) -> bool:
    """Whether a number is neither infinite nor NaN (ints and Fractions of any size are finite)."""
    return not isinstance(given, float) or math.isfinite(given)


def describe(given: Any) -> str:
    """A short name for a thing that was given by mistake: its type and the beginning of its repr, on one line."""
    shown = " ".join(repr(given).split())
    return f"{type(given).__name__} {shown if len(shown) <= 40 else shown[:37] + '...'}"


def _advice(given: Any) -> str:
    if isinstance(given, tuple) and len(given) == 1:
        return "a stray comma makes a tuple; remove it"
    if isinstance(given, str):
        return "convert text with float(...) first"
    if isinstance(given, Complex) and not isinstance(given, Real):
        return "this engine differentiates real functions; use .real or .imag"
    if given is None:
        return "a function that forgets its return gives None"
    if isinstance(given, Traced):
        return "it is a Value already; use it as it is, or .detach() for a copy without history"
    if getattr(given, "requires_grad", False):
        return "it belongs to the graph of another library, and its gradient would be lost; use .item() for its number"
    if hasattr(given, "as_py"):
        return "write .as_py() for its number"
    if _has_unit(given):
        return "it has a unit; give its number alone"
    if hasattr(given, "delta") and hasattr(given, "mid"):  # of mpmath
        return "an interval is not one number; take float(x.a) or float(x.b), where it begins or ends"
    if isinstance(given, Decimal):
        return "convert it with float(...), or exactly with Fraction(...)"
    if isinstance(given, Iterable) and getattr(given, "shape", None) != ():
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
    is_long = isinstance(given, (int, Fraction)) and max(abs(given.numerator), given.denominator) > 10**20
    return short(given) if is_long else str(given)
