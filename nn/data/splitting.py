"""Splitting data honestly: what a model is judged on has no part in its training."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from autograd.coercion import describe, whole_number
from autograd.counting import counted
from autograd.deprecation import renamed_arguments
from nn.data.datasets import Dataset
from nn.rng import Seed, generator


@renamed_arguments(held_out="test_size")
def stratified_split(data: Dataset, test_size: float = 0.25, seed: Seed = None) -> tuple[Dataset, Dataset]:
    """(training, test), shuffled, each with the same share of every class, to the nearest row.

    Where targets are numbers to predict there are not classes to keep in proportion, and the split is plain.
    test_size: the share to keep away from training, between 0 and 1. Raises ValueError when either part would be empty.
    """
    _check_dataset(data)
    if not 0 < test_size < 1:
        raise ValueError(f"test_size must be a share between 0 and 1, such as 0.25, not {test_size}")
    training, test = _split(data, (test_size,), f"test_size={test_size}", seed)
    return training, test


@renamed_arguments(validation="validation_size", test="test_size")
def train_validation_test_split(
    data: Dataset, validation_size: float = 0.15, test_size: float = 0.15, seed: Seed = None
) -> tuple[Dataset, Dataset, Dataset]:
    """(training, validation, test), shuffled: to learn from, to choose by, and to be judged on once, at the very end.

    validation_size, test_size: their shares; training gets the rest. Each part has the same share of every class, to
    the nearest row. Raises ValueError when a part would be empty.
    """
    _check_dataset(data)
    if not (validation_size > 0 and test_size > 0 and validation_size + test_size < 1):
        raise ValueError(
            "validation_size and test_size must be shares that leave something to train on, such as 0.15 and 0.15, "
            f"not {validation_size} and {test_size}"
        )
    asked = f"validation_size={validation_size}, test_size={test_size}"
    training, validation, test = _split(data, (validation_size, test_size), asked, seed)
    return training, validation, test


def mini_batches(data: Dataset, size: int = 16, seed: Seed = None) -> Iterator[Dataset]:
    """The data once over, in shuffled pieces of ``size`` rows; the last piece may be smaller.

    Raises ValueError for a size below 1.
    """
    _check_dataset(data)
    whole_number(size, "size")
    order = list(range(len(data.rows)))
    generator(seed).shuffle(order)
    return (data.take(order[start : start + size]) for start in range(0, len(order), size))


def _check_dataset(data: Any) -> None:
    if not isinstance(data, Dataset):
        raise TypeError(
            f"data must be a Dataset, not {describe(data)}: nn.Dataset(rows, targets, features, classes) makes one of "
            "lists, arrays and frames"
        )


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
        raise ValueError(f"{counted(len(data.rows), 'row')} cannot be split with {asked}: one part would be empty")
    for part in parts:
        draw.shuffle(part)
    return [data.take(part) for part in parts]
