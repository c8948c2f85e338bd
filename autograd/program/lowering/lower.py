"""From a frozen graph of scalars to its array form.

The three rules are in files of their own: sums.py, heights.py, products.py. Here they are put together, and every
number gets a new slot, so that what is done together lies together: a matrix in rows, a vector in a run.
"""

import numpy as np

from autograd.program.lowering.heights import heights
from autograd.program.lowering.operations import LANE, LEAF, AllOperations
from autograd.program.lowering.products import Groups, group, shapes
from autograd.program.lowering.statements import Lowered
from autograd.program.lowering.sums import Sums, find_sums
from autograd.program.tape import SUM, Array, Frozen, Operations

FEW = 8  # operations that are not worth putting in order
LONG, SHARE = 8, 0.05  # how long a sum must be to count, and how many terms there must be for each operation


def lower(tape: Frozen) -> Lowered:
    """The same graph, with its sums and matrix products, and with operations of one kind side by side."""
    ops = AllOperations(tape)
    return _lowered(ops, find_sums(ops))


def lower_long_sums(tape: Frozen) -> Lowered | None:
    """The same if sums make up a good part of the graph, else None, which is known before the work is done."""
    ops = AllOperations(tape)
    sums = find_sums(ops)
    is_worth_it = int(sums.lengths[sums.lengths >= LONG].sum()) >= SHARE * ops.size
    return _lowered(ops, sums) if is_worth_it else None


def _lowered(ops: AllOperations, sums: Sums) -> Lowered:
    height = heights(ops, sums.part_of < 0)
    groups = group(sums, ops, shapes(sums, ops, height))
    return _renumbered(ops, sums, groups, *_schedule(ops, sums, groups, height))


def _schedule(ops: AllOperations, sums: Sums, groups: Groups, height: Array) -> tuple[Array, Array]:
    """The operations that give a number, in the order in which they are done, and where each group of them begins."""
    sum_of = np.full(ops.size, -1)
    sum_of[sums.root] = np.arange(sums.size)
    left = np.flatnonzero(sums.part_of < 0)
    at = sum_of[left]
    is_sum = at >= 0
    padded = np.append(groups.of_sum, 0), np.append(groups.row, 0), np.append(groups.vector, 0)  # for -1, which is none
    kinds = [np.searchsorted([LANE], ops.kind[side[left]], side="right") for side in (ops.a, ops.b)]
    alike = np.where(is_sum, padded[0][at], (ops.code[left] * 2 + kinds[0]) * 2 + kinds[1])
    keys = np.stack([ops.each[left], height[left], ~is_sum, alike])
    row, vector = (np.where(is_sum, place[at], 0) for place in padded[1:])
    order = np.lexsort([row, vector, *keys[::-1]])
    edges = np.flatnonzero(np.any(np.diff(keys[:, order], prepend=-1), axis=0))
    return left[order], np.append(edges, len(left))


def _renumbered(ops: AllOperations, sums: Sums, groups: Groups, order: Array, edges: Array) -> Lowered:
    tape, one = ops.tape, ops.tape.slots  # the slot of a 1: a term that is not a product is 1 times itself
    sum_of = np.full(ops.size, -1)
    sum_of[sums.root] = np.arange(sums.size)
    constants = np.append(tape.constants, 1.0)
    leaves = _as_used(ops, sums, groups, order, sum_of)
    once = int(np.count_nonzero(~ops.each[order]))
    first_once = len(constants) + len(tape.leaves)
    first_each = first_once + once + tape.inputs
    moved = np.zeros(tape.slots + 1, dtype=np.int64)
    moved[: len(tape.constants)] = np.arange(len(tape.constants))
    moved[one] = len(tape.constants)
    moved[leaves] = len(constants) + np.arange(len(leaves))
    moved[tape.lane : tape.lane + tape.inputs] = first_each - tape.inputs + np.arange(tape.inputs)

    # slots in the order of work; within a group in the order of what it reads
    target = np.where(np.arange(len(order)) < once, first_once, first_each - once) + np.arange(len(order))
    done = 0
    for start, stop in zip(edges[:-1][np.diff(edges) >= FEW].tolist(), edges[1:][np.diff(edges) >= FEW].tolist()):
        moved[ops.slot[order[done:start]]] = target[done:start]
        members = order[start:stop]
        at = sum_of[members]
        if at[0] < 0:
            main = np.where(ops.kind[ops.a[members]] >= ops.kind[ops.b[members]], ops.a[members], ops.b[members])
            order[start:stop] = members[np.argsort(moved[main], kind="stable")]
        elif groups.rows[groups.of_sum[at[0]]]:
            vectors = members.reshape(-1, groups.rows[groups.of_sum[at[0]]])
            begin = moved[sums.second[sums.starts[sum_of[vectors[:, 0]]]]]
            order[start:stop] = vectors[np.argsort(begin, kind="stable")].ravel()
        moved[ops.slot[order[start:stop]]] = target[start:stop]
        done = stop
    moved[ops.slot[order[done:]]] = target[done:]

    # the terms of the sums in the order in which the sums are done
    at = sum_of[order]
    done_sums = at[at >= 0]
    lengths = sums.lengths[done_sums]
    starts = np.append(0, np.cumsum(lengths))
    chosen = np.arange(starts[-1]) + np.repeat(sums.starts[done_sums] - starts[:-1], lengths)
    first = moved[sums.first[chosen]]
    second = moved[np.where(sums.second[chosen] < 0, one, sums.second[chosen])]
    code = ops.code[order].astype(np.uint16)
    a, b, number = (np.zeros(len(order), dtype=np.uint32) for _ in range(3))
    code[at >= 0], number[at >= 0] = SUM, np.arange(len(done_sums))
    for operands, old in ((a, ops.a), (b, ops.b)):
        operands[at < 0] = moved[old[order[at < 0]]]

    def run(start: int, stop: int, slot: int) -> Operations:
        return Operations(slot, *(of[start:stop] for of in (code, a, b, number)))

    rows = np.zeros(len(order), dtype=np.int64)
    rows[at >= 0] = groups.rows[groups.of_sum[done_sums]]
    products = np.zeros(len(order), dtype=np.int64)
    products[at >= 0] = sums.products[done_sums]
    middle = int(np.searchsorted(edges, once))
    return Lowered(
        rows=tape.rows,
        constants=constants,
        leaves=tuple(tape.leaves[place] for place in (leaves - len(tape.constants)).tolist()),
        inputs=tape.inputs,
        once=run(0, once, first_once),
        each=run(once, len(order), first_each),
        outputs=moved[tape.outputs],
        terms=starts.astype(np.uint32),
        first=first.astype(np.uint32),
        second=second.astype(np.uint32),
        edges=(edges[: middle + 1], edges[middle:] - once),
        matrix_rows=(rows[:once], rows[once:]),
        products=(products[:once], products[once:]),
    )


def _as_used(ops: AllOperations, sums: Sums, groups: Groups, order: Array, sum_of: Array) -> Array:
    """The slots of the leaves: matrices first, row by row, then what stands beside their products, then all others."""
    at = sum_of[order]
    at = at[at >= 0]
    in_matrix = (groups.rows[groups.of_sum[at]] > 0) & (groups.vector[at] == 0)
    chosen = at[in_matrix]
    lengths = sums.lengths[chosen]
    place = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    slots = sums.first[place + np.repeat(sums.starts[chosen], lengths)]
    is_beside = place >= np.repeat(sums.products[chosen], lengths)
    candidates = np.concatenate([slots[~is_beside], slots[is_beside], np.flatnonzero(ops.kind == LEAF)])
    candidates = candidates[ops.kind[candidates] == LEAF]
    leaves, seen = np.unique(candidates, return_index=True)
    return leaves[np.argsort(seen)]
