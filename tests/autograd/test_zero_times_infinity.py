"""One rule for 0 times infinity, in every mode: docs/conventions.md."""

import math
from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import autograd
from autograd import Value, grad, hessian, jvp, where
from autograd.coercion import UNDEFINED
from autograd.registry import TABLE

BACKENDS = ("numpy", "numba") if find_spec("numba") else ("numpy",)
ROWS = [row for row in TABLE.values() if not row.custom and not row.name.startswith("_")]

REFUSED = {
    "sqrt(x)**2, right is 1": (lambda x: autograd.sqrt(x) ** 2, 0.0),
    "cos(acos(x)), right is 1": (lambda x: autograd.cos(autograd.acos(x)), 1.0),
    "cosh(acosh(x)), right is 1": (lambda x: autograd.cosh(autograd.acosh(x)), 1.0),
    "a length squared, right is 0": (lambda x: autograd.hypot(x, x) ** 2, 0.0),
    "x**0.5 squared": (lambda x: (x**0.5) ** 2, 0.0),
    "shares that cancel": (lambda x: autograd.sqrt(x) - autograd.sqrt(x), 0.0),
    "a factor that happens to be 0": (lambda x: autograd.sqrt(x) * x, 0.0),
    "a kink at 0 is not a branch that was dropped": (lambda x: autograd.sqrt(abs(x)), 0.0),
    "0 first, infinity behind it": (lambda x: autograd.sqrt(x * x), 0.0),
    "an infinity whose sign is lost": (lambda x: autograd.asin(x) * autograd.acos(x), 1.0),
}
DROPPED = {
    "where": (lambda x: where(x, autograd.sqrt(x), 3 * x), 0.0, 3.0),
    "where, the other branch": (lambda x: where(-x, 3 * x, autograd.sqrt(x)) * where(-1 - x, 1, 1), 4.0, 0.25),
    "a choice in front of the infinity": (lambda x: autograd.sqrt(autograd.relu(x)), -1.0, 0.0),
    "a choice behind it": (lambda x: autograd.relu(autograd.sqrt(x) - 1), 0.0, 0.0),
    "the smaller one": (lambda x: autograd.maximum(autograd.sqrt(x), 5 * x + 1), 0.0, 5.0),
    "the larger one": (lambda x: autograd.minimum(autograd.sqrt(x) + 1, 5 * x), 0.0, 5.0),
    "a step": (lambda x: autograd.step(autograd.sqrt(x)) + x, 0.0, 1.0),
    "a plain number 0 in front": (lambda x: autograd.sqrt(x * 0) + x, 3.0, 1.0),
    "a plain number 0 behind": (lambda x: 0.0 * autograd.sqrt(x) + x, 0.0, 1.0),
    "the power 0": (lambda x: autograd.sqrt(x) ** 0 + x, 0.0, 1.0),
}


@pytest.mark.parametrize(("f", "point"), REFUSED.values(), ids=REFUSED)
def test_a_derivative_that_may_be_anything_is_refused_in_every_mode(f: Callable[[Any], Any], point: float) -> None:
    for derivative in (grad(f), hessian(f), lambda x: jvp(f, [x], [1.0]), lambda x: f(Value(x)).steps()):
        with pytest.raises(FloatingPointError, match=r"has no derivative with respect to [ab] at a = "):
            derivative(point)
    x = Value(point)
    for create_graph in (False, True):
        with pytest.raises(FloatingPointError, match="has no derivative"):
            f(x).backward(create_graph=create_graph)
        assert x.grad == 0
    x, fine = Value(point), Value(2.0)
    for backend in BACKENDS:
        program = autograd.compile(f(x) + fine, [x], backend)
        assert not math.isfinite(program.gradient([[point]])[0, 0])
        assert not math.isfinite(program.gradient([[point], [point]])[1, 0])


@pytest.mark.parametrize(("f", "point", "right"), DROPPED.values(), ids=DROPPED)
def test_what_is_dropped_passes_nothing_on(f: Callable[[Any], Any], point: float, right: float) -> None:
    assert grad(f)(point) == right
    assert jvp(f, [point], [1.0])[1] == right
    assert hessian(f)(point)[0][0] == pytest.approx(0 if point != 4 else -1 / 32)
    x, scale = Value(point), Value(1.0)
    output = f(x) * scale
    for create_graph in (False, True):
        x.grad = 0
        output.backward(create_graph=create_graph)
        assert getattr(x.grad, "data", x.grad) == right
    for backend in BACKENDS:
        program = autograd.compile(output, [x], backend)
        assert program.gradient([[point]])[0, 0] == right
        assert program.gradient([[0.5], [point], [2.0]])[1, 0] == right
        x.grad = scale.grad = 0
        whole = autograd.compile(output, [], backend)
        whole.backward()
        assert x.grad == right
        assert scale.grad == f(x).data


def graphs() -> st.SearchStrategy[list[tuple[str, int, int]]]:
    place = st.integers(0, 9)
    return st.lists(st.tuples(st.sampled_from([row.name for row in ROWS]), place, place), min_size=1, max_size=6)


SPECIAL = st.sampled_from([0.0, 1.0, -1.0, 0.5, 2.0, -2.0])


def built(graph: list[tuple[str, int, int]], x: Any, y: Any) -> Any:
    """The last of some operations on the inputs, on plain numbers and on what came before."""
    known = [x, y, 0, 1.0, -1, 2]
    for name, first, second in graph:
        row = TABLE[name]
        known.append(row(*(known[place % len(known)] for place in (-1 - first, -1 - second)[: row.arity])))
    return known[-1]


def outcome(compute: Callable[[], Any]) -> Any:
    """The result as a float, or None where it is refused."""
    try:
        result = float(compute())
    except FloatingPointError:
        return None
    return result if math.isfinite(result) else None


@settings(max_examples=400, deadline=None)
@given(graphs(), SPECIAL, SPECIAL)
def test_all_modes_refuse_together_and_else_agree(graph: list[tuple[str, int, int]], x: float, y: float) -> None:
    inputs = [Value(x), Value(y)]

    def f(*point: Any) -> Any:
        return built(graph, *point)

    try:
        output = f(*inputs)
    except UNDEFINED:
        return
    if not isinstance(output, Value):
        return
    gradients = [autograd.compile(output, inputs, backend).gradient([[x, y]])[0] for backend in BACKENDS]
    for argument in (0, 1):
        tangents = [float(place == argument) for place in (0, 1)]
        reverse = outcome(lambda at=argument: grad(f, at)(x, y))
        forward = outcome(lambda along=tangents: jvp(f, [x, y], along)[1])
        again = outcome(lambda at=argument: grad(f, at)(Value(x), Value(y)).data)
        programs = [outcome(lambda row=row, at=argument: row[at]) for row in gradients]
        for other in (forward, again, *programs):
            assert (other is None) == (reverse is None), (reverse, forward, again, programs)
            assert reverse is None or other == pytest.approx(reverse, rel=1e-9, abs=1e-12)
