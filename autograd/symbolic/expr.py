"""A row run on symbols instead of numbers: that is how its formulas and its programs are made.

``Text`` is a number that remembers how it was computed. Give a row's value or partial the symbols a, b and y, and
what comes back can be written in any language of autograd/symbolic/notation.py: as words on a terminal, as LaTeX or
MathML on a page, as Python or JavaScript to run.
"""

import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from autograd import primitives
from autograd.coercion import Traced, short
from autograd.registry import ARGUMENTS, Primitive
from autograd.symbolic.notation import ATOM, COMPARISON, NOTATIONS, PRODUCT, SIGN, SUM, infix, notation

PROGRAMS = ("python", "javascript")
TYPESET = ("latex", "mathml")


class Text(Traced):
    """A symbol, or an operation on symbols and numbers."""

    def __init__(self, primitive: Primitive | None, operands: tuple[Any, ...] = (), name: str = "") -> None:
        self.primitive = primitive
        self.operands = operands
        self.name = name
        self.slot = False

    def _apply_primitive(self, primitive: Primitive, operands: tuple[Any, ...]) -> "Text":
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


def _comparison(symbol: str) -> Primitive:
    comparison = Primitive(symbol, bool, ())
    written = infix(symbol, COMPARISON, mathml=symbol.replace("<", "&lt;").replace(">", "&gt;"))
    # rows compute with the outcome: in JavaScript too it has to be 1 or 0
    NOTATIONS[comparison] = written._replace(javascript=f"Number({{A}} {symbol} {{B}})")
    return comparison


_COMPARISONS = {symbol: _comparison(symbol) for symbol in (">", ">=", "<", "==")}


def symbol(name: str) -> Text:
    """A name that can be computed with."""
    return Text(None, name=name)


def slot(name: str) -> Text:
    """A place in a formula that ``fill`` gives to a name or a number later, in brackets where that needs them."""
    place = symbol(name)
    place.slot = True
    return place


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
    if expression.slot:
        return f"{{{expression.name}}}", ATOM
    if expression.primitive is None:
        return (f"<mi>{escape(expression.name)}</mi>" if language == "mathml" else expression.name), ATOM
    written_as = notation(expression.primitive)
    template = getattr(written_as, language)
    if not template:  # this language has no such function: write out what it is computed from
        return _write(expression.primitive.forward(*expression.operands), language)
    written = [_write(operand, language) for operand in expression.operands]
    fields = {"arguments": _COMMA[language].join(text for text, _ in written)}
    for position, (name, operand, (text, precedence)) in enumerate(
        zip(ARGUMENTS, expression.operands, written, strict=False)
    ):
        # a - (b - c), -(-a), (a ** b) ** c: beside an equally strong sign only a - b - c and a / b / c need no brackets
        left = position == 0 and len(written) == 2 and written_as.precedence in (SUM, PRODUCT)
        least = written_as.precedence if left else min(written_as.precedence + 1, ATOM)
        fields[name.upper()] = text
        if isinstance(operand, Text) and operand.slot:
            fields[name] = f"{{{operand.name}:{least}}}"
        else:
            fields[name] = _bracketed(text, precedence, least, language)
    return template.format(**fields), written_as.precedence


def _bracketed(text: str, precedence: int, least: int, language: str) -> str:
    return _BRACKETS[language].format(text) if precedence < least else text


def fill(template: str, language: str, parts: Mapping[str, Any]) -> str:
    """A formula with slots, with each slot filled in: a text stands for a name, anything else is a number."""

    def filled(slot: re.Match[str]) -> str:
        part = parts[slot[1]]
        text, precedence = _write(symbol(part) if isinstance(part, str) else part, language)
        return _bracketed(text, precedence, int(slot[2] or 0), language)

    return SLOT.sub(filled, template)


SLOT = re.compile(r"\{(\w+)(?::(\d))?\}")  # {name}, or {name:least}: how tightly it has to bind to go without brackets


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
        written = f"<mn>{short(given).replace('-', '−')}</mn>" if language == "mathml" else short(given)
    negative = COMPARISON if language in TYPESET else SIGN  # on a page 2 + (-3), in a terminal 2 + -3
    return written, negative if given < 0 else PRODUCT if "/" in short(given) else ATOM
