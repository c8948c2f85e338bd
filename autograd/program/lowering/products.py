"""Rule 3: sums of one height and one shape are done together; those that share their factors are a matrix product.

w00 * x0 + w01 * x1, w10 * x0 + w11 * x1                      share x:  W @ x
w00 * x0 + w01 * x1, w10 * x0 + w11 * x1, and W @ y as well   share W:  [x, y] @ W.T
"""

from dataclasses import dataclass

import numpy as np

from autograd.program.lowering.operations import LANE, AllOperations
from autograd.program.lowering.sums import Sums
from autograd.program.tape import Array


@dataclass(frozen=True)
class Groups:
    """Which sums are done together. of_sum: the group of each sum, and row, vector: its place in a matrix product.

    rows: of each group how many rows the matrix has, or 0 where the group is not a matrix product.
    """

    of_sum: Array
    row: Array
    vector: Array
    rows: Array


def shapes(sums: Sums, ops: AllOperations, height: Array) -> Array:
    """A number for each sum, the same where run, height, count and kind of factors are the same.

    height: of each operation.
    """
    start = sums.starts[:-1]
    second = np.where(sums.second[start] < 0, -1, ops.kind[sums.second[start]] == LANE)
    beside = _mixed(sums, np.where(_is_beside(sums), 1 + (ops.kind[sums.first] == LANE), 0))
    first = ops.kind[sums.first[start]] == LANE
    return _numbered(ops.each[sums.root], height[sums.root], sums.products, sums.beside, first, second, beside)


def group(sums: Sums, ops: AllOperations, shape: Array) -> Groups:
    """The matrix products among the sums; what is none is grouped by its shape."""
    start = sums.starts[:-1]
    first_is_lane, has_second = ops.kind[sums.first[start]] == LANE, sums.second[start] >= 0
    matrices = ~_is_beside(sums)
    firsts, seconds = (_mixed(sums, np.where(matrices, side + 2, 0)) for side in (sums.first, sums.second))

    # sums with the same second factors are the rows of one matrix, in the order in which they were recorded
    same_vector = _numbered(shape, seconds)
    row, rows = _ranked(same_vector)
    matrix = np.zeros(len(rows), dtype=np.uint64)
    np.add.at(matrix, same_vector, firsts * _odd(row))
    # the same matrix and another vector: one more column
    of_matrix = _numbered(shape, rows[same_vector], matrix[same_vector])
    of_column = np.zeros(len(rows), dtype=np.int64)
    of_column[same_vector] = of_matrix
    vector = _ranked(of_column)[0][same_vector]

    is_matrix = has_second & ~first_is_lane & ((np.bincount(of_matrix)[of_matrix] > 1) | ops.each[sums.root])
    of_sum = _numbered(~is_matrix, np.where(is_matrix, of_matrix, shape))
    row, vector = (np.where(is_matrix, place, 0) for place in (row, vector))
    of_group = np.zeros(sums.size, dtype=np.int64)
    of_group[of_sum] = np.where(is_matrix, rows[same_vector], 0)
    return Groups(of_sum, row, vector, of_group)


def _is_beside(sums: Sums) -> Array:
    return sums.place() >= sums.products[sums.of_term()]


def _mixed(sums: Sums, entries: Array) -> Array:
    """One number for the entries of each sum's terms and their places: the same only where all are the same."""
    mixed = entries.astype(np.uint64)
    mixed = (mixed ^ (mixed >> np.uint64(15))) * np.uint64(0x9E3779B97F4A7C15)
    return sums.total(mixed * _odd(sums.place()))


def _odd(places: Array) -> Array:
    """A large odd number for each place (the finalizer of MurmurHash3)."""
    x = places.astype(np.uint64) + np.uint64(0x632BE59BD9B4E019)
    for factor in (0xFF51AFD7ED558CCD, 0xC4CEB9FE1A85EC53):
        x = (x ^ (x >> np.uint64(33))) * np.uint64(factor)
    return (x ^ (x >> np.uint64(33))) | np.uint64(1)


def _numbered(*columns: Array) -> Array:
    """0, 1, 2, ... for the entries, the same number where all columns are the same; in the order of the columns."""
    table = np.stack([np.asarray(column).astype(np.uint64) for column in columns])
    order = np.lexsort(table[::-1])
    new = np.any(np.diff(table[:, order], axis=1, prepend=table[:, order[:1]]), axis=0)
    numbers = np.empty(len(order), dtype=np.int64)
    numbers[order] = np.cumsum(new)
    return numbers


def _ranked(groups: Array) -> tuple[Array, Array]:
    """The rank of each entry within its group, by place; and how many each group has."""
    sizes = np.bincount(groups)
    order = np.argsort(groups, kind="stable")
    ranks = np.empty(len(groups), dtype=np.int64)
    ranks[order] = np.arange(len(groups)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return ranks, sizes
