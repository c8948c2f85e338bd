"""A row run on symbols instead of numbers: that is how its formulas and its programs are made.

``Text`` is a number that remembers how it was computed. Give a row's value or partial the symbols a, b and y, and
what comes back can be written in any language of autograd/notation.py: as words on a terminal, as LaTeX or MathML on
a page, as Python or JavaScript to run.
"""

from collections.abc import Sequence
from typing import Any

from autograd import primitives
from autograd.notation import ATOM, PRODUCT, SIGN, SUM, infix
from autograd.primitive import ARGUMENTS, Primitive
from autograd.scalars import short

PROGRAMS = ("python", "javascript")


class Text:
    """A symbol, or an operation on symbols and numbers."""

    def __init__(self, primitive: Primitive | None, operands: tuple[Any, ...] = (), name: str = "") -> None:
        self.primitive = primitive
        self.operands = operands
        self.name = name

    def apply_primitive(self, primitive: Primitive, operands: tuple[Any, ...]) -> "Text":
        """A row applied to symbols is a longer expression."""
        return Text(primitive, operands)

    def __add__(self, other: Any) -> "Text":
        return Text(primitives.add, (self, other))

    def __radd__(self, other: Any) -> "Text":
        return Text(primitives.add, (other, self))

    def __sub__(self, other: Any) -> "Text":
        return Text(primitives.sub, (self, other))

    def __rsub__(self, other: Any) -> "Text":
        return Text(primitives.sub, (other, self))

    def __mul__(self, other: Any) -> "Text":
        return Text(primitives.mul, (self, other))

    def __rmul__(self, other: Any) -> "Text":
        return Text(primitives.mul, (other, self))

    def __truediv__(self, other: Any) -> "Text":
        return Text(primitives.div, (self, other))

    def __rtruediv__(self, other: Any) -> "Text":
        return Text(primitives.div, (other, self))

    def __pow__(self, other: Any) -> "Text":
        return Text(primitives.pow, (self, other))

    def __neg__(self) -> "Text":
        return Text(primitives.neg, (self,))

    def __gt__(self, other: Any) -> "Text":
        return Text(_COMPARISONS[">"], (self, other))

    def __ge__(self, other: Any) -> "Text":
        return Text(_COMPARISONS[">="], (self, other))

    def __lt__(self, other: Any) -> "Text":
        return Text(_COMPARISONS["<"], (self, other))

    def __eq__(self, other: Any) -> "Text":  # type: ignore[override]
        return Text(_COMPARISONS["=="], (self, other))

    __hash__ = None  # type: ignore[assignment]

    def __bool__(self) -> bool:
        raise TypeError(
            "a row of the table must not choose with if, and, or: the choice would be frozen; "
            "write it with autograd.where, maximum or step"
        )

    def __float__(self) -> float:
        raise TypeError(
            "a row's partials cannot be written down where they call the math module; write autograd.exp, not math.exp"
        )


_COMPARISONS = {
    symbol: Primitive(
        symbol, bool, (), notation=infix(symbol, 0, mathml=symbol.replace("<", "&lt;").replace(">", "&gt;"))
    )
    for symbol in (">", ">=", "<", "==")
}


def symbol(name: str) -> Text:
    """A name that can be computed with."""
    return Text(None, name=name)


def value(primitive: Primitive, operands: Sequence[Any] = ()) -> Text:
    """A row applied to symbols and numbers; to a (and b) when none are given."""
    return Text(primitive, tuple(operands or _inputs(primitive)))


def partial(primitive: Primitive, argument: int, output: str = "y", operands: Sequence[Any] = ()) -> Any:
    """A row's derivative with respect to one argument, in symbols and numbers; in y, a and b when none are given."""
    return primitive.partials[argument](symbol(output), *(operands or _inputs(primitive)))


def _inputs(primitive: Primitive) -> tuple[Text, ...]:
    return tuple(map(symbol, ARGUMENTS[: primitive.arity]))


def write(expression: Any, language: str) -> str:
    """An expression in one language: plain, latex, mathml, python or javascript."""
    return _write(expression, language)[0]


def _write(expression: Any, language: str) -> tuple[str, int]:
    """The expression, and how tightly it binds."""
    if not isinstance(expression, Text):
        return _write_number(expression, language)
    if expression.primitive is None:
        return (f"<mi>{expression.name}</mi>" if language == "mathml" else expression.name), ATOM
    notation = expression.primitive.notation
    template = getattr(notation, language)
    if not template:  # this language has no such function: write out what it is computed from
        return _write(expression.primitive.forward(*expression.operands), language)
    written = [_write(operand, language) for operand in expression.operands]
    fields = {"arguments": _COMMA[language].join(text for text, _ in written)}
    for position, (name, (text, precedence)) in enumerate(zip(ARGUMENTS, written, strict=False)):
        # a - (b - c), -(-a), (a ** b) ** c: beside an equally strong sign only a - b - c and a / b / c need no brackets
        left = position == 0 and len(written) == 2 and precedence in (SUM, PRODUCT)
        loose = precedence < notation.precedence or (precedence == notation.precedence < ATOM and not left)
        fields[name] = _BRACKETS[language].format(text) if loose else text
        fields[name.upper()] = text
    return template.format(**fields), notation.precedence


_BRACKETS = {
    "plain": "({})",
    "latex": r"\left({}\right)",
    "mathml": "<mrow><mo>(</mo>{}<mo>)</mo></mrow>",
    "python": "({})",
    "javascript": "({})",
}
_COMMA = {"plain": ", ", "latex": ", ", "mathml": "<mo>,</mo>", "python": ", ", "javascript": ", "}


def _write_number(given: Any, language: str) -> tuple[str, int]:
    if language in PROGRAMS:
        written = repr(float(given))
    else:
        written = f"<mn>{short(given)}</mn>" if language == "mathml" else short(given)
    return written, SIGN if given < 0 else PRODUCT if "/" in short(given) else ATOM
