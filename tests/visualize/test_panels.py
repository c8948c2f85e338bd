"""The panels of the page: numbers are changed, updated, checked and predicted, by mouse and by key."""

import pytest

import nn
from autograd import Value, primitive
from autograd.coercion import short
from visualize import stepper


def neuron(x=2.0, w=-3.0, b=6.5):
    x, w, b = Value(x, label="x"), nn.Parameter(w, label="w"), nn.Parameter(b, label="b")
    out = (x * w + b).tanh()
    out.label = "out"
    return stepper(out, update=[w, b], lr=0.5)


def network():
    loss = nn.mse_loss(nn.MLP(2, [4, 1], seed=1)([2.0, -1.0]), 1.0)
    return stepper(loss)


def logarithm(x=2.0):
    x, y = Value(x, label="x"), Value(3.0, label="y")
    root = x.log() * y + (x - 1).relu() * y
    root.label = "root"
    return stepper(root)


def opened(page, name):
    page.get_by_role("tab", name=name).click()
    return page.get_by_role("tabpanel", name=name)


def field(page, name):
    return page.get_by_role("spinbutton", name=name, exact=True)


def told(page):
    """All steps in words, as the list has them now."""
    page.evaluate("new Promise(requestAnimationFrame)")
    page.evaluate("new Promise(requestAnimationFrame)")
    return page.locator(".gg-outline button span:last-child").all_inner_texts()


def words(made):
    return [step.words.replace("->", "→") for step in made.steps]


def shown(page):
    return page.locator("main").evaluate("main => main.outerHTML")


def row(panel, name):
    return panel.get_by_role("row").filter(has=panel.page.get_by_role("rowheader", name=name, exact=True)).locator("td")


# ---------------------------------------------------------------------- tabs


def test_tabs_by_mouse_and_by_key(visit):
    page = visit(neuron())
    names = ["Values", "Change", "Update", "Check", "Quiz"]
    for name in names:
        assert opened(page, name).is_visible()
        assert page.get_by_role("tabpanel").count() == 1
    tabs = page.get_by_role("tab")
    for key, name in [("ArrowRight", "Values"), ("ArrowLeft", "Quiz"), ("Home", "Values"), ("End", "Quiz")]:
        page.keyboard.press(key)
        assert page.get_by_role("tabpanel", name=name).is_visible()
        assert tabs.filter(has_text=name).get_attribute("aria-selected") == "true"
    assert "step 1 of 14" in page.get_by_role("status").first.inner_text()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("make", [neuron, network])
def test_no_panel_sticks_out(visit, make, width):
    page = visit(make(), width=width)
    for name in ("Values", "Change", "Update", "Check", "Quiz"):
        opened(page, name)
        assert page.evaluate("document.documentElement.scrollWidth") == width


# ---------------------------------------------------------------------- change


def test_the_steps_follow_the_new_numbers(visit):
    page = visit(neuron(), "#step=9")
    panel = opened(page, "Change")
    field(page, "w").fill("-3.25")
    other = neuron(w=-3.25)
    assert told(page) == words(other)
    assert panel.get_by_text("out = 0").inner_text() == "out = 0"
    assert page.locator("svg [data-id=n1] text").nth(2).text_content() == "-3.25"
    assert page.locator("svg [data-id=n3_0] text").text_content() == " -3.25 "  # the local derivative on the edge
    assert "step 9 of 14" in page.get_by_role("status").first.inner_text()
    assert page.get_by_role("status").first.locator("math").count() == 2
    field(page, "b").fill("7")
    assert told(page) == words(neuron(w=-3.25, b=7.0))


def long(x=0.02):
    x = Value(x, label="x")
    return stepper(sum((x * number).tanh() for number in range(1, 60)))


def test_of_many_steps_those_in_view_follow_at_once_and_soon_all_do(visit):
    page = visit(long(), "#step=300")
    opened(page, "Change")
    lines = page.locator(".gg-outline button span:last-child")
    before, after = words(long()), words(long(0.03))
    assert lines.all_inner_texts() == before
    page.clock.install()
    page.clock.pause_at(page.evaluate("Date.now()") + 1000)
    field(page, "x").fill("0.03")
    page.clock.run_for(50)
    seen = page.evaluate("""() => {
        const view = document.querySelector(".gg-outline .gg-scroller").getBoundingClientRect();
        const inside = ({top, bottom}) => bottom > view.top && top < view.bottom;
        const lines = [...document.querySelectorAll(".gg-outline button")];
        return [...lines.keys()].filter(place => inside(lines[place].getBoundingClientRect()));
    }""")
    assert 299 in seen
    texts = lines.all_inner_texts()
    assert [texts[place] for place in seen] == [after[place] for place in seen]
    assert texts[0] == before[0]  # far from it: a thousand lines would hold up a slider
    page.clock.run_for(1000)
    assert lines.all_inner_texts() == after


def test_a_slider_follows_its_field_after_a_number_that_was_refused(visit):
    page = visit(logarithm())
    opened(page, "Change")
    slider = page.get_by_role("slider", name="x, slider")
    slider.fill("-1")
    assert field(page, "x").get_attribute("aria-invalid") == "true"
    field(page, "x").fill("2")
    told(page)
    assert slider.input_value() == "2"


def test_a_branch_that_dies_takes_its_steps_along_and_comes_back(visit):
    made = logarithm(2.0)
    page = visit(made, f"#step={len(made.steps) - 1}")
    opened(page, "Change")
    now = page.get_by_role("status").first
    before = now.inner_text().splitlines()[1]
    field(page, "x").fill("0.5")  # the relu is dead
    assert told(page) == words(logarithm(0.5))
    assert len(logarithm(0.5).steps) < len(made.steps)
    assert page.get_by_role("slider", name="Step", exact=True).get_attribute("max") == str(len(logarithm(0.5).steps))
    field(page, "x").fill("2")
    assert told(page) == words(made)
    assert now.inner_text().splitlines()[1] == before  # the step that was chosen, and not the one shown instead


def test_going_back_to_pythons_numbers_restores_the_page_exactly(visit):
    page = visit(neuron(), "#step=12")
    panel = opened(page, "Change")
    page.evaluate("document.activeElement.blur()")
    before = shown(page)
    field(page, "w").fill("123.456789")
    told(page)
    assert shown(page) != before
    panel.get_by_role("button", name="Reset").click()
    told(page)
    page.evaluate("document.activeElement.blur()")
    assert shown(page) == before


def test_a_slider_moves_its_number_by_key(visit):
    page = visit(neuron())
    opened(page, "Change")
    page.get_by_role("slider", name="x, slider").focus()
    page.keyboard.press("ArrowRight")
    moved = float(field(page, "x").input_value())
    assert 2 < moved < 2.2
    assert told(page) == words(neuron(x=moved))
    assert "step 1 of 14" in page.get_by_role("status").first.inner_text()  # the key is the slider's own
    field(page, "x").fill("50")  # beyond its end
    told(page)
    assert page.get_by_role("slider", name="x, slider").input_value() == "50"


def test_the_keys_of_a_field_are_its_own(visit):
    page = visit(neuron(), "#step=5")
    opened(page, "Change")
    field(page, "x").focus()
    for key in ("ArrowLeft", "ArrowRight", "Home", "End", "Space"):
        page.keyboard.press(key)
        assert "step 5 of 14" in page.get_by_role("status").first.inner_text()


def test_where_there_is_no_value_the_page_says_why_and_keeps_the_last_numbers(visit):
    page = visit(logarithm())
    panel = opened(page, "Change")
    before = told(page)
    field(page, "x").fill("-1")
    problem = panel.locator(".gg-problem")
    assert problem.inner_text() == (
        "log has no value at a = -1 (x): it is defined for a in (0, inf). "
        "The page still shows the last numbers that work."
    )
    assert field(page, "x").get_attribute("aria-invalid") == "true"
    assert told(page) == before
    field(page, "x").fill("")
    assert problem.inner_text().startswith("x needs a number")
    field(page, "x").fill("1")
    assert told(page) == words(logarithm(1.0))
    assert problem.inner_text() == ""
    assert field(page, "x").get_attribute("aria-invalid") is None


def test_the_empty_field_is_marked_whichever_was_changed(visit):
    page = visit(logarithm())
    panel = opened(page, "Change")
    field(page, "x").fill("")
    field(page, "y").fill("4")
    assert panel.get_by_role("alert").inner_text().startswith("x needs a number.")
    assert field(page, "x").get_attribute("aria-invalid") == "true"
    assert field(page, "y").get_attribute("aria-invalid") is None


def test_where_there_is_no_gradient_the_page_says_so(visit):
    with pytest.raises(FloatingPointError, match="sqrt has no derivative"):
        stepper(Value(0.0, label="x").sqrt() * 2)  # no page is made there
    page = visit(stepper(Value(4.0, label="x").sqrt() * 2))
    problem = opened(page, "Change").locator(".gg-problem")
    field(page, "x").fill("0")
    told(page)
    assert problem.inner_text().startswith("sqrt has no derivative with respect to x at a = 0 (x): it is inf there")
    field(page, "x").fill("4")
    told(page)
    assert problem.inner_text() == ""


def test_a_row_of_ones_own_cannot_be_computed_in_a_page(visit):
    cube = primitive("cube_for_a_page", lambda a: a**3, lambda y, a: 3 * a * a)
    page = visit(stepper(cube(Value(2.0, label="x"))))
    for name in ("Change", "Update", "Check"):
        panel = opened(page, name)
        assert panel.inner_text() == "The row cube_for_a_page is a function of Python's: a page cannot compute it."
    page.keyboard.press("End")


# ---------------------------------------------------------------------- update


def test_an_update_is_what_python_does_and_can_be_undone(visit):
    page = visit(neuron())
    panel = opened(page, "Update")
    x, w, b = 2.0, nn.Parameter(-3.0), nn.Parameter(6.5)
    before = told(page)
    field(page, "learning rate").fill("0.25")

    def loss():
        return (x * w + b).tanh()

    for number in (1, 2):
        for parameter in (w, b):
            parameter.grad = 0
        start = loss()
        start.backward()
        drop = -0.25 * (w.grad**2 + b.grad**2)
        for name, parameter in (("w", w), ("b", b)):
            planned = [parameter.data, parameter.grad, 0.25 * parameter.grad, parameter.data - 0.25 * parameter.grad]
            assert row(panel, name).all_inner_texts() == list(map(short, planned))
        assert panel.get_by_text(f"= {short(drop)}").count() == 1
        panel.get_by_role("button", name="Update").click()
        for parameter in (w, b):
            parameter.data -= 0.25 * parameter.grad
        actual = loss().data - start.data
        assert row(panel, str(number)).all_inner_texts() == [
            f"{short(start.data)} → {short(loss().data)}", short(drop), short(actual)
        ]  # fmt: skip
        assert panel.get_by_role("status").inner_text() == (
            f"out: {short(start.data)} → {short(loss().data)}; predicted change {short(drop)}, actual {short(actual)}."
        )
    assert f"= {short(loss().data)}" in told(page)[5]
    undo = panel.get_by_role("button", name="Undo")
    undo.click()
    undo.press("Enter")
    assert undo.is_disabled()
    assert panel.get_by_role("button", name="Update").evaluate("button => button === document.activeElement")
    field(page, "learning rate").fill("0.5")
    assert told(page) == before


@pytest.mark.parametrize("how", ["Reset", "a number by hand"])
def test_other_numbers_are_the_start_of_another_history(visit, how):
    page = visit(neuron())
    panel = opened(page, "Update")
    update, undo = (panel.get_by_role("button", name=name) for name in ("Update", "Undo"))
    for _ in range(2):
        update.click()
    opened(page, "Change")
    if how == "Reset":
        page.get_by_role("button", name="Reset").click()
    else:
        field(page, "w").fill("-3.25")
    here = told(page)
    assert here == words(neuron() if how == "Reset" else neuron(w=-3.25, b=float(field(page, "b").input_value())))
    opened(page, "Update")
    assert undo.is_disabled()  # there is no update to be undone
    assert panel.get_by_role("row").count() == 3  # what comes next, and nothing that was
    assert panel.locator(".gg-said").text_content() == ""
    update.click()
    undo.click()
    assert told(page) == here


def test_the_learning_rate_changes_the_steps_of_the_update(visit):
    page = visit(neuron())
    opened(page, "Update")
    field(page, "learning rate").fill("0.125")
    assert told(page)[-2].startswith(
        "update: w <- w - 0.125 * w.grad = -3 - 0.125 * 1.573; so w moves by -0.1966: -3 →"
    )


@pytest.mark.parametrize("given", ["", "1e999"])
def test_a_learning_rate_that_is_no_number_is_named(visit, given):
    page = visit(neuron())
    panel = opened(page, "Update")
    rate = field(page, "learning rate")
    rate.fill(given)
    assert rate.get_attribute("aria-invalid") == "true"
    assert panel.get_by_role("status").inner_text() == "The learning rate needs a number. The table still shows 0.5."
    assert panel.get_by_role("button", name="Update").is_disabled()
    rate.fill("0.25")
    assert rate.get_attribute("aria-invalid") is None
    assert panel.get_by_role("status").count() == 0


def test_an_update_to_where_there_is_no_value_changes_nothing(visit):
    page = visit(stepper(Value(0.5, label="x").log()))
    panel = opened(page, "Update")
    before = told(page)
    field(page, "learning rate").fill("1")
    panel.get_by_role("button", name="Update").click()
    assert panel.get_by_role("status").inner_text() == (
        "log has no value at a = -1.5 (x): it is defined for a in (0, inf). Nothing was changed."
    )
    assert told(page) == before


# ---------------------------------------------------------------------- check


def test_a_finite_difference_stands_beside_each_gradient(visit):
    page = visit(neuron())
    panel = opened(page, "Check")
    for name in ("x", "w", "b"):
        panel.get_by_role("combobox", name="leaf").select_option(label=name)
        ends = [neuron(**{name: {"x": 2.0, "w": -3.0, "b": 6.5}[name] + way * 1e-5}) for way in (1, -1)]
        above, below = (made.steps[5].after for made in ends)
        for cell, number in ((f"out at {name} + h", above), (f"out at {name} − h", below)):
            assert float(row(panel, cell).inner_text()) == pytest.approx(number, rel=1e-14)
        slope = float(row(panel, "difference / 2h").inner_text())
        gradient = float(row(panel, f"gradient of {name}").inner_text())
        assert slope == pytest.approx(gradient, rel=1e-8)
        assert slope == pytest.approx((above - below) / 2e-5, rel=1e-8)
        assert "They agree to" in panel.get_by_role("status").inner_text()
    field(page, "h").fill("5")
    assert "They differ" in panel.get_by_role("status").inner_text()


def test_a_check_across_the_end_of_the_domain_says_so(visit):
    page = visit(logarithm())
    panel = opened(page, "Check")
    field(page, "h").fill("3")
    assert "No slope can be measured: log has no value at a = -1 (x)" in panel.get_by_role("status").inner_text()
    field(page, "h").fill("0")
    assert "h needs a number above 0" in panel.get_by_role("status").inner_text()


# ---------------------------------------------------------------------- quiz


def test_a_quiz_by_keyboard_alone(visit):
    page = visit(neuron(), "#step=14")
    press, type_ = page.keyboard.press, page.keyboard.type
    for _ in range(40):
        press("Tab")
        if page.evaluate("document.activeElement.role") == "tab":
            break
    press("End")
    panel = page.get_by_role("tabpanel", name="Quiz")
    press("Tab")
    type_("all")  # a select takes the choice that begins like this
    assert panel.get_by_role("combobox", name="hide").input_value() == "all"
    shown_gradients = page.locator("svg .gg-node:not([data-id*=_]) text:last-of-type").all_text_contents()
    assert shown_gradients.count("?") == 5
    assert not [line for line in told(page)[7:] if "added" in line and "so ? is" not in line]
    press("Tab")
    said = panel.get_by_role("status")
    order = [("v2", 0.7864477329659275), ("v1", 0.7864), ("b", 0.786), ("w", 1.5729), ("x", -2.3593)]
    for place, (name, answer) in enumerate(order):
        assert panel.get_by_text(f"What is the gradient of {name}?").is_visible()
        assert page.evaluate("document.activeElement.ariaLabel") == "your prediction"
        type_(str(answer))
        press("Enter")
        assert said.inner_text().startswith(f"Right! {name}: ")
        assert panel.get_by_text(f"{place + 1} right, 0 revealed, {4 - place} to go").is_visible()
    assert panel.get_by_text("That was the last one.").is_visible()
    assert page.evaluate("document.activeElement.ariaLabel") == "hide"  # the focus is not lost with the field
    assert told(page) == words(neuron())


@pytest.mark.parametrize(
    ("prediction", "expected"),
    [
        ("-1.5729", "The size is right, the sign is off."),
        ("2", "The factor from above is missing: multiply the local derivative by the gradient of v1."),
        ("0.7864", "The local derivative is missing: that is only the gradient that arrives at v1"),
        ("-2.3593", "The local derivative is off: that is the derivative of mul with respect to its other operand."),
        ("7.8645", "you take the local derivative of mul to be 10: that factor is off."),
        ("", "Type a number."),
    ],
)
def test_which_factor_is_off(visit, prediction, expected):
    page = visit(neuron())
    panel = opened(page, "Quiz")
    panel.get_by_role("combobox", name="hide").select_option("chosen")
    panel.get_by_label("w", exact=True).check()
    field(page, "your prediction").fill(prediction)
    field(page, "your prediction").press("Enter")
    assert expected in panel.get_by_role("status").inner_text()
    assert panel.get_by_text("0 right, 0 revealed, 1 to go").is_visible()


@pytest.mark.parametrize(
    ("prediction", "expected"),
    [
        ("9", "That is only the share through v1: 2 edges lead here, and their shares add up."),
        ("45", "The shares of several edges are added, not multiplied."),
        ("4", "In the share through v3: The sign is off."),
        ("-14", "The size is right, the sign is off."),
        ("100", "2 shares add up, through v3 (mul), v1 (mul)"),
    ],
)
def test_which_share_is_off(visit, prediction, expected):
    a = Value(3.0, label="a")
    page = visit(stepper(a * 9.0 * 1.0 + a * 5.0))
    panel = opened(page, "Quiz")
    panel.get_by_role("combobox", name="hide").select_option("chosen")
    panel.get_by_label("a", exact=True).check()
    field(page, "your prediction").fill(prediction)
    panel.get_by_role("button", name="Answer").click()
    assert expected in panel.get_by_role("status").inner_text()


def test_what_is_hidden_is_nowhere_until_it_is_revealed(visit):
    page = visit(neuron(), "#step=14")
    panel = opened(page, "Quiz")
    panel.get_by_role("combobox", name="hide").select_option("chosen")
    panel.get_by_label("w", exact=True).check()
    told(page)
    for name in ("Values", "Change", "Update", "Check"):
        opened(page, name)
        if name == "Check":
            page.get_by_role("combobox", name="leaf").select_option(label="w")
        seen = page.locator("main").inner_text() + str(page.eval_on_selector_all("[title]", "a => a.map(e => e.title)"))
        assert "1.57" not in seen
        assert "-3.786" not in seen.replace("−", "-")  # where an update would lead
    opened(page, "Quiz").get_by_role("button", name="Reveal").click()
    assert "0.7864 · 2 = 1.573" in panel.get_by_role("status").inner_text()
    assert panel.get_by_text("0 right, 1 revealed, 0 to go").is_visible()
    assert told(page) == words(neuron())


def test_skipping_comes_back_to_the_question(visit):
    page = visit(neuron())
    panel = opened(page, "Quiz")
    panel.get_by_role("combobox", name="hide").select_option("all")
    for name in ("v2", "v1", "b", "w", "x", "v2"):
        assert panel.get_by_text(f"What is the gradient of {name}?").is_visible()
        panel.get_by_role("button", name="Skip").click()
    panel.get_by_role("combobox", name="hide").select_option("none")
    assert told(page) == words(neuron())
