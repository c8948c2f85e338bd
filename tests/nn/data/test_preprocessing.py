import json
import math
from statistics import fmean, pstdev

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import nn


def table(**columns):
    rows = [list(row) for row in zip(*columns.values(), strict=True)]
    return nn.Dataset(rows, [0] * len(rows), list(columns), [])


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
    standardize = nn.Standardizer([[1.0, 2.0]])
    for way in (standardize, standardize.inverse):
        with pytest.raises(ValueError, match="measured have 2 columns, but a row given has 1"):
            way([[1.0]])


def test_standardising_takes_arrays_of_numpy():
    rows = [[1, 10], [3, 20], [8, 0]]
    by_lists, by_array = nn.Standardizer(rows), nn.Standardizer(np.array(rows))
    assert by_array.state_dict() == by_lists.state_dict()
    assert by_array(np.array(rows)) == by_lists(rows)


@pytest.mark.parametrize("bad", [None, "red", math.nan, math.inf])
def test_standardising_names_what_is_no_number(bad):
    with pytest.raises(ValueError, match=r"column 1 of rows holds .*no finite number: a TableEncoder"):
        nn.Standardizer([[1.0, 2.0], [1.0, bad]])


def test_standardising_takes_rows_not_a_flat_list():
    with pytest.raises(TypeError, match=r"a row must be a list of numbers, one for each column, not float 1\.0"):
        nn.Standardizer([1.0, 2.0])


@given(st.lists(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=2), min_size=1))
def test_standardising_can_be_undone_and_kept_as_json(rows):
    standardize = nn.Standardizer(rows)
    back = standardize.inverse(standardize(rows))
    for row, again in zip(rows, back, strict=True):
        assert again == pytest.approx(row, rel=1e-9, abs=1e-6)
    kept = nn.Standardizer.from_state_dict(json.loads(json.dumps(standardize.state_dict())))
    assert kept(rows) == standardize(rows)


def test_numbers_are_standardised_and_their_gaps_filled_with_the_median():
    encode = nn.TableEncoder(table(age=[1.0, None, 3.0, 8.0]))
    filled = [1, 3, 3, 8]
    expected = [(x - fmean(filled)) / pstdev(filled) for x in filled]
    assert [x for (x,) in encode([[1.0], [None], [3.0], [8.0]])] == pytest.approx(expected)
    assert encode.features == ["age"]
    assert encode.notes == ["'age' is missing in 1 of 4 training rows, and taken to be the median, 3"]


def test_text_is_a_number_for_each_category_and_what_was_never_seen_is_none_of_them():
    encode = nn.TableEncoder(table(colour=["red", "blue", None, "red"]))
    assert encode.features == ["colour=blue", "colour=red"]
    assert encode([["red"], ["blue"], [None], ["green"]]) == [[0, 1], [1, 0], [0, 0], [0, 0]]
    assert encode.notes == ["'colour' is missing in 1 of 4 training rows, and taken to be none of its categories"]


def test_categories_and_medians_come_from_the_training_rows_alone():
    data = table(size=[1.0, 2.0, 3.0, 900.0], colour=["red", "blue", "red", "green"])
    encode = nn.TableEncoder(data.take([0, 1, 2]))
    assert encode.features == ["size", "colour=blue", "colour=red"]
    assert encode(data.rows)[3] == [pytest.approx((900 - 2) / pstdev([1, 2, 3])), 0, 0]


def test_what_teaches_nothing_is_left_out_with_its_reason():
    names = [f"name {i}" for i in range(51)]
    encode = nn.TableEncoder(
        table(
            x=[float(i) for i in range(51)],
            name=names,
            same=[2.5] * 51,
            word=["yes"] * 51,
            empty=[None] * 51,
            gaps=[None, 7.0] + [7.0] * 49,
        )
    )
    assert encode.features == ["x"]
    reasons = {column.name: column.reason for column in encode.columns if column.name != "x"}
    assert reasons["name"].startswith("it has 51 different texts in 51 rows, such as 'name 0', more than the 50")
    assert reasons["same"] == "it is 2.5 in every training row"
    assert reasons["word"] == "it is 'yes' in every training row"
    assert reasons["empty"] == "it is empty in the training rows"
    assert reasons["gaps"] == "it is 7 in every training row"
    assert encode.notes[1] == "'same' is left out: it is 2.5 in every training row"
    with pytest.raises(ValueError, match="there is no column to learn from: 'same' is left out: it is 1 in every"):
        nn.TableEncoder(table(same=[1.0, 1.0]))


def test_a_text_or_nothing_is_still_two_things():
    encode = nn.TableEncoder(table(cabin=["deck", None, "deck"]))
    assert encode([["deck"], [None]]) == [[1], [0]]


def test_fifty_categories_are_not_too_many():
    assert len(nn.TableEncoder(table(word=[f"w{i}" for i in range(50)])).features) == 50


cells = {"x": st.none() | st.floats(-1e9, 1e9), "word": st.none() | st.sampled_from("abc")}


@given(st.lists(st.fixed_dictionaries(cells), min_size=1), st.lists(st.fixed_dictionaries(cells)))
def test_what_was_measured_survives_json(training, others):
    columns = {name: [row[name] for row in training] for name in cells}
    encode = nn.TableEncoder(table(sure=[0.0, *[1.0] * len(training)], **{k: [None, *v] for k, v in columns.items()}))
    kept = nn.TableEncoder.from_state_dict(json.loads(json.dumps(encode.state_dict(), allow_nan=False)))
    rows = [[0.5, row["x"], row["word"]] for row in others]
    assert kept(rows) == encode(rows)
    assert (kept.columns, kept.features, kept.notes) == (encode.columns, encode.features, encode.notes)


def test_encoding_refuses_what_it_did_not_measure():
    encode = nn.TableEncoder(table(age=[1.0, 2.0], colour=["red", "blue"]))
    with pytest.raises(ValueError, match="measured have 2 columns, but a row given has 1"):
        encode([[1.0]])
    with pytest.raises(ValueError, match="'age' is a column of numbers, but a row given has str 'old' there"):
        encode([["old", "red"]])
    with pytest.raises(ValueError, match="'age' is a column of numbers, but a row given has float nan there"):
        encode([[float("nan"), "red"]])
    with pytest.raises(ValueError, match="a TableEncoder measures the training rows, give it at least one"):
        nn.TableEncoder(table(age=[]))
    with pytest.raises(ValueError, match="'age' holds a number that is not finite; where one is missing, give None"):
        nn.TableEncoder(table(age=[1.0, float("inf")]))
    with pytest.raises(ValueError, match="'age' holds both text, such as 'old', and numbers"):
        nn.TableEncoder(table(age=[1.0, "old", None]))
