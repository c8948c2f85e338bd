"""Leaves with their numbers and gradients in arrays for a while, because reading and writing Values takes longer."""

from array import array
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from autograd.coercion import as_float, plain

if TYPE_CHECKING:
    from autograd.program.tape import Array


class _InArray:
    """The data and the grad of a Value while an array holds them: not a number, so an old one is never read."""

    def __repr__(self) -> str:
        return "<held in an array until the block 'with optimizer.resident()' ends>"

    def _refuse(self, *_: Any) -> Any:
        raise TypeError(f"this parameter is {self!r}: compute with a program there, or inside 'with arrays.shown()'")

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = _refuse
    __pow__ = __rpow__ = __neg__ = __abs__ = __float__ = __lt__ = __le__ = __gt__ = __ge__ = _refuse


IN_ARRAY = _InArray()


def floats(numbers: list[Any], leaves: Sequence[Any], what: str) -> "Array":
    """Numbers of leaves as an array. Raises TypeError or OverflowError, naming the leaf, for other data."""
    import numpy as np

    try:
        return np.array(array("d", numbers))  # stricter than NumPy, and faster
    except (TypeError, ValueError, OverflowError):
        for number, leaf in zip(numbers, leaves, strict=True):
            as_float(number, f"the {what} of leaf {leaf.label!r}")
        raise


class ParameterArrays:
    """The numbers and the gradients of some leaves, as arrays in the order of the leaves.

    data, grad: (number of leaves,). From ``take`` to ``give_back`` they hold what counts, and the Values refuse to be
    computed with.
    """

    data: "Array"
    grad: "Array"

    def __init__(self, leaves: Sequence[Any]) -> None:
        self.leaves = list(leaves)
        self.place = {leaf: place for place, leaf in enumerate(self.leaves)}
        self.taken = False

    def take(self) -> None:
        """Read the Values. Raises TypeError or OverflowError, with nothing changed, for anything but a real number."""
        self.data = floats([leaf._value for leaf in self.leaves], self.leaves, "data")
        self.grad = floats([plain(leaf._grad) for leaf in self.leaves], self.leaves, "gradient")
        self.taken = True
        try:
            for leaf in self.leaves:
                leaf._value = leaf._grad = IN_ARRAY
        except BaseException:
            self.give_back()
            raise

    def give_back(self) -> None:
        """Write the Values. It is finished also when it is interrupted, since half of it would lose numbers."""
        if not self.taken:
            return
        try:
            self._write()
        except KeyboardInterrupt:
            self._write()
            raise
        finally:
            self.taken = False

    def _write(self) -> None:
        for leaf, data, grad in zip(self.leaves, self.data.tolist(), self.grad.tolist(), strict=True):
            leaf._value, leaf._grad = data, grad

    @contextmanager
    def shown(self) -> Iterator[None]:
        """The Values hold their numbers for as long as this is open."""
        self.give_back()
        try:
            yield
        finally:
            self.take()

    def zero_grad(self) -> None:
        """Forget the gradients."""
        self.grad = self.grad.copy()  # an optimizer may have kept the old ones
        self.grad.fill(0)

    def lost(self) -> int | None:
        """The place of the first gradient that is infinite or NaN."""
        import numpy as np

        places = np.flatnonzero(~np.isfinite(self.grad))
        return int(places[0]) if len(places) else None

    def check(self) -> None:
        """Raise RuntimeError when the Values were changed meanwhile: the change would be lost."""
        first = self.leaves[0]
        if self.taken and not (first.data is IN_ARRAY and first.grad is IN_ARRAY):
            raise RuntimeError(
                "the parameters live in arrays inside 'with optimizer.resident()', and were changed beside them: use "
                "optimizer.zero_grad() there, not the model's, and change numbers outside of the block"
            )
