"""A function over many examples: the program must give what the function gives, or not be used."""

import numpy as np
import pytest

import nn
from autograd import Value, relu
from nn.training.over_examples import Eager, Recorded, over_examples

ROWS = [[0.5, -1.0], [2.0, 0.25], [-0.75, 3.0], [1.5, 1.0], [-2.0, -0.5]]


def both(f, columns, parameters=(), stand_ins=None):
    """The function as a program, and eagerly; fails where it could not be recorded."""
    recorded, through = over_examples(f, columns, parameters, stand_ins)
    assert isinstance(recorded, Recorded), through
    assert through.startswith("a recorded program, on num")
    return recorded, Eager(f, columns)


def agree(f, columns, parameters, stand_ins=None):
    """Values and gradients by the program, on all examples and on batches, are those of plain recording."""
    recorded, eager = both(f, columns, parameters, stand_ins)
    for parameter in parameters:
        parameter.data += 0.125  # leaves are read live
    for places in ([0], [3, 1], list(range(len(columns[0])))):
        found = []
        for way in (recorded, eager):
            for parameter in parameters:
                parameter.grad = 0
            found.append([way.backward(places), *(parameter.grad for parameter in parameters)])
        assert found[0] == pytest.approx(found[1], rel=1e-12, abs=1e-14)
        assert any(found[0][1:])
    assert recorded() == pytest.approx(eager(), rel=1e-12)


def why_not(f, columns, parameters=()):
    """Why it could not be recorded; what is used instead gives what f gives."""
    way, through = over_examples(f, columns, parameters)
    assert isinstance(way, Eager)
    assert through.startswith("eager, one row after the other, because it could not be recorded: ")
    return through


def test_a_network_and_its_loss():
    model = nn.MLP(2, [3, 1], seed=0)
    agree(lambda x, t: nn.mse_loss(model(x), t), (ROWS, [1.0, 0.0, -2.0, 0.5, 3.0]), model.parameters())


def test_classes_go_in_as_one_hot_rows():
    model = nn.MLP(2, [4, 3], activation="tanh", seed=0)
    targets = [2, 0, 1, 1, 2]
    one_hot = np.eye(3)[targets].tolist()
    agree(lambda x, t: nn.cross_entropy(model(x), t), (ROWS, targets), model.parameters(), (ROWS, one_hot))


def test_single_numbers_nested_rows_and_arrays():
    w = nn.Parameter(0.5)
    agree(lambda x: (w * x - 1) ** 2, ([1.0, 2, -3.0, 4.0],), [w])
    nested = [[[1.0, 2.0], [3.0, x]] for x in range(5)]
    agree(lambda x: w * x[0][1] * x[1][0] - x[1][1] * w * w, (nested,), [w])
    agree(lambda x: w * x[0, 1] * x.sum() - x[1, 1] * w * w, (np.array(nested),), [w])
    agree(lambda x, y: w * w * x * y, (np.arange(5.0) + 2, np.arange(5) + 1), [w])


def test_results_keep_their_shape():
    recorded, eager = both(lambda x: [[x[0] * 1, x[1] * 2], [x[0] * x[1], x[0] + 1]], (ROWS,))
    assert recorded().shape == (5, 2, 2)
    assert recorded().tolist() == eager().tolist()
    assert both(lambda x: x[0] * x[1], (ROWS,))[0]().shape == (5,)


def test_rows_of_values_pass_their_gradients_on():
    table = nn.Embedding(3, 2, seed=0)
    rows = [table(token) for token in (0, 2, 0, 1)]
    w = nn.Parameter(0.5)
    agree(lambda x: (x[0] * w - x[1]) ** 2, (rows,), [w, *table.parameters()])


def test_noise_is_drawn_for_every_row():
    drawn = iter(range(1000))
    w = nn.Parameter(1.0)
    recorded, _ = both(lambda x: w * x * nn.Noise(lambda: float(next(drawn))), ([1.0, 1.0, 1.0],))
    assert np.diff(recorded()).tolist() == [1, 1]
    w.grad = 0
    mean = recorded.backward([0, 2])
    assert mean == w.grad == next(drawn) - 1.5


def test_dropout_has_a_mask_for_every_row():
    dropout = nn.Dropout(0.5, seed=0)
    recorded, _ = both(dropout, ([[1.0] * 8] * 300,))
    outputs = recorded()
    assert set(outputs.ravel()) == {0.0, 2.0}
    assert len({tuple(row) for row in outputs.tolist()}) > 100
    assert outputs.mean() == pytest.approx(1, abs=0.1)


def test_a_choice_made_by_comparing_is_refused():
    w = nn.Parameter(2.0)
    assert "where(x, a, b)" in why_not(lambda x: w * x if x > 0 else -w * x, ([1.0, -1.0, 2.0],))
    agree(lambda x: w * relu(x), ([1.0, -1.0, 2.0, 0.5],), [w])


@pytest.mark.parametrize("f", [
    lambda w, x: w * x * getattr(x, "data", x),  # a number of the row, frozen
    lambda w, x: w * x if getattr(x, "data", x) > 0 else -w * x,  # a choice, made unseen
    lambda w, x: w * x + w.data,  # a number of the weights
    lambda w, x: w * w.detach() * x,
], ids=["row", "choice", "weight", "detached"])  # fmt: skip
def test_what_is_frozen_is_noticed(f):
    w = nn.Parameter(2.0)
    assert "was repeated as it was when recording" in why_not(lambda x: f(w, x), ([1.0, -1.0, 2.0],), [w])
    assert w.data == 2.0


def test_a_loss_that_treats_a_class_as_a_number_is_noticed():
    w = nn.Parameter(2.0)
    targets = [0, 1, 0]
    stand_ins = [[1.0, 0.0], [0.0, 1.0], [1.0, 0.0]]
    way, through = over_examples(
        lambda x, t: w * x if t == 0 else 3 * w * x, ([1.0, 2.0, 3.0], targets), [w], ([1.0, 2.0, 3.0], stand_ins)
    )
    assert isinstance(way, Eager)
    assert "for row 0 the program gives [6.063] instead of [2.021]" in through


def test_what_needs_plain_numbers_is_computed_eagerly():
    w = nn.Parameter(2.0)
    table = nn.Embedding(3, 2, seed=0)
    assert "token must be the number of one token" in why_not(lambda token: table(token)[0] * w, ([0, 2, 1],))
    assert "an example must hold numbers or Values, not 'ann'" in why_not(lambda name: w * len(name), (["ann", "bo"],))
    assert "the examples differ in shape" in why_not(lambda x: w * sum(x), ([[1.0], [1.0, 2.0]],))


def test_an_error_of_the_function_itself_is_not_hidden():
    model = nn.MLP(3, [2, 1], seed=0)
    eager, _ = over_examples(model, (ROWS,))
    with pytest.raises(ValueError, match="has 3 inputs, but x has 2"):
        eager()


def test_one_example_is_enough():
    w = nn.Parameter(2.0)
    recorded, _ = both(lambda x: w * x, ([3.0],), [w])
    assert recorded.backward([0]) == 6.0
    assert w.grad == 3.0


def test_a_penalty_needs_no_example():
    model = nn.MLP(2, [3, 1], seed=0)
    agree(lambda _: nn.l2(0.5)(model), ([0.0] * 4,), [p for p in model.parameters() if not isinstance(p, nn.Bias)])


def test_without_numba_it_runs_on_numpy(monkeypatch):
    w = nn.Parameter(2.0)
    monkeypatch.setattr("autograd.program.executor._numba", lambda: (None, "is not there"))
    recorded, through = over_examples(lambda x: w * x, ([3.0, 4.0],), [w])
    assert through == "a recorded program, on numpy"
    assert recorded().tolist() == [6.0, 8.0]


def test_values_of_the_parameters_are_as_before_when_the_proof_fails():
    w = nn.Parameter(0.1)
    before = w.data
    why_not(lambda x: Value(w.data) * x * w, ([1.0, 2.0],), [w])
    assert w.data == before
