"""Text to graph: what is understood, what is refused, and how the refusal reads."""

import math
import re
import subprocess
import sys
from fractions import Fraction

import pytest

import autograd
from autograd import ParseError, Value, parse
from autograd.registry import TABLE


def test_the_graph_of_a_neuron() -> None:
    root = parse("tanh(w*x + b)", w=0.5, x=2, b=-1)
    assert root.data == 0
    assert root.op == "tanh"
    root.backward()
    leaves = {node.label: node.grad for node in autograd.graph.ancestors(root) if not node.parents}
    assert leaves == {"w": 2, "x": 0.5, "b": 1}


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("1 + 2 * 3", 7), ("(1 + 2) * 3", 9), ("2 - 3 - 4", -5), ("8 / 4 / 2", 1), ("2 ** 3 ** 2", 512),
        ("-2 ** 2", -4), ("(-2) ** 2", 4), ("2 ** -1", 0.5), ("--2", 2), ("+3", 3), ("- - + 1", 1), ("-x", -2),
        ("-x**2", -4), ("2*-x", -4), ("1e3", 1000), (".5", 0.5), ("5.", 5), ("1.5E-2", 0.015), (" x\n+\t1 ", 3),
        ("pi", math.pi), ("exp(0)", 1), ("maximum(x, 3)", 3), ("where(x, 1, 1/3)", 1), ("where(-x, 1, 3)", 3), ("x", 2),
        ("atan2(1, x)", math.atan2(1, 2)), ("leaky_relu(-x)", -0.02), ("leaky_relu(-x, 0.5)", -1), ("((((x))))", 2),
        ("sqrt(square(x))", 2), ("abs(-x)", 2),
    ],
)  # fmt: skip
def test_precedence_and_functions(source: str, value: float) -> None:
    root = parse(source, **({"x": 2} if re.search(r"\bx\b", source) else {}))
    assert isinstance(root, Value)
    assert root.data == pytest.approx(value, rel=1e-15)


@pytest.mark.parametrize(
    "row", [row for name, row in TABLE.items() if not name.startswith("_")], ids=lambda row: row.name
)
def test_every_row_can_be_called(row) -> None:
    point = [1.25, 0.5][: row.arity] if row.name not in ("asin", "acos", "atanh") else [0.5]
    root = parse(f"{row.name}({', '.join('xy'[: row.arity])})", **dict(zip("xy", point, strict=False)))
    assert root._primitive is row
    assert root.data == row(*point)


def test_values_go_in_as_they_are() -> None:
    x = Value(3.0, label="mine")
    assert parse("x * x", x=x).parents == (x, x)
    assert parse("x", x=x) is x
    assert parse("x + x", x=Fraction(1, 3)).data == Fraction(2, 3)
    assert parse("a + a", a=2).parents[0].label == "a"


@pytest.mark.parametrize("name", ["source", "self", "values", "pi", "exp", "größe", "x_1", "lambda"])
def test_any_name_can_be_a_variable(name: str) -> None:
    assert parse(f"{name} + 1", **{name: 2}).data == 3


@pytest.mark.parametrize(
    ("source", "values", "message"),
    [
        ("", {}, "expected a number, a name or a bracket, at the end of ''"),
        ("   ", {}, "expected a number, a name or a bracket, at the end"),
        ("x", {}, r"x has no value: give x=..., at 'x' \(character 1\) of 'x'"),
        ("x", {"x": 1, "y": 2}, "no y in the expression 'x', though a value is given"),
        ("2x", {"x": 1}, r"expected an operator; for a product write \*, at 'x' \(character 2\)"),
        ("2(3)", {}, r"for a product write \*"),
        ("x(3)", {"x": 1}, r"there is no function 'x'; for a product write \*"),
        ("tanj(1)", {}, "there is no function 'tanj'; did you mean tan"),
        ("tanh", {}, r"tanh is a function: write tanh\(...\)"),
        ("x^2", {"x": 1}, r"'\^' cannot be used \(character 2 of 'x\^2'\): powers are written \*\*"),
        ("x = 3", {}, "give values after the expression, as name=number"),
        ("x < 3", {"x": 1}, r"choose with where\(x, a, b\)"),
        ("math.tanh(1)", {}, "attributes and modules are not known"),
        ("(1 + 2", {}, r"expected '\)', at the end of"),
        ("1 + 2)", {}, r"expected an operator, at '\)'"),
        ("1 +", {}, "expected a number, a name or a bracket, at the end"),
        ("* 2", {}, r"at '\*' \(character 1\)"),
        ("exp()", {}, "expected a number"),
        ("exp(1, 2)", {}, r"exp takes 1 argument, got 2, at 'exp' \(character 1\)"),
        ("maximum(1)", {}, "maximum takes 2 arguments, got 1"),
        ("1e999", {}, "this number is too large, at '1e999'"),
        ("_when(1, 2)", {}, "there is no function '_when'"),
        ("1 // 2", {}, "expected a number, a name or a bracket, at '/'"),
        ("'a'", {}, "cannot be used"),
        ("1, 2", {}, "write 0.5 with a point, not 0,5, at ','"),
        ("1; 2", {}, "';' cannot be used"),
        ("x\x00", {"x": 1}, "cannot be used"),
    ],
)
def test_errors_say_where_and_what(source: str, values: dict[str, float], message: str) -> None:
    with pytest.raises(ParseError, match=message):
        parse(source, **values)


def test_values_that_are_no_numbers() -> None:
    with pytest.raises(TypeError, match="x must be one real number"):
        parse("x", x="1")
    with pytest.raises(TypeError, match="the expression must be text, not int 3"):
        parse(3)


@pytest.mark.parametrize("source", ["log(-1)", "1/0", "(0-8)**0.5", "exp(1000)", "log(x - x)", "0**-1", "asin(2)"])
def test_mathematics_without_a_value(source: str) -> None:
    with pytest.raises((ValueError, ArithmeticError), match="has no value at"):
        parse(source, **({"x": 1} if "x -" in source else {}))


HOSTILE = {
    "import": "__import__('os').system('true')",
    "import without quotes": "__import__(os)",
    "attribute": "x.__class__.__bases__",
    "subscript": "x[0]",
    "lambda": "(lambda: 1)()",
    "comprehension": "(x for x in x)",
    "builtin": "eval(1)",
    "walrus": "(y := 3)",
    "f-string": "f'{x}'",
    "power tower": "9**9**9",
    "longer power tower": "9**" * 90 + "9",
    "tower on the left": "(" * 60 + "9" + "**99)" * 60,
    "open brackets": "(" * 10_000,
    "brackets": "(" * 10_000 + "x" + ")" * 9_999,
    "calls": "exp(" * 3_000 + "x" + ")" * 3_000,
    "minus signs": "-" * 19_000 + "x",
    "powers": "x**" * 6_000 + "x",
    "digits": "9" * 19_999,
    "decimals": "0." + "9" * 19_000 + "*",
    "exponent": "1e" + "9" * 19_000,
    "underscores": "_" * 19_999,
    "a long name": "a" * 19_999,
    "a long function": "a" * 19_000 + "(1)",
    "spaces": " " * 19_999,
    "too long": "x+" * 100_000 + "x",
    "a million characters": "1" * 1_000_000,
    "commas": "maximum(" + "1," * 9_000 + "1)",
    "null bytes": "x" + "\x00" * 100,
    "surrogate": "x + \\ud800",
    "bidirectional": "x \u202e + 1",
    "full width": "\uff58\uff0b\uff11",
    "infinity": "1e308 * 10 - 1e308 * 10 +",
}

READER = """
import sys
from autograd import parse
print("ready", flush=True)
try:
    parse(sys.stdin.read(), x=1)
except (ValueError, ArithmeticError) as error:
    print(type(error).__name__, error)
"""


@pytest.mark.parametrize("source", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_gets_a_clear_error_in_under_a_second(source: str) -> None:
    command = [sys.executable, "-X", "utf8", "-W", "error", "-c", READER]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as reader:
        assert reader.stdout.readline() == "ready\n"
        try:
            answer, _ = reader.communicate(source, timeout=1)
        finally:
            reader.kill()
    assert reader.returncode == 0
    assert answer, "it was accepted"
    assert len(answer) < 400
    assert answer.startswith(("ParseError", "OverflowError"))


def test_long_but_honest_expressions_are_read() -> None:
    assert parse("+".join(["x"] * 9_000), x=1).data == 9000
    assert parse("(" * 90 + "x" + ")" * 90, x=1).data == 1
    assert parse("-" * 90 + "x", x=1).data == 1


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("ln(x)", math.log(2)), ("swish(x)", 2 / (1 + math.exp(-2))), ("σ(x)", 1 / (1 + math.exp(-2))),
        ("sigma(x)", 1 / (1 + math.exp(-2))), ("arctan(x)", math.atan(2)), ("max(x, 3)", 3), ("sgn(-x)", -1),
        ("π*x", 2 * math.pi), ("x²", 4), ("x⁻²", 0.25), ("x¹⁰", 1024), ("3*x²+1", 13), ("-x²", -4), ("x−1", 1),
        ("x–1", 1), ("2×x", 4), ("2·x", 4), ("x÷4", 0.5), ("√x", math.sqrt(2)), ("√(x+2)", 2),
        ("3*√x*2", 6 * math.sqrt(2)), ("√(x²)", 2), ("|x−5|", 3), ("||x-5|-1|", 2), ("|x|*|−x|", 4),
        ("e**x", math.exp(2)), ("e**-x", math.exp(-2)),
        ("2*e**(x+1)", 2 * math.exp(3)), ("e²*x", 2 * math.exp(2)),
    ],
)  # fmt: skip
def test_formulas_as_people_type_them(source: str, expected: float) -> None:
    assert parse(source, x=2.0).data == pytest.approx(expected, rel=1e-14)


def test_a_value_that_is_given_comes_before_the_constant_of_that_name() -> None:
    assert parse("e**x", e=3.0, x=2.0).data == 9
    assert parse("π*x", π=3.0, x=2.0).data == 6


@pytest.mark.parametrize(
    ("source", "advice"),
    [
        ("√x²", r"write √\(x²\) or \(√x\)²"), ("√e**2", "need brackets"), ("e*x", r"give e=..., or write exp\(1\)"),
        ("√e", r"or write exp\(1\)"), ("lg(x)", r"log10\(x\) or log2\(x\)"), ("0,5*x", "write 0.5 with a point"),
        ("2√x", r"write \*"), ("|x", r"expected '\|'"), ("x|", "expected an operator"),
        ("|x|x|", "expected an operator"), ("½*x", "begins with a letter"), ("x^2", r"powers are written \*\*"),
        ("²", "expected a number"), ("√", "expected a number"),
    ],
)  # fmt: skip
def test_what_may_mean_several_things_is_refused_with_advice(source: str, advice: str) -> None:
    with pytest.raises(ParseError, match=advice):
        parse(source, x=2.0)
