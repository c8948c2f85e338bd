"""Write autograd/operators.py: the fast form of each row as a method, made by running the row on symbols.

Run ``python -m autograd.generate`` after changing the table; a test tells when it was forgotten. It writes
autograd/kernel.py as well, for programs.
"""

from pathlib import Path

from autograd import generate_kernel, text
from autograd.primitive import ARGUMENTS, TABLE, Primitive

TARGET = Path(__file__).with_name("operators.py")
INFIX = {"add": "add", "sub": "sub", "mul": "mul", "div": "truediv", "pow": "pow"}
PREFIX = {"neg": "neg", "abs": "abs"}

HEADER = '''\
"""Every row of the table as a method, for floats, with the local derivatives written out.

Generated from autograd/primitives.py by ``python -m autograd.generate``: change the table, not this file. Each method
does what ``record`` in autograd/graph.py does; whatever is not a plain float (Fractions, arrays, an infinite
value or none at all, a paused recording) it hands over to ``record``.
"""

import math
from fractions import Fraction
from typing import Any, Self

from autograd import primitives, recording
from autograd.graph import Node, next_number, record
from autograd.primitives import real_power as power
from autograd.scalars import UNDEFINED

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
                dx = {da}
            else:
                y = None
        except UNDEFINED:
            y = None
        if y is None or y - y != 0.0 or recording.paused:
            return record(primitives.{name}, self)  # type: ignore[no-any-return]
        node: Self = new(Node.kind)
        node.data = y
        node.grad = 0
        node.number = next_number()
        node.primitive = primitives.{name}
        node.x = self
        node.dx = dx
        node.y = None
        node.dy = None
        return node
'''

BINARY = '''
    def {method}(self, other: Self | Number{default}) -> Self:
        """{formula}; derivatives {rules}."""
        a = self.data
        b: Any
        y: Any
        dy: Any
        try:
            if isinstance(other, Node):
                b = other.data
                y = {value}
                dx = {da}
                dy = {db}
            elif type(other) is float or type(other) is int:
                b = other
                y = {value}
                dx = {da}
                dy = None
            elif isinstance(other, float):  # numpy.float64
                return self.{method}(float(other))
            else:
                y = None
        except UNDEFINED:
            y = None
        if type(y) is not float{inexact} or y - y != 0.0 or recording.paused:
            return record(primitives.{name}, self, other)  # type: ignore[no-any-return]
        node: Self = new(Node.kind)
        node.data = y
        node.grad = 0
        node.number = next_number()
        node.primitive = primitives.{name}
        node.x = self
        node.dx = dx
        node.y = other
        node.dy = dy
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
                dy = {db}
            else:
                y = None
        except UNDEFINED:
            y = None
        if type(y) is not float or y - y != 0.0 or recording.paused:
            return record(primitives.{name}, other, self)  # type: ignore[no-any-return]
        node: Self = new(Node.kind)
        node.data = y
        node.grad = 0
        node.number = next_number()
        node.primitive = primitives.{name}
        node.x = other
        node.dx = None
        node.y = self
        node.dy = dy
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
    partials = {f"d{name}": text.write(text.partial(row, i), "python") for i, name in enumerate(arguments)}
    return template.format(
        method=method,
        name=row.name,
        default="" if row.default is None else f" = {row.default}",
        formula=text.write(text.value(row), "plain"),
        rules=" and ".join(text.write(text.partial(row, i), "plain") for i in shown),
        value=text.write(text.value(row), "python"),
        # the operators + - * / ** hold no float of their own, so their result is exact where their operands are
        inexact="" if row.name in INFIX else " or type(a) is not float",
        **partials,
    )


if __name__ == "__main__":
    TARGET.write_text(source(), encoding="utf-8")
    generate_kernel.TARGET.write_text(generate_kernel.source(), encoding="utf-8")
