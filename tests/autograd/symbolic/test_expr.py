"""Formulas and programs made from the table: what they look like, and that they compute what the table says."""

import json
import math
import random
import shutil
import subprocess
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path

import pytest

import autograd
from autograd import primitives
from autograd.coercion import UNDEFINED
from autograd.primitives import real_power
from autograd.registry import TABLE, Primitive
from autograd.symbolic import expr

ROWS = list(TABLE.values())
EVERY_ROW = pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
SPECIAL = Path(autograd.__file__).with_name("symbolic") / "special.js"


def points(row: Primitive) -> Iterator[tuple[float, ...]]:
    """Points where the row and its partials are finite: kinks, ties, and random ones near and far."""
    draw = random.Random(row.name)
    for scale in (1, 1, 1, 1, 1, 1, 5, 5, 30, 30):
        point = [draw.gauss(0, scale) for _ in range(row.arity)]
        for x in (point, [abs(v) for v in point], [1 + abs(v) for v in point], [v / (1 + abs(v)) for v in point],
                  [round(v) for v in point], [0.0] * row.arity):  # fmt: skip
            try:
                output = row(*map(float, x))
                numbers = [output, *(row.partial(i, output, tuple(map(float, x))) for i in range(row.arity))]
            except UNDEFINED:
                continue
            if all(map(math.isfinite, numbers)):
                yield tuple(map(float, x))


def programs(row: Primitive, language: str) -> list[str]:
    """The row's value and its partials, as functions of y, a (and b)."""
    expressions = [expr.value(row), *(expr.partial(row, i) for i in range(row.arity))]
    return [expr.write(expression, language) for expression in expressions]


def wanted(row: Primitive, point: tuple[float, ...]) -> list[float]:
    output = row(*point)
    return [output, *(row.partial(i, output, point) for i in range(row.arity))]


@EVERY_ROW
def test_python_computes_what_the_table_computes(row: Primitive) -> None:
    for point in points(row):
        names = dict(zip("yab", (row(*point), *point), strict=False)) | {"math": math, "power": real_power}
        results = [eval(program, names) for program in programs(row, "python")]
        assert results == pytest.approx(wanted(row, point), rel=1e-15, abs=0)


def node(script: str) -> list[list[float]]:
    """What a JavaScript program prints, as JSON."""
    if not shutil.which("node"):
        pytest.skip("node, which runs the JavaScript, is not installed")
    run = subprocess.run(
        ["node", "--input-type=module", "-"], input=script, capture_output=True, text=True, timeout=60, check=False
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def test_javascript_computes_what_the_table_computes() -> None:
    """All rows in one run of node: math.js has no erf, so autograd/symbolic/special.js goes along."""
    cases = [(row, list(points(row))) for row in ROWS]
    tables = ",\n".join(
        f"{json.dumps([[row(*point), *point] for point in given])}"
        f".map(([y, a, b]) => [{', '.join(programs(row, 'javascript'))}].map(Number))"
        for row, given in cases
    )
    script = f"{SPECIAL.read_text(encoding='utf-8')}\nconsole.log(JSON.stringify([{tables}]))"
    for (row, given), results in zip(cases, node(script), strict=True):
        assert len(given) > 10, row
        for point, result in zip(given, results, strict=True):
            assert result == pytest.approx(wanted(row, point), rel=1e-12, abs=0), (row, point)


def test_the_error_function_in_javascript() -> None:
    xs = [x / 61 for x in range(-61 * 7, 61 * 26)] + [0.4999999999, 0.5, -0.5, 1e-300, -1e-9, 1e-160, 26.5, 30, 1e300]
    script = f"{SPECIAL.read_text(encoding='utf-8')}\nconsole.log(JSON.stringify({xs}.map((x) => [erf(x), erfc(x)])))"
    for x, (erf, erfc) in zip(xs, node(script), strict=True):
        assert erf == pytest.approx(math.erf(x), rel=1e-15, abs=0), x
        assert erfc == pytest.approx(math.erfc(x), rel=1e-15, abs=1e-307), x


@EVERY_ROW
def test_mathml_is_well_formed_and_latex_is_balanced(row: Primitive) -> None:
    for language in ("mathml", "latex", "plain"):
        for written in programs(row, language):
            if language == "mathml":
                ElementTree.fromstring(f"<math>{written.replace('&#160;', ' ')}</math>")
            depth = 0
            for sign in written:
                depth += (sign == "{") - (sign == "}")
                assert depth >= 0
            assert depth == 0
            assert "None" not in written
            assert "object at" not in written


A, B, C = map(expr.symbol, "abc")


@pytest.mark.parametrize(
    ("expression", "plain"),
    [
        (A - (B - C), "a - (b - c)"),
        (A - B - C, "a - b - c"),
        (A + B * C, "a + b * c"),
        ((A + B) * C, "(a + b) * c"),
        (A / (B * C), "a / (b * c)"),
        (A * B / C, "a * b / c"),
        ((A * B) ** C, "(a * b) ** c"),
        (A ** (B + C), "a ** (b + c)"),
        ((-A) ** 2, "(-a) ** 2"),
        (-(A**2), "-a ** 2"),
        (primitives.neg(-A), "-(-a)"),
        (A - (-B), "a - -b"),
        (A * -2, "a * -2"),
        (primitives.pow(-2, A), "(-2) ** a"),
        (primitives.abs(A - B), "|a - b|"),
        (primitives.maximum(A, B + 1), "maximum(a, b + 1)"),
        (primitives.square(A + B), "(a + b) ** 2"),
    ],
)
def test_brackets_only_where_they_are_needed(expression: expr.Text, plain: str) -> None:
    assert expr.write(expression, "plain") == plain


@pytest.mark.parametrize("language", ["plain", "python"])
def test_random_formulas_read_back_as_the_same_numbers(language: str) -> None:
    """Python itself reads what was written: brackets must be neither missing nor misplaced."""
    draw = random.Random(7)
    names = {"a": 1.25, "b": -0.75, "c": 2.0, "power": lambda x, y: x**y}

    def tree(depth: int) -> tuple[object, float]:
        if depth == 0:
            name = draw.choice("abc")
            return draw.choice([(expr.symbol(name), names[name]), (-3.0, -3.0), (2.0, 2.0)])
        kind = draw.choice(["+", "-", "*", "neg", "square"])
        x, u = tree(depth - 1)
        if kind == "neg":
            return primitives.neg(x), -u
        if kind == "square":
            return primitives.pow(x, 2), u**2
        y, v = tree(depth - 1)
        row, number = {
            "+": (primitives.add, u + v), "-": (primitives.sub, u - v), "*": (primitives.mul, u * v),
        }[kind]  # fmt: skip
        return row(x, y), number

    for _ in range(300):
        expression, number = tree(draw.randint(1, 4))
        assert eval(expr.write(expression, language), names) == pytest.approx(number, rel=1e-9, abs=1e-9)


def test_typesetting() -> None:
    expression = (A + 1) / primitives.sqrt(B) * primitives.exp(-A) ** 2
    latex = expr.write(expression, "latex")
    assert r"\frac{a + 1}{\sqrt{b}}" in latex
    assert r"e^{-a}" in latex
    assert "<mfrac><mrow><mi>a</mi><mo>+</mo><mn>1</mn></mrow><msqrt><mi>b</mi></msqrt></mfrac>" in expr.write(
        expression, "mathml"
    )
    assert expr.write(expr.partial(primitives.relu, 0), "plain") == "1 if a > 0 else 0"
    assert expr.write(expr.partial(primitives.pow, 0), "plain") == "b * a ** (b - 1)"


def test_special_js_is_a_module_of_its_own() -> None:
    assert "export function erf(x)" in SPECIAL.read_text(encoding="utf-8")


def test_partials_that_cannot_be_written_down_say_why() -> None:
    with pytest.raises(TypeError, match=r"autograd.where, maximum or step"):
        (lambda y, a: 1 if a > 0 else 0)(B, A)
    with pytest.raises(TypeError, match=r"write autograd.exp, not math.exp"):
        (lambda y, a: math.cos(a))(B, A)
