"""The page computes: the same numbers as Python for every row of the table, and words where there is no number."""

import math
import random

import pytest

import autograd
from autograd import Value
from autograd.coercion import UNDEFINED, short
from autograd.registry import TABLE
from visualize import stepper
from visualize.stepper.assets import script

ROWS = [row for row in TABLE.values() if not row.custom]
EDGES = {-math.inf: [-1e300, -700.0, -40.0], math.inf: [1e300, 700.0, 40.0]}

DRIVE = """async ([page, points]) => {
    const el = document.body.appendChild(document.createElement("div"));
    const values = {page, step: 1, box: page.start};
    const model = {get: name => values[name], set() {}, save_changes() {}, on() {}, off() {}};
    const end = render({model, el});
    [...el.querySelectorAll("[role=tab]")].find(tab => tab.textContent === "Change").click();
    const fields = [...el.querySelectorAll(".gg-leaves input[type=number]")];
    const results = [];
    for (const point of points) {
        for (const [place, number] of point.entries()) {
            fields[place].value = String(number);
            fields[place].dispatchEvent(new Event("input"));
        }
        await new Promise(requestAnimationFrame);
        const problem = el.querySelector(".gg-problem").textContent;
        const title = part => Number(part.title);
        const outcome = el.querySelector(".gg-change .gg-outcome");
        const numbers = [outcome, ...el.querySelectorAll("output")].map(title);
        results.push([problem, numbers, /NaN/.test(el.textContent)]);
    }
    end();
    el.remove();
    return results;
}"""


@pytest.fixture(scope="module")
def module(browser):
    """An empty page that knows the functions of the script."""
    page = browser.new_page()
    page.add_script_tag(content=f"{script()}\nObject.assign(window, {{ render, short }});", type="module")
    page.wait_for_function("() => window.render !== undefined")
    yield page
    page.close()


@pytest.fixture
def drive(module):
    """Puts points into the fields of a stepper; for each: what the page says, the root's number and the gradients."""
    return lambda made, points: module.evaluate(DRIVE, [made.data, points])


def test_numbers_are_written_as_python_writes_them(module):
    draw = random.Random(4)
    numbers = [draw.uniform(-10, 10) * 10.0 ** draw.randint(-12, 12) for _ in range(3000)]
    numbers += [place / 32 for place in range(-4000, 4000)]  # many lie exactly between two roundings
    numbers += [0.0, -0.0, 9999.4, 9999.5, 99995.0, 0.0001, 0.00009999, 0.000099995, 1e16, 5e-324, 1.7e308, 1e100]
    assert module.evaluate("numbers => numbers.map(short)", numbers) == list(map(short, numbers))
    assert module.evaluate("[NaN, Infinity, -Infinity, '1/3'].map(short)") == ["nan", "inf", "-inf", "1/3"]


def ends(interval):
    """Numbers at both ends of an interval, on them and close by, also outside."""
    return [
        x
        for end, way in ((interval.low, 1), (interval.high, -1))
        for x in (EDGES[end] if math.isinf(end) else [end, end + way * 1e-9, end + way * 0.01, end - way * 0.5])
    ]


def points(row):
    draw = random.Random(row.name)
    near = [[draw.gauss(0, scale) for _ in range(row.arity)] for scale in (0.5, 1, 2, 5) for _ in range(3)]
    near += [[abs(x) for x in point] for point in near] + [[1 + abs(x) for x in point] for point in near]
    near += [[x / (1 + abs(x)) for x in point] for point in near[:6]]
    for argument, interval in enumerate(row.domain):
        for x in ends(interval):
            near.append([x if place == argument else draw.uniform(0.1, 0.9) for place in range(row.arity)])
    return near


def wanted(row, point):
    """The value and the partials in Python; None where there is no value."""
    try:
        output = row.value(tuple(point))
    except UNDEFINED:
        return None
    return [float(output), *(float(row.partial(place, output, tuple(point))) for place in range(row.arity))]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_the_page_computes_what_python_computes(drive, row):
    given = points(row)
    names = [Value(x, label=name) for x, name in zip(next(p for p in given if wanted(row, p)), "ab", strict=False)]
    compared = 0
    for point, (problem, numbers, nan) in zip(given, drive(stepper(row(*names)), given), strict=True):
        expected = wanted(row, point)
        assert not nan
        if expected is None:
            assert f"{row.word} has no value at a = " in problem, point
        elif all(map(math.isfinite, expected)):
            assert problem == ""
            assert numbers == pytest.approx(expected, rel=1e-12, abs=0), point
            compared += 1
        else:
            assert "has no derivative with respect to" in problem, point
    assert compared >= 20


def test_the_page_keeps_the_rule_for_0_times_infinity(drive):
    """docs/conventions.md: what a choice dropped passes nothing on; any other 0 times infinity is named."""
    x, root = Value(4.0, label="x"), autograd.sqrt
    dropped = ((root(x.relu()), -1.0), (autograd.where(x, root(x), 3 * x), 0.0), (root(x * 0) + x, 3.0))
    for made, point in dropped:
        ((problem, numbers, nan),) = drive(stepper(made), [[point]])
        expected = autograd.compile(made, [x], "numpy").gradient([[point]])[0, 0]
        assert (problem, nan) == ("", False)
        assert numbers[1] == expected
    for made, point in ((root(x) ** 2, 0.0), (root(x * x), 0.0), (root(x) - root(x), 0.0)):
        ((problem, _, _),) = drive(stepper(made), [[point]])
        assert "sqrt has no derivative with respect to" in problem
