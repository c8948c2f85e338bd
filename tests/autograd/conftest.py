"""What the tests of the engine share."""

from collections.abc import Callable, Iterator

import pytest

import autograd
from autograd.registry import TABLE, Primitive


@pytest.fixture
def own_row() -> Iterator[Callable[..., Primitive]]:
    """``autograd.primitive``; the rows that a test makes leave the table with it."""
    before = dict(TABLE)
    yield autograd.primitive
    TABLE.clear()
    TABLE.update(before)
