from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nn.tabular.notation import ORDERS, Notation

MARKS = [(".", ""), (",", ""), (".", ","), (",", "."), (".", " "), (",", " "), (".", "'"), (",", "\u202f"), (".", "’")]
UNITS = [("", ""), ("$", ""), ("", "%"), ("", " €"), ("EUR ", ""), ("", " kg"), ("US$", ""), ("", "km/h"), ("£ ", "")]


@given(st.floats(-1e99, 1e99))
def test_a_number_is_read_as_python_writes_it(x):
    assert Notation().read(repr(x)) == x
    assert Notation().read(f"+{abs(x)!r}") == abs(x)
    assert Notation(decimal=",").read(repr(x).replace(".", ",")) == x


@given(
    st.integers(-(10**12), 10**12), st.integers(0, 4), st.sampled_from(MARKS), st.sampled_from(UNITS),
    st.sampled_from("-−–"),
)  # fmt: skip
def test_a_number_is_read_as_people_write_it(digits, places, marks, unit, minus):
    point, group = marks
    before, after = unit
    x = digits / 10**places
    text = f"{abs(x):,.{places}f}".replace(",", "G").replace(".", point).replace("G", group)
    thousands = {"\u202f": " ", "’": "'"}.get(group, group)
    notation = Notation(decimal=point, thousands=thousands, unit=(before + after).strip())
    for sign in (f"{minus}{before}", f"{before}{minus}") if x < 0 else (before,):
        assert notation.read(f"{sign}{text}{after}") == pytest.approx(x, abs=0)
    assert notation._replace(unit="¥").read(f"{before}{text}{after}") is None


@pytest.mark.parametrize(
    "notation",
    [
        *(Notation(decimal=mark, unit=(before + after).strip()) for mark in ".," for before, after in UNITS),
        *(Notation("date", order=order) for order in ORDERS),
        Notation("time"),
    ],
)
def test_the_example_that_a_message_gives_is_written_in_this_way(notation):
    assert notation.read(notation.example()) in (1234.5, datetime(2024, 3, 31), 14.5)
    assert notation.example() in notation.advice()


@pytest.mark.parametrize(
    "text", ["1,234", "1_000", "$5", "5%", "1 234", "inf", "-inf", "nan", "0x10", "٣", ".", "1.2.3", "", "--5"]
)
def test_a_plain_number_is_nothing_else(text):
    assert Notation().read(text) is None


@pytest.mark.parametrize("text", ["1,23", "1,2345", "12,34,5", ",123", "0,123", "1,,234", "1,234.5.6", "1,234,"])
def test_groups_have_three_digits(text):
    assert Notation(thousands=",").read(text) is None
    assert Notation(thousands=",").read("12,34,567") == 1234567  # as in India


FORMS = {
    "ymd": ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S.000Z"],
    "dmy": ["%d.%m.%Y", "%d/%m/%Y", "%d-%m-%y", "%d %B %Y", "%d-%b-%Y", "%d.%m.%Y, %H:%M:%S"],
    "mdy": ["%m/%d/%Y", "%B %d, %Y", "%b. %d %Y", "%m/%d/%Y %I:%M:%S %p"],
}


@given(st.datetimes(datetime(1970, 1, 1), datetime(2067, 1, 1)))
def test_a_date_is_read_as_it_is_written(moment):
    moment = moment.replace(microsecond=0)
    for order, forms in FORMS.items():
        for form in forms:
            expected = moment if "%M" in form else moment.replace(hour=0, minute=0, second=0)
            assert Notation("date", order=order).read(moment.strftime(form)) == expected, form
            if order != "ymd":
                assert Notation("date", order="ymd").read(moment.strftime(form)) is None


@pytest.mark.parametrize(
    "text", ["31.02.2024", "32/01/2024", "5", "1-2-3", "10.0.0.1", "2024", "May", "24-05-01 25:00"]
)
def test_what_is_no_date(text):
    assert all(Notation("date", order=order).read(text) is None for order in FORMS)


def test_a_time_of_the_day_is_hours():
    time = Notation("time")
    assert [time.read(text) for text in ("12:30", "9:15 pm", "12:00 am", "06:00:36")] == [12.5, 21.25, 0, 6.01]
    assert [time.read(text) for text in ("24:00", "7:60", "13:00 pm", "7", "7:5")] == [None] * 5


def test_a_notation_survives_json():
    notation = Notation("number", ",", ".", "%", missing=["", "none"])
    assert Notation.from_state_dict(notation._asdict()) == notation
    with pytest.raises(ValueError, match="'missing' of a notation must be a list of texts"):
        Notation.from_state_dict(notation._asdict() | {"missing": [1]})


@pytest.mark.parametrize("zone", ["", "Z", " UTC", "+02:00", "-0530"])
def test_the_zone_of_a_time_is_passed_over(zone):
    assert Notation("date", order="ymd").read(f"2024-03-01T12:30{zone}") == datetime(2024, 3, 1, 12, 30)
