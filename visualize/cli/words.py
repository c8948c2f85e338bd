"""The words of a command that takes an expression: options, and name=number, among formulas that begin with a minus."""

import re
from collections.abc import Sequence
from itertools import islice

from autograd import Value, parse

# In commands that take an expression: the words that are options, and how many words belong to them. Anything else that
# begins with a minus sign is an expression, unless it looks like a misspelt option, for argparse to complain about.
TAKE_EXPRESSIONS = ("draw", "step", "explain", "check")
OPTIONS = {"-h": 0, "--help": 0, "--version": 0, "-o": 1, "--output": 1, "--wrt": 1}
MISSPELT = re.compile(r"--[a-z]+(-[a-z]+)*(=.*)?")


def values_of(words: Sequence[str]) -> dict[str, Value]:
    """A labelled leaf for each "name=number"."""
    values: dict[str, Value] = {}
    for word in words:
        name, sign, text = word.partition("=")
        if not sign or not name.isidentifier():
            raise ValueError(f"{word!r} is not name=number, such as x=2; an expression with spaces needs quotes")
        if name in values:
            raise ValueError(f"{name} is given twice")
        try:
            values[name] = Value(parse(text).data, label=name)
        except (ValueError, ArithmeticError):
            raise ValueError(f"{name} must be a finite number such as 2, -0.5 or pi/2, not {text!r}") from None
    return values


def options_first(words: Sequence[str]) -> list[str]:
    """The command, its options, "--", the rest: options may stand anywhere, and expressions begin with a minus."""
    command, *others = words
    options: list[str] = []
    rest: list[str] = []
    remaining = iter(others)
    for word in remaining:
        if word == "--":
            rest += remaining
        elif word in OPTIONS or MISSPELT.fullmatch(word):
            options.append(word)
            options += islice(remaining, OPTIONS.get(word, 0))
        else:
            rest.append(word)
    return [command, *options, *(["--", *rest] if rest else [])]
