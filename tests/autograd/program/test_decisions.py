"""A decision taken with Python's if, max, min or sorted never reaches a program unseen."""

import copy
import pickle
from collections.abc import Callable

import numpy as np
import pytest

import autograd
from autograd import Value, compile, no_grad, where

Decide = Callable[[Value, Value, Value], object]

# Each gives something computed from a weight and two inputs, with a decision of Python's on the way.
DECISIONS: dict[str, Decide] = {
    "if": lambda w, x, t: w * x if x > t else w * t,
    "if not": lambda w, x, t: w * x if not x <= t else w * t,
    "a chained comparison": lambda w, x, t: w * x if -1 < x < 1 else w * t,
    "max of the output": lambda w, x, t: max(1 - t * (w * x), 0.0),
    "max, the number first": lambda w, x, t: max(0.0, 1 - t * (w * x)),
    "min of the output": lambda w, x, t: min(w * x * t, 100.0),
    "max of two leaves": lambda w, x, t: max(x, t),
    "max of a leaf and a weight": lambda w, x, t: max(w, x),
    "the first of sorted": lambda w, x, t: sorted([w * x, w * t])[0],
    "all of sorted": lambda w, x, t: sorted([w * x, w * t, x * t]),
    "sorted in reverse": lambda w, x, t: sorted([w * x, w * t], reverse=True)[0],
    "abs by hand": lambda w, x, t: y if (y := w * x) >= 0 else -y,
    "clamp by hand": lambda w, x, t: y if (y := w * x) < 100 else y * 0 + 100,
    "the place of the largest": lambda w, x, t: [w * 3, w * 5][[x, t].index(max(x, t))],
    "a key": lambda w, x, t: max([0, 1], key=lambda i: [x, t][i]) + w * x,
    "the number of terms": lambda w, x, t: sum([w * v for v in (x, t) if v > -100]),
    "what is chosen is a list": lambda w, x, t: [w * x, w * t] if x > 0 else [w * t, w * x],
    "one of several outputs": lambda w, x, t: [w * t, max(w * x, w * t)],
    "compared, and not in the graph": lambda w, x, t: w * 3 if x * 2 > 0 else w * 5,
    "compared long before": lambda w, x, t: [w * 3 + x, w * 5][(x * 2 + t) * 4 < 0],
    "with a number that depends on no input": lambda w, x, t: x * w if w * 2 > 0 else x * 3,
    "in a nested function": lambda w, x, t: (lambda h: w * h if h > 0 else w)(x + t),
    "the maximum of arrays": lambda w, x, t: np.maximum(np.array([w * x]), np.array([w * t]))[0],
    "a sorted array": lambda w, x, t: np.sort(np.array([w * x, w * t]))[0],
    "the place in an array": lambda w, x, t: [w * x, w * t][int(np.argmax(np.array([x, t])))],
    "an array compared": lambda w, x, t: (w * x) if (np.array([x, t]) > 0).all() else w,
    "inside no_grad": lambda w, x, t: w * x if no_grad()(lambda: x > 0)() else w,
}


def leaves() -> tuple[Value, Value, Value]:
    return Value(0.5, label="w"), Value(1.0, label="x"), Value(-1.0, label="t")


@pytest.mark.parametrize("decide", DECISIONS.values(), ids=DECISIONS)
def test_a_decision_is_refused(decide: Decide) -> None:
    w, x, t = leaves()
    with pytest.raises(ValueError, match=r"was compared .* where\(x, a, b\), maximum"):
        compile(decide(w, x, t), [x, t])


@pytest.mark.parametrize("decide", DECISIONS.values(), ids=DECISIONS)
def test_without_inputs_it_is_refused_when_it_was_about_a_leaf_of_the_program(decide: Decide) -> None:
    w, x, t = leaves()
    output = decide(w, x, t)
    whole = [*output, x, t] if isinstance(output, list) else [output, x, t]
    with pytest.raises(ValueError, match="was compared"):
        compile(whole)


@pytest.mark.parametrize("way", [copy.copy, copy.deepcopy, lambda thing: pickle.loads(pickle.dumps(thing))])
@pytest.mark.parametrize("decide", DECISIONS.values(), ids=DECISIONS)
def test_a_decision_is_refused_in_a_copy_too(decide: Decide, way: Callable[[object], object]) -> None:
    w, x, t = leaves()
    output = decide(w, x, t)
    output, x, t = copy.deepcopy((output, x, t)) if way is copy.copy else way((output, x, t))
    with pytest.raises(ValueError, match="was compared"):
        compile(output, [x, t])


def test_the_refusal_names_what_was_compared() -> None:
    x = Value(1.0, label="x")
    hidden = x * 2
    hidden.label = "hidden"
    assert hidden > 0
    with pytest.raises(ValueError, match=r"^'hidden' \(the result of mul, 2\) was compared"):
        compile(hidden.exp(), [x])
    with pytest.raises(ValueError, match=r"^something computed from 'x' \(a leaf, 1\) was compared"):
        compile(x.exp(), [x])


def test_both_sides_of_a_comparison_count() -> None:
    a, b = Value(1.0, label="a"), Value(2.0)
    assert b > a
    for node, name in ((a, "'a'"), (b, "a leaf")):
        with pytest.raises(ValueError, match=name):
            compile(node * 2)


# ------------------------------------------------------------------ what must still compile


def test_what_was_compared_elsewhere_is_no_decision_here() -> None:
    others = sorted([Value(3.0) * 2, Value(1.0) * 5, Value(2.0)])
    assert max(others) is others[-1]
    a, b = Value(1.0), Value(2.0)
    assert a.data < b.data
    assert compile(a * b + 1, [a])([[3]]).tolist() == [7]


def test_scores_compared_before_the_inputs_were_made_are_a_measurement() -> None:
    w = Value(2.0)
    scores = [w * row for row in (0.5, 1.5)]
    assert scores.index(max(scores)) == 1
    x = Value(1.0)
    assert compile(w * x, [x])([[3]]).tolist() == [6]


def test_choices_that_are_recorded_as_such() -> None:
    w, x, t = leaves()
    program = compile(autograd.maximum(1 - t * (w * x), 0) + where(x, w, t) + abs(x) + x.relu(), [x, t])
    assert program([[5.0, 1.0], [-2.0, -1.0]]).tolist() == [0 + 0.5 + 5 + 5, 0 - 1 + 2 + 0]


def test_a_program_runs_on_whatever_is_compared_after_it_was_compiled() -> None:
    w, x = Value(2.0), Value(1.0)
    loss = w * x
    program = compile(loss, [x])
    assert loss < 3
    assert program([[3.0]]).tolist() == [6]


def test_whether_two_are_the_same_value_says_nothing_about_numbers() -> None:
    w, x = Value(2.0), Value(1.0)
    assert w != x
    assert [w, x].index(x) == 1
    assert compile(w * x, [x])([[3.0]]).tolist() == [6]


def test_comparing_a_long_chain_at_every_step_takes_time_in_proportion() -> None:
    y, compared = Value(0.0), 0
    for _ in range(20_000):  # each step passes the ones before it no second time, or this would take minutes
        y = y + 1.0
        compared += y > 0
    assert compared == 20_000


# ------------------------------------------------------------------ derivatives that a program would lose


@pytest.mark.parametrize("transform", [autograd.grad, autograd.jacobian, autograd.hessian])
@pytest.mark.parametrize(
    "f",
    [
        lambda t: compile(t * 3)(),
        lambda t: compile([t * 3])()[0],
        lambda t: t + compile(t * 3).backward(),
        lambda t: autograd.grad(lambda s: s * compile(t * 3)())(2.0),
        lambda t: (lambda x: compile(x * t, [x])([[2.0]])[0])(Value(1.0)),
    ],
)
def test_inside_a_function_that_is_differentiated_its_argument_is_not_turned_into_numbers(transform, f) -> None:
    with pytest.raises(TypeError, match="an argument of a function that is being differentiated"):
        transform(f)(1.5)


def test_a_program_of_something_else_is_a_measurement_there() -> None:
    w = Value(2.0)
    assert autograd.grad(lambda t: t * compile(w * 3)())(1.5) == 6
    assert autograd.grad(lambda t: t * (lambda x: compile(x * 3, [x]).gradient([[1.0]])[0, 0])(Value(1.0)))(1.5) == 3
