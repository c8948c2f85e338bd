import sys
from collections import Counter
from statistics import fmean, pstdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

import nn


def made(counts):
    """As many rows of each class as asked for; every row is different."""
    targets = [kind for kind, count in enumerate(counts) for _ in range(count)]
    rows = [[float(place), float(kind)] for place, kind in enumerate(targets)]
    return nn.Dataset(rows, targets, ["place", "kind"], [f"class {kind}" for kind in range(len(counts))])


def test_iris_is_the_one_that_everybody_knows():
    data = nn.iris()
    assert Counter(data.targets) == {0: 50, 1: 50, 2: 50}
    assert data.features == ["sepal length", "sepal width", "petal length", "petal width"]
    assert data.classes == ["setosa", "versicolor", "virginica"]
    assert data.rows[0] == [5.1, 3.5, 1.4, 0.2]
    assert {type(x) for row in data.rows for x in row} == {float}
    assert {type(target) for target in data.targets} == {int}


def test_without_scikit_learn_the_error_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "sklearn.datasets", None)
    with pytest.raises(ModuleNotFoundError, match=r'scikit-learn.*pip install "glassgrad\[learn\]"'):
        nn.iris()


@given(st.lists(st.integers(4, 30), min_size=1, max_size=4), st.floats(0.2, 0.8), st.integers(0, 99))
def test_a_split_keeps_every_row_once_and_every_class_in_proportion(counts, held_out, seed):
    data = made(counts)
    training, kept = nn.stratified_split(data, held_out, seed)
    assert sorted(training.rows + kept.rows) == data.rows
    for part in (training, kept):
        assert all(row[1] == target for row, target in zip(part.rows, part.targets, strict=True))
    for kind, count in enumerate(counts):
        assert abs(kept.targets.count(kind) - held_out * count) <= 0.5 + 1e-9


def test_a_split_depends_on_its_seed_alone():
    data = made([30, 30])
    assert nn.stratified_split(data, seed=3) == nn.stratified_split(data, seed=3)
    one, other = (sorted(nn.stratified_split(data, seed=seed)[1].rows) for seed in (3, 4))
    assert one != other  # another seed holds other rows out
    training, _ = nn.stratified_split(data, seed=3)
    assert training.targets != sorted(training.targets)  # shuffled: a batch sees all classes


def test_a_split_that_leaves_a_part_empty_is_refused():
    for share in (0, 1, 25):
        with pytest.raises(ValueError, match=f"held_out must be a share between 0 and 1, such as 0.25, not {share}"):
            nn.stratified_split(made([4]), share)
    with pytest.raises(ValueError, match="one part would be empty"):
        nn.stratified_split(made([1, 1]), 0.25)


def test_standardising_measures_the_training_rows_only():
    training, others = [[1.0, 10.0], [3.0, 10.0], [8.0, 10.0]], [[100.0, 11.0]]
    standardize = nn.Standardizer(training)
    columns = list(zip(*standardize(training), strict=True))
    assert fmean(columns[0]) == pytest.approx(0)
    assert pstdev(columns[0]) == pytest.approx(1)
    assert columns[1] == (0, 0, 0)  # never varies: only shifted
    assert standardize(others) == [[pytest.approx((100 - 4) / pstdev([1, 3, 8])), 1.0]]


def test_standardising_refuses_rows_of_another_length():
    with pytest.raises(ValueError, match="at least one"):
        nn.Standardizer([])
    with pytest.raises(ValueError, match="measured have 2 columns, but a row given has 1"):
        nn.Standardizer([[1.0, 2.0]])([[1.0]])
