"""Commands for a table of one's own: ``glassgrad train flowers.csv --target species``, ``predict``, ``runs``."""

import argparse
import csv
import sys
import warnings
from collections.abc import Callable, Iterator, Sequence
from io import StringIO
from pathlib import Path
from typing import Any

import nn
from nn.tabular.csv_files import read_table
from nn.tabular.table_model import TableModel
from nn.training.checkpoints import write_whole
from visualize.cli.verdict import guesses_of, judgement, save_plots, scores_of
from visualize.terminal.transcript import indented

VALIDATION, HELD_OUT = 0.15, 0.15  # shares of the rows
FEWEST_ROWS = 10
PATIENCE = 20  # epochs
LOOKED_AT = 50  # rows, by the doctor

TRAIN = """\
Learn to predict one column of a table from the others, and say how well that
works on rows that were held out.

  glassgrad train flowers.csv --target species
  glassgrad train houses.csv --target price --hidden 32,16 --epochs 500

The file is CSV in UTF-8; its first line names the columns. Numbers are
standardized, text becomes a 0 or 1 per category, gaps are filled. Text, and a
few different whole numbers, are classes; other targets are numbers to predict.
70% of the rows are learned from, 15% tell when to stop, 15% judge the result.
Ctrl-C stops early, and keeps what was best so far."""

PREDICT = """\
Predict the column that a model was trained for, for each row of a table.

  glassgrad predict runs/run-1 new.csv
  glassgrad predict runs/run-1 new.csv -o answers.csv

The columns that were learned from must be there, by name; in what order, and
what else there is, does not matter."""


def add_commands(commands: Any) -> None:
    """Add the three to the command line's."""
    train = _command(commands, "train", _train, "learn to predict a column of a CSV file", TRAIN)
    train.add_argument("file", metavar="FILE.csv", type=Path, help="the table to learn from")
    train.add_argument("--target", metavar="COLUMN", required=True, help="the column to predict")
    train.add_argument(
        "--task", choices=["classification", "regression"],
        help="predict one of a few classes, or a number (default: what the column looks like)",
    )  # fmt: skip
    train.add_argument(
        "--hidden", metavar="SIZES", type=_sizes, default=[16, 16],
        help="neurons in each hidden layer, such as 32,16; 0 for none: a linear model (default: 16,16)",
    )  # fmt: skip
    _number(train, "--epochs", int, 200, "how often to go over the rows, at most", lambda x: x >= 1, "at least 1")
    _number(train, "--lr", float, 0.01, "learning rate: how far to go in one step", lambda x: x > 0, "above 0")
    _number(train, "--l2", float, 0.0, "how much large weights cost", lambda x: x >= 0, "0 or more")
    _number(
        train, "--dropout", float, 0.0, "share of hidden numbers left out", lambda x: 0 <= x < 1, "0 to less than 1"
    )
    _number(train, "--batch", int, None, "rows that make one step (default: 16 to 256)", lambda x: x >= 1, "at least 1")
    _number(train, "--seed", int, 0, "for all that is random: the same seed gives the same numbers", lambda _: True, "")
    train.add_argument(
        "--out", metavar="FOLDER", type=Path, default=Path("runs"), help="where to keep runs (default: runs)"
    )
    train.add_argument(
        "--name", help="of this run (default: run-1, run-2, ...); a run of that name that was broken off goes on"
    )

    predict = _command(commands, "predict", _predict, "predict with a trained model for a CSV file", PREDICT)
    predict.add_argument("model", metavar="RUN", type=Path, help="the run's folder, or the model.json in it")
    predict.add_argument("file", metavar="FILE.csv", type=Path, help="the rows to predict for")
    predict.add_argument("-o", "--output", metavar="FILE", type=Path, help="where to write (default: the terminal)")

    runs = _command(
        commands, "runs", _runs, "compare the trainings so far", "Compare the trainings so far, in a table."
    )
    runs.add_argument(
        "folder", metavar="FOLDER", type=Path, nargs="?", default=Path("runs"), help="where they are (default: runs)"
    )


def _command(commands: Any, name: str, run: object, words: str, about: str) -> argparse.ArgumentParser:
    added: argparse.ArgumentParser = commands.add_parser(
        name, help=words, description=about, formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False
    )
    added.set_defaults(run=run)
    return added


def _number(
    parser: argparse.ArgumentParser, option: str, kind: Callable[[str], Any], default: Any, words: str,
    fits: Callable[[Any], bool], expected: str,
) -> None:  # fmt: skip
    def read(text: str) -> Any:
        try:
            found = kind(text)
        except ValueError:
            found = None
        if found is None or not abs(found) <= sys.float_info.max or not fits(found):
            noun = "a whole number" if kind is int else "a number"
            raise argparse.ArgumentTypeError(f"it must be {noun}{', ' * bool(expected)}{expected}, not {text!r}")
        return found

    told = words if default is None else f"{words} (default: {default:g})"
    parser.add_argument(option, metavar="N" if kind is int else "X", type=read, default=default, help=told)


def _sizes(text: str) -> list[int]:
    if text.strip() == "0":
        return []
    try:
        sizes = [int(size) for size in text.split(",")]
    except ValueError:
        sizes = [0]
    if min(sizes) < 1:
        raise argparse.ArgumentTypeError(f"it must be sizes of layers, such as 16 or 32,16, not {text!r}")
    return sizes


def _train(given: argparse.Namespace) -> int:
    data = nn.read_csv(given.file, given.target, given.task)
    if len(data.rows) < FEWEST_ROWS:
        raise ValueError(
            f"{given.file} has {len(data.rows)} rows with a target, too few to learn from some and judge by others: "
            f"at least {FEWEST_ROWS}"
        )
    training, validation, held_out = nn.train_validation_test_split(data, VALIDATION, HELD_OUT, given.seed)
    model = TableModel.untrained(training, given.target, given.hidden, given.dropout, given.seed)
    for line in _beginning(given, data, [len(part.rows) for part in (training, validation, held_out)], model):
        print(line)
    sys.stdout.flush()
    batch = given.batch or max(16, min(256, len(training.rows) // 50))
    config = {"file": given.file.name, "batch": batch} | {
        name: getattr(given, name) for name in ("target", "hidden", "epochs", "lr", "l2", "dropout", "seed")
    }
    rows, targets = model.prepared(training)
    run = nn.Run(model.network, (rows, targets), config, folder=given.out, name=given.name)
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        history = nn.fit(
            model.network, rows, targets, model.loss, nn.Adam(model.network.parameters(), lr=given.lr),
            epochs=given.epochs, batch_size=batch, seed=given.seed, validation=model.prepared(validation),
            metrics={"accuracy": nn.accuracy} if model.classes else None, patience=PATIENCE,
            regularizer=nn.l2(given.l2) if given.l2 else None, callbacks=[run], checkpoint=run.path / "training.json",
        )  # fmt: skip
    if not history.loss:
        raise KeyboardInterrupt
    why = f" ({history.stopped})" if history.stopped else ""
    epochs = f"{len(history)} epoch{'s' * (len(history) > 1)}"
    print(f"{epochs}{why}; best after {history.best_epoch}, whose weights are kept")
    notes = [str(warning.message) for warning in seen] + list(map(str, _diagnosis(model, rows, targets)))
    for note in dict.fromkeys(notes):
        print(indented("noticed: ", note, 80))
    answers = model.predict(held_out.rows)
    scores = list(scores_of(model, answers, training, held_out))
    print("", *judgement(len(held_out.rows), scores), "", sep="\n")
    results = {scores[0].metric: scores[0].reached, "baseline": scores[0].baseline}
    run.finish(results | {score.metric: score.reached for score in scores}, extra={"table": model.state_dict()})
    plots = save_plots(run.path, history, model, answers, held_out)
    print(f"wrote {run.path}: model.json, report.md{''.join(', ' + name for name in plots)}")
    print(f"use it: glassgrad predict {run.path} NEW.csv")
    return 130 if history.stopped == "interrupted" else 0


def _beginning(given: argparse.Namespace, data: nn.Dataset, counts: Sequence[int], model: TableModel) -> Iterator[str]:
    kind = f"one of {len(data.classes)} classes" if data.classes else "a number"
    yield f"{given.file.name}: {len(data.rows):,} rows; {given.target} is {kind}, other columns: {len(data.features)}"
    for note in (*data.notes, *model.encoder.notes):
        yield indented("note: ", note, 80)
    learned, chosen, judged = counts
    yield f"{learned:,} rows to learn from, {chosen:,} to tell when to stop, {judged:,} held out"
    sizes = [len(model.encoder.features), *given.hidden, len(data.classes) or 1]
    yield f"a network {'-'.join(map(str, sizes))} with {len(model.network.parameters()):,} parameters"


def _diagnosis(model: TableModel, rows: Sequence[Any], targets: Sequence[Any]) -> nn.Findings:
    """What the doctor says of the trained network."""
    model.network.eval().zero_grad()
    looked_at = list(zip(rows, targets, strict=True))[:LOOKED_AT]
    loss = sum(model.loss(model.network(row), target) for row, target in looked_at) / len(looked_at)
    loss.backward()
    return nn.diagnose(model.network, loss)


def _predict(given: argparse.Namespace) -> int:
    model = TableModel.load(given.model)
    answers = model.predict(nn.read_rows(given.file, model.encoder.columns))
    text = _answered(given.file, model, answers)
    if given.output is None:
        print(text, end="")
    else:
        file = given.output.resolve()
        if file in ((given.model / name).resolve() for name in ("", "model.json")):
            raise ValueError(f"{given.output} is the model itself: give another name for the predictions")
        if given.output.exists() and not given.output.is_file():  # such as /dev/stdout
            given.output.write_text(text, encoding="utf-8")
        else:
            write_whole(file, text)  # it may be the one that was read
        print(f"wrote {given.output}: {len(answers):,} rows")
    return 0


def _answered(source: Path, model: TableModel, answers: Sequence[Any]) -> str:
    """The table as it came, with what is predicted, as CSV."""
    table = read_table(source)
    new = [f"predicted {model.target}", *(["probability"] if model.classes else [])]
    kept = [place for place, name in enumerate(table.names) if name not in new]  # not what an earlier model said
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([table.names[place] for place in kept] + new)
    for cells, answer in zip(table.rows, answers, strict=True):
        if model.classes:
            (likeliest,) = guesses_of([answer])
            said = [model.classes[likeliest], f"{answer[likeliest]:.4f}"]
        else:
            said = [f"{answer:.6g}"]
        writer.writerow([cells[place] for place in kept] + said)
    return text.getvalue()


def _runs(given: argparse.Namespace) -> int:
    print(nn.compare_runs(given.folder))
    return 0
