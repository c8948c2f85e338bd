"""How the learning rate changes during training: functions from the number of the epoch to a factor.

Epochs count from 0; a schedule does as well for steps. ``optimizer.lr = base * schedule(epoch)`` applies one.
"""

import math
from collections.abc import Callable

from autograd.coercion import as_float, number, whole_number
from nn.reprs import shows_call

Schedule = Callable[[int], float]


@shows_call
def constant() -> Schedule:
    """1 all the time."""
    return lambda epoch: 1.0


@shows_call
def step(size: int, gamma: float = 0.1) -> Schedule:
    """Times ``gamma`` after every ``size`` epochs: 1, ..., 1, gamma, ..., gamma, gamma**2, ..."""
    whole_number(size, "size")
    return lambda epoch: float(gamma ** (epoch // size))


@shows_call
def linear(epochs: int, end: float = 0.0) -> Schedule:
    """From 1 in a straight line to ``end``, reached after ``epochs`` and kept from there on."""
    whole_number(epochs, "epochs")
    return lambda epoch: 1 + (end - 1) * min(epoch / epochs, 1)


@shows_call
def cosine(epochs: int, end: float = 0.0) -> Schedule:
    """From 1 to ``end`` along half a wave of the cosine: slowly, fast, slowly (Loshchilov and Hutter 2017)."""
    whole_number(epochs, "epochs")
    return lambda epoch: end + (1 - end) * (1 + math.cos(math.pi * min(epoch / epochs, 1))) / 2


@shows_call
def warm_up(schedule: Schedule, epochs: int) -> Schedule:
    """Rise evenly for so many epochs to where ``schedule`` begins, then follow it from its beginning."""
    whole_number(epochs, "epochs")
    return lambda epoch: schedule(0) * (epoch + 1) / (epochs + 1) if epoch < epochs else schedule(epoch - epochs)


def factor(schedule: Schedule, epoch: int) -> float:
    """What the schedule gives for this epoch. Raises TypeError for no number, ValueError for one below 0."""
    given: float = number(schedule(epoch), "what schedule gives")
    if not as_float(given, "what schedule gives") >= 0:
        raise ValueError(f"schedule gives {given} for epoch {epoch + 1}: a negative learning rate would climb")
    return given
