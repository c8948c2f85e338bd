"""Data to learn from, split honestly: what a model is judged on has no part in its training."""

from collections.abc import Sequence
from statistics import fmean, pstdev
from typing import NamedTuple

from nn.extras import extra
from nn.randomness import Seed, generator

Row = list[float]


class Dataset(NamedTuple):
    """Rows of numbers, and for each row the number of its class.

    features, classes: the names of the columns and of the classes.
    """

    rows: list[Row]
    targets: list[int]
    features: list[str]
    classes: list[str]

    def take(self, places: Sequence[int]) -> "Dataset":
        """The rows at these places."""
        return self._replace(rows=[self.rows[i] for i in places], targets=[self.targets[i] for i in places])


def iris() -> Dataset:
    """150 irises of three kinds, four measurements in cm each (Fisher 1936), from scikit-learn's own files.

    Raises ModuleNotFoundError, with the command that installs it, when scikit-learn is missing.
    """
    bunch = extra("sklearn.datasets", "scikit-learn").load_iris()
    features = [name.removesuffix(" (cm)") for name in bunch.feature_names]
    return Dataset(bunch.data.tolist(), bunch.target.tolist(), features, bunch.target_names.tolist())


def stratified_split(data: Dataset, held_out: float = 0.25, seed: Seed = None) -> tuple[Dataset, Dataset]:
    """(training, held out), shuffled, each with the same share of every class, to the nearest row.

    held_out: the share to keep away from training, between 0 and 1. Raises ValueError when either part would be empty.
    """
    if not 0 < held_out < 1:
        raise ValueError(f"held_out must be a share between 0 and 1, such as 0.25, not {held_out}")
    draw = generator(seed)
    training: list[int] = []
    kept: list[int] = []
    for kind in sorted(set(data.targets)):
        places = [i for i, target in enumerate(data.targets) if target == kind]
        draw.shuffle(places)
        count = round(held_out * len(places))
        kept += places[:count]
        training += places[count:]
    if not kept or not training:
        raise ValueError(f"{len(data.rows)} rows cannot be split with held_out={held_out}: one part would be empty")
    draw.shuffle(training)
    draw.shuffle(kept)
    return data.take(training), data.take(kept)


class Standardizer:
    """Shifts and scales each column to mean 0 and standard deviation 1, as measured on the rows given here.

    Give it the training rows only, then call it on any rows: what the held-out rows look like stays unknown to it.
    A column that never varies is only shifted. Raises ValueError for no rows.
    """

    def __init__(self, rows: Sequence[Sequence[float]]) -> None:
        if not rows:
            raise ValueError("rows is empty: a Standardizer measures the training rows, give it at least one")
        columns = list(zip(*rows, strict=True))
        self.means = [fmean(column) for column in columns]
        self.deviations = [pstdev(column) or 1.0 for column in columns]

    def __call__(self, rows: Sequence[Sequence[float]]) -> list[Row]:
        """These rows, shifted and scaled. Raises ValueError when a row is longer or shorter than those measured."""
        for row in rows:
            if len(row) != len(self.means):
                raise ValueError(f"the rows measured have {len(self.means)} columns, but a row given has {len(row)}")
        return [
            [(x - mean) / deviation for x, mean, deviation in zip(row, self.means, self.deviations, strict=True)]
            for row in rows
        ]
