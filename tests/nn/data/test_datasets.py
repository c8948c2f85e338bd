import re
import sys
from collections import Counter

import numpy as np
import pytest

import nn
from autograd import Value


def test_iris_is_the_one_that_everybody_knows():
    data = nn.iris()
    assert Counter(data.targets) == {0: 50, 1: 50, 2: 50}
    assert data.features == ["sepal length", "sepal width", "petal length", "petal width"]
    assert data.classes == ["setosa", "versicolor", "virginica"]
    assert data.rows[0] == [5.1, 3.5, 1.4, 0.2]
    assert {type(x) for row in data.rows for x in row} == {float}
    assert {type(target) for target in data.targets} == {int}


def test_a_digit_can_be_read_from_its_pixels():
    data = nn.digits()
    assert len(data.rows) == len(data.targets) == 1797
    assert data.classes == [str(digit) for digit in range(10)]
    first = dict(zip(data.features, data.rows[0], strict=True))
    assert data.targets[0] == 0
    # a ring of ink round paper
    assert first["pixel 3,3"] == first["pixel 3,4"] == 0
    assert min(first[f"pixel {place}"] for place in ("0,3", "3,2", "3,5", "6,3")) >= 5
    assert {x for row in data.rows for x in row} == set(range(17))


def test_diabetes_is_in_the_units_of_the_clinic():
    data = nn.diabetes()
    assert len(data.rows) == len(data.targets) == 442
    assert data.classes == []
    assert (min(data.targets), max(data.targets)) == (25, 346)
    columns = dict(zip(data.features, zip(*data.rows, strict=True), strict=True))
    assert len(columns) == 10
    assert set(columns["sex"]) == {1, 2}
    assert 18 <= min(columns["age"]) < max(columns["age"]) <= 80
    ratio = [total / hdl for total, hdl in zip(columns["total cholesterol"], columns["HDL"], strict=True)]
    assert columns["cholesterol / HDL"] == pytest.approx(ratio, abs=0.65)  # most are given as whole numbers


@pytest.mark.parametrize("load", [nn.iris, nn.digits, nn.diabetes])
def test_without_scikit_learn_the_error_says_what_to_install(load, monkeypatch):
    monkeypatch.setitem(sys.modules, "sklearn.datasets", None)
    with pytest.raises(ModuleNotFoundError, match=r"scikit-learn.*-m pip install scikit-learn"):
        load()


def test_the_hash_of_data_tells_numbers_and_their_order_apart():
    rows, targets = [[1.0, 2.0], [3.0, 4.0]], [0, 1]
    first = nn.data_hash(rows, targets)
    assert re.fullmatch("[0-9a-f]{64}", first)
    assert first == nn.data_hash(tuple(rows), iter(targets)) == nn.data_hash(np.array(rows), np.array(targets))
    others = [
        ([[1.0, 2.0], [3.0, 4.0 + 1e-15]], targets), (rows[::-1], targets), (rows, [1, 0]), (rows, [0, 1, 1]),
        ([[1.0], [2.0, 3.0, 4.0]], targets), ([[1.0, "2.0"], [3.0, 4.0]], targets), (targets, rows),
    ]  # fmt: skip
    assert len({first, *(nn.data_hash(*other) for other in others)}) == 8


def test_the_hash_of_data_takes_things_that_are_no_numbers_by_their_kind():
    assert nn.data_hash([[Value(1.0), None, "red"]]) == nn.data_hash([[Value(2.0), None, "red"]])
    assert nn.data_hash([[Value(1.0)]]) != nn.data_hash([[1.0]])
