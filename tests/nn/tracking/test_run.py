import json
import math
import os
import random
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

import nn
from nn.training.history import Epoch

ROWS, TARGETS = [[0.0, 1.0], [1.0, 0.5], [2.0, 0.0]], [1.0, 2.0, 3.0]


def model():
    return nn.MLP(2, [3, 1], activation="tanh", seed=0)


def run(folder, **how):
    return nn.Run(model(), (ROWS, TARGETS), **{"config": {"lr": 0.1, "hidden": (3,)}, "folder": folder} | how)


def epoch(number, loss, **metrics):
    return Epoch(number, None, loss, loss / 2, metrics, 0.1)


def test_a_run_leaves_what_it_takes_to_repeat_it(tmp_path):
    learner = model()
    tracked = nn.Run(learner, (ROWS, TARGETS), {"lr": 0.1, "hidden": [3]}, tmp_path, "wide")
    optimizer = nn.SGD(learner.parameters(), lr=0.1)
    history = nn.fit(
        learner, ROWS, TARGETS, nn.mse_loss, optimizer, epochs=4, seed=0, progress=False, callbacks=[tracked],
        validation=(ROWS, TARGETS), metrics={"r2": nn.r2_score},
    )  # fmt: skip
    tracked.finish({"r2": 0.5}, {"encoder": nn.StandardScaler().fit(ROWS)})
    assert tracked.path == tmp_path / "wide"
    assert sorted(os.listdir(tracked.path)) == [
        "config.json", "metrics.jsonl", "model.json", "report.md", "results.json",
    ]  # fmt: skip
    record = nn.read_run(tracked.path)
    assert record.config == {"lr": 0.1, "hidden": [3]}
    assert record.data == {"rows": 3, "columns": 2, "sha256": nn.data_hash(ROWS, TARGETS)}
    assert [noted.epoch for noted in record.epochs] == [1, 2, 3, 4]
    assert [noted.loss for noted in record.epochs] == history.loss
    assert [noted.validation_loss for noted in record.epochs] == history.validation_loss
    assert [noted.metrics for noted in record.epochs] == [{"r2": figure} for figure in history.metrics["r2"]]
    assert record.results == {"r2": 0.5}
    kept = nn.load_checkpoint(tracked.path / "model.json")
    assert kept["model"] == learner.state_dict()
    assert kept["config"] == record.config
    assert nn.StandardScaler.from_state_dict(kept["encoder"]).transform(ROWS) == nn.StandardScaler().fit_transform(ROWS)


def test_a_run_is_begun_before_its_first_epoch(tmp_path):
    started = run(tmp_path)
    facts = json.loads((started.path / "config.json").read_text())
    assert facts["versions"].keys() == {"python", "numpy"}
    assert facts["began"].endswith("+00:00")
    assert nn.read_run(started.path).results is None


def test_runs_without_a_name_are_numbered(tmp_path):
    (tmp_path / "run-2").mkdir()
    assert [run(tmp_path).path.name for _ in range(3)] == ["run-1", "run-3", "run-4"]


@pytest.mark.parametrize("name", ["", ".", "..", "a/b", "a\\b", "../a", "a:b", "a\0b", "a\nb", " ", "a ", "\udcff"])
def test_a_name_must_be_a_folders(tmp_path, name):
    with pytest.raises(ValueError, match="name must be one that a folder can have, such as 'wide', not "):
        run(tmp_path / "runs", name=name)
    assert os.listdir(tmp_path) == []


def test_a_broken_line_is_dropped_and_the_run_goes_on(tmp_path):
    first = run(tmp_path, name="wide")
    for number in (1, 2, 3):
        first(epoch(number, 1 / number))
    lines = first.path / "metrics.jsonl"
    whole = lines.read_bytes()
    lines.write_bytes(whole[:-9])
    assert [noted.epoch for noted in nn.read_run(first.path).epochs] == [1, 2]
    second = run(tmp_path, name="wide")
    second(epoch(3, 0.25))
    assert [noted.loss for noted in nn.read_run(first.path).epochs] == [1.0, 0.5, 0.25]


def test_epochs_that_are_gone_over_again_count_as_noted_last(tmp_path):
    first = run(tmp_path, name="wide")
    for number in (1, 2, 3, 4):
        first(epoch(number, 1.0))
    run(tmp_path, name="wide")(epoch(3, 0.5))
    assert [(noted.epoch, noted.loss) for noted in nn.read_run(first.path).epochs] == [(1, 1.0), (2, 1.0), (3, 0.5)]


def test_a_run_that_goes_on_is_not_finished(tmp_path):
    run(tmp_path, name="wide").finish({"r2": 1.0})
    again = run(tmp_path, name="wide")
    assert nn.read_run(again.path).results is None
    again.finish({"r2": 0.5})
    assert nn.read_run(again.path).results == {"r2": 0.5}


def test_another_config_or_other_data_need_another_name(tmp_path):
    first = run(tmp_path, name="wide")
    first(epoch(1, 1.0))
    before = {path.name: path.read_bytes() for path in first.path.iterdir()}
    with pytest.raises(
        ValueError, match=r"the run 'wide' has other config: \{'lr': 0\.1\} instead of \{'lr': 0\.2\}; give a new name"
    ):
        run(tmp_path, name="wide", config={"lr": 0.2, "hidden": (3,)})
    with pytest.raises(ValueError, match=r"the run 'wide' has other data: .* instead of .*; give a new name"):
        nn.Run(model(), (ROWS, [1.0, 2.0, 4.0]), {"lr": 0.1, "hidden": [3]}, tmp_path, "wide")
    assert {path.name: path.read_bytes() for path in first.path.iterdir()} == before


def test_numbers_of_numpy_and_rows_that_are_arrays(tmp_path):
    tracked = nn.Run(model(), (np.array(ROWS), np.array(TARGETS)), {"lr": np.float32(0.5)}, tmp_path)
    tracked(epoch(1, np.float64(0.5), worst=np.float32(0.25), hits=np.int64(3)))
    record = nn.read_run(tracked.path)
    assert record.config == {"lr": 0.5}
    assert record.epochs[0].metrics == {"worst": 0.25, "hits": 3}
    assert record.data["sha256"] == nn.data_hash(ROWS, TARGETS)


def test_rows_that_are_single_numbers_or_texts_of_tokens(tmp_path):
    assert nn.read_run(nn.Run(model(), ([1.0, 2.0], [1, 2]), folder=tmp_path).path).data["columns"] == 1
    assert nn.read_run(nn.Run(model(), ([[1, 2], [3]], [1, 2]), folder=tmp_path).path).data["rows"] == 2


def test_kept_and_tracked_and_killed_it_ends_as_it_would_have(tmp_path):
    """The record too is the one of a training that was never broken off."""

    def train(name, stop):
        learner = model()
        tracked = nn.Run(learner, (ROWS, TARGETS), folder=tmp_path, name=name)

        def die(noted):
            if noted.epoch in stop:
                stop.discard(noted.epoch)
                raise RuntimeError

        nn.fit(
            learner, ROWS, TARGETS, nn.mse_loss, nn.Adam(learner.parameters()), epochs=12, batch_size=2, seed=0,
            progress=False, callbacks=[tracked, die], checkpoint=tracked.path / "training.json",
        )  # fmt: skip
        tracked.finish({"loss": nn.mse_loss(learner(ROWS[0]), TARGETS[0]).data})
        return tracked.path

    stop = set(random.sample(range(1, 13), 3))
    for _ in range(3):
        with pytest.raises(RuntimeError):
            train("broken", stop)
    broken, whole = nn.read_run(train("broken", stop)), nn.read_run(train("whole", set()))
    assert broken.epochs == whole.epochs
    assert broken.results == whole.results
    assert (broken.path / "model.json").read_bytes() == (whole.path / "model.json").read_bytes()


def test_a_folder_with_other_things_in_it_is_left_alone(tmp_path):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "report.md").write_text("mine")
    with pytest.raises(ValueError, match=r"docs is there already, and holds no run but 'report\.md': give a new name"):
        run(tmp_path, name="docs")
    assert {path.name: path.read_text() for path in (tmp_path / "docs").iterdir()} == {"report.md": "mine"}


def test_what_a_crash_left_before_the_config_is_no_hindrance(tmp_path):
    (tmp_path / "wide").mkdir()
    (tmp_path / "wide" / "config.json.77.partial").write_text("{")
    assert (run(tmp_path, name="wide").path / "config.json").exists()


def test_a_link_to_nowhere_is_an_os_error(tmp_path):
    (tmp_path / "link").symlink_to(tmp_path / "nowhere" / "at all")
    with pytest.raises(OSError, match="link"):
        run(tmp_path / "link")


class Colour(Enum):
    RED = "red"


def strict(path):
    """Its content, for a reader that knows no NaN; a line at a time."""

    def refuse(constant):
        raise ValueError(constant)

    lines = path.read_text().splitlines() if path.suffix == ".jsonl" else [path.read_text()]
    return [json.loads(line, parse_constant=refuse) for line in lines]


def test_what_describes_a_run_is_written_plainly(tmp_path):
    config = {
        "tags": {"b", "a"}, "file": Path("data") / "x.csv", "share": Fraction(1, 3), "price": Decimal("1.50"),
        "day": date(2026, 1, 2), "lr": math.inf, "sizes": range(3), "colour": Colour.RED, "deep": {1: ({2.5},)},
    }  # fmt: skip
    made = run(tmp_path, config=config, name="wide")
    assert made.config == {
        "tags": ["a", "b"], "file": str(Path("data") / "x.csv"), "share": "1/3", "price": "1.50", "day": "2026-01-02",
        "lr": "Infinity", "sizes": [0, 1, 2], "colour": "red", "deep": {"1": [[2.5]]},
    }  # fmt: skip
    assert strict(made.path / "config.json")[0]["config"] == made.config
    run(tmp_path, config=config, name="wide")  # the same config again


@pytest.mark.parametrize(("config", "words"), [
    ({"a": object()}, r"config\['a'\] must be a number, text, .*, not object"),
    ({"net": {"layers": [1, b"x"]}}, r"config\['net'\]\['layers'\]\[1\] must be a number"),
    ({"f": print}, r"config\['f'\] must be a number"), ({(1, 2): 3}, r"config has the key \(1, 2\), which must"),
])  # fmt: skip
def test_what_cannot_describe_a_run_is_named_by_its_key(tmp_path, config, words):
    with pytest.raises(TypeError, match=words):
        run(tmp_path / "runs", config=config)
    assert os.listdir(tmp_path) == []
    with pytest.raises(TypeError, match=words.replace("config", "metrics")):
        run(tmp_path, name="wide").finish(config)
    assert not (tmp_path / "wide" / "results.json").exists()


def test_a_config_that_holds_itself_is_refused(tmp_path):
    config = {}
    config["config"] = config
    with pytest.raises(ValueError, match="config is deeper than 50 lists and dicts, or holds itself"):
        run(tmp_path / "runs", config=config)


def test_numbers_that_are_not_finite_come_back_from_strict_json(tmp_path):
    made = run(tmp_path, name="wide")
    made(Epoch(1, None, math.inf, math.nan, {"acc": -math.inf}, 0.1))
    made.finish({"acc": math.nan, "worst": math.inf})
    record = nn.read_run(made.path)
    assert (record.epochs[0].loss, record.epochs[0].metrics) == (math.inf, {"acc": -math.inf})
    assert math.isnan(record.epochs[0].validation_loss)
    assert math.isnan(record.results["acc"])
    assert record.results["worst"] == math.inf
    assert strict(made.path / "metrics.jsonl")[0]["loss"] == "Infinity"
    assert strict(made.path / "results.json") == [{"acc": "NaN", "worst": "Infinity"}]
    nn.compare_runs(tmp_path)


def test_a_run_ends_no_training(tmp_path, monkeypatch):
    learner = model()
    tracked = nn.Run(learner, (ROWS, TARGETS), folder=tmp_path)
    (tracked.path / "metrics.jsonl").mkdir()  # so that it cannot be written to
    with pytest.warns(RuntimeWarning, match=r"epoch 1 is not noted in .*run-1: .*Is a directory"):
        history = nn.fit(
            learner, ROWS, TARGETS, nn.mse_loss, nn.SGD(learner.parameters(), lr=0.01), epochs=1, progress=False,
            callbacks=[tracked],
        )  # fmt: skip
    assert len(history) == 1


def test_a_run_stays_in_its_folder_wherever_the_program_goes(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    tracked = run("runs", name="wide")
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    tracked(epoch(1, 0.5))
    tracked.finish({"r2": 1.0})
    assert len(nn.read_run(tmp_path / "runs" / "wide").epochs) == 1
    assert os.listdir(tmp_path / "elsewhere") == []


def test_the_report_shows_the_pictures_and_says_on_which_rows_it_was_measured(tmp_path):
    made = run(tmp_path, name="wide")
    (made.path / "my plot.svg").write_text("<svg/>")
    made.finish({"r2": 0.5}, measured_on="the 3 rows held out")
    report = (made.path / "report.md").read_text()
    assert "Measured on the 3 rows held out." in report
    assert "![my plot](my%20plot.svg)" in report


@pytest.mark.parametrize("name", ["run", "epochs", "lowest loss", "lowest validation"])
def test_a_result_replaces_no_column_of_a_comparison(tmp_path, name):
    tracked = run(tmp_path)
    with pytest.raises(ValueError, match=f"metrics cannot have the name '{name}'"):
        tracked.finish({name: 0.5})
    assert nn.read_run(tracked.path).results is None


def test_a_name_with_a_line_break_does_not_break_the_table(tmp_path):
    tracked = run(tmp_path)
    tracked(epoch(1, 1.0, **{"two\nlines": 0.5}))
    tracked.finish({})
    assert "| epoch | loss | validation | 'two\\\\nlines' |\n| ---" in (tracked.path / "report.md").read_text()
