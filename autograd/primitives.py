"""The table of derivatives. Everything in this project that knows a derivative has read it here.

One row per function: its name, its value, and its partial derivative for each argument. ``a`` and ``b`` are the
inputs, ``y`` is the output. Values and partials are written with operators and with rows of this page, so the same
line runs on floats, Fractions, NumPy arrays and Values (which makes second derivatives), and on the symbols of
autograd/symbolic/expr.py (which makes formulas and programs). Constants are ints where they can be: exact numbers stay exact.

Never choose with Python's ``if`` or ``>`` inside a partial: the choice would be frozen into whatever is recorded.
Write it with the rows of the last section, whose derivative is 0.

Conventions at kinks: relu'(0) = leaky_relu'(0, b) - b = 0, abs'(0) = 0, a tie in maximum or minimum shares half to
each, the derivative of x**0 is 0 everywhere. Derivatives: Abramowitz & Stegun, sections 3.3, 4 and 7.1.
"""

import builtins
import math
from collections.abc import Callable
from fractions import Fraction
from numbers import Rational
from typing import Any

from autograd.coercion import UndefinedError
from autograd.registry import Primitive, entrywise, register
from autograd.symbolic.notation import (
    ATOM,
    BARS,
    EXPONENTIAL,
    FRACTION,
    MINUS,
    PRODUCT,
    RECIPROCAL,
    ROOT,
    SQUARE,
    SUM,
    SUPERSCRIPT,
    Notation,
    choice,
    function,
    infix,
)

POSITIVE, NOT_NEGATIVE = "(0, inf)", "[0, inf)"
UNIT, INSIDE_UNIT = "[-1, 1]", "(-1, 1)"
ANY = "(-inf, inf)"


def row(
    name: str,
    forward: Callable[..., Any],
    *partials: Callable[..., Any],
    domain: tuple[str, ...] = (),
    default: float | None = None,
    symbol: str = "",
    notation: Notation | None = None,
    arrays: Callable[..., Any] | None = None,
) -> Primitive:
    """A row whose value is written with operators and other rows."""
    return register(
        Primitive(
            name, forward, partials, domain=domain, default=default, symbol=symbol, notation=notation, arrays=arrays
        )
    )


def host(
    forward: Callable[..., Any],
    *partials: Callable[..., Any],
    domain: tuple[str, ...] = (),
    notation: Notation | None = None,
) -> Primitive:
    """A row that every host language has under the same name: math.sin, numpy.sin, Math.sin."""
    name = forward.__name__
    written = notation or function(name, "", f"math.{name}({{arguments}})", f"Math.{name}({{arguments}})")
    return row(name, forward, *partials, domain=domain, notation=written, arrays=lambda np, *x: getattr(np, name)(*x))


# fmt: off
# ---------------------------------------------------------------------- arithmetic
add = row("add", lambda a, b: a + b,
          lambda y, a, b: 1,
          lambda y, a, b: 1,                           symbol="+", notation=infix("+", SUM))
sub = row("sub", lambda a, b: a - b,
          lambda y, a, b: 1,
          lambda y, a, b: -1,                          symbol="-", notation=infix("-", SUM))
mul = row("mul", lambda a, b: a * b,
          lambda y, a, b: b,
          lambda y, a, b: a,                           symbol="*", notation=infix("*", PRODUCT, r"\cdot", "⋅"))
div = row("div", lambda a, b: a / b,
          lambda y, a, b: 1 / b,
          lambda y, a, b: -y / b,                      symbol="/", notation=FRACTION)
neg = row("neg", lambda a: -a,
          lambda y, a: -1,                             symbol="-", notation=MINUS)


def real_power(a: Any, b: Any) -> Any:
    """a ** b in the real numbers: UndefinedError where Python would turn to complex ones."""
    exact = int, Fraction
    if not isinstance(a, float) and isinstance(a, exact) and isinstance(b, exact) and b.denominator == 1:
        times: Any = b if isinstance(a, int) else builtins.abs(b)
        if (max(builtins.abs(a.numerator), a.denominator).bit_length() - 1) * times > 1_000_000:
            raise OverflowError  # an exact number of that many digits would take minutes; floats overflow here too
    y = a ** b
    if isinstance(y, complex):
        raise UndefinedError("a negative base takes whole exponents only")
    return y


pow = row("pow", real_power,
          lambda y, a, b: b * _base(a, b) ** (b - 1),
          lambda y, a, b: y * _finite_log(a),           symbol="**", notation=SUPERSCRIPT, domain=(POSITIVE, ANY))

# ---------------------------------------------------------------------- roots, exponentials, logarithms
sqrt       = host(math.sqrt,  lambda y, a: 1 / (2 * y),         notation=ROOT, domain=(NOT_NEGATIVE,))
exp        = host(math.exp,   lambda y, a: y,                   notation=EXPONENTIAL)
expm1      = host(math.expm1, lambda y, a: y + 1)
log        = host(math.log,   lambda y, a: 1 / a,               domain=(POSITIVE,))
log1p      = host(math.log1p, lambda y, a: 1 / (1 + a),         domain=("(-1, inf)",))
log2       = host(math.log2,  lambda y, a: 1 / (a * log(2)),    domain=(POSITIVE,))
log10      = host(math.log10, lambda y, a: 1 / (a * log(10)),   domain=(POSITIVE,))
square     = row("square",     lambda a: a * a, lambda y, a: 2 * a,     notation=SQUARE)
reciprocal = row("reciprocal", lambda a: 1 / a, lambda y, a: -y * y,    notation=RECIPROCAL)

# ---------------------------------------------------------------------- circular and hyperbolic
sin   = host(math.sin,   lambda y, a: cos(a))
cos   = host(math.cos,   lambda y, a: -sin(a))
tan   = host(math.tan,   lambda y, a: 1 + y * y)
asin  = host(math.asin,  lambda y, a: 1 / sqrt((1 - a) * (1 + a)),      domain=(UNIT,))
acos  = host(math.acos,  lambda y, a: -1 / sqrt((1 - a) * (1 + a)),     domain=(UNIT,))
atan  = host(math.atan,  lambda y, a: 1 / (1 + a * a))
sinh  = host(math.sinh,  lambda y, a: cosh(a))
cosh  = host(math.cosh,  lambda y, a: sinh(a))
tanh  = host(math.tanh,  lambda y, a: 1 - y * y)
asinh = host(math.asinh, lambda y, a: 1 / hypot(1, a))
acosh = host(math.acosh, lambda y, a: 1 / (sqrt(a - 1) * sqrt(a + 1)),      domain=("[1, inf)",))
atanh = host(math.atanh, lambda y, a: 1 / ((1 - a) * (1 + a)),          domain=(INSIDE_UNIT,))
atan2 = host(math.atan2, lambda y, a, b: b / hypot(a, b) / hypot(a, b),
                         lambda y, a, b: -a / hypot(a, b) / hypot(a, b))
hypot = host(math.hypot, lambda y, a, b: a / y,
                         lambda y, a, b: b / y)

# ---------------------------------------------------------------------- the error function (NumPy has none)
erf  = row("erf",  math.erf,  lambda y, a: 2 * exp(-a * a) / sqrt(math.pi),  arrays=entrywise(math.erf),
           notation=function("erf", python="math.erf({arguments})", javascript="erf({arguments})"))
erfc = row("erfc", math.erfc, lambda y, a: -2 * exp(-a * a) / sqrt(math.pi), arrays=entrywise(math.erfc),
           notation=function("erfc", python="math.erfc({arguments})", javascript="erfc({arguments})"))

# ---------------------------------------------------------------------- activations
sigmoid    = row("sigmoid",    lambda a: exp(minimum(a, 0)) / (1 + exp(-abs(a))),
                 lambda y, a: y * (1 - y))
softplus   = row("softplus",   lambda a: maximum(a, 0) + log1p(exp(-abs(a))),
                 lambda y, a: sigmoid(a))
relu       = row("relu",       lambda a: maximum(a, 0),
                 lambda y, a: step(a),                                       symbol="ReLU")
leaky_relu = row("leaky_relu", lambda a, b: maximum(a, 0) + b * minimum(a, 0),
                 lambda y, a, b: _when(a, 1) + _unless(a, b),
                 lambda y, a, b: minimum(a, 0),                              default=0.01)
elu        = row("elu",        lambda a, b: maximum(a, 0) + b * expm1(minimum(a, 0)),
                 lambda y, a, b: _when(a, 1) + _unless(a, b * exp(minimum(a, 0))),
                 lambda y, a, b: expm1(minimum(a, 0)),                       default=1.0)
gelu       = row("gelu",       lambda a: a * erfc(-a / sqrt(2)) / 2,  # the exact one: a times the normal distribution
                 lambda y, a: erfc(-a / sqrt(2)) / 2 + a * exp(-a * a / 2) / sqrt(2 * math.pi))
silu       = row("silu",       lambda a: a * sigmoid(a),
                 lambda y, a: sigmoid(a) * (1 + a - y))

# ---------------------------------------------------------------------- choices
abs     = row("abs", abs, lambda y, a: sign(a),                              notation=BARS)
maximum = row("maximum", lambda a, b: a if a >= b or a != a else b,  # a != a: not a number, which passes through
              lambda y, a, b: heaviside(a - b),
              lambda y, a, b: heaviside(b - a),                              arrays=lambda np, a, b: np.maximum(a, b),
              notation=function("maximum", "", "({a} if {a} >= {b} or {a} != {a} else {b})", "Math.max({arguments})"))
minimum = row("minimum", lambda a, b: a if a <= b or a != a else b,
              lambda y, a, b: heaviside(b - a),
              lambda y, a, b: heaviside(a - b),                              arrays=lambda np, a, b: np.minimum(a, b),
              notation=function("minimum", "", "({a} if {a} <= {b} or {a} != {a} else {b})", "Math.min({arguments})"))


def _heaviside(a: Any) -> Any:
    twice = (a > 0) * 1 + (a >= 0) * 1
    if isinstance(a, Rational):  # exact numbers get an exact half
        return Fraction(1, 2) if twice == 1 else twice // 2
    return twice / 2


# What choices are made of: constant on each side, so their derivative is 0.
step      = row("step",      lambda a: (a > 0) * 1, lambda y, a: 0,
                notation=choice("1 if {a} > 0 else 0"))
sign      = row("sign",      lambda a: (a > 0) * 1 - (a < 0) * 1, lambda y, a: 0)
heaviside = row("heaviside", _heaviside, lambda y, a: 0)
# The rows with an underscore are parts of others, and no methods of Value.
# One branch of where(x, a, b) each. The branch not taken is dropped, not multiplied by 0: it may be infinite.
_when      = row("_when",   lambda a, b: b if a > 0 else 0,
                lambda y, a, b: 0,
                lambda y, a, b: step(a),                  arrays=lambda np, a, b: np.where(a > 0, b, 0),
                symbol="where", notation=choice("{b} if {a} > 0 else 0", "({b} if {a} > 0.0 else 0.0)", "({a} > 0 ? {b} : 0)"))
_unless    = row("_unless", lambda a, b: 0 if a > 0 else b,
                lambda y, a, b: 0,
                lambda y, a, b: 1 - step(a),              arrays=lambda np, a, b: np.where(a > 0, 0, b),
                symbol="where", notation=choice("0 if {a} > 0 else {b}", "(0.0 if {a} > 0.0 else {b})", "({a} > 0 ? 0 : {b})"))
# What pow is made of: a, but 1 at 0**0 (and so close by that 1 / a is infinite), so that b * a**(b - 1) is 0 there
# and not 0 / 0; log a, but 0 at 0.
_base       = row("_base", lambda a, b: a + (a * a == 0) * (b == 0),
                 lambda y, a, b: 1,
                 lambda y, a, b: 0,                       notation=Notation(ATOM, "{a}", "{a}", "{a}"))
_finite_log = row("_finite_log", lambda a: log(a + (a == 0) * 1), lambda y, a: 1 / a, domain=(NOT_NEGATIVE,),
                 notation=function("log"))
# fmt: on


def where(x: Any, a: Any, b: Any) -> Any:
    """a where x > 0, else b, entry by entry; the branch not taken has derivative 0, whatever it holds.

    x, a, b: numbers, arrays or Values. The choice is recorded with x, so it is made anew wherever the graph is replayed.
    Raises TypeError for a condition that is already decided (a bool).
    """
    if isinstance(x, bool) or getattr(getattr(x, "dtype", None), "kind", "") == "b":
        raise TypeError(
            "x must be the number whose sign decides, not a bool: where(x, a, b) is a where x > 0, else b; "
            "instead of where(u > v, a, b) write where(u - v, a, b)"
        )
    return _when(x, a) + _unless(x, b)
