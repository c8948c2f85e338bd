"""The stepper's page in a real browser: what it shows is the record, and every control works by mouse and by key."""

import re
from fractions import Fraction
from xml.etree import ElementTree

import pytest
from expected import shown_after

import nn
from autograd import Value
from autograd.coercion import short
from visualize import stepper
from visualize.graph.theme import THEMES, strength
from visualize.stepper.assets import script, stylesheet

WIDTHS = (1280, 390)


def neuron():
    x, w, b = Value(2.0, label="x"), nn.Parameter(-3.0, label="w"), nn.Parameter(6.5, label="b")
    out = (x * w + b).tanh()
    out.label = "out"
    return stepper(out, update=[w, b], lr=0.5)


def square():
    a = Value(3.0, label="a")
    return stepper(a * a)


def dead_relu():
    w, x = Value(-1.0, label="w"), Value(2.0, label="x")
    return stepper((w * x).relu() * 3 + x)


def network():
    loss = nn.mse_loss(nn.MLP(2, [4, 1], seed=1)([2.0, -1.0]), 1.0)
    return stepper(loss)


MADE = [neuron, square, dead_relu]


def number(page):
    """Which step is shown, as the page says it in words."""
    return int(re.search(r"step (\d+) of", page.get_by_role("status").inner_text())[1])


def read(mathml):
    """The equations as plain text."""
    return ["".join(equation.itertext()) for equation in ElementTree.fromstring(f"<all>{mathml}</all>")]


def control(page, name):
    return page.get_by_role("button", name=name, exact=True)


def drawn(page):
    """The data and the gradients in the picture and in the table."""
    texts = page.eval_on_selector_all(
        "svg .gg-node:not([data-id*=_])",
        "boxes => boxes.map(b => [b.dataset.id, ...[...b.querySelectorAll('text')].map(t => t.textContent)])",
    )
    texts.sort(key=lambda box: int(box[0][1:]))
    rows = page.eval_on_selector_all(
        "tbody tr", "rows => rows.map(r => [...r.querySelectorAll('td')].map(c => c.textContent))"
    )
    return ([box[-3] for box in texts], [box[-1] for box in texts]), tuple(map(list, zip(*rows, strict=True)))


def current(page):
    """The edges that stand out now."""
    return sorted(page.eval_on_selector_all("svg .gg-edge.gg-current", "edges => edges.map(e => e.dataset.id)"))


@pytest.mark.parametrize("make", MADE)
def test_every_step_shows_its_numbers_words_and_formula(visit, make):
    made = make()
    page = visit(made)
    for place, step in enumerate(made.steps, 1):
        assert number(page) == place
        assert drawn(page) == (shown_after(made.steps, place), shown_after(made.steps, place))
        status = page.get_by_role("status")
        assert step.words.replace("->", "→") in status.inner_text()
        assert "".join(status.locator("math").all_text_contents()) == "".join(read(step.mathml))
        assert status.locator("math").count() == step.mathml.count("<math>")
        assert page.locator("tbody tr.gg-current").count() == 1
        assert page.locator("td.gg-changed").inner_text() == short(step.after)
        assert page.locator("svg .gg-node text.gg-changed").text_content() == short(step.after)
        assert page.locator(".gg-outline [aria-current=step]").inner_text().split(None, 1)[0] == str(place)
        page.keyboard.press("ArrowRight")


@pytest.mark.parametrize("make", MADE)
def test_the_edges_of_a_step_stand_out_by_more_than_colour(visit, make):
    made = make()
    page = visit(made)
    for step in made.steps:
        expected = set()
        if step.action == "add":
            expected = {f"n{step.source}_{step.argument}", f"n{step.source}_output"}
        elif step.action == "compute":
            expected = {f"n{step.node}_{place}" for place in range(len(step.operands))} | {f"n{step.node}_output"}
        assert set(current(page)) == expected
        if expected:
            line = page.locator("svg .gg-edge.gg-current path").first
            assert line.evaluate("line => getComputedStyle(line).strokeWidth") == "3px"
            assert line.evaluate("line => getComputedStyle(line).strokeDasharray") != "none"
        (box,) = page.eval_on_selector_all(
            "svg .gg-node.gg-current:not([data-id$=operation])", "b => b.map(b => b.dataset.id)"
        )
        assert box == f"n{step.node}"
        page.keyboard.press("ArrowRight")


def test_colours_have_the_sign_of_the_gradient_and_the_largest_is_full(visit):
    a, b, c = Value(2.0, label="a"), Value(-8.0, label="b"), Value(0.001, label="c")
    page = visit(stepper(a * b + c * 0), "#step=99")
    colours = page.eval_on_selector_all(
        "svg .gg-node:not([data-id*=_])", "all => all.map(e => [e.dataset.id, e.classList[1], e.style.cssText])"
    )
    expected = {"n0": ("gg-negative", 100), "n1": ("gg-positive", 50), "n2": (None, 0)}
    for place, (sign, percent) in expected.items():
        (found,) = [colour for colour in colours if colour[0] == place]
        assert found[1] == sign
        assert found[2] == f"--strength: {percent}%;"
    assert strength(2 / 8) == 0.5


def test_gradients_that_are_no_finite_number(visit):
    made = stepper(Value(0.0, label="x") * 1e308 * 10)
    page = visit(made, "#step=99")
    assert drawn(page)[1] == shown_after(made.steps, len(made.steps))
    assert drawn(page)[1][1][0] == "inf"
    assert "the gradient of x: 0 → inf" in page.get_by_role("status").inner_text()
    assert page.locator("svg [data-id=n0].gg-positive").count() == 1


def test_numbers_that_no_double_holds_are_shown_as_python_writes_them(visit):
    third, many = Value(Fraction(-1, 3), label="third"), Value(123456, label="many")
    made = stepper((third * third) ** 2 * many / 7)
    page = visit(made)
    for step in made.steps:
        assert step.words.replace("->", "→") in page.get_by_role("status").inner_text()
        assert "".join(read(step.mathml)) == "".join(
            page.locator(".gg-now .gg-step:last-child math").all_text_contents()
        )
        page.keyboard.press("ArrowRight")


def test_local_derivatives_appear_when_the_operation_is_computed(visit):
    page = visit(square())
    label = page.locator("svg [data-id=n1_0] text")
    assert not label.is_visible()
    control(page, "Next step").click()
    assert label.is_visible()


def test_every_control_by_mouse(visit):
    made = neuron()
    page = visit(made)
    last = len(made.steps)
    for name, expected in [
        ("Next step", 2), ("Next step", 3), ("Previous step", 2), ("Last step", last), ("Next step", last),
        ("First step", 1), ("Previous step", 1),
    ]:  # fmt: skip
        control(page, name).click(force=True)  # a button at its end says so, and does nothing
        assert number(page) == expected
    bar = page.get_by_role("slider", name="Step").bounding_box()
    page.mouse.click(bar["x"] + bar["width"] - 5, bar["y"] + bar["height"] / 2)
    assert number(page) == last
    computed = next(place for place, step in enumerate(made.steps, 1) if step.name == "v2")
    page.locator("svg [data-id=n4] text").first.click()
    assert number(page) == computed
    page.locator("svg [data-id=n3_operation]").click()
    assert number(page) == computed - 1
    page.get_by_role("row", name="out").get_by_role("button").click()
    assert number(page) == computed + 1
    page.locator(".gg-outline button").nth(9).click()
    assert number(page) == 10


def test_every_control_by_key(visit):
    made = neuron()
    page = visit(made)
    last = len(made.steps)
    for key, expected in [
        ("ArrowRight", 2), ("ArrowRight", 3), ("ArrowLeft", 2), ("End", last), ("ArrowRight", last), ("Home", 1),
        ("ArrowLeft", 1),
    ]:  # fmt: skip
        page.keyboard.press(key)
        assert number(page) == expected
    reached = []
    for _ in range(40):  # Tab leads through everything that can be used, in order, and out again
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.ariaLabel || document.activeElement.textContent.trim()"))
    for name in (
        "Graph", "Smaller", "Larger", "Whole graph", "First step", "Previous step", "Play", "Next step", "Last step",
        "Step", "Speed", "1x is given: 2", "Values", "x", "w", "out",
    ):  # fmt: skip
        assert name in reached
    for name, expected in [("Last step", last), ("Previous step", last - 1), ("Next step", last), ("First step", 1)]:
        control(page, name).press("Enter")
        assert number(page) == expected
    page.get_by_role("slider").press("ArrowRight")
    assert number(page) == 2
    page.locator(".gg-outline [aria-current]").press("ArrowDown")
    assert number(page) == 3
    page.keyboard.press("ArrowDown")
    assert number(page) == 4
    page.keyboard.press("ArrowUp")
    assert number(page) == 3
    page.get_by_role("row", name="out").get_by_role("button").press("Enter")
    assert number(page) == 6
    speed = page.get_by_role("combobox", name="Speed")
    speed.press("ArrowDown")
    assert speed.input_value() == "2"
    assert number(page) == 6
    speed.press("End")
    assert (speed.input_value(), number(page)) == ("4", 6)
    page.evaluate("document.activeElement.blur()")
    for key in ("Control", "Alt", "Meta", "Shift"):
        page.keyboard.press(f"{key}+ArrowLeft")  # the browser's own keys are left alone
        assert number(page) == 6


def test_size_by_mouse_and_by_key(visit):
    page = visit(network())
    svg = page.locator(".gg-picture svg")

    def width():
        return svg.bounding_box()["width"]

    start = width()
    control(page, "Larger").click()
    assert width() == pytest.approx(1.25 * start, rel=0.01)
    control(page, "Smaller").press("Enter")
    assert width() == pytest.approx(start, rel=0.01)
    control(page, "Whole graph").press("Space")
    frame = page.get_by_role("region", name="Graph").bounding_box()
    assert width() <= frame["width"]
    assert svg.bounding_box()["height"] <= frame["height"]
    assert number(page) == 1


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (1366, 768), (1920, 1080), (390, 844)])
@pytest.mark.parametrize("make", [neuron, network])
def test_the_whole_graph_is_in_view_at_first(visit, make, width, height):
    page = visit(make(), width=width, height=height)
    graph = page.locator(".gg-picture svg").bounding_box()
    frame = page.get_by_role("region", name="Graph").bounding_box()
    for start, size in (("x", "width"), ("y", "height")):
        assert frame[start] <= graph[start]
        assert graph[start] + graph[size] <= frame[start] + frame[size]
    assert min(frame["width"] / graph["width"], frame["height"] / graph["height"]) < 2.5  # and not needlessly small


def test_the_picture_is_scrolled_by_key_and_the_step_stays(visit):
    page = visit(network(), "#step=30", reduced_motion="reduce")
    graph = page.get_by_role("region", name="Graph")
    for _ in range(5):
        control(page, "Larger").click()

    def place():
        return graph.evaluate("graph => [graph.scrollLeft, graph.scrollTop]")

    graph.focus()
    left, top = place()
    for key, expected in [
        ("Right", (left + 60, top)), ("Left", (left, top)), ("Down", (left, top + 60)), ("Up", (left, top)),
    ]:  # fmt: skip
        page.keyboard.press(f"Shift+Arrow{key}")
        assert place() == pytest.approx(expected, abs=1)
        assert number(page) == 30
    page.keyboard.press("ArrowRight")
    assert number(page) == 31


DRAWN = """() => {
    const view = document.querySelector(".gg-picture").getBoundingClientRect();
    const parts = [...document.querySelectorAll("svg [data-id]")];
    const drawn = parts.filter(part => !part.hasAttribute("display"));
    for (const part of parts) part.removeAttribute("display");
    const seen = part => {
        const r = part.getBoundingClientRect();
        return r.right > view.left && r.left < view.right && r.bottom > view.top && r.top < view.bottom;
    };
    return [parts.length, drawn.length, parts.filter(part => seen(part) && !drawn.includes(part)).length];
}"""


def test_of_a_large_picture_all_that_is_in_view_is_drawn(visit):
    x = [Value(place / 10, label=f"x{place}") for place in range(8)]
    made = stepper(sum((a * b).tanh() for a in x for b in x))  # no modules, no boxes
    page = visit(made, reduced_motion="reduce")
    for place in (1, len(made.steps) // 2, len(made.steps)):
        page.evaluate(f"location.hash = '#step={place}'")
        page.get_by_role("status").get_by_text(f"step {place} of").wait_for()
        page.wait_for_timeout(100)
        there, some, missing = page.evaluate(DRAWN)
        assert missing == 0
        assert some < there
    control(page, "Whole graph").click()
    page.wait_for_timeout(100)
    there, all_of_it, _ = page.evaluate(DRAWN)
    assert all_of_it == there


@pytest.mark.parametrize("how", ["mouse", "key"])
def test_play_goes_on_by_itself_stops_at_the_end_and_starts_again(visit, how):
    made = square()
    page = visit(made)
    page.clock.install()
    page.reload()

    def toggle(name):
        control(page, name).click() if how == "mouse" else page.keyboard.press("Space")

    toggle("Play")
    assert control(page, "Pause").is_visible()
    page.clock.run_for(1700)
    assert number(page) == 2
    toggle("Pause")
    page.clock.run_for(60_000)
    assert number(page) == 2
    page.get_by_role("combobox", name="Speed").select_option("4")
    control(page, "Play").focus()
    toggle("Play")
    page.clock.run_for(500)
    assert number(page) == 3
    page.clock.run_for(400)  # not only the first step is quicker
    assert number(page) == 4
    page.clock.run_for(60_000)
    assert number(page) == len(made.steps)
    assert control(page, "Play").is_visible()
    toggle("Play")
    assert number(page) == 1


@pytest.mark.parametrize("make", MADE)
def test_going_back_restores_the_page_exactly(visit, make):
    made = make()
    page = visit(made)
    forth = []
    for _ in made.steps:
        forth.append(page.locator("main").evaluate("main => main.outerHTML"))
        page.keyboard.press("ArrowRight")
    assert len(set(forth)) == len(forth)
    for seen in reversed(forth):
        assert page.locator("main").evaluate("main => main.outerHTML") == seen
        page.keyboard.press("ArrowLeft")
    for place in (len(forth), 2, len(forth) - 1, 1):
        page.locator(".gg-outline button").nth(place - 1).click()
        page.evaluate("document.activeElement.blur()")
        assert page.locator("main").evaluate("main => main.outerHTML") == forth[place - 1]


def test_links_lead_to_a_step(visit):
    made = neuron()
    page = visit(made, "#step=9")
    assert number(page) == 9
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**#step=10")
    page.evaluate("location.hash = '#step=4'")
    page.get_by_role("status").get_by_text("step 4 of").wait_for()
    for wrong, expected in [("#step=999", len(made.steps)), ("#step=-3", 1), ("#step=two", 1), ("#elsewhere", 1)]:
        assert number(visit(made, wrong)) == expected


PLACES = """() => {
    const place = element => { const r = element.getBoundingClientRect(); return [r.left, r.top, r.right, r.bottom]; };
    const names = ["controls", "now", "picture", "outline", "values"];
    const parts = names.map(name => document.querySelector(`.gg-${name}`));
    const box = document.querySelector("svg .gg-node.gg-current:not([data-id$=operation])");
    const step = document.querySelector(".gg-step[role=status]");
    const cut = step.scrollHeight > step.clientHeight;
    const line = place(document.querySelector(".gg-outline [aria-current]"));
    return {parts: parts.map(place), box: place(box), line, cut};
}"""


@pytest.mark.parametrize("width", [390, 1280, 1366, 1920])
@pytest.mark.parametrize("make", [neuron, network])
def test_nothing_jumps_nothing_sticks_out_and_what_happens_is_in_view(visit, make, width):
    made = make()
    page = visit(made, width=width, height=844, reduced_motion="reduce")  # which makes scrolling immediate
    assert page.evaluate("document.documentElement.scrollWidth") == width
    start = page.evaluate(PLACES)["parts"]
    _, _, picture, outline, _ = start
    for _ in made.steps:
        now = page.evaluate(PLACES)
        assert now["parts"] == start
        assert not now["cut"]
        left, top, right, bottom = now["box"]
        assert (left >= picture[0] - 4, right <= picture[2] + 4) == (True, True)
        assert (top >= picture[1] - 4, bottom <= picture[3] + 4) == (True, True)
        assert outline[1] <= (now["line"][1] + now["line"][3]) / 2 <= outline[3]
        page.keyboard.press("ArrowRight")


@pytest.mark.parametrize("width", WIDTHS)
def test_no_font_moves_anything(visit, width):
    page = visit(neuron(), width=width, height=844)
    start = page.evaluate(PLACES)["parts"]
    for part in (
        "words",
        "formula",
    ):  # letters of any width and height: the sentence is as long and as high as it likes
        page.locator(f".gg-step[role=status] .gg-{part}").evaluate("e => { e.textContent = 'letters '.repeat(200) }")
        assert page.evaluate(PLACES)["parts"] == start


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_systems_light_or_dark(visit, scheme):
    page = visit(neuron(), "#step=12", color_scheme=scheme)
    theme = THEMES[scheme]

    def colour(selector, name):
        found = page.locator(selector).first.evaluate("(e, name) => getComputedStyle(e)[name]", name)
        parts = [float(part) * (255 if found.startswith("color(") else 1) for part in re.findall(r"[\d.]+", found)]
        return "#" + "".join(f"{round(part):02x}" for part in parts[:3])

    assert colour("body", "backgroundColor") == theme.background
    assert colour("body", "color") == theme.text
    assert colour("svg [data-id=n0] text", "fill") == theme.text
    assert colour("svg [data-id=n0] polygon", "stroke") == theme.kinds["input"]
    assert colour("svg [data-id=n0] polygon", "fill") == theme.negative  # the largest gradient, and below 0
    page.emulate_media(color_scheme="light")
    assert colour("body", "backgroundColor") == THEMES["light"].background


def test_motion_only_where_it_is_welcome(visit):
    page = visit(neuron(), "#step=9", reduced_motion="no-preference")
    assert page.evaluate("document.getAnimations().length") > 0
    page.emulate_media(reduced_motion="reduce")
    assert page.evaluate("document.getAnimations().length") == 0
    assert page.locator("svg .gg-edge.gg-current path").first.evaluate("e => getComputedStyle(e).strokeWidth") == "3px"


def test_what_a_screen_reader_finds(visit):
    page = visit(neuron(), "#step=9")
    tree = page.locator("main").aria_snapshot()
    for line in (
        '- heading "out, step by step" [level=1]',
        '- region "Graph"',
        '- img "The graph of out, step by step; the steps and the table say the same as text."',
        '- region "This step"',
        "- status:",
        '- group "Steps"',
        '- button "Next step"',
        '- slider "Step"',
        '- combobox "Speed"',
        '- heading "All steps" [level=2]',
        '- heading "Backward" [level=3]',
        '- region "Values"',
        '- columnheader "grad"',
        '- rowheader "v1"',
    ):
        assert line in tree, line
    assert "- math" in tree or "math" in tree
    status = page.get_by_role("status")
    assert status.get_attribute("aria-live") == "polite"
    assert "Backward · step 9 of" in status.inner_text()
    slider = page.get_by_role("slider")
    assert slider.get_attribute("aria-valuetext").startswith("Step 9 of 14: add: ")
    nameless = page.eval_on_selector_all(
        "button, input, select, [tabindex]",
        "all => all.filter(e => !e.ariaLabel && !e.textContent.trim() && !e.labels?.length).length",
    )
    assert nameless == 0
    assert page.evaluate("document.documentElement.lang") == "en"


def test_each_step_is_spoken_once(visit):
    page = visit(neuron(), "#step=9")
    status, scrub = page.get_by_role("status"), page.get_by_role("slider", name="Step")
    scrub.focus()  # which says its value: the whole step
    page.keyboard.press("ArrowRight")
    assert scrub.get_attribute("aria-valuetext").startswith("Step 10 of 14: ")
    assert status.get_attribute("aria-live") == "off"
    control(page, "Next step").focus()
    assert status.get_attribute("aria-live") == "polite"
    page.locator(".gg-outline [aria-current]").focus()  # where the next line gets the focus, and is spoken
    page.keyboard.press("ArrowDown")
    assert status.get_attribute("aria-live") == "off"
    page.evaluate("document.activeElement.blur()")
    assert status.get_attribute("aria-live") == "polite"


def test_a_long_name_is_whole_in_the_table_and_in_its_title(visit):
    name = "the weight between the second and the third of many neurons"
    page = visit(stepper(Value(2.0, label=name) * 2))
    button = page.get_by_role("rowheader").first.get_by_role("button")
    assert button.inner_text() == name
    assert button.evaluate("button => button.scrollWidth <= button.clientWidth")
    assert button.get_attribute("title") == f"{name}: go to where it is computed"


DISPOSED = """async page => {
    const listeners = new Set();
    const values = {page, step: 2, box: page.start};
    const model = {
        get: name => values[name], set: (name, value) => (values[name] = value), save_changes() {},
        on: (_, listener) => listeners.add(listener), off: (_, listener) => listeners.delete(listener),
    };
    const el = document.body.appendChild(document.createElement("div"));
    const end = render({model, el});
    const press = key => el.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true}));
    press("ArrowRight");
    press(" ");
    const alive = [values.step, listeners.size, el.children.length];
    end();
    press("ArrowRight");
    await new Promise(resolve => setTimeout(resolve, 100));
    return [alive, [values.step, listeners.size, el.children.length]];
}"""


def test_a_widget_that_is_closed_leaves_nothing_behind(browser):
    page = browser.new_page()
    quick = script().replace("PAUSE = 1600", "PAUSE = 1")
    page.add_script_tag(content=f"{quick}\nwindow.render = render;", type="module")
    page.wait_for_function("() => window.render !== undefined")
    assert page.evaluate(DISPOSED, square().data) == [[3, 2, 1], [3, 0, 0]]
    page.close()


@pytest.mark.parametrize(
    "label",
    [
        "</script><img src=x onerror=alert(1)>",
        "<svg onload=alert(1)>",
        "</math><script>alert(1)</script>",
        "\"'`&amp;\\",
        "{{x}}",
        "שלום",
        "\ud800\x00",
    ],
)
def test_labels_are_text(visit, label):
    a = Value(2.0, label=label)
    root = a * a + a
    root.label = label + "!"
    page = visit(stepper(root))
    for _ in range(9):
        page.keyboard.press("ArrowRight")
    assert page.locator("img, [onerror], [onload]").count() == 0
    assert page.locator("script").count() == 2
    assert page.locator("svg").count() == 6  # the picture and the icons of five buttons
    shown = page.get_by_role("rowheader").first.inner_text()
    assert shown == label.replace("\ud800\x00", "\N{REPLACEMENT CHARACTER}" * 2)


def test_one_value_alone_is_a_page_too(visit):
    page = visit(stepper(Value(3.0, label="x")))
    page.keyboard.press("End")
    assert number(page) == 2
    assert drawn(page)[1] == (["3"], ["1"])


def test_every_class_is_the_pages_own_so_that_no_stylesheet_of_a_notebook_meets_it(visit):
    page = visit(network(), "#step=90")
    page.get_by_role("tab", name="Quiz").click()
    names = set(page.evaluate("[...document.querySelectorAll('*')].flatMap(e => [...e.classList])"))
    assert {name for name in names if not name.startswith("gg-")} == {"glassgrad"}
    rules = re.sub(r"/\*.*?\*/", "", stylesheet(), flags=re.DOTALL)
    assert {name for name in re.findall(r"\.([a-z][\w-]*)", rules) if not name.startswith("gg-")} == {"glassgrad"}
    assert all(name.startswith("gg-") for name in re.findall(r"@keyframes ([\w-]+)", rules))
