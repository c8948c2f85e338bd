"""The four steps of learning, over and over: predict, measure the error, find the gradients, move."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from os import PathLike
from typing import Any

from autograd import detect_anomaly
from autograd.coercion import describe, whole_number
from autograd.program.parameter_arrays import ParameterArrays
from nn.data.datasets import data_hash
from nn.extras import optional
from nn.modules.module import Module
from nn.optim.clip import clip_grad_norm
from nn.optim.optimizers import Optimizer
from nn.optim.schedules import Schedule, factor
from nn.rng import Seed, generator
from nn.training.arguments import check_learner, check_validation, examples
from nn.training.evaluator import Eager, Recorded, over_examples
from nn.training.history import Epoch, History
from nn.training.prediction import Judge, Metric, one_hot
from nn.training.resuming import Order, keep
from nn.training.warnings import Watch


def fit(
    model: Callable[[Any], Any],
    rows: Any,
    targets: Any,
    loss: Callable[[Any, Any], Any],
    optimizer: Optimizer,
    *,
    epochs: int = 30,
    batch_size: int = 16,
    seed: Seed = None,
    progress: bool = True,
    validation: tuple[Any, Any] | None = None,
    metrics: Mapping[str, Metric] | None = None,
    regularizer: Callable[[Any], Any] | None = None,
    schedule: Schedule | None = None,
    clip: float | None = None,
    patience: int | None = None,
    callbacks: Sequence[Callable[[Epoch], object]] = (),
    checkpoint: str | PathLike[str] | None = None,
) -> History:
    """Train the model, and return what happened, epoch by epoch.

    model: a Module, or any function of a row. optimizer: of its parameters.
    rows, targets: lists, arrays, or frames and series of any library, taken by position; see docs/numbers.md.
    loss: a function of (the model's output for one row, that row's target), such as ``cross_entropy``.
    epochs: how often every row is used. batch_size: how many rows, in shuffled order, make one step.
    seed: for the shuffling. progress: show a bar, where there is a terminal to show it on, and tqdm to draw it.
    validation: (rows, targets) that are only looked at, after each epoch. metrics: what else to measure on them, by
        name, as functions of (predictions, targets) that give a number; one that names its lists, as scikit-learn's
        do with y_true and y_pred, gets each by its name. Where targets are classes (for a single output
        0 and 1, or -1 and 1) so are the predictions; else they are the model's outputs.
    regularizer: a function of the model that gives a penalty, added to the loss of every batch.
    schedule: a function of the number of the epoch, from 0, that gives what to multiply the learning rate with.
    clip: the largest norm the gradient of a batch may have.
    patience: stop when the validation loss has not fallen for so many epochs; the best epoch's weights are put back.
    callbacks: called with the ``Epoch`` after each one.
    checkpoint: a file to keep the training in as it goes, of a Module. If it is there, training goes on from it, and
        ends bit for bit where it would have ended had it never been broken off; more ``epochs`` may be asked for.

    One row is recorded, and replayed as a program for all, if the model and the loss allow it; ``History.through``
    says so, or why not. Ctrl-C ends the training: the best epoch's weights are put back, and the history is returned.
    Warns (``TrainingWarning``) of what it sees going wrong; ``diagnose`` sees more.
    Raises FloatingPointError, naming where it arose, when a loss or a gradient is infinite or NaN; ValueError when rows
    and targets differ in number or there are none, or an argument makes no sense; and as ``load_checkpoint`` does.
    """
    check_learner(model, loss, optimizer)
    error = _error(model, loss)
    rows, targets = examples(rows, targets, error)
    whole_number(epochs, "epochs")
    whole_number(batch_size, "batch_size")
    check_validation(validation, metrics, patience)
    validation = examples(*validation, error, "validation ") if validation is not None else None
    tqdm = getattr(optional("tqdm"), "tqdm", None) if progress else None

    # prepare
    parameters, full_lr = optimizer.parameters, optimizer.lr
    if isinstance(model, Module):
        model.train()
    recorded, through = over_examples(error, (rows, targets), parameters, one_hot(model, rows, targets))
    judge = Judge(model, loss, *validation, parameters, metrics or {}) if validation else None
    # a penalty looks at the weights only: a function of one example that it does not look at
    penalty = over_examples(lambda _: regularizer(model), [[0.0]], parameters)[0] if regularizer else None
    is_recorded = all(isinstance(part, Recorded) for part in (recorded, penalty) if part)
    is_recorded &= getattr(optimizer, "can_be_resident", False)
    watch = Watch(model, rows, validation, parameters)
    draw, order, history = generator(seed), Order(len(rows)), History(through)
    keeper = None
    if checkpoint is not None:
        settings = {
            "data": data_hash(rows, targets, *(validation or ())),
            "metrics": list(metrics or ()),
            "batch_size": batch_size,
            "clip": clip,
            "seed": seed if isinstance(seed, int) else None,
        }
        keeper = keep(checkpoint, model, optimizer, {"order": order, "history": history}, draw, settings)

    bar: Any = range(len(history) + 1, epochs + 1)
    if tqdm:
        bar = tqdm(bar, initial=len(history), total=epochs, unit="epoch", disable=None)
        if isinstance(recorded, Eager) and not bar.disable:
            bar.write(f"training is {through}")

    # epoch by epoch
    try:
        for epoch in bar:
            if patience is not None and history.waited >= patience:
                history.stopped = f"no better for {patience} epochs"
                break
            optimizer.lr = full_lr * (factor(schedule, epoch - 1) if schedule else 1)
            draw.shuffle(order.places)
            total = 0.0
            with optimizer.resident() if is_recorded else nullcontext() as arrays:
                for start in range(0, len(rows), batch_size):
                    batch = order.places[start : start + batch_size]
                    with _naming_what_broke(error, rows, targets, batch, epoch, arrays):
                        optimizer.zero_grad()
                        mean = recorded.backward(batch, arrays)  # predict, measure the error, find the gradients
                        if penalty:
                            penalty.backward([0], arrays)
                        if not math.isfinite(mean):
                            raise FloatingPointError(f"the loss became {mean}")
                        watch.batch(mean, len(batch), arrays)
                        if clip is not None:
                            clip_grad_norm(arrays or parameters, clip)
                        optimizer.step()  # move
                    total += mean * len(batch)
            validation_loss, measured = judge() if judge else (None, {})
            record = Epoch(epoch, model, total / len(rows), validation_loss, measured, optimizer.lr)
            history.add(record)
            watch.epoch(record)
            if not history.waited:
                history.best_weights = [parameter.data for parameter in parameters]
            if tqdm:
                bar.set_postfix_str(record.text())
            for callback in callbacks:
                callback(record)
            if keeper:
                keeper.save_when_due()
        if keeper:
            keeper.save()
    except KeyboardInterrupt:
        history.stopped = "interrupted"
    finally:
        optimizer.lr = full_lr
    if history.best_weights and (history.stopped or patience is not None):
        for parameter, data in zip(parameters, history.best_weights, strict=True):
            parameter.data = data
    return history


def _error(model: Callable[[Any], Any], loss: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """The loss of one row, which must be one number."""

    def error(row: Any, target: Any) -> Any:
        lost = loss(model(row), target)
        if lost is None or hasattr(lost, "__len__"):
            raise TypeError(f"loss must give one number for a row, not {describe(lost)}")
        return lost

    return error


@contextmanager
def _naming_what_broke(
    error: Callable[[Any, Any], Any],
    rows: Sequence[Any],
    targets: Sequence[Any],
    batch: Sequence[int],
    epoch: int,
    arrays: ParameterArrays | None,
) -> Iterator[None]:
    """Turn an arithmetic error into one that tells the epoch, the row, and the operation that broke."""
    try:
        yield
    except ArithmeticError as failure:
        arose = str(failure)  # if no row by itself is to blame
        if arrays:
            arrays.give_back()
        for place in batch:
            try:
                with detect_anomaly():
                    error(rows[place], targets[place]).backward()
            except (ArithmeticError, ValueError) as found:
                arose = f"for row {place}, {found}"
                break
        raise FloatingPointError(
            f"training stopped in epoch {epoch}: {arose}. The weights are left as they were then; a smaller lr, "
            "standardized rows or clip=1.0 keep numbers small"
        ) from None
