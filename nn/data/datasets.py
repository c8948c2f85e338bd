"""Data to learn from: rows of numbers, and a target for each."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from autograd import Value
from autograd.arrays import column_list, is_missing, lists
from autograd.coercion import describe, number
from autograd.counting import counted
from nn.extras import extra

Row = list[Any]
TOLD_BY_TEXT = (Fraction, Decimal, complex, bytes, datetime, date, time, timedelta)  # the first that fits counts


class _Fields(NamedTuple):
    rows: list[Row]
    targets: list[Any]
    features: list[str]
    classes: list[str]
    notes: tuple[str, ...] = ()
    notations: tuple[Any, ...] = ()


class Dataset(_Fields):
    """Rows, and for each row its target: the number of its class, or the number to predict.

    rows: numbers; fresh from a file also text, dates, and None where a value is missing (see ``TableEncoder``).
    rows and targets may be arrays, frames or series, which are taken by position; a frame of one column of targets is
    that column.
    features: the names of the columns. classes: the names of the classes; empty where targets are numbers to predict.
    notes: what the reader of a file did with it that one should know, in sentences.
    notations: how each column is written in that file (see ``nn.tabular.notation``); empty for data of no file.
    Raises ValueError when rows and targets differ in number.
    """

    __slots__ = ()

    def __new__(
        cls,
        rows: Any,
        targets: Any,
        features: Sequence[str],
        classes: Sequence[str],
        notes: tuple[str, ...] = (),
        notations: tuple[Any, ...] = (),
    ) -> "Dataset":
        """Take the data as lists."""
        found, wanted = lists(rows, "rows"), column_list(targets, "targets")
        if len(found) != len(wanted):
            raise ValueError(
                f"a Dataset needs one target per row; got {counted(len(found), 'row')} and "
                f"{counted(len(wanted), 'target')}"
            )
        return super().__new__(cls, found, wanted, list(features), list(classes), notes, notations)

    def __repr__(self) -> str:
        kind = counted(len(self.classes), "class") if self.classes else "numbers to predict"
        return f"<Dataset: {counted(len(self.rows), 'row')}, {counted(len(self.features), 'feature')}, {kind}>"

    def take(self, places: Sequence[int]) -> "Dataset":
        """The rows at these places."""
        return self._replace(rows=[self.rows[i] for i in places], targets=[self.targets[i] for i in places])


def data_hash(*columns: Iterable[Any]) -> str:
    """SHA-256 of rows, targets and so on, as hexadecimal digits: the same for the same numbers in the same order.

    A Value counts as one, whatever its number: training may change it. A thing that JSON does not know counts as a dict
    {kind: text}. Raises TypeError for a thing that looks like all others of its type.
    """
    plain = [lists(column if hasattr(column, "__len__") else list(column), "data") for column in columns]
    return hashlib.sha256(json.dumps(plain, default=countable).encode()).hexdigest()


def countable(thing: Any) -> Any:
    """What stands in JSON for a thing that it does not know, so that two different ones stay different.

    Raises TypeError for a thing of which this is not known.
    """
    if isinstance(thing, Value):
        return {"Value": "of any number"}
    if is_missing(thing):
        return None
    if hasattr(type(thing), "__array__"):
        found = lists([thing], "data")[0]
        return _moment(found) if hasattr(found, "dtype") else found
    if type(thing).__name__ in ("Period", "Interval"):  # of pandas, which is not imported
        return {type(thing).__name__: repr(thing)}
    for kind in TOLD_BY_TEXT:
        if isinstance(thing, kind):
            return {kind.__name__: str(thing)}
    try:
        plain = number(thing)
    except TypeError:
        plain = thing
    if type(plain) is not type(thing):  # a number of another library, exact or not
        return countable(plain) if isinstance(plain, Fraction) else plain
    raise TypeError(f"data holds {describe(thing)}, which looks like all others of its type: make numbers of it")


def _moment(found: Any) -> dict[str, str]:
    """A date or a span that only NumPy holds, as a Timestamp of pandas would be written."""
    kind = "datetime" if found.dtype.kind == "M" else "timedelta64"
    return {kind: str(found).replace("T", " ")}


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
