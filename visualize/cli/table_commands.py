"""Commands for your own table: ``glassgrad predict`` and ``runs``; ``train`` has its own file."""

import argparse
import csv
import sys
from collections.abc import Sequence
from io import StringIO
from pathlib import Path
from reprlib import repr as shown
from typing import Any

import nn
from autograd.counting import counted
from nn.tabular.csv_files import Table, read_table
from nn.tabular.table_model import TableModel
from nn.tabular.tables import rows_of
from nn.training.checkpoints import atomic_write
from visualize.cli.train import train
from visualize.cli.train_options import add_train
from visualize.cli.verdict import guesses_of
from visualize.terminal.transcript import indented

PREDICT = """\
Predict the column that a model was trained for, for each row of a table.

  glassgrad predict runs/run-1 new.csv
  glassgrad predict runs/run-1 new.csv -o answers.csv

The columns that were learned from must be there, by name; in what order, and
what else there is, does not matter."""


def add_commands(commands: Any) -> None:
    """Add the three to the command line's."""
    add_train(commands, train)
    predict = _command(commands, "predict", _predict, "predict with a trained model for a CSV file", PREDICT)
    predict.add_argument("model", metavar="RUN", type=Path, help="the run's folder, or the model.json in it")
    predict.add_argument("file", metavar="FILE.csv", type=Path, help="the rows to predict for")
    predict.add_argument("-o", "--output", metavar="FILE", type=Path, help="where to write (default: the terminal)")
    predict.add_argument("--delimiter", metavar="C", help="what divides the columns of the file")

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


def _predict(given: argparse.Namespace) -> int:
    model = TableModel.load(given.model)
    table = read_table(given.file, given.delimiter)
    rows = rows_of(table, model.encoder.columns)
    answers = model.predict(rows)
    for note in (*table.notes(), *model.encoder.unseen(rows), *model.encoder.gaps(rows)):
        print(indented("note: ", note, 80), file=sys.stderr)  # the predictions themselves may go to the terminal
    text = _answered(table, model, answers)
    if given.output is None:
        print(text, end="")
    else:
        file = given.output.resolve()
        if file in ((given.model / name).resolve() for name in ("", "model.json")):
            raise ValueError(f"{given.output} is the model itself: give another name for the predictions")
        if given.output.exists() and not given.output.is_file():  # such as /dev/stdout
            given.output.write_text(text, encoding="utf-8")
        else:
            atomic_write(file, text)  # it may be the one that was read
        print(f"wrote {given.output}: {counted(len(answers), 'row')}")
    return 0


def _answered(table: Table, model: TableModel, answers: Sequence[Any]) -> str:
    """The table as it came, with what is predicted, as CSV."""
    learned_from = {column.name for column in model.encoder.columns}
    new = [f"predicted {model.target}", *(["probability"] if model.classes else [])]
    new = [f"{name} (answer)" if name in learned_from else name for name in new]
    theirs = [name for name in new if name in table.names]
    if 0 < len(theirs) < len(new):  # not what an earlier model said, which is all of them
        raise ValueError(f"{table.path} has a column {shown(theirs[0])}, as the answers have: give it another name")
    kept = [place for place, name in enumerate(table.names) if name not in new]
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
