import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nn.tabular import csv_files
from nn.tabular.csv_files import read_table
from nn.tabular.notation import Notation


@pytest.fixture
def file(tmp_path):
    def write(content):
        path = tmp_path / "some.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


words = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1)


@given(st.lists(words, min_size=2, max_size=4, unique=True), st.data())
def test_what_was_written_is_read(tmp_path_factory, names, data):
    rows = data.draw(st.lists(st.lists(words, min_size=len(names), max_size=len(names)), min_size=1))
    path = tmp_path_factory.mktemp("csv") / "some.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows([names, *rows])
    table = read_table(path)
    assert (table.names, table.rows) == (names, rows)
    assert table.lines == list(range(2, len(rows) + 2))


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_the_one_that_divides_the_names(file, delimiter):
    table = read_table(file(delimiter.join(["a", '"b,c;d|e,f;g"', " h "]) + "\n" + delimiter.join("123")))
    assert table.names == ["a", "b,c;d|e,f;g", "h"]
    assert table.rows == [["1", "2", "3"]]
    assert read_table(file(f"\r\n\n{delimiter}y\n1{delimiter}2")).names == ["", "y"]


def test_blank_lines_marks_and_line_ends_do_not_matter(file):
    table = read_table(file('\ufeff\r\na,b\r\n\r\n 1 , "2"\r\n\r\n3,4'))
    assert (table.names, table.rows, table.lines) == (["a", "b"], [["1", "2"], ["3", "4"]], [4, 6])


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty: a table needs a line with the names of its columns"),
        (b" \r\n\n", "is empty"),
        (b"a,b\n", "names its columns, 'a', 'b', but has no rows below"),
        (b"a,b\n1,2\n1,2,3\n", "line 3: 3 entries, but the first line names 2 columns; an entry that holds ','"),
        (b"a,b\n1,2\n1\n", "line 3: 1 entry, but the first line names 2"),
        (b'a,b\n1,2\n1,"2\n3,4\n', r'line 3: .*; is a double quote \("\) left open there\?'),
        (b'a,b\n1,"2" 3\n', r"line 2: .*; is a double quote"),
        (b"a,b\n1,caf\xe9\n", "line 2: byte 0xe9 is not UTF-8; save it as UTF-8"),
        ("a,b\n1,2".encode("utf-16"), "line 1: byte 0xff is not UTF-8"),
        ("a,b\n1,2".encode("utf-16-le"), "holds zero bytes; save it as UTF-8"),
        (b"PK\3\4 and so on", "is no CSV file but a spreadsheet or another zip archive"),
        (b"sep=;\na;b\n1;2\n", "the first line must name the columns, but it is 'sep=;', a mark for spreadsheets"),
        (b"# of 2024\na,b\n1,2\n", "the first line must name the columns, but it is a comment, '# of 2024': delete it"),
        (b"a,b,a\n1,2,3\n", "two columns are named 'a'; give each a name of its own"),
        (b"a,b\n1," + b"x" * 200_000, "line 2: field larger than field limit"),
    ],
)
def test_what_is_no_table_is_refused_in_words(file, content, words):
    with pytest.raises(ValueError, match=words) as raised:
        read_table(file(content))
    assert "some.csv" in str(raised.value)
    assert len(str(raised.value)) < 400


def test_a_file_too_large_is_refused_before_the_memory_is_full(file, monkeypatch):
    monkeypatch.setattr(csv_files, "MOST_ENTRIES", 10)
    with pytest.raises(ValueError, match=r"more than 10 entries, .*take a sample of the rows"):
        read_table(file("a,b\n" + "1,2\n" * 5))
    assert len(read_table(file("a,b\n" + "1,2\n" * 4)).rows) == 4
    monkeypatch.setattr(csv_files, "MOST_BYTES", 1_000_000)
    with pytest.raises(ValueError, match="more than 1 MB"):
        read_table("/dev/zero")


def test_a_file_that_is_not_there_is_an_os_error(tmp_path):
    with pytest.raises(FileNotFoundError):
        read_table(tmp_path / "none.csv")
    with pytest.raises(OSError, match="directory"):
        read_table(tmp_path)


def test_a_wrong_name_is_answered_with_the_right_ones(file):
    table = read_table(file("petal,sepal,\n1,2,3\n"))
    assert table.place("sepal", "target") == 1
    with pytest.raises(
        ValueError, match=r"no column 'petals' \(target\): did you mean 'petal'\? The columns are 'petal'"
    ):
        table.place("petals", "target")
    with pytest.raises(ValueError, match=r"no column '' .* the columns are 'petal', 'sepal'$"):
        table.place("", "target")
    many = read_table(file(",".join(f"column {i}" for i in range(40)) + "\n" + ",".join("1" * 40)))
    with pytest.raises(ValueError, match=r"'column 11' and 28 more$"):
        many.place("x", "target")
    bare = read_table(file("5.1,3.5\n4.9,3.0\n"))
    with pytest.raises(ValueError, match="the first line must name the columns, but it holds only numbers"):
        bare.place("x", "target")


def test_empty_lines_are_counted_or_are_rows_of_one_column(file):
    table = read_table(file("\n\na,b\n1,2\n\n\n3,4\n\n"))
    assert (table.rows, table.lines, table.blank) == ([["1", "2"], ["3", "4"]], [4, 7], 2)
    single = read_table(file("a\n1\n\n2\n\n"))
    assert (single.rows, single.lines, single.blank) == ([["1"], [""], ["2"]], [2, 3, 4], 0)


def test_the_delimiter_can_be_named(file):
    assert read_table(file("a,b;c\n1,2;3"), ";").rows == [["1,2", "3"]]
    assert read_table(file("a:b\n1:2"), ":").rows == [["1", "2"]]
    for wrong in ("", ",,", '"', "\n"):
        with pytest.raises(ValueError, match="delimiter must be a single character, such as ';', not"):
            read_table(file("a,b\n1,2"), wrong)


def test_an_entry_that_is_written_otherwise_is_shown_with_its_line(file):
    table = read_table(file('age\n31\n"4 0"\n28\nold\nNA\n60\n'))
    with pytest.raises(
        ValueError, match="line 3: 'age' is a column of numbers, but here it has '4 0', and 1 like it; write numbers"
    ):
        table.values(0, Notation())
    assert table.values(0, Notation("text", missing=[""])) == ["31", "4 0", "28", "old", "NA", "60"]
    assert table.values(0, Notation("text"))[4] is None


@pytest.mark.parametrize(
    ("first", "words"),
    [
        ("0.13,0.85,no", "it holds a number, 0.13: if it is a row, write a line of names above it"),
        ("yes,1e3,no", "it holds a number, 1e3"),
        ("# made by hand", "it is a comment, '# made by hand'"),
        ("sep=,", "it is 'sep=,', a mark for spreadsheets: delete it"),
        ("1,2,3", "it holds only numbers"),
    ],
)
def test_a_first_line_that_names_nothing_is_explained(file, first, words):
    with pytest.raises(ValueError, match="the first line must name the columns, but") as raised:
        read_table(file(f"{first}\n" + first.replace("#", "x"))).place("kind")
    assert words in str(raised.value)


def test_numbers_may_be_names(file):
    assert read_table(file("2023,2024,#\n1,2,3\n")).place("2024") == 1
