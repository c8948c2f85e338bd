"""A recorded graph as arrays: which row, and where its operands are, one entry per operation.

Every number of the graph has a slot. The slots come in five runs, in this order:

    constants | leaves | operations done once | inputs | operations done for each row

Up to the inputs a slot holds one number for all rows that are replayed; from there on, a number a row.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograd.registry import Primitive

Array = np.ndarray[Any, Any]
CONSTANT, LEAF, ONCE, INPUT, EACH = range(5)
# Codes of what is not a row of the table: a sum of as many terms as there are, and a * b + c.
SUM, FUSED = 65_535, 65_534


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
    replay. inputs: how many there are. once, each: the operations done once for all rows, and those done for each row.
    outputs: the slots of the results.
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


def freeze(order: Sequence[Any], outputs: Sequence[Any], inputs: Sequence[Any]) -> Frozen:
    """The graph of the outputs as arrays.

    order: their ancestors and the inputs, youngest first. inputs: in the order of the columns that take their place.
    """
    nodes = order[::-1]
    numbers = np.fromiter([node._number for node in nodes], dtype=np.int64)
    primitives = [node._primitive for node in nodes]
    rows = tuple(row for row in dict.fromkeys(primitives) if row.arity)
    codes = {row: code for code, row in enumerate(rows)}
    code = np.fromiter([codes.get(row, -1) for row in primitives], dtype=np.int32)
    computed = np.flatnonzero(code >= 0)
    code = code[computed].astype(np.uint16)

    # What each operation was applied to, by creation number; 0, which no node has, stands for a plain number.
    a = np.fromiter([0 if node._da is None else node._a._number for node in nodes], dtype=np.int64)[computed]
    b = np.fromiter([0 if node._db is None else node._b._number for node in nodes], dtype=np.int64)[computed]
    b = np.where(np.array([row.arity == 1 for row in rows], dtype=bool)[code], a, b)

    # Every number gets a place: the nodes in this order, then the constants, ...
    constants: list[float] = []

    def placed(operand: Array, argument: str) -> Array:
        places = np.searchsorted(numbers, operand)
        plain = operand == 0
        constants.extend(float(getattr(nodes[place], argument)) for place in computed[plain].tolist())
        places[plain] = len(nodes) + len(constants) - np.arange(np.count_nonzero(plain), 0, -1)
        return places

    of_a, of_b = placed(a, "_a"), placed(b, "_b")
    # a constant that occurs often is kept once; 0.0 and -0.0 differ in their bits
    distinct, same = np.unique(np.array(constants, dtype=float).view(np.int64), return_inverse=True)
    for of in (of_a, of_b):
        plain = of >= len(nodes)
        of[plain] = len(nodes) + same[of[plain] - len(nodes)]

    # ... and a kind, which decides on its slot.
    kind = np.repeat(np.array([LEAF, CONSTANT], dtype=np.uint8), [len(nodes), len(distinct)])
    columns = np.searchsorted(numbers, [node._number for node in inputs])
    kind[columns] = INPUT
    kind[computed] = ONCE
    if inputs:
        varies = (kind == INPUT).tolist()
        for place, a, b in zip(computed.tolist(), of_a.tolist(), of_b.tolist(), strict=True):
            varies[place] = varies[a] or varies[b]
        kind[computed[np.array(varies)[computed]]] = EACH
    starts = np.searchsorted(np.sort(kind), range(EACH + 1)).tolist()
    slots = np.empty(len(kind), dtype=np.uint32)
    slots[np.argsort(kind, kind="stable")] = np.arange(len(kind))
    slots[columns] = starts[INPUT] + np.arange(len(inputs))

    def run(chosen: int) -> Operations:
        here = kind[computed] == chosen
        a, b = slots[of_a[here]], slots[of_b[here]]
        return Operations(starts[chosen], code[here], a, b, a)

    return Frozen(
        rows=rows,
        constants=distinct.view(float),
        leaves=tuple(nodes[place] for place in np.flatnonzero(kind == LEAF).tolist()),
        inputs=len(inputs),
        once=run(ONCE),
        each=run(EACH),
        outputs=slots[np.searchsorted(numbers, [node._number for node in outputs])],
    )
