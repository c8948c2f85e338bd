import json
import math
from statistics import fmean, pstdev

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import nn


def test_standardising_measures_the_training_rows_only():
    training, others = [[1.0, 10.0], [3.0, 10.0], [8.0, 10.0]], [[100.0, 11.0]]
    scaler = nn.StandardScaler().fit(training)
    columns = list(zip(*scaler.transform(training), strict=True))
    assert fmean(columns[0]) == pytest.approx(0)
    assert pstdev(columns[0]) == pytest.approx(1)
    assert columns[1] == (0, 0, 0)  # never varies: only shifted
    assert scaler.transform(others) == [[pytest.approx((100 - 4) / pstdev([1, 3, 8])), 1.0]]


def test_standardising_refuses_rows_of_another_length():
    with pytest.raises(ValueError, match="at least one"):
        nn.StandardScaler().fit([])
    scaler = nn.StandardScaler().fit([[1.0, 2.0]])
    for way in (scaler.transform, scaler.inverse_transform):
        with pytest.raises(ValueError, match="measured have 2 columns, but a row given has 1"):
            way([[1.0]])


def test_standardising_takes_arrays_of_numpy():
    rows = [[1, 10], [3, 20], [8, 0]]
    by_lists, by_array = nn.StandardScaler().fit(rows), nn.StandardScaler().fit(np.array(rows))
    assert by_array.state_dict() == by_lists.state_dict()
    assert by_array.transform(np.array(rows)) == by_lists.transform(rows)


@pytest.mark.parametrize("bad", [None, "red", math.nan, math.inf])
def test_standardising_names_what_is_no_number(bad):
    words = r"rows\[1\]\[1\] is .*, and a StandardScaler takes finite numbers; a TableEncoder"
    with pytest.raises(ValueError, match=words):
        nn.StandardScaler().fit([[1.0, 2.0], [1.0, bad]])


def test_standardising_takes_rows_not_a_flat_list():
    with pytest.raises(TypeError, match=r"a row must be a list of numbers, one for each column, not float 1\.0"):
        nn.StandardScaler().fit([1.0, 2.0])


@given(st.lists(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=2), min_size=1))
def test_standardising_can_be_undone_and_kept_as_json(rows):
    scaler = nn.StandardScaler().fit(rows)
    back = scaler.inverse_transform(scaler.transform(rows))
    for row, again in zip(rows, back, strict=True):
        assert again == pytest.approx(row, rel=1e-9, abs=1e-6)
    kept = nn.StandardScaler.from_state_dict(json.loads(json.dumps(scaler.state_dict())))
    assert kept.transform(rows) == scaler.transform(rows)
