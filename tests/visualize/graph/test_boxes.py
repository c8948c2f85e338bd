"""Graphs drawn with the calls of modules as boxes."""

import re
import xml.etree.ElementTree as ElementTree

import pytest

import nn
from autograd import Value
from visualize import draw_dot
from visualize.graph.render import BUNDLED

SVG = "{http://www.w3.org/2000/svg}"


def network(sizes=(3, 2, 1), backward=True):
    loss = nn.mse_loss(nn.MLP(2, sizes, seed=0)([Value(0.5, label="x1"), Value(-1.0, label="x2")]), 1.0)
    if backward:
        loss.backward()
    return loss


def drawn(root, **how):
    """The picture's groups by id."""
    svg = ElementTree.fromstring(draw_dot(root, program=BUNDLED, **how).pipe("svg"))
    return {group.get("id"): group for group in svg.iter(f"{SVG}g")}


def words(group):
    return [text.text for text in group.iter(f"{SVG}text")]


def edges(groups):
    return {name for name, group in groups.items() if group.get("class") == "edge"}


def test_closed_boxes_show_name_kind_outputs_gradients_and_how_much_is_inside():
    loss = network()
    hidden = loss
    while not hidden._calls:
        hidden = hidden.parents[0]
    groups = drawn(loss, depth=0)
    (box,) = [group for name, group in groups.items() if re.fullmatch(r"b\d+", name)]
    shown = words(box)
    assert shown[0] == "MLP"
    assert shown[1:3] == ["data", "grad"]
    assert shown[4:6] == [f"{hidden.data:.4g}", f"{hidden.grad:.4g}"]
    assert shown[6] == "33 operations"


def test_long_lists_of_outputs_are_cut():
    shown = words(drawn(network((6, 1)), depth=1)["b2"])
    assert shown[-1] == "30 operations, 2 more outputs"
    assert len(shown) == len(["layers.0", "Layer", "data", "grad"]) + 4 * len(["name", "data", "grad"]) + 1


def test_gradients_in_boxes_are_dashes_before_backward():
    groups = drawn(network(backward=False), depth=0)
    assert words(groups["b1"])[5] == "–"


def test_open_boxes_are_frames_with_their_name():
    groups = drawn(network(), depth=2)
    frames = {tuple(words(group)): name for name, group in groups.items() if group.get("class") == "cluster"}
    assert set(frames) == {("MLP",), ("layers.0", "Layer"), ("layers.1", "Layer"), ("layers.2", "Layer")}


def test_one_edge_from_a_place_into_a_closed_box():
    groups = drawn(network(), depth=1)
    assert {name for name in edges(groups) if "-" in name} == {"n20-b2", "n21-b2", "b2-b6", "b6-b9"}


def test_weights_that_are_used_again_draw_no_edge_while_they_are_hidden():
    model = nn.Neuron(1, seed=0)
    twice = model(Value(1.0, label="x")) * model(Value(2.0, label="y"))
    assert not [name for name in edges(drawn(twice, depth=0)) if name.startswith("b")]
    assert len([name for name in edges(drawn(twice, depth=1)) if name.startswith("n")]) == 2 * (5 + 3) + 2 + 1


def test_edges_into_an_operation_that_is_seen_keep_their_derivative():
    doubled = nn.Neuron(1, seed=0)(Value(1.0, label="x")) * 2.5
    groups = drawn(doubled, depth=0)
    assert [words(groups[name]) for name in edges(groups) if name.endswith("_0")] == [[" 2.5 "]]


@pytest.mark.parametrize("how", [{"operations": False}, {"sums": True}, {"constants": False}, {"rankdir": "TB"}])
@pytest.mark.parametrize("depth", [0, 1, 2, 3])
def test_everything_is_drawn_once_at_every_depth(depth, how):
    source = draw_dot(network(), depth=depth, **how).source
    identities = re.findall(r"[\[ ]id=\"?([\w-]+)", source)
    assert len(set(identities)) == len(identities)
    for tail, head in re.findall(r"^\t(\S+) -> (\S+)", source, re.MULTILINE):
        assert re.search(rf"^\t{tail} \[", source, re.MULTILINE), tail
        assert re.search(rf"^\t{head} \[", source, re.MULTILINE), head


def test_deep_enough_everything_is_seen():
    loss = network()
    flat, deep = (set(drawn(loss, depth=depth)) for depth in (None, 3))
    assert {name for name in flat if name[0] == "n"} == {name for name in deep if name[0] == "n"}


def test_sums_do_not_reach_into_a_box():
    class Plus(nn.Module):
        def forward(self, x):
            return x + 1.0

    a, b = Value(1.0, label="a"), Value(2.0, label="b")
    out = Plus()(a + b) + 4.0
    assert draw_dot(out, sums=True).source.count("Σ") == 1
    assert "Σ" not in draw_dot(out, sums=True, depth=1).source


@pytest.mark.parametrize("depth", [-1, 1.5, "1"])
def test_a_wrong_depth_says_what_is_expected(depth):
    with pytest.raises(ValueError, match="depth must be a number of levels, 0 or more, or None for no boxes"):
        draw_dot(Value(1.0) * 2, depth=depth)


def test_the_name_of_a_module_is_text():
    loss = type("<b>&Kind", (nn.Neuron,), {})(1, seed=0)(Value(1.0)) * 2
    assert words(drawn(loss, depth=0)["b1"])[0] == "<b>&Kind"
    assert words(drawn(loss, depth=1)["b1"]) == ["<b>&Kind"]
