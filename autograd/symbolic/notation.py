"""How a row of the table is written down: one template per language.

In a template ``{a}`` and ``{b}`` stand for the operands, put in brackets when they bind less tightly than the
row itself; ``{A}`` and ``{B}`` stand for the operands bare, where the layout already groups them (inside a
function's brackets, in a fraction, in an exponent).

The languages: ``plain`` for people reading a terminal, ``latex`` and ``mathml`` for pages, ``python`` and
``javascript`` for programs that are generated from the table. A row without a template for a programming
language is written out in terms of the rows it is computed from.
"""

import re
from typing import NamedTuple

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
    """``name(a, b)`` or ``name(a)``: how everything is written that has no sign of its own."""
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

FRACTION = Notation(PRODUCT, "{a} / {b}", r"\frac{{{A}}}{{{B}}}", "<mfrac>{A}{B}</mfrac>", "{a} / {b}", "{a} / {b}")
RECIPROCAL = Notation(PRODUCT, "1 / {a}", r"\frac{{1}}{{{A}}}", "<mfrac><mn>1</mn>{A}</mfrac>", "1 / {a}", "1 / {a}")
MINUS = Notation(SIGN, "-{a}", "-{a}", "<mrow><mo>-</mo>{a}</mrow>", "-{a}", "-{a}")
SUPERSCRIPT = Notation(
    POWER, "{a} ** {b}", "{{{a}}}^{{{B}}}", "<msup>{a}{B}</msup>", "power({A}, {B})", "Math.pow({A}, {B})"
)
SQUARE = Notation(POWER, "{a} ** 2", "{{{a}}}^{{2}}", "<msup>{a}<mn>2</mn></msup>", "{a} * {a}", "{a} * {a}")
EXPONENTIAL = Notation(ATOM, "exp({A})", "e^{{{A}}}", "<msup><mi>e</mi>{A}</msup>", "math.exp({A})", "Math.exp({A})")
ROOT = Notation(ATOM, "sqrt({A})", r"\sqrt{{{A}}}", "<msqrt>{A}</msqrt>", "math.sqrt({A})", "Math.sqrt({A})")
BARS = Notation(ATOM, "|{A}|", r"\left|{A}\right|", "<mrow><mo>|</mo>{A}<mo>|</mo></mrow>", "abs({A})", "Math.abs({A})")
