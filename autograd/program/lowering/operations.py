"""All operations of a frozen graph in one list, with what lowering asks about each."""

from functools import cached_property

import numpy as np

from autograd.program.tape import Array, Frozen
from autograd.registry import TABLE

LEAF, CONSTANT, ONCE, LANE = range(4)  # kinds of slots, in the order in which they stand in a product


class AllOperations:
    """The operations done once, then those done for each row: entry i applies row ``code[i]`` to slots a[i] and b[i].

    slot: where each result goes. each: whether it is done for each row. at: the operation that fills a slot, or -1.
    kind: of every slot. uses: how often each slot is read. user: the operation that read it last.
    """

    def __init__(self, tape: Frozen) -> None:
        runs = tape.once, tape.each
        self.tape = tape
        self.size = sum(run.size for run in runs)
        self.code = np.concatenate([run.code for run in runs]).astype(np.int64)
        self.a = np.concatenate([run.of_a for run in runs]).astype(np.int64)
        self.b = np.concatenate([run.of_b for run in runs]).astype(np.int64)
        self.slot = np.concatenate([run.first + np.arange(run.size) for run in runs])
        self.each = np.arange(self.size) >= tape.once.size
        self.at = np.full(tape.slots, -1)
        self.at[self.slot] = np.arange(self.size)

    @cached_property
    def kind(self) -> Array:
        """LEAF, CONSTANT, ONCE or LANE, for every slot."""
        kind = np.full(self.tape.slots, LANE, dtype=np.int8)
        kind[: self.tape.lane] = ONCE
        kind[: self.tape.once.first] = LEAF
        kind[: len(self.tape.constants)] = CONSTANT
        return kind

    @cached_property
    def uses(self) -> Array:
        """How often each slot is an operand or an output. What has one argument counts twice, which does no harm."""
        return np.bincount(np.concatenate([self.a, self.b, self.tape.outputs]), minlength=self.tape.slots)

    @cached_property
    def user(self) -> Array:
        """For each operation one that reads its result, or itself."""
        user = np.full(self.tape.slots, -1)
        for operand in (self.a, self.b):
            user[operand] = np.arange(self.size)
        found = user[self.slot]
        return np.where(found < 0, np.arange(self.size), found)

    def applies(self, name: str) -> Array:
        """Which operations apply this row of the table."""
        row = TABLE[name]
        found: Array = self.code == (self.tape.rows.index(row) if row in self.tape.rows else -1)
        return found
