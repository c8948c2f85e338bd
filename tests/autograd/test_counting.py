import pytest

import autograd
import nn
from autograd import Value
from autograd.counting import counted


@pytest.mark.parametrize(
    ("noun", "plural"), [("row", "rows"), ("entry", "entries"), ("class", "classes"), ("leaf", "leaves")]
)
def test_one_is_counted_in_the_singular(noun, plural):
    assert [counted(number, noun) for number in (0, 1, 2, 1000)] == [
        f"0 {plural}",
        f"1 {noun}",
        f"2 {plural}",
        f"1,000 {plural}",
    ]


def test_objects_count_what_they_hold():
    assert repr(nn.Dataset([[1.0]], [0], ["a"], ["b"])) == "<Dataset: 1 row, 1 feature, 1 class>"
    assert repr(nn.StandardScaler().fit([[1.0]])) == "StandardScaler(1 column)"
    x = Value(2.0)
    assert repr(autograd.compile(x * 3, [x])).startswith("<program: 1 input, 1 output, 0 leaves, ")


def test_errors_count_what_they_were_given(tmp_path):
    path = tmp_path / "some.csv"
    path.write_text("a,b\n1\n")
    with pytest.raises(ValueError, match="line 2: 1 entry, but the first line names 2 columns; an entry"):
        nn.read_csv(path, "a")
    with pytest.raises(ValueError, match="got 1 row and 2 targets"):
        nn.Dataset([[1.0]], [1.0, 2.0], ["a"], [])
