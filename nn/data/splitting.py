"""Splitting data honestly: what a model is judged on has no part in its training."""

from collections.abc import Iterator
from itertools import pairwise

from autograd.coercion import whole_number
from nn.data.datasets import Dataset
from nn.rng import Seed, generator


def stratified_split(data: Dataset, held_out: float = 0.25, seed: Seed = None) -> tuple[Dataset, Dataset]:
    """(training, held out), shuffled, each with the same share of every class, to the nearest row.

    Where targets are numbers to predict there are no classes to keep in proportion, and the split is plain.
    held_out: the share to keep away from training, between 0 and 1. Raises ValueError when either part would be empty.
    """
    if not 0 < held_out < 1:
        raise ValueError(f"held_out must be a share between 0 and 1, such as 0.25, not {held_out}")
    training, kept = _split(data, (held_out,), f"held_out={held_out}", seed)
    return training, kept


def train_validation_test_split(
    data: Dataset, validation: float = 0.15, test: float = 0.15, seed: Seed = None
) -> tuple[Dataset, Dataset, Dataset]:
    """(training, validation, test), shuffled: to learn from, to choose by, and to be judged on once, at the very end.

    validation, test: their shares; training gets the rest. Each part has the same share of every class, to the nearest
    row. Raises ValueError when a part would be empty.
    """
    if not (validation > 0 and test > 0 and validation + test < 1):
        raise ValueError(
            "validation and test must be shares that leave something to train on, such as 0.15 and 0.15, "
            f"not {validation} and {test}"
        )
    training, chosen, judged = _split(data, (validation, test), f"validation={validation}, test={test}", seed)
    return training, chosen, judged


def mini_batches(data: Dataset, size: int = 16, seed: Seed = None) -> Iterator[Dataset]:
    """The data once over, in shuffled pieces of ``size`` rows; the last piece may be smaller.

    Raises ValueError for a size below 1.
    """
    whole_number(size, "size")
    order = list(range(len(data.rows)))
    generator(seed).shuffle(order)
    return (data.take(order[start : start + size]) for start in range(0, len(order), size))


def _split(data: Dataset, shares: tuple[float, ...], asked: str, seed: Seed) -> list[Dataset]:
    """Training, which gets what is left, then a part for each share."""
    draw = generator(seed)
    parts: list[list[int]] = [[] for _ in range(len(shares) + 1)]
    for kind in sorted(set(data.targets)) if data.classes else [None]:
        places = [i for i, target in enumerate(data.targets) if kind in (None, target)]
        draw.shuffle(places)
        ends = [round(sum(shares[: count + 1]) * len(places)) for count in range(len(shares))]
        *held, rest = (places[start:end] for start, end in pairwise([0, *ends, len(places)]))
        for part, piece in zip(parts, (rest, *held), strict=True):
            part += piece
    if not all(parts):
        raise ValueError(f"{len(data.rows)} rows cannot be split with {asked}: one part would be empty")
    for part in parts:
        draw.shuffle(part)
    return [data.take(part) for part in parts]
