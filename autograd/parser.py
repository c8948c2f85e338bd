"""Text to graph: a small calculator that records. Nothing of the text is ever run as Python."""

import difflib
import math
import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from autograd import primitives
from autograd.coercion import describe, number
from autograd.primitives import where
from autograd.registry import TABLE
from autograd.value import Value

LONGEST, LONGEST_NAME, DEEPEST = 20_000, 100, 100
TOKEN = re.compile(
    r"\s*(?:(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|(?P<name>[^\W\d]\w*)|(?P<sign>\*\*|[-+*/(),])|(?P<other>\S))"
)

OPERATORS = {"+": primitives.add, "-": primitives.sub, "*": primitives.mul, "/": primitives.div}
HINTS = {
    "^": "powers are written **",
    "=": "give values after the expression, as name=number",
    ".": "attributes and modules are not known here; write tanh(x), not math.tanh(x)",
    "<": "choose with where(x, a, b): a where x > 0, else b",
    ">": "choose with where(x, a, b): a where x > 0, else b",
}


class ParseError(ValueError):
    """Text that is no expression; the message says where and what would be."""


class Token(NamedTuple):
    """A piece of the text: what kind it is ("number", "name", "sign" or "end"), the piece, and where it begins."""

    kind: str
    text: str
    at: int


def parse(source: str, /, **values: Any) -> Value:
    """Build the graph of an expression: ``parse("tanh(w*x + b)", w=0.5, x=2, b=-1)``.

    source: numbers, names, + - * / ** and brackets, and the functions of the table. ``pi`` is known.
    values: a number or a Value for each name; a number becomes a leaf that bears the name as its label.
    Raises ParseError for anything else, ValueError and its kin where the expression has no value.
    """
    if not isinstance(source, str):
        raise TypeError(f"the expression must be text, not {describe(source)}")
    if len(source) > LONGEST:
        raise ParseError(f"the expression has {len(source):,} characters; the longest allowed is {LONGEST:,}")
    return _Parser(source, values).whole()


class _Parser:
    """Recursive descent: one method per level of precedence, loosest first. The depth of nesting is limited."""

    def __init__(self, source: str, values: dict[str, Any]) -> None:
        self.source = source
        self.tokens = _tokens(source)
        self.token = next(self.tokens)
        self.depth = 0
        self.values = {
            name: x if isinstance(x, Value) else Value(number(x, name), label=name) for name, x in values.items()
        }
        self.unused = dict.fromkeys(values)
        self.functions = _functions()

    def whole(self) -> Value:
        result = self.sum()
        if self.token.kind != "end":
            hint = "; for a product write *" if self.token.kind in ("number", "name") or self.token.text == "(" else ""
            raise self.error(f"expected an operator{hint}")
        if self.unused:
            raise ParseError(
                f"no {' or '.join(self.unused)} in the expression {_shown(self.source)}, though a value is given"
            )
        return result if isinstance(result, Value) else Value(result)

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
        if self.token.text != "**":
            return base
        self.take()
        return self.apply(primitives.pow, base, self.deeper(self.signed))

    def atom(self) -> Any:
        token = self.take()
        if token.kind == "number":
            literal = float(token.text)
            if math.isinf(literal):
                raise self.error("this number is too large", token)
            return literal
        if token.kind == "name":
            return self.call(token) if self.token.text == "(" else self.variable(token)
        if token.text == "(":
            inner = self.deeper(self.sum)
            self.expect(")")
            return inner
        raise self.error("expected a number, a name or a bracket", token)

    def variable(self, token: Token) -> Any:
        if token.text in self.values:
            self.unused.pop(token.text, None)
            return self.values[token.text]
        if token.text == "pi":
            return math.pi
        if token.text in self.functions:
            raise self.error(f"{token.text} is a function: write {token.text}(...)", token)
        raise self.error(f"{token.text} has no value: give {token.text}=...", token)

    def call(self, token: Token) -> Any:
        if token.text not in self.functions:
            close = difflib.get_close_matches(token.text, self.functions, n=1, cutoff=0.5)
            known = token.text in self.values
            meant = f"did you mean {close[0]}?" if close and not known else "for a product write *"
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
        where_ = f"at {_shown(token.text)} (character {token.at + 1})" if token.text else "at the end"
        return ParseError(f"{problem}, {where_} of {_shown(self.source)}")


def _functions() -> dict[str, Callable[..., Any]]:
    """What may be called: the table, with rows that were added to it, except the parts that other rows are made of."""
    return {"where": where} | {name: row for name, row in TABLE.items() if not name.startswith("_")}


def _tokens(source: str) -> Iterator[Token]:
    """The tokens, then "end"; an unknown character is an error."""
    at = 0
    while match := TOKEN.match(source, at):
        at = match.end()
        kind = str(match.lastgroup)
        token = Token(kind, match[kind], match.start(kind))
        if kind == "other":
            hint = HINTS.get(token.text, "only numbers, names, + - * / ** and brackets are known")
            raise ParseError(f"{token.text!r} cannot be used (character {token.at + 1} of {_shown(source)}): {hint}")
        if kind == "name" and len(token.text) > LONGEST_NAME:
            raise ParseError(f"the name {_shown(token.text)} is longer than {LONGEST_NAME} characters")
        yield token
    yield Token("end", "", len(source))


def _shown(text: str) -> str:
    return repr(text if len(text) <= 60 else text[:57] + "...")
