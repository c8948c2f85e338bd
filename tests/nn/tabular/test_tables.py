import json
from datetime import datetime

import pytest

import nn

FLOWERS = "length,colour,kind\n1.5,red,rose\n2,,rose\n,blue,violet\n2.5,blue,violet\n"


@pytest.fixture
def file(tmp_path):
    def write(content, name="some.csv"):
        path = tmp_path / name
        path.write_text(content, encoding="utf-8")
        return path

    return write


def column(name, *entries):
    return f"x,{name}\n" + "".join(f"{i},{entry}\n" for i, entry in enumerate(entries))


def test_a_table_becomes_a_dataset(file):
    data = nn.read_csv(file(FLOWERS), target="kind")
    assert data.rows == [[1.5, "red"], [2, None], [None, "blue"], [2.5, "blue"]]
    assert data.features == ["length", "colour"]
    assert (data.targets, data.classes) == ([0, 0, 1, 1], ["rose", "violet"])
    assert data.notes == ()


@pytest.mark.parametrize(
    "classes", [("0", "1", "none"), ("none", "-"), ("none", "yes"), ("NA", "EU", "US"), ("?", "null", "ok")]
)
def test_a_class_may_be_called_as_a_gap_is(file, classes):
    entries = [*classes] * 10
    data = nn.read_csv(file(column("y", *entries, "")), "y")
    assert [data.classes[target] for target in data.targets] == entries
    assert "'y' is missing in 1 of" in data.notes[0]
    known = nn.read_csv(file(column("y", *entries)), "y", as_class=["y"])
    assert len(known.rows) == len(entries)
    for word in set(classes) & {"none", "-", "NA", "?", "null"}:
        assert any(note.startswith(f"{word!r} is a class of 'y', in 10 rows") for note in data.notes)
    if len(classes) > 2:
        fewer = nn.read_csv(file(column("y", *entries)), "y", missing=[classes[0]])
        assert set(fewer.classes) == set(classes[1:])


def test_a_gap_in_numbers_to_predict_is_left_out_and_named(file):
    data = nn.read_csv(file(column("y", *[i / 7 for i in range(20)], "none", "")), "y")
    assert data.notes == ("'y' is missing in 2 of 22 rows (written 'none'), left out",)


def test_words_that_are_taken_for_gaps_are_named(file):
    data = nn.read_csv(file("a,b,y\nNA,?,1.5\n2,x,2.5\nn/a,y,3.5\n"), "y")
    assert data.rows == [[None, None], [2, "x"], [None, "y"]]
    assert data.notes == ("read as missing: 'NA' in 'a', 'n/a' in 'a', '?' in 'b' (set missing to change this)",)
    assert nn.read_csv(file("a,b,y\n1,?,1.5\n2,x,2.5\n"), "y", missing=[]).rows == [[1, "?"], [2, "x"]]


def test_a_date_cannot_be_predicted(file):
    with pytest.raises(ValueError, match=r"the target 'y' is a date, such as '1\.2\.2024': a date cannot be predicted"):
        nn.read_csv(file(column("y", "1.2.2024", "2.2.2024")), "y")


def test_new_rows_are_read_in_the_notation_of_the_training_rows(file):
    lines = "".join(f'"{i}.{i:03},5",{i}%,{i}.{i % 12 + 1}.2024,{"ab"[i % 2]}\n' for i in range(1, 25))
    data = nn.read_csv(file("price,rate,day,kind\n" + lines), "kind")
    encode = nn.TableEncoder(data)
    kept = nn.TableEncoder.from_state_dict(json.loads(json.dumps(encode.state_dict())))
    rows = nn.read_rows(file("day,rate,price\n5.6.2024,7%,1.234\n", "new.csv"), kept.columns)
    assert rows == [[1234.0, 7.0, datetime(2024, 6, 5)]]
    with pytest.raises(ValueError, match=r"line 2: 'day' is a column of dates \(dmy\), but here it has '2024-06-05'"):
        nn.read_rows(file("day,rate,price\n2024-06-05,7%,1\n", "new.csv"), kept.columns)
    with pytest.raises(ValueError, match=r"'rate' is a column of numbers with '%', but here it has '0\.07'; write num"):
        nn.read_rows(file("day,rate,price\n5.6.2024,0.07,1\n", "new.csv"), kept.columns)


def test_columns_can_be_dropped_or_said_to_be_of_a_kind(file):
    path = file("a,b,c,y\n" + "".join(f"{i % 3},{i},x,{i % 2}\n" for i in range(12)))
    assert nn.read_csv(path, "y", drop=["b", "c"]).features == ["a"]
    assert nn.read_csv(path, "y", as_class=["a"]).rows[2] == ["2", 2, "x"]
    assert nn.read_csv(path, "y", as_number=["y"]).classes == []
    with pytest.raises(ValueError, match="line 2: 'c' is a column of numbers, but here it has 'x', and 11 like it"):
        nn.read_csv(path, "y", as_number=["c"])
    with pytest.raises(ValueError, match="as_number and as_class both name 'a'"):
        nn.read_csv(path, "y", as_number=["a"], as_class=["a"])


def test_features_can_be_chosen(file):
    data = nn.read_csv(file(FLOWERS), target="kind", features=["colour"])
    assert (data.rows[0], data.features) == (["red"], ["colour"])
    for features in ([], ["colour", "kind"]):
        with pytest.raises(
            ValueError, match=r"features must name at least one column of .*, and not the target 'kind'"
        ):
            nn.read_csv(file(FLOWERS), target="kind", features=features)
    with pytest.raises(ValueError, match=r"no column 'color' \(features\): did you mean 'colour'"):
        nn.read_csv(file(FLOWERS), target="kind", features=["color"])
    with pytest.raises(ValueError, match="no column to learn from beside the target"):
        nn.read_csv(file("kind\na\nb\n"), target="kind")


def test_a_column_without_a_name_is_left_out_and_noted(file):
    data = nn.read_csv(file(",x,y\n0,1.5,1.5\n1,3.5,2.5\n"), target="y")
    assert data.features == ["x"]
    assert data.notes == ("column 1 has no name (row numbers?) and is left out",)


def test_a_row_without_target_is_left_out_and_noted(file):
    data = nn.read_csv(file("x,y\n1,a\n2,\n3,b\n4,b\n"), target="y")
    assert data.rows == [[1], [3], [4]]
    assert data.notes == ("'y' is missing in 1 of 4 rows, left out",)
    with pytest.raises(ValueError, match="the target 'y' is missing in every row"):
        nn.read_csv(file("x,y\n1,\n2,\n"), target="y")


@pytest.mark.parametrize(
    ("entries", "classes"),
    [
        (["b", "a", "b", "a"], ["a", "b"]),
        ([1, 0, 1, 0, 1, 0], ["0", "1"]),
        ([*range(10)] * 3, [str(digit) for digit in range(10)]),
        ([2.0, 10.0] * 3, ["2", "10"]),  # in the order of the numbers
        ([*range(11)] * 3, []),  # too many
        ([1, 2, 3, 4, 5], []),  # too rare
        ([0.5, 1.5] * 10, []),  # not whole
    ],
)
def test_classes_are_told_from_numbers(file, entries, classes):
    data = nn.read_csv(file(column("y", *entries)), target="y")
    assert data.classes == classes
    if classes:
        assert [data.classes[target] for target in data.targets] == [
            entry if isinstance(entry, str) else f"{entry:g}" for entry in entries
        ]
    else:
        assert data.targets == entries


def test_the_task_can_be_named(file):
    path = file(column("y", *[1, 2] * 5))
    assert nn.read_csv(path, "y").classes == ["1", "2"]
    assert nn.read_csv(path, "y", "regression").targets == [1.0, 2.0] * 5
    assert nn.read_csv(file(column("y", *[0.5, 1.5] * 2)), "y", "classification").classes == ["0.5", "1.5"]
    with pytest.raises(ValueError, match='task must be "classification" or "regression", not \'guess\''):
        nn.read_csv(path, "y", "guess")


@pytest.mark.parametrize(
    ("entries", "task", "words"),
    [
        (["a", "a"], None, "the target 'y' is 'a' in every row: there is nothing to tell apart"),
        ([3, 3], None, "the target 'y' is '3' in every row"),
        (["a", "b"], "regression", "the target 'y' is text, such as 'a'; regression predicts numbers"),
        ([f"n{i}" for i in range(9)], None, "9 different values in 9 rows, such as 'n0', too many to be classes"),
        ([f"n{i}" for i in range(51)] * 3, None, "51 different values in 153 rows"),
        ([i / 7 for i in range(60)], "classification", "60 different values in 60 rows"),
        (["1", "2", "3", "oops"], None, "line 5: 'y' is a column of numbers, but here it has 'oops'"),
    ],
)
def test_a_target_that_cannot_be_learned_is_refused(file, entries, task, words):
    with pytest.raises(ValueError, match=words):
        nn.read_csv(file(column("y", *entries)), "y", task)


def test_new_rows_are_read_by_name_as_the_training_rows_were(file):
    training = "id,size,code,kind\n" + "".join(f"row{i},{i},c{i % 3},{'ab'[i % 2]}\n" for i in range(60))
    data = nn.read_csv(file(training), "kind")
    encode = nn.TableEncoder(data)
    assert encode.features == ["size", "code=c0", "code=c1", "code=c2"]  # 60 different ids teach nothing
    # another order, a code that looks like a number, no id and no target
    rows = nn.read_rows(file("code,extra,size\nc1,x,7\n5,x,\n", "new.csv"), encode.columns)
    assert rows == [[None, 7.0, "c1"], [None, None, "5"]]
    assert encode(rows)[0] == encode(data.rows)[7]
    assert encode(rows)[1][1:] == [0, 0, 0]
    with pytest.raises(ValueError, match=r"no column 'size' \(a column of the training rows\): the columns are 'code'"):
        nn.read_rows(file("code\nc1\n"), encode.columns)
    with pytest.raises(ValueError, match="line 2: 'size' is a column of numbers, but here it has 'big'"):
        nn.read_rows(file("code,size\nc1,big\n"), encode.columns)


@pytest.mark.parametrize("large", ["1e150", "-1e101", "1e999", "$1e150", "9" * 120])
@pytest.mark.parametrize("target", ["x", "size"])
@pytest.mark.parametrize("as_number", [(), ("size",)])
def test_a_number_too_large_to_square_is_named_wherever_it_stands(file, large, target, as_number):
    unit = "$" * large.startswith("$")
    few, all_of_them = [f"{unit}{i}.5" for i in range(20)], [large] * 10 + [large + "0"] * 10
    for entries in ([*few, large], all_of_them):
        with pytest.raises(ValueError, match=r"line \d+: 'size' has '.*': numbers above 1e\+100 cannot be used"):
            nn.read_csv(file(column("size", *entries)), target, as_number=as_number)
    nn.read_csv(file(column("size", *few, "1e100" if not unit else "$1e100")), target, as_number=as_number)


def test_a_number_too_large_is_refused_where_a_model_predicts(file):
    encoder = nn.TableEncoder(nn.read_csv(file(column("y", 1, 2, 3, 4)), "y", "regression"))
    with pytest.raises(ValueError, match="line 2: 'x' has '1e200': numbers above") as refused:
        nn.read_rows(file("x\n1e200\n"), encoder.columns)
    assert "as_class" not in str(refused.value)


def test_hashes_that_happen_to_be_numbers_may_be_categories(file):
    data = nn.read_csv(file(column("hash", *["1e200"] * 5, *["7e300"] * 5)), "x", as_class=["hash"])
    assert data.rows[0] == ["1e200"]


@pytest.mark.parametrize(
    ("copy", "kind", "is_noted"),
    [
        (["no", "yes"], ["a", "b"], True),
        ([0, 1], ["a", "b"], True),
        (["b", "a"], [2.5, 3.5], True),
        (["same", "same"], ["a", "b"], False),
    ],
)
def test_a_copy_of_the_target_is_noted(file, copy, kind, is_noted):
    rows = "".join(f"{i},{copy[i % 2]},{kind[i % 2]}\n" for i in range(20))
    data = nn.read_csv(file(f"x,copy,kind\n{rows}"), "kind")
    assert any(note.startswith("'copy' alone tells 'kind' in every row") for note in data.notes) == is_noted
    assert not any(note.startswith("'x' alone") for note in data.notes)
    spoilt = nn.read_csv(file(f"x,copy,kind\n{rows}20,{copy[0]},{kind[1]}\n"), "kind")
    assert not any("alone tells" in note for note in spoilt.notes)


def test_a_copy_of_numbers_that_all_differ_is_noted(file):
    rows = "".join(f"{-i},{i * i}.5,{i * i}.5\n" for i in range(20))
    (note,) = nn.read_csv(file(f"x,copy,price\n{rows}"), "price").notes
    assert note.startswith("'copy' alone tells 'price' in every row")
