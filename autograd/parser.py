"""Text to graph: a small calculator that records. Nothing of the text is ever run as Python."""

import difflib
import math
from collections.abc import Callable
from typing import Any, NamedTuple

from autograd import primitives
from autograd.coercion import describe, number
from autograd.primitives import where
from autograd.registry import TABLE
from autograd.tokens import ParseError, Token, shown, tokens
from autograd.value import Value

LONGEST, DEEPEST = 20_000, 100
OPERATORS = {"+": primitives.add, "-": primitives.sub, "*": primitives.mul, "/": primitives.div}
CONSTANTS = {"pi": math.pi, "π": math.pi}
ALIASES = {
    "ln": primitives.log,
    "swish": primitives.silu,
    "sigma": primitives.sigmoid,
    "σ": primitives.sigmoid,
    "logistic": primitives.sigmoid,
    "sgn": primitives.sign,
    "max": primitives.maximum,
    "min": primitives.minimum,
    **{f"arc{name}": getattr(primitives, f"a{name}") for name in ("sin", "cos", "tan", "sinh", "cosh", "tanh")},
}
SEVERAL = {"lg": "log10(x) or log2(x)", "cot": "1 / tan(x)", "sec": "1 / cos(x)", "csc": "1 / sin(x)"}


class Constant(NamedTuple):
    """What ``parse`` takes for a name that is to stand for a plain number, and not for a leaf with a gradient."""

    number: float


def parse(source: str, /, **values: Any) -> Value:
    """Build the graph of an expression: ``parse("tanh(w*x + b)", w=0.5, x=2, b=-1)``.

    source: numbers, names, + - * / ** and brackets, and the functions of the table, also by other common names
        (``ln``, ``swish``, ``arcsin``) and as books print them (``√x``, ``|x|``, ``x²``, ``2×x``). ``pi`` is known, and
        ``e**x`` is ``exp(x)`` unless a value for ``e`` is given.
    values: a number or a Value for each name; a number becomes a leaf that bears the name as its label,
        a Constant of this module stays a plain number.
    Raises ParseError for anything else, ValueError and its kin where the expression has no value.
    """
    if not isinstance(source, str):
        raise TypeError(f"the expression must be text, not {describe(source)}")
    if len(source) > LONGEST:
        raise ParseError(f"the expression has {len(source):,} characters; the longest allowed is {LONGEST:,}")
    return _Parser(source, values).whole()


EULER = object()  # the base of e**x


class _Parser:
    """Recursive descent: one method per level of precedence, loosest first. The depth of nesting is limited."""

    def __init__(self, source: str, values: dict[str, Any]) -> None:
        self.source = source
        self.tokens = tokens(source)
        self.token = next(self.tokens)
        self.depth = 0
        self.values = {
            name: x.number
            if isinstance(x, Constant)
            else x
            if isinstance(x, Value)
            else Value(number(x, name), label=name)
            for name, x in values.items()
        }
        self.unused = dict.fromkeys(values)
        self.functions = _functions()

    def whole(self) -> Value:
        result = self.sum()
        if self.token.kind != "end":
            raise self.error(f"expected an operator{self.hint()}")
        if self.unused:
            raise ParseError(
                f"no {' or '.join(self.unused)} in the expression {shown(self.source)}, though a value is given"
            )
        return result if isinstance(result, Value) else Value(result)

    def hint(self) -> str:
        """What is likely meant where an operator is missing."""
        if self.token.kind in ("number", "name") or self.token.text in ("(", "√"):
            return "; for a product write *"
        return "; write 0.5 with a point, not 0,5" if self.token.text == "," else ""

    def sum(self) -> Any:
        result = self.product()
        while self.token.text in ("+", "-"):
            result = self.apply(OPERATORS[self.take().text], result, self.product())
        return result

    def product(self) -> Any:
        result = self.signed()
        while self.token.text in ("*", "/"):
            result = self.apply(OPERATORS[self.take().text], result, self.signed())
        return result

    def signed(self) -> Any:
        """-x, +x, and powers: a minus binds less tightly than a power, so -x**2 is -(x**2)."""
        if self.token.text not in ("+", "-"):
            return self.power()
        sign = self.take().text
        operand = self.deeper(self.signed)
        if sign == "+":
            return operand
        return self.apply(primitives.neg, operand) if isinstance(operand, Value) else -operand

    def power(self) -> Any:
        base = self.atom()
        if not self.is_power():
            return base
        sign = self.take()
        exponent = float(sign.text) if sign.kind == "superscript" else self.deeper(self.signed)
        if base is EULER:
            return self.apply(primitives.exp, exponent)
        return self.apply(primitives.pow, base, exponent)

    def is_power(self) -> bool:
        return self.token.kind == "superscript" or self.token.text == "**"

    def atom(self) -> Any:
        token = self.take()
        if token.kind == "number":
            literal = float(token.text)
            if math.isinf(literal):
                raise self.error("this number is too large", token)
            return literal
        if token.text == "e" and token.text not in self.values and self.is_power():
            return EULER
        if token.kind == "name":
            return self.call(token) if self.token.text == "(" else self.variable(token)
        if token.text == "(":
            inner = self.deeper(self.sum)
            self.expect(")")
            return inner
        if token.text == "|":
            inner = self.deeper(self.sum)
            self.expect("|")
            return self.apply(primitives.abs, inner)
        if token.text == "√":
            return self.root()
        raise self.error("expected a number, a name or a bracket", token)

    def root(self) -> Any:
        """√ of what follows it. √x² may mean two things, so it is refused."""
        is_bracket = self.token.text == "("
        inner = self.deeper(self.atom)
        if not is_bracket and self.is_power():
            raise self.error("a root and a power need brackets: write √(x²) or (√x)²")
        return self.apply(primitives.sqrt, inner)

    def variable(self, token: Token) -> Any:
        if token.text in self.values:
            self.unused.pop(token.text, None)
            return self.values[token.text]
        if token.text in CONSTANTS:
            return CONSTANTS[token.text]
        if token.text in self.functions:
            raise self.error(f"{token.text} is a function: write {token.text}(...)", token)
        instead = ", or write exp(1)" if token.text == "e" else ""
        raise self.error(f"{token.text} has no value: give {token.text}=...{instead}", token)

    def call(self, token: Token) -> Any:
        if token.text not in self.functions:
            close = difflib.get_close_matches(token.text, self.functions, n=1, cutoff=0.5)
            known = token.text in self.values
            meant = f"did you mean {close[0]}?" if close and not known else "for a product write *"
            if token.text in SEVERAL:
                meant = f"write {SEVERAL[token.text]}"
            raise self.error(f"there is no function {token.text!r}; {meant}", token)
        self.take()
        arguments = [self.deeper(self.sum)]
        while self.token.text == ",":
            self.take()
            arguments.append(self.deeper(self.sum))
        self.expect(")")
        try:
            return self.apply(self.functions[token.text], *arguments)
        except TypeError as error:  # a wrong number of arguments
            raise self.error(str(error), token) from None

    def apply(self, row: Callable[..., Any], *operands: Any) -> Any:
        """Record the operation; when all operands are plain numbers, the first becomes a leaf."""
        if not any(isinstance(x, Value) for x in operands):
            operands = (Value(operands[0]), *operands[1:])
        return row(*operands)

    def deeper(self, rule: Callable[[], Any]) -> Any:
        self.depth += 1
        if self.depth > DEEPEST:
            raise self.error(f"nested more than {DEEPEST} deep")
        result = rule()
        self.depth -= 1
        return result

    def take(self) -> Token:
        token = self.token
        if token.kind != "end":
            self.token = next(self.tokens)
        return token

    def expect(self, sign: str) -> None:
        if self.take().text != sign:
            raise self.error(f"expected {sign!r}")

    def error(self, problem: str, token: Token | None = None) -> ParseError:
        token = token or self.token
        where_ = f"at {shown(token.text)} (character {token.at + 1})" if token.text else "at the end"
        return ParseError(f"{problem}, {where_} of {shown(self.source)}")


def _functions() -> dict[str, Callable[..., Any]]:
    """What may be called: the table, with rows that were added to it, except the parts that other rows are made of."""
    return {"where": where} | ALIASES | {name: row for name, row in TABLE.items() if not name.startswith("_")}
