"""The options of ``glassgrad train``, and how they are read."""

import argparse
import csv
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nn
from nn.tabular.notation import ORDERS
from nn.tabular.table_model import ACTIVATIONS, INITS
from nn.tracking.run import folder_name

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

OPTIMIZERS = {"adam": nn.Adam, "adamw": nn.AdamW, "sgd": nn.SGD, "rmsprop": nn.RMSProp, "adagrad": nn.Adagrad}


def add_train(commands: Any, run: object) -> None:
    """Add the command to the command line's. run: what it does."""
    train: argparse.ArgumentParser = commands.add_parser(
        "train", help="learn to predict a column of a CSV file", description=TRAIN, allow_abbrev=False,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    train.set_defaults(run=run)
    train.add_argument("file", metavar="FILE.csv", type=Path, help="the table to learn from")
    train.add_argument("--target", metavar="COLUMN", help="the column to predict")
    train.add_argument(
        "--task", choices=["classification", "regression"],
        help="predict one of a few classes, or a number (default: what the column looks like)",
    )  # fmt: skip
    _add_reading(train.add_argument_group("reading the file, where a guess is wrong"))
    _add_network(train.add_argument_group("the network and how it learns"))
    record = train.add_argument_group("the record")
    record.add_argument(
        "--out", metavar="FOLDER", type=Path, default=Path("runs"), help="where to keep runs (default: runs)"
    )
    record.add_argument(
        "--name",
        type=_name,
        help="of this run (default: run-1, run-2, ...); a run of that name that was stopped is resumed",
    )


def _add_reading(group: Any) -> None:
    group.add_argument("--delimiter", metavar="C", help="what divides the columns, such as ';'")
    group.add_argument(
        "--missing", metavar="WORDS", type=_list, help="what stands for a gap, such as '?,-99'; '' for none"
    )
    group.add_argument("--decimal", metavar="C", help="what stands before decimals: . or ,")
    group.add_argument("--thousands", metavar="C", help="what stands between thousands; '' for nothing")
    group.add_argument("--date-order", metavar="ORDER", help=f"of dates: {', '.join(ORDERS)}")
    for option, words in (
        ("--columns", "the columns to learn from (default: all others)"),
        ("--drop", "columns to leave out"),
        ("--as-number", "columns that are numbers, whatever they look like"),
        ("--as-class", "columns that are categories, whatever they look like"),
    ):
        group.add_argument(option, metavar="NAMES", type=_list, help=words)


def _add_network(group: Any) -> None:
    group.add_argument(
        "--hidden", metavar="SIZES", type=_sizes, default=[16, 16],
        help="neurons in each hidden layer, such as 32,16; 0 for none: a linear model (default: 16,16)",
    )  # fmt: skip
    for option, known, words in (
        ("--activation", ACTIVATIONS, "of hidden neurons"),
        ("--init", tuple(INITS), "how weights begin"),
        ("--optimizer", tuple(OPTIMIZERS), "how they move"),
    ):
        group.add_argument(
            option, choices=known, default=known[0], metavar="NAME",
            help=f"{words}: {', '.join(known)} (default: {known[0]})",
        )  # fmt: skip
    _number(group, "--epochs", int, 200, "how often to go over the rows, at most", lambda x: x >= 1, "at least 1")
    _number(group, "--lr", float, 0.01, "learning rate: how far to go in one step", lambda x: x > 0, "above 0")
    _number(group, "--l2", float, 0.0, "how much large weights cost", lambda x: x >= 0, "0 or more")
    _number(
        group, "--dropout", float, 0.0, "share of hidden numbers left out", lambda x: 0 <= x < 1, "0 to less than 1"
    )
    _number(group, "--batch", int, None, "rows that make one step (default: 16 to 256)", lambda x: x >= 1, "at least 1")
    group.add_argument(
        "--class-weight", choices=["balanced"], metavar="balanced",
        help="let each class count alike, however rare it is (default: each row counts alike)",
    )  # fmt: skip
    _number(group, "--seed", int, 0, "for all that is random: the same seed gives the same numbers", lambda _: True, "")


def _number(
    group: Any, option: str, kind: Callable[[str], Any], default: Any, words: str,
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

    text = words if default is None else f"{words} (default: {default:g})"
    group.add_argument(option, metavar="N" if kind is int else "X", type=read, default=default, help=text)


def _name(text: str) -> str:
    try:
        return folder_name(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


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


def _list(text: str) -> list[str]:
    """The names in a list as a line of CSV has it: a name with a comma in it stands in double quotes."""
    try:
        return [name.strip() for row in csv.reader([text], skipinitialspace=True, strict=True) for name in row]
    except csv.Error as error:
        raise argparse.ArgumentTypeError(f"it must be names divided by commas, not {text!r}: {error}") from None
