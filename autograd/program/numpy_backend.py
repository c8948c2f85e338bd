"""Replay by NumPy: the rows of the table are called on arrays.

Operations that do not wait for each other and apply the same row are done in one call: a layer of a network takes a
few dozen calls, however wide it is.
"""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from autograd.program.tape import Array, Frozen, Operations
from autograd.registry import Primitive, entrywise


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
        self._groups = [_Groups(frozen, run, rows) for run in (frozen.once, frozen.each)]

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
                    if isinstance(local, int) and local == 0:  # everywhere: nothing, also of an infinite adjoint
                        continue
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


class _Groups:
    """A run in groups, each after all that it needs.

    Groups of a single operation are put together whenever their turn comes: kept, they would take up more room than
    the rest of a long program.
    """

    def __init__(self, frozen: Frozen, run: Operations, rows: list[Any]) -> None:
        self.frozen, self.run, self.rows = frozen, run, rows
        self.origin = run.first - (frozen.lane if run is frozen.each else 0)
        kinds = [self._kind(of) for of in (run.of_a, run.of_b)]
        keys = np.array([_heights(run), run.code, *kinds])
        self.order = np.lexsort(keys[::-1])
        self.edges = np.flatnonzero(np.any(np.diff(keys[:, self.order], prepend=-1, append=-1), axis=0))
        self.large = {
            start: self._group(self.order[start:stop])
            for start, stop in pairwise(self.edges.tolist())
            if stop > start + 1
        }

    def __iter__(self) -> Iterator[Group]:
        return map(self._at, self.edges[:-1])

    def __reversed__(self) -> Iterator[Group]:
        return map(self._at, reversed(self.edges[:-1]))

    def _at(self, start: int) -> Group:
        return self.large.get(start) or self._single(int(self.order[start]))

    def _single(self, place: int) -> Group:
        lane, constants, run = self.frozen.lane, len(self.frozen.constants), self.run
        value, partials = self.rows[run.code[place]]
        operands = []
        for of in (run.of_a, run.of_b)[: len(partials)]:
            slot = int(of[place])
            in_lanes = slot >= lane
            operands.append(Operand(_one(slot - lane * in_lanes), in_lanes, slot < constants, None))
        return Group(value, partials, _one(place + self.origin), tuple(operands))

    def _kind(self, slots: Array) -> Array:
        """0 for constants, 1 for other single numbers, 2 for lanes."""
        return np.searchsorted([len(self.frozen.constants), self.frozen.lane], slots, side="right")

    def _group(self, places: Array) -> Group:
        run, lane = self.run, self.frozen.lane
        value, partials = self.rows[run.code[places[0]]]
        slots = (of[places] for of in (run.of_a, run.of_b)[: len(partials)])
        operands = tuple(_operand(of.astype(np.intp), int(self._kind(of[0])), lane) for of in slots)
        return Group(value, partials, _index(places + self.origin), operands)


def _heights(run: Operations) -> Array:
    """How many operations of the run come one after the other below each, itself included."""
    heights = [0] * (run.first + run.size)
    for slot, (a, b) in enumerate(zip(run.of_a.tolist(), run.of_b.tolist(), strict=True), start=run.first):
        heights[slot] = max(heights[a], heights[b]) + 1
    return np.array(heights[run.first :], dtype=np.int64)


def _operand(slots: Array, kind: int, lane: int) -> Operand:
    in_lanes = kind == 2
    local = slots - lane * in_lanes
    order = np.argsort(local, kind="stable")
    targets, starts = np.unique(local[order], return_index=True)
    return Operand(_index(local), in_lanes, kind == 0, (order, starts, targets) if len(targets) < len(local) else None)


def _index(slots: Array) -> Array | slice:
    """Slots that follow each other, as a slice: NumPy then reads them in place."""
    return slice(int(slots[0]), int(slots[-1]) + 1) if np.all(np.diff(slots) == 1) else slots


def _one(slot: int) -> slice:
    return slice(slot, slot + 1)
