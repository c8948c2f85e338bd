import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import graphs

from autograd import Value, parse
from visualize.explain.paths import explain


def products(node, target):
    """The product of local derivatives along every path, by going down each one: fine for small graphs."""
    if node is target:
        return [1]
    return [local * rest for _, parent, local in node._edges for rest in products(parent, target)]


@given(graphs())
def test_all_paths_are_listed_and_add_up_to_the_gradient(graph):
    root, leaf = graph
    found = explain(root, leaf, most=10**6)
    expected = products(root, leaf)
    assert found.count == len(expected)
    assert sorted(path.product for path in found.paths) == sorted(expected)
    assert all(math.prod(path.factors) == path.product for path in found.paths)
    root.backward()
    assert found.total == found.gradient == leaf.grad


@given(graphs(), st.integers(1, 6))
def test_the_largest_paths_are_exactly_the_largest(graph, most):
    root, leaf = graph
    found = explain(root, leaf, most)
    sizes = sorted(map(abs, products(root, leaf)), reverse=True)
    assert [abs(path.product) for path in found.paths] == sizes[:most]
    assert found.count == len(sizes)


def test_a_million_paths_are_counted_not_visited():
    x = v = Value(1.0, label="x")
    for _ in range(20):
        v = v * 0.75 + v * 0.25  # of two ways the first weighs three times as much
    found = explain(v, x, most=21)
    assert found.count == 2**20 == 1_048_576
    assert [path.product for path in found.paths] == pytest.approx([0.75**20] + [0.75**19 * 0.25] * 20)
    assert found.gradient == pytest.approx(1)
    said = str(found)
    assert "1,048,576 paths lead from" in said
    assert "the 21 with the largest products" in said
    assert f"carry {100 * (0.75**20 + 20 * 0.75**19 * 0.25):.3g}% of it" in said


def test_more_paths_than_digits_can_be_printed():
    x = v = Value(1.0, label="x")
    for _ in range(16_000):
        v = v + v
        v.data = 1.0
    found = explain(v, x, most=1)
    assert found.count == 2**16_000
    assert "about 10**4816 paths lead from" in str(found)  # 16000 * log10(2) = 4816.48


def test_a_long_chain_is_no_recursion():
    x = v = Value(1.0, label="x")
    for _ in range(3000):
        v = v + 1
    (path,) = explain(v, x).paths
    assert len(path.factors) == 3000
    assert path.product == 1


def test_what_is_printed_of_long_paths_is_short_and_has_both_ends():
    x = v = Value(1.0, label="x")
    for _ in range(1000):
        v = v * 0.6 + v * 0.4
    found = explain(v, x)
    assert len(found.definitions) > 2000
    text = found.text()
    assert len(text) < 50_000
    words = " ".join(text.split())
    assert words.startswith("v1 = x * 0.6 = 1 * 0.6 = 0.6 v")
    assert f"... {len(found.definitions) - 40:,} more ..." in words
    assert "1. v3000 -> v2998 -> v2997" in words
    assert words.count("... 1,961 more ...") == 50  # of each path's 2001 names
    assert "-> v4 -> v3 -> v1 -> x" in words


def test_what_is_printed():
    root = parse("x*x + y", x=3, y=1)
    x = root.parents[0].parents[0]
    assert (
        str(explain(root, x))
        == """\
v1 = x * x = 3 * 3 = 9
v2 = v1 + y = 9 + 1 = 10

2 paths lead from v2 to x, with the local derivatives on the way and their
product:

1. v2 -> v1 -> x (first operand)
   1 * 3 = 3
2. v2 -> v1 -> x (second operand)
   1 * 3 = 3

sum of these products: 6
dv2/dx by the backward pass: 6"""
    )


def test_long_paths_are_wrapped():
    x = v = Value(1.5, label="a_rather_long_name_for_x")
    for _ in range(30):
        v = v.tanh()
    for width in (60, 80, 120):
        lines = explain(v, x).text(width).splitlines()
        assert max(map(len, lines)) <= width
        assert " ".join(" ".join(lines).split()).count("->") == 30


def test_where_no_path_leads():
    root, other = Value(1.0, label="a") * 2, Value(5.0, label="b")
    found = explain(root, other)
    assert (found.count, found.paths, found.total, found.gradient) == (0, (), 0, 0)
    assert str(found) == "no path leads from v1 to b\n\ndv1/db by the backward pass: 0"
    later = root * other  # younger than the root: not among what it was computed from
    assert explain(root, later).count == 0


def test_the_output_itself():
    x = Value(2.0, label="x")
    found = explain(x, x)
    assert (found.count, found.total, found.gradient) == (1, 1, 1)


def test_a_path_that_is_0_stays_0():
    x = Value(0.0, label="x")
    found = explain(x.sqrt() * 0.0, x)
    assert [path.product for path in found.paths] == [0]
    assert found.gradient == 0


def test_nothing_is_changed_by_asking():
    x = Value(2.0)
    root = (x * x).tanh()
    root.backward()
    before = [root.grad, root.parents[0].grad, x.grad]
    explain(root, x)
    assert [root.grad, root.parents[0].grad, x.grad] == before


def test_wrong_calls():
    x = Value(2.0)
    with pytest.raises(TypeError, match="wrt must be a Value of the graph, or its name, not float"):
        explain(x * 2, 2.0)
    with pytest.raises(TypeError, match="root must be a Value"):
        explain(3.0, x)
    with pytest.raises(ValueError, match="most must be at least 1, not 0"):
        explain(x * 2, x, most=0)


def test_paths_that_cancel_carry_no_share():
    x = Value(1.0, label="x")
    y = x
    for _ in range(10):
        y = y * 2 - y * 1.5
    found = explain(y, x, most=3)
    assert found.total == 2.0**10 - 2 * 2.0**9 * 1.5  # the largest: always 2, or once -1.5
    assert f"the other paths add up to {0.5**10 - found.total:.4g}" in found.text()
    assert "%" not in found.text()


def test_a_value_can_be_named():
    a, b = Value(2.0, label="a"), Value(-3.0)
    product = a * b
    root = product + a
    assert explain(root, "a") == explain(root, a)
    assert explain(root, "v2").wrt == "v2"  # what the explanation itself calls it
    assert explain(root, "b", names=locals()) == explain(root, b, names=locals())
    assert explain(root, b, names=locals()).wrt == "b"
    with pytest.raises(ValueError, match=r"wrt='aa' names no value of this graph; did you mean 'a'\? There are a, v1"):
        explain(root, "aa", names={"aa": 1.0})
    with pytest.raises(ValueError, match="wrt='bias' names no value of this graph; there are a, v1, v2, v3"):
        explain(root, "bias")


def test_a_name_that_several_have_is_refused():
    first, second = Value(1.0, label="w"), Value(2.0, label="w")
    with pytest.raises(ValueError, match="wrt='w' may be w or w #2: give the Value itself"):
        explain(first * second, "w")
    assert explain(first * second, "w #2").gradient == 1.0
