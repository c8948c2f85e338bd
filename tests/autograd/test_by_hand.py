"""Values made by hand with their local derivatives, as in microgpt, against the same computation recorded."""

import copy
import math
import pickle

import pytest

import autograd
from autograd import Value, no_grad


def sinh(x: Value) -> Value:
    return Value(math.sinh(x.data), (x,), (math.cosh(x.data),))


def scaled(x: Value, y: Value) -> Value:
    return Value(x.data * y.data, [x, y], [y.data, x.data])


def dot(xs: list[Value], ys: list[Value]) -> Value:
    total = sum(x.data * y.data for x, y in zip(xs, ys, strict=True))
    return Value(total, (*xs, *ys), (*[y.data for y in ys], *[x.data for x in xs]))


def pieces() -> tuple[Value, list[Value]]:
    a, b, c = Value(0.5, label="a"), Value(-1.5, label="b"), Value(2.0, label="c")
    return dot([sinh(a * b), b, c], [scaled(b, c), a, a + 1]) * a, [a, b, c]


def recorded() -> tuple[Value, list[Value]]:
    a, b, c = Value(0.5), Value(-1.5), Value(2.0)
    return ((a * b).sinh() * (b * c) + b * a + c * (a + 1)) * a, [a, b, c]


def test_gradients_are_those_of_the_same_computation_recorded() -> None:
    (y, leaves), (z, expected) = pieces(), recorded()
    assert y.data == pytest.approx(z.data, rel=1e-15)
    y.backward()
    z.backward()
    assert [x.grad for x in leaves] == pytest.approx([x.grad for x in expected], rel=1e-14)
    y.backward()  # leaves add up, the rest starts anew
    assert [x.grad for x in leaves] == pytest.approx([2 * x.grad for x in expected], rel=1e-14)
    assert autograd.grad(sinh)(0.5) == math.cosh(0.5)
    assert autograd.jvp(lambda x, y: scaled(x, y), [2.0, 3.0], [1.0, -1.0]) == (6, 1)


@pytest.mark.parametrize("way", [copy.deepcopy, lambda thing: pickle.loads(pickle.dumps(thing))])
def test_copies(way) -> None:
    y, leaves = pieces()
    again, copies = way((y, leaves))
    y.backward()
    again.backward()
    assert [x.grad for x in copies] == [x.grad for x in leaves]


def test_how_it_can_be_looked_at() -> None:
    x, y = Value(2.0, label="x"), Value(3.0, label="y")
    z = scaled(x, y)
    z.label = "z"
    assert z.op == z._op == "by_hand"
    assert z.parents == z._children == (x, y)
    assert z._prev == {x, y}
    assert z.local_grads == z._local_grads == (3, 2)
    words = [step.words for step in z.steps()]
    assert "z = by_hand(x, y) = by_hand(2, 3) = 6" in words
    assert any("d(by_hand(x, y))/dx = local_grad(z) = 3" in told for told in words)


def test_any_number_of_children() -> None:
    for count in (0, 1, 2, 3, 10, 1000):
        children = [Value(float(i)) for i in range(count)]
        y = Value(7.0, children, [i + 1 for i in range(count)])
        y.backward(2)
        assert y.data == 7
        assert [child.grad for child in children] == [2 * (i + 1) for i in range(count)]
    x = Value(1.0)
    Value(3.0, (x, x, x), (1, 2, 3)).backward()
    assert x.grad == 6


def test_inside_no_grad_it_is_a_leaf() -> None:
    x = Value(2.0)
    with no_grad():
        assert sinh(x).parents == ()


@pytest.mark.parametrize(
    ("make", "error", "message"),
    [
        (lambda x: Value(1.0, (x,), "exp"), TypeError, r"Value\(data, children, local_grads\)"),
        (lambda x: Value(1.0, (x,)), TypeError, r"Value\(data, children, local_grads\)"),
        (lambda x: Value(1.0, (), "exp"), TypeError, r"autograd.primitive\('my_op', forward, partial\)"),
        (lambda x: Value(1.0, x, (1.0,)), None, ""),
        (lambda x: Value(1.0, (x,), (1.0, 2.0)), ValueError, "one number per child, got 2 for 1 children"),
        (lambda x: Value(1.0, (x, 2.0), (1.0, 2.0)), TypeError, r"children\[1\] must be a Value, not float"),
        (lambda x: Value(1.0, (x,), (x,)), TypeError, r"local_grads\[0\] must be one real number"),
        (lambda x: Value(1.0, (x,), ("1",)), TypeError, r"local_grads\[0\] must be one real number"),
        (lambda x: Value(1.0, (x,), 2.0), TypeError, "local_grads must be a tuple"),
    ],
)
def test_what_cannot_be_made(make, error, message: str) -> None:
    x = Value(2.0)
    if error is None:
        assert make(x).parents == (x,)
        return
    with pytest.raises(error, match=message):
        make(x)


@pytest.mark.parametrize(
    "ask",
    [
        lambda y: y.backward(create_graph=True),
        lambda y: autograd.hessian(lambda x: sinh(x) * x)(0.5),
        lambda y: autograd.grad(autograd.grad(sinh))(0.5),
        lambda y: autograd.jvp(lambda x: autograd.grad(sinh)(x), [0.5], [1.0]),
    ],
)
def test_derivatives_of_its_derivatives_are_refused(ask) -> None:
    with pytest.raises(TypeError, match=r"made by hand are plain numbers, .* autograd\.primitive"):
        ask(pieces()[0])


def test_a_program_refuses_it() -> None:
    y, leaves = pieces()
    for inputs in ([], leaves[:1]):
        with pytest.raises(ValueError, match="made by hand, so a program cannot compute it anew"):
            autograd.compile(y, inputs)
