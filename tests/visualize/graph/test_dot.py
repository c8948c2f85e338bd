"""The drawn graph: asserted on the DOT text, and on the SVG that comes out of it."""

import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import nn
from autograd import Value
from autograd.graph import ancestors
from nn import Parameter
from visualize import draw_dot
from visualize.graph.render import BUNDLED
from visualize.graph.theme import OUTLINES, THEMES, gradient_colour

SVG = "{http://www.w3.org/2000/svg}"


def neuron(backward=True):
    x, w, b = Value(2.0, label="x"), Parameter(-3.0, label="w"), Parameter(6.5, label="b")
    out = (x * w + b).tanh()
    out.label = "out"
    if backward:
        out.backward()
    return out


def drawn(root, **how):
    return ElementTree.fromstring(draw_dot(root, program=BUNDLED, **how).pipe("svg"))


def texts(svg, kind=""):
    groups = [group for group in svg.iter(f"{SVG}g") if not kind or group.get("class") == kind]
    return [text.text for group in groups for text in group.findall(f".//{SVG}text")]


def count(svg, kind):
    return sum(group.get("class") == kind for group in svg.iter(f"{SVG}g"))


def statement(source, name):
    return next(line for line in source.splitlines() if f"<b>{name}</b>" in line)


def test_every_value_shows_its_name_its_data_and_its_gradient():
    root = neuron()
    for node, line in ((n, statement(draw_dot(root).source, n.label)) for n in ancestors(root) if n.label):
        assert f">{node.data:.4g}<" in line
        assert f">{node.grad:.4g}<" in line


def test_picture_has_a_box_per_value_and_operation_and_an_edge_per_derivative():
    svg = drawn(neuron())
    assert count(svg, "node") == 6 + 3
    assert count(svg, "edge") == 5 + 3
    assert {"*", "+", "tanh"} <= set(texts(svg, "node"))


def test_edges_carry_the_local_derivatives():
    root = neuron()
    expected = sorted(f"{local:.4g}" for node in ancestors(root) for _, _, local in node._edges)
    assert sorted(text.strip() for text in texts(drawn(root), "edge")) == expected


def test_a_times_a_has_two_edges():
    a = Value(3.0, label="a")
    svg = drawn(a * a)
    assert [text.strip() for text in texts(svg, "edge")] == ["3", "3"]
    assert count(svg, "edge") == 3


def test_gradient_is_a_dash_before_backward_and_a_zero_after_it():
    assert texts(drawn(neuron(backward=False)), "node").count("–") == 6
    a, b = Value(0.0, label="a"), Value(2.0, label="b")
    out = a * b
    out.backward()
    shown = texts(drawn(out), "node")
    assert "–" not in shown
    assert ">0<" in statement(draw_dot(out).source, "b")


def test_a_gradient_that_a_leaf_has_from_before_is_shown():
    a = Value(2.0, label="a")
    a.grad = 7
    shown = texts(drawn(a * Value(3.0, label="b")), "node")
    assert "7" in shown
    assert shown.count("–") == 2


def test_a_quarter_of_the_largest_gradient_gets_half_the_colour_and_none_is_lost():
    light = THEMES["light"]
    card, half, full = (
        [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
        for colour in (light.card, gradient_colour(light, 0.25), gradient_colour(light, 1.0))
    )
    assert half == pytest.approx([(a + b) / 2 for a, b in zip(card, full, strict=True)], abs=1)
    assert gradient_colour(light, 1e-12) != gradient_colour(light, -1e-12) != gradient_colour(light, 0.0)


def test_legend_says_what_a_dash_means_until_there_are_gradients():
    advice = "grad –: not computed yet, call backward() first"
    assert advice in texts(drawn(neuron(backward=False)))
    after = texts(drawn(neuron()))
    assert advice not in after
    assert any(text.startswith("grad") and "-" in text for text in after)


def test_legend_names_the_kinds_in_the_picture_and_no_other():
    assert {"input", "parameter", "value", "output"} <= set(texts(drawn(neuron())))
    a = Value(1.0, label="a")
    shown = texts(drawn(a + 1))
    assert "constant" in shown
    assert "parameter" not in shown


def test_kinds_differ_in_outline_and_in_colour():
    assert len(set(OUTLINES.values())) == len(OUTLINES)
    for theme in THEMES.values():
        assert theme.kinds.keys() == OUTLINES.keys()
    source = draw_dot(neuron()).source
    assert "style=striped" in statement(source, "w")
    assert "style=filled " in statement(source, "x")
    assert "peripheries=2" in statement(source, "out")
    assert "peripheries=1" in statement(source, "v1")


def fill(source, name):
    return re.search(r'fillcolor="(?:#\w+;[\d.]+:)?(#\w{6})"', statement(source, name))[1]


@pytest.mark.parametrize("theme", THEMES)
def test_fill_tells_the_sign_of_the_gradient(theme):
    up, down, off = Value(1.0, label="up"), Value(2.0, label="down"), Value(5.0, label="off")
    out = up - down + off * 0
    out.backward()
    source = draw_dot(out, theme=theme).source
    assert fill(source, "up") == THEMES[theme].positive
    assert fill(source, "down") == THEMES[theme].negative
    assert fill(source, "off") == THEMES[theme].card
    assert THEMES[theme].background in source


def test_gradients_that_are_no_finite_number_are_drawn():
    a = Value(1.0, label="a")
    out = a + 1
    a.grad, out.grad = float("nan"), float("-inf")
    source = draw_dot(out).source
    assert fill(source, "v1") == THEMES["light"].negative
    assert fill(source, "a") == THEMES["light"].card
    assert {"nan", "-inf"} <= set(texts(drawn(out), "node"))


def test_constants_can_be_left_out():
    out = Value(2.0, label="a") * 7 + 1
    assert {"7", "1"} <= {text.strip() for text in texts(drawn(out), "node")}
    svg = drawn(out, constants=False)
    assert "7" not in {text.strip() for text in texts(svg, "node")}
    assert count(svg, "node") == 3 + 2


def test_operation_can_go_into_the_box():
    svg = drawn(neuron(), operations=False)
    assert (count(svg, "node"), count(svg, "edge")) == (6, 5)
    assert {"*", "+", "tanh"} <= set(texts(svg, "node"))


def test_chain_of_additions_can_be_one_sum():
    xs = [Value(float(i), label=f"x{i}") for i in range(6)]
    total = xs[0] + xs[1] + xs[2] + (xs[3] + xs[4]) + xs[5] + xs[5]
    svg = drawn(total * total, sums=True)
    assert texts(svg, "node").count("Σ") == 1
    assert count(svg, "node") == 6 + 2 + 2
    assert [text.strip() for text in texts(svg, "edge")].count("1") == 7


def test_sum_keeps_what_has_a_name_or_another_use():
    a, b, c = Value(1.0), Value(2.0), Value(3.0)
    partial = a + b
    assert "Σ" in draw_dot(partial + c, sums=True).source
    assert "Σ" not in draw_dot(partial + c, sums=True, names={"partial": partial}).source
    assert "Σ" not in draw_dot((partial + c) * partial, sums=True).source
    partial.label = "partial"
    assert "Σ" not in draw_dot(partial + c, sums=True).source


def test_names_can_come_from_the_callers_variables():
    first, second = Value(2.0), Value(3.0, label="own")
    product = first * second
    shown = texts(drawn(product, names=locals()), "node")
    assert {"first", "own", "product"} <= set(shown)
    assert "second" not in shown


HOSTILE = [
    '"quotes"', "{braces|bars}", "back\\slash \\N \\G \\n", "<script>x</script>", "<b>bold</b>", "&amp;", "trail\\",
    "שלום עולם", "日本語", "∂L/∂β", "a -> b;", "<>", "]]>", "-->", "%", "#",
]  # fmt: skip


@pytest.mark.parametrize("label", HOSTILE)
def test_labels_draw_as_they_are(label):
    shown = texts(drawn(Value(1.0, label=label) + 1), "node")
    assert label in [text and text.replace("\N{NO-BREAK SPACE}", " ") for text in shown]


@given(st.text(max_size=27))
@settings(max_examples=25)
def test_any_label_at_all_draws_as_text(label):
    svg = drawn(Value(1.0, label=label) * 2)
    assert count(svg, "node") == 4
    visible = "".join(char for char in label if char.isprintable() and not char.isspace())
    shown = "".join(text or "" for text in texts(svg, "node")).replace("\N{NO-BREAK SPACE}", "").replace(" ", "")
    assert visible.replace("\N{NO-BREAK SPACE}", "") in shown.replace("\N{REPLACEMENT CHARACTER}", "")
    assert not list(svg.iter(f"{SVG}script"))


# what Graphviz reads as something else in some places: escapes, entities, markup
SPECIAL = st.lists(st.sampled_from(["\\", *"NGEnl", "&", "amp;", "#65;", *"<>']|", '"', "a"]), min_size=1, max_size=8)


@given(SPECIAL.map("".join))
@settings(max_examples=50)
def test_tooltips_say_labels_and_names_of_modules_as_they_are(name):
    module = type(name, (nn.Module,), {"forward": lambda self, x: (x * 2).tanh()})()
    svg = drawn(module(Value(1.0, label=name)) + 1, depth=0)
    shown = {link.get("{http://www.w3.org/1999/xlink}title") for link in svg.iter(f"{SVG}a")}
    assert {f"{name}: data 1.0, grad –", f"{name}: {name}"} <= shown


def test_line_breaks_control_and_direction_characters_do_not_get_through():
    svg = draw_dot(Value(1.0, label="a\nb\x00\x1b\u202e\ud800"), program=BUNDLED).pipe("svg", encoding="utf-8")
    assert "a b����" in svg


def test_long_labels_are_cut_in_the_box_and_whole_in_the_tooltip():
    label = "x" * 500
    svg = draw_dot(Value(1.0, label=label), program=BUNDLED).pipe("svg", encoding="utf-8")
    assert max(len(text) for text in texts(ElementTree.fromstring(svg), "node")) < 40
    assert label in svg


def test_numbers_are_short_in_the_box_and_exact_in_the_tooltip():
    picture = draw_dot(Value(0.1 + 0.2, label="a"), program=BUNDLED).pipe("svg", encoding="utf-8")
    assert ">0.3<" in picture
    assert "0.30000000000000004" in picture


def test_fractions_stay_exact():
    a = Value(Fraction(1, 3), label="a")
    out = a * a
    out.backward()
    assert {"1/3", "1/9", "2/3"} <= set(texts(drawn(out), "node"))


def test_gradients_that_are_values_are_drawn_as_numbers():
    a = Value(3.0, label="a")
    (out := a * a * a).backward(create_graph=True)
    assert "27" in texts(drawn(out), "node")


PROGRAM = """
import random
from autograd import Value
from visualize import draw_dot
if {noise}:
    junk = [Value(1.0) for _ in range(1000)]
x = [Value(i / 3, label=f"x{{i}}") for i in range(5)]
y = sum(a * b for a in x for b in x).tanh()
y.backward()
print(draw_dot(y, sums=True, names=globals()).source)
"""


def test_same_graph_same_bytes_in_every_process():
    def run(seed, noise):
        environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"}
        command = [sys.executable, "-c", PROGRAM.format(noise=noise)]
        return subprocess.run(command, env=environment, capture_output=True, check=True).stdout

    assert run("1", False) == run("2", True) != b""


def test_deep_graph_is_drawn_without_recursion():
    y = Value(1.0, label="a")
    for _ in range(20_000):
        y = y + 1
    with pytest.warns(UserWarning, match="boxes and edges"):
        picture = draw_dot(y, sums=True)
    assert picture.source.count(" -> ") == 20_002


def test_drawing_changes_nothing():
    root = neuron()
    before = [(node.data, node.grad, node.label) for node in ancestors(root)]
    drawn(root, sums=True, operations=False)
    assert [(node.data, node.grad, node.label) for node in ancestors(root)] == before


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        ({"root": 3.0}, TypeError, "root must be the Value"),
        ({"root": [Value(1.0)]}, TypeError, "draw one of its entries"),
        ({"rankdir": "up"}, ValueError, "rankdir must be 'LR' or 'TB', not 'up'"),
        ({"theme": "blue"}, ValueError, "theme must be 'light' or 'dark', not 'blue'"),
        ({"format": "svgg"}, ValueError, "format must be one that Graphviz writes"),
        ({"format": None}, ValueError, "not None"),
        ({"names": ["a"]}, TypeError, "names must map names to values"),
    ],
)
def test_wrong_arguments_say_what_is_expected(arguments, error, words):
    with pytest.raises(error, match=words):
        draw_dot(**({"root": Value(1.0)} | arguments))


def test_micrograds_call_works():
    picture = draw_dot(neuron(), format="svg", rankdir="TB")
    assert "rankdir=TB" in picture.source
    assert picture.format == "svg"


def test_a_picture_that_takes_long_is_warned_of_before_it_is_drawn():
    total = sum(Value(1.0) for _ in range(3000))
    with pytest.warns(UserWarning, match=r"this picture has 18,001 boxes and edges.* about 11 MB.*depth=1") as seen:
        draw_dot(total)
    assert seen[0].filename == __file__
    draw_dot(total, sums=True)
