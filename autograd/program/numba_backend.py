"""Replay by machine code: one set of compiled loops for all graphs, so that no graph has to be compiled.

Importing this module loads the loops from Numba's cache on disk; the first time on a machine it compiles them, which
takes 10 to 30 seconds: on a terminal a line says so.
"""

import sys
from typing import Any

import numpy as np
from numba.core.event import Event, Listener, install_listener

from autograd.program.fusing import fuse
from autograd.program.lowering.lower import lower_long_sums
from autograd.program.lowering.statements import Lowered
from autograd.program.numpy_backend import Product, Work, products
from autograd.program.tape import FUSED, SUM, Array, Frozen, Operations


class Notice(Listener):  # type: ignore[misc]
    """Says, once, that something is being compiled."""

    is_said = False

    def on_start(self, event: Event) -> None:
        """Compilation of a function begins; it does not where the cache has it."""
        if not self.is_said and sys.stderr.isatty():
            print("Numba prepares machine code, once on this machine; it takes 10 to 30 seconds.", file=sys.stderr)
        self.is_said = True

    def on_end(self, event: Event) -> None:
        """Of no interest."""


with install_listener("numba:compile", Notice()):
    from autograd.program import kernel


# From how many multiplications on a matrix product is worth a call of its own.
LARGE = 50_000
Part = tuple[Array, Work | None]
NO_TERMS = np.empty(0, dtype=np.uint32)


class NumbaBackend:
    """The generated loops of autograd/program/kernel.py; and for large matrix products those of NumPy.

    A graph without long sums is replayed as it was recorded.
    """

    def __init__(self, tape: Frozen) -> None:
        self.frozen = frozen = fuse(lower_long_sums(tape) or tape)
        codes = np.zeros(SUM + 1, dtype=np.uint8)
        codes[: len(frozen.rows)] = [kernel.CODES[row.name] for row in frozen.rows]
        codes[FUSED], codes[SUM] = kernel.FUSED, kernel.SUM
        self._codes = codes[frozen.once.code], codes[frozen.each.code]
        self._found: dict[tuple[bool, int], list[Part]] = {}
        self._terms = NO_TERMS, NO_TERMS, NO_TERMS
        self._products: list[list[Product]] = [[], []]
        if isinstance(frozen, Lowered):
            self._terms = frozen.terms, frozen.first, frozen.second
            self._products = [products(frozen, is_each) for is_each in (False, True)]

    def forward(self, run: Operations, values: Array, lanes: Array) -> None:
        """Compute the values of a run."""
        width, lane = lanes.shape[1], self.frozen.lane
        for borders, product in self._parts(run, width):
            if product:
                with np.errstate(all="ignore"):
                    product.forward((values[:lane, None], lanes))
            elif width == 1:
                kernel.forward(borders, *self._operations(run), values)
            else:
                kernel.lanes_forward(borders, *self._operations(run), lane, values, lanes)

    def backward(
        self, run: Operations, values: Array, lanes: Array, adjoints: Array, lane_adjoints: Array, for_inputs: bool
    ) -> None:
        """Add what each operation passes on to the adjoints of its operands."""
        width, lane = lanes.shape[1], self.frozen.lane
        skipped = 0 if for_inputs else self.frozen.inputs
        for borders, product in reversed(self._parts(run, width)):
            if product:
                with np.errstate(all="ignore"):
                    product.backward((values[:lane, None], lanes), (adjoints[:lane, None], lane_adjoints), for_inputs)
            elif width == 1:
                kernel.backward(borders, *self._operations(run), values, adjoints)
            else:
                numbers = values, lanes, adjoints, lane_adjoints
                kernel.lanes_backward(borders, *self._operations(run), lane, skipped, *numbers)

    def _operations(self, run: Operations) -> tuple[Any, ...]:
        codes = self._codes[run is self.frozen.each]
        return run.first, codes, run.of_a, run.of_b, run.of_c, *self._terms

    def _parts(self, run: Operations, width: int) -> list[Part]:
        """The run from part to part: the borders of loops, or a large product. Worked out once for each width."""
        key = run is self.frozen.each, width
        if key not in self._found:
            parts: list[Part] = []
            done = 0
            for start, stop, count, product in self._products[key[0]]:
                if count * width >= LARGE:
                    parts += [(_borders(run.code, done, start), None), (_borders(run.code, start, stop), product)]
                    done = stop
            self._found = {key: [*parts, (_borders(run.code, done, run.size), None)], **self._found}
        return self._found[key]


def _borders(code: Array, start: int, stop: int) -> Array:
    """Where sums begin and end; the first border is where everything begins, sums or not."""
    is_sum = np.concatenate([[False], code[start:stop] == SUM])
    return np.concatenate([[start], start + np.flatnonzero(np.diff(is_sum)), [stop]]).astype(np.int64)
