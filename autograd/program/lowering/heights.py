"""Rule 2: what has the same height does not wait for each other, and can be done together."""

import numpy as np

from autograd.program.lowering.operations import AllOperations
from autograd.program.tape import Array


def heights(ops: AllOperations, counts: Array) -> Array:
    """How many operations come one after the other below each, itself included; in each run from 0 on.

    counts: whether an operation counts. Parts of a sum do not: however long it is, a sum is one.
    """
    tape = ops.tape
    found: list[int] = [0] * tape.once.first
    runs = []
    for run, counted in ((tape.once, counts[: tape.once.size]), (tape.each, counts[tape.once.size :])):
        found += [0] * (run.first - len(found))
        for a, b, one in zip(run.of_a.tolist(), run.of_b.tolist(), counted.tolist(), strict=True):
            below, other = found[a], found[b]
            found.append((below if below > other else other) + one)
        runs.append(np.array(found[run.first :], dtype=np.int64))
        found[run.first :] = [0] * run.size
    return np.concatenate(runs)
