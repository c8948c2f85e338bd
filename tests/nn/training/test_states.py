import math

import pytest

from nn.training.states import checked

FITTING = [
    (str, ["", "x"]),
    (int, [0, -3, 10**400]),
    (float, [0, -1, 1.5, 1e308]),
    (dict, [{}, {"a": None}]),
    (list[float], [[], [1, 2.5]]),
    (list, [[], [{}]]),
]
OTHERS = [
    (str, [None, 1, ["x"]]),
    (int, [None, True, 1.0, "1", math.nan]),
    (float, [None, True, "1", math.nan, math.inf, -math.inf, 10**400, [1.0]]),
    (dict, [None, [], "x"]),
    (list[float], [None, 1.0, "12", {}, [None], [1.0, math.nan], [[1.0]]]),
    (list, [None, {}, "x"]),
]


def test_what_is_of_its_kind_comes_back_and_no_more():
    for kind, things in FITTING:
        for thing in things:
            assert checked({"a": thing, "more": 1}, {"a": kind}, "it") == {"a": thing}


@pytest.mark.parametrize(("kind", "thing"), [(kind, thing) for kind, things in OTHERS for thing in things])
def test_what_is_not_is_named_with_what_it_should_be(kind, thing):
    with pytest.raises(ValueError, match=r"'a' of it must be (a [a-z ]+|text), not ") as refused:
        checked({"a": thing}, {"a": kind}, "it")
    assert len(str(refused.value)) < 120


def test_what_is_missing_is_named():
    with pytest.raises(ValueError, match="it has no 'b'"):
        checked({"a": 1}, {"a": int, "b": int}, "it")
    with pytest.raises(ValueError, match="it must be a dict, not None"):
        checked(None, {"a": int}, "it")
