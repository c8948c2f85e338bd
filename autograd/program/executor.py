"""A frozen graph computed again: forward, and backward, on as many rows as there are.

``Replay`` knows the order of things; how a run of operations is done is the business of a backend.
"""

import warnings
from collections.abc import Callable, Iterator
from functools import cache
from importlib.util import find_spec

import numpy as np

from autograd.program.backend import Backend
from autograd.program.tape import Array, Frozen

# Rows are replayed in blocks: many at a time, because each operation costs a little however many there are, and few
# enough that the numbers of one block stay in the processor's cache.
CACHED, NARROWEST = 65_536, 16


def backend_for(frozen: Frozen, wanted: str | None) -> tuple[str, Backend]:
    """The backend by name; the fastest there is when none is named."""
    custom = [row.name for row in frozen.rows if row.custom]
    if wanted not in ("numba", "numpy", None):
        raise ValueError(f"backend must be 'numba' or 'numpy', not {wanted!r}; leave it out to have it chosen")
    if custom and wanted == "numba":
        raise ValueError(
            f"backend='numba' knows the library's own rows only, and this graph uses {custom[0]!r}; leave backend out"
        )
    if wanted != "numpy" and not custom:
        made, obstacle = _numba()
        if made:
            return "numba", made(frozen)
        if wanted == "numba":
            raise ModuleNotFoundError(f"backend='numba' {obstacle}")
    from autograd.program.numpy_backend import NumpyBackend

    return "numpy", NumpyBackend(frozen)


@cache
def _numba() -> tuple[Callable[[Frozen], Backend] | None, str]:
    """The backend of machine code; or None, and what is in its way. Asked once, so that a warning is given once."""
    if not find_spec("numba"):
        return None, "needs the package numba: python -m pip install numba"
    try:
        from autograd.program.numba_backend import NumbaBackend
    except (RuntimeError, OSError) as error:  # neither this package's folder nor the home can be written to
        obstacle = (
            "needs a folder in which it can keep its machine code: set the environment variable NUMBA_CACHE_DIR to one "
            f"that can be written to ({error})"
        )
        warnings.warn(f"programs run on NumPy, which is slower, for Numba {obstacle}", RuntimeWarning, stacklevel=5)
        return None, obstacle
    return NumbaBackend, ""


class Replay:
    """One frozen graph, with room for its numbers that is used again at each replay (so one replay at a time)."""

    def __init__(self, backend: Backend) -> None:
        self.backend = backend
        self.frozen = frozen = backend.frozen
        self.values, self.adjoints = np.zeros(frozen.slots), np.zeros(frozen.slots)
        self.values[: len(frozen.constants)] = frozen.constants
        self.leaves = slice(len(frozen.constants), frozen.once.first)
        self.wide = {"values": np.empty(0), "adjoints": np.empty(0)}

    def forward(self, leaves: Array, rows: Array) -> Array:
        """The outputs (n, number of outputs). leaves: their data. rows: (n, number of inputs)."""
        outputs = np.empty((len(rows), len(self.frozen.outputs)))
        self._once(leaves)
        for block in self._blocks(len(rows)):
            self._each(rows[block], outputs[block])
        return outputs

    def backward(self, leaves: Array, rows: Array, seed: float, for_inputs: bool = True) -> tuple[Array, Array, Array]:
        """The output (n,), and the adjoints of the leaves and of the rows when each row's output has ``seed``.

        for_inputs: False leaves the adjoints of the rows out, where that saves time.
        """
        frozen = self.frozen
        outputs, row_adjoints = np.empty((len(rows), 1)), np.empty(rows.shape)
        self._once(leaves)
        self.adjoints.fill(0)
        for block in self._blocks(len(rows)):
            lanes = self._each(rows[block], outputs[block])
            lane_adjoints = self._lanes("adjoints", lanes.shape[1])
            lane_adjoints.fill(0)
            if frozen.outputs[0] < frozen.lane:  # the output depends on no input
                self.adjoints[frozen.outputs[0]] += seed * lanes.shape[1]
            else:
                lane_adjoints[frozen.outputs[0] - frozen.lane] = seed
            self.backend.backward(frozen.each, self.values, lanes, self.adjoints, lane_adjoints, for_inputs)
            row_adjoints[block] = lane_adjoints[: frozen.inputs].T
        single = self._lanes("values", 1), self.adjoints, self._lanes("adjoints", 1)
        self.backend.backward(frozen.once, self.values, *single, for_inputs)
        return outputs[:, 0], self.adjoints[self.leaves], row_adjoints

    def _once(self, leaves: Array) -> None:
        self.values[self.leaves] = leaves
        self.backend.forward(self.frozen.once, self.values, self._lanes("values", 1))

    def _each(self, rows: Array, outputs: Array) -> Array:
        """Replay one block; returns its lanes and fills in its outputs."""
        frozen = self.frozen
        lanes = self._lanes("values", len(rows))
        lanes[: frozen.inputs] = rows.T
        self.backend.forward(frozen.each, self.values, lanes)
        for column, slot in enumerate(frozen.outputs):
            outputs[:, column] = self.values[slot] if slot < frozen.lane else lanes[slot - frozen.lane]
        return lanes

    def _lanes(self, what: str, width: int) -> Array:
        """Room for ``width`` numbers a slot, from the first input on. A single lane is the end of the one-row array."""
        if width == 1:
            return (self.values if what == "values" else self.adjoints)[self.frozen.lane :, None]
        count = self.frozen.slots - self.frozen.lane
        if self.wide[what].size < count * width:
            self.wide[what] = np.empty(count * width)
        return self.wide[what][: count * width].reshape(count, width)

    def _blocks(self, rows: int) -> Iterator[slice]:
        width = max(NARROWEST, CACHED // max(1, self.frozen.slots - self.frozen.lane))
        return (slice(start, min(start + width, rows)) for start in range(0, rows, width))
