"""The state after k steps, against the computation itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograd import Value
from autograd.graph import ancestors
from autograd.trace.state import state_after


def computation(seed: int) -> Value:
    """A small graph in which a value is used twice and one leaf gets no gradient."""
    a, b, c = Value(2.0 + seed, label="a"), Value(-3.0, label="b"), Value(0.5, label="c")
    return (a * b + a).tanh() * a + c * 0.0 * b + (b - 10.0).relu() * Value(7.0)


@given(st.integers(0, 20))
def test_at_each_moment_it_holds_what_the_steps_so_far_have_set(seed: int) -> None:
    steps = computation(seed).steps()
    data, gradients = {}, {}
    last = max(place for place, step in enumerate(steps) if step.phase == "backward")
    assert state_after(steps, 0) == ({}, {})
    for k, step in enumerate(steps, 1):
        (gradients if step.phase == "backward" else data)[step.node] = step.after
        state = state_after(steps, k)
        assert state.data == data
        if k <= last:
            assert state.gradients == gradients


def test_after_the_backward_pass_it_holds_what_backward_computes() -> None:
    root = computation(0)
    steps = root.steps()
    state = state_after(steps, len(steps))
    root.backward()
    nodes = ancestors(root)[::-1]
    assert state.data == {place: node.data for place, node in enumerate(nodes)}
    assert state.gradients == {place: node.grad for place, node in enumerate(nodes)}
    assert 0 in state.gradients.values()


def test_what_no_contribution_reaches_is_0_when_the_backward_pass_is_over_and_not_before() -> None:
    steps = (Value(0.0, label="a") * Value(2.0, label="b").relu() * 0).steps()
    assert [step.node for step in steps if step.action == "add"] == [3]  # 0 passes nothing on
    *_, before, after = (state_after(steps, k) for k in range(len(steps) + 1))
    assert before == ({0: 0, 1: 2, 2: 2, 3: 0, 4: 0}, {4: 1})
    assert after == ({0: 0, 1: 2, 2: 2, 3: 0, 4: 0}, {0: 0, 1: 0, 2: 0, 3: 0, 4: 1})


def test_an_update_moves_the_data_and_leaves_the_gradients() -> None:
    w = Value(3.0)
    steps = (w * w).steps(update=[w], lr=0.5)
    before, after = state_after(steps, len(steps) - 1), state_after(steps, len(steps))
    assert (before.data[0], after.data[0]) == (3.0, 0.0)
    assert before.gradients == after.gradients == {0: 6.0, 1: 1}


@pytest.mark.parametrize("k", [-1, 6])
def test_a_count_outside_the_record_is_refused(k: int) -> None:
    w = Value(3.0)
    with pytest.raises(ValueError, match="from 0 to 5"):
        state_after((w * w).steps(), k)
