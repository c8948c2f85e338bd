"""The rows of the table in exact arithmetic: values, first and second derivatives with mpmath, from the textbook.

700 digits, so that the textbook's forms lose nothing that a float could show: 1 - tanh(x)**2 is 1e-260 at x = 300.
Each entry is (f, df/da, d2f/da2), or for two arguments (f, f_a, f_b, f_aa, f_ab, f_bb).
"""

import math
import random
from collections.abc import Callable, Iterator
from typing import Any

from mpmath import MPContext

from autograd.registry import TABLE, Primitive

mp = MPContext()  # of our own: another user of mpmath in the same process may ask for other digits
mp.dps = 700
mpf = mp.mpf
RULES = dict[str, tuple[Callable[..., Any], ...]]


def _gauss(x: Any) -> Any:
    return mp.exp(-x * x / 2) / mp.sqrt(2 * mp.pi)


def _sigmoid(x: Any) -> Any:
    return 1 / (1 + mp.exp(-x))


def _slope(x: Any) -> Any:
    return _sigmoid(x) * _sigmoid(-x)


def _bend(x: Any) -> Any:
    return _slope(x) * (1 - 2 * _sigmoid(x))


def _bell(x: Any) -> Any:
    return 2 * mp.exp(-x * x) / mp.sqrt(mp.pi)


ONE: RULES = {
    "neg": (lambda x: -x, lambda x: mpf(-1), lambda x: mpf(0)),
    "sqrt": (mp.sqrt, lambda x: 1 / (2 * mp.sqrt(x)), lambda x: -1 / (4 * x * mp.sqrt(x))),
    "exp": (mp.exp, mp.exp, mp.exp),
    "expm1": (mp.expm1, mp.exp, mp.exp),
    "log": (mp.log, lambda x: 1 / x, lambda x: -1 / x**2),
    "log1p": (mp.log1p, lambda x: 1 / (1 + x), lambda x: -1 / (1 + x) ** 2),
    "log2": (lambda x: mp.log(x) / mp.log(2), lambda x: 1 / (x * mp.log(2)), lambda x: -1 / (x * x * mp.log(2))),
    "log10": (mp.log10, lambda x: 1 / (x * mp.log(10)), lambda x: -1 / (x * x * mp.log(10))),
    "square": (lambda x: x * x, lambda x: 2 * x, lambda x: mpf(2)),
    "reciprocal": (lambda x: 1 / x, lambda x: -1 / x**2, lambda x: 2 / x**3),
    "sin": (mp.sin, mp.cos, lambda x: -mp.sin(x)),
    "cos": (mp.cos, lambda x: -mp.sin(x), lambda x: -mp.cos(x)),
    "tan": (mp.tan, lambda x: mp.sec(x) ** 2, lambda x: 2 * mp.tan(x) * mp.sec(x) ** 2),
    "asin": (mp.asin, lambda x: 1 / mp.sqrt(1 - x * x), lambda x: x / mp.sqrt(1 - x * x) ** 3),
    "acos": (mp.acos, lambda x: -1 / mp.sqrt(1 - x * x), lambda x: -x / mp.sqrt(1 - x * x) ** 3),
    "atan": (mp.atan, lambda x: 1 / (1 + x * x), lambda x: -2 * x / (1 + x * x) ** 2),
    "sinh": (mp.sinh, mp.cosh, mp.sinh),
    "cosh": (mp.cosh, mp.sinh, mp.cosh),
    "tanh": (mp.tanh, lambda x: mp.sech(x) ** 2, lambda x: -2 * mp.tanh(x) * mp.sech(x) ** 2),
    "asinh": (mp.asinh, lambda x: 1 / mp.sqrt(1 + x * x), lambda x: -x / mp.sqrt(1 + x * x) ** 3),
    "acosh": (mp.acosh, lambda x: 1 / mp.sqrt(x * x - 1), lambda x: -x / mp.sqrt(x * x - 1) ** 3),
    "atanh": (mp.atanh, lambda x: 1 / (1 - x * x), lambda x: 2 * x / (1 - x * x) ** 2),
    "erf": (mp.erf, _bell, lambda x: -2 * x * _bell(x)),
    "erfc": (mp.erfc, lambda x: -_bell(x), lambda x: 2 * x * _bell(x)),
    "sigmoid": (_sigmoid, _slope, _bend),
    "softplus": (lambda x: mp.log1p(mp.exp(x)), _sigmoid, _slope),
    "relu": (lambda x: max(x, mpf(0)), lambda x: mpf(x > 0), lambda x: mpf(0)),
    "gelu": (
        lambda x: x * mp.erfc(-x / mp.sqrt(2)) / 2,
        lambda x: mp.erfc(-x / mp.sqrt(2)) / 2 + x * _gauss(x),
        lambda x: (2 - x * x) * _gauss(x),
    ),
    "silu": (
        lambda x: x * _sigmoid(x),
        lambda x: _sigmoid(x) + x * _slope(x),
        lambda x: 2 * _slope(x) + x * _bend(x),
    ),
    "abs": (abs, mp.sign, lambda x: mpf(0)),
    "step": (lambda x: mpf(x > 0), lambda x: mpf(0), lambda x: mpf(0)),
    "sign": (mp.sign, lambda x: mpf(0), lambda x: mpf(0)),
    "heaviside": (lambda x: (mp.sign(x) + 1) / 2, lambda x: mpf(0), lambda x: mpf(0)),
}


def _h(a: Any, b: Any) -> Any:
    return mp.sqrt(a * a + b * b)


def _constant(number: int) -> Callable[..., Any]:
    return lambda a, b: mpf(number)


ZERO = _constant(0)
TWO: RULES = {
    "add": (lambda a, b: a + b, _constant(1), _constant(1), ZERO, ZERO, ZERO),
    "sub": (lambda a, b: a - b, _constant(1), _constant(-1), ZERO, ZERO, ZERO),
    "mul": (lambda a, b: a * b, lambda a, b: b, lambda a, b: a, ZERO, _constant(1), ZERO),
    "div": (
        lambda a, b: a / b, lambda a, b: 1 / b, lambda a, b: -a / b**2,
        ZERO, lambda a, b: -1 / b**2, lambda a, b: 2 * a / b**3,
    ),
    "pow": (
        lambda a, b: a**b, lambda a, b: b * a ** (b - 1), lambda a, b: a**b * mp.log(a),
        lambda a, b: b * (b - 1) * a ** (b - 2), lambda a, b: a ** (b - 1) * (1 + b * mp.log(a)),
        lambda a, b: a**b * mp.log(a) ** 2,
    ),
    "atan2": (
        mp.atan2, lambda a, b: b / _h(a, b) ** 2, lambda a, b: -a / _h(a, b) ** 2,
        lambda a, b: -2 * a * b / _h(a, b) ** 4, lambda a, b: (a * a - b * b) / _h(a, b) ** 4,
        lambda a, b: 2 * a * b / _h(a, b) ** 4,
    ),
    "hypot": (
        _h, lambda a, b: a / _h(a, b), lambda a, b: b / _h(a, b),
        lambda a, b: b * b / _h(a, b) ** 3, lambda a, b: -a * b / _h(a, b) ** 3, lambda a, b: a * a / _h(a, b) ** 3,
    ),
    "leaky_relu": (
        lambda a, b: a if a > 0 else a * b, lambda a, b: mpf(1) if a > 0 else b, lambda a, b: min(a, mpf(0)),
        ZERO, lambda a, b: mpf(a <= 0), ZERO,
    ),
    "elu": (
        lambda a, b: a if a > 0 else b * mp.expm1(a), lambda a, b: mpf(1) if a > 0 else b * mp.exp(a),
        lambda a, b: mp.expm1(min(a, mpf(0))),
        lambda a, b: mpf(0) if a > 0 else b * mp.exp(a), lambda a, b: mpf(0) if a > 0 else mp.exp(a), ZERO,
    ),
    "maximum": (max, lambda a, b: mpf(a > b), lambda a, b: mpf(b > a), ZERO, ZERO, ZERO),
    "minimum": (min, lambda a, b: mpf(a < b), lambda a, b: mpf(b < a), ZERO, ZERO, ZERO),
}  # fmt: skip
EXACT = ONE | TWO

# What is added up where a result is a difference that cancels, by row and order: an error of 1e-15 of it is allowed.
TERMS: dict[tuple[str, int], Callable[..., Any]] = {
    ("gelu", 1): lambda x: mp.erfc(-x / mp.sqrt(2)) / 2,
    ("gelu", 2): lambda x: 2 * _gauss(x),
    ("silu", 1): lambda x: _sigmoid(x),
    ("silu", 2): lambda x: 2 * _slope(x),
    ("sigmoid", 2): lambda x: _slope(x) * min(1, abs(x)) * 4,
    ("pow", 2): lambda a, b: max(mpf(1), abs(b * mp.log(a))) * max(a**b, a ** (b - 1)),
    ("atan2", 2): lambda a, b: 1 / _h(a, b) ** 2,
}


def points(row: Primitive, count: int, seed: int = 0) -> Iterator[tuple[float, ...]]:
    """Arguments over the whole domain: both tails, both sides of 0, close to each end, tiny and huge."""
    chance = random.Random(f"{row.name} {seed}")
    for _ in range(count):
        yield tuple(_point(chance, interval) for interval in row.domain)


def _point(chance: random.Random, interval: Any) -> float:
    low, high = interval.low, interval.high
    while True:
        sign = chance.choice((-1, 1))
        kind = chance.randrange(5)
        if kind == 0:
            x = sign * 10 ** chance.uniform(-300, 300)
        elif kind == 1:
            x = chance.uniform(-45, 45)
        elif kind == 2:
            x = chance.uniform(-2, 2)
        elif kind == 3:
            x = sign * 10 ** chance.uniform(-20, 3)
        else:
            ends = [end for end in (low, high) if math.isfinite(end)]
            x = chance.choice(ends or [0.0]) + sign * 10 ** chance.uniform(-16, 0)
        if x in interval and x not in (low, high):
            return x


def rows() -> list[Primitive]:
    """The rows that have a line here."""
    return [row for row in TABLE.values() if row.name in EXACT]


def ulps(got: float, exact: Any, term: Any = 0) -> float:
    """How far off a result is, in units in the last place of the exact one.

    term: the largest term of a difference that cancels. 1e-15 of it counts as 4 units. 0 where the exact result is
    too large or too small for a float to show (below 1e-290).
    """
    size = abs(exact)
    if size > 1.7e308 or 0 < size < 1e-290:
        return 0.0
    if not math.isfinite(got):
        return math.inf
    unit = max(mpf(math.ulp(float(size))) if size else mpf(0), mpf(term) * mpf("2.5e-16"))
    if not unit:
        return 0.0 if abs(got) < 1e-290 else math.inf
    return float(abs(mpf(got) - exact) / unit)
