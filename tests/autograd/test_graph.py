"""Nodes, recording, the walk, and not recording."""

import asyncio
import gc
import itertools
import math
import threading
import weakref
from fractions import Fraction

import numpy as np
import pytest

import autograd
from autograd import Value, graph, no_grad
from autograd.graph import ancestors, record

LONG = 1_000_000


def chain(length: int) -> tuple[Value, Value]:
    """(start, end) of a chain of additions and multiplications."""
    start = end = Value(1.0)
    for step in range(length // 2):
        end = end * 1.0 + step % 2
    return start, end


def test_a_node_knows_what_it_came_from() -> None:
    a, b = Value(2.0), Value(3.0)
    c = a * b
    d = c - 1
    assert c.parents == (a, b)
    assert d.parents == (c,)
    assert d.operands == (c, 1)
    assert (1 - c).operands == (1, c)
    assert list((1 - c)._edges) == [(1, c, -1)]
    assert (a.parents, a.operands, a.op) == ((), (), "")
    assert (a * a).parents == (a, a)
    assert a._number < b._number < c._number < d._number


def test_every_node_comes_before_its_parents() -> None:
    a = Value(1.5)
    b = a * a
    c = b + a
    d = (b * c).tanh()
    order = ancestors(d)
    assert len(order) == len(set(order)) == 5
    places = {node: place for place, node in enumerate(order)}
    assert all(places[node] < places[parent] for node in order for parent in node.parents)
    assert ancestors(a) == [a]
    assert ancestors() == []
    assert ancestors(c, d, d, a) == order
    assert ancestors(d, since=c._number) == [d, d.parents[0], c]


def test_the_walk_is_the_same_every_time() -> None:
    leaves = [Value(float(i)) for i in range(50)]
    root = sum(leaf * other for leaf in leaves for other in leaves)
    assert [node._number for node in ancestors(root)] == sorted((n._number for n in ancestors(root)), reverse=True)


def test_a_million_operations_build_and_differentiate_and_are_freed_at_once() -> None:
    gc.collect()
    gc.disable()
    try:
        start, end = chain(LONG)
        end.backward()
        assert start.grad == 1
        assert end.data == 1 + LONG // 4
        alive = [weakref.ref(start), weakref.ref(end), weakref.ref(end.parents[0])]
        del start, end
        assert [reference() for reference in alive] == [None, None, None]
    finally:
        gc.enable()


def test_a_wide_sum() -> None:
    leaves = [Value(float(i)) for i in range(100_000)]
    total = sum(leaves)
    total.backward()
    assert total.data == sum(range(100_000))
    assert {leaf.grad for leaf in leaves} == {1}


def test_paths_are_counted_and_the_heaviest_are_kept() -> None:
    x = Value(1.0)
    y = x * 2 + x * 3 + x * 5
    z = y * 7 + y * 11 + y * 13
    count, every = graph.paths(z, x, 100)
    assert count == 9
    assert [product for product, _ in every] == sorted((a * b for a in (2, 3, 5) for b in (7, 11, 13)), reverse=True)
    z.backward()
    assert sum(product for product, _ in every) == x.grad
    for product, edges in every:
        assert edges[0][0] is z
        assert edges[-1][0].parents == (x,)
        assert math.prod(local for *_, local in edges) == product
        for (node, argument, _), (following, *_) in itertools.pairwise(edges):
            assert node.operands[argument] is following
    assert [product for product, _ in graph.paths(z, x, 2)[1]] == [65, 55]


def test_more_paths_than_could_be_visited_are_counted() -> None:
    x = y = Value(1.0)
    for _ in range(300):
        y = y + y
    assert graph.paths(y, x, 3)[0] == 2**300


# ------------------------------------------------------------------ kinds of numbers


def test_fractions_and_ints_beside_each_other() -> None:
    third = Value(Fraction(1, 3))
    for node, number in (
        (third / 2, Fraction(1, 6)),
        (2 / third, 6),
        (third**2, Fraction(1, 9)),
        (1 - third, Fraction(2, 3)),
    ):
        assert node.data == number
        assert isinstance(node.data, Fraction)
    assert isinstance((third + 0.5).data, float)
    assert Value(2**80).__add__(1).data == 2**80 + 1


def test_small_integers_of_numpy_do_not_overflow() -> None:
    assert (Value(np.int8(100)) + np.int8(100)).data == 200
    assert (np.int8(100) * Value(2)).data == 200


@pytest.mark.parametrize(
    ("operation", "expected"),
    [
        (lambda v, x: v + x, [3, 4]),
        (lambda v, x: x + v, [3, 4]),
        (lambda v, x: v - x, [1, 0]),
        (lambda v, x: x - v, [-1, 0]),
        (lambda v, x: v * x, [2, 4]),
        (lambda v, x: x * v, [2, 4]),
        (lambda v, x: v / x, [2, 1]),
        (lambda v, x: x / v, [0.5, 1]),
        (lambda v, x: v**x, [2, 4]),
        (lambda v, x: x**v, [1, 4]),
        (lambda v, x: v.maximum(x), [2, 2]),
        (lambda v, x: autograd.minimum(x, v), [1, 2]),
        (lambda v, x: autograd.hypot(v, x), [5**0.5, 8**0.5]),
    ],
)
@pytest.mark.parametrize("kind", [float, int, object])
def test_beside_arrays_it_goes_entry_by_entry(operation, expected, kind) -> None:
    v = Value(2.0)
    result = operation(v, np.array([1, 2], dtype=kind))
    assert isinstance(result, np.ndarray)
    assert all(isinstance(entry, Value) for entry in result)
    assert [entry.data for entry in result] == pytest.approx(expected)
    assert all(v in entry.parents for entry in result)


@pytest.mark.parametrize("scalar", [np.float64(3), np.float32(3), np.int64(3), np.array(3.0)])
def test_beside_numpy_scalars(scalar) -> None:
    v = Value(2.0)
    for node, number in (
        (scalar * v, 6), (v * scalar, 6), (scalar - v, 1), (v - scalar, -1),
        (scalar / v, 1.5), (scalar**v, 9), (v**scalar, 8),
    ):  # fmt: skip
        assert isinstance(node, Value)
        assert node.data == number
        assert node.parents == (v,)
        assert type(node.data) is float


def test_arrays_of_values() -> None:
    w, x = [Value(1.0), Value(2.0)], np.array([3.0, 4.0])
    dot = np.array(w) @ x
    dot.backward()
    assert (dot.data, w[0].grad, w[1].grad) == (11, 3, 4)
    assert [v.data for v in np.exp(np.array(w))] == [v.exp().data for v in w]
    assert [v.data for v in autograd.tanh(np.array(w))] == [v.tanh().data for v in w]
    matrix = np.array([[Value(1.0), Value(2.0)], [Value(3.0), Value(4.0)]])
    assert [v.data for v in matrix @ np.array(w)] == [5, 11]
    assert np.exp(w[0]).parents == (w[0],)


# ------------------------------------------------------------------ not recording


def test_no_grad_leaves_leaves() -> None:
    x = Value(3.0)
    with no_grad():
        y = x * x + 1
    assert (y.data, y.parents, y.op) == (10, (), "")
    y.backward()
    assert x.grad == 0
    assert (x * x).parents == (x, x)


def test_no_grad_as_a_decorator_and_nested_and_after_an_error() -> None:
    x = Value(3.0)
    assert no_grad()(lambda: x * 2)().parents == ()
    with no_grad():
        with no_grad():
            pass
        assert (x * 2).parents == ()
    with pytest.raises(ZeroDivisionError), no_grad():
        x / 0
    assert (x * 2).parents == (x,)


def test_differentiating_inside_no_grad() -> None:
    with no_grad():
        assert autograd.grad(lambda x: x**3)(2.0) == 12
        assert autograd.hessian(lambda x: x**3)(2.0) == [[12]]
        assert autograd.jvp(lambda x: x**3, [2.0], [1.0]) == (8, 12)
        assert (Value(2.0) * 3).parents == ()


def test_no_grad_inside_what_is_differentiated() -> None:
    def f(x):
        with no_grad():
            constant = x * x
        return constant * x

    assert autograd.grad(f)(3.0) == 9


def test_no_grad_holds_for_its_own_thread_only() -> None:
    x = Value(3.0)
    inside, seen = threading.Event(), []
    done = threading.Event()

    def quiet() -> None:
        with no_grad():
            inside.set()
            done.wait(10)
            seen.append((x * 2).parents)

    thread = threading.Thread(target=quiet)
    thread.start()
    inside.wait(10)
    assert (x * 2).parents == (x,)
    done.set()
    thread.join()
    assert seen == [()]
    assert (x * 2).parents == (x,)


def test_a_value_that_does_not_exist_is_not_recorded() -> None:
    x = Value(0.0, label="width")
    with pytest.raises(
        ZeroDivisionError, match=r"div has no value at a = 1, b = 0.0 \(label 'width'\): division by zero"
    ):
        1 / x
    with pytest.raises(
        ValueError, match=r"pow has no value at a = -8.0, b = 0.5: a negative base takes whole exponents"
    ):
        Value(-8.0) ** 0.5
    with pytest.raises(OverflowError, match=r"pow has no value at a = 9, b = 387420489"):
        Value(9) ** 9**9
    assert record(autograd.exp, x).data == 1


@pytest.mark.parametrize("base", [9, Fraction(1, 3), Fraction(3)])
@pytest.mark.parametrize("exponent", [10**9, Fraction(10**9)])
def test_exact_powers_of_too_many_digits_are_refused(base, exponent) -> None:
    with pytest.raises(OverflowError, match="pow has no value at"):
        Value(base) ** exponent
    assert (Value(Fraction(1)) ** exponent).data == 1
    assert (Value(-1) ** 10**9).data == 1
    assert (Value(9) ** -(10**9)).data == 0
    with pytest.raises(OverflowError):
        Value(Fraction(1, 3)) ** -exponent


# ------------------------------------------------------------------ tasks and threads


def all_kinds(x: Value) -> list[Value]:
    """An operation of each way through the engine: fast, for exact numbers, of arrays, of one's own."""
    own = autograd.primitive("own_for_tasks", lambda a: a * 2, lambda y, a: 2)
    try:
        third = Value(Fraction(1, 3))
        return [x * 2, 2 - x, x.exp(), x.maximum(1.0), third * third, (x * np.array([1.0]))[0], own(x), abs(x), x**2]
    finally:
        del autograd.registry.TABLE["own_for_tasks"]


def test_a_task_started_inside_no_grad_records_nothing_all_its_life() -> None:
    async def record() -> list[Value]:
        before = all_kinds(Value(0.5))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        return before + all_kinds(Value(0.5))

    async def main() -> tuple[list[Value], list[Value]]:
        with no_grad():
            quiet = asyncio.create_task(record())
        loud = asyncio.create_task(record())
        await asyncio.sleep(0)
        return await quiet, await loud

    quiet, loud = asyncio.run(main())
    assert not any(node.parents for node in quiet)
    assert all(node.parents for node in loud)
    assert [node.data for node in quiet] == [node.data for node in loud]


def test_nothing_is_recorded_inside_no_grad_whatever_the_operation() -> None:
    with no_grad():
        assert not any(node.parents or node.op for node in all_kinds(Value(0.5)))
    assert all(node.parents for node in all_kinds(Value(0.5)))


def test_threads_number_their_own_nodes_and_have_their_own_modes() -> None:
    """What two threads record, differentiate, switch off and inspect for anomalies does not mix."""
    failures: list[object] = []
    barrier = threading.Barrier(4)

    def work(kind: int) -> None:
        barrier.wait(10)
        for _ in range(50):
            x = Value(1.5)
            y = sum((x * i).tanh() for i in range(20))
            with no_grad() if kind == 0 else autograd.detect_anomaly():
                quiet = x * 2
            y.backward()
            numbers = [node._number for node in ancestors(y)]
            right = sum(i * (1 - math.tanh(1.5 * i) ** 2) for i in range(20))
            if bool(quiet.parents) == (kind == 0) or numbers != sorted(set(numbers), reverse=True):
                failures.append(quiet)
            if abs(x.grad - right) > 1e-12 or autograd.backward.latest_root() is not y:
                failures.append(x.grad)

    threads = [threading.Thread(target=work, args=(kind % 2,)) for kind in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
