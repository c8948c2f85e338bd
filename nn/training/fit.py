"""The four steps of learning, over and over: predict, measure the error, find the gradients, move."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from os import PathLike
from typing import Any

from autograd import Value, detect_anomaly
from autograd.coercion import describe, whole_number
from nn.data.datasets import data_hash
from nn.modules.module import Module
from nn.optim.optimizers import Optimizer
from nn.optim.schedules import Schedule as Factor
from nn.rng import Seed, generator
from nn.training.arguments import check_learner, check_validation, examples
from nn.training.callback import Callback, Order, StopTraining, Training
from nn.training.callbacks import AfterEpoch, ClipNorm, EarlyStopping, Progress, Regularizer, Schedule
from nn.training.history import Epoch, History
from nn.training.over_examples import Recorded, over_examples
from nn.training.prediction import Evaluator, Metric, one_hot
from nn.training.resuming import Checkpoint
from nn.training.warnings import Warnings


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
    schedule: Factor | None = None,
    clip: float | None = None,
    patience: int | None = None,
    callbacks: Sequence[Callback | Callable[[Epoch], object]] = (),
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
    callbacks: functions that are called with the ``Epoch`` after each one, or Callbacks (``nn.callbacks``).
    checkpoint: a file in which the training of a Module is saved as it goes. If the file exists, the training is
        resumed, and ends bit for bit where it would have ended without a stop; ``epochs`` may be larger than before.

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
    if isinstance(model, Module):
        model.train()
    evaluator, through = over_examples(error, (rows, targets), optimizer.parameters, one_hot(model, rows, targets))
    evaluate = Evaluator(model, loss, *validation, optimizer.parameters, metrics or {}) if validation else None
    training = Training(model, optimizer, evaluator, Order(len(rows)), generator(seed), History(through), epochs)
    training.can_be_resident = isinstance(evaluator, Recorded) and getattr(optimizer, "can_be_resident", False)
    watching: list[Callback] = [EarlyStopping(patience), Schedule(schedule or (lambda epoch: 1))]
    watching += [Regularizer(regularizer)] if regularizer else []
    watching += [Warnings(rows, validation)]
    watching += [ClipNorm(clip)] if clip is not None else []
    watching += [one if isinstance(one, Callback) else AfterEpoch(one) for one in callbacks]
    if checkpoint is not None:
        settings = {
            "data": data_hash(rows, targets, *(validation or ())),
            "metrics": list(metrics or ()),
            "batch_size": batch_size,
            "clip": clip,
            "seed": seed if isinstance(seed, int) else None,
        }
        watching += [Checkpoint(checkpoint, settings)]
    watching += [Progress()] if progress else []
    with ExitStack() as stack:
        for callback in watching:
            stack.enter_context(callback.around(training))
        try:
            _train(training, watching, batch_size, evaluate, lambda place: error(rows[place], targets[place]))
        except StopTraining as reason:
            training.history.stopped = str(reason)
        except KeyboardInterrupt:
            training.history.stopped = "interrupted"
    return training.history


def _train(
    training: Training,
    callbacks: Sequence[Callback],
    batch_size: int,
    evaluate: Evaluator | None,
    error: Callable[[int], Any],
) -> None:
    """Predict, measure the error, find the gradients, move: for each batch of each epoch."""
    optimizer, order, history = training.optimizer, training.order, training.history
    for epoch in range(len(history) + 1, training.epochs + 1):
        training.epoch = epoch
        for callback in callbacks:
            callback.before_epoch(training)
        training.draw.shuffle(order.places)
        total = 0.0
        with training.resident():
            for batch in order.batches(batch_size):
                training.batch = batch
                with _naming_what_broke(training, error):
                    optimizer.zero_grad()
                    training.loss = training.evaluator.backward(batch, training.arrays)
                    if not math.isfinite(training.loss):
                        raise FloatingPointError(f"the loss became {training.loss}")
                    for callback in callbacks:
                        callback.before_step(training)
                    optimizer.step()
                total += training.loss * len(batch)
        validation_loss, measured = evaluate() if evaluate else (None, {})
        mean = total / len(order.places)
        record = Epoch(epoch, training.model, mean, validation_loss, measured, optimizer.lr)
        history.add(record)
        for callback in callbacks:
            callback(record)


def _error(model: Callable[[Any], Any], loss: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """The loss of one row, which must be one number."""

    def error(row: Any, target: Any) -> Any:
        lost = loss(model(row), target)
        if lost is None or hasattr(lost, "__len__"):
            raise TypeError(f"loss must give one number for a row, not {describe(lost)}")
        return lost

    return error


@contextmanager
def _naming_what_broke(training: Training, error: Callable[[int], Any]) -> Iterator[None]:
    """Turn an arithmetic error into one that names the epoch, the row, and the operation that broke."""
    try:
        yield
    except ArithmeticError as failure:
        arose = str(failure)  # if no row by itself is to blame
        if training.arrays:
            training.arrays.give_back()
        for place in training.batch:
            try:
                with detect_anomaly():
                    lost = error(place)
                    if isinstance(lost, Value):  # and not the plain 0 of a hinge
                        lost.backward()
            except (ArithmeticError, ValueError) as found:
                arose = f"for row {place}, {found}"
                break
        raise FloatingPointError(
            f"training stopped in epoch {training.epoch}: {arose}. The weights are left as they were then; a smaller "
            "lr, standardized rows or clip=1.0 keep numbers small"
        ) from None
