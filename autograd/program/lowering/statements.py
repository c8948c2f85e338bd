"""The array form of a graph: what a person would have written with NumPy, statement by statement.

    MatMul       out[p, k] = vectors[p, :] @ matrix[k, :] + beside[p, k]
    Sum          out[g] = sum over i of first[g, i] * second[g, i], + beside[g]
    Elementwise  out[g] = row(operands[0][g], operands[1][g])

Entries are slots: where in the list of all numbers an operand stands. Slots that follow each other are read in place.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from autograd.program.tape import SUM, Array, Frozen
from autograd.registry import Primitive


@dataclass(frozen=True)
class Elementwise:
    """One row of the table, applied to as many operands as there are slots. out: (g,). operands: (g,) each."""

    primitive: Primitive
    out: Array
    operands: tuple[Array, ...]


@dataclass(frozen=True)
class Sum:
    """Sums of products, or of single numbers. out: (g,). first, second: (g, terms); beside: (g, further terms)."""

    out: Array
    first: Array
    second: Array | None
    beside: Array


@dataclass(frozen=True)
class MatMul:
    """Every row of a matrix times every vector. out: (p, k). matrix: (k, m). vectors: (p, m). beside: (p, k, terms)."""

    out: Array
    matrix: Array
    vectors: Array
    beside: Array


Statement = Elementwise | Sum | MatMul


@dataclass(frozen=True)
class Lowered(Frozen):
    """A frozen graph in which sums are operations of their own, and what is done together stands together.

    terms: where the terms of each sum begin; its number is its ``of_c``. first, second: the factors of all terms; one
    that is not a product is multiplied by the last constant, which is 1.
    For the operations done once, and for those done for each row:
    edges: where each statement begins. matrix_rows: of a sum in a matrix product, how many rows that has, else 0.
    products: how many terms of a sum are products.
    """

    terms: Array
    first: Array
    second: Array
    edges: tuple[Array, Array]
    matrix_rows: tuple[Array, Array]
    products: tuple[Array, Array]

    def statement(self, is_each: bool, start: int, stop: int) -> Statement:
        """The operations from start to stop of a run, which are one statement."""
        run = self.each if is_each else self.once
        out = run.first + np.arange(start, stop)
        if run.code[start] != SUM:
            primitive = self.rows[run.code[start]]
            operands = (run.of_a[start:stop], run.of_b[start:stop])[: primitive.arity]
            return Elementwise(primitive, out, tuple(of.astype(np.intp) for of in operands))
        terms = slice(int(self.terms[run.of_c[start]]), int(self.terms[run.of_c[stop - 1] + 1]))
        first = self.first[terms].astype(np.intp).reshape(len(out), -1)
        second = self.second[terms].astype(np.intp).reshape(len(out), -1)
        products, rows = int(self.products[is_each][start]), int(self.matrix_rows[is_each][start])
        beside = first[:, products:]
        first, second = first[:, :products], second[:, :products]
        if rows:
            return MatMul(
                out.reshape(-1, rows), first[:rows], second[::rows], beside.reshape(len(out) // rows, rows, -1)
            )
        return Sum(out, first, None if second[0, 0] == len(self.constants) - 1 else second, beside)

    def statements(self, is_each: bool) -> Iterator[Statement]:
        """All statements of a run, in the order in which they are done."""
        for start, stop in pairwise(self.edges[is_each].tolist()):
            yield self.statement(is_each, start, stop)
