from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

import nn


def made(counts):
    """As many rows of each class as asked for; every row is different."""
    targets = [kind for kind, count in enumerate(counts) for _ in range(count)]
    rows = [[float(place), float(kind)] for place, kind in enumerate(targets)]
    return nn.Dataset(rows, targets, ["place", "kind"], [f"class {kind}" for kind in range(len(counts))])


def numbers(count):
    """Rows with a number to predict, half of them alike."""
    return nn.Dataset([[float(i)] for i in range(count)], [float(i // 2) for i in range(count)], ["place"], [])


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
        with pytest.raises(ValueError, match=f"test_size must be a share between 0 and 1, such as 0.25, not {share}"):
            nn.stratified_split(made([4]), share)
    with pytest.raises(ValueError, match="one part would be empty"):
        nn.stratified_split(made([1, 1]), 0.25)


@given(
    st.lists(st.integers(10, 30), min_size=1, max_size=4),
    st.floats(0.1, 0.45),
    st.floats(0.1, 0.45),
    st.integers(0, 99),
)
def test_three_parts_keep_every_row_once_and_every_class_in_proportion(counts, validation, test, seed):
    data = made(counts)
    parts = nn.train_validation_test_split(data, validation, test, seed)
    assert sorted(chain.from_iterable(part.rows for part in parts)) == data.rows
    for part, share in zip(parts, (1 - validation - test, validation, test), strict=True):
        assert all(row[1] == target for row, target in zip(part.rows, part.targets, strict=True))
        for kind, count in enumerate(counts):
            assert abs(part.targets.count(kind) - share * count) <= 1 + 1e-9


def test_numbers_to_predict_are_split_without_a_look_at_them():
    data = numbers(200)
    training, validation, test = nn.train_validation_test_split(data, seed=5)
    assert [len(part.rows) for part in (training, validation, test)] == [140, 30, 30]
    assert sorted(training.rows + validation.rows + test.rows) == data.rows
    assert all(target == row[0] // 2 for part in (training, test) for row, target in zip(part.rows, part.targets))
    assert 70 < sum(test.targets) / 30 * 2 < 130  # from all over the place
    assert len(nn.stratified_split(data, 0.25)[1].rows) == 50


def test_three_parts_of_which_one_would_be_empty_are_refused():
    for shares in ((0, 0.2), (0.2, 0), (0.5, 0.5), (20, 10)):
        with pytest.raises(ValueError, match=f"not {shares[0]} and {shares[1]}"):
            nn.train_validation_test_split(made([9]), *shares)
    with pytest.raises(
        ValueError, match=r"3 rows cannot be split with validation_size=0.1, test_size=0.1: one part would be"
    ):
        nn.train_validation_test_split(made([3]), 0.1, 0.1)


def test_mini_batches_give_every_row_once_in_shuffled_order():
    data = made([5, 5])
    batches = list(nn.mini_batches(data, 4, seed=1))
    assert [len(batch.rows) for batch in batches] == [4, 4, 2]
    rows = [row for batch in batches for row in batch.rows]
    assert sorted(rows) == data.rows != rows
    assert [int(row[1]) for row in rows] == [target for batch in batches for target in batch.targets]
    assert batches == list(nn.mini_batches(data, 4, seed=1)) != list(nn.mini_batches(data, 4, seed=2))
    assert batches[0].features == data.features
    with pytest.raises(ValueError, match="size must be at least 1, not 0"):
        nn.mini_batches(data, 0)


@pytest.mark.parametrize("split", [nn.stratified_split, nn.train_validation_test_split, nn.mini_batches])
def test_what_is_split_is_a_dataset(split):
    with pytest.raises(
        TypeError, match=r"data must be a Dataset, not list .*nn.Dataset\(rows, targets, features, classes\)"
    ):
        split([[1.0], [2.0]])
