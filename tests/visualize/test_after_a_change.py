"""After a change, an update, an undo or a reset the page shows what a page freshly made with those numbers shows."""

import random
from itertools import product

import pytest

from autograd import Value, sigmoid
from autograd.coercion import UNDEFINED
from autograd.registry import TABLE
from autograd.trace.named_graph import NamedGraph
from visualize import stepper
from visualize.stepper.assets import script

ROWS = [row for row in TABLE.values() if not row.custom]
GROUPS = [ROWS[start::8] for start in range(8)]
LEAVES = 5
FITTING = [lambda x: x, sigmoid, lambda x: sigmoid(x) + 1, lambda x: -sigmoid(x) - 1]

# All that each step shows: the sentence and the formula, every text of the picture, and how the parts of it look.
SEEN = """
const seen = el => [...el.querySelectorAll(".gg-outline button")].map(button => {
    button.click();
    const status = el.querySelector("[role=status]");
    const table = [...el.querySelectorAll(".gg-values tbody tr")].map(row => row.textContent);
    const parts = [...el.querySelectorAll(".gg-picture [data-id]")].map(part =>
        [part.dataset.id, part.textContent, [...part.classList].sort().join(), part.style.cssText].join(" "));
    return [button.textContent, status.textContent, ...table, ...parts];
});
const frame = () => new Promise(requestAnimationFrame);
const button = (el, name) => [...el.querySelectorAll("button")].find(one => one.textContent === name);
const made = page => {
    const el = document.body.appendChild(document.createElement("div"));
    const values = {page, step: 1, box: page.start};
    const model = {get: name => values[name], set() {}, save_changes() {}, on() {}, off() {}};
    render({model, el});
    return el;
};
"""

CHANGED = f"""async ([page, numbers]) => {{
    {SEEN}
    const el = made(page);
    const start = seen(el);
    button(el, "Change").click();
    for (const [place, field] of [...el.querySelectorAll(".gg-leaves input[type=number]")].entries()) {{
        field.value = String(numbers[place]);
        field.dispatchEvent(new Event("input"));
    }}
    await frame();
    const changed = seen(el);
    button(el, "Update").click();
    [...el.querySelectorAll(".gg-act")].find(one => one.textContent === "Update").click();
    await frame();
    const updated = seen(el);
    button(el, "Undo").click();
    await frame();
    const undone = seen(el);
    button(el, "Change").click();
    button(el, "Reset").click();
    await frame();
    const reset = seen(el);
    el.remove();
    return {{start, changed, updated, undone, reset}};
}}"""
FRESH = f"""page => {{ {SEEN} const el = made(page); const all = seen(el); el.remove(); return all; }}"""


@pytest.fixture(scope="module")
def module(browser):
    page = browser.new_page()
    page.add_script_tag(content=f"{script()}\nObject.assign(window, {{ render }});", type="module")
    page.wait_for_function("() => window.render !== undefined")
    yield page
    page.close()


def fitting(row):
    """What moves numbers between -1 and 1 into the domain of the row."""
    for moved in FITTING:
        try:
            for point in product((-0.95, -0.3, 0.2, 0.95), repeat=row.arity):
                row.value(tuple(map(moved, point)))
        except UNDEFINED:
            continue
        return moved
    raise AssertionError(f"no operands for {row.name}")


def build(rows, seed, numbers, start=0.5):
    """A graph over these rows; a branch is dead where its gate is below 0, so that no gradient flows through it."""
    draw = random.Random(seed)
    leaves = [Value(number, label=f"x{place}") for place, number in enumerate(numbers)]
    nodes, total = list(leaves), Value(start, label="start")
    for row in rows:
        operands = [draw.choice(nodes).tanh() for _ in range(row.arity)]
        nodes.append(row(*map(fitting(row), operands)))
        total = total + nodes[-1] * draw.choice(leaves).relu()
    return total


def leaves_of(root):
    return [node for node in NamedGraph(root).nodes if not node.parents]


def anew(root):
    """A page made with the numbers that the leaves have now: the graph recorded again."""
    return stepper(root, update=leaves_of(root), lr=0.25)


def differences(seen, expected):
    """Where two pages differ: the step, and what each of them shows."""
    assert len(seen) == len(expected)
    steps = enumerate(zip(seen, expected, strict=True), 1)
    return [(step, *pair) for step, texts in steps for pair in zip(*texts, strict=True) if pair[0] != pair[1]]


@pytest.mark.parametrize("group", range(len(GROUPS)))
def test_the_page_after_a_change_is_the_page_made_anew(module, group):
    draw = random.Random(group)
    rows = draw.sample(GROUPS[group], len(GROUPS[group]))
    before, after = ([round(draw.uniform(-1.5, 1.5), 3) for _ in range(LEAVES)] for _ in range(2))
    root, other = build(rows, group, before), build(rows, group, after)
    numbers = [leaf.data for leaf in leaves_of(other)]
    shown = module.evaluate(CHANGED, [anew(root).data, numbers])
    assert differences(shown["reset"], shown["start"]) == []
    assert differences(shown["undone"], shown["changed"]) == []
    assert differences(shown["changed"], module.evaluate(FRESH, anew(other).data)) == []
    other.backward()
    moved = {leaf.label: leaf.data - 0.25 * leaf.grad for leaf in leaves_of(other)}
    updated = build(rows, group, [moved.get(f"x{place}", number) for place, number in enumerate(after)], moved["start"])
    assert differences(shown["updated"], module.evaluate(FRESH, anew(updated).data)) == []
