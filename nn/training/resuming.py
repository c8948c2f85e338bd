"""Training that goes on where it was broken off: all that changes in it, listed, and kept in a file."""

import json
from collections.abc import Mapping
from inspect import signature
from os import PathLike
from pathlib import Path
from random import Random
from reprlib import repr as shown
from time import perf_counter
from typing import Any

from autograd import Value
from autograd.coercion import describe
from nn.modules.module import Module
from nn.optim.optimizers import Optimizer
from nn.rng import SHARED, Generators
from nn.training.checkpoints import Stateful, hand_out, plain_data, read_checkpoint, save_checkpoint

SHARE = 0.1  # of the time that training takes, at most, goes into keeping it


class Keeper:
    """A file that training is kept in as it goes; when it is there already, training goes on from it.

    things: all that changes in training, by name; they are given their states from the file.
    settings: plain data that has to be the same when training goes on.
    Raises ValueError, with nothing changed, for a file that ``load_checkpoint`` refuses, or with other settings.
    """

    def __init__(self, path: str | PathLike[str], things: Mapping[str, Stateful], settings: Mapping[str, Any]) -> None:
        self.path, self.things = Path(path), things
        self.settings: dict[str, Any] = json.loads(json.dumps(settings, default=plain_data))  # as they come back
        self.due = 0.0
        if self.path.exists():
            content = read_checkpoint(self.path)
            self._compare(content.get("settings"))
            hand_out(self.path, content, things)

    def save(self) -> None:
        """Write the file."""
        start = perf_counter()
        save_checkpoint(self.path, {**self.things, "settings": self.settings})
        end = perf_counter()
        self.due = end + (end - start) / SHARE

    def save_when_due(self) -> None:
        """Write the file, unless that would take more than its share of the time."""
        if perf_counter() >= self.due:
            self.save()

    def _compare(self, kept: Any) -> None:
        if not isinstance(kept, dict) or kept.keys() != self.settings.keys():
            raise ValueError(f"{self.path} keeps no training that nn.fit could go on with: give a new name")
        others = [name for name, now in self.settings.items() if kept[name] != now]
        if others:
            told = "; ".join(
                f"{name} was {shown(kept[name])}, now it is {shown(self.settings[name])}" for name in others
            )
            raise ValueError(
                f"{self.path} keeps another training: {told}. To go on with that one give the same; to begin anew, "
                "give a new name or remove the file"
            )


class Order:
    """In which order the rows are used: each epoch shuffles what the one before left."""

    def __init__(self, count: int) -> None:
        self.places = list(range(count))

    def state_dict(self) -> dict[str, Any]:
        """The places of the rows, in this order."""
        return {"places": self.places}

    def load_state_dict(self, state: Mapping[str, Any]) -> None:
        """Use the rows in the order of ``state``. Raises ValueError when it is not an order of as many rows."""
        places = list(state.get("places", ()))
        if sorted(places) != sorted(self.places):
            raise ValueError(f"it must be an order of {len(self.places)} rows, not of {len(places)}")
        self.places = places


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


def keep(
    path: str | PathLike[str],
    model: Any,
    optimizer: Optimizer,
    others: Mapping[str, Stateful],
    shuffling: Random,
    settings: Mapping[str, Any],
) -> Keeper:
    """The Keeper of all that changes in ``fit``. Raises TypeError for a model or optimizer that hides its state."""
    if not isinstance(model, Module):
        raise TypeError(
            f"checkpoint keeps an nn.Module, of which it can see all that changes; {describe(model)} is a function, "
            "and might hold more than can be seen: write it as the forward of a Module"
        )
    if not isinstance(optimizer, Optimizer):
        raise TypeError(f"checkpoint keeps an nn.Optimizer with its state_dict(); {describe(optimizer)} is none")
    trained = Trained(model, optimizer.parameters)
    sources = {"shuffling": shuffling, "random": SHARED, **dict(trained.named_generators())}
    things: dict[str, Stateful] = {"model": trained, "optimizer": optimizer, "generators": Generators(sources)}
    chosen = signature(type(optimizer)).parameters
    arguments = {name: thing for name, thing in optimizer.state_dict().items() if name in chosen}
    return Keeper(path, {**things, **others}, {**settings, "optimizer": type(optimizer).__name__, **arguments})
