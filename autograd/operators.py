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

    def __add__(self, other: Self | Number) -> Self:
        """a + b; derivatives 1 and 1.

        Raises OverflowError where there is no value.
        """
        a = self._value
        recorded = recording()
        b: Any
        y: Any
        db: Any
        try:
            if isinstance(other, Node):
                b = other._value
                y = a + b
                if recorded:
                    da = 1.0
                    db = 1.0
            elif type(other) is float or type(other) is int:
                b = other
                y = a + b
                if recorded:
                    da = 1.0
                    db = None
            elif isinstance(other, float):  # numpy.float64
                return self.__add__(float(other))
            else:
                y = None
        except UNDEFINED:
            y = None
        if type(y) is not float or y - y != 0.0:
            return operate(primitives.add, self, other, "__radd__")  # type: ignore[no-any-return]
        node: Self = new(Node._kind)
        node._value = y
        node._grad = 0
        node._number = next_number()
        if recorded:
            node._primitive = primitives.add
            node._a = self
            node._da = da
            node._b = other
            node._db = db
        else:
            node._primitive = LEAF
            node._a = node._da = node._b = node._db = None
        return node

    def __radd__(self, other: Number) -> Self:
        """a + b with a number on the left; derivative 1.

        Raises OverflowError where there is no value.
        """
        a: Any = other
        b = self._value
        recorded = recording()
        y: Any
        try:
            if type(a) is float or type(a) is int:
                y = a + b
                if recorded:
                    db = 1.0
            else:
                y = None
        except UNDEFINED:
            y = None
        if type(y) is not float or y - y != 0.0:
            return record(primitives.add, other, self)  # type: ignore[no-any-return]
        node: Self = new(Node._kind)
        node._value = y
        node._grad = 0
        node._number = next_number()
        if recorded:
            node._primitive = primitives.add
            node._a = other
            node._da = None
            node._b = self
            node._db = db
        else:
            node._primitive = LEAF
            node._a = node._da = node._b = node._db = None
        return node

    def __sub__(self, other: Self | Number) -> Self:
        """a - b; derivatives 1 and -1.

        Raises OverflowError where there is no value.
        """
        a = self._value
        recorded = recording()
        b: Any
        y: Any
        db: Any
        try:
            if isinstance(other, Node):
                b = other._value
                y = a - b
                if recorded:
                    da = 1.0
                    db = -1.0
            elif type(other) is float or type(other) is int:
                b = other
                y = a - b
                if recorded:
                    da = 1.0
                    db = None
            elif isinstance(other, float):  # numpy.float64
                return self.__sub__(float(other))
            else:
                y = None
        except UNDEFINED:
            y = None
        if type(y) is not float or y - y != 0.0:
            return operate(primitives.sub, self, other, "__rsub__")  # type: ignore[no-any-return]
        node: Self = new(Node._kind)
        node._value = y
        node._grad = 0
        node._number = next_number()
        if recorded:
            node._primitive = primitives.sub
            node._a = self
            node._da = da
            node._b = other
            node._db = db
        else:
            node._primitive = LEAF
            node._a = node._da = node._b = node._db = None
        return node

    def __rsub__(self, other: Number) -> Self:
        """a - b with a number on the left; derivative -1.

        Raises OverflowError where there is no value.
        """
        a: Any = other
        b = self._value
        recorded = recording()
        y: Any
        try:
            if type(a) is float or type(a) is int:
                y = a - b
                if recorded:
                    db = -1.0
            else:
                y = None
        except UNDEFINED:
            y = None
        if type(y) is not float or y - y != 0.0:
            return record(primitives.sub, other, self)  # type: ignore[no-any-return]
        node: Self = new(Node._kind)
        node._value = y
        node._grad = 0
        node._number = next_number()
        if recorded:
            node._primitive = primitives.sub
            node._a = other
            node._da = None
            node._b = self
            node._db = db
        else:
            node._primitive = LEAF
            node._a = node._da = node._b = node._db = None
        return node

    def __mul__(self, other: Self | Number) -> Self:
        """a * b; derivatives b and a.

        Raises OverflowError where there is no value.
        """
        a = self._value
        recorded = recording()
        b: Any
        y: Any
        db: Any
        try:
            if isinstance(other, Node):
                b = other._value
                y = a * b
                if recorded:
                    da = b
                    db = a
            elif type(other) is float or type(other) is int:
                b = other
                y = a * b
                if recorded:
                    da = b
                    db = None
            elif isinstance(other, float):  # numpy.float64
                return self.__mul__(float(other))
            else:
                y = None
        except UNDEFINED:
            y = None
        if type(y) is not float or y - y != 0.0:
            return operate(primitives.mul, self, other, "__rmul__")  # type: ignore[no-any-return]
        node: Self = new(Node._kind)
        node._value = y
        node._grad = 0
        node._number = next_number()
        if recorded:
            node._primitive = primitives.mul
            node._a = self
            node._da = da
            node._b = other
            node._db = db
        else:
            node._primitive = LEAF
            node._a = node._da = node._b = node._db = None
        return node

    def __rmul__(self, other: Number) -> Self:
        """a * b with a number on the left; derivative a.

        Raises OverflowError where there is no value.
        """
        a: Any = other
        b = self._value
        recorded = recording()
        y: Any
        try:
            if type(a) is float or type(a) is int:
                y = a * b
                if recorded:
                    db = a
            else:
                y = None
        except UNDEFINED:
            y = None
        if type(y) is not float or y - y != 0.0:
            return record(primitives.mul, other, self)  # type: ignore[no-any-return]
        node: Self = new(Node._kind)
        node._value = y
        node._grad = 0
        node._number = next_number()
        if recorded:
            node._primitive = primitives.mul
            node._a = other
            node._da = None
            node._b = self
            node._db = db
        else:
            node._primitive = LEAF
            node._a = node._da = node._b = node._db = None
        return node

    def __truediv__(self, other: Self | Number) -> Self:
        """a / b; derivatives 1 / b and -y / b.

        Raises OverflowError or ZeroDivisionError where there is no value.
        """
        a = self._value
        recorded = recording()
        b: Any
        y: Any
        db: Any
        try:
            if isinstance(other, Node):
                b = other._value
                y = a / b
                if recorded:
                    da = 1.0 / b
                    db = -y / b
            elif type(other) is float or type(other) is int:
                b = other
                y = a / b
                if recorded:
                    da = 1.0 / b
                    db = None
            elif isinstance(other, float):  # numpy.float64
                return self.__truediv__(float(other))
            else:
                y = None
        except UNDEFINED:
            y = None
        if type(y) is not float or y - y != 0.0:
            return operate(primitives.div, self, other, "__rtruediv__")  # type: ignore[no-any-return]
        node: Self = new(Node._kind)
        node._value = y
        node._grad = 0
        node._number = next_number()
        if recorded:
            node._primitive = primitives.div
            node._a = self
            node._da = da
            node._b = other
            node._db = db
        else:
            node._primitive = LEAF
            node._a = node._da = node._b = node._db = None
        return node

    def __rtruediv__(self, other: Number) -> Self:
        """a / b with a number on the left; derivative -y / b.

        Raises OverflowError or ZeroDivisionError where there is no value.
        """
        a: Any = other
        b = self._value
        recorded = recording()
        y: Any
        try:
            if type(a) is float or type(a) is int:
                y = a / b
                if recorded:
                    db = -y / b
            else:
                y = None
        except UNDEFINED:
            y = None
        if type(y) is not float or y - y != 0.0:
            return record(primitives.div, other, self)  # type: ignore[no-any-return]
        node: Self = new(Node._kind)
        node._value = y
        node._grad = 0
        node._number = next_number()
        if recorded:
            node._primitive = primitives.div
            node._a = other
            node._da = None
            node._b = self
            node._db = db
        else:
            node._primitive = LEAF
            node._a = node._da = node._b = node._db = None
        return node

    def neg(self) -> Self:
        """-a; derivative -1."""
        a = self._value
        recorded = recording()
        y: Any
        try:
            if type(a) is float:
                y = -a
                if recorded:
                    da = -1.0
            else:
                y = None
        except UNDEFINED:
            y = None
        if y is None or y - y != 0.0:
            return record(primitives.neg, self)  # type: ignore[no-any-return]
        node: Self = new(Node._kind)
        node._value = y
        node._grad = 0
        node._number = next_number()
        if recorded:
            node._primitive = primitives.neg
            node._a = self
            node._da = da
            node._b = None
            node._db = None
        else:
            node._primitive = LEAF
            node._a = node._da = node._b = node._db = None
        return node

    __neg__ = neg

    def __pow__(self, other: Self | Number) -> Self:
        """a ** b; derivatives b * a ** (b - 1) and y * log(a).

        Defined for a in (0, inf), for a = 0 where b is at least 0, and for a negative a where b is a whole number. Raises OverflowError or ValueError or ZeroDivisionError where there is no value.
        """
        a = self._value
        recorded = recording()
        b: Any
        y: Any
        db: Any
        try:
            if isinstance(other, Node):
                b = other._value
                y = power(a, b)
                if recorded:
                    da = b * power(a + (a * a == 0.0) * (b == 0.0), b - 1.0)
                    db = y * math.log(a + (a == 0.0) * 1.0)
            elif type(other) is float or type(other) is int:
                b = other
                y = power(a, b)
                if recorded:
                    da = b * power(a + (a * a == 0.0) * (b == 0.0), b - 1.0)
                    db = None
            elif isinstance(other, float):  # numpy.float64
                return self.__pow__(float(other))
            else:
                y = None
        except UNDEFINED:
            y = None
        if type(y) is not float or y - y != 0.0:
            return operate(primitives.pow, self, other, "__rpow__")  # type: ignore[no-any-return]
        node: Self = new(Node._kind)
        node._value = y
        node._grad = 0
        node._number = next_number()
        if recorded:
            node._primitive = primitives.pow
            node._a = self
            node._da = da
            node._b = other
            node._db = db
        else:
            node._primitive = LEAF
            node._a = node._da = node._b = node._db = None
        return node

    def __rpow__(self, other: Number) -> Self:
        """a ** b with a number on the left; derivative y * log(a).

        Defined for a in (0, inf), for a = 0 where b is at least 0, and for a negative a where b is a whole number. Raises OverflowError or ValueError or ZeroDivisionError where there is no value.
        """
        a: Any = other
        b = self._value
        recorded = recording()
        y: Any
        try:
            if type(a) is float or type(a) is int:
                y = power(a, b)
                if recorded:
                    db = y * math.log(a + (a == 0.0) * 1.0)
            else:
                y = None
        except UNDEFINED:
            y = None
        if type(y) is not float or y - y != 0.0:
            return record(primitives.pow, other, self)  # type: ignore[no-any-return]
        node: Self = new(Node._kind)
        node._value = y
        node._grad = 0
        node._number = next_number()
        if recorded:
            node._primitive = primitives.pow
            node._a = other
            node._da = None
            node._b = self
            node._db = db
        else:
            node._primitive = LEAF
            node._a = node._da = node._b = node._db = None
        return node

    def sqrt(self) -> Self:
        """sqrt(a); derivative 1 / (2 * y).

        Defined for a in [0, inf). Raises ValueError where there is no value.
        """
        a = self._value
        recorded = recording()
        y: Any
        try:
            if type(a) is float:
                y = math.sqrt(a)
                if recorded:
                    da = 1.0 / (2.0 * y)
            else:
                y = None
        except UNDEFINED:
            y = None
        if y is None or y - y != 0.0:
            return record(primitives.sqrt, self)  # type: ignore[no-any-return]
        node: Self = new(Node._kind)
        node._value = y
        node._grad = 0
        node._number = next_number()
        if recorded:
            node._primitive = primitives.sqrt
            node._a = self
            node._da = da
            node._b = None
            node._db = None
        else:
            node._primitive = LEAF
            node._a = node._da = node._b = node._db = None
        return node

    def exp(self) -> Self:
        """exp(a); derivative y.

        Raises OverflowError where there is no value.
        """
        a = self._value
        recorded = recording()
        y: Any
        try:
            if type(a) is float:
                y = math.exp(a)
                if recorded:
                    da = y
            else:
                y = None
        except UNDEFINED:
            y = None
        if y is None or y - y != 0.0:
            return record(primitives.exp, self)  # type: ignore[no-any-return]
        node: Self = new(Node._kind)
        node._value = y
        node._grad = 0
        node._number = next_number()
        if recorded:
            node._primitive = primitives.exp
            node._a = self
            node._da = da
            node._b = None
            node._db = None
        else:
            node._primitive = LEAF
            node._a = node._da = node._b = node._db = None
        return node

    def expm1(self) -> Self:
        """expm1(a); derivative exp(a).

        Raises OverflowError where there is no value.
        """
        a = self._value
        recorded = recording()
        y: Any
        try:
            if type(a) is float:
                y = math.expm1(a)
                if recorded:
                    da = math.exp(a)
            else:
                y = None
        except UNDEFINED:
            y = None
        if y is None or y - y != 0.0:
            return record(primitives.expm1, self)  # type: ignore[no-any-return]
        node: Self = new(Node._kind)
        node._value = y
        node._grad = 0
        node._number = next_number()
        if recorded:
            node._primitive = primitives.expm1
            node._a = self
            node._da = da
            node._b = None
            node._db = None
        else:
            node._primitive = LEAF
            node._a = node._da = node._b = node._db = None
        return node

    def log(self) -> Self:
        """log(a); derivative 1 / a.

        Defined for a in (0, inf). Raises ValueError where there is no value.
        """
        a = self._value
        recorded = recording()
        y: Any
        try:
            if type(a) is float:
                y = math.log(a)
                if recorded:
                    da = 1.0 / a
            else:
                y = None
        except UNDEFINED:
            y = None
        if y is None or y - y != 0.0:
            return record(primitives.log, self)  # type: ignore[no-any-return]
        node: Self = new(Node._kind)
        node._value = y
        node._grad = 0
        node._number = next_number()
        if recorded:
            node._primitive = primitives.log
            node._a = self
            node._da = da
            node._b = None
            node._db = None
        else:
            node._primitive = LEAF
            node._a = node._da = node._b = node._db = None
        return node

    def log1p(self) -> Self:
        """log1p(a); derivative 1 / (1 + a).

        Defined for a in (-1, inf). Raises ValueError where there is no value.
        """
        a = self._value
        recorded = recording()
        y: Any
        try:
            if type(a) is float:
                y = math.log1p(a)
                if recorded:
                    da = 1.0 / (1.0 + a)
            else:
                y = None
        except UNDEFINED:
            y = None
        if y is None or y - y != 0.0:
            return record(primitives.log1p, self)  # type: ignore[no-any-return]
        node: Self = new(Node._kind)
        node._value = y
        node._grad = 0
        node._number = next_number()
        if recorded:
            node._primitive = primitives.log1p
            node._a = self
            node._da = da
            node._b = None
            node._db = None
        else:
            node._primitive = LEAF
            node._a = node._da = node._b = node._db = None
        return node

    def log2(self) -> Self:
        """log2(a); derivative 1 / a / 0.6931.

        Defined for a in (0, inf). Raises ValueError where there is no value.
        """
        a = self._value
        recorded = recording()
        y: Any
        try:
            if type(a) is float:
                y = math.log2(a)
                if recorded:
                    da = 1.0 / a / 0.6931471805599453
            else:
                y = None
        except UNDEFINED:
            y = None
        if y is None or y - y != 0.0:
            return record(primitives.log2, self)  # type: ignore[no-any-return]
        node: Self = new(Node._kind)
        node._value = y
        node._grad = 0
        node._number = next_number()
        if recorded:
            node._primitive = primitives.log2
            node._a = self
            node._da = da
            node._b = None
            node._db = None
        else:
            node._primitive = LEAF
            node._a = node._da = node._b = node._db = None
        return node

    def log10(self) -> Self:
        """log10(a); derivative 1 / a / 2.303.

        Defined for a in (0, inf). Raises ValueError where there is no value.
        """
        a = self._value
        recorded = recording()
        y: Any
        try:
            if type(a) is float:
                y = math.log10(a)
                if recorded:
                    da = 1.0 / a / 2.302585092994046
            else:
                y = None
        except UNDEFINED:
            y = None
        if y is None or y - y != 0.0:
            return record(primitives.log10, self)  # type: ignore[no-any-return]
        node: Self = new(Node._kind)
        node._value = y
        node._grad = 0
        node._number = next_number()
        if recorded:
            node._primitive = primitives.log10
            node._a = self
            node._da = da
            node._b = None
            node._db = None
        else:
            node._primitive = LEAF
            node._a = node._da = node._b = node._db = None
        return node

    def square(self) -> Self:
        """a ** 2; derivative 2 * a.

        Raises OverflowError where there is no value.
        """
        a = self._value
        recorded = recording()
        y: Any
        try:
            if type(a) is float:
                y = (a * a)
                if recorded:
                    da = 2.0 * a
            else:
                y = None
        except UNDEFINED:
            y = None
        if y is None or y - y != 0.0:
            return record(primitives.square, self)  # type: ignore[no-any-return]
        node: Self = new(Node._kind)
        node._value = y
        node._grad = 0
        node._number = next_number()
        if recorded:
            node._primitive = primitives.square
            node._a = self
            node._da = da
            node._b = None
            node._db = None
        else:
            node._primitive = LEAF
            node._a = node._da = node._b = node._db = None
        return node

    def reciprocal(self) -> Self:
        """1 / a; derivative -y * y.

        Raises OverflowError or ZeroDivisionError where there is no value.
        """
        a = self._value
        recorded = recording()
        y: Any
        try:
            if type(a) is float:
                y = 1 / a
                if recorded:
                    da = -y * y
            else:
                y = None
        except UNDEFINED:
            y = None
        if y is None or y - y != 0.0:
            return record(primitives.reciprocal, self)  # type: ignore[no-any-return]
        node: Self = new(Node._kind)
        node._value = y
        node._grad = 0
        node._number = next_number()
        if recorded:
            node._primitive = primitives.reciprocal
            node._a = self
            node._da = da
            node._b = None
            node._db = None
        else:
            node._primitive = LEAF
            node._a = node._da = node._b = node._db = None
        return node

    def sin(self) -> Self:
        """sin(a); derivative cos(a)."""
        a = self._value
        recorded = recording()
        y: Any
        try:
            if type(a) is float:
                y = math.sin(a)
                if recorded:
                    da = math.cos(a)
            else:
                y = None
        except UNDEFINED:
            y = None
        if y is None or y - y != 0.0:
            return record(primitives.sin, self)  # type: ignore[no-any-return]
        node: Self = new(Node._kind)
        node._value = y
        node._grad = 0
        node._number = next_number()
        if recorded:
            node._primitive = primitives.sin
            node._a = self
            node._da = da
            node._b = None
            node._db = None
        else:
            node._primitive = LEAF
            node._a = node._da = node._b = node._db = None
        return node

    def cos(self) -> Self:
        """cos(a); derivative -sin(a)."""
        a = self._value
        recorded = recording()
        y: Any
        try:
            if type(a) is float:
                y = math.cos(a)
                if recorded:
                    da = -math.sin(a)
            else:
                y = None
        except UNDEFINED:
            y = None
        if y is None or y - y != 0.0:
            return record(primitives.cos, self)  # type: ignore[no-any-return]
        node: Self = new(Node._kind)
        node._value = y
        node._grad = 0
        node._number = next_number()
        if recorded:
            node._primitive = primitives.cos
            node._a = self
            node._da = da
            node._b = None
            node._db = None
        else:
            node._primitive = LEAF
            node._a = node._da = node._b = node._db = None
        return node

    def tan(self) -> Self:
        """tan(a); derivative 1 + y * y."""
        a = self._value
        recorded = recording()
        y: Any
        try:
            if type(a) is float:
                y = math.tan(a)
                if recorded:
                    da = 1.0 + y * y
            else:
                y = None
        except UNDEFINED:
            y = None
        if y is None or y - y != 0.0:
            return record(primitives.tan, self)  # type: ignore[no-any-return]
        node: Self = new(Node._kind)
        node._value = y
        node._grad = 0
        node._number = next_number()
        if recorded:
            node._primitive = primitives.tan
            node._a = self
            node._da = da
            node._b = None
            node._db = None
        else:
            node._primitive = LEAF
            node._a = node._da = node._b = node._db = None
        return node

    def asin(self) -> Self:
        """asin(a); derivative 1 / sqrt((1 - a) * (1 + a)).

        Defined for a in [-1, 1]. Raises ValueError where there is no value.
        """
        a = self._value
        recorded = recording()
        y: Any
        try:
            if type(a) is float:
                y = math.asin(a)
                if recorded:
                    da = 1.0 / math.sqrt((1.0 - a) * (1.0 + a))
            else:
                y = None
        except UNDEFINED:
            y = None
        if y is None or y - y != 0.0:
            return record(primitives.asin, self)  # type: ignore[no-any-return]
        node: Self = new(Node._kind)
        node._value = y
        node._grad = 0
        node._number = next_number()
        if recorded:
            node._primitive = primitives.asin
            node._a = self
            node._da = da
            node._b = None
            node._db = None
        else:
            node._primitive = LEAF
            node._a = node._da = node._b = node._db = None
        return node

    arcsin = asin

    def acos(self) -> Self:
        """acos(a); derivative -1 / sqrt((1 - a) * (1 + a)).

        Defined for a in [-1, 1]. Raises ValueError where there is no value.
        """
        a = self._value
        recorded = recording()
        y: Any
        try:
            if type(a) is float:
                y = math.acos(a)
                if recorded:
                    da = -1.0 / math.sqrt((1.0 - a) * (1.0 + a))
            else:
                y = None
        except UNDEFINED:
            y = None
        if y is None or y - y != 0.0:
            return record(primitives.acos, self)  # type: ignore[no-any-return]
        node: Self = new(Node._kind)
        node._value = y
        node._grad = 0
        node._number = next_number()
        if recorded:
            node._primitive = primitives.acos
            node._a = self
            node._da = da
            node._b = None
            node._db = None
        else:
            node._primitive = LEAF
            node._a = node._da = node._b = node._db = None
        return node

    arccos = acos

    def atan(self) -> Self:
        """atan(a); derivative (1 / hypot(1, a)) ** 2."""
        a = self._value
        recorded = recording()
        y: Any
        try:
            if type(a) is float:
                y = math.atan(a)
                if recorded:
                    da = ((1.0 / math.hypot(1.0, a)) * (1.0 / math.hypot(1.0, a)))
            else:
                y = None
        except UNDEFINED:
            y = None
        if y is None or y - y != 0.0:
            return record(primitives.atan, self)  # type: ignore[no-any-return]
        node: Self = new(Node._kind)
        node._value = y
        node._grad = 0
        node._number = next_number()
        if recorded:
            node._primitive = primitives.atan
            node._a = self
            node._da = da
            node._b = None
            node._db = None
        else:
            node._primitive = LEAF
            node._a = node._da = node._b = node._db = None
        return node

    arctan = atan

    def sinh(self) -> Self:
        """sinh(a); derivative cosh(a).

        Raises OverflowError where there is no value.
        """
        a = self._value
        recorded = recording()
        y: Any
        try:
            if type(a) is float:
                y = math.sinh(a)
                if recorded:
                    da = math.cosh(a)
            else:
                y = None
        except UNDEFINED:
            y = None
        if y is None or y - y != 0.0:
            return record(primitives.sinh, self)  # type: ignore[no-any-return]
        node: Self = new(Node._kind)
        node._value = y
        node._grad = 0
        node._number = next_number()
        if recorded:
            node._primitive = primitives.sinh
            node._a = self
            node._da = da
            node._b = None
            node._db = None
        else:
            node._primitive = LEAF
            node._a = node._da = node._b = node._db = None
        return node

    def cosh(self) -> Self:
        """cosh(a); derivative sinh(a).

        Raises OverflowError where there is no value.
        """
        a = self._value
        recorded = recording()
        y: Any
        try:
            if type(a) is float:
                y = math.cosh(a)
                if recorded:
                    da = math.sinh(a)
            else:
                y = None
        except UNDEFINED:
            y = None
        if y is None or y - y != 0.0:
            return record(primitives.cosh, self)  # type: ignore[no-any-return]
        node: Self = new(Node._kind)
        node._value = y
        node._grad = 0
        node._number = next_number()
        if recorded:
            node._primitive = primitives.cosh
            node._a = self
            node._da = da
            node._b = None
            node._db = None
        else:
            node._primitive = LEAF
            node._a = node._da = node._b = node._db = None
        return node

    def tanh(self) -> Self:
        """tanh(a); derivative 1 - tanh(a) ** 2."""
        a = self._value
        recorded = recording()
        y: Any
        try:
            if type(a) is float:
                y = math.tanh(a)
                if recorded:
                    da = 4.0 * (math.exp(-abs(2.0 * a)) / ((1.0 + math.exp(-abs(2.0 * a))) * (1.0 + math.exp(-abs(2.0 * a)))))
            else:
                y = None
        except UNDEFINED:
            y = None
        if y is None or y - y != 0.0:
            return record(primitives.tanh, self)  # type: ignore[no-any-return]
        node: Self = new(Node._kind)
        node._value = y
        node._grad = 0
        node._number = next_number()
        if recorded:
            node._primitive = primitives.tanh
            node._a = self
            node._da = da
            node._b = None
            node._db = None
        else:
            node._primitive = LEAF
            node._a = node._da = node._b = node._db = None
        return node

    def asinh(self) -> Self:
        """asinh(a); derivative 1 / hypot(1, a)."""
        a = self._value
        recorded = recording()
        y: Any
        try:
            if type(a) is float:
                y = math.asinh(a)
                if recorded:
                    da = 1.0 / math.hypot(1.0, a)
            else:
                y = None
        except UNDEFINED:
            y = None
        if y is None or y - y != 0.0:
            return record(primitives.asinh, self)  # type: ignore[no-any-return]
        node: Self = new(Node._kind)
        node._value = y
        node._grad = 0
        node._number = next_number()
        if recorded:
            node._primitive = primitives.asinh
            node._a = self
            node._da = da
            node._b = None
            node._db = None
        else:
            node._primitive = LEAF
            node._a = node._da = node._b = node._db = None
        return node

    arcsinh = asinh

    def acosh(self) -> Self:
        """acosh(a); derivative 1 / (sqrt(a - 1) * sqrt(a + 1)).

        Defined for a in [1, inf). Raises ValueError where there is no value.
        """
        a = self._value
        recorded = recording()
        y: Any
        try:
            if type(a) is float:
                y = math.acosh(a)
                if recorded:
                    da = 1.0 / (math.sqrt(a - 1.0) * math.sqrt(a + 1.0))
            else:
                y = None
        except UNDEFINED:
            y = None
        if y is None or y - y != 0.0:
            return record(primitives.acosh, self)  # type: ignore[no-any-return]
        node: Self = new(Node._kind)
        node._value = y
        node._grad = 0
        node._number = next_number()
        if recorded:
            node._primitive = primitives.acosh
            node._a = self
            node._da = da
            node._b = None
            node._db = None
        else:
            node._primitive = LEAF
            node._a = node._da = node._b = node._db = None
        return node

    arccosh = acosh

    def atanh(self) -> Self:
        """atanh(a); derivative (1 / sqrt((1 - a) * (1 + a))) ** 2.

        Defined for a in (-1, 1). Raises ValueError where there is no value.
        """
        a = self._value
        recorded = recording()
        y: Any
        try:
            if type(a) is float:
                y = math.atanh(a)
                if recorded:
                    da = ((1.0 / math.sqrt((1.0 - a) * (1.0 + a))) * (1.0 / math.sqrt((1.0 - a) * (1.0 + a))))
            else:
                y = None
        except UNDEFINED:
            y = None
        if y is None or y - y != 0.0:
            return record(primitives.atanh, self)  # type: ignore[no-any-return]
        node: Self = new(Node._kind)
        node._value = y
        node._grad = 0
        node._number = next_number()
        if recorded:
            node._primitive = primitives.atanh
            node._a = self
            node._da = da
            node._b = None
            node._db = None
        else:
            node._primitive = LEAF
            node._a = node._da = node._b = node._db = None
        return node

    arctanh = atanh

    def atan2(self, other: Self | Number) -> Self:
        """atan2(a, b); derivatives b / hypot(b, a) / hypot(a, b) and -(a / hypot(a, b)) / hypot(a, b)."""
        a = self._value
        recorded = recording()
        b: Any
        y: Any
        db: Any
        try:
            if isinstance(other, Node):
                b = other._value
                y = math.atan2(a, b)
                if recorded:
                    da = b / math.hypot(b, a) / math.hypot(a, b)
                    db = -(a / math.hypot(a, b)) / math.hypot(a, b)
            elif type(other) is float or type(other) is int:
                b = other
                y = math.atan2(a, b)
                if recorded:
                    da = b / math.hypot(b, a) / math.hypot(a, b)
                    db = None
            elif isinstance(other, float):  # numpy.float64
                return self.atan2(float(other))
            else:
                y = None
        except UNDEFINED:
            y = None
        if type(y) is not float or type(a) is not float or y - y != 0.0:
            return record(primitives.atan2, self, other)  # type: ignore[no-any-return]
        node: Self = new(Node._kind)
        node._value = y
        node._grad = 0
        node._number = next_number()
        if recorded:
            node._primitive = primitives.atan2
            node._a = self
            node._da = da
            node._b = other
            node._db = db
        else:
            node._primitive = LEAF
            node._a = node._da = node._b = node._db = None
        return node

    arctan2 = atan2

    def hypot(self, other: Self | Number) -> Self:
        """hypot(a, b); derivatives a / hypot(a, b) and b / hypot(b, a)."""
        a = self._value
        recorded = recording()
        b: Any
        y: Any
        db: Any
        try:
            if isinstance(other, Node):
                b = other._value
                y = math.hypot(a, b)
                if recorded:
                    da = a / math.hypot(a, b)
                    db = b / math.hypot(b, a)
            elif type(other) is float or type(other) is int:
                b = other
                y = math.hypot(a, b)
                if recorded:
                    da = a / math.hypot(a, b)
                    db = None
            elif isinstance(other, float):  # numpy.float64
                return self.hypot(float(other))
            else:
                y = None
        except UNDEFINED:
            y = None
        if type(y) is not float or type(a) is not float or y - y != 0.0:
            return record(primitives.hypot, self, other)  # type: ignore[no-any-return]
        node: Self = new(Node._kind)
        node._value = y
        node._grad = 0
        node._number = next_number()
        if recorded:
            node._primitive = primitives.hypot
            node._a = self
            node._da = da
            node._b = other
            node._db = db
        else:
            node._primitive = LEAF
            node._a = node._da = node._b = node._db = None
        return node

    def erf(self) -> Self:
        """erf(a); derivative 2 * exp(-a * a) / 1.772."""
        a = self._value
        recorded = recording()
        y: Any
        try:
            if type(a) is float:
                y = math.erf(a)
                if recorded:
                    da = 2.0 * math.exp(-a * a) / 1.7724538509055159
            else:
                y = None
        except UNDEFINED:
            y = None
        if y is None or y - y != 0.0:
            return record(primitives.erf, self)  # type: ignore[no-any-return]
        node: Self = new(Node._kind)
        node._value = y
        node._grad = 0
        node._number = next_number()
        if recorded:
            node._primitive = primitives.erf
            node._a = self
            node._da = da
            node._b = None
            node._db = None
        else:
            node._primitive = LEAF
            node._a = node._da = node._b = node._db = None
        return node

    def erfc(self) -> Self:
        """erfc(a); derivative -2 * exp(-a * a) / 1.772."""
        a = self._value
        recorded = recording()
        y: Any
        try:
            if type(a) is float:
                y = math.erfc(a)
                if recorded:
                    da = -2.0 * math.exp(-a * a) / 1.7724538509055159
            else:
                y = None
        except UNDEFINED:
            y = None
        if y is None or y - y != 0.0:
            return record(primitives.erfc, self)  # type: ignore[no-any-return]
        node: Self = new(Node._kind)
        node._value = y
        node._grad = 0
        node._number = next_number()
        if recorded:
            node._primitive = primitives.erfc
            node._a = self
            node._da = da
            node._b = None
            node._db = None
        else:
            node._primitive = LEAF
            node._a = node._da = node._b = node._db = None
        return node

    def sigmoid(self) -> Self:
        """sigmoid(a); derivative sigmoid(a) * (1 - sigmoid(a))."""
        a = self._value
        recorded = recording()
        y: Any
        try:
            if type(a) is float:
                y = math.exp((a if a <= 0.0 or a != a else 0.0)) / (1.0 + math.exp(-abs(a)))
                if recorded:
                    da = math.exp(-abs(a)) / ((1.0 + math.exp(-abs(a))) * (1.0 + math.exp(-abs(a))))
            else:
                y = None
        except UNDEFINED:
            y = None
        if y is None or y - y != 0.0:
            return record(primitives.sigmoid, self)  # type: ignore[no-any-return]
        node: Self = new(Node._kind)
        node._value = y
        node._grad = 0
        node._number = next_number()
        if recorded:
            node._primitive = primitives.sigmoid
            node._a = self
            node._da = da
            node._b = None
            node._db = None
        else:
            node._primitive = LEAF
            node._a = node._da = node._b = node._db = None
        return node

    def softplus(self) -> Self:
        """softplus(a); derivative sigmoid(a)."""
        a = self._value
        recorded = recording()
        y: Any
        try:
            if type(a) is float:
                y = (a if a >= 0.0 or a != a else 0.0) + math.log1p(math.exp(-abs(a)))
                if recorded:
                    da = math.exp((a if a <= 0.0 or a != a else 0.0)) / (1.0 + math.exp(-abs(a)))
            else:
                y = None
        except UNDEFINED:
            y = None
        if y is None or y - y != 0.0:
            return record(primitives.softplus, self)  # type: ignore[no-any-return]
        node: Self = new(Node._kind)
        node._value = y
        node._grad = 0
        node._number = next_number()
        if recorded:
            node._primitive = primitives.softplus
            node._a = self
            node._da = da
            node._b = None
            node._db = None
        else:
            node._primitive = LEAF
            node._a = node._da = node._b = node._db = None
        return node

    def relu(self) -> Self:
        """relu(a); derivative 1 if a > 0 else 0.

        The derivative at 0 is 0.
        """
        a = self._value
        recorded = recording()
        y: Any
        try:
            if type(a) is float:
                y = (a if a >= 0.0 or a != a else 0.0)
                if recorded:
                    da = (a > 0.0) * 1.0
            else:
                y = None
        except UNDEFINED:
            y = None
        if y is None or y - y != 0.0:
            return record(primitives.relu, self)  # type: ignore[no-any-return]
        node: Self = new(Node._kind)
        node._value = y
        node._grad = 0
        node._number = next_number()
        if recorded:
            node._primitive = primitives.relu
            node._a = self
            node._da = da
            node._b = None
            node._db = None
        else:
            node._primitive = LEAF
            node._a = node._da = node._b = node._db = None
        return node

    def leaky_relu(self, negative_slope: Self | Number = 0.01, *, other: Self | Number | None = None) -> Self:
        """leaky_relu(a, b); derivatives (1 if a > 0 else 0) + (0 if a > 0 else b) and minimum(a, 0).

        The derivative at 0 is the negative slope. Raises OverflowError where there is no value.
        """
        if other is not None:
            negative_slope = renamed_argument("leaky_relu", "other", "negative_slope", other)
        a = self._value
        recorded = recording()
        b: Any
        y: Any
        db: Any
        try:
            if isinstance(negative_slope, Node):
                b = negative_slope._value
                y = (a if a >= 0.0 or a != a else 0.0) + b * (a if a <= 0.0 or a != a else 0.0)
                if recorded:
                    da = ((1.0 if a > 0.0 else 0.0)) + ((0.0 if a > 0.0 else b))
                    db = (a if a <= 0.0 or a != a else 0.0)
            elif type(negative_slope) is float or type(negative_slope) is int:
                b = negative_slope
                y = (a if a >= 0.0 or a != a else 0.0) + b * (a if a <= 0.0 or a != a else 0.0)
                if recorded:
                    da = ((1.0 if a > 0.0 else 0.0)) + ((0.0 if a > 0.0 else b))
                    db = None
            elif isinstance(negative_slope, float):  # numpy.float64
                return self.leaky_relu(float(negative_slope))
            else:
                y = None
        except UNDEFINED:
            y = None
        if type(y) is not float or type(a) is not float or y - y != 0.0:
            return record(primitives.leaky_relu, self, negative_slope)  # type: ignore[no-any-return]
        node: Self = new(Node._kind)
        node._value = y
        node._grad = 0
        node._number = next_number()
        if recorded:
            node._primitive = primitives.leaky_relu
            node._a = self
            node._da = da
            node._b = negative_slope
            node._db = db
        else:
            node._primitive = LEAF
            node._a = node._da = node._b = node._db = None
        return node

    def elu(self, alpha: Self | Number = 1.0, *, other: Self | Number | None = None) -> Self:
        """elu(a, b); derivatives (1 if a > 0 else 0) + (0 if a > 0 else b * exp(minimum(a, 0))) and expm1(minimum(a, 0)).

        The derivative at 0 is alpha.
        """
        if other is not None:
            alpha = renamed_argument("elu", "other", "alpha", other)
        a = self._value
        recorded = recording()
        b: Any
        y: Any
        db: Any
        try:
            if isinstance(alpha, Node):
                b = alpha._value
                y = (a if a >= 0.0 or a != a else 0.0) + b * math.expm1((a if a <= 0.0 or a != a else 0.0))
                if recorded:
                    da = ((1.0 if a > 0.0 else 0.0)) + ((0.0 if a > 0.0 else b * math.exp((a if a <= 0.0 or a != a else 0.0))))
                    db = math.expm1((a if a <= 0.0 or a != a else 0.0))
            elif type(alpha) is float or type(alpha) is int:
                b = alpha
                y = (a if a >= 0.0 or a != a else 0.0) + b * math.expm1((a if a <= 0.0 or a != a else 0.0))
                if recorded:
                    da = ((1.0 if a > 0.0 else 0.0)) + ((0.0 if a > 0.0 else b * math.exp((a if a <= 0.0 or a != a else 0.0))))
                    db = None
            elif isinstance(alpha, float):  # numpy.float64
                return self.elu(float(alpha))
            else:
                y = None
        except UNDEFINED:
            y = None
        if type(y) is not float or type(a) is not float or y - y != 0.0:
            return record(primitives.elu, self, alpha)  # type: ignore[no-any-return]
        node: Self = new(Node._kind)
        node._value = y
        node._grad = 0
        node._number = next_number()
        if recorded:
            node._primitive = primitives.elu
            node._a = self
            node._da = da
            node._b = alpha
            node._db = db
        else:
            node._primitive = LEAF
            node._a = node._da = node._b = node._db = None
        return node

    def gelu(self) -> Self:
        """gelu(a); derivative erfc(-a / 1.414) / 2 + a * exp(-(a / 1.414) * (a / 1.414)) / 2.507."""
        a = self._value
        recorded = recording()
        y: Any
        try:
            if type(a) is float:
                y = a * (math.erfc(-a / 1.4142135623730951) / 2.0)
                if recorded:
                    da = math.erfc(-a / 1.4142135623730951) / 2.0 + a * math.exp(-(a / 1.4142135623730951) * (a / 1.4142135623730951)) / 2.5066282746310002
            else:
                y = None
        except UNDEFINED:
            y = None
        if y is None or y - y != 0.0:
            return record(primitives.gelu, self)  # type: ignore[no-any-return]
        node: Self = new(Node._kind)
        node._value = y
        node._grad = 0
        node._number = next_number()
        if recorded:
            node._primitive = primitives.gelu
            node._a = self
            node._da = da
            node._b = None
            node._db = None
        else:
            node._primitive = LEAF
            node._a = node._da = node._b = node._db = None
        return node

    def silu(self) -> Self:
        """silu(a); derivative sigmoid(a) * (1 + a * sigmoid(-a))."""
        a = self._value
        recorded = recording()
        y: Any
        try:
            if type(a) is float:
                y = a * (math.exp((a if a <= 0.0 or a != a else 0.0)) / (1.0 + math.exp(-abs(a))))
                if recorded:
                    da = math.exp((a if a <= 0.0 or a != a else 0.0)) / (1.0 + math.exp(-abs(a))) * (1.0 + a * (math.exp(((-a) if (-a) <= 0.0 or (-a) != (-a) else 0.0)) / (1.0 + math.exp(-abs(-a)))))
            else:
                y = None
        except UNDEFINED:
            y = None
        if y is None or y - y != 0.0:
            return record(primitives.silu, self)  # type: ignore[no-any-return]
        node: Self = new(Node._kind)
        node._value = y
        node._grad = 0
        node._number = next_number()
        if recorded:
            node._primitive = primitives.silu
            node._a = self
            node._da = da
            node._b = None
            node._db = None
        else:
            node._primitive = LEAF
            node._a = node._da = node._b = node._db = None
        return node

    def abs(self) -> Self:
        """|a|; derivative sign(a).

        The derivative at 0 is 0.
        """
        a = self._value
        recorded = recording()
        y: Any
        try:
            if type(a) is float:
                y = abs(a)
                if recorded:
                    da = (a > 0.0) * 1.0 - (a < 0.0) * 1.0
            else:
                y = None
        except UNDEFINED:
            y = None
        if y is None or y - y != 0.0:
            return record(primitives.abs, self)  # type: ignore[no-any-return]
        node: Self = new(Node._kind)
        node._value = y
        node._grad = 0
        node._number = next_number()
        if recorded:
            node._primitive = primitives.abs
            node._a = self
            node._da = da
            node._b = None
            node._db = None
        else:
            node._primitive = LEAF
            node._a = node._da = node._b = node._db = None
        return node

    __abs__ = abs
    absolute = abs
    fabs = abs

    def maximum(self, other: Self | Number) -> Self:
        """maximum(a, b); derivatives heaviside(a - b) and heaviside(b - a).

        At a tie each operand gets half of the gradient.
        """
        a = self._value
        recorded = recording()
        b: Any
        y: Any
        db: Any
        try:
            if isinstance(other, Node):
                b = other._value
                y = (a if a >= b or a != a else b)
                if recorded:
                    da = ((a - b > 0.0) * 1.0 + (a - b >= 0.0) * 1.0) / 2.0
                    db = ((b - a > 0.0) * 1.0 + (b - a >= 0.0) * 1.0) / 2.0
            elif type(other) is float or type(other) is int:
                b = other
                y = (a if a >= b or a != a else b)
                if recorded:
                    da = ((a - b > 0.0) * 1.0 + (a - b >= 0.0) * 1.0) / 2.0
                    db = None
            elif isinstance(other, float):  # numpy.float64
                return self.maximum(float(other))
            else:
                y = None
        except UNDEFINED:
            y = None
        if type(y) is not float or type(a) is not float or y - y != 0.0:
            return record(primitives.maximum, self, other)  # type: ignore[no-any-return]
        node: Self = new(Node._kind)
        node._value = y
        node._grad = 0
        node._number = next_number()
        if recorded:
            node._primitive = primitives.maximum
            node._a = self
            node._da = da
            node._b = other
            node._db = db
        else:
            node._primitive = LEAF
            node._a = node._da = node._b = node._db = None
        return node

    def minimum(self, other: Self | Number) -> Self:
        """minimum(a, b); derivatives heaviside(b - a) and heaviside(a - b).

        At a tie each operand gets half of the gradient.
        """
        a = self._value
        recorded = recording()
        b: Any
        y: Any
        db: Any
        try:
            if isinstance(other, Node):
                b = other._value
                y = (a if a <= b or a != a else b)
                if recorded:
                    da = ((b - a > 0.0) * 1.0 + (b - a >= 0.0) * 1.0) / 2.0
                    db = ((a - b > 0.0) * 1.0 + (a - b >= 0.0) * 1.0) / 2.0
            elif type(other) is float or type(other) is int:
                b = other
                y = (a if a <= b or a != a else b)
                if recorded:
                    da = ((b - a > 0.0) * 1.0 + (b - a >= 0.0) * 1.0) / 2.0
                    db = None
            elif isinstance(other, float):  # numpy.float64
                return self.minimum(float(other))
            else:
                y = None
        except UNDEFINED:
            y = None
        if type(y) is not float or type(a) is not float or y - y != 0.0:
            return record(primitives.minimum, self, other)  # type: ignore[no-any-return]
        node: Self = new(Node._kind)
        node._value = y
        node._grad = 0
        node._number = next_number()
        if recorded:
            node._primitive = primitives.minimum
            node._a = self
            node._da = da
            node._b = other
            node._db = db
        else:
            node._primitive = LEAF
            node._a = node._da = node._b = node._db = None
        return node

    def step(self) -> Self:
        """1 if a > 0 else 0; derivative 0.

        The derivative is 0, also at the jump.
        """
        a = self._value
        recorded = recording()
        y: Any
        try:
            if type(a) is float:
                y = (a > 0.0) * 1.0
                if recorded:
                    da = 0.0
            else:
                y = None
        except UNDEFINED:
            y = None
        if y is None or y - y != 0.0:
            return record(primitives.step, self)  # type: ignore[no-any-return]
        node: Self = new(Node._kind)
        node._value = y
        node._grad = 0
        node._number = next_number()
        if recorded:
            node._primitive = primitives.step
            node._a = self
            node._da = da
            node._b = None
            node._db = None
        else:
            node._primitive = LEAF
            node._a = node._da = node._b = node._db = None
        return node

    def sign(self) -> Self:
        """sign(a); derivative 0.

        The derivative is 0, also at the jump.
        """
        a = self._value
        recorded = recording()
        y: Any
        try:
            if type(a) is float:
                y = (a > 0.0) * 1.0 - (a < 0.0) * 1.0
                if recorded:
                    da = 0.0
            else:
                y = None
        except UNDEFINED:
            y = None
        if y is None or y - y != 0.0:
            return record(primitives.sign, self)  # type: ignore[no-any-return]
        node: Self = new(Node._kind)
        node._value = y
        node._grad = 0
        node._number = next_number()
        if recorded:
            node._primitive = primitives.sign
            node._a = self
            node._da = da
            node._b = None
            node._db = None
        else:
            node._primitive = LEAF
            node._a = node._da = node._b = node._db = None
        return node

    def heaviside(self) -> Self:
        """heaviside(a); derivative 0.

        The derivative is 0, also at the jump, where the value is 1/2.
        """
        a = self._value
        recorded = recording()
        y: Any
        try:
            if type(a) is float:
                y = ((a > 0.0) * 1.0 + (a >= 0.0) * 1.0) / 2.0
                if recorded:
                    da = 0.0
            else:
                y = None
        except UNDEFINED:
            y = None
        if y is None or y - y != 0.0:
            return record(primitives.heaviside, self)  # type: ignore[no-any-return]
        node: Self = new(Node._kind)
        node._value = y
        node._grad = 0
        node._number = next_number()
        if recorded:
            node._primitive = primitives.heaviside
            node._a = self
            node._da = da
            node._b = None
            node._db = None
        else:
            node._primitive = LEAF
            node._a = node._da = node._b = node._db = None
        return node
