"""What may happen around the loop of ``fit``, one class for each thing.

``fit(..., patience=5, clip=1.0)`` makes these itself; ``Warnings`` and ``Checkpoint`` have their own files. Give yours
to ``fit`` as ``callbacks``: functions of an ``Epoch``, or Callbacks.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from nn.extras import optional
from nn.optim.clip import clip_grad_norm
from nn.optim.schedules import Schedule as Factor
from nn.optim.schedules import factor
from nn.training.callback import Callback, StopTraining, Training
from nn.training.history import Epoch
from nn.training.over_examples import Eager, Recorded, over_examples

__all__ = ["Callback", "ClipNorm", "EarlyStopping", "Progress", "Regularizer", "Schedule", "StopTraining", "Training"]


class AfterEpoch(Callback):
    """A plain function, called after each epoch."""

    def __init__(self, function: Callable[[Epoch], object]) -> None:
        self.function = function

    def __call__(self, epoch: Epoch) -> None:
        """Call the function."""
        self.function(epoch)


class EarlyStopping(Callback):
    """Ends the training when the validation loss has not fallen for ``patience`` epochs; the best weights come back.

    With no patience only Ctrl-C, or another callback, ends it early; then too the best weights come back.
    """

    def __init__(self, patience: int | None = None) -> None:
        self.patience = patience

    @contextmanager
    def around(self, training: Training) -> Iterator[None]:
        """At the end put the weights of the best epoch back."""
        self.training = training
        yield
        history = training.history
        if history.best_weights and (history.stopped or self.patience is not None):
            for parameter, data in zip(training.optimizer.parameters, history.best_weights, strict=True):
                parameter.data = data

    def before_epoch(self, training: Training) -> None:
        """Raise StopTraining after too many epochs without progress."""
        if self.patience is not None and training.history.waited >= self.patience:
            raise StopTraining(f"no better for {self.patience} epochs")

    def __call__(self, epoch: Epoch) -> None:
        """Remember the weights of an epoch that is the best so far."""
        history = self.training.history
        if not history.waited:
            history.best_weights = [parameter.data for parameter in self.training.optimizer.parameters]


class Schedule(Callback):
    """Multiplies the learning rate by ``schedule(epoch)``, counted from 0; at the end the rate is what it was."""

    def __init__(self, schedule: Factor) -> None:
        self.schedule = schedule

    @contextmanager
    def around(self, training: Training) -> Iterator[None]:
        """At the end, however it ends, give the learning rate back."""
        self.full = training.optimizer.lr
        try:
            yield
        finally:
            training.optimizer.lr = self.full

    def before_epoch(self, training: Training) -> None:
        """Set the learning rate of the epoch."""
        training.optimizer.lr = self.full * factor(self.schedule, training.epoch - 1)


class Regularizer(Callback):
    """Adds the gradient of a penalty on the model, such as ``nn.l2(1e-4)``, to that of every batch."""

    def __init__(self, regularizer: Callable[[Any], Any]) -> None:
        self.regularizer = regularizer

    @contextmanager
    def around(self, training: Training) -> Iterator[None]:
        """Record the penalty: it depends on the weights alone, so it is a function of an example it does not read."""
        parameters = training.optimizer.parameters
        self.penalty, _ = over_examples(lambda _: self.regularizer(training.model), [[0.0]], parameters)
        training.can_be_resident &= isinstance(self.penalty, Recorded)
        yield

    def before_step(self, training: Training) -> None:
        """Add the penalty's gradient."""
        self.penalty.backward([0], training.arrays)


class ClipNorm(Callback):
    """Shortens the gradient of a batch where its norm is above ``max_norm``, as ``clip_grad_norm`` does."""

    def __init__(self, max_norm: float) -> None:
        self.max_norm = max_norm

    def before_step(self, training: Training) -> None:
        """Clip."""
        clip_grad_norm(training.arrays or training.optimizer.parameters, self.max_norm)


class Progress(Callback):
    """A bar with the losses, where there is a terminal to show it on, and tqdm to draw it."""

    @contextmanager
    def around(self, training: Training) -> Iterator[None]:
        """Show the bar; say why a training is slow."""
        self.bar: Any = None
        tqdm = getattr(optional("tqdm"), "tqdm", None)
        if tqdm is None:
            yield
            return
        with tqdm(initial=len(training.history), total=training.epochs, unit="epoch", disable=None) as self.bar:
            if isinstance(training.evaluator, Eager) and not self.bar.disable:
                self.bar.write(f"training is {training.history.through}")
            yield

    def __call__(self, epoch: Epoch) -> None:
        """One epoch more."""
        if self.bar is not None:
            self.bar.set_postfix_str(epoch.text(), refresh=False)
            self.bar.update()
