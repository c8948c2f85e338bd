"""Data made up by a rule that is known, so that what a model learned can be held against the truth."""

import math
from collections.abc import Callable

from autograd.coercion import whole_number
from nn.data.datasets import Dataset
from nn.rng import Seed, generator

# The committee's mind, in points of its score: per percent of the rating, per minute of length, per award.
COMMITTEE_WEIGHTS = {"rating": 0.08, "length": -0.02, "awards": 0.01}
COMMITTEE_BIAS = 3.0  # it likes going to the pictures


def committee(count: int = 200, noise: float = 0.3, seed: Seed = None) -> Dataset:
    """Movies, and the score that a committee of one gave each: a weighted sum of three features, plus a bias.

    rating: what critics gave it, 0 to 100 percent. length: 80 to 180 minutes. awards: 0 to 9, won by the lead actor.
    The score is 3 + 0.08 rating - 0.02 length + 0.01 awards (``COMMITTEE_WEIGHTS``, ``COMMITTEE_BIAS``), give or
    take the mood of the day, normal with standard deviation ``noise``: about -0.6 to 9.5.
    """
    draw = generator(seed)
    _check(count, noise)
    rows = [[draw.uniform(0, 100), draw.uniform(80, 180), float(draw.randrange(10))] for _ in range(count)]
    a, b, c = COMMITTEE_WEIGHTS.values()  # added with +: sum() rounds in another way since Python 3.12
    scores = [COMMITTEE_BIAS + (a * x + b * y + c * z) + draw.gauss(0, noise) for x, y, z in rows]
    return Dataset(rows, scores, list(COMMITTEE_WEIGHTS), [])


def cats_and_dogs(count: int = 200, seed: Seed = None) -> Dataset:
    """Half cats, half dogs. Their ears distinguish them, their fur hardly does: the weights should find that out.

    ears: 0 (hanging) to 1 (pointed). fur: 0 (white) to 1 (black).
    """
    draw = generator(seed)
    _check(count)
    targets = [place % 2 for place in range(count)]
    ears, fur = ((0.75, 0.13), (0.35, 0.13)), ((0.45, 0.2), (0.55, 0.2))  # mean and deviation of cats, of dogs
    rows = [[min(max(draw.gauss(*feature[kind]), 0.0), 1.0) for feature in (ears, fur)] for kind in targets]
    return Dataset(rows, targets, ["ears", "fur"], ["cat", "dog"])


def line(
    count: int = 100, slope: float = 2.0, intercept: float = 1.0, noise: float = 0.5, seed: Seed = None
) -> Dataset:
    """Points about the line y = slope * x + intercept, x from -3 to 3; the noise is normal, ``noise`` its deviation."""
    draw = generator(seed)
    _check(count, noise)
    rows = [[draw.uniform(-3, 3)] for _ in range(count)]
    return Dataset(rows, [slope * x + intercept + draw.gauss(0, noise) for (x,) in rows], ["x"], [])


def moons(count: int = 200, noise: float = 0.1, seed: Seed = None) -> Dataset:
    """Two half circles of radius 1 that reach into each other; noise: the standard deviation of each coordinate."""

    def place(kind: int, share: float) -> tuple[float, float]:
        x, y = math.cos(math.pi * share), math.sin(math.pi * share)
        return (1 - x, 0.5 - y) if kind else (x, y)

    return _curves(place, ["upper moon", "lower moon"], count, noise, seed)


def circles(count: int = 200, noise: float = 0.05, ratio: float = 0.5, seed: Seed = None) -> Dataset:
    """A circle of radius 1 round one of radius ``ratio``; noise: the standard deviation of each coordinate."""

    def place(kind: int, share: float) -> tuple[float, float]:
        radius = ratio if kind else 1.0
        return radius * math.cos(math.tau * share), radius * math.sin(math.tau * share)

    return _curves(place, ["outer circle", "inner circle"], count, noise, seed)


def spirals(count: int = 300, noise: float = 0.03, turns: float = 1.25, seed: Seed = None) -> Dataset:
    """Two arms wound round each other, from the middle out to radius 1.

    turns: how often each goes round; more is harder. noise: the standard deviation of each coordinate.
    """

    def place(kind: int, share: float) -> tuple[float, float]:
        radius = 0.1 + 0.9 * share
        angle = math.tau * turns * share + math.pi * kind
        return radius * math.cos(angle), radius * math.sin(angle)

    return _curves(place, ["one arm", "other arm"], count, noise, seed)


def _curves(
    place: Callable[[int, float], tuple[float, float]], classes: list[str], count: int, noise: float, seed: Seed
) -> Dataset:
    """Two classes in turn, each at random places (a share from 0 to 1) along its curve, with noise."""
    draw = generator(seed)
    _check(count, noise)
    targets = [number % 2 for number in range(count)]
    rows = [[x + draw.gauss(0, noise) for x in place(kind, draw.random())] for kind in targets]
    return Dataset(rows, targets, ["x", "y"], classes)


def _check(count: int, noise: float = 0.0) -> None:
    whole_number(count, "count")
    if not 0 <= noise < math.inf:
        raise ValueError(f"noise is a standard deviation: 0 or more, not {noise}")
