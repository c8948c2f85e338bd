"""Exact numbers that no float holds, in every row and every way of showing them."""

import math
from fractions import Fraction

import pytest

import autograd
from autograd import Value
from autograd.coercion import UNDEFINED
from autograd.registry import TABLE, Primitive

TINY, HUGE = Fraction(1, 10**400), 10**400
NUMBERS = {"tiny": TINY, "-tiny": -TINY, "huge": HUGE, "-huge": -HUGE, "huge fraction": Fraction(HUGE, 7)}


def test_roots_and_logarithms() -> None:
    assert Value(TINY).sqrt().data == pytest.approx(1e-200, rel=1e-15)
    assert Value(HUGE).sqrt().data == pytest.approx(1e200, rel=1e-15)
    assert Value(Fraction(HUGE, 4)).sqrt().data == pytest.approx(5e199, rel=1e-15)
    for sign, number in ((-1, TINY), (1, HUGE)):
        assert Value(number).log().data == pytest.approx(sign * 400 * math.log(10), rel=1e-15)
        assert Value(number).log2().data == pytest.approx(sign * 400 * math.log2(10), rel=1e-15)
        assert Value(number).log10().data == pytest.approx(sign * 400, rel=1e-15)
    x = Value(TINY)
    x.log().backward()
    assert x.grad == HUGE


@pytest.mark.parametrize("number", NUMBERS.values(), ids=NUMBERS)
@pytest.mark.parametrize("row", TABLE.values(), ids=lambda row: row.name)
def test_every_row_answers_or_says_what_is_wrong(row: Primitive, number: Fraction | int) -> None:
    x = Value(number, label="x")
    operands = (x, 2)[: row.arity]
    try:
        y = row(*operands)
    except UNDEFINED as error:
        message = str(error)
        assert message.startswith(f"{row.word} has no value at a = ")
        assert "int too large" not in message
        if "it is defined for" in message:
            assert number not in row.domain[0] or "a float rounds" in message
        return
    for spec in ("", ".3g", ".2e", "+.1f", "12.4g"):
        assert f"{y:{spec}}"
    assert repr(y)
    if not (row.name in ("log2", "log10") and number == TINY):  # where the slope is too large for a float
        assert y.steps()[-1].words


@pytest.mark.parametrize(
    ("number", "spec", "text"),
    [
        (HUGE, ".3g", "1.00e+400"), (-HUGE, "+.2e", "-1.00e+400"), (Fraction(HUGE, 3), ".3g", "3.33e+399"),
        (TINY, ".3g", "1e-400"), (TINY, ".2f", "0.00"), (3, "5d", "    3"), (3, ".2f", "3.00"),
        (Fraction(1, 3), ".4f", "0.3333"), (2.5, "8.2f", "    2.50"), (10**25, ",d", f"{10**25:,d}"),
    ],
)  # fmt: skip
def test_formats(number: Fraction | float, spec: str, text: str) -> None:
    assert f"{Value(number):{spec}}" == text


def test_what_a_float_rounds_away_is_said() -> None:
    with pytest.raises(ValueError, match=r"defined for a in \(-1, 1\), and a float rounds the number to one outside"):
        autograd.atanh(1 - TINY)
    with pytest.raises(OverflowError, match="a is too large for a float"):
        autograd.sin(HUGE)
    with pytest.raises(ValueError, match="a is too small for a float"):
        Value(TINY) ** 0.5
