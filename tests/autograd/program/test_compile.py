"""Programs: a graph recorded once and replayed, against the graph recorded anew for every row."""

import math
import random
import tracemalloc
from collections.abc import Callable
from fractions import Fraction
from importlib.util import find_spec

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import autograd
from autograd import Value, maximum, relu, tanh, where
from autograd.program.program import Program

HAS_NUMBA = find_spec("numba") is not None
backends = pytest.mark.parametrize(
    "backend",
    ["numpy", pytest.param("numba", marks=pytest.mark.skipif(not HAS_NUMBA, reason="no numba"))],
)


def recorded(backend: str) -> tuple[Program, Callable[..., Value], list[Value]]:
    """A program of two inputs and two leaves, the function it was recorded from, and the leaves."""
    w, b = Value(0.7, label="w"), Value(-0.3, label="b")

    def f(x: Value, t: Value) -> Value:
        return (tanh(w * x + b) - t) ** 2 + w * w

    x, t = Value(0.1), Value(0.2)
    return autograd.compile(f(x, t), [x, t], backend), f, [w, b]


ROWS = [[0.5, 1.0], [-1.5, 0.25], [2.0, -0.5], [0.0, 0.0], [0.125, 3.0]]


# ------------------------------------------------------------------ the contract


@backends
@pytest.mark.parametrize("count", [1, 2, 5])
def test_a_replay_gives_what_recording_each_row_gives(backend: str, count: int) -> None:
    program, f, leaves = recorded(backend)
    rows = ROWS[:count]
    mean = program.backward(rows)
    gradients = [leaf.grad for leaf in leaves]
    for leaf in leaves:
        leaf.grad = 0
    examples = [(Value(x), Value(t)) for x, t in rows]
    outputs = [f(*example) for example in examples]
    (sum(outputs) * (1 / count)).backward()
    assert program(rows) == pytest.approx([output.data for output in outputs], rel=1e-14)
    assert mean == pytest.approx(sum(output.data for output in outputs) / count, rel=1e-14)
    assert gradients == pytest.approx([leaf.grad for leaf in leaves], rel=1e-13)
    slopes = np.array([[x.grad * count, t.grad * count] for x, t in examples])
    assert program.gradient(rows) == pytest.approx(slopes, rel=1e-13)


@backends
def test_shapes(backend: str) -> None:
    program, _, _ = recorded(backend)
    assert program(ROWS).shape == (5,)
    assert program.gradient(np.array(ROWS)).shape == (5, 2)
    assert isinstance(program.backward(ROWS), float)
    assert program.backend == backend
    assert repr(program).startswith("<program: 2 inputs, 1 output, 2 leaves,")


@backends
def test_leaves_are_read_at_each_call_and_gradients_add_up(backend: str) -> None:
    program, f, (w, b) = recorded(backend)
    program.backward(ROWS)
    once = w.grad, b.grad
    program.backward(ROWS)
    assert (w.grad, b.grad) == pytest.approx((2 * once[0], 2 * once[1]))
    w.data, b.data = -1.25, Fraction(1, 2)
    assert program(ROWS)[1] == pytest.approx(f(Value(-1.5), Value(0.25)).data)


@backends
def test_nothing_but_backward_touches_a_gradient(backend: str) -> None:
    program, _, leaves = recorded(backend)
    program(ROWS)
    program.gradient(ROWS)
    assert [leaf.grad for leaf in leaves] == [0, 0]


@backends
def test_more_rows_than_fit_in_a_block(backend: str) -> None:
    program, f, (w, _) = recorded(backend)
    draw = random.Random(5)
    rows = [[draw.uniform(-2, 2), draw.uniform(-2, 2)] for _ in range(20_001)]
    mean = program.backward(rows)
    outputs = np.array([f(Value(x), Value(t)).data for x, t in rows[::1000]])
    assert program(rows)[::1000] == pytest.approx(outputs)
    assert mean == pytest.approx(program(rows).mean())
    whole, w.grad = w.grad, 0
    for start in range(0, len(rows), 1000):  # the mean of parts, weighted by their size
        part = rows[start : start + 1000]
        before, w.grad = w.grad, 0
        program.backward(part)
        w.grad = before + w.grad * len(part) / len(rows)
    assert whole == pytest.approx(w.grad)


@backends
def test_an_output_that_depends_on_no_input(backend: str) -> None:
    x, w = Value(1.0), Value(3.0)
    program = autograd.compile(w * w, [x], backend)
    assert program([[1], [2]]).tolist() == [9, 9]
    assert program.gradient([[1], [2]]).tolist() == [[0], [0]]
    assert program.backward([[1], [2], [3]]) == 9
    assert w.grad == pytest.approx(6)


@backends
def test_an_output_that_is_an_input_or_a_leaf(backend: str) -> None:
    x, w = Value(1.0), Value(3.0)
    program = autograd.compile(x, [x], backend)
    assert program([[4], [5]]).tolist() == [4, 5]
    assert program.gradient([[4], [5]]).tolist() == [[1], [1]]
    program = autograd.compile(w, [], backend)
    assert program() == 3
    assert program.backward() == 3
    assert w.grad == 1


@pytest.mark.skipif(not HAS_NUMBA, reason="no numba")
def test_a_program_for_one_row_takes_at_most_64_bytes_a_node() -> None:
    a, b, y = Value(0.5), Value(0.25), Value(1.0)
    for _ in range(20_000):
        y = (y - a) * b + a
    autograd.compile(a * b)()  # whatever is loaded once
    tracemalloc.start()
    program = autograd.compile(y, backend="numba")
    program.backward()
    kept = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert kept / 60_000 <= 64


@backends
def test_several_outputs_are_for_looking_at(backend: str) -> None:
    x, w = Value(1.0), Value(3.0)
    program = autograd.compile([x * w, w, x], [x], backend)
    assert program([[4], [5]]).tolist() == [[12, 3, 4], [15, 3, 5]]
    for method in (program.backward, program.gradient):
        with pytest.raises(TypeError, match="list of 3"):
            method([[4]])
    assert w.grad == 0


@backends
def test_without_inputs_the_graph_is_replayed_as_it_is(backend: str) -> None:
    a, b = Value(2.0), Value(-3.0)
    program = autograd.compile((a * b + 1).tanh(), backend=backend)
    a.data = 0.25
    assert program() == pytest.approx(math.tanh(0.25), rel=1e-15)
    assert program.backward() == pytest.approx(math.tanh(0.25), rel=1e-15)
    assert a.grad == pytest.approx(-3 * (1 - math.tanh(0.25) ** 2))
    assert autograd.compile([a, b], backend=backend)().tolist() == [0.25, -3]
    with pytest.raises(TypeError, match="without inputs"):
        program([[1.0]])


@backends
def test_a_value_in_a_row_receives_its_gradient(backend: str) -> None:
    x, y, w = Value(0.0), Value(0.0), Value(2.0)
    program = autograd.compile(w * x * x + y, [x, y], backend)
    cat, dog = Value(3.0), Value(5.0)
    rows = [[cat, 1.0], [dog, 2], [cat, dog], [1.0, Fraction(1, 4)]]
    assert program(rows).tolist() == [19, 52, 23, 2.25]
    program.backward(rows)
    # d mean / d cat: two rows of 2 w x / 4; dog is once an x and once a y
    assert cat.grad == 2 * (2 * 2 * 3) / 4
    assert dog.grad == (2 * 2 * 5) / 4 + 1 / 4
    assert w.grad == (9 + 25 + 9 + 1) / 4
    assert program.gradient(rows).tolist() == [[12, 1], [20, 1], [12, 1], [4, 1]]
    cat.data = 0.0
    assert program([[cat, 0]]).tolist() == [0]


@backends
def test_zero_rows(backend: str) -> None:
    program, _, leaves = recorded(backend)
    assert program(np.empty((0, 2))).shape == (0,)
    assert program([]).shape == (0,)
    assert program.gradient([]).shape == (0, 2)
    assert program(np.empty((0, 2), dtype=str)).shape == (0,)
    with pytest.raises(ValueError, match="at least one row"):
        program.backward([])
    assert [leaf.grad for leaf in leaves] == [0, 0]


@backends
def test_nan_passes_through_and_stays_in_its_row(backend: str) -> None:
    x, w = Value(1.0), Value(2.0)
    program = autograd.compile(maximum(relu(x * w), -1) + x, [x], backend)
    outputs = program([[1.0], [math.nan], [2.0]])
    assert outputs.tolist()[0::2] == [3, 6]
    assert math.isnan(outputs[1])
    assert program.gradient([[1.0], [math.nan], [2.0]])[0::2].tolist() == [[3], [3]]


@backends
def test_a_branch_that_is_not_taken_cannot_poison_the_gradient(backend: str) -> None:
    x, w = Value(1.0), Value(1.0)
    program = autograd.compile(where(x, w * x.sqrt(), x * w / x), [x], backend)
    for rows in ([[0.0]], [[0.0], [-4.0], [4.0]]):
        assert np.all(np.isfinite(program.gradient(rows)[1:]))
    taken_elsewhere = autograd.compile(where(x, x.log(), x), [x], backend)
    for rows in ([[0.0]], [[0.0], [0.0]]):
        assert taken_elsewhere.gradient(rows).tolist() == [[1]] * len(rows)
    # an infinite factor, of a leaf and of an input, alone and in a sum
    factors = autograd.compile(where(x, w * (1 / x) + x * (1 / x) - w * (1 / x), x), [x], backend)
    for rows in ([[0.0]], [[0.0], [0.0]]):
        assert factors.gradient(rows).tolist() == [[1]] * len(rows)
        w.grad = 0
        factors.backward(rows)
        assert w.grad == 0


@backends
def test_a_sum_of_two_products(backend: str) -> None:
    a, b, x, t = Value(2.0), Value(3.0), Value(5.0), Value(7.0)
    program = autograd.compile(a * x + b * t, [x, t], backend)
    for rows in ([[5.0, 7.0]], [[5.0, 7.0], [1.0, -1.0]]):
        assert program(rows).tolist() == [31, -1][: len(rows)]
        assert program.gradient(rows).tolist() == [[2, 3]] * len(rows)


@backends
def test_zero_and_minus_zero_are_two_constants(backend: str) -> None:
    x = Value(-1.0)
    program = autograd.compile([autograd.atan2(0.0, x), autograd.atan2(-0.0, x)], [x], backend)
    assert program([[-2.0]]).tolist() == [[math.pi, -math.pi]]


@backends
def test_infinite_numbers_follow_ieee_rules(backend: str) -> None:
    x = Value(1.0)
    program = autograd.compile(1 / x + x.log(), [x], backend)
    assert math.isnan(program([[-1.0]])[0])
    assert program([[math.inf], [math.inf]]).tolist() == [math.inf, math.inf]


def test_a_custom_row_runs_on_numpy_and_the_program_says_so() -> None:
    def cubed(a: float) -> float:
        return a * a * a if a > 0 else -(abs(a) ** 3)  # a choice of Python's: entry by entry it may be made

    cube = autograd.primitive("cube_for_programs", cubed, lambda y, a: 3 * a * a)
    try:
        x, w = Value(2.0), Value(1.5)
        program = autograd.compile(cube(x * w), [x])
        assert program.backend == "numpy"
        assert program([[1.0], [-2.0]]) == pytest.approx([1.5**3, -27])
        program.backward([[1.0], [-2.0]])
        assert w.grad == pytest.approx((3 * 1.5**2 - 3 * 9 * 2) / 2)
        with pytest.raises(ValueError, match="cube_for_programs"):
            autograd.compile(cube(x * w), [x], backend="numba")
    finally:
        del autograd.primitive.__globals__["TABLE"]["cube_for_programs"]


# ------------------------------------------------------------------ any graph


@given(st.integers(0, 2**32), st.integers(1, 40), st.integers(1, 4))
@backends
def test_any_graph_replays_as_it_was_recorded(backend: str, seed: int, size: int, count: int) -> None:
    draw = random.Random(seed)
    leaves = [Value(draw.uniform(-2, 2)) for _ in range(3)]
    rows = [[draw.uniform(-2, 2) for _ in range(2)] for _ in range(count)]
    plan = draw.random()

    def record(inputs: list[Value]) -> Value:
        choose = random.Random(plan)
        nodes: list[Value | float] = [*inputs, *leaves, choose.uniform(-1, 1), 0.0, -0.0]
        for _ in range(size):
            a, b = choose.choice(nodes), choose.choice(nodes)
            a = a if isinstance(a, Value) else a + leaves[0]
            made = choose.choice(
                [
                    lambda a, b: a + b, lambda a, b: a * b, lambda a, b: b - a, lambda a, b: a.tanh() * b,
                    lambda a, b: a.relu() + b, lambda a, b: maximum(a, b), lambda a, b: where(a, b, a),
                    lambda a, b: a / (2 + a * a), lambda a, b: a.sigmoid(), lambda a, b: a * a + b, lambda a, b: abs(a),
                ]
            )(a, b)  # fmt: skip
            nodes.append(made.tanh() if abs(made.data) > 3 else made)
        return sum(node for node in nodes[-3:] if isinstance(node, Value)) + leaves[1]

    inputs = [Value(entry) for entry in rows[0]]
    program = autograd.compile(record(inputs), inputs, backend)
    output = record(inputs)
    output.backward()
    assert program(rows[:1])[0] == pytest.approx(output.data, rel=1e-12, abs=1e-12)
    expected = [leaf.grad for leaf in leaves]
    for leaf in leaves:
        leaf.grad = 0
    program.backward(rows[:1])
    assert [leaf.grad for leaf in leaves] == pytest.approx(expected, rel=1e-9, abs=1e-9)
    slopes = program.gradient(rows)
    assert slopes[0] == pytest.approx([x.grad for x in inputs], rel=1e-9, abs=1e-9)
    # several rows together are what each is alone
    assert program(rows) == pytest.approx([program([row])[0] for row in rows], rel=1e-12, abs=1e-12)
    assert slopes == pytest.approx(np.array([program.gradient([row])[0] for row in rows]), rel=1e-9, abs=1e-9)


# ------------------------------------------------------------------ what is refused


@pytest.mark.parametrize(
    ("rows", "error", "message"),
    [
        ([1.0, 2.0], ValueError, r"shape \(n, 2\).*not \(2,\)"),
        ([[1.0, 2.0, 3.0]], ValueError, r"shape \(n, 2\).*not \(1, 3\)"),
        ([[1.0, 2.0], [1.0]], ValueError, "differ in length"),
        ([[[1.0, 2.0]]], ValueError, r"not \(1, 1, 2\)"),
        (3.0, TypeError, "must be a list or an array, not float 3.0"),
        ([["1.0", "2.0"]], TypeError, r"rows\[0\]\[0\] must be .*, not str '1.0': convert text with float"),
        ([[1.0, "2.0"]], TypeError, r"rows\[0\]\[1\] must be .*, not str '2.0'"),
        (np.array([["1.0", "2.0"]], dtype=np.dtypes.StringDType()), TypeError, r"rows\[0\]\[0\] .* str '1.0'"),
        ([[1.0, None]], TypeError, r"rows\[0\]\[1\]"),
        ([[1.0, 2j]], TypeError, r"rows\[0\]\[1\] .* complex 2j"),
        ([[1.0, 10**400]], OverflowError, r"rows\[0\]\[1\] is too large for a float: 1.000e\+400"),
        ([[Value(Fraction(10) ** 400), 1.0]], OverflowError, r"rows\[0\]\[0\] is too large for a float"),
        ([[1.0, Value(2.0) * 3]], ValueError, r"rows\[0\]\[1\] is the result of mul"),
        ("ab", TypeError, "must be a list or an array, not str .ab."),
        (None, TypeError, "2 input"),
    ],
)
def test_bad_rows_are_refused_and_change_nothing(rows: object, error: type[Exception], message: str) -> None:
    program, _, leaves = recorded("numpy")
    for call in (program, program.backward, program.gradient):
        with pytest.raises(error, match=message):
            call(rows)
    assert [leaf.grad for leaf in leaves] == [0, 0]


def test_a_value_beside_a_bad_entry_keeps_its_gradient() -> None:
    program, _, _ = recorded("numpy")
    embedding = Value(1.0)
    with pytest.raises(TypeError):
        program.backward([[embedding, 1.0], [embedding, "two"]])
    assert embedding.grad == 0


def test_a_function_being_differentiated_is_not_given_numbers_without_a_slope() -> None:
    program, _, _ = recorded("numpy")
    for transform in (autograd.grad, autograd.jacobian, autograd.hessian):
        with pytest.raises((TypeError, ValueError), match=r"rows\[0\]\[0\] is"):
            transform(lambda x: float(program([[x, 1.0]])[0]))(0.5)
    # without Values it is a measurement like any other
    assert autograd.grad(lambda x: x * float(program([[0.5, 1.0]])[0]))(2.0) == program([[0.5, 1.0]])[0]


def test_a_leaf_that_holds_no_number_is_named() -> None:
    program, _, (w, b) = recorded("numpy")
    with pytest.raises(TypeError, match="data must be one real number"):
        w.data = None
    w.data = 10**400
    with pytest.raises(OverflowError, match="the data of leaf 'w' is too large for a float"):
        program.backward(ROWS)
    assert b.grad == 0


def test_a_gradient_that_cannot_be_added_to_leaves_all_others_as_they_were() -> None:
    program, _, (w, b) = recorded("numpy")
    embedding = Value(2.0)
    for broken in (b, embedding):
        broken.grad = 10**400
        with pytest.raises(OverflowError):
            program.backward([[embedding, embedding], [embedding, w], [0.5, embedding]])
        assert [leaf.grad for leaf in (w, b, embedding) if leaf is not broken] == [0, 0]
        assert broken.grad == 10**400
        broken.grad = 0


def test_labels_of_the_inputs_help() -> None:
    x, t = Value(1.0, label="x"), Value(2.0, label="t")
    with pytest.raises(ValueError, match=r"a column per input \('x', 't'\)"):
        autograd.compile(x * t, [x, t], "numpy")([[1.0]])


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        (lambda x: (3.0,), TypeError, "output must be a Value, or a list of Values, not float 3.0$"),
        (lambda x: ([],), ValueError, "empty list"),
        (lambda x: ([x, 2],), TypeError, r"output\[1\] must be a Value, not int 2"),
        (lambda x: (x * 2, x), TypeError, r"inputs must be a list of Values, such as \[x, t\], not Value"),
        (lambda x: (x * 2, None), TypeError, "inputs must be a list of Values, .* not NoneType None"),
        (lambda x: (x * 2, [3.0]), TypeError, r"inputs\[0\] must be a Value"),
        (lambda x: (x * 2, [x * 1]), ValueError, "must be a leaf"),
        (lambda x: (x * 2, [x, x]), ValueError, "same Value"),
        (lambda x: (x * 2, [x], "torch"), ValueError, "'numba' or 'numpy'"),
    ],
)
def test_what_cannot_be_compiled(
    arguments: Callable[[Value], tuple[object, ...]], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        autograd.compile(*arguments(Value(1.0)))
