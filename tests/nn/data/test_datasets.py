import re
import sys
from collections import Counter
from datetime import date, datetime
from fractions import Fraction

import numpy as np
import pandas as pd
import polars as pl
import pytest

import nn
from autograd import Value
from autograd.arrays import lists, oddity


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


MOMENT = "2024-02-29T12:30:00.123456"


@pytest.mark.parametrize(
    "column",
    [
        lambda ns: np.array([f"{MOMENT}{ns:03}"], "datetime64[ns]"),
        lambda ns: [np.datetime64(f"{MOMENT}{ns:03}", "ns")],
        lambda ns: np.array([86_400_000_000_000 + ns], "timedelta64[ns]"),
        lambda ns: [np.timedelta64(86_400_000_000_000 + ns, "ns")],
        lambda ns: pd.Series([pd.Timestamp(f"{MOMENT}{ns:03}")]),
        lambda ns: pd.Series([pd.Timestamp(f"{MOMENT}{ns:03}")], dtype=object),
        lambda ns: pd.Series([pd.Timestamp(f"{MOMENT}{ns:03}", tz="Europe/Paris")]),
        lambda ns: [pd.Timestamp(f"{MOMENT}{ns:03}")],
        lambda ns: pd.Series([pd.Timedelta(86_400_000_000_000 + ns)]),
        lambda ns: pd.DataFrame({"t": [pd.Timestamp(f"{MOMENT}{ns:03}")], "x": [1.0]}),
        lambda ns: pl.Series([10**18 + ns]).cast(pl.Datetime("ns")),
        lambda ns: np.array([[f"{MOMENT}{ns:03}", MOMENT]], "datetime64[ns]"),
    ],
)
def test_the_hash_of_data_tells_moments_apart_that_differ_by_a_nanosecond(column):
    assert not any(isinstance(cell, int) for cell in np.ravel(np.array(lists(column(1), "dates"), dtype=object)))
    hashes = [nn.data_hash(column(ns)) for ns in (0, 1, 2, 999)]
    assert len(set(hashes)) == 4
    assert hashes[1] == nn.data_hash(column(1))


def test_a_moment_that_datetime_holds_is_the_same_moment_whatever_holds_it():
    moment = datetime.fromisoformat(MOMENT)
    for unit in ("us", "ns"):
        for given in (np.array([MOMENT], f"M8[{unit}]"), [np.datetime64(MOMENT, unit)], [moment]):
            assert nn.data_hash(given) == nn.data_hash([moment]) == nn.data_hash([pd.Timestamp(moment)])
    assert nn.data_hash(np.array(["NaT"], "M8[ns]")) == nn.data_hash([None]) == nn.data_hash([np.datetime64("NaT")])


def test_a_moment_beyond_the_years_of_datetime_is_no_number():
    for far in (np.array(["10000-01-01"], "M8[D]"), np.array([10**18], "M8[D]"), np.array([10**15], "m8[D]")):
        (kept,) = lists(far, "dates")
        assert not isinstance(kept, int)
        assert oddity(kept).startswith("no real number")
        assert nn.data_hash(far) != nn.data_hash(far + 1)
    assert nn.data_hash(np.array(["10000-01-01"], "M8[us]")) != nn.data_hash([253402300800000000])


def test_the_hash_of_data_tells_a_thing_from_its_name():
    pairs = [
        (["Value"], [Value(1.0)]),
        ([["Fraction", "1/2"]], [Fraction(1, 2)]),
        ([["date", "2024-02-29"]], [date(2024, 2, 29)]),
        ([["bytes", "b'a'"]], [b"a"]),
        ([pd.Period("2020-01", "M")], ["2020-01"]),
        ([pd.Period("2020-01", "M")], [pd.Period("2020-01", "Q")]),
        ([pd.Period("2020-01", "M")], [pd.Period("2020-02", "M")]),
        ([pd.Interval(0, 1)], [pd.Interval(0, 1, closed="left")]),
        (
            pd.Series(pd.period_range("2020", periods=3, freq="M")),
            pd.Series(pd.period_range("2021", periods=3, freq="M")),
        ),
    ]
    for one, other in pairs:
        assert nn.data_hash(one) != nn.data_hash(other)
        assert nn.data_hash([one]) != nn.data_hash([other])
        assert nn.data_hash(one) == nn.data_hash(one)
