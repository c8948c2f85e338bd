"""The stepper's page as text: the record, and nothing that a label could do to it. test_browser.py opens it."""

import json
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from fractions import Fraction
from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import nn
from autograd import Value
from autograd.coercion import short
from visualize import stepper
from visualize.graph.markup import plain_line
from visualize.graph.render import BUNDLED

HOSTILE = "</script><img src=x onerror=alert(1)>"


def neuron():
    x, w, b = Value(2.0, label="x"), nn.Parameter(-3.0, label="w"), nn.Parameter(6.5, label="b")
    out = (x * w + b).tanh()
    out.label = "out"
    return out, [w, b]


class Elements(HTMLParser):
    """The elements of a page and the text in its script elements, as a browser would see them."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.scripts, self.inside = [], [], False
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        self.inside = tag == "script"
        if self.inside:
            self.scripts.append("")

    def handle_data(self, data):
        if self.inside:
            self.scripts[-1] += data

    def handle_endtag(self, tag):
        self.inside = False


def inside(page):
    return json.loads(Elements(page).scripts[0])


def test_the_page_holds_the_record():
    root, update = neuron()
    shown = inside(stepper(root, update=update, lr=0.5).html())
    steps = root.steps(update, lr=0.5)
    forward, rest = steps[:6], steps[6:]
    assert [(node["name"], node["data"]) for node in shown["nodes"]] == [(step.name, step.after) for step in forward]
    assert [node.get("kind") for node in shown["nodes"]] == ["input", "parameter", "parameter", None, None, None]
    assert [node.get("row") for node in shown["nodes"]] == [None, None, None, "mul", "add", "tanh"]
    assert [node.get("operands") for node in shown["nodes"]] == [None, None, None, [0, 1], [3, 2], [4]]
    for entry, step in zip(shown["steps"], rest, strict=True):
        numbers = [step.before, step.after, step.upstream, step.local, step.share]
        assert entry == [step.action, step.node, step.source, step.argument, *numbers]
    assert (shown["learning"], shown["lr"]) == ([1, 2], 0.5)
    assert shown["kinds"] == ["input", "parameter", "value", "output"]
    assert shown["title"] == "out, step by step"


def test_sentences_are_kept_once_however_many_steps_they_tell():
    x = [Value(i / 7) for i in range(50)]
    shown = stepper(sum(a * b for a, b in zip(x, reversed(x), strict=True))).data
    assert len(shown["nodes"]) > 140
    assert len(shown["sentences"]) == 11  # given, seed, update; 0 + x, x + y, x * y, and what their edges contribute


def test_numbers_that_no_double_holds_are_texts():
    shown = stepper(Value(Fraction(1, 3)) * Fraction(1, 7) * 123456 + float("inf")).data
    numbers = [node["data"] for node in shown["nodes"]]
    assert numbers == ["1/3", "1/21", "41152/7", "inf"]
    assert shown["nodes"][0]["value"] == 1 / 3
    assert [node["operands"][1]["number"] for node in shown["nodes"][1:]] == [1 / 7, 123456, "Infinity"]
    json.loads(json.dumps(shown, allow_nan=False))


def test_names_and_direction_are_passed_on():
    a = Value(2.0)
    product = a * 3
    made = stepper(product, names=locals(), rankdir="TB", program=BUNDLED)
    assert [node["name"] for node in made.data["nodes"]] == ["a", "product"]
    wide, high = map(float, re.search(r'viewBox="0.00 0.00 ([\d.]+) ([\d.]+)"', made.stage.views[0]).groups())
    assert high > wide


def test_the_picture_has_a_hook_for_everything_that_changes():
    a = Value(3.0, label="a")
    svg = ElementTree.fromstring(stepper(a * a + 1, program=BUNDLED).stage.views[0])
    ids = sorted(element.get("data-id") for element in svg.iter() if element.get("data-id"))
    assert ids == [
        "n0", "n1", "n1_0", "n1_1", "n1_operation", "n1_output",
        "n2", "n2_0", "n2_1", "n2_constant1", "n2_operation", "n2_output",
    ]  # fmt: skip
    assert not [element for element in svg.iter() if element.get("id")]


def test_the_two_edges_of_a_square_are_its_two_operands_in_order():
    """Twice the same edge for Graphviz; a / a tells them apart by their numbers."""
    a = Value(4.0, label="a")
    svg = ElementTree.fromstring(stepper(a / a, program=BUNDLED).stage.views[0])
    labels = {e.get("data-id"): "".join(e.itertext()).strip() for e in svg.iter() if e.get("data-id")}
    assert (labels["n1_0"], labels["n1_1"]) == ("0.25", "-0.25")


@pytest.mark.parametrize("label", ["a", "#ffffff", "a name of many letters"])
def test_boxes_have_room_for_every_number_that_comes_into_them(label):
    a = Value(Fraction(1, 3), label=label)
    b = a * Fraction(1234567, 7654321)
    made = stepper(b * b + b, program=BUNDLED)
    svg = ElementTree.fromstring(made.stage.views[0])
    for step in made.steps:
        (box,) = (e for e in svg.iter() if e.get("data-id") == f"n{step.node}")
        points = re.findall(r"(-?[\d.]+),-?[\d.]+", " ".join(e.get("points") or e.get("d") or "" for e in box.iter()))
        start = float([e for e in box.iter() if e.tag.endswith("text")][-1].get("x"))
        # Arial: a digit is 0.556 of the size of the font wide
        assert start + 0.556 * 11 * len(short(step.after)) < max(map(float, points))


def test_no_colour_is_fixed_and_labels_keep_theirs():
    svg = stepper(Value(1.0, label="#17212b") * 2, program=BUNDLED).stage.views[0]
    assert not re.search('"#[0-9a-f]{6}"', svg)
    assert ">#17212b<" in svg


def test_a_label_cannot_leave_its_place():
    a = Value(1 / 3, label=HOSTILE)
    root = a * Value(2.0, label="<!--<script>") + a
    root.label = "</title><b>"
    made = stepper(root)
    page = Elements(made.html())
    assert [tag for tag, _ in page.tags if tag in ("img", "b")] == []
    assert [tag for tag, _ in page.tags].count("script") == 2
    assert HOSTILE in [node["name"] for node in inside(made.html())["nodes"]]
    frame = Elements(made._repr_html_())
    assert [tag for tag, _ in frame.tags] == ["iframe"]
    assert frame.tags[0][1]["srcdoc"] == made.html()


@given(st.text(max_size=27))
@settings(max_examples=15)
@example("]")  # which Graphviz cannot read as it is
def test_any_label_at_all(label):
    page = stepper(Value(1.0, label=label) * 2).html()
    assert [tag for tag, _ in Elements(page).tags].count("script") == 2
    assert inside(page)["nodes"][0]["name"] == (plain_line(label) if label else "v1")
    page.encode()


def test_the_policy_of_the_page_forbids_every_request():
    tags = Elements(stepper(neuron()[0]).html()).tags
    policy = next(has["content"] for tag, has in tags if has.get("http-equiv") == "Content-Security-Policy")
    assert policy == "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'"
    assert not [has for _, has in tags if has.keys() & {"src", "href"}]


PROGRAM = """
import sys
from autograd import Value
from visualize import stepper
if {noise}:
    junk = [Value(1.0) for _ in range(1000)]
x = [Value(i / 3, label=f"x{{i}}") for i in range(3)]
sys.stdout.write(stepper(sum(a * b for a in x for b in x).tanh(), update=x).html())
"""


def test_same_computation_same_bytes():
    def run(seed, noise):
        environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"}
        command = [sys.executable, "-c", PROGRAM.format(noise=noise)]
        return subprocess.run(command, env=environment, capture_output=True, check=True).stdout

    assert run("1", False) == run("2", True) != b""


def test_save_writes_the_page_and_returns_the_path(tmp_path):
    made = stepper(neuron()[0])
    path = made.save(str(tmp_path / "x.html"))
    assert path.read_bytes() == made.html().encode()
    assert repr(made) == "<stepper of out, step by step: 12 steps>"


def test_asking_changes_nothing():
    root, update = neuron()
    root.backward()
    before = [(leaf.data, leaf.grad) for leaf in update]
    stepper(root, update=update).html()
    assert [(leaf.data, leaf.grad) for leaf in update] == before


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        ({"root": 3.0}, TypeError, "root must be the Value whose computation is stepped through, not float"),
        ({"rankdir": "up"}, ValueError, "rankdir must be 'LR' or 'TB', not 'up'"),
        ({"names": ["a"]}, TypeError, "names must map names to values"),
        ({"update": [Value(1.0)]}, ValueError, "update takes leaves of this graph"),
        ({"lr": "fast", "update": ()}, TypeError, "lr must be one real number"),
    ],
)
def test_wrong_arguments_say_what_is_expected(arguments, error, words):
    with pytest.raises(error, match=words):
        stepper(**({"root": Value(1.0) * 2} | arguments))


def test_a_graph_that_is_too_large_for_a_page_is_refused_with_advice():
    x = Value(1.0)
    for _ in range(2500):
        x = x * 1.0 + 0.0
    with pytest.raises(ValueError, match=r"5,001 values, and a page .* 5,000 at most.*draw_dot\(root, depth=1\)"):
        stepper(x)
