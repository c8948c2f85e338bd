"""A frozen graph as people use it: rows of numbers in, outputs and gradients out."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from autograd import arrays
from autograd.coercion import as_float
from autograd.counting import counted
from autograd.grad_mode import differentiating
from autograd.graph import Node
from autograd.program.careful import CarefulBackend
from autograd.program.describe import Line, lines
from autograd.program.executor import Replay, backend_for
from autograd.program.leaves import Leaves
from autograd.program.lowering.lower import lower
from autograd.program.parameter_arrays import ParameterArrays
from autograd.program.tape import Array, Frozen

EXAMPLE = "[[...], [...]], one list a row"
MOST_LINES = 100


class Rows(NamedTuple):
    """What was given, as numbers (n, number of inputs), and the Values among it with their places."""

    numbers: Array
    values: list[tuple[int, int, Any]]


class Program:
    """A recorded graph that can be replayed; ``autograd.compile`` makes it.

    rows: (n, number of inputs) numbers: nested lists, an array or a frame. A row may also hold Values that are leaves:
    their number is read, and ``backward`` adds to their gradient. With no inputs there are no rows to give. A gap in a
    frame raises FloatingPointError that names the cell; nan in a list or an array is a number.
    backend: "numba" or "numpy", what the arithmetic is done by.

    Not for use by several threads at a time: a program keeps the room for its numbers.
    """

    def __init__(self, frozen: Frozen, inputs: Sequence[Any], several: bool, backend: str | None) -> None:
        self.backend, chosen = backend_for(frozen, backend)
        self._tape = frozen
        self._replay = Replay(chosen)
        self._leaves = Leaves(self._replay.frozen.leaves)
        self._inputs = [node.label for node in inputs]
        self._several = several
        self._outputs = len(frozen.outputs)

    def __call__(self, rows: Any = None) -> Any:
        """The outputs: (n,) numbers, (n, k) for a list of k; without inputs one number, or k. Nothing is recorded."""
        given = self._read(rows)
        outputs = self._replay.forward(self._leaves.read(), given.numbers)
        outputs = outputs if self._several else outputs[:, 0]
        if self._inputs:
            return outputs
        return outputs[0] if self._several else float(outputs[0])

    def backward(self, rows: Any = None, resident: ParameterArrays | None = None) -> float:
        """Add d mean(output) / d leaf to the ``grad`` of every leaf that is not an input; returns the mean output.

        resident: of leaves, from ``optimizer.resident()``: theirs are then read there and added there.
        Values in the rows are leaves too. When an error is raised nothing has been added.
        """
        given = self._read(rows, resident)
        n = len(given.numbers)
        self._one_output("backward")
        if n == 0:
            raise ValueError(
                f"backward needs at least one row to take the mean of; rows has shape {given.numbers.shape}"
            )
        outputs, leaves, inputs = self._differentiate(
            self._leaves.read(resident), given.numbers, 1 / n, bool(given.values)
        )
        beside = [value for _, _, value in given.values]
        shares = [float(inputs[row, column]) for row, column, _ in given.values]
        self._leaves.add(leaves, beside, shares, resident)
        with np.errstate(all="ignore"):
            return float(outputs.mean())

    def gradient(self, rows: Any) -> Array:
        """d output / d input, row by row: (n, number of inputs). No ``grad`` is touched."""
        given = self._read(rows)
        self._one_output("gradient")
        return self._differentiate(self._leaves.read(), given.numbers, 1.0, True)[2]

    def _differentiate(self, data: Array, rows: Array, seed: float, for_inputs: bool) -> tuple[Array, Array, Array]:
        """The outputs, and the gradients of leaves and rows: fast, and again with care if any is infinite or NaN."""
        found = self._replay.backward(data, rows, seed, for_inputs)
        if all(np.isfinite(adjoints).all() for adjoints in found[1:]):
            return found
        places = {leaf: place for place, leaf in enumerate(self._tape.leaves)}
        order = [places[leaf] for leaf in self._leaves.leaves]
        as_recorded = np.empty(len(order))
        as_recorded[order] = data
        outputs, leaves, inputs = Replay(CarefulBackend(self._tape)).backward(as_recorded, rows, seed)
        return outputs, leaves[order], inputs

    def describe(self, names: Mapping[str, Any] | None = None) -> str:
        """The program as a person would write it with arrays, as a text to print: "h1 = relu(x @ W1.T + b1)   # 16".

        names: of leaves, such as ``dict(model.named_parameters())``. x stands for the inputs; what stands behind # is
        how many numbers a line gives, for each row. Lines that are alike and many are left out.
        """
        written = [str(line) for line in self.lines(names)]
        if len(written) > MOST_LINES:
            left_out = len(written) - MOST_LINES
            written[MOST_LINES // 2 : -MOST_LINES // 2] = [f"...   # {left_out} more lines"]
        return "\n".join(written)

    @property
    def width(self) -> int:
        """How many inputs there are: numbers in a row."""
        return len(self._inputs)

    def lines(self, names: Mapping[str, Any] | None = None) -> list[Line]:
        """The lines of ``describe``, as records with a name, an expression, a shape, and what is read."""
        return lines(lower(self._tape), names)

    def __repr__(self) -> str:
        frozen = self._replay.frozen
        return (
            f"<program: {counted(len(self._inputs), 'input')}, {counted(self._outputs, 'output')}, "
            f"{counted(len(self._leaves.leaves), 'leaf')}, "
            f"{counted(frozen.once.size, 'operation')} once and {frozen.each.size} a row, on {self.backend}>"
        )

    def _one_output(self, method: str) -> None:
        if self._several:
            raise TypeError(
                f"{method} differentiates one output, but this program was compiled from a list of {self._outputs}; "
                "compile their sum, or the one you mean"
            )

    def _read(self, rows: Any, resident: ParameterArrays | None = None) -> Rows:
        """The rows as numbers; TypeError or ValueError, naming shapes, for what are none."""
        width = len(self._inputs)
        if rows is None:
            if width:
                raise TypeError(f"this program has {width} input(s): give rows of shape (n, {width}), {EXAMPLE}")
            return Rows(np.empty((1, 0)), [])
        if not width:
            raise TypeError(
                "this program was compiled without inputs: call it without rows, or compile it with inputs=[...]"
            )
        arrays.refuse_gaps(rows, "rows")
        rows = arrays.entries(rows, "rows")
        try:
            table = np.asarray(rows)
        except ValueError:
            raise ValueError(f"rows must all have {width} entries, {EXAMPLE}; they differ in length") from None
        if table.size == 0 and table.ndim < 2:
            table = np.empty((0, width))
        if table.ndim != 2 or table.shape[1] != width:
            labels = f" ({', '.join(map(repr, self._inputs))})" if all(self._inputs) else ""
            raise ValueError(
                f"rows must have shape (n, {width}), a column per input{labels}, not {table.shape}: {EXAMPLE}"
            )
        is_plain = table.dtype.kind in "biuf" and table.itemsize <= 8  # a long double may be too large for a float
        if is_plain and not (isinstance(rows, (list, tuple)) and np.isnan(table).any()):
            return Rows(table.astype(float), [])
        if table.dtype.kind != "O":  # as it was given: NumPy makes text of numbers beside text, nan of what is masked
            table = np.asarray(rows, dtype=object)
        return self._objects(table, resident)

    def _objects(self, table: Array, resident: ParameterArrays | None) -> Rows:
        """Rows of which some entries are Values, or numbers that are not NumPy's."""
        entries = table.ravel().tolist()
        values = []
        for place, entry in enumerate(entries):
            if type(entry) is float:
                continue
            row, column = divmod(place, len(self._inputs))
            if isinstance(entry, Node):
                if entry._primitive.arity:
                    raise ValueError(
                        f"rows[{row}][{column}] is the result of {entry._primitive.name}: its gradient would not reach "
                        "what it was computed from; give a leaf, or .data where no gradient is wanted"
                    )
                if differentiating.get():
                    raise TypeError(
                        f"rows[{row}][{column}] is a Value, inside a function that is being differentiated: a program "
                        "gives plain numbers, and the derivative would come out as 0. Call the function that the "
                        "program was recorded from, or use program.gradient outside"
                    )
                values.append((row, column, entry))
                held = None if resident is None else resident.place.get(entry)
                entry = entry.data if resident is None or held is None else float(resident.data[held])
            entries[place] = as_float(entry, f"rows[{row}][{column}]")
        return Rows(np.array(entries).reshape(table.shape), values)
