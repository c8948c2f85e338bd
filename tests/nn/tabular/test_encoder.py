import json
from datetime import datetime
from statistics import fmean, pstdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

import nn


def table(**columns):
    rows = [list(row) for row in zip(*columns.values(), strict=True)]
    return nn.Dataset(rows, [0] * len(rows), list(columns), [])


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
    assert encode.notes == [
        "text becomes a 0 or 1 for each category: 'colour' (2)",
        "'colour' is missing in 1 of 4 training rows, and taken to be none of its categories",
    ]


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
    assert len(nn.TableEncoder(table(word=[f"w{i % 50}" for i in range(100)])).features) == 50


@pytest.mark.parametrize("rows", [3, 7, 20, 60])
def test_text_that_is_another_one_in_nearly_every_row_is_left_out_and_said(rows):
    names = [f"name {i}" for i in range(rows)]
    encode = nn.TableEncoder(table(name=names, x=[float(i) for i in range(rows)]))
    assert encode.features == ["x"]
    assert encode.notes[0].startswith(f"'name' is left out: it has {rows} different texts in {rows} rows, such as")


def test_a_date_becomes_the_parts_of_it_that_vary():
    dates = [datetime(2024, 3, 1), datetime(2024, 5, 4), None, datetime(2024, 5, 5)]
    encode = nn.TableEncoder(table(sold=dates))
    assert encode.features == ["sold month", "sold day", "sold weekday"]
    expected = []
    for column in ([3, 5, 5], [1, 4, 5], [4, 5, 6]):  # a Friday, a Saturday, a Sunday
        mean, size = fmean(column), pstdev(column)
        expected.append([(x - mean) / size for x in (column[0], column[1], sorted(column)[1], column[2])])
    rows = encode([[date] for date in dates])
    for got, wanted in zip(zip(*rows, strict=True), expected, strict=True):
        assert list(got) == pytest.approx(wanted)
    assert "'sold' is a date: month, day, weekday are learned from" in encode.notes
    kept = nn.TableEncoder.from_state_dict(json.loads(json.dumps(encode.state_dict())))
    assert kept([[date] for date in dates]) == rows
    with pytest.raises(ValueError, match=r"'sold' is a column of dates, but a row given has float 1\.0 there"):
        encode([[1.0]])
    with pytest.raises(ValueError, match="'sold' holds both dates, such as"):
        nn.TableEncoder(table(sold=[datetime(2024, 3, 1), 1.0]))


def test_what_training_never_saw_is_said():
    encode = nn.TableEncoder(table(colour=["red", "blue"], x=[1.0, 2.0]))
    assert encode.unseen([["red", 1.0], [None, 1.0]]) == []
    assert encode.unseen([["green", 1.0], ["red", 1.0], ["green", 9.0]]) == [
        "'colour' is 'green' in 2 of 3 rows, which the training rows never had: taken to be none of its categories"
    ]
    assert encode.unseen([[c, 1.0] for c in "abcde"])[0].startswith("'colour' is 'a', 'b', 'c' and 2 more in 5 of 5")
    assert encode.gaps([["red", None]]) == ["'x' is missing in 1 of 1 row, and taken to be the median, 1.5"]


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
    with pytest.raises(ValueError, match=r"rows\[0\]\[0\] is inf: a table holds finite numbers, text, dates and gaps"):
        encode([[float("inf"), "red"]])
    with pytest.raises(ValueError, match="a TableEncoder measures the training rows, give it at least one"):
        nn.TableEncoder(table(age=[]))
    with pytest.raises(ValueError, match=r"rows\[1\]\[0\] is inf: a table holds finite numbers, text, dates and gaps"):
        nn.TableEncoder(table(age=[1.0, float("inf")]))
    with pytest.raises(ValueError, match="'age' holds both text, such as 'old', and numbers"):
        nn.TableEncoder(table(age=[1.0, "old", None]))
