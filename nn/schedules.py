"""How the learning rate changes as training goes on: functions from the number of the epoch to a factor on it.

Epochs count from 0; a schedule does as well for steps. ``optimizer.lr = base * schedule(epoch)`` applies one.
"""

import math
from collections.abc import Callable

Schedule = Callable[[int], float]


def constant() -> Schedule:
    """1 all the time."""
    return lambda epoch: 1.0


def step(size: int, gamma: float = 0.1) -> Schedule:
    """Times ``gamma`` after every ``size`` epochs: 1, ..., 1, gamma, ..., gamma, gamma**2, ..."""
    _at_least_one("size", size)
    return lambda epoch: float(gamma ** (epoch // size))


def linear(epochs: int, end: float = 0.0) -> Schedule:
    """From 1 in a straight line to ``end``, reached after ``epochs`` and kept from there on."""
    _at_least_one("epochs", epochs)
    return lambda epoch: 1 + (end - 1) * min(epoch / epochs, 1)


def cosine(epochs: int, end: float = 0.0) -> Schedule:
    """From 1 to ``end`` along half a wave of the cosine: slowly, fast, slowly (Loshchilov and Hutter 2017)."""
    _at_least_one("epochs", epochs)
    return lambda epoch: end + (1 - end) * (1 + math.cos(math.pi * min(epoch / epochs, 1))) / 2


def warm_up(schedule: Schedule, epochs: int) -> Schedule:
    """Rise evenly for so many epochs to where ``schedule`` begins, then follow it from its beginning."""
    _at_least_one("epochs", epochs)
    return lambda epoch: schedule(0) * (epoch + 1) / (epochs + 1) if epoch < epochs else schedule(epoch - epochs)


def _at_least_one(name: str, given: int) -> None:
    if not given >= 1:
        raise ValueError(f"{name} must be at least 1, not {given}")
