"""Value: what it accepts, how it compares, how it shows itself."""

import copy
import math
import pickle
import weakref
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

import autograd
from autograd import Value


@pytest.mark.parametrize(
    ("given", "data"),
    [
        (2, 2), (2.5, 2.5), (Fraction(1, 3), Fraction(1, 3)), (True, 1), (np.float64(2.5), 2.5), (np.float32(0.5), 0.5),
        (np.float16(0.5), 0.5), (np.longdouble(0.5), 0.5), (np.int8(3), 3), (np.uint64(2**63), 2**63),
        (np.bool_(True), 1), (np.array(2.5), 2.5), (np.array(3), 3),
    ],
)  # fmt: skip
def test_numbers_become_plain_numbers(given, data) -> None:
    assert Value(given).data == data
    assert type(Value(given).data) in (int, float, Fraction)
    assert Value(given).item() == data


@pytest.mark.parametrize(
    ("given", "advice"),
    [
        ((1.0,), "a stray comma makes a tuple; remove it"),
        ("1", r"convert text with float\(...\) first"),
        (1j, "use .real or .imag"),
        (None, "a function that forgets its return gives None"),
        ([1.0, 2.0], "make one Value per entry"),
        (np.array([1.0]), "make one Value per entry"),
        (np.array([1.0, 2.0]), "make one Value per entry"),
        (Value(1.0), "it is a Value already"),
        (Decimal(1), r"convert it with float\(...\), or exactly with Fraction\(...\)"),
        (np.complex128(1), "must be one real number"),
        (np.str_("a"), "convert text"),
        (object(), "must be one real number"),
    ],
)
def test_anything_else_is_refused_with_advice(given, advice) -> None:
    with pytest.raises(
        TypeError, match=rf"data must be one real number \(int, float, Fraction\), not .*{advice}|{advice}"
    ):
        Value(given)


def test_a_value_made_by_hand_from_nothing_has_no_operation() -> None:
    with pytest.raises(TypeError, match=r"autograd.primitive\('my_op', forward, partial\)"):
        Value(2.0, (), "exp")
    assert Value(2.0, (), "", "w").label == "w"


def test_labels_and_attributes_of_ones_own() -> None:
    v = Value(2.0, label="a")
    assert (v.label, Value(1.0).label) == ("a", "")
    v.label = "b"
    v.m, v.v = 0.1, 0.2
    assert (v.label, v.m, v.v) == ("b", 0.1, 0.2)


def test_values_are_equal_to_themselves_only() -> None:
    a, b = Value(2.0), Value(2.0)
    assert a == a
    assert a != b
    assert a != 2.0
    assert len({a, b}) == 2
    assert [a, b].index(b) == 1


def test_comparison_is_by_data() -> None:
    a, b = Value(1.0), Value(2.0)
    assert a < b
    assert a <= b
    assert b > a
    assert b >= 2
    assert a <= 1
    assert not a <= 0.5
    assert not b >= 3
    assert a > 0
    assert not a < np.float64(1)
    assert max([a, b]) is b
    assert sorted([b, a]) == [a, b]
    assert type(a < b) is bool
    for wrong in ("1", None, [1]):
        with pytest.raises(TypeError, match="operand must be one real number"):
            bool(a < wrong)


def test_leaving_the_graph_by_accident_is_refused() -> None:
    v = Value(2.0)
    for leave in (math.exp, float, math.sqrt, lambda v: np.asarray([v], dtype=float)):
        with pytest.raises((TypeError, ValueError)) as caught:
            leave(v)
        assert "autograd.exp(v)" in str(caught.value) + str(caught.value.__cause__)
    for leave in (int, len, iter, lambda v: v[0], list):
        with pytest.raises(TypeError):
            leave(v)


@pytest.mark.parametrize(
    ("leave", "instead"),
    [
        (float, "v.data"),
        (int, "v.data"),
        (complex, "v.data"),
        (bool, r"v.data != 0"),
        (lambda v: not v, r"where\(v, a, b\)"),
        (lambda v: v and 1, "where"),
        (round, r"round\(v.data\)"),
        (lambda v: round(v, 2), r"round\(v.data\)"),
        (math.floor, r"math.floor\(v.data\)"),
        (math.ceil, r"math.ceil\(v.data\)"),
        (math.trunc, r"math.trunc\(v.data\)"),
        (lambda v: v // 2, "v.data // w.data"),
        (lambda v: 2 // v, "v.data // w.data"),
        (lambda v: v % 2, "v.data % w.data"),
        (lambda v: 2 % v, "v.data % w.data"),
        (lambda v: divmod(v, 2), r"divmod\(v.data, w.data\)"),
        (lambda v: divmod(2, v), r"divmod\(v.data, w.data\)"),
        (lambda v: v[0], r"use model\(x\) itself"),
        (lambda v: np.floor(np.array([v])), "v.data"),
        (math.exp, r"autograd.exp\(v\)"),
        (lambda v: [1] if v else [], "where"),
    ],
)
def test_what_would_lose_the_gradient_says_what_to_write(leave, instead) -> None:
    with pytest.raises(TypeError, match=instead):
        leave(Value(2.0))


def test_plus_and_conjugate_are_the_value_itself() -> None:
    v = Value(2.0)
    assert +v is v
    assert v.conjugate() is v


def test_detach_and_copies_of_leaves_let_the_graph_go() -> None:
    x = Value(2.0)
    for away in (Value.detach, copy.deepcopy, lambda y: pickle.loads(pickle.dumps(y))):
        y = x * 3
        held = weakref.ref(y)
        kept = away(y)
        del y
        assert held() is None
        assert kept.data == 6.0


def test_detach() -> None:
    v = Value(2.0, label="w") * 3
    v.label = "y"
    d = v.detach()
    assert (d.data, d.label, d.parents, d.grad) == (6, "y", (), 0)


def test_how_it_shows_itself() -> None:
    v = Value(1 / 3)
    assert repr(v) == "Value(data=0.3333333333333333, grad=0)"
    assert f"{v}" == str(v) == repr(v)
    assert f"{v:.4f}" == "0.3333"
    assert f"{v:>8.2f}" == "    0.33"
    assert f"{Value(Fraction(1, 3)):.4f}" == "0.3333"
    assert f"{Value(3):5d}" == "    3"
    assert repr(Value(Fraction(1, 3))) == "Value(data=1/3, grad=0)"
    assert repr(Value(2.0, label="it's")) == """Value(data=2.0, grad=0, label="it's")"""
    v.backward()
    assert repr(v) == "Value(data=0.3333333333333333, grad=1)"


def test_signs_of_operations() -> None:
    a = Value(2.0)
    signs = [a + 1, 1 + a, a - 1, a * a, a / 2, 2 / a, a**2, a**a, 2**a, -a, a.tanh(), a.relu(), a.exp()]
    assert [node.op for node in signs] == ["+", "+", "-", "*", "/", "/", "**", "**", "**", "-", "tanh", "ReLU", "exp"]
    assert [node._op for node in signs][6:9] == ["**2", "**", "**"]
    assert (a + a)._prev == {a}
    assert a._prev == set()
    assert a._op == ""


def test_results_of_a_subclass_are_plain_values() -> None:
    class Weight(Value):
        pass

    w = Weight(2.0)
    assert type(w * 2) is type(2 * w) is type(w.exp()) is type(w.detach()) is type(autograd.erf(w)) is Value
    assert autograd.grad(lambda x: x * w)(3.0) == 2


def test_numbers_of_thousands_of_digits_can_be_shown() -> None:
    assert repr(Value(2) ** 20000) == "Value(data=3.980e+6020, grad=0)"


def test_a_pass_by_hand_as_in_the_lecture() -> None:
    a, b = Value(2.0), Value(-3.0)
    c = a * b
    d = c + a
    d.grad = 1.0
    d._backward()
    c._backward()
    assert (a.grad, b.grad) == (-2.0, 2.0)
