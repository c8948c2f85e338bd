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
    assert any("dz/dx = local_grad(z) = 3" in sentence for sentence in words)


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
        with pytest.raises(ValueError, match="made by hand, so a program cannot compute it again"):
            autograd.compile(y, inputs)


# ------------------------------------------------------------------ with a function that passes the gradient on


def tanh(x: Value) -> Value:
    """As in the lecture."""
    t = (math.exp(2 * x.data) - 1) / (math.exp(2 * x.data) + 1)
    out = Value(t, (x,), "tanh")

    def _backward() -> None:
        x.grad += (1 - t**2) * out.grad

    out._backward = _backward
    return out


def mul(a: Value, b: Value) -> Value:
    out = Value(a.data * b.data, (a, b), "*")

    def _backward() -> None:
        a.grad += b.data * out.grad
        b.grad += a.data * out.grad

    out._backward = _backward
    return out


def lecture(tanh, mul) -> tuple[Value, list[Value]]:
    a, b, c = Value(0.5, label="a"), Value(-1.5, label="b"), Value(2.0, label="c")
    h = tanh(mul(a, b) + c)
    return mul(h, h) * h + mul(tanh(h), a) - mul(b, b), [a, b, c]


def test_a_backward_set_by_hand_is_called_in_the_sweep() -> None:
    y, leaves = lecture(tanh, mul)
    z, expected = lecture(Value.tanh, lambda a, b: a * b)
    y.backward()
    z.backward()
    assert y.data == pytest.approx(z.data, rel=1e-14)
    assert [x.grad for x in leaves] == pytest.approx([x.grad for x in expected], rel=1e-13)
    y.backward()
    with autograd.detect_anomaly():
        y.backward()
    assert [x.grad for x in leaves] == pytest.approx([3 * x.grad for x in expected], rel=1e-13)
    assert autograd.grad(lambda x: mul(tanh(x), x))(0.5) == pytest.approx(autograd.grad(lambda x: x.tanh() * x)(0.5))


def test_it_is_called_once_a_pass_when_its_gradient_is_complete() -> None:
    x, seen = Value(3.0), []
    out = Value(6.0, (x,), "double")
    out._backward = lambda: (seen.append(out.grad), setattr(x, "grad", x.grad + 2 * out.grad))
    (out * 2 + out * 5).backward()
    assert (seen, x.grad) == ([7], 14)
    ((out - out) * 1.0).backward()  # a gradient of 0 passes nothing on
    assert (seen, x.grad) == ([7], 14)


def test_it_may_replace_the_derivative_of_a_recorded_operation() -> None:
    """A straight-through estimator, and a gradient that is clipped: not linear in the gradient that comes in."""
    x = Value(0.3)
    out = x.step() * 1.0
    out._backward = lambda: None
    through = x * 1.0
    through._backward = lambda: setattr(x, "grad", x.grad + max(-1, min(1, through.grad)))
    (through * 50 + out).backward()
    assert x.grad == 1
    (through * -0.25).backward()
    assert x.grad == 0.75


def test_steps_say_what_it_added() -> None:
    y, _ = lecture(tanh, mul)
    gradients = [step.after for step in y.steps() if step.action == "add" and step.name == "a"]
    y.backward()
    assert gradients[-1] == pytest.approx(y.parents[0].parents[1].parents[1].grad)
    assert y.steps() == y.steps()
    assert (tanh(Value(0.5))._op, mul(Value(1.0), Value(2.0))._op) == ("tanh", "*")


@pytest.mark.parametrize(
    ("ask", "error", "message"),
    [
        (lambda y: y.backward(create_graph=True), TypeError, "made by hand are plain numbers"),
        (lambda y: autograd.hessian(lambda x: tanh(x) * x)(0.5), TypeError, "made by hand are plain numbers"),
        (lambda y: autograd.jvp(tanh, [0.5], [1.0]), TypeError, "goes backwards only"),
        (lambda y: autograd.compile(y), ValueError, "made by hand, so a program cannot compute it again"),
        (lambda y: Value(1.0, (Value(2.0),), "exp").backward(), TypeError, "set its _backward, or give them"),
        (lambda y: setattr(Value(1.0), "_backward", print), TypeError, "name what the Value was computed from"),
        (lambda y: setattr(y, "_backward", 3), TypeError, "must be a function"),
        (lambda y: copy.deepcopy(y), TypeError, "cannot be copied"),
        (lambda y: pickle.dumps(y), TypeError, "cannot be copied or pickled"),
        (lambda y: Value(1.0, [Value(1.0)] * 3, "+"), TypeError, r"Value\(data, children, local_grads\)"),
    ],
)
def test_what_it_cannot_do_is_refused(ask, error, message: str) -> None:
    y, leaves = lecture(tanh, mul)
    with pytest.raises(error, match=message):
        ask(y)
    assert [x.grad for x in leaves] == [0, 0, 0]


def test_an_error_in_it_leaves_all_gradients_as_they_were() -> None:
    x = Value(2.0)
    x.grad = 5.0
    out = Value(4.0, (x,), "broken")
    out._backward = lambda: 1 / 0
    with pytest.raises(ZeroDivisionError):
        (out * 3).backward()
    assert x.grad == 5
