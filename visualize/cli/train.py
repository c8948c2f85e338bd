"""``glassgrad train flowers.csv --target species``: a network for a table, judged on rows held out."""

import argparse
import re
import sys
import warnings
from collections.abc import Iterator, Sequence
from typing import Any

import nn
from autograd.counting import counted
from nn.tabular.csv_files import read_table
from nn.tabular.importance import permutation_importance
from nn.tabular.table_model import TableModel
from visualize.cli.train_options import OPTIMIZERS
from visualize.cli.verdict import cost_of, judgement, save_plots, scores_of
from visualize.terminal.transcript import indented

VALIDATION, HELD_OUT = 0.15, 0.15  # shares of the rows
FEWEST_ROWS = 10
PATIENCE = 20  # epochs
LOOKED_AT = 50  # rows, by the doctor

# What the doctor would have changed in a program, as options; rows are standardized already.
REMEDIES = {
    "dead relu": "a smaller --lr, --init he_normal, or --activation leaky_relu, which never dies",
    "saturated unit": "a smaller --lr, or --activation relu",
    "vanishing gradient": "fewer layers in --hidden, or --activation relu",
    "exploding gradient": "a smaller --lr",
    "loss rising": "a smaller --lr: a third, then a tenth",
    "features on very different scales": "leave the column out with --drop, if most of its entries are alike",
    "measured on training rows": "take rows that are there several times out of the table",
    "no gradient": "--activation leaky_relu, or a smaller --lr",
}


OPTION = re.compile(
    r"\bset ([a-z_]+)|\b(as_number|as_class|date_order)\b|(?<=\()(target|features|drop)(?=\))"
    r"|^(features|decimal|thousands|delimiter)(?= must)"
)


def in_options(text: str) -> str:
    """A sentence of the reader of tables in which arguments are called as on the command line."""

    def option(match: re.Match[str]) -> str:
        name = "columns" if match[0] == "features" else next(filter(None, match.groups()))
        return f"{'set ' * bool(match[1])}--{name.replace('_', '-')}"

    return OPTION.sub(option, text)


def _read(given: argparse.Namespace) -> nn.Dataset:
    if given.target is None:
        columns = read_table(given.file, given.delimiter).listed()
        raise ValueError(f"--target names the column to predict; the columns of {given.file} are {columns}")
    try:
        data = nn.read_csv(
            given.file, given.target, given.task, given.columns, drop=given.drop or (), delimiter=given.delimiter,
            missing=given.missing, decimal=given.decimal, thousands=given.thousands, date_order=given.date_order,
            as_number=given.as_number or (), as_class=given.as_class or (),
        )  # fmt: skip
    except ValueError as error:
        raise ValueError(in_options(str(error))) from None
    if len(data.rows) < FEWEST_ROWS:
        raise ValueError(
            f"{given.file} has {counted(len(data.rows), 'row')} with a target, too few to learn from some and "
            "judge by others: "
            f"at least {FEWEST_ROWS}"
        )
    return data


def train(given: argparse.Namespace) -> int:
    """Do what the command line asks; the exit code is 0, or 130 after Ctrl-C."""
    data = _read(given)
    parts = nn.train_validation_test_split(data, VALIDATION, HELD_OUT, given.seed)
    training, validation, held_out = parts
    model = TableModel.untrained(
        training, given.target, given.hidden, given.dropout, given.seed, given.activation, given.init
    )
    for line in _beginning(given, data, parts, model):
        print(line)
    sys.stdout.flush()
    batch = given.batch or max(16, min(256, len(training.rows) // 50))
    names = ("target", "hidden", "activation", "init", "optimizer", "epochs", "lr", "l2", "dropout", "class_weight")
    config = {"file": given.file.name, "batch": batch, **{name: getattr(given, name) for name in (*names, "seed")}}
    rows, targets = model.prepared(training)
    run = nn.Run(model.network, (rows, targets), config, folder=given.out, name=given.name)
    weights = _balanced(training) if given.class_weight and model.classes else None
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        history = _fit(
            model.network, rows, targets, model.loss_of(weights),
            OPTIMIZERS[given.optimizer](model.network.parameters(), lr=given.lr),
            epochs=given.epochs, batch_size=batch, seed=given.seed, validation=model.prepared(validation),
            metrics={"accuracy": nn.accuracy} if model.classes else None, patience=PATIENCE,
            regularizer=nn.l2(given.l2) if given.l2 else None, callbacks=[run], checkpoint=run.path / "training.json",
        )  # fmt: skip
    if not history.loss:
        raise KeyboardInterrupt
    why = f" ({history.stopped})" if history.stopped else ""
    print(f"{counted(len(history), 'epoch')}{why}; best after {history.best_epoch}, whose weights are kept")
    notes = [str(warning.message) for warning in seen] + list(map(str, _diagnosis(model, rows, targets)))
    for note in dict.fromkeys(map(_noticed, notes)):
        print(indented("noticed: ", note, 80))
    answers = model.predict(held_out.rows)
    scores = list(scores_of(model, answers, training, held_out))
    print("", *judgement(len(held_out.rows), scores), "", sep="\n")
    importance = permutation_importance(model, held_out, given.seed)
    plots = save_plots(run.path, history, model, answers, held_out, importance)
    results = {scores[0].metric: scores[0].reached, "baseline": scores[0].baseline}
    results |= {score.metric: score.reached for score in scores}
    run.finish(
        results,
        extra={"table": model.state_dict()},
        measured_on=f"the {counted(len(held_out.rows), 'row')} held out",
        tables={f"What it looks at: the rise of the {cost_of(model)} when a column is shuffled": importance},
    )
    place = given.out / run.path.name  # as it was given, not from the root of the disk
    print(indented(f"wrote {place}: ", ", ".join(["model.json", "report.md", *plots]), 80))
    print(f"use it: glassgrad predict {place} NEW.csv")
    return 130 if history.stopped == "interrupted" else 0


def _fit(*arguments: Any, **settings: Any) -> nn.History:
    """As ``nn.fit``, with a remedy that the command line has."""
    try:
        return nn.fit(*arguments, **settings)
    except FloatingPointError as error:
        arose = str(error).partition(". The weights")[0]
        raise FloatingPointError(f"{arose}. A smaller --lr keeps numbers small") from None


def _balanced(training: nn.Dataset) -> list[float]:
    """For each class what its rows count, so that all classes count alike, and a row is 1 on average."""
    counts = [training.targets.count(place) for place in range(len(training.classes))]
    present = sum(map(bool, counts))
    return [len(training.targets) / (present * count) if count else 0.0 for count in counts]


def _beginning(
    given: argparse.Namespace, data: nn.Dataset, parts: Sequence[nn.Dataset], model: TableModel
) -> Iterator[str]:
    kind = f"one of {counted(len(data.classes), 'class')}" if data.classes else "a number"
    yield (
        f"{given.file.name}: {counted(len(data.rows), 'row')}; {given.target} is {kind}, other columns: "
        f"{len(data.features)}"
    )
    others = [row for part in parts[1:] for row in part.rows]
    for note in (*data.notes, *model.encoder.notes, *model.encoder.unseen(others, "other row")):
        yield indented("note: ", in_options(note), 80)
    learned, chosen, judged = (len(part.rows) for part in parts)
    yield f"{counted(learned, 'row')} to learn from, {chosen:,} to tell when to stop, {judged:,} held out"
    sizes = [len(model.encoder.features), *given.hidden, len(data.classes) or 1]
    yield f"a network {'-'.join(map(str, sizes))} with {counted(len(model.network.parameters()), 'parameter')}"


def _noticed(finding: str) -> str:
    """What the doctor or ``fit`` has seen, with a remedy that the command line has."""
    evidence, _, _ = finding.partition(". Remedy: ")
    kind = next((kind for kind in REMEDIES if evidence.startswith(kind)), None)
    return f"{evidence}. Remedy: {REMEDIES[kind]}." if kind else finding


def _diagnosis(model: TableModel, rows: Sequence[Any], targets: Sequence[Any]) -> nn.Findings:
    """What the doctor says of the trained network."""
    model.network.eval().zero_grad()
    looked_at = list(zip(rows, targets, strict=True))[:LOOKED_AT]
    loss = sum(model.loss(model.network(row), target) for row, target in looked_at) / len(looked_at)
    loss.backward()
    return nn.diagnose(model.network, loss)
