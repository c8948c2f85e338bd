"""Training that can be stopped and resumed: all that changes in it, listed, and saved in a file."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from inspect import signature
from os import PathLike
from pathlib import Path
from reprlib import repr as shown
from time import perf_counter
from typing import Any

from autograd import Value
from autograd.coercion import describe
from nn.modules.module import Module
from nn.optim.optimizers import Optimizer
from nn.rng import SHARED, Generators
from nn.training.callback import Callback, Training
from nn.training.checkpoints import Stateful, hand_out, plain_data, read_checkpoint, save_checkpoint
from nn.training.history import Epoch

SHARE = 0.1  # of the time that training takes, at most, goes into saving it


class Checkpoint(Callback):
    """Saves the training in a file as it goes; when the file exists already, the training is resumed from it.

    settings: plain data that must be the same when the training is resumed.
    Raises ValueError, with nothing changed, for a file that ``load_checkpoint`` refuses, or with other settings;
    TypeError for a model or optimizer that hides its state.
    """

    def __init__(self, path: str | PathLike[str], settings: Mapping[str, Any]) -> None:
        self.path, self.settings = Path(path), settings
        self.due = 0.0

    @contextmanager
    def around(self, training: Training) -> Iterator[None]:
        """Resume from the file; save when the training ends, unless it was interrupted inside an epoch."""
        self.things, arguments = _all_that_changes(training)
        self.settings = json.loads(json.dumps({**self.settings, **arguments}, default=plain_data))  # as they come back
        if self.path.exists():
            content = read_checkpoint(self.path)
            self._compare(content.get("settings"))
            hand_out(self.path, content, self.things)
        yield
        if training.history.stopped != "interrupted":
            self.save()

    def save(self) -> None:
        """Write the file."""
        start = perf_counter()
        save_checkpoint(self.path, {**self.things, "settings": self.settings})
        end = perf_counter()
        self.due = end + (end - start) / SHARE

    def __call__(self, epoch: Epoch) -> None:
        """Write the file, unless that would take more than its share of the time."""
        if perf_counter() >= self.due:
            self.save()

    def _compare(self, kept: Any) -> None:
        if not isinstance(kept, dict) or kept.keys() != self.settings.keys():
            raise ValueError(f"{self.path} holds no training that nn.fit can resume: give a new name")
        others = [name for name, now in self.settings.items() if kept[name] != now]
        if others:
            changes = "; ".join(
                f"{name} was {shown(kept[name])}, now it is {shown(self.settings[name])}" for name in others
            )
            raise ValueError(
                f"{self.path} holds another training: {changes}. To resume it give the same; to start again, "
                "give a new name or remove the file"
            )


class Trained(Module):
    """All that training changes: the parameters of a model under its names, then any others that the optimizer has."""

    def __init__(self, model: Module, parameters: list[Value]) -> None:
        self.model = model
        named = model.named_parameters()
        known = {parameter for _, parameter in named}
        others = [parameter for parameter in parameters if parameter not in known]
        self.named = [*named, *((f"parameter {place} beside the model", p) for place, p in enumerate(others))]

    def named_parameters(self) -> list[tuple[str, Value]]:
        """(name, parameter) pairs."""
        return self.named


def _all_that_changes(training: Training) -> tuple[dict[str, Stateful], dict[str, Any]]:
    """All that changes in a training, by name; and the arguments of the optimizer."""
    model, optimizer = training.model, training.optimizer
    if not isinstance(model, Module):
        raise TypeError(
            f"checkpoint keeps an nn.Module, of which it can see all that changes; {describe(model)} is a function, "
            "and might hold more than can be seen: write it as the forward of a Module"
        )
    if not isinstance(optimizer, Optimizer):
        raise TypeError(f"checkpoint keeps an nn.Optimizer with its state_dict(); {describe(optimizer)} is none")
    trained = Trained(model, optimizer.parameters)
    sources = {"shuffling": training.draw, "random": SHARED, **dict(trained.named_generators())}
    things: dict[str, Stateful] = {
        "model": trained,
        "optimizer": optimizer,
        "generators": Generators(sources),
        "order": training.order,
        "history": training.history,
    }
    chosen = signature(type(optimizer)).parameters
    arguments = {name: thing for name, thing in optimizer.state_dict().items() if name in chosen}
    return things, {"optimizer": type(optimizer).__name__, **arguments}
