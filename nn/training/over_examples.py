"""A function of one example, applied to many: as a recorded program where it can be, else one after the other."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np

from autograd import Value, no_grad
from autograd.coercion import describe, is_array, plain
from autograd.graph import ancestors
from autograd.program.compile import compile
from autograd.program.parameter_arrays import ParameterArrays
from autograd.program.tape import Array
from nn.modules.module import Noise

PROOFS = 3  # how many examples at most, beside the recorded one, a program has to get right before it is used
CLOSE, TINY = 1e-9, 1e-12  # how right: relative to the number, and beside 0
# What functions written for plain numbers raise when they are given Values, and what compile refuses with.
UNSUITED = (TypeError, ValueError, LookupError, ArithmeticError, AttributeError)

Columns = Sequence[Sequence[Any]]


def over_examples(
    f: Callable[..., Any], columns: Columns, parameters: Sequence[Value] = (), stand_ins: Columns | None = None
) -> "tuple[Recorded | Eager, str]":
    """The function on these examples, and a sentence on how it is computed: by a program, or eagerly and why.

    f: gives a Value, or nested lists of Values, for one entry of each column.
    columns: lists of the same length, such as the rows and the targets.
    parameters: the leaves that will change. stand_ins: as in ``Recorded``.
    """
    try:
        recorded = Recorded(f, columns, parameters, stand_ins)
    except UNSUITED as error:
        return Eager(f, columns), f"eager, one row after the other, because it could not be recorded: {error}"
    return recorded, f"a recorded program, on {recorded.program.backend}"


class Eager:
    """A function computed for one example after the other."""

    def __init__(self, f: Callable[..., Any], columns: Columns) -> None:
        self.f, self.columns = f, columns
        self._gave_values = False

    def backward(self, places: Sequence[int], arrays: ParameterArrays | None = None) -> float:
        """Add the gradients of the mean over the examples at these places to all leaves; returns the mean.

        arrays: as in ``Recorded``; eagerly nothing can be computed from them, so there are none.
        """
        mean = sum(self.f(*(column[i] for column in self.columns)) for i in places) / len(places)
        if isinstance(mean, Value):
            self._gave_values = True
            mean.backward()
        elif mean:  # a plain 0, as max(1 - t * y, 0.0) gives it for whole batches, has gradient 0
            self._gave_values = self._gave_values or self._ever_gives_values()
            if not self._gave_values:
                raise TypeError(
                    f"a loss must be a Value, to be followed back to the parameters, not {describe(mean)}: compute it "
                    "from the model's outputs, without .data or float()"
                )
        return float(plain(mean))

    def _ever_gives_values(self) -> bool:
        return any(isinstance(self.f(*example), Value) for example in zip(*self.columns, strict=True))

    def __call__(self) -> Array:
        """What f gives for every example: (number of examples, *shape of a result)."""
        with no_grad():
            return np.array([_numbers(self.f(*example)) for example in zip(*self.columns, strict=True)])


class Recorded:
    """A function recorded with one example, with a new Value in the place of every number, and replayed on batches.

    An entry of a column is a number, or nested lists of numbers and Values, all of one shape.
    stand_ins: what to record with instead of the columns, where f would not take an entry as a Value (as cross-entropy
        takes the number of a class, or a probability for each).

    Before it is used the program must give what f gives on other examples of the columns, with the parameters moved:
    so a number that was read with ``.data``, and stayed as it was, is noticed.
    Raises one of UNSUITED, saying why, when f cannot be replayed.
    """

    def __init__(
        self, f: Callable[..., Any], columns: Columns, parameters: Sequence[Value], stand_ins: Columns | None
    ) -> None:
        given = stand_ins or columns
        tables = [_table(column) for column in given]
        self.table = np.concatenate([table.reshape(len(table), -1) for table in tables], axis=1)
        example = [_as_values(table[0]) for table in tables]
        inputs = [value for x in example for value in x.ravel().tolist()]
        result = f(*(x if x.shape and is_array(column) else x.tolist() for x, column in zip(example, given)))
        outputs = np.array(result, dtype=object)
        self.shape, self.noise = outputs.shape, _noise(outputs)
        self.program = compile(outputs.ravel().tolist() if self.shape else result, [*inputs, *self.noise])
        self._prove(f, columns, parameters)

    def backward(self, places: Sequence[int], arrays: ParameterArrays | None = None) -> float:
        """Add the gradients of the mean over the examples at these places to all leaves; returns the mean.

        arrays: where parameters live, if they do not live in Values.
        """
        return self.program.backward(self._rows(places), arrays)

    def __call__(self) -> Array:
        """What f gives for every example: (number of examples, *shape of a result)."""
        outputs = self.program(self._rows(range(len(self.table))))
        return np.reshape(outputs, (len(self.table), *self.shape))

    def _rows(self, places: Sequence[int]) -> Array:
        rows: Array = self.table[list(places)]
        if not self.noise:
            return rows
        return np.concatenate([rows, [[leaf.draw() for leaf in self.noise] for _ in places]], axis=1)

    def _prove(self, f: Callable[..., Any], columns: Columns, parameters: Sequence[Value]) -> None:
        others = np.flatnonzero((self.table != self.table[0]).any(axis=1)).tolist()
        with _moved(parameters):
            for place in [0, *others[:: len(others) // PROOFS + 1]]:
                result = f(*(column[place] for column in columns))
                drawn = [leaf.data for leaf in _noise(np.array(result, dtype=object))]
                expected = np.ravel(_numbers(result))
                replayed = np.ravel(self.program(np.array([[*self.table[place], *drawn]])))
                if not np.allclose(replayed, expected, CLOSE, TINY, equal_nan=True):
                    raise ValueError(
                        f"for row {place} the program gives {replayed.tolist()} instead of {expected.tolist()}: a "
                        "number read with .data, or a choice, was repeated as it was when recording"
                    )


def _table(column: Sequence[Any]) -> Array:
    try:
        table = np.asarray(column)
    except ValueError:
        raise ValueError("the examples differ in shape") from None
    if table.dtype.kind not in "biufO":
        raise TypeError(f"an example must hold numbers or Values, not {column[0]!r}")
    return table if table.dtype.kind == "O" else table.astype(float)


def _as_values(entry: Any) -> Array:
    """New leaves in the shape of one entry of a table, with its numbers."""
    given = np.array(entry, dtype=object)
    leaves = [Value(x.data if isinstance(x, Value) else x) for x in given.ravel().tolist()]
    return np.array(leaves, dtype=object).reshape(given.shape)


def _numbers(result: Any) -> Array:
    """The plain numbers of a Value, or of nested lists of Values and numbers."""
    given = np.array(result, dtype=object)
    plain = [x.data if isinstance(x, Value) else x for x in given.ravel().tolist()]
    return np.array(plain, dtype=float).reshape(given.shape)


def all_finite(result: Any) -> bool:
    """Whether a Value, or nested lists of Values and numbers, hold no nan and no inf."""
    return bool(np.isfinite(_numbers(result)).all())


def _noise(outputs: Array) -> list[Noise]:
    """The leaves with a new random number for each row, oldest first: in the same order whenever f is recorded."""
    order = ancestors(*(x for x in outputs.ravel().tolist() if isinstance(x, Value)))
    return [node for node in reversed(order) if isinstance(node, Noise)]


@contextmanager
def _moved(parameters: Sequence[Value]) -> Iterator[None]:
    """The parameters a little off, for as long as this is open."""
    before = [parameter.data for parameter in parameters]
    try:
        for parameter in parameters:
            parameter.data = parameter.data * 1.01 + 0.001
        yield
    finally:
        for parameter, data in zip(parameters, before, strict=True):
            parameter.data = data
