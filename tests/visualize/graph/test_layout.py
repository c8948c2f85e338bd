"""The plain layout: nothing overlaps, and everything is drawn to the right of what it comes from."""

from hypothesis import given
from hypothesis import strategies as st

from visualize.graph.layout import ACROSS, ALONG, depths, positions, span

CHAIN = [("a", "b"), ("b", "c"), ("c", "d"), ("a", "d")]


@st.composite
def links(draw):
    """A random acyclic graph, its links in the order in which a drawing makes them."""
    made = []
    for head in range(1, draw(st.integers(2, 30))):
        for _ in range(draw(st.integers(1, 2))):
            made.append((f"n{draw(st.integers(0, head - 1))}", f"n{head}"))
    return made


def test_depth_is_the_longest_way_from_a_leaf():
    assert depths(CHAIN) == {"a": 0, "b": 1, "c": 2, "d": 3}
    assert span(CHAIN) == 1 + 1 + 1 + 3


def test_late_leaf_stands_next_to_its_use():
    assert depths([*CHAIN, ("late", "d")])["late"] == 2


@given(links())
def test_links_go_forward_and_no_two_boxes_share_a_place(links):
    layer = depths(links)
    assert all(layer[tail] < layer[head] for tail, head in links)
    places = positions(links, "LR")
    assert places.keys() == {box for link in links for box in link}
    points = [tuple(map(float, place.rstrip("!").split(","))) for place in places.values()]
    for i, (x, y) in enumerate(points):
        assert all(abs(x - u) >= ALONG or abs(y - v) >= ACROSS for u, v in points[:i])


def test_top_to_bottom_turns_the_layers_down():
    assert positions([("a", "b")], "LR") == {"a": "0,0!", "b": f"{ALONG},0!"}
    assert positions([("a", "b")], "TB") == {"a": "0,0!", "b": f"0,-{ACROSS}!"}
