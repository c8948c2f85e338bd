"""Replay by machine code: one set of compiled loops for all graphs, so that no graph has to be compiled.

Importing this module loads the loops from Numba's cache on disk; the first time on a machine it compiles them, which
takes most of a minute: somebody who sits at a terminal is told.
"""

import sys
from dataclasses import replace
from typing import Any

import numpy as np
from numba.core.event import Event, Listener, install_listener

from autograd.program.tape import Array, Frozen, Operations, fuse


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


class NumbaBackend:
    """The generated loops of autograd/program/kernel.py."""

    def __init__(self, frozen: Frozen) -> None:
        codes = np.array([kernel.CODES[row.name] for row in frozen.rows], dtype=np.uint8)
        once, each = (replace(run, code=codes[run.code]) for run in (frozen.once, frozen.each))
        coded = replace(frozen, once=once, each=each)
        self.frozen = fuse(coded, outer=kernel.CODES["add"], inner=kernel.CODES["mul"], fused=kernel.FUSED)

    def forward(self, run: Operations, values: Array, lanes: Array) -> None:
        """Compute the values of a run."""
        if lanes.shape[1] == 1:
            kernel.forward(*_operations(run), values)
        else:
            kernel.lanes_forward(*_operations(run), self.frozen.lane, values, lanes)

    def backward(self, run: Operations, values: Array, lanes: Array, adjoints: Array, lane_adjoints: Array) -> None:
        """Add what each operation passes on to the adjoints of its operands."""
        if lanes.shape[1] == 1:
            kernel.backward(*_operations(run), values, adjoints)
        else:
            kernel.lanes_backward(*_operations(run), self.frozen.lane, values, lanes, adjoints, lane_adjoints)


def _operations(run: Operations) -> tuple[Any, ...]:
    return run.first, run.code, run.of_a, run.of_b, run.of_c
