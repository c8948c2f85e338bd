"""What counts as a number (the rest is seen through Value)."""

from fractions import Fraction

import numpy as np
import pytest

from autograd.coercion import describe, is_array, is_finite, number, short, whole_number


def test_the_name_of_the_argument_is_in_the_error() -> None:
    with pytest.raises(TypeError, match="learning rate must be one real number"):
        number("x", "learning rate")


def test_a_whole_number_is_an_int_and_not_too_small() -> None:
    assert whole_number(np.int64(3), "count") == 3
    assert type(whole_number(np.int64(3), "count")) is int
    assert whole_number(2, "count", 2) == 2
    for bad in (2.0, "2", None, [2]):
        with pytest.raises(TypeError, match="count must be a whole number, not"):
            whole_number(bad, "count")
    with pytest.raises(ValueError, match="count must be at least 2, not 1"):
        whole_number(1, "count", 2)


def test_finite() -> None:
    assert all(map(is_finite, (0.0, 10**400, Fraction(10**400), 1e308)))
    assert not any(map(is_finite, (float("nan"), float("inf"), float("-inf"))))


def test_arrays_are_told_apart() -> None:
    assert is_array(np.zeros(2))
    assert is_array(np.array(1.0))
    assert not any(map(is_array, (1.0, [1.0], "a", None)))


def test_long_things_are_described_shortly() -> None:
    assert describe("a") == "str 'a'"
    assert len(describe(list(range(10_000)))) < 60


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        (2.0, "2"), (0.123456, "0.1235"), (1e-9, "1e-09"), (-3, "-3"), (Fraction(1, 3), "1/3"), (10**20, "1.000e+20"),
        (Fraction(10**9 + 7, 10**9 + 9), "1.000"), (float("inf"), "inf"), (float("nan"), "nan"),
    ],
)  # fmt: skip
def test_numbers_as_people_read_them(given, shown: str) -> None:
    assert short(given) == shown


def test_whole_numbers_too_large_for_a_float() -> None:
    assert short(10**400) == "1.000e+400"
    assert short(-(10**5000)) == "-1.000e+5000"
    assert short(Fraction(10**5000, 3 * 10**5000 + 1)) == "0.3333"
