"""Where random numbers come from: a seed where one is given, else the source that ``random.seed`` governs."""

import random
from collections.abc import Mapping
from operator import index
from typing import Any

Seed = int | random.Random | None

# What random.random(), random.shuffle() and so on all draw from.
SHARED: random.Random = random.random.__self__  # type: ignore[attr-defined]


def generator(seed: Seed) -> random.Random:
    """Something with ``uniform``, ``shuffle`` and so on.

    seed: None for what the module ``random`` draws from (which ``random.seed`` governs), an int for numbers of one's
    own, the same in every run, or what an earlier call gave, to continue drawing from it. Raises TypeError for anything
    else.
    """
    if seed is None:
        return SHARED
    if isinstance(seed, random.Random):
        return seed
    if hasattr(seed, "__index__"):
        return random.Random(index(seed))
    raise TypeError(f"seed must be an int, a random.Random or None, not {type(seed).__name__} {seed!r}")


class Generators:
    """Sources of random numbers by name, and how far each of them has been drawn from."""

    def __init__(self, sources: Mapping[str, random.Random]) -> None:
        self.sources = sources

    def state_dict(self) -> dict[str, Any]:
        """Where each source stands, as plain lists."""
        return {name: source.getstate() for name, source in self.sources.items()}

    def load_state_dict(self, state: Mapping[str, Any]) -> None:
        """Restore each source. Raises ValueError, with nothing changed, when the names differ."""
        if state.keys() != self.sources.keys():
            raise ValueError(f"the sources of random numbers are {', '.join(self.sources)}, not {', '.join(state)}")
        for name, (version, words, gauss) in state.items():
            self.sources[name].setstate((version, tuple(words), gauss))
