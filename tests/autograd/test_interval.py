"""The interval in which an argument may lie: reading, writing, and what belongs to it."""

import math

import pytest

from autograd.interval import EVERYWHERE, Interval
from autograd.registry import TABLE


@pytest.mark.parametrize("low", [-math.inf, -1, 0.5])
@pytest.mark.parametrize("high", [math.inf, 2, 1e300])
@pytest.mark.parametrize("includes_low", [False, True])
@pytest.mark.parametrize("includes_high", [False, True])
def test_what_is_written_is_read_again(low: float, high: float, includes_low: bool, includes_high: bool) -> None:
    if (low == -math.inf and includes_low) or (high == math.inf and includes_high):
        with pytest.raises(ValueError, match="round bracket"):
            Interval(low, high, includes_low, includes_high)
        return
    interval = Interval(low, high, includes_low, includes_high)
    assert Interval.parse(str(interval)) == interval
    assert (low in interval) == includes_low
    assert (high in interval) == includes_high
    assert max(low, 0) + 0.75 in interval
    assert math.nan not in interval
    if interval.is_bounded:
        assert low - 1 not in interval or high + 1 not in interval


@pytest.mark.parametrize(
    "text", ["", "0, inf", "(0; 1)", "(0, 1", "(a, b)", "(1, 0)", "(2, 2)", "(nan, 1)", "(0, inf]", "0"]
)
def test_other_text_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"interval|round bracket"):
        Interval.parse(text)


def test_a_row_of_your_own_takes_text_or_an_interval(own_row) -> None:
    by_text = own_row("half_line", math.log, lambda y, a: 1 / a, domain=("(0, inf)",))
    assert by_text.domain == (Interval(0),)
    by_interval = own_row("half_line", math.log, lambda y, a: 1 / a, domain=(Interval(0),))
    assert by_interval.domain == by_text.domain
    with pytest.raises(ValueError, match=r"defined for a in \(0, inf\)"):
        by_interval(-1.0)
    assert own_row("cube", lambda a: a**3, lambda y, a: 3 * a * a).domain == (EVERYWHERE,)


@pytest.mark.parametrize(
    ("domain", "error", "message"),
    [
        (("(0, infinite)",), ValueError, r"not '\(0, infinite\)'"),
        (("positive",), ValueError, "not 'positive'"),
        ("(0, inf)", TypeError, "tuple of 1 interval"),
        (["(0, inf)"], TypeError, "tuple of 1 interval"),
        (None, TypeError, "tuple of 1 interval"),
        ((0,), TypeError, "not int 0"),
        (((0, 1),), TypeError, r"not tuple \(0, 1\)"),
    ],
)
def test_a_domain_that_cannot_be_read_is_refused_at_the_door(domain, error, message, own_row) -> None:
    with pytest.raises(error, match=message):
        own_row("half_line", math.log, lambda y, a: 1 / a, domain=domain)
    assert "half_line" not in TABLE


def test_the_domains_of_the_table_are_true() -> None:
    """Every row has a value just inside its domain, and none half a unit outside."""
    for row in TABLE.values():
        inside = [max(interval.low, 0) + 0.25 for interval in row.domain]
        row(*inside)
        for argument, interval in enumerate(row.domain):
            for end, way in ((interval.low, -0.5), (interval.high, 0.5)):
                if math.isfinite(end) and row.name != "pow":  # a negative base has powers, with whole exponents
                    with pytest.raises((ValueError, ArithmeticError)):
                        row(*inside[:argument], end + way, *inside[argument + 1 :])
