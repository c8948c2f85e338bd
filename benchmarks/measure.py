"""One contestant, measured in a process of its own."""

import builtins
import statistics
import sys
import time
from collections.abc import Callable
from contextlib import contextmanager
from typing import NamedTuple

LONG_ENOUGH = 0.5  # seconds of repeats


class Contestant(NamedTuple):
    """prepare: gives a step to repeat, and a function that reads its gradient; imports what it needs by itself."""

    name: str
    prepare: Callable


@contextmanager
def imports():
    """A list that grows by the seconds of each import, but for those that another import began."""
    original, seconds, nested = builtins.__import__, [], False

    def timed(*args, **kwargs):
        nonlocal nested
        if nested:
            return original(*args, **kwargs)
        nested, started = True, time.perf_counter()
        try:
            return original(*args, **kwargs)
        finally:
            nested = False
            seconds.append(time.perf_counter() - started)

    builtins.__import__ = timed
    try:
        yield seconds
    finally:
        builtins.__import__ = original


def measure(contestant):
    """Seconds to load, to prepare, and for each step; and the gradient after the first step."""
    sys.setrecursionlimit(1_000_000)  # micrograd's walk is recursive
    import numpy as np  # noqa: F401  all contestants load it, so it counts for none

    started = time.perf_counter()
    try:
        with imports() as loading:
            step, read = contestant.prepare()
            prepared = time.perf_counter() - sum(loading)
            step()
    except ImportError as error:
        return {"missing": str(error)}
    gradient = [float(x) for x in read()]
    times = []
    while sum(times) < LONG_ENOUGH:
        before = time.perf_counter()
        step()
        times.append(time.perf_counter() - before)
    return {
        "load": sum(loading),
        "prepare": prepared - started,
        "step": statistics.median(times),
        "fastest": min(times),
        "gradient": gradient,
    }
