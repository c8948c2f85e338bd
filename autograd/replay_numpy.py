"""Replay by NumPy: the rows of the table are called on arrays.

Operations that do not wait for each other and apply the same row are done in one call: a layer of a network takes a
few dozen calls, however wide it is.
"""

from collections.abc import Callable
from functools import partial
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from autograd.frozen import Array, Frozen, Operations
from autograd.primitive import Primitive, entrywise


class Operand(NamedTuple):
    """Where a group of operations finds one of its operands, and where it adds up what it passes on.

    slots: within the one-number or the lane slots, as ``in_lanes`` tells. is_constant: no adjoint is wanted.
    repeats: for slots that occur more than once, how they sort: the order, the places where a new slot begins, and
    the slots, each once.
    """

    slots: Array | slice
    in_lanes: bool
    is_constant: bool
    repeats: tuple[Array, Array, Array] | None


class Group(NamedTuple):
    """Operations done in one call. slots: of their results, within the one-number or the lane slots."""

    value: Callable[..., Any]
    partials: tuple[Callable[..., Any], ...]
    slots: Array | slice
    operands: tuple[Operand, ...]


class NumpyBackend:
    """The rows' own functions: any row will do, a custom one too."""

    def __init__(self, frozen: Frozen) -> None:
        self.frozen = frozen
        rows = [_on_arrays(row) for row in frozen.rows]
        self._groups = [_groups(frozen, run, rows) for run in (frozen.once, frozen.each)]

    def forward(self, run: Operations, values: Array, lanes: Array) -> None:
        """Compute the values of a run."""
        numbers, is_each = (values[: self.frozen.lane, None], lanes), run is self.frozen.each
        with np.errstate(all="ignore"):
            for group in self._groups[is_each]:
                numbers[is_each][group.slots] = group.value(*_read(numbers, group))

    def backward(self, run: Operations, values: Array, lanes: Array, adjoints: Array, lane_adjoints: Array) -> None:
        """Add what each operation passes on to the adjoints of its operands."""
        lane, is_each = self.frozen.lane, run is self.frozen.each
        numbers, sums = (values[:lane, None], lanes), (adjoints[:lane, None], lane_adjoints)
        with np.errstate(all="ignore"):
            for group in reversed(self._groups[is_each]):
                adjoint = sums[is_each][group.slots]
                given = numbers[is_each][group.slots], *_read(numbers, group)
                for operand, derivative in zip(group.operands, group.partials, strict=True):
                    if operand.is_constant:
                        continue
                    local = derivative(*given)
                    # an adjoint of 0 passes nothing on, even where the derivative is infinite
                    share = adjoint * local if isinstance(local, int) else np.where(adjoint == 0, 0, adjoint * local)
                    if is_each and not operand.in_lanes:
                        share = share.sum(axis=1, keepdims=True)
                    slots: Any = operand.slots
                    if operand.repeats:
                        order, starts, slots = operand.repeats
                        share = np.add.reduceat(share[order], starts)
                    sums[operand.in_lanes][slots] += share


def _read(numbers: tuple[Array, Array], group: Group) -> list[Array]:
    return [numbers[operand.in_lanes][operand.slots] for operand in group.operands]


def _on_arrays(row: Primitive) -> tuple[Callable[..., Any], tuple[Callable[..., Any], ...]]:
    """A row's value and partials as functions of arrays; a custom one's are called entry by entry."""
    if row.custom:
        value, *partials = (partial(entrywise(function), np) for function in (row.forward, *row.partials))
        return value, tuple(partials)
    return partial(row.arrays, np) if row.arrays else row.forward, row.partials


def _groups(frozen: Frozen, run: Operations, rows: list[Any]) -> list[Group]:
    """The run in groups, each after all that it needs."""
    height = [0] * (
        run.first + run.size
    )  # of a slot: how many operations of this run come one after the other below it
    for slot, (a, b) in enumerate(zip(run.of_a.tolist(), run.of_b.tolist(), strict=True), start=run.first):
        height[slot] = max(height[a], height[b]) + 1
    kinds = np.array([len(frozen.constants), frozen.lane])  # constants, other single numbers, lanes
    kind_a, kind_b = (np.searchsorted(kinds, of, side="right") for of in (run.of_a, run.of_b))
    keys = np.array([np.array(height[run.first :]), run.code, kind_a, kind_b])
    order = np.lexsort(keys[::-1])
    edges = np.flatnonzero(np.any(np.diff(keys[:, order], prepend=-1, append=-1), axis=0))
    groups = []
    for start, stop in pairwise(edges):
        chosen = order[start:stop]
        value, partials = rows[run.code[chosen[0]]]
        operands = tuple(
            _operand(of[chosen], int(kind[chosen[0]]), frozen.lane)
            for of, kind in ((run.of_a, kind_a), (run.of_b, kind_b))[: len(partials)]
        )
        first = run.first - frozen.lane if run is frozen.each else run.first
        groups.append(Group(value, partials, _index(chosen + first), operands))
    return groups


def _operand(slots: Array, kind: int, lane: int) -> Operand:
    in_lanes = kind == 2
    local = slots.astype(np.intp) - lane * in_lanes
    order = np.argsort(local, kind="stable")
    targets, starts = np.unique(local[order], return_index=True)
    return Operand(_index(local), in_lanes, kind == 0, (order, starts, targets) if len(targets) < len(local) else None)


def _index(slots: Array) -> Array | slice:
    """Slots that follow each other, as a slice: NumPy then reads them in place."""
    first, size = int(slots[0]), len(slots)
    return slice(first, first + size) if np.array_equal(slots, np.arange(first, first + size)) else slots
