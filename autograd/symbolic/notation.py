"""How each row of the table is written down: its sign, and one template per language.

A row that is not named here is written as a call of its name, so a new row needs nothing in this file.

In a template ``{a}`` and ``{b}`` stand for the operands, put in brackets when they bind less tightly than the
row itself; ``{A}`` and ``{B}`` stand for the operands bare, where the layout already groups them (inside a
function's brackets, in a fraction, in an exponent).

The languages: ``plain`` for people reading a terminal, ``latex`` and ``mathml`` for pages, ``python`` and
``javascript`` for programs that are generated from the table. A row without a template for a programming
language is written out in terms of the rows it is computed from.
"""

import math
import re
from typing import NamedTuple

from autograd import primitives as row
from autograd.registry import Primitive

# How tightly a formula binds, loosest first.
COMPARISON, SUM, PRODUCT, SIGN, POWER, ATOM = range(6)


class Notation(NamedTuple):
    """One way of writing: how tightly it binds, and its template in each language ("" = write the row out)."""

    precedence: int
    plain: str
    latex: str
    mathml: str
    python: str = ""
    javascript: str = ""


def infix(symbol: str, precedence: int, latex: str = "", mathml: str = "") -> Notation:
    """``a + b``; ``symbol`` serves every language, unless typesetting has a better one."""
    code = f"{{a}} {symbol} {{b}}"
    return Notation(
        precedence,
        code,
        f"{{a}} {latex or symbol} {{b}}",
        f"<mrow>{{a}}<mo>{mathml or symbol}</mo>{{b}}</mrow>",
        code,
        code,
    )


def function(name: str, latex: str = "", python: str = "", javascript: str = "") -> Notation:
    """``name(a, b)`` or ``name(a)``, where there is no sign for it."""
    latex = latex or rf"\operatorname{{{name}}}".replace("{", "{{").replace("}", "}}").replace("_", r"\_")
    return Notation(
        ATOM,
        f"{name}({{arguments}})",
        rf"{latex}\left({{arguments}}\right)",
        f"<mrow><mi>{name}</mi><mo>(</mo>{{arguments}}<mo>)</mo></mrow>",
        python,
        javascript,
    )


def choice(plain: str, python: str = "", javascript: str = "") -> Notation:
    """``1 if a > 0 else 0``: words, also on a page."""
    words = plain.replace(" if ", r"\text{{ if }} ").replace(" else ", r"\text{{ else }} ")
    marked = re.sub(r"( if | else |>|\b\d\b)", lambda part: _TAGS.get(part[0], f"<mn>{part[0]}</mn>"), plain)
    return Notation(COMPARISON, plain, words, f"<mrow>{marked.replace(' ', '')}</mrow>", python, javascript)


_TAGS = {" if ": "<mtext>&#160;if&#160;</mtext>", " else ": "<mtext>&#160;else&#160;</mtext>", ">": "<mo>&gt;</mo>"}

SIGNS = {
    row.add: "+", row.sub: "-", row.mul: "*", row.div: "/", row.neg: "-", row.pow: "**",
    row.relu: "ReLU", row._when: "where", row._unless: "where",
    row._weigh: "*",
}  # fmt: skip

WRITTEN_OUT = Notation(ATOM, "", "", "")  # a part of another row: in every language what it is computed from

NOTATIONS = {
    row.add: infix("+", SUM),
    row.sub: infix("-", SUM),
    row.mul: infix("*", PRODUCT, r"\cdot", "⋅"),
    row.div: Notation(PRODUCT, "{a} / {b}", r"\frac{{{A}}}{{{B}}}", "<mfrac>{A}{B}</mfrac>", "{a} / {b}", "{a} / {b}"),
    row.neg: Notation(SIGN, "-{a}", "-{a}", "<mrow><mo>-</mo>{a}</mrow>", "-{a}", "-{a}"),
    row.pow: Notation(
        POWER, "{a} ** {b}", "{{{a}}}^{{{B}}}", "<msup>{a}{B}</msup>", "power({A}, {B})", "Math.pow({A}, {B})"
    ),
    row.square: Notation(
        POWER, "{a} ** 2", "{{{a}}}^{{2}}", "<msup>{a}<mn>2</mn></msup>", "({a} * {a})", "({a} * {a})"
    ),
    row.reciprocal: Notation(
        PRODUCT, "1 / {a}", r"\frac{{1}}{{{A}}}", "<mfrac><mn>1</mn>{A}</mfrac>", "1 / {a}", "1 / {a}"
    ),
    row.exp: Notation(ATOM, "exp({A})", "e^{{{A}}}", "<msup><mi>e</mi>{A}</msup>", "math.exp({A})", "Math.exp({A})"),
    row.sqrt: Notation(
        ATOM, "sqrt({A})", r"\sqrt{{{A}}}", "<msqrt>{A}</msqrt>", "math.sqrt({A})", "Math.sqrt({A})"
    ),
    row.abs: Notation(
        ATOM, "|{A}|", r"\left|{A}\right|", "<mrow><mo>|</mo>{A}<mo>|</mo></mrow>", "abs({A})", "Math.abs({A})"
    ),
    row.erf: function("erf", python="math.erf({arguments})", javascript="erf({arguments})"),
    row.erfc: function("erfc", python="math.erfc({arguments})", javascript="erfc({arguments})"),
    row.maximum: function("maximum", "", "({a} if {a} >= {b} or {a} != {a} else {b})", "Math.max({arguments})"),
    row.minimum: function("minimum", "", "({a} if {a} <= {b} or {a} != {a} else {b})", "Math.min({arguments})"),
    row.step: choice("1 if {a} > 0 else 0"),
    row._when: choice("{b} if {a} > 0 else 0", "({b} if {a} > 0.0 else 0.0)", "({a} > 0 ? {b} : 0)"),
    row._unless: choice("0 if {a} > 0 else {b}", "(0.0 if {a} > 0.0 else {b})", "({a} > 0 ? 0 : {b})"),
    row._weigh: infix("*", PRODUCT, r"\cdot", "⋅")._replace(
        python="(0.0 if {a} == 0.0 else {a} * {b})", javascript="({a} == 0 ? 0 : {a} * {b})"
    ),
    row._base: Notation(ATOM, "{a}", "{a}", "{a}"),
    row._finite_log: function("log"),
    # as every book has them; computed in a form that does not cancel
    row._sech_squared: Notation(
        SUM, "1 - tanh({A}) ** 2", r"1 - \tanh^{{2}}\left({A}\right)",
        "<mrow><mn>1</mn><mo>-</mo><msup><mi>tanh</mi><mn>2</mn></msup><mo>(</mo>{A}<mo>)</mo></mrow>",
    ),
    row._logistic: Notation(
        PRODUCT, "sigmoid({A}) * (1 - sigmoid({A}))",
        r"\operatorname{{sigmoid}}\left({A}\right) \cdot \left(1 - \operatorname{{sigmoid}}\left({A}\right)\right)",
        "<mrow><mi>sigmoid</mi><mo>(</mo>{A}<mo>)</mo><mo>⋅</mo>"
        "<mo>(</mo><mn>1</mn><mo>-</mo><mi>sigmoid</mi><mo>(</mo>{A}<mo>)</mo><mo>)</mo></mrow>",
    ),
    row._circle: WRITTEN_OUT, row._cosine: WRITTEN_OUT, row._bell: WRITTEN_OUT,
}  # fmt: skip


def notation(primitive: Primitive) -> Notation:
    """How a row is written in each language."""
    if primitive in NOTATIONS:
        return NOTATIONS[primitive]
    name = primitive.name
    if hasattr(math, name) and not primitive.custom:  # Python and JavaScript have it under the same name
        return function(name, "", f"math.{name}({{arguments}})", f"Math.{name}({{arguments}})")
    return function(primitive.word)


def sign(primitive: Primitive) -> str:
    """The sign that people know a row by ("+" for add); its name where it has none."""
    return SIGNS.get(primitive, primitive.word)
