"""Replay by machine code: one set of compiled loops for all graphs, so that no graph has to be compiled.

Importing this module loads the loops from Numba's cache on disk; the first time on a machine it compiles them, which
takes most of a minute: somebody who sits at a terminal is told.
"""

import sys
from typing import Any

import numpy as np
from numba.core.event import Event, Listener, install_listener

from autograd.program.fusing import fuse
from autograd.program.lowering.lower import has_long_sums, lower
from autograd.program.lowering.statements import Lowered
from autograd.program.numpy_backend import Product, Work, products
from autograd.program.tape import FUSED, SUM, Array, Frozen, Operations


class Notice(Listener):  # type: ignore[misc]
    """Says, once, that something is being compiled."""

    is_said = False

    def on_start(self, event: Event) -> None:
        """Compilation of a function begins; it does not where the cache has it."""
        if not self.is_said and sys.stderr.isatty():
            print("Numba prepares machine code, once on this machine; it takes about a minute.", file=sys.stderr)
        self.is_said = True

    def on_end(self, event: Event) -> None:
        """Of no interest."""


with install_listener("numba:compile", Notice()):
    from autograd.program import kernel


# From how many multiplications on a matrix product is worth a call of its own.
LARGE = 50_000
NO_TERMS = np.empty(0, dtype=np.uint32)


class NumbaBackend:
    """The generated loops of autograd/program/kernel.py; and for large matrix products those of NumPy.

    A graph without long sums is replayed as it was recorded.
    """

    def __init__(self, tape: Frozen) -> None:
        self.frozen = frozen = fuse(lower(tape) if has_long_sums(tape) else tape)
        codes = np.zeros(SUM + 1, dtype=np.uint8)
        codes[: len(frozen.rows)] = [kernel.CODES[row.name] for row in frozen.rows]
        codes[FUSED], codes[SUM] = kernel.FUSED, kernel.SUM
        self._codes = codes[frozen.once.code], codes[frozen.each.code]
        self._terms = NO_TERMS, NO_TERMS
        self._products: list[list[Product]] = [[], []]
        if isinstance(frozen, Lowered):
            self._terms = frozen.first, frozen.second
            self._products = [products(frozen, is_each) for is_each in (False, True)]

    def forward(self, run: Operations, values: Array, lanes: Array) -> None:
        """Compute the values of a run."""
        width, lane = lanes.shape[1], self.frozen.lane
        for start, stop, product in self._parts(run, width):
            operations = self._operations(run, start, stop)
            if product:
                with np.errstate(all="ignore"):
                    product.forward((values[:lane, None], lanes))
            elif width == 1:
                kernel.forward(*operations, values)
            else:
                kernel.lanes_forward(*operations, lane, values, lanes)

    def backward(
        self, run: Operations, values: Array, lanes: Array, adjoints: Array, lane_adjoints: Array, for_inputs: bool
    ) -> None:
        """Add what each operation passes on to the adjoints of its operands."""
        width, lane = lanes.shape[1], self.frozen.lane
        skipped = 0 if for_inputs else self.frozen.inputs
        for start, stop, product in reversed(self._parts(run, width)):
            operations = self._operations(run, start, stop)
            if product:
                with np.errstate(all="ignore"):
                    product.backward((values[:lane, None], lanes), (adjoints[:lane, None], lane_adjoints), for_inputs)
            elif width == 1:
                kernel.backward(*operations, values, adjoints)
            else:
                kernel.lanes_backward(*operations, lane, skipped, values, lanes, adjoints, lane_adjoints)

    def _operations(self, run: Operations, start: int, stop: int) -> tuple[Any, ...]:
        codes = self._codes[run is self.frozen.each]
        return start, stop, run.first, codes, run.of_a, run.of_b, run.of_c, *self._terms

    def _parts(self, run: Operations, width: int) -> list[tuple[int, int, Work | None]]:
        """The run from part to part: (start, stop, large matrix product or None)."""
        parts: list[tuple[int, int, Work | None]] = []
        done = 0
        for start, stop, count, product in self._products[run is self.frozen.each]:
            if count * width >= LARGE:
                parts += [(done, start, None), (start, stop, product)]
                done = stop
        return [*parts, (done, run.size, None)]
