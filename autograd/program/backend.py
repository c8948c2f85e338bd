"""What a backend is.

There are two, and both take the rules from the table: NumPy calls them on arrays, Numba runs loops made from them.
"""

from typing import Protocol

from autograd.program.tape import Array, Frozen, Operations


class Backend(Protocol):
    """What does the arithmetic.

    values, adjoints: one number a slot. lanes, lane_adjoints: for the slots from the first input on, a number a row.
    """

    @property
    def frozen(self) -> Frozen:
        """The graph as the backend does it, with slots in an order of its own."""

    def forward(self, run: Operations, values: Array, lanes: Array) -> None:
        """Compute the values of a run."""

    def backward(
        self, run: Operations, values: Array, lanes: Array, adjoints: Array, lane_adjoints: Array, for_inputs: bool
    ) -> None:
        """Add what each operation passes on to the adjoints of its operands, youngest operation first.

        for_inputs: the adjoints of the inputs are wanted too, and not only those of the leaves.
        """
