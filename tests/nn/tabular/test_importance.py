import random

import pytest

import nn
from nn.tabular.importance import permutation_importance
from nn.tabular.table_model import TableModel


def data(is_class):
    draw = random.Random(0)
    rows = [[draw.gauss(0, 1), draw.gauss(0, 1), draw.choice(["red", "blue"]), 7.0] for _ in range(80)]
    targets = [int(row[0] > 0) if is_class else 10 * row[0] + (row[2] == "red") for row in rows]
    return nn.Dataset(rows, targets, ["much", "nothing", "colour", "same"], ["no", "yes"] if is_class else [])


@pytest.mark.parametrize("is_class", [True, False])
def test_the_column_that_decides_counts_most(is_class):
    table = data(is_class)
    model = TableModel.untrained(table, "target", hidden=[], seed=0)
    optimizer = nn.Adam(model.network.parameters(), lr=0.05)
    nn.fit(model.network, *model.prepared(table), model.loss, optimizer, epochs=60, seed=0, progress=False)
    found = permutation_importance(model, table)
    assert found == permutation_importance(model, table)  # the same seed
    assert set(found) == {"much", "nothing", "colour"}  # of a column left out nothing can be told
    assert next(iter(found)) == "much"
    assert list(found.values()) == sorted(found.values(), reverse=True)
    assert found["much"] > 20 * abs(found["nothing"])


def test_shuffling_a_column_costs_what_other_values_there_cost():
    """By hand: a model that gives back its one number, and four rows of which a shuffle moves some."""
    table = nn.Dataset([[0.0], [1.0], [2.0], [3.0]], [0.0, 1.0, 2.0, 3.0], ["x"], [])
    model = TableModel.untrained(table, "y", hidden=[], seed=0)
    (w, b) = model.network.parameters()
    w.data, b.data = 1.0, 0.0
    assert model.predict(table.rows) == pytest.approx([0, 1, 2, 3])
    rise = permutation_importance(model, table)["x"]
    assert 0 < rise <= 5**0.5  # the farthest that four numbers can be moved, on average: 3, 1, 1, 3
