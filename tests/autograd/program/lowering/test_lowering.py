"""Each rule of lowering on a small graph, before and after; and any graph against the graph itself."""

import random
from collections.abc import Callable, Sequence
from fractions import Fraction
from importlib.util import find_spec
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import autograd
import nn
from autograd import Value
from autograd.graph import ancestors
from autograd.program.lowering.lower import lower, lower_long_sums
from autograd.program.lowering.statements import Elementwise, Lowered, MatMul, Statement, Sum
from autograd.program.tape import freeze

BACKENDS = ["numpy", *(["numba"] if find_spec("numba") else [])]
EPSILON = 2.0**-52


def leaves(*shape: int, draw: random.Random | None = None) -> Any:
    """Nested lists of leaves."""
    if not shape:
        return Value((draw or random).uniform(-1, 1))
    return [leaves(*shape[1:], draw=draw) for _ in range(shape[0])]


def lowered(outputs: Value | Sequence[Value], inputs: Sequence[Value] = ()) -> Lowered:
    outputs = [outputs] if isinstance(outputs, Value) else list(outputs)
    return lower(freeze(ancestors(*outputs, *inputs), outputs, inputs))


def statements(form: Lowered) -> list[Statement]:
    return [*form.statements(False), *form.statements(True)]


def shown(form: Lowered) -> list[str]:
    """Every statement in a word or two: its kind and shape."""
    words = []
    for statement in statements(form):
        if isinstance(statement, MatMul):
            words.append(f"{statement.vectors.shape} @ {statement.matrix.shape}.T + {statement.beside.shape[-1]}")
        elif isinstance(statement, Sum):
            product = "" if statement.second is None else "products of "
            words.append(f"sum of {product}{statement.first.shape} + {statement.beside.shape[-1]}")
        else:
            words.append(f"{statement.primitive.name} {statement.out.shape}")
    return words


def layer(w: list[list[Value]], b: Sequence[Value | float], x: Sequence[Value]) -> list[Any]:
    return [sum((wi * xi for wi, xi in zip(row, x, strict=True)), bi) for row, bi in zip(w, b, strict=True)]


# ------------------------------------------------------------------ the rules, one by one


def test_additions_that_feed_each_other_are_one_sum() -> None:
    x = leaves(10)
    assert shown(lowered(sum(x))) == ["sum of (1, 10) + 0"]  # the 0 that sum() begins with is dropped
    nested = ((x[0] + x[1]) + (x[2] + x[3])) + ((x[4] + x[5]) + (x[6] + (x[7] + (x[8] + x[9]))))
    assert shown(lowered(nested)) == ["sum of (1, 10) + 0"]


def test_an_addition_that_is_read_twice_keeps_its_number() -> None:
    x = leaves(9)
    part = x[0] + x[1]
    form = lowered([sum(x[2:], part), part.exp()])
    assert sorted(shown(form)) == ["add (1,)", "exp (1,)", "sum of (1, 8) + 0"]


def test_products_that_only_a_sum_reads_belong_to_it() -> None:
    w, x = leaves(9), leaves(9)
    products = [wi * xi for wi, xi in zip(w, x, strict=True)]
    assert shown(lowered(sum(products))) == ["sum of products of (1, 9) + 0"]
    form = lowered([sum(products), products[0].exp()])  # one is read elsewhere too
    assert sorted(shown(form)) == ["exp (1,)", "mul (1,)", "sum of products of (1, 8) + 1"]


def test_sums_that_share_a_vector_are_a_matrix_product_and_leaves_lie_in_rows() -> None:
    w, b, x = leaves(3, 4), leaves(3), leaves(4)
    form = lowered(layer(w, b, x), x)
    assert shown(form) == ["(1, 4) @ (3, 4).T + 1"]
    (product,) = statements(form)
    assert isinstance(product, MatMul)
    first = len(form.constants)
    assert product.matrix.tolist() == (first + np.arange(12).reshape(3, 4)).tolist()
    assert list(form.leaves[:12]) == [wij for row in w for wij in row]
    assert [form.leaves[slot - first] for slot in product.beside.ravel()] == b


@pytest.mark.parametrize("turned", [False, True])
def test_it_does_not_matter_which_factor_is_written_first(turned: bool) -> None:
    w, x = leaves(3, 4), leaves(4)
    outputs = [sum(xi * wi if turned else wi * xi for wi, xi in zip(row, x, strict=True)) for row in w]
    assert shown(lowered(outputs, x)) == ["(1, 4) @ (3, 4).T + 0"]


def test_one_matrix_and_several_vectors_are_one_product() -> None:
    w, b, x = leaves(3, 4), leaves(3), leaves(5, 4)
    outputs = [y for xi in x for y in layer(w, b, xi)]
    assert shown(lowered(outputs, [xij for xi in x for xij in xi])) == ["(5, 4) @ (3, 4).T + 1"]
    assert shown(lowered(outputs)) == ["(5, 4) @ (3, 4).T + 1"]  # without inputs, too
    numbers = [y for xi in [[0.5, 1.0, -2.0, 3.0], [1.5, 0.5, 1.0, 1.0]] for y in layer(w, b, xi)]
    assert shown(lowered(numbers)) == ["(2, 4) @ (3, 4).T + 1"]


def test_products_of_what_was_computed_are_dots_side_by_side() -> None:
    x = leaves(6, 4)
    queries, keys = [[xij.tanh() for xij in xi] for xi in x[:3]], [[xij.exp() for xij in xi] for xi in x[3:]]
    scores = [sum(q * k for q, k in zip(query, key, strict=True)) for query in queries for key in keys]
    form = lowered(scores, [xij for xi in x for xij in xi])
    assert sorted(shown(form)) == ["exp (12,)", "sum of products of (9, 4) + 0", "tanh (12,)"]


def test_what_waits_for_another_is_not_done_with_it() -> None:
    w, x = leaves(4, 4), leaves(4)
    state = x
    for _ in range(3):  # a recurrent network: one matrix, but each step needs the one before
        state = [s.tanh() for s in layer(w, [0] * 4, state)]
    assert shown(lowered(state, x)) == ["(1, 4) @ (4, 4).T + 0", "tanh (4,)"] * 3


def test_a_graph_that_matches_in_part_is_lowered_in_part() -> None:
    w, b, x, t = leaves(4, 4), leaves(4), leaves(4), Value(0.5)
    y = x[0]
    for _ in range(5):
        y = y * t + x[1]
    form = lowered([*layer(w, b, x), y.sin() + x[3]], x)
    assert "(1, 4) @ (4, 4).T + 1" in shown(form)
    assert sorted(set(shown(form)) - {"(1, 4) @ (4, 4).T + 1"}) == ["add (1,)", "mul (1,)", "sin (1,)"]


def test_a_chain_has_nothing_to_find() -> None:
    y, a, b = leaves(3)
    for _ in range(100):
        y = y * a + b
    tape = freeze(ancestors(y), [y], [])
    assert lower_long_sums(tape) is None
    form = lower(tape)
    assert form.once.size == tape.once.size
    assert all(isinstance(statement, Elementwise) for statement in statements(form))


def test_a_network_is_its_layers() -> None:
    model, x, t = nn.MLP(5, [8, 3], seed=1), leaves(5), leaves(3)
    form = lowered(nn.mse_loss(model(x), t), [*x, *t])
    assert shown(form)[:4] == ["(1, 5) @ (8, 5).T + 1", "relu (8,)", "(1, 8) @ (3, 8).T + 1", "sub (3,)"]


# ------------------------------------------------------------------ any graph


def structured(draw: random.Random, w: Any, x: Sequence[Any]) -> Any:
    """A network of layers, residuals, dots and sums, chosen by draw, of add, mul and relu only."""
    vectors = [list(x[place : place + 4]) for place in range(0, len(x), 4)]
    for _ in range(draw.randrange(1, 4)):
        choice = draw.randrange(5)
        matrix = w[draw.randrange(len(w))]
        if choice == 0:
            vectors = [
                [y.relu() if hasattr(y, "relu") else y for y in layer(matrix[:4], matrix[4], v)] for v in vectors
            ]
        elif choice == 1:
            vectors = [[a + b for a, b in zip(v, layer(matrix[:4], [0] * 4, v), strict=True)] for v in vectors]
        elif choice == 2:
            scores = [[sum(a * b for a, b in zip(u, v, strict=True)) for v in vectors] for u in vectors]
            vectors = [[sum(s * v[i] for s, v in zip(row, vectors, strict=True)) for i in range(4)] for row in scores]
        elif choice == 3:
            chosen = [draw.choice(draw.choice(vectors)) for _ in range(4)]
            vectors = [[a * b + c for a, b, c in zip(v, chosen, matrix[4], strict=True)] for v in vectors]
        else:
            vectors = [draw.sample(v, 4) for v in vectors]
    return sum(sum(v) for v in vectors) + sum(wij * wij for wi in w for row in wi for wij in row)


@given(st.integers(0, 2**32), st.integers(1, 3))
@settings(max_examples=50, deadline=None)
@pytest.mark.parametrize("backend", BACKENDS)
def test_results_are_within_a_few_ulp_of_the_sum_of_magnitudes(backend: str, seed: int, count: int) -> None:
    draw = random.Random(seed)
    w = leaves(2, 5, 4, draw=draw)
    flat = [wij for wi in w for row in wi for wij in row]
    width = 4 * draw.randrange(1, 4)
    rows = [[draw.uniform(-1, 1) for _ in range(width)] for _ in range(count)]

    def record(x: Sequence[Any]) -> Any:
        return structured(random.Random(seed + 1), w, x)

    def eager() -> tuple[list[float], list[list[float]], list[float]]:
        for leaf in flat:
            leaf.grad = 0
        outputs, slopes = [], []
        for row in rows:
            inputs = [Value(x) for x in row]
            output = record(inputs)
            output.backward()
            outputs.append(output.data)
            slopes.append([x.grad for x in inputs])
        return outputs, slopes, [leaf.grad / count for leaf in flat]

    expected = eager()
    inputs = [Value(x) for x in rows[0]]
    program = autograd.compile(record(inputs), inputs, backend)
    for leaf in flat:
        leaf.grad = 0
    found = program(rows), program.gradient(rows), program.backward(rows) and [leaf.grad for leaf in flat]
    # add, mul and relu of magnitudes give the sums of magnitudes
    rows = [[abs(x) for x in row] for row in rows]
    for leaf in flat:
        leaf.data = abs(leaf.data)
    for is_now, was, most in zip(found, expected, eager(), strict=True):
        assert np.all(np.abs(np.array(is_now) - np.array(was)) <= 64 * EPSILON * np.array(most))


@pytest.mark.parametrize("backend", BACKENDS)
def test_sums_of_sums_go_back_in_order(backend: str) -> None:
    x = leaves(9)
    squares = [sum(xi * xj for xj in x) for xi in x]  # each is read by the next sum, with nothing in between
    output = sum(s * xi for s, xi in zip(squares, x, strict=True))
    output.backward()
    slopes = autograd.compile(output, x, backend).gradient([[xi.data for xi in x]])
    assert slopes[0] == pytest.approx([xi.grad for xi in x], rel=1e-13)


# ------------------------------------------------------------------ where numbers are not finite


def slopes(backend: str, f: Callable[..., Value], w: list[Value], rows: list[list[float]]) -> tuple[Any, Any]:
    inputs = [Value(1.0) for _ in rows[0]]
    program = autograd.compile(f(inputs), inputs, backend)
    for leaf in w:
        leaf.grad = 0
    program.backward(rows)
    return program.gradient(rows), [leaf.grad for leaf in w]


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("size", [4, 100])  # 100: large enough for a matrix product of its own
def test_a_gradient_of_0_passes_nothing_on_not_even_against_an_infinite_weight(backend: str, size: int) -> None:
    """A row of weights that is infinite, behind a relu that is shut: its gradient is 0, and so is what it passes on."""
    w = leaves(size, size)
    w[0] = [Value(1.0) for _ in range(size)]
    flat = [wij for row in w for wij in row]

    def f(x: list[Value]) -> Value:
        return sum(y.relu() for y in layer(w, [0.0] * size, x))

    rows = [[-1.0 - i] * size for i in range(6)]
    shut, of_weights = slopes(backend, f, flat, rows)
    for wi in w[0]:
        wi.data = float("inf")
    open_, of_infinite = slopes(backend, f, flat, rows)
    assert np.isfinite(shut).all()
    assert np.isfinite(open_).all()
    assert open_ == pytest.approx(shut, rel=1e-12)
    assert of_infinite == pytest.approx(of_weights, rel=1e-12)


def test_exact_numbers_and_constants_are_read_as_floats() -> None:
    w = [Value(Fraction(1, 3)) for _ in range(9)]
    program = autograd.compile(sum(wi * wi for wi in w), backend="numpy")
    assert program.backward() == pytest.approx(1.0)
    assert [wi.grad for wi in w] == pytest.approx([2 / 3] * 9)
