"""One contestant, measured in a process of its own."""

import importlib
import statistics
import sys
import time
from collections.abc import Callable
from typing import NamedTuple

LONG_ENOUGH = 1.0  # seconds of repeats
FEWEST = 3


class Contestant(NamedTuple):
    """needs: the module to import first. prepare: gives a step to repeat, and a function that reads its gradient."""

    name: str
    needs: str
    prepare: Callable


def measure(contestant):
    """Seconds to load, to prepare, and for each step; and the gradient after the first step."""
    sys.setrecursionlimit(1_000_000)  # micrograd's walk is recursive
    import numpy as np  # noqa: F401  everybody's, so nobody's load

    started = time.perf_counter()
    try:
        importlib.import_module(contestant.needs)
    except ImportError as error:
        return {"missing": str(error)}
    loaded = time.perf_counter()
    step, read = contestant.prepare()
    prepared = time.perf_counter()
    step()
    gradient = [float(x) for x in read()]
    times = []
    while sum(times) < LONG_ENOUGH or len(times) < FEWEST:
        before = time.perf_counter()
        step()
        times.append(time.perf_counter() - before)
    return {
        "load": loaded - started,
        "prepare": prepared - loaded,
        "step": statistics.median(times),
        "fastest": min(times),
        "gradient": gradient,
    }
