"""Whether operations are recorded, and whether for the sake of a function that is being differentiated."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Lock

_wanted = ContextVar("recording", default=True)
differentiating = ContextVar("differentiating", default=False)  # whether grad(f) or its kin is calling f right now
_lock = Lock()
paused = 0  # how many no_grad() are open in all threads; while it is 0, nobody need ask wanted()


def wanted() -> bool:
    """Whether operations are recorded in this thread or task."""
    return _wanted.get()


@contextmanager
def no_grad() -> Iterator[None]:
    """Inside ``with no_grad():``, or a function decorated with it, results are computed but not recorded.

    They are leaves: no parents, nothing to differentiate. Holds for the current thread or task only.
    """
    with switched(False):
        yield


@contextmanager
def switched(on: bool) -> Iterator[None]:
    """Switch recording off, or on again inside ``no_grad``, for the current thread or task."""
    global paused
    token = _wanted.set(on)
    with _lock:
        paused += not on
    try:
        yield
    finally:
        with _lock:
            paused -= not on
        _wanted.reset(token)
