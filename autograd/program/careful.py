"""The backward pass of a program where a gradient came out infinite or NaN: slower, and with the one rule for 0 * inf.

The other backends multiply by IEEE rules, where 0 * inf is NaN. What is finite then is right. For the rest this backend
tells a branch that was dropped, which passes nothing on, from a derivative that does not exist and stays infinite or
NaN: the rule of autograd/anomaly.py, operation by operation as recorded.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from autograd.program.tape import Array, Frozen, Operations
from autograd.registry import Primitive, entrywise


class CarefulBackend:
    """Keeps, beside each adjoint, whether it was reached from the output on a way that is not cut."""

    def __init__(self, tape: Frozen) -> None:
        self.frozen = tape
        self._rows = [(row, *on_arrays(row)) for row in tape.rows]
        self._reached = np.zeros((tape.slots, 1), dtype=bool)

    def forward(self, run: Operations, values: Array, lanes: Array) -> None:
        """Compute the values of a run."""
        with np.errstate(all="ignore"):
            for place, code in enumerate(run.code.tolist()):
                _, value, partials = self._rows[code]
                inputs = [self._of(values, lanes, slot) for slot in self._slots(run, place, len(partials))]
                self._of(values, lanes, run.first + place)[:] = value(*inputs)

    def backward(
        self, run: Operations, values: Array, lanes: Array, adjoints: Array, lane_adjoints: Array, for_inputs: bool
    ) -> None:
        """Add what each operation passes on to the adjoints of its operands."""
        self._reached |= adjoints[:, None] != 0  # the output, if its number is the same for all rows
        reached_lanes = lane_adjoints != 0
        with np.errstate(all="ignore"):
            for place in reversed(range(run.size)):
                row, _, partials = self._rows[run.code[place]]
                out, slots = run.first + place, self._slots(run, place, len(partials))
                adjoint, reached = self._of(adjoints, lane_adjoints, out), self._of(self._reached, reached_lanes, out)
                given = [self._of(values, lanes, slot) for slot in (out, *slots)]
                for argument, slot in enumerate(slots):
                    if self._is_constant(slot):
                        continue
                    local = np.asarray(partials[argument](*given), dtype=float)
                    passes = reached & ~((local == 0) & self._is_certain(row, slots, given))
                    missing = ~np.isfinite(local) & np.isfinite(given[0]) & np.isfinite(given[1 + argument])
                    share = np.where(passes & ((adjoint != 0) | missing), adjoint * local, 0)
                    self._add(self._of(adjoints, lane_adjoints, slot), share)
                    self._add(self._of(self._reached, reached_lanes, slot), passes)

    def _slots(self, run: Operations, place: int, arity: int) -> list[int]:
        return [int(of[place]) for of in (run.of_a, run.of_b)[:arity]]

    def _of(self, single: Array, lanes: Array, slot: int) -> Array:
        """The numbers of a slot: one for each row, or one for all."""
        lane = self.frozen.lane
        found: Array = lanes[slot - lane] if slot >= lane else single[slot : slot + 1].ravel()
        return found

    def _is_constant(self, slot: int) -> bool:
        return slot < len(self.frozen.constants)

    def _is_certain(self, row: Primitive, slots: list[int], given: list[Array]) -> bool:
        """Whether a local derivative of 0 cuts the way: a choice, or a plain number 0 as the other operand."""
        has_plain_zero = any(self._is_constant(slot) and x[0] == 0 for slot, x in zip(slots, given[1:], strict=True))
        return row.chooses or (has_plain_zero and not row.custom)

    def _add(self, target: Array, share: Array) -> None:
        if len(target) < len(share):  # one number for all rows
            share = share.sum(keepdims=True, dtype=share.dtype)
        target += share  # for bools: or


def on_arrays(row: Primitive) -> tuple[Callable[..., Any], tuple[Callable[..., Any], ...]]:
    """A row's value and partials as functions of arrays; a custom one's are called entry by entry."""
    if row.custom:
        value, *partials = (partial(entrywise(function), np) for function in (row.forward, *row.partials))
        return value, tuple(partials)
    return partial(row.arrays, np) if row.arrays else row.forward, row.partials
