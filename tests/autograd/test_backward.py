"""The reverse sweep."""

import math
from fractions import Fraction

import numpy as np
import pytest

import autograd
from autograd import Value, no_grad
from autograd.backward import adjoints, contributions
from autograd.graph import ancestors


def test_both_edges_count() -> None:
    a = Value(3.0)
    (a * a).backward()
    assert a.grad == 6
    b = Value(3.0)
    (b + b).backward()
    assert b.grad == 2


def test_a_diamond_is_complete_before_it_is_passed_on() -> None:
    """The classic that needs the topological order: c = (a + a) + (a + a), 4 and not more, not less."""
    a = Value(3.0)
    b = a + a
    c = b + b
    c.backward()
    assert (c.grad, b.grad, a.grad) == (1, 2, 4)


def test_one_branch_longer_than_the_other() -> None:
    a = Value(2.0)
    b = a * 3
    c = ((b * b) * b + a) * b
    c.backward()
    assert a.grad == 4 * 81 * 8 + 2 * 3 * 2


def test_a_second_call_doubles_leaves_and_nothing_inside() -> None:
    a = Value(2.0)
    b = a * 3
    c = b * b
    c.backward()
    assert (a.grad, b.grad, c.grad) == (36, 12, 1)
    c.backward()
    assert (a.grad, b.grad, c.grad) == (72, 12, 1)


def test_leaves_add_up_over_losses() -> None:
    w = Value(2.0)
    (w * 3).backward()
    (w * w).backward()
    assert w.grad == 7
    w.grad = 0
    (w * 5).backward()
    assert w.grad == 5


def test_a_leaf_is_its_own_derivative() -> None:
    a = Value(2.0)
    a.backward()
    a.backward()
    assert a.grad == 2


def test_the_gradient_is_int_0_until_reached() -> None:
    a, b = Value(2.0), Value(3.0)
    (a * 2).backward()
    assert b.grad == 0
    assert type(b.grad) is int


def test_no_update_is_lost_on_shared_parts() -> None:
    x = Value(0.7)
    shared = x.sin()
    first, second = shared * 2, shared * shared
    (first + second).backward()
    assert x.grad == pytest.approx((2 + 2 * math.sin(0.7)) * math.cos(0.7), rel=1e-15)


@pytest.mark.parametrize("create_graph", [False, True])
def test_a_derivative_that_does_not_exist_leaves_everything_as_it_was(create_graph: bool) -> None:
    a, b = Value(0.0, label="a"), Value(2.0, label="b")
    (a * b).backward()
    before = a.grad, b.grad
    bad = b * 3 + a.sqrt() + b
    with pytest.raises(
        FloatingPointError, match=r"sqrt has no derivative with respect to a at a = 0.0 \(label 'a'\): it is inf"
    ):
        bad.backward(create_graph=create_graph)
    assert (a.grad, b.grad) == before


def test_a_partial_that_is_not_needed_may_be_missing() -> None:
    x = Value(0.0)
    (x.sqrt() * 0 + x * 3).backward()
    assert x.grad == 3
    base = Value(-2.0)
    (base**2).backward()
    assert base.grad == -4
    with pytest.raises(FloatingPointError, match="pow has no derivative with respect to b"):
        (base ** Value(2.0)).backward()


def test_infinities_of_the_numbers_themselves_are_left_alone() -> None:
    x = Value(math.inf)
    (x * x).backward()
    assert x.grad == math.inf


def test_gradients_can_be_differentiated_again() -> None:
    x, y = Value(2.0), Value(3.0)
    (x**3 * y).backward(create_graph=True)
    first = x.grad
    assert (first.data, y.grad.data) == (36, 8)
    x.grad = y.grad = 0
    first.backward()
    assert (x.grad, y.grad) == (36, 12)


def test_a_pass_may_begin_with_any_gradient() -> None:
    for gradient in (3, 3.0, Fraction(1, 3), np.float32(0.5)):
        x, y = Value(2.0), Value(-1.0)
        root = x * x * y
        root.backward(gradient)
        assert (root.grad, x.grad, y.grad) == pytest.approx((gradient, -4 * gradient, 4 * gradient))
    x = Value(2.0)
    (x * x).backward(gradient=2.0, retain_graph=True)
    (x * x).backward(None, retain_graph=False)
    assert x.grad == 8 + 4


def test_the_seed_may_be_a_value_that_is_differentiated() -> None:
    x, seed = Value(2.0), Value(3.0)
    (x**3).backward(seed, create_graph=True)
    x.grad.backward()
    assert seed.grad == 12  # d (seed * 3 x**2) / d seed


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda y: y.backward("1"), "gradient must be one real number"),
        (lambda y: y.backward([1.0]), "gradient must be one real number"),
        (lambda y: y.backward(True), r"not a bool: write backward\(create_graph=True\)"),
        (lambda y: y.backward(Value(1.0)), r"needs create_graph=True; or give its number, gradient\.data"),
        (lambda y: y.backward(1.0, True), "positional"),
    ],
)
def test_what_is_no_gradient_is_refused(call, message: str) -> None:
    x = Value(2.0)
    with pytest.raises(TypeError, match=message):
        call(x * x)
    assert x.grad == 0


def test_repr_and_format_while_the_gradient_is_a_value() -> None:
    x = Value(2.0)
    (x * x).backward(create_graph=True)
    assert repr(x) == "Value(data=2.0, grad=4.0)"


def test_contributions_give_the_chain_rule_edge_by_edge() -> None:
    a, b = Value(2.0), Value(-3.0)
    c = a * b
    d = c + a
    order = ancestors(d)
    d.grad = 1
    seen = []
    for node, argument, parent, local, share in contributions(order):
        parent.grad += share
        seen.append((node, argument, parent, local, share))
    assert seen == [(d, 0, c, 1, 1), (d, 1, a, 1, 1), (c, 0, a, -3, -3), (c, 1, b, 2, 2)]


def test_adjoints_leave_no_gradient_behind() -> None:
    outside = Value(5.0)
    outside.grad = 7
    x, y = Value(2.0), Value(3.0)
    root = x * y * outside
    assert adjoints(root, [x, y], since=x._number) == [15, 10]
    assert (outside.grad, x.grad, y.grad, root.grad) == (7, 0, 0, 0)
    assert adjoints(outside, [x, y], since=x._number) == [0, 0]


def test_what_was_computed_without_recording_has_no_gradient() -> None:
    x = Value(2.0)
    with no_grad():
        y = x * x
    (y * x).backward()
    assert x.grad == 4


def test_against_the_sum_over_paths() -> None:
    """Olah's picture: three edges, then three edges, nine paths, factored."""
    x = Value(1.0)
    y = x * 2 + x * 3 + x * 5
    z = y * 7 + y * 11 + y * 13
    z.backward()
    assert x.grad == (2 + 3 + 5) * (7 + 11 + 13)
    assert autograd.grad(lambda x: (x * 2 + x * 3) * 7)(1.0) == 35
