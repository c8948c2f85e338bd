"""Copies and pickles."""

import copy
import itertools
import pickle
from fractions import Fraction

import pytest

import autograd
from autograd import Value
from autograd.registry import TABLE

DEEP = 100_000


def deepened(node: Value) -> Value:
    for _ in range(DEEP):
        node = node * 1.0
    return node


def first(node: Value) -> Value:
    while node.parents:
        node = node.parents[0]
    return node


def pickled(thing):
    return pickle.loads(pickle.dumps(thing))


@pytest.mark.parametrize("way", [copy.deepcopy, pickled])
def test_deep_graphs_with_what_they_share(way) -> None:
    x = Value(2.0, label="x")
    y = deepened(x)
    for pair in ([x, y], [y, x]):
        old, new = sorted(way(pair), key=lambda node: node._number)
        assert old is not x
        assert first(new) is old
        assert (old.label, old.data) == ("x", 2)
        new.backward()
        assert (old.grad, x.grad) == (1, 0)


@pytest.mark.parametrize("way", [copy.deepcopy, pickled])
def test_a_copy_is_a_graph_of_its_own(way) -> None:
    x, third = Value(2.0), Value(Fraction(1, 3))
    y = (x * x + third).tanh() / x
    y.backward()
    z = way(y)
    assert repr(z) == repr(y)
    nodes = [Value.__repr__(node) for node in autograd.graph.ancestors(y)]
    assert [repr(node) for node in autograd.graph.ancestors(z)] == nodes
    before = x.grad, third.grad
    z.backward()
    assert (x.grad, third.grad) == before
    assert not {id(n) for n in autograd.graph.ancestors(z)} & {id(n) for n in autograd.graph.ancestors(y)}
    assert z._primitive is y._primitive


@pytest.mark.parametrize("way", [copy.deepcopy, pickled])
def test_attributes_go_along_even_in_a_circle(way) -> None:
    x = Value(2.0, label="x")
    x.m, x.me, x.child = [1.5], x, x * 2
    for z in (way(x), way(x.child)._a, way([x.child, x])[1]):
        assert z is not x
        assert z.me is z
        assert z.child._a is z
        assert z.m == [1.5]
        assert z.m is not x.m


def test_a_shallow_copy_shares_its_parents() -> None:
    x = Value(2.0, label="x")
    y = x * 3
    y.note = "hello"
    z = copy.copy(y)
    assert z is not y
    assert z.parents == (x,)
    assert (z.data, z.note) == (6, "hello")
    z.backward()
    assert x.grad == 3


def test_gradients_that_are_values_become_numbers() -> None:
    x = Value(2.0)
    (x * x).backward(create_graph=True)
    for z in (copy.deepcopy(x), pickled(x)):
        assert z.grad == 4
        assert type(z.grad) is float


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_every_protocol(protocol: int) -> None:
    x = Value(2.0)
    y = (x.exp() + x) * x
    z = pickle.loads(pickle.dumps(y, protocol))
    z.backward()
    y.backward()
    assert min(autograd.graph.ancestors(z), key=lambda node: node._number).grad == x.grad


def test_after_a_failed_pickle_the_next_one_works() -> None:
    x = Value(2.0)
    y = deepened(x)
    x.secret = lambda: 0
    with pytest.raises((pickle.PicklingError, AttributeError)):
        pickle.dumps(y)
    del x.secret
    assert first(pickled(y)).data == 2


def test_two_graphs_that_share_a_weight() -> None:
    w = Value(2.0)
    a, b = pickled([w * 3, w * 5])
    assert a._a is b._a
    a, b = copy.deepcopy((w * 3, w * 5))
    assert a._a is b._a


def elsewhere(root: Value) -> Value:
    """Pickled, and read by a process in which hardly anything was made before."""
    text = pickle.dumps(root)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(autograd.graph, "next_number", itertools.count(1).__next__)
        return pickle.loads(text)


@pytest.mark.parametrize("way", [copy.copy, copy.deepcopy, pickled, elsewhere])
def test_a_decision_is_refused_in_a_copy_too_and_a_measurement_is_not(way) -> None:
    for _ in range(10):
        x = Value(1.0)
    decided = x * 3 if x > 0 else x * 5
    with pytest.raises(ValueError, match="was compared"):
        autograd.compile(way(decided))
    loss = Value(2.0) * 3
    assert loss.data < 7
    assert autograd.compile(way(loss))() == 6


def test_a_row_of_ones_own_must_be_defined_where_it_is_read() -> None:
    row = autograd.primitive("own", lambda a: a * 2, lambda y, a: 2)
    text = pickle.dumps(row(Value(1.0)))
    assert pickle.loads(text)._primitive is row
    del TABLE["own"]
    with pytest.raises(LookupError, match="primitive 'own' that is not defined here; define it first"):
        pickle.loads(text)
