"""Roots and logarithms of exact numbers, also of those that no float holds: 10**400, Fraction(1, 10**400)."""

import math
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any


def sqrt(a: Any) -> float:
    """The square root."""
    if isinstance(a, float) or fits_a_float(a):
        return math.sqrt(a)
    if a < 0:
        raise ValueError  # as a float it may be -0.0, which has a root
    shift = (a.numerator.bit_length() - a.denominator.bit_length()) // 2
    return math.ldexp(math.sqrt(a / Fraction(4) ** shift), shift)


def log(a: Any) -> float:
    """The natural logarithm."""
    return _logarithm(math.log, a)


def log2(a: Any) -> float:
    """The logarithm to base 2."""
    return _logarithm(math.log2, a)


def log10(a: Any) -> float:
    """The logarithm to base 10."""
    return _logarithm(math.log10, a)


def _logarithm(function: Callable[[Any], float], a: Any) -> float:
    if isinstance(a, float) or fits_a_float(a) or a < 0:
        return function(a)
    return function(a.numerator) - function(a.denominator)


def fits_a_float(a: Any) -> bool:
    """Whether a float is close to this number: it is not too large, and not so small that it would become 0."""
    try:
        return bool(float(a)) or a == 0
    except OverflowError:
        return False


def formatted(a: Any, spec: str) -> str:
    """``format`` of any real number; where a float would be too small or too large, by decimal arithmetic."""
    try:
        if isinstance(a, (float, int)) or fits_a_float(a):
            return format(float(a) if isinstance(a, Fraction) else a, spec)
    except OverflowError:  # an int, written as a float is
        pass
    return format(Decimal(a.numerator) / a.denominator, spec)
