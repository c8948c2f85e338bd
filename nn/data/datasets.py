"""Data to learn from: rows of numbers, and what is to be said about each."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from nn.extras import extra

Row = list[Any]


class Dataset(NamedTuple):
    """Rows, and for each row its target: the number of its class, or the number to predict.

    rows: numbers; fresh from a file also text, dates, and None where a value is missing (see ``TableEncoder``).
    features: the names of the columns. classes: the names of the classes; empty where targets are numbers to predict.
    notes: what the reader of a file did with it that one should know, in sentences.
    notations: how each column is written in that file (see ``nn.tabular.notation``); empty for data of no file.
    """

    rows: list[Row]
    targets: list[Any]
    features: list[str]
    classes: list[str]
    notes: tuple[str, ...] = ()
    notations: tuple[Any, ...] = ()

    def take(self, places: Sequence[int]) -> "Dataset":
        """The rows at these places."""
        return self._replace(rows=[self.rows[i] for i in places], targets=[self.targets[i] for i in places])


def data_hash(*columns: Iterable[Any]) -> str:
    """SHA-256 of rows, targets and so on, as hexadecimal digits: the same for the same numbers in the same order.

    A thing that is no number, text, list or array of them, such as a Value, counts by its type alone.
    """
    text = json.dumps([list(column) for column in columns], default=countable)
    return hashlib.sha256(text.encode()).hexdigest()


def countable(thing: Any) -> Any:
    """What stands in JSON for a thing that it does not know: the numbers of an array, else the name of its type."""
    return thing.tolist() if hasattr(thing, "tolist") else type(thing).__name__


def iris() -> Dataset:
    """150 irises of three kinds, four measurements in cm each (Fisher 1936), from scikit-learn's own files.

    Raises ModuleNotFoundError, with the command that installs it, when scikit-learn is missing.
    """
    bunch = extra("sklearn.datasets", "scikit-learn").load_iris()
    features = [name.removesuffix(" (cm)") for name in bunch.feature_names]
    return Dataset(bunch.data.tolist(), bunch.target.tolist(), features, bunch.target_names.tolist())


def digits() -> Dataset:
    """1797 handwritten digits of 8x8 pixels, each 0 (paper) to 16 (ink), from scikit-learn's own files.

    The 64 features go row by row from the top left. They come from 43 people (Alpaydin and Kaynak 1998).
    Raises ModuleNotFoundError as ``iris`` does.
    """
    bunch = extra("sklearn.datasets", "scikit-learn").load_digits()
    features = [f"pixel {row},{column}" for row in range(8) for column in range(8)]
    return Dataset(bunch.data.tolist(), bunch.target.tolist(), features, [str(digit) for digit in range(10)])


def diabetes() -> Dataset:
    """442 patients, ten measurements each, and a number for how far their diabetes went in the year after.

    Measured in the clinic's own units, the target from 25 to 346 (Efron et al. 2004), from scikit-learn's own files.
    Raises ModuleNotFoundError as ``iris`` does.
    """
    bunch = extra("sklearn.datasets", "scikit-learn").load_diabetes(scaled=False)
    features = ["age", "sex", "body mass index", "blood pressure", "total cholesterol", "LDL", "HDL"]
    features += ["cholesterol / HDL", "log triglycerides", "blood sugar"]
    return Dataset(bunch.data.tolist(), bunch.target.tolist(), features, [])
