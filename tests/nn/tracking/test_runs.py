import json
import re
from html import escape

import pytest

import nn
from nn.training.history import Epoch


def left(folder, name, config, losses=(), results=None, began="2026-01-01T00:00:00+00:00", sha256="ab" * 32):
    """What a run leaves, written by hand."""
    path = folder / name
    path.mkdir()
    data = {"rows": 3, "columns": 2, "sha256": sha256}
    (path / "config.json").write_text(json.dumps({"config": config, "data": data, "began": began, "versions": {}}))
    lines = [
        {"epoch": number, "loss": loss, "validation_loss": held_out, "metrics": {}, "lr": 0.1}
        for number, (loss, held_out) in enumerate(losses, 1)
    ]
    (path / "metrics.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    if results is not None:
        (path / "results.json").write_text(json.dumps(results))
    return path


def test_runs_side_by_side_show_where_they_differ(tmp_path):
    left(tmp_path, "wide", {"hidden": [64], "lr": 0.1, "seed": 0}, [(2.0, 1.5), (1.0, 0.51234), (0.5, 0.75)],
         {"accuracy": 0.9375}, "2026-01-02T00:00:00+00:00")  # fmt: skip
    left(tmp_path, "narrow", {"hidden": [4], "lr": 0.1, "seed": 0, "clip": 1.0}, [(2.0, 1.25)])
    left(tmp_path, "empty", {"hidden": [4], "lr": 0.1, "seed": 0}, began="2026-01-03T00:00:00+00:00")
    (tmp_path / "notes.txt").write_text("no run")
    (tmp_path / "other").mkdir()
    assert nn.compare_runs(tmp_path).splitlines() == [
        "run     epochs         hidden  clip  lowest validation  accuracy",
        "narrow  1, unfinished  [4]     1     1.25               -",
        "wide    3              [64]    -     0.5123             0.9375",
        "empty   0, unfinished  [4]     -     -                  -",
    ]


def test_other_data_is_told_by_its_hash(tmp_path):
    left(tmp_path, "a", {"lr": 0.1}, [(2.0, None)])
    left(tmp_path, "b", {"lr": 0.1}, [(1.5, None)], {}, sha256="cd" * 32)
    assert nn.compare_runs(tmp_path).splitlines() == [
        "run  epochs         data      lowest loss",
        "a    1, unfinished  abababab  2",
        "b    1              cdcdcdcd  1.5",
    ]


def test_no_runs(tmp_path):
    with pytest.raises(
        ValueError,
        match=r"there is no run in .*: glassgrad train makes one, and so does nn\.Run\(model, da",
    ):
        nn.compare_runs(tmp_path / "nowhere")


def test_the_best_epoch(tmp_path):
    path = left(tmp_path, "a", {}, [(2.0, 1.0), (1.0, 0.5), (0.5, 0.5)])
    assert nn.read_run(path).best() == [Epoch(2, None, 1.0, 0.5, {}, 0.1)]
    assert nn.read_run(left(tmp_path, "b", {}, [(2.0, None), (1.0, None)])).best()[0].epoch == 2
    assert nn.read_run(left(tmp_path, "c", {})).best() == []


def test_an_epoch_whose_loss_is_not_a_number_is_not_the_best(tmp_path):
    path = left(tmp_path, "a", {}, [(2.0, "NaN"), (1.0, 0.5), (0.5, "NaN")])
    assert [epoch.epoch for epoch in nn.read_run(path).best()] == [2]


def test_a_run_on_a_page(tmp_path):
    path = left(tmp_path, "wide", {"hidden": [64], "note": "a|b"}, [(2.0, 1.0), (1.0, 0.5), (0.5, 0.75)], {"r2": 0.875})
    page = nn.read_run(path).report("8 weights")
    assert page.startswith("# Run wide\n\nBegun 2026-01-01T00:00:00+00:00; 3 epochs.\n")
    assert "| metric | value |\n| --- | --- |\n| r2 | 0.875 |\n" in page
    rows = "| 1 | 2 | 1 |\n| 2 | 1 | 0.5 |\n| 3 | 0.5 | 0.75 |\n"
    assert "| epoch | loss | validation |\n| --- | --- | --- |\n" + rows in page
    assert "| note | a\\|b |" in page
    assert f"| sha256 | {'ab' * 32} |" in page
    assert page.endswith("## The model\n\n```text\n8 weights\n```\n")


def test_a_page_without_epochs(tmp_path):
    assert "; 0 epochs." in nn.read_run(left(tmp_path, "a", {})).report("")


@pytest.mark.parametrize(("name", "text"), [
    ("config.json", "{"), ("config.json", '{"config": {}}'), ("results.json", "[1]"), ("results.json", ""),
    ("metrics.jsonl", "{}\n"), ("metrics.jsonl", "[" * 100_000 + "\n"), ("metrics.jsonl", '{"epoch": 1, "lo\n'),
])  # fmt: skip
def test_a_file_that_is_damaged_is_named(tmp_path, name, text):
    path = left(tmp_path, "a", {}, [(1.0, 1.0)], {})
    (path / name).write_text(text)
    with pytest.raises(ValueError, match=rf"{name} is damaged, or was not written by a Run: "):
        nn.read_run(path)


def test_no_folder_is_an_os_error(tmp_path):
    with pytest.raises(FileNotFoundError):
        nn.read_run(tmp_path / "none")


@pytest.mark.parametrize(("name", "content"), [
    ("config.json", b"\xff"),
    ("config.json", b'{"config": [], "data": 1, "began": 2}'),
    ("metrics.jsonl", b'{"epoch": "a", "loss": 1, "validation_loss": null, "metrics": {}, "lr": 1}\n'),
    ("metrics.jsonl", b'{"epoch": 1, "loss": "x", "validation_loss": null, "metrics": {}, "lr": 1}\n'),
    ("results.json", b"\xff"),
])  # fmt: skip
def test_what_no_run_wrote_is_told_with_its_name(tmp_path, name, content):
    (left(tmp_path, "wide", {}) / name).write_bytes(content)
    with pytest.raises(ValueError, match=rf"{name} is damaged, or was not written by a Run"):
        nn.compare_runs(tmp_path)


def test_a_damaged_run_does_not_hide_the_others(tmp_path):
    left(tmp_path, "a", {}, [(2.0, None)])
    (left(tmp_path, "b", {}) / "results.json").write_text("[1]")
    (left(tmp_path, "c", {}) / "metrics.jsonl").unlink()
    (tmp_path / "c" / "metrics.jsonl").mkdir()
    left(tmp_path, "d", {}, [(1.5, None)], {})
    *table, empty, damaged, unreachable = nn.compare_runs(tmp_path).splitlines()
    assert table == ["run  epochs         lowest loss", "a    1, unfinished  2", "d    1              1.5"]
    assert empty == ""
    assert damaged == f"left out: {tmp_path / 'b' / 'results.json'} is damaged, or was not written by a Run: '[1]'"
    assert unreachable.startswith("left out: ")
    assert str(tmp_path / "c" / "metrics.jsonl") in unreachable


def test_a_table_that_is_too_wide_goes_on_below(tmp_path):
    settings = ["activation", "batch_size", "hidden", "lr", "momentum", "optimizer", "seed", "weight_decay", "note"]
    for number in (1, 2):
        config = dict.fromkeys(settings, number * 1000)
        left(tmp_path, f"run-{number}", config, [(0.5, 0.25)], {"accuracy": 0.5, "balanced accuracy": 0.25})
    assert nn.compare_runs(tmp_path).splitlines() == [
        "run    epochs  activation  batch_size  hidden  lr    momentum  optimizer  seed",
        "run-1  1       1000        1000        1000    1000  1000      1000       1000",
        "run-2  1       2000        2000        2000    2000  2000      2000       2000",
        "",
        "run    weight_decay  note  lowest validation  accuracy  balanced accuracy",
        "run-1  1000          1000  0.25               0.5       0.25",
        "run-2  2000          2000  0.25               0.5       0.25",
    ]


def test_no_line_is_wider_than_a_terminal(tmp_path):
    for number in range(3):
        config = {"a" * 300: f"{'x' * 500}{number}{'y' * 500}", "lines": f"one\ntwo\ud800 {number}", "b": [number] * 99}
        left(tmp_path, f"{number}{'run ' * 40}{number}", config, [(0.5, None)], {"m" * 79: 0.5, "n" * 81: None})
    lines = nn.compare_runs(tmp_path).splitlines()
    assert max(map(len, lines)) <= 80
    assert all(line.isprintable() for line in lines)
    assert len([line for line in lines if line.startswith("0run run")]) == lines.count("") + 1


def test_epochs_are_told_once(tmp_path):
    left(tmp_path, "short", {"epochs": 5}, [(1.0, None)])
    left(tmp_path, "long", {"epochs": 9}, [(1.0, None), (0.5, None)])
    assert sorted(nn.compare_runs(tmp_path).splitlines()) == [
        "long   2, unfinished  0.5",
        "run    epochs         lowest loss",
        "short  1, unfinished  1",
    ]


@pytest.mark.parametrize("name", ["<b>bold</b>", '<img src="x" onerror="alert(1)">', "a & b", "![x](http://y/z.png)"])
def test_a_report_shows_names_and_never_obeys_them(tmp_path, name):
    path = left(tmp_path, "a", {name: name}, [(2.0, None)], {name: 1.0})
    (path / "<i>.png").write_bytes(b"")
    page = nn.read_run(path).report("8 weights", measured_on=name, tables={name: {name: 1.0}})
    assert not re.search(r"<|\]\(h|& ", page)
    assert page.count(escape(name, quote=False).replace("](", r"]\(")) == 6


def test_a_backslash_before_a_bar_does_not_divide_a_cell(tmp_path):
    page = nn.read_run(left(tmp_path, "a", {"a\\|b": "`*c*`"})).report("")
    assert r"| a\\\|b | \`\*c\*\` |" in page
