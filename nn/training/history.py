"""What happened in training, epoch by epoch."""

import math
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any, NamedTuple

COMPARED = ("run", "epochs", "lowest loss", "lowest validation")  # columns of every comparison of runs


class Epoch(NamedTuple):
    """One round over all rows.

    epoch: its number, from 1. model: as it is now.
    loss: the mean over the rows, each as its batch came up, without a regularizer's penalty.
    validation_loss, metrics: on the validation rows, afterwards; None and empty when there are none.
    lr: the learning rate.
    """

    epoch: int
    model: Any
    loss: float
    validation_loss: float | None
    metrics: dict[str, float]
    lr: float

    def figures(self) -> dict[str, float]:
        """The losses and metrics by name."""
        validation = {} if self.validation_loss is None else {"validation": self.validation_loss}
        return {"loss": self.loss, **validation, **self.metrics}

    def text(self) -> str:
        """The losses and metrics on one line."""
        return ", ".join(f"{name}={figure:.4f}" for name, figure in self.figures().items())


@dataclass
class History:
    """What ``fit`` returns: a list for each figure, with an entry an epoch. By number, history[-1], it gives the loss.

    through: "a recorded program, on numba", or "eager" and why.
    stopped: why training ended before its last epoch; empty when it did not.
    best_weights: what the parameters were after the best epoch, in the optimizer's order.
    """

    through: str
    loss: list[float] = field(default_factory=list)
    validation_loss: list[float] = field(default_factory=list)
    metrics: dict[str, list[float]] = field(default_factory=dict)
    lr: list[float] = field(default_factory=list)
    stopped: str = ""
    best_weights: list[Any] = field(default_factory=list, repr=False)

    @property
    def best_epoch(self) -> int:
        """The number of the epoch, from 1, with the lowest validation loss, or the lowest loss without validation.

        An epoch whose loss is not a number is never the best, unless all are such.
        """
        losses = self.validation_loss or self.loss
        return 1 + min(range(len(losses)), key=lambda place: (math.isnan(losses[place]), losses[place]))

    @property
    def waited(self) -> int:
        """How many epochs there were since the best one."""
        return len(self) - self.best_epoch if self.loss else 0

    def add(self, epoch: Epoch) -> None:
        """Note one more epoch."""
        self.loss.append(epoch.loss)
        self.lr.append(epoch.lr)
        if epoch.validation_loss is not None:
            self.validation_loss.append(epoch.validation_loss)
        for name, figure in epoch.metrics.items():
            self.metrics.setdefault(name, []).append(figure)

    def state_dict(self) -> dict[str, Any]:
        """All that was noted of the epochs, as plain lists and dicts."""
        return {name: deepcopy(thing) for name, thing in vars(self).items() if name not in ("through", "stopped")}

    def load_state_dict(self, state: Mapping[str, Any]) -> None:
        """Restore the epochs of ``state``. Raises ValueError when it is not a state of a History."""
        if state.keys() != self.state_dict().keys():
            raise ValueError(f"state must come from another History, with {', '.join(self.state_dict())}")
        vars(self).update(deepcopy(dict(state)))

    def __len__(self) -> int:
        return len(self.loss)

    def __getitem__(self, number: int) -> float:
        return self.loss[number]
