"""The sentence for each kind of step and row of the table, with slots that a view fills with names and numbers.

The slots: ``root`` is what is differentiated, ``y`` the value at hand, ``a`` and ``b`` are its operands by name,
``a_data`` and ``b_data`` by number.
``before`` and ``after`` are the number that changes, ``grad`` is what its gradient is called; ``upstream``, ``local``,
``share``, ``slope`` and ``lr`` are numbers.
"""

import re
from functools import lru_cache
from typing import Any, NamedTuple

from autograd.primitives import add, mul, sub
from autograd.registry import ARGUMENTS, Primitive
from autograd.symbolic import expr

ORDINAL = ("first", "second")
ROOT, Y, A, B = map(expr.slot, ("root", "y", *ARGUMENTS))
OPERANDS = A, B


class Sentence(NamedTuple):
    """A step as a formula, as a sentence with numbers, and typeset: one or two <math> elements, one equation each."""

    formula: str
    words: str
    mathml: str

    def fill(self, **parts: Any) -> "Sentence":
        """The sentence about these names (texts) and numbers."""
        formula, words = (expr.fill(template, "plain", parts) for template in self[:2])
        return Sentence(formula, _once(words, " = "), _once(expr.fill(self.mathml, "mathml", parts), "<mo>=</mo>"))


def _once(text: str, equals: str) -> str:
    """The text, with what it ends in said once: "-x = -0.5", not "-x = -0.5 = -0.5"."""
    start, _, last = text.rpartition(equals)
    before = start.rpartition(equals)[2]
    before_shown, last_shown = (re.sub("<[^>]*>", "", side).replace("-", "−") for side in (before, last))
    return start + "</math>" * last.endswith("</math>") if before_shown == last_shown else text


def _plain(expression: Any) -> str:
    return expr.write(expression, "plain")


def _math(left: str, *right: Any, sign: str = "=") -> str:
    """An equation: markup on the left, then each expression or number after an equals sign."""
    return f"<math>{left}<mo>{sign}</mo>{'<mo>=</mo>'.join(expr.write(x, 'mathml') for x in right)}</math>"


def _slope(output: expr.Text, name: str) -> str:
    """d output / d name as a fraction; an operation in brackets."""
    above = expr.write(output, "mathml")
    if output.primitive:
        above = f"<mo>(</mo>{above}<mo>)</mo>"
    return f"<mfrac><mrow><mo>∂</mo>{above}</mrow><mrow><mo>∂</mo>{{{name}}}</mrow></mfrac>"


GIVEN = Sentence("{y} = {after}", "{y} is given: {after}", _math("{y}", expr.slot("after")))
SEED = Sentence(
    "d{y}/d{y} = 1",
    "the backward pass starts at {y}: d{y}/d{y} = 1, so its gradient is {after}",
    _math(_slope(Y, "y"), 1),
)


def _update() -> Sentence:
    lr, before, after, slope, grad = map(expr.slot, ("lr", "before", "after", "slope", "grad"))
    moved, numbers = (
        expr.value(sub, [start, expr.value(mul, [lr, slope])]) for start, slope in ((Y, grad), (before, slope))
    )
    formula = f"{{y}} <- {_plain(moved)}"
    return Sentence(
        formula,
        f"update: {formula} = {_plain(numbers)}; so {{y}} moves by {{share}}: {{before}} -> {{after}}",
        _math("{y}", moved, sign="←") + _math("", numbers, after),
    )


UPDATE = _update()


@lru_cache(maxsize=1000, typed=True)
def compute(row: Primitive, *constants: Any) -> Sentence:
    """The sentence for the value of a row. constants: the plain numbers among its operands; None for a value."""
    symbols = _operands(constants)
    numbers = [expr.slot(f"{name}_data") if x is None else x for name, x in zip(ARGUMENTS, constants, strict=False)]
    applied, filled_in = expr.value(row, symbols), expr.value(row, numbers)
    formula = f"{{y}} = {_plain(applied)}"
    return Sentence(
        formula,
        f"{formula} = {_plain(filled_in)} = {{after}}",
        _math("{y}", applied) + _math("", filled_in, expr.slot("after")),
    )


@lru_cache(maxsize=1000, typed=True)
def contribute(row: Primitive, argument: int, twice: bool, *constants: Any) -> Sentence:
    """The sentence for what one edge adds to the gradient of an operand.

    twice: whether both operands are the same value, so the sentence must say which. constants: as in ``compute``.
    """
    symbols = _operands(constants)
    name = ARGUMENTS[argument]
    upstream, local, before, after = map(expr.slot, ("upstream", "local", "before", "after"))
    applied, rule = expr.value(row, symbols), row.partials[argument](Y, *symbols)
    which = f" ({ORDINAL[argument]} operand)" if twice else ""
    known = [local] if isinstance(rule, expr.Text) else []
    product = expr.value(mul, [upstream, local])
    own, chain = f"d{{y}}/d{{{name}}}", f"d{{root}}/d{{{name}}} gets d{{root}}/d{{y}} * d{{y}}/d{{{name}}}"
    slopes = f"{_slope(ROOT, 'y')}<mo>⋅</mo>{_slope(Y, name)}"
    return Sentence(
        f"d({_plain(applied)})/d{{{name}}} = {_plain(rule)}",
        f"{row.word}{which}: {' = '.join([own, *map(_plain, [rule, *known])])}; {chain} = {_plain(product)} = "
        f"{{share}}; the gradient of {{{name}}}: {{before}} -> {{after}}",
        _math(_slope(applied, name), rule, *known)
        + _math(f"{{grad}}<mo>=</mo>{{before}}<mo>+</mo>{slopes}", expr.value(add, [before, product]), after),
    )


def _operands(constants: tuple[Any, ...]) -> list[Any]:
    return [symbol if x is None else x for symbol, x in zip(OPERANDS, constants, strict=False)]
