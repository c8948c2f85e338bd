"""Replay by NumPy: a few calls for each statement of the lowered graph, however many numbers it is about.

The rows of the table are called on arrays, so any row will do, a custom one too.
"""

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any, NamedTuple, Protocol

import numpy as np

from autograd.program.careful import on_arrays
from autograd.program.lowering.lower import lower
from autograd.program.lowering.statements import Elementwise, Lowered, MatMul
from autograd.program.tape import SUM, Array, Frozen, Operations

MANY = 1000  # statements
Numbers = tuple[Array, Array]  # those that are the same for all rows, (slots, 1), and the others, (slots, rows)


class Work(Protocol):
    """A statement made ready to be done."""

    def forward(self, numbers: Numbers) -> None:
        """Compute its results."""

    def backward(self, numbers: Numbers, adjoints: Numbers, for_inputs: bool) -> None:
        """Add what its results pass on to the adjoints of its operands."""


class NumpyBackend:
    """The rows' own functions, and the matrix products of NumPy."""

    def __init__(self, tape: Frozen) -> None:
        self.frozen = lowered = lower(tape)
        self._work = [_Statements(lowered, is_each) for is_each in (False, True)]

    def forward(self, run: Operations, values: Array, lanes: Array) -> None:
        """Compute the values of a run."""
        numbers = values[: self.frozen.lane, None], lanes
        with np.errstate(all="ignore"):
            for work in self._work[run is self.frozen.each]:
                work.forward(numbers)

    def backward(
        self, run: Operations, values: Array, lanes: Array, adjoints: Array, lane_adjoints: Array, for_inputs: bool
    ) -> None:
        """Add what each operation passes on to the adjoints of its operands."""
        lane = self.frozen.lane
        numbers, sums = (values[:lane, None], lanes), (adjoints[:lane, None], lane_adjoints)
        with np.errstate(all="ignore"):
            for work in reversed(self._work[run is self.frozen.each]):
                work.backward(numbers, sums, for_inputs)


class _Statements:
    """The statements of a run, made ready.

    In a long program those of a single operation are made ready whenever their turn comes: kept, they would take up
    more room than all the rest.
    """

    def __init__(self, lowered: Lowered, is_each: bool) -> None:
        self.lowered, self.is_each = lowered, is_each
        self.rows = [on_arrays(row) for row in lowered.rows]
        self.edges = lowered.edges[is_each].tolist()
        code = (lowered.each if is_each else lowered.once).code
        self.kept = {
            start: self._ready(start, stop)
            for start, stop in pairwise(self.edges)
            if stop > start + 1 or code[start] == SUM or len(self.edges) < MANY
        }

    def __iter__(self) -> Iterator[Work]:
        return (self.kept.get(start) or self._ready(start, stop) for start, stop in pairwise(self.edges))

    def __reversed__(self) -> Iterator[Work]:
        backwards = pairwise(reversed(self.edges))
        return (self.kept.get(start) or self._ready(start, stop) for stop, start in backwards)

    def _ready(self, start: int, stop: int) -> Work:
        run = self.lowered.each if self.is_each else self.lowered.once
        if (
            stop == start + 1 and run.code[start] != SUM
        ):  # the shortest way: a long program comes by here at each replay
            value, partials = self.rows[run.code[start]]
            operands = tuple(_one(int(of[start]), self.lowered) for of in (run.of_a, run.of_b)[: len(partials)])
            return _Elementwise(value, partials, _one(run.first + start, self.lowered), operands)
        statement = self.lowered.statement(self.is_each, start, stop)
        if isinstance(statement, Elementwise):
            value, partials = self.rows[run.code[start]]
            operands = tuple(_operand(slots, self.lowered) for slots in statement.operands)
            return _Elementwise(value, partials, _operand(statement.out, self.lowered), operands)
        return _sum(statement, self.lowered)


Product = tuple[int, int, int, Work]


def products(lowered: Lowered, is_each: bool) -> list[Product]:
    """The matrix products of a run: (start, stop, multiplications for each row, made ready)."""
    edges, found = lowered.edges[is_each].tolist(), []
    for start, stop in pairwise(edges):
        if stop > start and lowered.matrix_rows[is_each][start]:
            work = (stop - start) * int(lowered.products[is_each][start])
            found.append((start, stop, work, _sum(lowered.statement(is_each, start, stop), lowered)))
    return found


def _sum(statement: Any, lowered: Lowered) -> Work:
    operands = (_operand(slots, lowered) for slots in np.moveaxis(statement.beside, -1, 0))
    out, beside = _operand(statement.out, lowered), tuple(operands)
    if isinstance(statement, MatMul):
        return _MatMul(out, _operand(statement.matrix, lowered), _operand(statement.vectors, lowered), beside)
    second = None if statement.second is None else _operand(statement.second, lowered)
    return _Sum(out, _operand(statement.first, lowered), second, beside)


class _Operand(NamedTuple):
    """Where numbers are found, and where adjoints of theirs are added up.

    slots: within the one-number or the lane slots, as ``in_lanes`` says. shape: of what is read, without the lanes.
    is_constant: no adjoint is wanted. is_input: all are inputs of the program.
    repeats: for slots that occur more than once, how they sort: the order, the places where a new slot begins, and the
    slots, each once.
    """

    slots: Array | slice
    in_lanes: bool
    shape: tuple[int, ...]
    is_constant: bool
    is_input: bool
    repeats: tuple[Array, Array, Array] | None

    def read(self, numbers: Numbers) -> Array:
        """(*shape, lanes); of one number for all rows (*shape, 1)."""
        found: Array = numbers[self.in_lanes][self.slots]
        return found if len(self.shape) == 1 else found.reshape(*self.shape, -1)

    def add(self, adjoints: Numbers, share: Array) -> None:
        """Add a share of the shape that ``read`` gives, or one for each lane."""
        if not self.in_lanes and share.shape[-1] > 1:
            share = share.sum(axis=-1, keepdims=True)
        if share.ndim != 2:
            share = share.reshape(-1, adjoints[1].shape[1] if self.in_lanes else 1)
        slots: Any = self.slots
        if self.repeats:
            order, starts, slots = self.repeats
            share = np.add.reduceat(share[order], starts)
        adjoints[self.in_lanes][slots] += share


def _operand(slots: Array, lowered: Lowered) -> _Operand:
    flat, lane = slots.ravel(), lowered.lane
    in_lanes = bool(flat[0] >= lane)
    local = flat - lane * in_lanes
    is_constant = bool((flat < len(lowered.constants)).all())
    is_input = in_lanes and bool((flat < lowered.each.first).all())
    if np.all(np.diff(local) == 1):  # slots that follow each other are read in place
        return _Operand(slice(int(local[0]), int(local[-1]) + 1), in_lanes, slots.shape, is_constant, is_input, None)
    order = np.argsort(local, kind="stable")
    targets, starts = np.unique(local[order], return_index=True)
    repeats = (order, starts, targets) if len(targets) < len(local) else None
    return _Operand(local, in_lanes, slots.shape, is_constant, is_input, repeats)


def _one(slot: int, lowered: Lowered) -> _Operand:
    in_lanes = slot >= lowered.lane
    local = slot - lowered.lane * in_lanes
    is_input = in_lanes and slot < lowered.each.first
    return _Operand(slice(local, local + 1), in_lanes, (1,), slot < len(lowered.constants), is_input, None)


class _Elementwise(NamedTuple):
    value: Callable[..., Any]
    partials: tuple[Callable[..., Any], ...]
    out: _Operand
    operands: tuple[_Operand, ...]

    def forward(self, numbers: Numbers) -> None:
        numbers[self.out.in_lanes][self.out.slots] = self.value(*(operand.read(numbers) for operand in self.operands))

    def backward(self, numbers: Numbers, adjoints: Numbers, for_inputs: bool) -> None:
        adjoint = self.out.read(adjoints)
        given = self.out.read(numbers), *(operand.read(numbers) for operand in self.operands)
        for operand, derivative in zip(self.operands, self.partials, strict=True):
            if operand.is_constant:
                continue
            local = derivative(*given)
            if isinstance(local, int):
                if local:  # 0 everywhere passes nothing on, also of an infinite adjoint
                    operand.add(adjoints, adjoint if local == 1 else adjoint * local)
            else:
                operand.add(adjoints, adjoint * local)


class _Sum(NamedTuple):
    out: _Operand
    first: _Operand
    second: _Operand | None
    beside: tuple[_Operand, ...]

    def forward(self, numbers: Numbers) -> None:
        terms = self.first.read(numbers)
        total = np.add.reduce(terms * self.second.read(numbers) if self.second else terms, axis=1)
        for operand in self.beside:
            total = total + operand.read(numbers)
        numbers[self.out.in_lanes][self.out.slots] = total

    def backward(self, numbers: Numbers, adjoints: Numbers, for_inputs: bool) -> None:
        adjoint = self.out.read(adjoints)
        for operand in self.beside:
            operand.add(adjoints, adjoint)
        each = adjoint[:, None]
        if self.second is None:
            self.first.add(adjoints, np.broadcast_to(each, (*self.first.shape, adjoint.shape[-1])))
            return
        first, second = self.first.read(numbers), self.second.read(numbers)
        for operand, other in ((self.first, second), (self.second, first)):
            if not operand.is_constant:
                operand.add(adjoints, each * other)


class _MatMul(NamedTuple):
    """A layer: every vector times a matrix. Its derivatives are those of mul and add, added up.

    d out[p, k] / d vectors[p, m] is matrix[k, m], and d out[p, k] / d matrix[k, m] is vectors[p, m].
    """

    out: _Operand
    matrix: _Operand
    vectors: _Operand
    beside: tuple[_Operand, ...]

    def forward(self, numbers: Numbers) -> None:
        matrix, vectors = self.matrix.read(numbers)[..., 0], self.vectors.read(numbers)
        out = self.out.read(numbers)
        if vectors.shape[-1] == 1:
            np.matmul(vectors[..., 0], matrix.T, out=out[..., 0])
        else:
            np.matmul(matrix, vectors, out=out)
        for operand in self.beside:
            out += operand.read(numbers)

    def backward(self, numbers: Numbers, adjoints: Numbers, for_inputs: bool) -> None:
        adjoint = self.out.read(adjoints)
        for operand in self.beside:
            operand.add(adjoints, adjoint)
        matrix, vectors = self.matrix.read(numbers)[..., 0], self.vectors.read(numbers)
        # (k, p and lanes): all products with one matrix, side by side
        wide, inputs = (x.transpose(1, 0, 2).reshape(x.shape[1], -1) for x in (adjoint, vectors))
        if not self.matrix.is_constant:
            self.matrix.add(adjoints, (wide @ inputs.T)[..., None])
        if not self.vectors.is_constant and (for_inputs or not self.vectors.is_input):
            share = (matrix.T @ wide).reshape(len(inputs), *adjoint.shape[::2])
            self.vectors.add(adjoints, share.transpose(1, 0, 2))
