"""Networks on the stepper's page: boxes of modules that open and close in mid-step, in a real browser."""

import re

import pytest

import nn
from autograd import Value
from autograd.coercion import short
from autograd.graph import ancestors
from visualize import stepper
from visualize.stepper import views
from visualize.stepper.assets import script


def network(sizes=(3, 2, 1)):
    loss = nn.mse_loss(nn.MLP(2, sizes, seed=1)([Value(0.5, label="x1"), Value(-1.0, label="x2")]), 1.0)
    return stepper(loss)


@pytest.fixture
def opened(visit):
    """Opens a page on which scrolling is immediate."""
    return lambda made, step="": visit(made, step, reduced_motion="reduce")


def box(page, name):
    return page.locator(f'svg [role=button][aria-label^="{name}"]')


def names(page, expanded):
    boxes = page.locator(f'svg [role=button][aria-expanded="{str(expanded).lower()}"]')
    return [label.split(",")[0] for label in boxes.evaluate_all("boxes => boxes.map(box => box.ariaLabel)")]


def title(page, name):
    """The words on a box; the middle of an open one is other boxes."""
    return box(page, name).locator("text").first


def step(page):
    return int(re.search(r"step (\d+) of", page.get_by_role("status").first.inner_text())[1])


def current(page):
    return page.eval_on_selector_all("svg .gg-node.gg-current", "boxes => boxes.map(b => b.ariaLabel ?? b.dataset.id)")


LAYERS = ["layers.0", "layers.1", "layers.2"]


def test_a_network_opens_with_its_layers_closed(opened):
    page = opened(network())
    assert names(page, True) == ["MLP"]
    assert names(page, False) == LAYERS


@pytest.mark.parametrize("how", ["mouse", "Enter", "Space"])
def test_boxes_open_and_close_by_mouse_and_by_key_and_the_step_stays(opened, how):
    page = opened(network(), "#step=40")

    def toggle(name):
        title(page, name).click() if how == "mouse" else box(page, name).press(how)
        assert step(page) == 40
        assert page.evaluate("document.activeElement.ariaLabel").startswith(name)

    toggle("layers.0")
    assert names(page, True) == ["MLP", "layers.0"]
    assert set(names(page, False)) == {f"layers.0.neurons.{place}" for place in range(3)} | set(LAYERS[1:])
    toggle("layers.0.neurons.1")
    assert names(page, True) == ["MLP", "layers.0", "layers.0.neurons.1"]
    toggle("layers.1,")  # which closes its sibling
    assert names(page, True) == ["MLP", "layers.1"]
    assert "layers.0" in names(page, False)
    toggle("layers.1,")
    assert names(page, False) == LAYERS
    toggle("MLP")
    assert (names(page, True), names(page, False)) == ([], ["MLP"])
    toggle("MLP")
    assert names(page, False) == LAYERS


def test_a_link_leads_to_the_same_step_in_the_same_open_box(opened):
    made = network()
    page = opened(made, "#step=40")
    title(page, "layers.0,").click()
    title(page, "layers.0.neurons.1").click()
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**#step=41&box=*")
    place = next(at for at, box in enumerate(made.data["boxes"]) if box["name"] == "layers.0.neurons.1")
    assert page.url.endswith(f"#step=41&box={place}")
    other = opened(made, page.url[page.url.index("#") :])
    assert (step(other), names(other, True)) == (41, ["MLP", "layers.0", "layers.0.neurons.1"])
    assert other.locator(".gg-picture").evaluate("p => p.innerHTML") == page.locator(".gg-picture").evaluate(
        "p => p.innerHTML"
    )
    page.evaluate("location.hash = '#step=7'")  # a link without a box is one to the page as it opens
    page.get_by_role("status").first.get_by_text("step 7 of").wait_for()
    assert (names(page, True), names(page, False)) == (["MLP"], LAYERS)
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**#step=8")


@pytest.mark.parametrize("wrong", ["", "x", "-1", "1.5", "99"])
def test_a_link_to_a_box_that_is_not_there_opens_the_page_as_it_is(opened, wrong):
    page = opened(network(), f"#step=40&box={wrong}")
    assert (step(page), names(page, True)) == (40, ["MLP"])


SHARED = """async page => {
    const listeners = {};
    const values = {page, step: 40, box: page.start};
    const model = {
        get: name => values[name], save_changes() {}, off() {},
        set: (name, value) => { values[name] = value; listeners[`change:${name}`](); },
        on: (name, listener) => (listeners[name] = listener),
    };
    const el = document.body.appendChild(document.createElement("div"));
    render({model, el});
    const open = () => [...el.querySelectorAll("svg [aria-expanded=true]")].map(box => box.ariaLabel.split(",")[0]);
    const seen = [open()];
    model.set("box", 2);
    seen.push(open());
    el.querySelector("svg [aria-label^='layers.1,']").dispatchEvent(new MouseEvent("click", {bubbles: true}));
    return [...seen, open(), values.box];
}"""


def test_a_widget_shares_its_open_box(browser):
    page = browser.new_page()
    page.add_script_tag(content=f"{script()}\nwindow.render = render;", type="module")
    page.wait_for_function("() => window.render !== undefined")
    data = network().data
    place = next(at for at, box in enumerate(data["boxes"]) if box["name"] == "layers.1")
    first, second, third, kept = page.evaluate(SHARED, data)
    assert (first, second, third) == (["MLP"], ["MLP", "layers.0"], ["MLP", "layers.1"])
    assert kept == place
    page.close()


def test_every_step_lights_up_the_node_or_the_closed_box_that_it_is_in(opened):
    made = network()
    page = opened(made)
    title(page, "layers.1,").click()
    title(page, "layers.1.neurons.0").click()
    seen = {
        label for label in page.eval_on_selector_all("svg .gg-node", "boxes => boxes.map(b => b.dataset.id)") if label
    }
    boxes = made.data["boxes"]
    for record in made.steps:
        expected = f"n{record.node}"
        if expected not in seen:
            place = made.data["home"][record.node]
            while f"b{place}" not in seen:
                place = boxes[place]["around"]
            expected = f"b{place}"
        lit = page.eval_on_selector_all("svg .gg-node.gg-current", "boxes => boxes.map(b => b.dataset.id)")
        assert expected in lit
        (graph, view) = page.evaluate(
            """identity => [document.querySelector(`svg [data-id=${identity}]`), document.querySelector(".gg-picture")]
            .map(e => e.getBoundingClientRect()).map(r => [r.left, r.top, r.right, r.bottom])""",
            expected,
        )
        assert view[0] - 4 <= graph[0]
        assert view[1] - 4 <= graph[1]
        assert graph[2] <= view[2] + 4
        assert graph[3] <= view[3] + 4
        page.keyboard.press("ArrowRight")


def test_a_closed_box_shows_the_numbers_of_its_outputs_as_they_come(opened):
    made = network()
    layer = made.data["boxes"][2]
    assert layer["name"] == "layers.0"
    page = opened(made)
    for number in (1, 30, 40, 50, 70, len(made.steps)):
        page.evaluate(f"location.hash = '#step={number}'")
        page.get_by_role("status").first.get_by_text(f"step {number} of").wait_for()
        data, grad = {}, {}
        for record in made.steps[:number]:
            (grad if record.phase == "backward" else data)[record.node] = short(record.after)
        shown = box(page, "layers.0").locator("text").all_text_contents()
        for row, node in enumerate(layer["outputs"]):
            missing = "0" if number == len(made.steps) else "–"
            start = 4 + 3 * row
            assert shown[start + 1 : start + 3] == [data.get(node, "–"), grad.get(node, missing)]


def test_an_edge_of_a_closed_box_lights_up_when_a_gradient_comes_back_along_it(opened):
    made = network()
    page = opened(made)
    home = made.data["home"]
    crossing = [
        place
        for place, record in enumerate(made.steps, 1)
        if record.action == "add"
        and (home[record.node], home[record.source]) == (3, 7)  # to a neuron of the layer before
    ]
    assert crossing
    page.evaluate(f"location.hash = '#step={crossing[0]}'")
    page.get_by_role("status").first.get_by_text(f"step {crossing[0]} of").wait_for()
    assert page.eval_on_selector_all("svg .gg-edge.gg-current", "edges => edges.map(e => e.dataset.id)") == ["b2-b6"]
    assert set(current(page)) == {"layers.0, Layer"}
    assert page.locator("svg .gg-node.gg-source").get_attribute("aria-label") == "layers.1, Layer"


def test_opening_and_closing_restores_the_picture_exactly(opened):
    page = opened(network(), "#step=60")
    picture = page.locator(".gg-picture")
    before = picture.evaluate("p => p.outerHTML")
    title(page, "layers.1,").click()
    assert picture.evaluate("p => p.outerHTML") != before
    title(page, "layers.1,").click()
    assert picture.evaluate("p => p.outerHTML") == before


def test_values_are_still_reached_by_a_click(opened):
    made = network()
    page = opened(made)
    last = max(record.node for record in made.steps)
    page.locator(f"svg [data-id=n{last}] text").first.click()
    computed = next(p for p, r in enumerate(made.steps, 1) if r.node == last and r.phase == "forward")
    assert step(page) == computed


def test_what_is_too_large_stays_closed_and_says_so(opened, monkeypatch):
    monkeypatch.setattr(views, "MOST", 100)
    made = network()
    assert any(view is None for view in made.data["views"])
    assert made.data["views"][made.data["start"]]
    page = opened(made)
    place = made.data["views"].index(None)
    name = made.data["boxes"][place]["name"]
    around = made.data["boxes"][made.data["boxes"][place]["around"]]["name"]
    if around not in names(page, True):
        title(page, f"{around},").click()
    before = names(page, True)
    title(page, name).click()
    assert page.locator(".gg-note").inner_text() == f"{name} stays closed: its picture would be too much for this page."
    assert names(page, True) == before


def test_a_graph_without_modules_has_no_boxes(opened):
    page = opened(stepper(Value(2.0) * 3))
    assert page.locator("svg [aria-expanded]").count() == 0
    assert page.locator(".gg-picture svg").get_attribute("role") == "img"


def test_what_a_screen_reader_finds(opened):
    page = opened(network())
    tree = page.locator(".gg-picture").aria_snapshot()
    for line in ('- button "MLP" [expanded]', '- button "layers.0, Layer"', '- button "layers.2, Layer"'):
        assert line in tree, tree
    title(page, "layers.0").click()
    assert '- button "layers.0.neurons.2, Neuron"' in page.locator(".gg-picture").aria_snapshot()


def test_a_page_for_a_network_of_a_thousand_values_is_small_and_every_box_opens():
    model = nn.MLP(2, [16, 16, 1], seed=0)
    loss = nn.mse_loss(model([Value(0.5), Value(-1.0)]), 1.0)
    assert len(ancestors(loss)) > 900
    made = stepper(loss)
    assert None not in made.data["views"]
    assert len(made.html().encode()) < 3_000_000
