"""A product that is used once, by an addition, is done together with it: a * b + c."""

from dataclasses import replace
from typing import Any, TypeVar

import numpy as np

from autograd.program.lowering.statements import Lowered
from autograd.program.tape import FUSED, Array, Frozen, Operations
from autograd.registry import TABLE

Graph = TypeVar("Graph", bound=Frozen)


def fuse(frozen: Graph) -> Graph:
    """The same graph with each such product joined to its addition. What it gave has no slot any more."""
    mul, add = (frozen.rows.index(TABLE[name]) if TABLE[name] in frozen.rows else -1 for name in ("mul", "add"))
    runs = frozen.once, frozen.each
    read = [frozen.outputs, *(of for run in runs for of in (run.of_a, run.of_b))]
    if isinstance(frozen, Lowered):
        read += [frozen.first, frozen.second]
    uses = np.bincount(np.concatenate(read), minlength=frozen.slots)
    dropped = np.zeros(frozen.slots, dtype=bool)
    joined = [_joined(run, mul, add, uses, dropped) for run in runs]
    kept = np.cumsum(~dropped) - 1  # where each slot that is left goes
    left = [~dropped[run.first : run.first + run.size] for run in runs]
    once, each = (_moved(run, here, kept, dropped) for run, here in zip(joined, left, strict=True))
    changes: dict[str, Any] = {"once": once, "each": each, "outputs": kept[frozen.outputs]}
    if isinstance(frozen, Lowered):
        changes |= {side: kept[getattr(frozen, side)].astype(np.uint32) for side in ("first", "second")}
        for name in ("matrix_rows", "products"):
            changes[name] = tuple(of[here] for of, here in zip(getattr(frozen, name), left, strict=True))
        places = (np.append(0, np.cumsum(here)) for here in left)
        changes["edges"] = tuple(place[edges] for place, edges in zip(places, frozen.edges, strict=True))
    return replace(frozen, **changes)


def _joined(run: Operations, mul: int, add: int, uses: Array, dropped: Array) -> Operations:
    """The run with products in their additions; they are marked as dropped."""
    used_once = (run.code == mul) & (uses[run.first : run.first + run.size] == 1)

    def joins(of: Array) -> Array:
        inside: Array = (of >= run.first) & (run.code == add)
        inside[inside] = used_once[of[inside] - run.first]
        return inside

    first = joins(run.of_a)
    second = joins(run.of_b) & ~first
    code, of_a, of_b, of_c = (array.copy() for array in (run.code, run.of_a, run.of_b, run.of_c))
    for chosen, product, other in ((first, run.of_a, run.of_b), (second, run.of_b, run.of_a)):
        place = product[chosen] - run.first
        code[chosen], of_a[chosen], of_b[chosen], of_c[chosen] = FUSED, run.of_a[place], run.of_b[place], other[chosen]
        dropped[product[chosen]] = True
    return Operations(run.first, code, of_a, of_b, of_c)


def _moved(run: Operations, left: Array, kept: Array, dropped: Array) -> Operations:
    """The operations that are left, with the new slots of their operands. A sum has its number in the place of c."""
    code, of_c = run.code[left], run.of_c[left]
    of_a, of_b = (kept[of[left]].astype(np.uint32) for of in (run.of_a, run.of_b))
    of_c = np.where(code == FUSED, kept[np.where(code == FUSED, of_c, 0)], of_c).astype(np.uint32)
    return Operations(run.first - int(dropped[: run.first].sum()), code, of_a, of_b, of_c)
