"""Whether operations are recorded, and whether for the sake of a function that is being differentiated."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

_recording = ContextVar("recording", default=True)
recording = _recording.get  # whether operations are recorded in this thread or task: asked at every operation
differentiating: ContextVar[tuple[Any, ...]] = ContextVar("differentiating", default=())  # inputs of the f of grad(f)


@contextmanager
def no_grad() -> Iterator[None]:
    """Inside ``with no_grad():``, or a function decorated with it, results are computed but not recorded.

    They are leaves: no parents, nothing to differentiate. Holds for the current thread or task, and for tasks that
    are started inside. A generator that waits at a ``yield`` inside of it leaves recording off for its caller, until
    it goes on and leaves the block or is closed: collect results in a list inside, and yield them after the block.
    """
    with switched(False):
        yield


@contextmanager
def switched(on: bool) -> Iterator[None]:
    """Switch recording off, or on again inside ``no_grad``, for the current thread or task."""
    token = _recording.set(on)
    try:
        yield
    finally:
        _recording.reset(token)
