"""Where random numbers come from: a seed where one is given, else Python's ``random``."""

import random
from operator import index
from types import ModuleType
from typing import Any

Seed = int | random.Random | ModuleType | None


def generator(seed: Seed) -> Any:
    """Something with ``uniform``, ``shuffle`` and so on.

    seed: None for the module ``random`` itself (which ``random.seed`` governs), an int for numbers of one's own, the
    same in every run, or what an earlier call gave, to go on drawing from it. Raises TypeError for anything else.
    """
    if seed is None:
        return random
    if isinstance(seed, random.Random) or seed is random:
        return seed
    if hasattr(seed, "__index__"):
        return random.Random(index(seed))
    raise TypeError(f"seed must be an int, a random.Random or None, not {type(seed).__name__} {seed!r}")
