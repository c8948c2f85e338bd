"""A recorded graph as arrays: which row, and where its operands are, one entry per operation.

Every number of the graph has a slot. The slots come in five runs, in this order:

    constants | leaves | operations done once | inputs | operations done for each row

Up to the inputs a slot holds one number for all rows that are replayed; from there on, a number a row.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from autograd.primitive import Primitive

Array = np.ndarray[Any, Any]
KIND = 32  # while slots are being counted, one is written kind << 32 | place among its kind
CONSTANT, LEAF, ONCE, INPUT, EACH = (kind << KIND for kind in range(5))


@dataclass(frozen=True)
class Operations:
    """A run of operations, oldest first: entry i applies row ``code[i]`` and puts the result into slot ``first + i``.

    of_a, of_b: the slots of its operands (a row of one argument has the same in both); of_c: of the third operand of
    a fused operation.
    """

    first: int
    code: Array
    of_a: Array
    of_b: Array
    of_c: Array

    @property
    def size(self) -> int:
        """How many there are."""
        return len(self.code)


@dataclass(frozen=True)
class Frozen:
    """A graph that can be replayed.

    rows: what ``code`` counts through. constants: the plain numbers. leaves: the nodes whose data is read at each
    replay. inputs: how many there are. lane: the slot of the first. outputs: the slots of the results.
    """

    rows: tuple[Primitive, ...]
    constants: Array
    leaves: tuple[Any, ...]
    inputs: int
    once: Operations
    each: Operations
    outputs: Array

    @property
    def lane(self) -> int:
        """The first slot that holds a number a row: that of the first input."""
        return self.each.first - self.inputs

    @property
    def slots(self) -> int:
        """How many numbers one replay computes with."""
        return self.each.first + self.each.size


@dataclass
class _Run:
    """Operations while they are being listed."""

    kind: int
    rows: list[Primitive] = field(default_factory=list)
    of_a: list[int] = field(default_factory=list)
    of_b: list[int] = field(default_factory=list)


def freeze(order: Sequence[Any], outputs: Sequence[Any], inputs: Sequence[Any]) -> Frozen:
    """The graph of the outputs.

    order: their ancestors, youngest first. inputs: leaves, in the order of the columns that will take their place.
    """
    places = {node: INPUT | column for column, node in enumerate(inputs)}
    constants: list[float] = []
    leaves: list[Any] = []
    once, each = _Run(ONCE), _Run(EACH)

    def constant(given: Any) -> int:
        constants.append(float(given))
        return CONSTANT | len(constants) - 1

    for node in reversed(order):
        if node.dx is None and node.dy is None:
            if node not in places:
                places[node] = LEAF | len(leaves)
                leaves.append(node)
            continue
        a = places[node.x] if node.dx is not None else constant(node.x)
        b = places[node.y] if node.dy is not None else a if node.primitive.arity == 1 else constant(node.y)
        run = each if a >= INPUT or b >= INPUT else once
        places[node] = run.kind | len(run.rows)
        run.rows.append(node.primitive)
        run.of_a.append(a)
        run.of_b.append(b)

    rows = {row: code for code, row in enumerate(dict.fromkeys(once.rows + each.rows))}
    sizes = [len(constants), len(leaves), len(once.rows), len(inputs), len(each.rows)]
    starts = np.cumsum([0, *sizes])

    def slots(written: list[int]) -> Array:
        places = np.array(written, dtype=np.int64)
        found: Array = starts[places >> KIND] + (places & (1 << KIND) - 1)
        return found.astype(np.uint32)

    def operations(run: _Run) -> Operations:
        code = np.array([rows[row] for row in run.rows], dtype=np.uint16)
        of_a, of_b = slots(run.of_a), slots(run.of_b)
        return Operations(int(starts[run.kind >> KIND]), code, of_a, of_b, of_a)

    return Frozen(
        rows=tuple(rows),
        constants=np.array(constants, dtype=float),
        leaves=tuple(leaves),
        inputs=len(inputs),
        once=operations(once),
        each=operations(each),
        outputs=slots([places[node] for node in outputs]),
    )


def fuse(frozen: Frozen, outer: int, inner: int, fused: int) -> Frozen:
    """The same graph with each ``inner`` that is used once, by an ``outer``, done together with it, as ``fused``.

    outer: a row whose two arguments may change places (a sum). What ``inner`` gave has no slot any more.
    """
    uses = np.bincount(
        np.concatenate([frozen.outputs] + [of for run in (frozen.once, frozen.each) for of in (run.of_a, run.of_b)]),
        minlength=frozen.slots,
    )
    dropped = np.zeros(frozen.slots, dtype=bool)
    runs = []
    for run in (frozen.once, frozen.each):
        once_used = (run.code == inner) & (uses[run.first : run.first + run.size] == 1)

        def joins(of: Array, run: Operations = run, once_used: Array = once_used) -> Array:
            inside: Array = of >= run.first
            inside[inside] = once_used[of[inside] - run.first]
            inside &= run.code == outer
            return inside

        first = joins(run.of_a)
        second = joins(run.of_b) & ~first
        code, of_a, of_b, of_c = (array.copy() for array in (run.code, run.of_a, run.of_b, run.of_b))
        for chosen, product, other in ((first, run.of_a, run.of_b), (second, run.of_b, run.of_a)):
            place = product[chosen] - run.first
            code[chosen], of_a[chosen], of_b[chosen], of_c[chosen] = (
                fused,
                run.of_a[place],
                run.of_b[place],
                other[chosen],
            )
            dropped[product[chosen]] = True
        runs.append(Operations(run.first, code, of_a, of_b, of_c))
    kept = np.cumsum(~dropped) - 1  # where each slot that is left goes

    def moved(run: Operations) -> Operations:
        left = ~dropped[run.first : run.first + run.size]
        of_a, of_b, of_c = (kept[of[left]].astype(np.uint32) for of in (run.of_a, run.of_b, run.of_c))
        return Operations(run.first - int(dropped[: run.first].sum()), run.code[left], of_a, of_b, of_c)

    once, each = map(moved, runs)
    return replace(frozen, once=once, each=each, outputs=kept[frozen.outputs])
