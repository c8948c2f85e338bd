"""The leaves of a program: where their numbers are read, and where their gradients are added."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from autograd.program.parameter_arrays import ParameterArrays, floats
from autograd.program.tape import Array


class Leaves:
    """Leaves that live in Values, or some of them in arrays while ``optimizer.resident()`` is open."""

    def __init__(self, leaves: Sequence[Any]) -> None:
        self.leaves = list(leaves)
        self._meeting: _Meeting | None = None

    def read(self, resident: ParameterArrays | None = None) -> Array:
        """Their numbers as they are now."""
        if resident is None:
            return floats([leaf._value for leaf in self.leaves], self.leaves, "data")
        _, here, there, _, beside = self._meet(resident)
        if not beside:
            data: Array = resident.data[there]
            return data
        data = np.empty(len(self.leaves))
        data[here] = resident.data[there]
        live = [self.leaves[place] for place in beside]
        data[beside] = floats([leaf._value for leaf in live], live, "data")
        return data

    def add(
        self, gradients: Array, values: list[Any], shares: list[float], resident: ParameterArrays | None = None
    ) -> None:
        """Add to the gradients of the leaves, and of further values, to all or to none."""
        if resident is None:
            _add([*self.leaves, *values], [*gradients.tolist(), *shares])
            return
        _, _, _, source, beside = self._meet(resident)
        grad = resident.grad + np.append(gradients, 0.0)[source]
        receivers, outside = [self.leaves[place] for place in beside], gradients[beside].tolist()
        for value, share in zip(values, shares, strict=True):
            place = resident.place.get(value)
            if place is None:
                receivers.append(value)
                outside.append(share)
            else:
                grad[place] += share
        _add(receivers, outside)
        resident.grad = grad

    def _meet(self, resident: ParameterArrays) -> "_Meeting":
        """Worked out once for the same arrays."""
        if self._meeting is None or self._meeting.place is not resident.place:
            places = np.array([resident.place.get(leaf, -1) for leaf in self.leaves], dtype=np.intp)
            here = np.flatnonzero(places >= 0)
            source = np.full(len(resident.place), len(self.leaves), dtype=np.intp)
            source[places[here]] = here
            self._meeting = _Meeting(resident.place, here, places[here], source, np.flatnonzero(places < 0).tolist())
        return self._meeting


class _Meeting(NamedTuple):
    """Leaves ``here`` of the program live in arrays at ``there``; those ``beside`` live in Values.

    source: for each place in the arrays the leaf that lives there, or one past the last. place: of each leaf in the
    arrays, which these arrays and no others have.
    """

    place: dict[Any, int]
    here: Array
    there: Array
    source: Array
    beside: list[int]


def _add(receivers: Sequence[Any], gradients: Sequence[float]) -> None:
    before = [leaf._grad for leaf in receivers]
    try:
        for leaf, gradient in zip(receivers, gradients, strict=True):
            leaf._grad += gradient
    except BaseException:  # also when it is interrupted: half a gradient would look like a whole one
        for leaf, grad in zip(receivers, before, strict=True):
            leaf._grad = grad
        raise
