"""What a callback of ``fit`` is, and the training that it looks at."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from random import Random
from typing import Any

from autograd.counting import counted
from autograd.program.parameter_arrays import ParameterArrays
from nn.optim.optimizers import Optimizer
from nn.reprs import settings_repr
from nn.training.history import Epoch, History
from nn.training.over_examples import Eager, Recorded


class StopTraining(Exception):  # noqa: N818 - it is not an error
    """Raise it in a callback to end the training; its text becomes ``History.stopped``."""


class Order:
    """In which order the rows are used: each epoch shuffles what the one before left."""

    def __init__(self, count: int) -> None:
        self.places = list(range(count))

    def batches(self, size: int) -> Iterator[list[int]]:
        """The places of so many rows at a time."""
        return (self.places[start : start + size] for start in range(0, len(self.places), size))

    def state_dict(self) -> dict[str, Any]:
        """The places of the rows, in this order."""
        return {"places": self.places}

    def load_state_dict(self, state: Mapping[str, Any]) -> None:
        """Use the rows in the order of ``state``. Raises ValueError when it is not an order of as many rows."""
        places = list(state.get("places", ()))
        if sorted(places) != sorted(self.places):
            raise ValueError(f"it must be an order of {counted(len(self.places), 'row')}, not of {len(places)}")
        self.places = places


@dataclass
class Training:
    """A training as it goes: what its callbacks look at.

    evaluator: gives the loss of a batch and adds its gradients to the parameters. order: of the rows, shuffled by draw
    for each epoch. epoch: its number, from 1. batch, loss: the rows of the latest batch, and their mean loss.
    arrays: where the parameters are while a program runs on them, else None; ``with training.shown():`` they are in
    the Values again.
    """

    model: Any
    optimizer: Optimizer
    evaluator: Recorded | Eager
    order: Order
    draw: Random
    history: History
    epochs: int
    epoch: int = 0
    batch: Sequence[int] = ()
    loss: float = 0.0
    arrays: ParameterArrays | None = None
    can_be_resident: bool = False

    @contextmanager
    def resident(self) -> Iterator[None]:
        """The parameters live in ``arrays`` for as long as this is open, where program and optimizer allow it."""
        if not self.can_be_resident:
            yield
            return
        with self.optimizer.resident() as self.arrays:
            try:
                yield
            finally:
                self.arrays = None

    def shown(self) -> AbstractContextManager[None]:
        """The parameters hold their numbers and gradients for as long as this is open."""
        return self.arrays.shown() if self.arrays else nullcontext()


class Callback:
    """Looks on while a model is trained, and may change what it looks at. Write any of the four methods."""

    def around(self, training: Training) -> AbstractContextManager[None]:
        """A context that is open for the whole training; the first callback opens first and closes last."""
        return nullcontext()

    def before_epoch(self, training: Training) -> None:
        """Called before each epoch."""

    def before_step(self, training: Training) -> None:
        """Called for each batch, when its gradients are known and before the parameters move."""

    def __call__(self, epoch: Epoch) -> None:
        """Called after each epoch."""

    def __repr__(self) -> str:
        return settings_repr(self)
