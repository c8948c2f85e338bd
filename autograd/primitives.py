"""The table of derivatives. Everything in this project that knows a derivative has read it here.

One row per function: its name, its value, its partial derivative for each argument, and its domain. ``a`` and ``b`` are the
inputs, ``y`` is the output. Values and partials are written with operators and with rows of this page, so the same
line runs on floats, Fractions, NumPy arrays and Values (which makes second derivatives), and on the symbols of
autograd/symbolic/expr.py (which makes formulas and programs). Constants are ints where they can be: exact numbers stay exact.

Never choose with Python's ``if`` or ``>`` inside a partial: the choice would be frozen into whatever is recorded.
Write it with the rows of the last section, whose derivative is 0. ``chooses`` marks a row that drops an operand where its
derivative is 0: nothing flows there, not even from an infinite derivative (docs/conventions.md).

How a row is written down (its sign, LaTeX, MathML, source code) is in autograd/symbolic/notation.py.

Conventions at kinks: relu'(0) = leaky_relu'(0, b) - b = 0, abs'(0) = 0, a tie in maximum or minimum shares half to
each, the derivative of x**0 is 0 everywhere. Derivatives: Abramowitz & Stegun, sections 3.3, 4 and 7.1.
"""

import builtins
import math
from collections.abc import Callable
from fractions import Fraction
from numbers import Rational
from typing import Any

from autograd import exact
from autograd.coercion import UndefinedError
from autograd.interval import EVERYWHERE, INSIDE_UNIT, NOT_NEGATIVE, POSITIVE, UNIT, Interval
from autograd.registry import Primitive, entrywise, register


def row(
    name: str,
    forward: Callable[..., Any],
    *partials: Callable[..., Any],
    domain: tuple[Interval, ...] = (),
    option: tuple[str, float] | None = None,
    arrays: Callable[..., Any] | None = None,
    part_of: str = "",
    chooses: bool = False,
) -> Primitive:
    """A row with a value written with operators and other rows."""
    return register(
        Primitive(
            name, forward, partials, domain=domain, option=option, arrays=arrays, part_of=part_of, chooses=chooses
        )
    )


def host(forward: Callable[..., Any], *partials: Callable[..., Any], domain: tuple[Interval, ...] = ()) -> Primitive:
    """A row that Python and NumPy have under the same name: math.sin, numpy.sin."""
    name = forward.__name__
    return row(name, forward, *partials, domain=domain, arrays=lambda np, *x: getattr(np, name)(*x))


# fmt: off
# ---------------------------------------------------------------------- arithmetic
add = row("add", lambda a, b: a + b,
          lambda y, a, b: 1,
          lambda y, a, b: 1)
sub = row("sub", lambda a, b: a - b,
          lambda y, a, b: 1,
          lambda y, a, b: -1)
mul = row("mul", lambda a, b: a * b,
          lambda y, a, b: b,
          lambda y, a, b: a)
div = row("div", lambda a, b: a / b,
          lambda y, a, b: 1 / b,
          lambda y, a, b: -y / b)
neg = row("neg", lambda a: -a,
          lambda y, a: -1)


def real_power(a: Any, b: Any) -> Any:
    """a ** b in the real numbers: UndefinedError where Python would turn to complex ones."""
    rational = int, Fraction
    if not isinstance(a, float) and isinstance(a, rational) and isinstance(b, rational) and b.denominator == 1:
        times: Any = b if isinstance(a, int) else builtins.abs(b)
        if (max(builtins.abs(a.numerator), a.denominator).bit_length() - 1) * times > 1_000_000:
            raise OverflowError  # an exact number of that many digits would take minutes; floats overflow here too
    y = a ** b
    if isinstance(a, rational) and a != 0 and y == 0 and not exact.fits_a_float(a):
        raise UndefinedError("a is too small for a float")
    if isinstance(y, complex):
        raise UndefinedError("a negative base takes whole exponents only")
    return y


pow = row("pow", real_power,
          lambda y, a, b: b * _base(a, b) ** (b - 1),
          lambda y, a, b: y * _finite_log(a), domain=(POSITIVE, EVERYWHERE))

# ---------------------------------------------------------------------- roots, exponentials, logarithms
sqrt       = host(exact.sqrt,  lambda y, a: 1 / (2 * y), domain=(NOT_NEGATIVE,))
exp        = host(math.exp,   lambda y, a: y)
expm1      = host(math.expm1, lambda y, a: exp(a))
log        = host(exact.log,   lambda y, a: 1 / a,               domain=(POSITIVE,))
log1p      = host(math.log1p, lambda y, a: 1 / (1 + a),         domain=(Interval(-1),))
log2       = host(exact.log2,  lambda y, a: 1 / a / log(2),    domain=(POSITIVE,))
log10      = host(exact.log10, lambda y, a: 1 / a / log(10),   domain=(POSITIVE,))
square     = row("square",     lambda a: a * a, lambda y, a: 2 * a)
reciprocal = row("reciprocal", lambda a: 1 / a, lambda y, a: -y * y)

# ---------------------------------------------------------------------- circular and hyperbolic
sin   = host(math.sin,   lambda y, a: cos(a))
cos   = host(math.cos,   lambda y, a: -sin(a))
tan   = host(math.tan,   lambda y, a: 1 + y * y)
asin  = host(math.asin,  lambda y, a: 1 / _circle(a),      domain=(UNIT,))
acos  = host(math.acos,  lambda y, a: -1 / _circle(a),     domain=(UNIT,))
atan  = host(math.atan,  lambda y, a: square(1 / hypot(1, a)))
sinh  = host(math.sinh,  lambda y, a: cosh(a))
cosh  = host(math.cosh,  lambda y, a: sinh(a))
tanh  = host(math.tanh,  lambda y, a: _sech_squared(a))
asinh = host(math.asinh, lambda y, a: 1 / hypot(1, a))
acosh = host(math.acosh, lambda y, a: 1 / (sqrt(a - 1) * sqrt(a + 1)),      domain=(Interval(1, includes_low=True),))
atanh = host(math.atanh, lambda y, a: square(1 / _circle(a)),          domain=(INSIDE_UNIT,))
atan2 = host(math.atan2, lambda y, a, b: _cosine(b, a) / hypot(a, b),
                         lambda y, a, b: -_cosine(a, b) / hypot(a, b))
hypot = host(math.hypot, lambda y, a, b: _cosine(a, b),
                         lambda y, a, b: _cosine(b, a))
# Parts of these, in forms that lose nothing in the tails, with derivatives in which nothing cancels.
_sech_squared = row("_sech_squared", lambda a: 4 * _logistic(2 * a),
              lambda y, a: -2 * y * tanh(a),                                      part_of="tanh")
_circle = row("_circle", lambda a: sqrt((1 - a) * (1 + a)),
              lambda y, a: -a / y,                                                domain=(UNIT,), part_of="asin")
_cosine = row("_cosine", lambda a, b: a / hypot(a, b),
              lambda y, a, b: square(_cosine(b, a)) / hypot(a, b),
              lambda y, a, b: -y * _cosine(b, a) / hypot(a, b),                   part_of="hypot")

# ---------------------------------------------------------------------- the error function (NumPy has none)
erf  = row("erf",  math.erf,  lambda y, a: 2 * _bell(a) / sqrt(math.pi),  arrays=entrywise(math.erf))
erfc = row("erfc", math.erfc, lambda y, a: -2 * _bell(a) / sqrt(math.pi), arrays=entrywise(math.erfc))
_bell = row("_bell", lambda a: exp(-a * a), lambda y, a: -2 * a * y, part_of="erf")

# ---------------------------------------------------------------------- activations
sigmoid    = row("sigmoid",    lambda a: exp(minimum(a, 0)) / (1 + exp(-abs(a))),
                 lambda y, a: _logistic(a))
_logistic  = row("_logistic",  lambda a: exp(-abs(a)) / square(1 + exp(-abs(a))),
                 lambda y, a: -y * tanh(a / 2),                               part_of="sigmoid")
softplus   = row("softplus",   lambda a: maximum(a, 0) + log1p(exp(-abs(a))),
                 lambda y, a: sigmoid(a))
relu       = row("relu",       lambda a: maximum(a, 0),
                 lambda y, a: step(a),                                       chooses=True)
leaky_relu = row("leaky_relu", lambda a, b: maximum(a, 0) + b * minimum(a, 0),
                 lambda y, a, b: _when(a, 1) + _unless(a, b),
                 lambda y, a, b: minimum(a, 0),                              option=("negative_slope", 0.01))
elu        = row("elu",        lambda a, b: maximum(a, 0) + b * expm1(minimum(a, 0)),
                 lambda y, a, b: _when(a, 1) + _unless(a, b * exp(minimum(a, 0))),
                 lambda y, a, b: expm1(minimum(a, 0)),                       option=("alpha", 1.0))
gelu       = row("gelu",       lambda a: a * (erfc(-a / sqrt(2)) / 2),  # the exact one: a times the normal distribution
                 lambda y, a: erfc(-a / sqrt(2)) / 2 + a * _bell(a / sqrt(2)) / sqrt(2 * math.pi))
silu       = row("silu",       lambda a: a * sigmoid(a),
                 lambda y, a: sigmoid(a) * (1 + a * sigmoid(-a)))

# ---------------------------------------------------------------------- choices
abs     = row("abs", abs, lambda y, a: sign(a))
maximum = row("maximum", lambda a, b: a if a >= b or a != a else b,  # a != a: not a number, which passes through
              lambda y, a, b: heaviside(a - b),
              lambda y, a, b: heaviside(b - a),
              arrays=lambda np, a, b: np.maximum(a, b), chooses=True)
minimum = row("minimum", lambda a, b: a if a <= b or a != a else b,
              lambda y, a, b: heaviside(b - a),
              lambda y, a, b: heaviside(a - b),
              arrays=lambda np, a, b: np.minimum(a, b), chooses=True)


def _heaviside(a: Any) -> Any:
    twice = (a > 0) * 1 + (a >= 0) * 1
    if isinstance(a, Rational):  # exact numbers get an exact half
        return Fraction(1, 2) if twice == 1 else twice // 2
    return twice / 2


# What choices are made of: constant on each side, so their derivative is 0.
step      = row("step",      lambda a: (a > 0) * 1, lambda y, a: 0, chooses=True)
sign      = row("sign",      lambda a: (a > 0) * 1 - (a < 0) * 1, lambda y, a: 0, chooses=True)
heaviside = row("heaviside", _heaviside, lambda y, a: 0, chooses=True)
# The rows with an underscore are parts of others, and no methods of Value.
# One branch of where(x, a, b) each. The branch not taken is dropped, not multiplied by 0: it may be infinite.
_when      = row("_when",   lambda a, b: b if a > 0 else 0,
                lambda y, a, b: 0,
                lambda y, a, b: step(a),
                arrays=lambda np, a, b: np.where(a > 0, b, 0), part_of="where", chooses=True)
_unless    = row("_unless", lambda a, b: 0 if a > 0 else b,
                lambda y, a, b: 0,
                lambda y, a, b: 1 - step(a),
                arrays=lambda np, a, b: np.where(a > 0, 0, b), part_of="where", chooses=True)
# a * b, but 0 where a is 0, whatever b is: a weight of 0 leaves out what is infinite.
_weigh     = row("_weigh",  lambda a, b: a * b if a != 0 else 0,
                lambda y, a, b: b,
                lambda y, a, b: a,
                arrays=lambda np, a, b: np.where(a == 0, 0, a * b), part_of="the weighted sum")
# What pow is made of: a, but 1 at 0**0 (and so close by that 1 / a is infinite), so that b * a**(b - 1) is 0 there
# and not 0 / 0; log a, but 0 at 0.
_base       = row("_base", lambda a, b: a + (a * a == 0) * (b == 0),
                 lambda y, a, b: 1,
                 lambda y, a, b: 0, part_of="pow", chooses=True)
_finite_log = row("_finite_log", lambda a: log(a + (a == 0) * 1), lambda y, a: 1 / a, domain=(NOT_NEGATIVE,),
                  part_of="pow")
# fmt: on


def where(x: Any, a: Any, b: Any) -> Any:
    """a where x > 0, else b, entry by entry; the branch not taken has derivative 0, whatever it holds.

    x, a, b: numbers, arrays or Values. The choice is recorded with x, so it is made again wherever the graph is replayed.
    Raises TypeError for a condition that is already decided (a bool).
    """
    if isinstance(x, bool) or getattr(getattr(x, "dtype", None), "kind", "") == "b":
        raise TypeError(
            "x must be the number whose sign decides, not a bool: where(x, a, b) is a where x > 0, else b; "
            "instead of where(u > v, a, b) write where(u - v, a, b)"
        )
    return _when(x, a) + _unless(x, b)
