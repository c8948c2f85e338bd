import csv
import errno
import json
import os
import random
import re
import signal
import subprocess
import sys
import time

import pytest

import nn
from visualize.cli.main import main
from visualize.cli.train import REMEDIES

COMMAND = [sys.executable, "-W", "error", "-m", "visualize"]
DRAW = random.Random(0)
POINTS = [(DRAW.gauss(0, 1), DRAW.gauss(50, 10), DRAW.choice(["red", "green", "blue"])) for _ in range(90)]
HEAD = "a,b,colour,kind,price\n"
LINES = [
    f"{a:.3f},{b:.2f},{colour},{'yes' if a + (colour == 'red') > 0.3 else 'no'},{20 * a + b:.3f}"
    for a, b, colour in POINTS
]


BODY = "\n".join(LINES)


@pytest.fixture
def call(tmp_path, monkeypatch, capsys):
    """Words in, (exit code, output, errors) out, in a folder with the table things.csv."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    written(tmp_path, HEAD + BODY, "things.csv")

    def called(*words):
        try:
            code = main(words)
        except SystemExit as left:  # argparse
            code = left.code
        out, err = capsys.readouterr()
        return code, out, re.sub(r".*\r", "", err)  # without the progress bar

    return called


def written(folder, text, name="other.csv", encoding="utf-8"):
    (folder / name).write_bytes(text.encode(encoding) if isinstance(text, str) else text)
    return name


def cells(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_classes_from_a_table_to_predictions(call, tmp_path):
    code, out, _ = call("train", "things.csv", "--target", "kind", "--epochs", "60")
    assert code == 0
    assert "things.csv: 90 rows; kind is one of 2 classes, other columns: 4" in out
    assert "63 rows to learn from, 14 to tell when to stop, 13 held out" in out
    reached, baseline = map(float, re.search(r"accuracy +([\d.]+)% +([\d.]+)%", out).groups())
    assert reached > 80 > baseline
    assert max(map(len, out.splitlines())) <= 80
    run = tmp_path / "runs" / "run-1"
    names = {"config.json", "metrics.jsonl", "results.json", "model.json", "report.md", "training.json"}
    assert {path.name for path in run.iterdir()} == names | {"history.svg", "confusion.svg", "importance.svg"}
    results = json.loads((run / "results.json").read_text())
    assert f"{results['accuracy']:.1%}" == f"{reached}%"
    assert f"{results['baseline']:.1%}" == f"{baseline}%"

    assert call("predict", "runs/run-1", "things.csv", "-o", "out.csv")[:2] == (0, "wrote out.csv: 90 rows\n")
    answers = cells(tmp_path / "out.csv")
    assert list(answers[0]) == ["a", "b", "colour", "kind", "price", "predicted kind", "probability"]
    assert sum(row["kind"] == row["predicted kind"] for row in answers) > 80
    assert all(0.5 <= float(row["probability"]) <= 1 for row in answers)

    code, out, _ = call("runs")
    assert code == 0
    assert out.splitlines()[1].startswith("run-1  ")


def test_numbers_from_a_table_to_predictions(call, tmp_path):
    code, out, _ = call("train", "things.csv", "--target", "price", "--epochs", "60", "--hidden", "0")
    assert code == 0
    assert "price is a number" in out
    reached, baseline = map(float, re.search(r"typical error +([\d.]+) +([\d.]+)", out).groups())
    assert reached < baseline / 2
    assert (tmp_path / "runs" / "run-1" / "residuals.svg").exists()
    assert call("predict", "runs/run-1/model.json", "things.csv", "-o", "out.csv")[0] == 0
    misses = [float(row["price"]) - float(row["predicted price"]) for row in cells(tmp_path / "out.csv")]
    assert (sum(miss * miss for miss in misses) / len(misses)) ** 0.5 < baseline / 2


def test_what_is_guessed_of_a_file_is_said(call, tmp_path):
    lines = [
        f'{"Oslo" if i % 3 else "Rome"},"€{i * 37 + 1000:,}",{i / 7:.1f}%,{i % 28 + 1}.{i % 12 + 1}.2024,name {i},'
        f"{'none' if i % 2 else '-'}"
        for i in range(60)
    ]
    name = written(tmp_path, "city,price,rate,sold,who,label\n" + "\n".join(lines))
    code, out, err = call("train", name, "--target", "label", "--epochs", "2", "--hidden", "2")
    assert code == 0, err
    assert max(map(len, out.splitlines())) <= 80
    said = " ".join(out.split())
    for words in (
        "label is one of 2 classes",
        "'-' is a class of 'label', in 30 rows; if it stands for a gap, set --missing to it",
        "'price': '€1,000' is read as the number 1000; if 1 is meant, set --decimal to ','",
        "'rate': '0.0%' is read as the number 0",
        "'who' is left out: it has 42 different texts in 42 rows, such as 'name",
        "'sold' is a date: month, day, weekday are learned from",
        "text becomes a 0 or 1 for each category: 'city' (2)",
        "a network 7-2-2 with",
    ):
        assert words in said, words
    rows = 'city,price,rate,sold\nParis,"€2,000",3%,1.2.2024\n\n,€900,4%,\n'
    code, out, err = call("predict", "runs/run-1", written(tmp_path, rows, "new.csv"))
    assert (code, len(out.splitlines())) == (0, 3)
    told = " ".join(err.split())
    assert "note: empty lines between the rows are passed over: 1" in told
    assert "note: 'city' is 'Paris' in 1 of 2 rows, which the training rows never had" in told
    assert "note: 'sold' is missing in 1 of 2 rows, and taken to be the median of each part" in told
    assert max(map(len, err.splitlines())) <= 80
    code, out, err = call("predict", "runs/run-1", written(tmp_path, rows.replace("3%", "0.03"), "new.csv"))
    assert (code, out) == (2, "")
    assert "line 2: 'rate' is a column of numbers with '%', but here it has '0.03'" in err


def test_every_guess_can_be_overridden(call, tmp_path):
    lines = [f"{i % 3};{i},5;0,{i:03};{i}/{i % 12 + 1}/2024;{i};{'yes' if i % 2 else 'none'}" for i in range(1, 13)] * 3
    name = written(tmp_path, "code;x;y;day;who;label\n" + "\n".join(lines))
    code, _, err = call("train", name, "--target", "label")
    assert code == 2
    assert "'day' has dates that can be read in two ways: '1/2/2024' may be" in err
    assert "set --date-order to one of these" in err
    words = ("train", name, "--target", "label", "--epochs", "2", "--hidden", "0", "--date-order", "mdy")
    assert "'yes' in every row" in call(*words, "--missing", "none,?")[2]
    code, out, err = call(
        *words, "--as-class", "code,who", "--columns", "code,who,day", "--delimiter", ";", "--decimal", ","
    )
    assert code == 0, err
    assert "text becomes a 0 or 1 for each category: 'code' (3), 'who' (12)" in " ".join(out.split())


def test_a_loss_that_grows_beyond_all_numbers_is_told_with_an_option_as_remedy(call):
    code, _, err = call("train", "things.csv", "--target", "price", "--lr", "1e300", "--optimizer", "sgd")
    assert code == 2
    assert err.count("\n") == 1
    assert err.endswith(". A smaller --lr keeps numbers small\n")
    assert "clip" not in err


def test_settings_of_the_network_reach_it(call, tmp_path):
    words = ("train", "things.csv", "--target", "kind", "--epochs", "3", "--hidden", "3")
    call(*words, "--name", "plain")
    for options in (
        ("--activation", "relu"), ("--init", "he_normal"), ("--optimizer", "sgd"), ("--class-weight", "balanced"),
    ):  # fmt: skip
        name = options[0].strip("-")
        assert call(*words, *options, "--name", name)[0] == 0
        models = [nn.load_checkpoint(tmp_path / "runs" / run / "model.json") for run in ("plain", name)]
        assert models[0]["model"] != models[1]["model"], name
        assert call("predict", f"runs/{name}", "things.csv")[0] == 0
        assert models[1]["config"][name.replace("-", "_")] == options[1]


def test_balanced_classes_count_alike(call, tmp_path):
    """Of a class with one row in ten something is learned only if its rows count ten times."""
    draw = random.Random(0)
    lines = [f"{draw.gauss(0, 1):.3f},{'rare' if i % 10 == 0 else 'common'}" for i in range(200)]
    name = written(tmp_path, "x,kind\n" + "\n".join(lines))
    for options in ((), ("--class-weight", "balanced")):
        call("train", name, "--target", "kind", "--epochs", "30", "--hidden", "0", *options)
    for run, most in (("run-1", 0.3), ("run-2", 0.7)):
        call("predict", f"runs/{run}", name, "-o", "out.csv")
        answers = cells(tmp_path / "out.csv")
        chances = [
            float(row["probability"]) if row["predicted kind"] == "rare" else 1 - float(row["probability"])
            for row in answers
        ]
        assert most - 0.25 < sum(chances) / len(chances) < most


def test_the_report_shows_its_pictures_and_on_which_rows_it_was_measured(call, tmp_path):
    call("train", "things.csv", "--target", "kind", "--epochs", "2")
    report = (tmp_path / "runs" / "run-1" / "report.md").read_text()
    assert "Measured on the 13 rows held out." in report
    shown = re.findall(r"!\[\w+\]\((\S+)\)", report)
    assert {"history.svg", "confusion.svg", "importance.svg"} <= set(shown)
    assert all((tmp_path / "runs" / "run-1" / name).exists() for name in shown)


def test_remedies_are_options_that_there_are(call):
    _, out, _ = call("train", "things.csv", "--target", "kind", "--epochs", "5", "--lr", "30")
    said = " ".join(out.split())
    assert "Remedy: a smaller --lr, or --activation relu." in said
    assert "nn." not in said
    assert "standardized rows" not in said
    _, usage, _ = call("train", "--help")
    for remedy in REMEDIES.values():
        for option in re.findall(r"--[a-z-]+", remedy):
            assert option in usage


def test_the_same_command_gives_the_same_numbers(call, tmp_path):
    words = ("train", "things.csv", "--target", "kind", "--epochs", "5", "--dropout", "0.2", "--l2", "0.01")
    first, second, other = call(*words), call(*words), call(*words, "--seed", "1")
    assert first[1].replace("run-1", "run-2") == second[1]
    assert first[1].replace("run-1", "run-3") != other[1]
    models = [json.loads((tmp_path / "runs" / f"run-{i}" / "model.json").read_text())["content"] for i in (1, 2, 3)]
    assert models[0] == models[1]
    assert models[0]["model"] != models[2]["model"]


def test_settings_reach_training(call, tmp_path):
    call("train", "things.csv", "--target", "kind", "--epochs", "2", "--hidden", "5,3", "--lr", "0.5", "--batch", "7",
         "--out", "here", "--name", "mine")  # fmt: skip
    config = json.loads((tmp_path / "here" / "mine" / "config.json").read_text())["config"]
    assert (config["hidden"], config["lr"], config["batch"], config["epochs"]) == ([5, 3], 0.5, 7, 2)
    epochs = [json.loads(line) for line in (tmp_path / "here" / "mine" / "metrics.jsonl").read_text().splitlines()]
    assert [epoch["lr"] for epoch in epochs] == [0.5, 0.5]
    report = (tmp_path / "here" / "mine" / "report.md").read_text()
    assert "layers.0.neurons.0-4" in report


def test_a_table_that_tells_nothing(call, tmp_path):
    draw = random.Random(1)
    text = "a,kind\n" + "\n".join(f"{draw.random():.3f},{draw.choice(['x', 'y', 'y'])}" for _ in range(60))
    code, out, _ = call("train", written(tmp_path, text), "--target", "kind", "--epochs", "30")
    assert code == 0
    assert "no better than the baseline" in out


def test_what_the_doctor_notices_is_told(call):
    _, out, _ = call("train", "things.csv", "--target", "kind", "--epochs", "5", "--lr", "30")
    assert "noticed: loss rising" in out
    assert "noticed: saturated unit in layers." in out
    assert max(map(len, out.splitlines())) <= 80
    _, out, _ = call("train", "things.csv", "--target", "kind", "--epochs", "5")
    assert "noticed" not in out


MISSING = "\n".join(line if i % 7 else re.sub("red|green|blue", "NA", line) for i, line in enumerate(LINES))
HANDLED = {
    "missing values": (HEAD + MISSING, "'colour' is missing in"),
    "a constant column": ("k," + HEAD + "\n".join("7," + line for line in LINES), "'k' is left out: it is 7"),
    "a byte order mark": ("\ufeff" + HEAD + BODY, "63 rows to learn from"),
    "semicolons": ((HEAD + BODY).replace(",", ";").replace(".", ","), "63 rows to learn from"),
    "quoted line breaks": ((HEAD + BODY).replace("red", '"re\nd"'), "63 rows to learn from"),
    "a missing target": (HEAD + BODY.replace(",yes,", ",,", 9), "'kind' is missing in 9 of 90 rows, left out"),
    "a class with one row": (HEAD + BODY + "\n0.1,50,red,perhaps,3", "one of 3 classes"),
    "row numbers": ("," + HEAD + "\n".join(f"{i},{line}" for i, line in enumerate(LINES)), "column 1 has no name"),
    "names of rows": ("id," + HEAD + "\n".join(f"x{i},{line}" for i, line in enumerate(LINES)), "'id' is left out"),
    "odd names": ("a[1],b=x;y,$c$ & <d>,kind,price|\n" + BODY, "63 rows to learn from"),
}


@pytest.mark.parametrize("trouble", HANDLED)
def test_tables_that_are_handled(call, tmp_path, trouble):
    text, told = HANDLED[trouble]
    name = written(tmp_path, text)
    code, out, err = call("train", name, "--target", "kind", "--epochs", "2", "--hidden", "2")
    assert (code, told in " ".join(out.split())) == (0, True), out + err
    assert call("predict", "runs/run-1", name)[0] == 0


REFUSED = {
    "empty": ("", "is empty"),
    "blank lines": ("\n \n", "is empty"),
    "only names": (HEAD, "has no rows below"),
    "not UTF-8": ((HEAD + BODY).replace("red", "röd").encode("latin-1"), "is not UTF-8"),
    "one class": (HEAD + BODY.replace(",no,", ",yes,"), "'yes' in every row"),
    "only a constant": ("k,kind\n" + "\n".join("7," + line.split(",")[3] for line in LINES), "no column to learn from"),
    "no other column": (
        "kind\n" + "\n".join(line.split(",")[3] for line in LINES),
        "no column to learn from beside the target",
    ),
    "the same name twice": ("a,a,colour,kind,price\n" + BODY, "two columns are named 'a'"),
    "no target at all": (HEAD + BODY.replace(",yes,", ",,").replace(",no,", ",,"), "missing in every row"),
    "few rows": (HEAD + "\n".join(LINES[:9]), "has 9 rows with a target, too few"),
    "rows of other lengths": (HEAD + BODY + "\n1,2", "line 92: 2 entries"),
    "an open quote": (HEAD + BODY + '\n1,2,"red,no,3', "double quote"),
    "numbers out of range": (HEAD + BODY + "\n1,1e300,red,no,3", "'1e300'"),
}


@pytest.mark.parametrize("trouble", REFUSED)
def test_tables_that_are_refused_in_words(call, tmp_path, trouble):
    text, told = REFUSED[trouble]
    code, out, err = call("train", written(tmp_path, text), "--target", "kind")
    assert (code, out) == (2, "")
    assert err.startswith("glassgrad train: ")
    assert told in err
    assert err.count("\n") == 1
    assert not (tmp_path / "runs").exists()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["things.csv", "--target", "kinds"], "has no column 'kinds' (--target): did you mean 'kind'?"),
        (["things.csv", "--target", "KIND"], "did you mean 'kind'?"),
        (["things.csv", "--target", "kind", "--epochs", "9" * 400], "a whole number, at least 1"),
        (["nowhere.csv", "--target", "kind"], "No such file or directory: nowhere.csv"),
        ([".", "--target", "kind"], "Is a directory"),
        (["things.csv", "--target", "colour", "--task", "regression"], "regression predicts numbers"),
        (["things.csv"], "--target names the column to predict; the columns of things.csv are 'a', 'b', 'colour', 'k"),
        (["things.csv", "--target", "kind", "--drop", "c"], "has no column 'c' (--drop)"),
        (["things.csv", "--target", "kind", "--columns", "a,x"], "has no column 'x' (--columns)"),
        (["things.csv", "--target", "kind", "--decimal", "x"], "--decimal must be one of '.', ',', not 'x'"),
        (["things.csv", "--target", "kind", "--activation", "step"], "--activation: invalid choice: 'step'"),
        (["things.csv", "--target", "kind", "--hidden", "16,x"], "such as 16 or 32,16, not '16,x'"),
        (["things.csv", "--target", "kind", "--hidden", "0,4"], "such as 16 or 32,16, not '0,4'"),
        (["things.csv", "--target", "kind", "--hidden", "5000,5000"], "make 2.505e+7 parameters"),
        (["things.csv", "--target", "kind", "--hidden", f"1{'0' * 400}"], "there may be 50,000, for each is a Value"),
        (["things.csv", "--target", "kind", "--hidden", ",".join(["1"] * 99_999)], "choose smaller ones"),
        (["things.csv", "--target", "kind", "--epochs", "0"], "a whole number, at least 1, not '0'"),
        (["things.csv", "--target", "kind", "--lr", "-1"], "a number, above 0, not '-1'"),
        (["things.csv", "--target", "kind", "--lr", "nan"], "a number, above 0, not 'nan'"),
        (["things.csv", "--target", "kind", "--dropout", "1"], "0 to less than 1, not '1'"),
        (["things.csv", "--target", "kind", "--seed", "x"], "a whole number, not 'x'"),
        (["things.csv", "--target", "kind", "--name", "a/b"], "name must be one that a folder can have"),
        (["things.csv", "--target", "kind", "--targets", "a"], "unrecognized arguments: --targets"),
    ],
)
def test_calls_that_are_refused_in_words(call, words, told):
    code, _, err = call("train", *words)
    assert code == 2
    assert told in err
    assert not os.path.exists("runs")


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    """The folder of a run."""
    folder = tmp_path_factory.mktemp("trained")
    table = folder / written(folder, HEAD + BODY, "things.csv")
    assert main(["train", str(table), "--target", "kind", "--epochs", "2", "--out", str(folder), "--name", "m"]) == 0
    return str(folder / "m")


def test_a_forged_model_is_refused_in_words(call, model, tmp_path):
    content = nn.load_checkpoint(f"{model}/model.json")
    content["table"]["encoder"]["columns"][0]["mean"] = None
    nn.save_checkpoint(tmp_path / "forged.json", content)
    code, out, err = call("predict", "forged.json", "things.csv")
    assert (code, out) == (2, "")
    assert "'mean' of a column of the kind 'number' must be a finite number, not None" in err


def test_columns_are_found_by_name(call, model, tmp_path):
    call("predict", model, "things.csv", "-o", "straight.csv")
    with (tmp_path / "things.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    with (tmp_path / "mixed.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, ["extra", "price", "colour", "b", "a"])
        writer.writeheader()
        writer.writerows({"extra": "?"} | {name: row[name] for name in ("price", "colour", "b", "a")} for row in rows)
    assert call("predict", model, "mixed.csv", "-o", "mixed-out.csv")[0] == 0
    straight, mixed = cells(tmp_path / "straight.csv"), cells(tmp_path / "mixed-out.csv")
    for name in ("predicted kind", "probability"):
        assert [row[name] for row in straight] == [row[name] for row in mixed]


def test_predictions_are_replaced_not_repeated(call, model, tmp_path):
    call("predict", model, "things.csv", "-o", "once.csv")
    once = (tmp_path / "once.csv").read_text()
    assert call("predict", model, "once.csv", "-o", "once.csv")[0] == 0  # onto itself
    assert (tmp_path / "once.csv").read_text() == once


def test_a_column_that_is_called_as_the_answers_are_is_not_lost(call, model, tmp_path):
    table = (tmp_path / "things.csv").read_text()
    written(tmp_path, table.replace("price", "probability", 1), "own.csv")
    assert call("train", "own.csv", "--target", "kind", "--epochs", "1", "--name", "own")[0] == 0
    for _ in range(2):  # the second time its own answers are replaced
        assert call("predict", "runs/own", "own.csv", "-o", "own.csv")[0] == 0
        names = ["a", "b", "colour", "kind", "probability", "predicted kind", "probability (answer)"]
        assert list(cells(tmp_path / "own.csv")[0]) == names
    written(tmp_path, table.replace("kind", "probability", 1), "extra.csv")
    code, out, err = call("predict", model, "extra.csv")
    assert (code, out) == (2, "")
    assert "extra.csv has a column 'probability', as the answers have: give it another name" in err


def test_what_is_written_otherwise_is_told_as_the_training_rows_are(call, tmp_path):
    written(tmp_path, "x;y\n" + "".join(f"{i},5;{2 * i},5\n" for i in range(40)), "commas.csv")
    assert call("train", "commas.csv", "--target", "y", "--epochs", "1", "--name", "commas")[0] == 0
    written(tmp_path, "x\n3.5\n", "points.csv")
    code, out, err = call("predict", "runs/commas", "points.csv")
    assert (code, out) == (2, "")
    assert "but here it has '3.5'; write numbers alike, such as 1234,5, and leave unknown ones empty, as in" in err
    assert "as_class" not in err


def test_predictions_go_to_the_terminal(call, model):
    code, out, err = call("predict", model, "things.csv")
    assert (code, err, len(out.splitlines())) == (0, "", 91)
    assert out.startswith("a,b,colour,kind,price,predicted kind,probability\n")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a,colour,price\n1,red,2", "has no column 'b'"),
        ("a,b,colour,price\n1,high,red,2", "line 2: 'b' is a column of numbers, but here it has 'high'"),
        ("a,b,colour,price", "has no rows"),
    ],
)
def test_files_that_cannot_be_predicted_for(call, model, tmp_path, text, told):
    code, out, err = call("predict", model, written(tmp_path, text), "-o", "out.csv")
    assert (code, out) == (2, "")
    assert err.startswith("glassgrad predict: ")
    assert told in err
    assert not (tmp_path / "out.csv").exists()


def test_categories_and_gaps_that_training_did_not_have(call, model, tmp_path):
    code, out, _ = call("predict", model, written(tmp_path, "a,b,colour,price\n,,violet,\n1,50,,3"))
    assert code == 0
    assert len(out.splitlines()) == 3


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["predict", "nowhere", "things.csv"], "No such file or directory: nowhere"),
        (["predict", "things.csv", "things.csv"], "things.csv is no glassgrad checkpoint"),
        (["runs", "nowhere"], "there is no run in nowhere"),
    ],
)
def test_models_and_runs_that_are_not_there(call, words, told):
    code, out, err = call(*words)
    assert (code, out) == (2, "")
    assert told in err


def test_a_run_goes_on_where_it_was_broken_off(call, tmp_path):
    words = ("train", "things.csv", "--target", "kind", "--epochs", "8", "--hidden", "2")
    assert call(*words, "--name", "whole")[0] == 0
    with subprocess.Popen(
        [*COMMAND, *words, "--name", "broken"], cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        while process.poll() is None and not (tmp_path / "runs" / "broken" / "training.json").exists():
            time.sleep(0.01)
        process.kill()
    assert call(*words, "--name", "broken")[0] == 0
    whole, broken = (json.loads((tmp_path / "runs" / name / "model.json").read_text()) for name in ("whole", "broken"))
    assert whole["content"]["model"] == broken["content"]["model"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has another Ctrl-C")
def test_ctrl_c_keeps_the_best_so_far(call, tmp_path):
    call("train", "things.csv", "--target", "kind", "--epochs", "1")  # whatever is compiled once is compiled
    words = ["train", "things.csv", "--target", "kind", "--epochs", "1000000", "--lr", "1e-9", "--name", "long"]
    with subprocess.Popen(
        [*COMMAND, *words], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env=os.environ | {"COLUMNS": "80"},
    ) as process:  # fmt: skip
        lines = tmp_path / "runs" / "long" / "metrics.jsonl"
        while process.poll() is None and not (lines.exists() and lines.read_text().count("\n") >= 3):
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in err
    assert "(interrupted)" in out
    assert call("predict", "runs/long", "things.csv")[0] == 0


def test_without_matplotlib_there_are_no_plots(call, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "visualize.plots.figure", None)
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    code, out, _ = call("train", "things.csv", "--target", "kind", "--epochs", "2")
    assert code == 0
    assert "no plots: this needs matplotlib" in out
    assert not list((tmp_path / "runs" / "run-1").glob("*.svg"))


def test_predictions_do_not_replace_the_model(call, model):
    for folder, output in ((model, f"{model}/model.json"), (f"{model}/model.json", f"{model}/model.json")):
        code, _, err = call("predict", folder, "things.csv", "-o", output)
        assert (code, "is the model itself" in err) == (2, True)
    assert call("predict", model, "things.csv")[0] == 0


def test_a_full_disk_leaves_the_table_that_was_there(call, model, tmp_path, monkeypatch):
    before = (tmp_path / "things.csv").read_bytes()

    def full(_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    code, _, err = call("predict", model, "things.csv", "-o", "things.csv")
    assert (code, err.startswith("glassgrad predict: No space left on device: ")) == (2, True)
    assert (tmp_path / "things.csv").read_bytes() == before


def test_predictions_may_go_to_a_device(call, model):
    assert call("predict", model, "things.csv", "-o", os.devnull)[0] == 0
    assert not os.path.isfile(os.devnull)


@pytest.mark.parametrize("size", ["1e-300", "1e95"])
def test_numbers_whose_squares_are_out_of_range(call, tmp_path, size):
    text = "a,y\n" + "\n".join(f"{i},{i}.5{size[1:]}" for i in range(40)) + ("\n3,1e100" if "95" in size else "")
    code, out, err = call(
        "train", written(tmp_path, text), "--target", "y", "--epochs", "2", "--hidden", "2", "--task", "regression"
    )
    assert code == 0, err
    assert max(map(len, out.splitlines())) <= 80


@pytest.mark.parametrize("name", ["../evil", "", "a/b", "..", " a", "a\\b", "x\n"])
def test_a_bad_name_is_refused_before_anything_is_read(call, tmp_path, name):
    before = sorted(tmp_path.iterdir())
    code, out, err = call("train", "no-such-file.csv", "--target", "kind", "--name", name)
    assert (code, out) == (2, "")
    assert "--name: name must be one that a folder can have" in err
    assert sorted(tmp_path.iterdir()) == before
