"""The text of an expression in pieces: numbers, names and signs, also as books print them."""

import re
from collections.abc import Iterator
from typing import NamedTuple

LONGEST_NAME = 100
SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
TOKEN = re.compile(
    r"\s*(?:(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)"
    rf"|(?P<superscript>⁻?[{SUPERSCRIPTS}]+)"
    rf"|(?P<name>(?![{SUPERSCRIPTS}])[^\W\d](?:(?![{SUPERSCRIPTS}])\w)*)"
    r"|(?P<sign>\*\*|[-+*/(),|√−–×·⋅∗÷])|(?P<other>\S))"
)
PLAIN = str.maketrans("−–×·⋅∗÷⁻" + SUPERSCRIPTS, "--****/-0123456789")  # signs as books print them
HINTS = {
    "^": "powers are written **",
    "=": "give values after the expression, as name=number",
    ".": "attributes and modules are not known here; write tanh(x), not math.tanh(x)",
    "<": "choose with where(x, a, b): a where x > 0, else b",
    ">": "choose with where(x, a, b): a where x > 0, else b",
}


class ParseError(ValueError):
    """Text that is not an expression; the message says where and what would be."""


class Token(NamedTuple):
    """A piece of the text.

    kind: "number", "name", "sign", "superscript" or "end". text: the piece, with plain signs. at: where it begins.
    """

    kind: str
    text: str
    at: int


def tokens(source: str) -> Iterator[Token]:
    """The tokens, then "end"; an unknown character is an error."""
    at = 0
    while match := TOKEN.match(source, at):
        at = match.end()
        kind, text = str(match.lastgroup), match[str(match.lastgroup)]
        where = f"(character {match.start(kind) + 1} of {shown(source)})"
        if kind == "other":
            hint = HINTS.get(text, "only numbers, names, + - * / ** and brackets are known")
            raise ParseError(f"{text!r} cannot be used {where}: {hint}")
        if kind == "name" and not text.isidentifier():  # ½ is a letter for a regular expression
            raise ParseError(f"{text!r} cannot be used {where}: a name begins with a letter")
        if kind == "name" and len(text) > LONGEST_NAME:
            raise ParseError(f"the name {shown(text)} is longer than {LONGEST_NAME} characters")
        yield Token(kind, text if kind == "name" else text.translate(PLAIN), match.start(kind))
    yield Token("end", "", len(source))


def shown(text: str) -> str:
    """The text in quotes, cut where it is long."""
    return repr(text if len(text) <= 60 else text[:57] + "...")
