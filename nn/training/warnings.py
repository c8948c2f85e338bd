"""What fit can see for itself, without looking twice at a row: it warns of what keeps a model from learning."""

import sys
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np

from autograd import Value
from autograd.coercion import short
from nn.diagnostics.findings import Finding, alike, some, uneven
from nn.modules.module import Module
from nn.modules.paths import ParameterPath, list_and_place
from nn.training.callback import Callback, Training
from nn.training.history import Epoch

# Batches differ; but three times the loss of the first one, on average over an epoch, is no chance ...
RISEN = 3.0
# ... if the first one had enough rows.
FEWEST_IN_BATCH = 8
FEWEST_ROWS = 20  # among fewer rows much is alike, or 0, by chance
# Validation rows that were trained on are a mistake, unless training rows are often alike, as in a table of few words.
KNOWN, TWINS = 0.95, 0.5


class TrainingWarning(UserWarning):
    """What ``fit`` warns of; warnings.simplefilter("ignore", nn.TrainingWarning) silences it."""


class Warnings(Callback):
    """Looks on while a model is trained, and warns of each thing once.

    rows, validation: as given to fit.
    """

    def __init__(self, rows: Sequence[Any], validation: tuple[Sequence[Any], Any] | None) -> None:
        self.rows, self.validation = rows, validation
        self.is_first_epoch_over = len(rows) < FEWEST_ROWS
        self.first: float | None = None  # the loss of the first batch

    @contextmanager
    def around(self, training: Training) -> Iterator[None]:
        """First look at the rows."""
        self.model = training.model
        self.parameters = training.optimizer.parameters
        self.reached = np.zeros(len(self.parameters), dtype=bool)  # by a gradient that is not 0
        table = _table(self.rows)
        if table is not None:
            _warn(uneven({f"number {place}": column for place, column in enumerate(table.T)}, "the rows"))
            if self.validation is not None:
                _warn(_known(table, _table(self.validation[0])))
        yield

    def before_step(self, training: Training) -> None:
        """Look at the gradients of a batch."""
        if self.first is None:
            self.first = training.loss if len(training.batch) >= FEWEST_IN_BATCH else np.inf
            if isinstance(self.model, Module):
                with training.shown():
                    gradients = {parameter: parameter.grad for parameter in self.model.parameters()}
                    for finding in alike(self.model, gradients):
                        _warn(finding)
        if not self.is_first_epoch_over:
            arrays = training.arrays
            self.reached |= arrays.grad != 0 if arrays else np.array([bool(p.grad) for p in self.parameters])

    def __call__(self, epoch: Epoch) -> None:
        """Look at an epoch's mean loss, and after the first one at the parameters that no gradient has reached."""
        if self.first is not None and epoch.loss > RISEN * self.first:
            _warn(Finding(
                "loss rising", "", f"it was {short(self.first)} for the first batch, {short(epoch.loss)} on average "
                f"in epoch {epoch.epoch}: steps overshoot with lr={short(epoch.lr)}",
                "a smaller lr: a third, then a tenth",
            ))  # fmt: skip
            self.first = np.inf
        if not self.is_first_epoch_over and not self.reached.all() and isinstance(self.model, Module):
            silent = {p for p, reached in zip(self.parameters, self.reached.tolist(), strict=True) if not reached}
            _warn(_silent(self.model, silent))
        self.is_first_epoch_over = True


def _warn(finding: Finding | None) -> None:
    if finding:
        warnings.warn(str(finding), TrainingWarning, stacklevel=2 + _depth())


def _depth() -> int:
    """How many calls lie between the one that asks for this and the one of fit."""
    depth, frame = 0, sys._getframe(1)
    while frame.f_back and frame.f_globals["__name__"].startswith(("nn.training.", "contextlib")):
        depth, frame = depth + 1, frame.f_back
    return depth - 1


def _table(rows: Sequence[Any]) -> Any:
    """Rows of plain numbers as an array; None for anything else, and for rows too few to tell anything by."""
    try:
        table = np.asarray(rows, dtype=float)
    except (TypeError, ValueError, OverflowError):
        return None
    return table if table.ndim == 2 and len(table) >= FEWEST_ROWS and np.isfinite(table).all() else None


def _known(training: Any, validation: Any) -> Finding | None:
    if validation is None:
        return None
    known = set(map(tuple, training.tolist()))
    seen = sum(tuple(row) in known for row in validation.tolist())
    if seen < KNOWN * len(validation) or len(known) < TWINS * len(training):
        return None
    return Finding(
        "measured on training rows", "validation", f"{seen} of its {len(validation)} rows are also trained on, so its "
        "loss and metrics tell what was memorized, not what was learned",
        "hold rows out: nn.stratified_split(data)",
    )  # fmt: skip


def _silent(model: Module, silent: set[Value]) -> Finding | None:
    """Lists of modules, such as the neurons of a layer, half of which no gradient reached; or a module by itself."""
    lists: dict[str, dict[str, list[Value]]] = {}
    for name, parameter in model.named_parameters():
        owner = ParameterPath.parse(name).module
        lists.setdefault(list_and_place(owner)[0], {}).setdefault(owner, []).append(parameter)
    places: list[str] = []
    for entries in lists.values():
        quiet = [place for place, parameters in entries.items() if silent.issuperset(parameters)]
        places += quiet if 2 * len(quiet) >= len(entries) else []  # a layer makes up for a few dead relus
    if not places:
        return None
    return Finding(
        "no gradient", some([place or "the model" for place in places]),
        "in the whole first epoch the gradient there was 0: dead relus, or parameters that no path reaches",
        "nn.diagnose(model, loss), after loss.backward() for some rows, says which it is, and what to do",
    )  # fmt: skip
