"""Write autograd/operators.py: the fast form of each row as a method, made by running the row on symbols.

Run ``python -m autograd.symbolic.generate`` after changing the table; a test fails when you forget. It writes
autograd/program/kernel.py as well, for programs.
"""

from itertools import product
from pathlib import Path

from autograd.coercion import UNDEFINED, UndefinedError
from autograd.program import generate_kernel
from autograd.registry import ARGUMENTS, TABLE, Primitive
from autograd.symbolic import expr

TARGET = Path(__file__).parents[1] / "operators.py"
INFIX = {"add": "add", "sub": "sub", "mul": "mul", "div": "truediv", "pow": "pow"}
PREFIX = {"neg": "neg", "abs": "abs"}

# Conventions where the derivative jumps; docs/conventions.md explains them.
KINKS = {
    "relu": "The derivative at 0 is 0.",
    "leaky_relu": "The derivative at 0 is the negative slope.",
    "elu": "The derivative at 0 is alpha.",
    "abs": "The derivative at 0 is 0.",
    "maximum": "At a tie each operand gets half of the gradient.",
    "minimum": "At a tie each operand gets half of the gradient.",
    "step": "The derivative is 0, also at the jump.",
    "sign": "The derivative is 0, also at the jump.",
    "heaviside": "The derivative is 0, also at the jump, where the value is 1/2.",
}
EXCEPTIONS = {"pow": ", for a = 0 where b is at least 0, and for a negative a where b is a whole number"}
PROBES = (-1e308, -1e3, -1.5, -1.0, -1e-320, 0.0, 1e-320, 0.5, 1.0, 1.5, 1e3, 1e308)

# NumPy's names for rows that go by another one here: np.arctan(array of Values) calls the method ``arctan`` of each.
NUMPY = {
    "abs": ("absolute", "fabs"),
    "acos": ("arccos",),
    "acosh": ("arccosh",),
    "asin": ("arcsin",),
    "asinh": ("arcsinh",),
    "atan": ("arctan",),
    "atan2": ("arctan2",),
    "atanh": ("arctanh",),
}

HEADER = '''\
"""Every row of the table as a method, for floats, with the local derivatives written out.

Generated from autograd/primitives.py by ``make generate``: change the table, not this file. Each method
does what ``record`` in autograd/graph.py does; whatever is not a plain float (Fractions, arrays, an infinite
value or none at all) it hands over to ``record``.
"""

import math
from fractions import Fraction
from typing import Any, Self

from autograd import primitives
from autograd.coercion import UNDEFINED
from autograd.deprecation import renamed_argument
from autograd.grad_mode import recording
from autograd.graph import Node, next_number, operate, record
from autograd.primitives import real_power as power
from autograd.registry import LEAF

new = object.__new__
Number = int | float | Fraction


class Operators(Node):
    """The operators and functions of ``Value``."""

    __slots__ = ()
'''


UNARY = '''
    def {method}(self) -> Self:
        """{formula}; derivative {rules}.{conventions}"""
        a = self._value
        recorded = recording()
        y: Any
        try:
            if type(a) is float:
                y = {value}
                if recorded:
                    da = {da}
            else:
                y = None
        except UNDEFINED:
            y = None
        if y is None or y - y != 0.0:
            return record(primitives.{name}, self)  # type: ignore[no-any-return]
        node: Self = new(Node._kind)
        node._value = y
        node._grad = 0
        node._number = next_number()
        if recorded:
            node._primitive = primitives.{name}
            node._a = self
            node._da = da
            node._b = None
            node._db = None
        else:
            node._primitive = LEAF
            node._a = node._da = node._b = node._db = None
        return node
'''

BINARY = '''
    def {method}(self, {second}: Self | Number{default}{old}) -> Self:
        """{formula}; derivatives {rules}.{conventions}"""{renamed}
        a = self._value
        recorded = recording()
        b: Any
        y: Any
        db: Any
        try:
            if isinstance({second}, Node):
                b = {second}._value
                y = {value}
                if recorded:
                    da = {da}
                    db = {db}
            elif type({second}) is float or type({second}) is int:
                b = {second}
                y = {value}
                if recorded:
                    da = {da}
                    db = None
            elif isinstance({second}, float):  # numpy.float64
                return self.{method}(float({second}))
            else:
                y = None
        except UNDEFINED:
            y = None
        if type(y) is not float{inexact} or y - y != 0.0:
            return {general}  # type: ignore[no-any-return]
        node: Self = new(Node._kind)
        node._value = y
        node._grad = 0
        node._number = next_number()
        if recorded:
            node._primitive = primitives.{name}
            node._a = self
            node._da = da
            node._b = {second}
            node._db = db
        else:
            node._primitive = LEAF
            node._a = node._da = node._b = node._db = None
        return node
'''

# The second argument of a row with an option was once called "other".
OLD = ", *, other: Self | Number | None = None"
RENAMED = """
        if other is not None:
            {option} = renamed_argument("{name}", "other", "{option}", other)"""

REFLECTED = '''
    def {method}(self, other: Number) -> Self:
        """{formula} with a number on the left; derivative {rules}.{conventions}"""
        a: Any = other
        b = self._value
        recorded = recording()
        y: Any
        try:
            if type(a) is float or type(a) is int:
                y = {value}
                if recorded:
                    db = {db}
            else:
                y = None
        except UNDEFINED:
            y = None
        if type(y) is not float or y - y != 0.0:
            return record(primitives.{name}, other, self)  # type: ignore[no-any-return]
        node: Self = new(Node._kind)
        node._value = y
        node._grad = 0
        node._number = next_number()
        if recorded:
            node._primitive = primitives.{name}
            node._a = other
            node._da = None
            node._b = self
            node._db = db
        else:
            node._primitive = LEAF
            node._a = node._da = node._b = node._db = None
        return node
'''


def source() -> str:
    """The text of autograd/operators.py that belongs to today's table."""
    rows = [row for row in TABLE.values() if not row.custom and not row.name.startswith("_")]
    return HEADER + "".join(map(_methods, rows))


def _methods(row: Primitive) -> str:
    name = row.name
    if name in INFIX:
        word = INFIX[name]
        return _method(BINARY, f"__{word}__", row) + _method(REFLECTED, f"__r{word}__", row)
    aliases = ((f"__{PREFIX[name]}__",) if name in PREFIX else ()) + NUMPY.get(name, ())
    also = "".join(f"    {alias} = {name}\n" for alias in aliases)
    return _method(UNARY if row.arity == 1 else BINARY, name, row) + ("\n" + also if also else "")


def _method(template: str, method: str, row: Primitive) -> str:
    arguments = ARGUMENTS[: row.arity]
    option, default = row.option or ("other", None)
    shown = range(row.arity) if template is not REFLECTED else [1]
    partials = {f"d{name}": expr.write(expr.partial(row, i), "python") for i, name in enumerate(arguments)}
    general = f"record(primitives.{row.name}, self, {option})"
    if row.name in INFIX:
        general = f'operate(primitives.{row.name}, self, other, "__r{INFIX[row.name]}__")'
    return template.format(
        method=method,
        general=general,
        name=row.name,
        second=option,
        default=f" = {default}" if row.option else "",
        old=OLD if row.option else "",
        renamed=RENAMED.format(name=row.name, option=option) if row.option else "",
        formula=expr.write(expr.value(row), "plain"),
        rules=" and ".join(expr.write(expr.partial(row, i), "plain") for i in shown),
        conventions=_conventions(row),
        value=expr.write(expr.value(row), "python"),
        # the operators + - * / ** hold no float of their own, so their result is exact where their operands are
        inexact="" if row.name in INFIX else " or type(a) is not float",
        **partials,
    )


def _conventions(row: Primitive) -> str:
    """Where the row is defined, what holds at a kink, and which errors it raises; tried out on the row itself."""
    domain = " and ".join(
        f"{name} in {interval}" for name, interval in zip(ARGUMENTS, row.domain, strict=False) if interval.is_bounded
    )
    sentences = [f"Defined for {domain}{EXCEPTIONS.get(row.name, '')}."] if domain else []
    sentences += [KINKS[row.name]] if row.name in KINKS else []
    errors = sorted(set(filter(None, (_error(row, point) for point in product(PROBES, repeat=row.arity)))))
    sentences += [f"Raises {' or '.join(errors)} where there is no value."] if errors else []
    return f"\n\n        {' '.join(sentences)}\n        " if sentences else ""


def _error(row: Primitive, point: tuple[float, ...]) -> str:
    try:
        row.value(point)
    except UNDEFINED as error:
        return type(error).__mro__[type(error) is UndefinedError].__name__
    return ""


if __name__ == "__main__":
    TARGET.write_text(source(), encoding="utf-8")
    generate_kernel.TARGET.write_text(generate_kernel.source(), encoding="utf-8")
