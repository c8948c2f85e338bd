"""Write autograd/operators.py: the fast form of each row as a method, made by running the row on symbols.

Run ``python -m autograd.symbolic.generate`` after changing the table; a test tells when it was forgotten. It writes
autograd/program/kernel.py as well, for programs.
"""

from pathlib import Path

from autograd.program import generate_kernel
from autograd.registry import ARGUMENTS, TABLE, Primitive
from autograd.symbolic import expr

TARGET = Path(__file__).parents[1] / "operators.py"
INFIX = {"add": "add", "sub": "sub", "mul": "mul", "div": "truediv", "pow": "pow"}
PREFIX = {"neg": "neg", "abs": "abs"}

HEADER = '''\
"""Every row of the table as a method, for floats, with the local derivatives written out.

Generated from autograd/primitives.py by ``make generate``: change the table, not this file. Each method
does what ``record`` in autograd/graph.py does; whatever is not a plain float (Fractions, arrays, an infinite
value or none at all, a paused recording) it hands over to ``record``.
"""

import math
from fractions import Fraction
from typing import Any, Self

from autograd import grad_mode, primitives
from autograd.graph import Node, next_number, record
from autograd.primitives import real_power as power
from autograd.coercion import UNDEFINED

new = object.__new__
Number = int | float | Fraction


class Operators(Node):
    """The operators and functions of ``Value``."""

    __slots__ = ()
'''


UNARY = '''
    def {method}(self) -> Self:
        """{formula}; derivative {rules}."""
        a = self.data
        y: Any
        try:
            if type(a) is float:
                y = {value}
                da = {da}
            else:
                y = None
        except UNDEFINED:
            y = None
        if y is None or y - y != 0.0 or grad_mode.paused:
            return record(primitives.{name}, self)  # type: ignore[no-any-return]
        node: Self = new(Node._kind)
        node.data = y
        node.grad = 0
        node._number = next_number()
        node._primitive = primitives.{name}
        node._a = self
        node._da = da
        node._b = None
        node._db = None
        return node
'''

BINARY = '''
    def {method}(self, other: Self | Number{default}) -> Self:
        """{formula}; derivatives {rules}."""
        a = self.data
        b: Any
        y: Any
        db: Any
        try:
            if isinstance(other, Node):
                b = other.data
                y = {value}
                da = {da}
                db = {db}
            elif type(other) is float or type(other) is int:
                b = other
                y = {value}
                da = {da}
                db = None
            elif isinstance(other, float):  # numpy.float64
                return self.{method}(float(other))
            else:
                y = None
        except UNDEFINED:
            y = None
        if type(y) is not float{inexact} or y - y != 0.0 or grad_mode.paused:
            return record(primitives.{name}, self, other)  # type: ignore[no-any-return]
        node: Self = new(Node._kind)
        node.data = y
        node.grad = 0
        node._number = next_number()
        node._primitive = primitives.{name}
        node._a = self
        node._da = da
        node._b = other
        node._db = db
        return node
'''

REFLECTED = '''
    def {method}(self, other: Number) -> Self:
        """{formula} with a number on the left; derivative {rules}."""
        a: Any = other
        b = self.data
        y: Any
        try:
            if type(a) is float or type(a) is int:
                y = {value}
                db = {db}
            else:
                y = None
        except UNDEFINED:
            y = None
        if type(y) is not float or y - y != 0.0 or grad_mode.paused:
            return record(primitives.{name}, other, self)  # type: ignore[no-any-return]
        node: Self = new(Node._kind)
        node.data = y
        node.grad = 0
        node._number = next_number()
        node._primitive = primitives.{name}
        node._a = other
        node._da = None
        node._b = self
        node._db = db
        return node
'''


def source() -> str:
    """The text of autograd/operators.py that belongs to today's table."""
    rows = [row for row in TABLE.values() if not row.custom and not row.name.startswith("_")]
    return HEADER + "".join(map(_methods, rows))


def _methods(row: Primitive) -> str:
    name = row.name
    if row.arity == 1:
        alias = f"\n    __{PREFIX[name]}__ = {name}\n" if name in PREFIX else ""
        return _method(UNARY, name, row) + alias
    if name in INFIX:
        word = INFIX[name]
        return _method(BINARY, f"__{word}__", row) + _method(REFLECTED, f"__r{word}__", row)
    return _method(BINARY, name, row)


def _method(template: str, method: str, row: Primitive) -> str:
    arguments = ARGUMENTS[: row.arity]
    shown = range(row.arity) if template is not REFLECTED else [1]
    partials = {f"d{name}": expr.write(expr.partial(row, i), "python") for i, name in enumerate(arguments)}
    return template.format(
        method=method,
        name=row.name,
        default="" if row.default is None else f" = {row.default}",
        formula=expr.write(expr.value(row), "plain"),
        rules=" and ".join(expr.write(expr.partial(row, i), "plain") for i in shown),
        value=expr.write(expr.value(row), "python"),
        # the operators + - * / ** hold no float of their own, so their result is exact where their operands are
        inexact="" if row.name in INFIX else " or type(a) is not float",
        **partials,
    )


if __name__ == "__main__":
    TARGET.write_text(source(), encoding="utf-8")
    generate_kernel.TARGET.write_text(generate_kernel.source(), encoding="utf-8")
