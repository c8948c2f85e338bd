"""What ``fit`` is given, checked before anything is changed: a mistake is named, with what belongs in its place."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import reduce
from operator import getitem
from typing import Any

from autograd import arrays, no_grad
from autograd.arrays import labels, odd_cells
from autograd.coercion import describe, whole_number
from autograd.counting import counted
from nn.data.datasets import Dataset
from nn.modules.module import Module
from nn.training.history import COMPARED
from nn.training.over_examples import UNSUITED, all_finite

Examples = tuple[Sequence[Any], Sequence[Any]]
FOR_ROWS = "let nn.TableEncoder make numbers of text, dates and gaps"
FOR_TARGETS = "number the classes: 0, 1, 2, ..."
# Columns of a run's tables, and of those that Weights & Biases or a WandbRun fills the beginnings.
TAKEN = {"loss", "validation", "validation_loss", "lr", "epoch", *COMPARED}
PREFIXES = ("_", "weights/", "gradients/")


def column(given: Any, name: str) -> Sequence[Any]:
    """Rows or targets by position, whatever library holds them. Raises as ``autograd.arrays.entries``."""
    if isinstance(given, (Dataset, Iterator)):
        part = name.rpartition(" ")[2]
        raise TypeError(f"{name} must be a list or an array, such as data.{part}, not {describe(given)}")
    return arrays.entries(given, name)


def examples(rows: Any, targets: Any, error: Callable[[Any, Any], Any], name: str = "") -> Examples:
    """Rows with one target each, by position; a frame of one column of targets becomes a list.

    error: the loss of a row and its target. name: what an error puts before "rows" and "targets".
    Raises TypeError for anything but a list, ValueError for counts, and as ``check_cells``.
    """
    found, wanted = column(rows, f"{name}rows"), arrays.column(column(targets, f"{name}targets"), f"{name}targets")
    if len(found) != len(wanted) or not len(found):
        what = f"{name}must be (rows, targets), with" if name else "fit needs"
        raise ValueError(
            f"{what} one target per row, and at least one; got {counted(len(found), 'row')} and "
            f"{counted(len(wanted), 'target')}"
        )
    check_cells(error, {f"{name}rows": (found, labels(rows)), f"{name}targets": (wanted, [])})
    return found, wanted


def check_cells(f: Callable[..., Any], columns: Mapping[str, tuple[Sequence[Any], Sequence[str]]]) -> None:
    """Refuse a cell that is not a finite number, unless f, of an entry of each column, makes finite numbers of it.

    columns: by name the entries, and the labels of their cells. Raises FloatingPointError for nan and inf, TypeError
    for text, None, dates and so on, naming the cell.
    """
    for name, (cells, header) in columns.items():
        taken = set()
        for places, wrong in odd_cells(cells):
            cell = reduce(getitem, places, cells)
            kind = type(cell) if isinstance(cell, str) else wrong
            if kind in taken:
                continue
            try:
                with no_grad():
                    result = f(*(entries[places[0]] for entries, _ in columns.values()))
            except UNSUITED as failure:
                why = str(failure) if isinstance(cell, str) else "no number can be computed from it"
            else:
                if all_finite(result):
                    taken.add(kind)
                    continue
                why = "what is computed from it is not finite"
            remedy = FOR_ROWS if name.endswith("rows") else FOR_TARGETS
            failed = FloatingPointError if isinstance(cell, float) else TypeError
            raise failed(f"{arrays.cell(places, header)} of {name} is {wrong}: {why}. Leave that row out, or {remedy}")


def check_learner(model: Any, loss: Any, optimizer: Any) -> None:
    """Refuse a loss that is not a function (TypeError), and an optimizer that is none or moves another model."""
    if not callable(loss):
        raise TypeError(f"loss must be a function of (output, target), such as nn.mse_loss, not {describe(loss)}")
    missing = [name for name in ("parameters", "lr", "step", "zero_grad") if not hasattr(optimizer, name)]
    if missing:
        raise TypeError(
            f"optimizer must have parameters, lr, step() and zero_grad(), as nn.SGD(model.parameters()) does; "
            f"{describe(optimizer)} has no {missing[0]}"
        )
    if isinstance(model, Module) and not set(model.parameters()) & set(optimizer.parameters):
        raise ValueError(
            "optimizer moves no parameter of this model, which would learn nothing: make one with model.parameters(), "
            "and a new one for a new model"
        )


def check_validation(validation: Any, metrics: Any, patience: Any) -> None:
    """Refuse validation that is no (rows, targets), and what makes no sense without any, with TypeError or ValueError.

    metrics: must be a dict, of which no name is that of another column. patience: a whole number from 1 on.
    """
    if validation is None:
        for name, given in (("metrics", metrics), ("patience", patience)):
            if given is not None:
                raise ValueError(f"{name} looks at rows held out: give some with validation=(rows, targets)")
    elif isinstance(validation, Dataset) or not hasattr(validation, "__len__") or len(validation) != 2:
        raise ValueError("validation must be (rows, targets), such as (data.rows, data.targets)")
    if not isinstance(metrics, Mapping | None):
        raise TypeError(f'metrics must be a dict, such as {{"accuracy": nn.accuracy}}, not {describe(metrics)}')
    for name, metric in (metrics or {}).items():
        if not isinstance(name, str) or not name or name != name.strip() or not name.isprintable():
            raise ValueError(
                f"metrics cannot have the name {name!r}: it must be text on one line, without blanks around it, "
                "since it heads a column"
            )
        if name in TAKEN or name.startswith(PREFIXES):
            raise ValueError(
                f"metrics cannot have the name {name!r}, which is that of a column that fit or a run fills "
                f"({', '.join(sorted(TAKEN))}, {', '.join(f'{prefix}...' for prefix in PREFIXES)}): choose another"
            )
        if not callable(metric):
            raise TypeError(f"metrics[{name!r}] must be a function of predictions and targets, not {describe(metric)}")
    if patience is not None:
        whole_number(patience, "patience")
