"""Rule 1: additions that feed each other are one sum, and products that only a sum reads belong to it.

((b + w0 * x0) + w1 * x1) + w2 * x2   becomes   sum of b, w0 * x0, w1 * x1, w2 * x2
"""

from dataclasses import dataclass, replace

import numpy as np

from autograd.program.lowering.operations import LANE, AllOperations
from autograd.program.tape import Array

FEWEST_TERMS = 3  # a sum of two stays an addition
MOST_BESIDE = 2  # terms that may stand beside products: a bias, and what a layer's output is added to


@dataclass(frozen=True)
class Sums:
    """Sum i is what operation ``root[i]`` gives. Its terms, first * second, stand from ``starts[i]`` to the next start.

    products, beside: how many terms of a sum are products, which come first, and how many are single slots. Where no
    term is a product, all that can be are counted as products with nothing: second is -1 there.
    part_of: for every operation the root of the sum that it is a part of, so that it gives no number of its own; or -1.
    """

    root: Array
    starts: Array
    first: Array
    second: Array
    products: Array
    beside: Array
    part_of: Array

    @property
    def size(self) -> int:
        """How many sums there are."""
        return len(self.root)

    @property
    def lengths(self) -> Array:
        """How many terms each sum has."""
        lengths: Array = self.starts[1:] - self.starts[:-1]
        return lengths

    def of_term(self) -> Array:
        """The number of the sum that each term belongs to."""
        owners: Array = np.repeat(np.arange(self.size), self.lengths)
        return owners

    def total(self, entries: Array) -> Array:
        """The sum of each sum's entries, one a term."""
        exact = entries.astype(np.int64) if entries.dtype == bool else entries
        total: Array = np.add.reduceat(exact, self.starts[:-1]) if self.size else exact
        return total

    def place(self) -> Array:
        """The place of each term in its sum."""
        places: Array = np.arange(len(self.first)) - np.repeat(self.starts[:-1], self.lengths)
        return places

    def only(self, chosen: Array) -> "Sums":
        """These sums alone: the operations of all others give their numbers again."""
        terms = chosen[self.of_term()]
        kept = np.zeros(len(self.part_of) + 1, dtype=bool)  # the last one is for -1
        kept[self.root[chosen]] = True
        return Sums(
            self.root[chosen],
            np.concatenate([[0], np.cumsum(self.lengths[chosen])]),
            self.first[terms],
            self.second[terms],
            self.products[chosen],
            self.beside[chosen],
            np.where(kept[self.part_of], self.part_of, -1),
        )


def find_sums(ops: AllOperations) -> Sums:
    """All sums that can be done as arrays."""
    addition = ops.applies("add")
    user, size = ops.user, np.arange(ops.size)
    joins = (ops.uses[ops.slot] == 1) & (user != size) & addition[user] & (ops.each == ops.each[user])
    inner, product = joins & addition, joins & ops.applies("mul")
    root = _roots(np.where(inner, user, size))

    # every operand of an addition that is not an inner addition is a term; those of the oldest addition come first
    adding = np.flatnonzero(addition)
    owner = np.repeat(root[adding], 2)
    term = np.stack([ops.a[adding], ops.b[adding]], axis=1).ravel()
    source = ops.at[term]
    is_term = ~((source >= 0) & inner[source]) & ~_zeros(ops)[term]  # sum() begins with 0
    count = np.bincount(owner[is_term], minlength=ops.size)
    is_term &= count[owner] >= FEWEST_TERMS
    owner, term, source = owner[is_term], term[is_term], source[is_term]
    is_product = (source >= 0) & product[source]

    # products first, then what stands beside them; in a product leaves first, as weights stand before what they weigh
    order = np.lexsort([~is_product, owner])
    owner, term, source, is_product = (array[order] for array in (owner, term, source, is_product))
    first, second = np.where(is_product, ops.a[source], term), np.where(is_product, ops.b[source], -1)
    turned = is_product & (ops.kind[first] > ops.kind[second])
    first[turned], second[turned] = second[turned], first[turned]

    roots, starts, lengths = np.unique(owner, return_index=True, return_counts=True)
    products = np.bincount(np.repeat(np.arange(len(roots)), lengths), weights=is_product, minlength=len(roots)).astype(
        int
    )
    part_of = np.where(inner | product, root[np.where(product, user, size)], -1)
    found = Sums(roots, np.append(starts, len(owner)), first, second, products, lengths - products, part_of)
    return _fitting(_singles_as_products(found, ops), ops)


def _roots(root: Array) -> Array:
    """Where each way ends, given the next step of each. Every round doubles the length of the way that is known."""
    here = np.flatnonzero(root != np.arange(len(root)))
    while True:
        further = root[root[here]]
        if np.array_equal(further, root[here]):
            return root
        root[here] = further


def _zeros(ops: AllOperations) -> Array:
    zeros = np.zeros(ops.tape.slots, dtype=bool)
    zeros[: len(ops.tape.constants)] = ops.tape.constants == 0
    return zeros


def _singles_as_products(sums: Sums, ops: AllOperations) -> Sums:
    """In sums without any product the terms that are lanes, or else all, count as products with nothing."""
    lanes = ops.kind[sums.first] == LANE
    some = sums.total(lanes)
    plain = sums.products == 0
    products = np.where(plain, np.where(some > 0, some, sums.lengths), sums.products)
    of_term = sums.of_term()
    order = np.lexsort([~lanes & plain[of_term], of_term])
    return replace(
        sums, first=sums.first[order], second=sums.second[order], products=products, beside=sums.lengths - products
    )


def _fitting(sums: Sums, ops: AllOperations) -> Sums:
    """Sums that can be done as arrays: all first factors of one kind, all second ones, and few terms beside."""
    among_products = sums.place() < sums.products[sums.of_term()]
    fits = (sums.beside <= MOST_BESIDE) & (sums.products > 0)
    for side in (sums.first, sums.second):
        lanes = (ops.kind[side] == LANE) & among_products
        count = sums.total(lanes)
        fits &= (count == 0) | (count == sums.products)
    return sums.only(fits)
