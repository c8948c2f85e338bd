import pytest

from nn.tabular.guessing import Conventions, guesses
from nn.tabular.notation import Notation


def guess(*entries, delimiter=",", others=None, **said):
    columns = {"x": list(entries), **(others or {})}
    return guesses(columns, Conventions(**said), delimiter)["x"]


NUMBERS = [
    (["0,94", "1,5", "2"], [0.94, 1.5, 2.0], "'0,94' is read as the number 0.94"),
    (["$5.2", "$1,200.50", "-$3"], [5.2, 1200.5, -3.0], "'$5.2' is read as the number 5.2"),
    (["3%", "4.5 %", "−1%"], [3.0, 4.5, -1.0], "'3%' is read as the number 3"),
    (["12,345", "1,234,567"], [12345.0, 1234567.0], "'12,345' is read as the number 12345"),
    (["1.234,5", "7"], [1234.5, 7.0], "'1.234,5' is read as the number 1234.5"),
    (["1 234", "56\u00a0789,5"], [1234.0, 56789.5], "'1 234' is read as the number 1234"),
    (["1'234", "5’678.5"], [1234.0, 5678.5], "is read as the number 1234"),
    (["−5", "3"], [-5.0, 3.0], "'−5' is read as the number -5"),
    (["(1,200.50)", "3"], [-1200.5, 3.0], "'(1,200.50)' is read as the number -1200.5"),
    (["5 kg", "7,5 kg"], [5.0, 7.5], "'5 kg' is read as the number 5"),
    (["12:30", "18:00"], [12.5, 18.0], "'12:30' is read as the number of hours 12.5"),
    (["007", "12"], [7.0, 12.0], "'007' is read as the number 7"),
    (["1.5", "-2", "3e2", ".5"], [1.5, -2.0, 300.0, 0.5], ""),
]


@pytest.mark.parametrize(("entries", "numbers", "note"), NUMBERS)
def test_what_is_written_like_numbers_is_read_as_such_and_said(entries, numbers, note):
    found = guess(*entries, "NA", "")
    assert [found.notation.read(entry) for entry in entries] == numbers
    assert (note in found.note) if note else (found.note == "")


@pytest.mark.parametrize("entries", [
    ["c1", "c2"], ["Anna", "Bob"], ["5 kg", "500 g", "7 lb"], ["0x10", "0x20"], ["1.2.3", "1.2.4"],
    ["a", "b", "1", "2"], ["10.0.0.1", "10.0.0.2"], ["٣", "٤"], ["5 kg", "7 kg", "8 kg", "heavy"],
])  # fmt: skip
def test_text_stays_text(entries):
    assert guess(*entries).notation.kind == "text"


@pytest.mark.parametrize("entries", [["1", "2", "oops"], ["$5", "$6", "7"], ["3%", "4%", "0.05"]])
def test_a_column_is_what_most_of_its_entries_are(entries):
    found = guess(*entries)
    assert found.notation.kind == "number"
    assert found.notation.read(entries[-1]) is None  # so that the reader names its line


@pytest.mark.parametrize(
    "entries", [["1,5", "2.5"], ["$5", "7"], ["1,234.5", "1.234,5"], ["3%", "0.03", "a", "5%", "7"]]
)
def test_numbers_that_are_written_in_several_ways_are_refused(entries):
    with pytest.raises(ValueError, match=r"'x' has numbers that are written in several ways, such as '.*' and '"):
        guess(*entries)
    assert guess(*entries, as_class=["x"]).notation.kind == "text"


AMBIGUOUS = ["1,234", "12,345"]


@pytest.mark.parametrize(("entries", "how", "number", "note"), [
    (AMBIGUOUS, {}, 1234, "; if 1.234 is meant, set decimal to ','"),
    (AMBIGUOUS, {"delimiter": ";"}, 1.234, "; if 1234 is meant, set decimal to '.'"),
    (AMBIGUOUS, {"others": {"y": ["0,5"]}}, 1.234, "; if 1234 is meant, set decimal to '.'"),
    (AMBIGUOUS, {"others": {"y": ["0.5"]}, "delimiter": ";"}, 1234, "; if 1.234 is meant, set decimal to ','"),
    (AMBIGUOUS, {"decimal": ","}, 1.234, "'1,234' is read as the number 1.234"),
    (AMBIGUOUS, {"decimal": "."}, 1234, "'1,234' is read as the number 1234"),
    (AMBIGUOUS, {"thousands": ","}, 1234, "'1,234' is read as the number 1234"),
    (AMBIGUOUS, {"thousands": ""}, 1.234, "'1,234' is read as the number 1.234"),
    (["1.234", "12.345"], {}, 1.234, ""),
    (["1.234", "12.345"], {"others": {"y": ["0,5"]}}, 1234, "; if 1.234 is meant, set decimal to '.'"),
    (["1.234", "12.345"], {"decimal": ","}, 1234, "'1.234' is read as the number 1234"),
    (["1.234", "12.345"], {"thousands": "."}, 1234, "'1.234' is read as the number 1234"),
    (["1.234", "0.345"], {"others": {"y": ["0,5"]}}, 1.234, ""),  # no group begins with 0
    (["1.5"], {"decimal": ","}, 1.5, ""),  # can be nothing else
])  # fmt: skip
def test_two_readings_are_told_apart_by_a_rule_that_can_be_overridden(entries, how, number, note):
    found = guess(*entries, **how)
    assert found.notation.read(entries[0]) == number
    assert found.note.endswith(note)
    assert bool(note) == bool(found.note)


@pytest.mark.parametrize(("entries", "order"), [
    (["2024-03-01", "2024/12/31"], "ymd"), (["03/04/2024", "25/06/2024"], "dmy"), (["03/04/2024", "06/25/2024"], "mdy"),
    (["3.4.2024", "5.6.2024"], "dmy"), (["3 March 2024", "12 Dec 2023"], "dmy"), (["Mar 3, 2024"], "mdy"),
    (["2024-03", "2024-04"], "ymd"), (["03/2024", "April 2024"], "ymd"),
])  # fmt: skip
def test_dates_are_found(entries, order):
    assert guess(*entries).notation[:5] == Notation("date", order=order)[:5]


def test_dates_that_may_be_two_are_refused_unless_the_order_is_said():
    entries = ["03/04/2024", "05/06/2024"]
    with pytest.raises(ValueError, match=r"'03/04/2024' may be 03 April 2024 \(dmy\) or 04 March 2024 \(mdy\); set"):
        guess(*entries)
    assert guess(*entries, date_order="mdy").notation.read(entries[0]).month == 3
    assert guess(*entries, as_class=["x"]).notation.kind == "text"
    assert guess("04/04/2024", "05/05/2024").notation.kind == "date"  # the same in both orders


def test_what_is_missing_can_be_said():
    assert guess("1", "2", "none").notation.kind == "number"
    assert guess("-99", "2", missing=["-99"]).notation.is_missing("-99")
    assert not guess("a", "none", missing=[]).notation.is_missing("none")
    assert guess("a", "NONE").notation.is_missing("NONE")


def test_a_column_can_be_named_number_or_class():
    assert guess("1", "2", as_class=["x"]).notation.kind == "text"
    assert guess("1", "a", "b", as_number=["x"]).notation.kind == "number"


@pytest.mark.parametrize(("said", "words"), [
    ({"decimal": "x"}, r"decimal must be one of '\.', ',', not 'x'"), ({"thousands": "x"}, "thousands must be one of"),
    ({"date_order": "x"}, "date_order must be one of 'ymd', 'dmy', 'mdy', not 'x'"),
    ({"decimal": ",", "thousands": ","}, "decimal and thousands cannot both be ','"),
])  # fmt: skip
def test_what_cannot_be_said(said, words):
    with pytest.raises(ValueError, match=words):
        Conventions(**said).check()
