"""Where weights begin: functions (fan_in, fan_out, draw) -> number.

fan_in, fan_out: how many numbers go into a layer and come out of it. draw: a generator, such as ``random``.
The spread should neither blow up what passes through many layers nor let it fade away: Glorot and Bengio 2010
("Xavier") keep the variance for activations that are linear near 0, such as tanh; He et al. 2015 for relu, which
halves it.

    nn.Layer(8, 8, init=nn.initializers.he_normal)
    nn.Embedding(27, 16, init=nn.initializers.scaled(nn.initializers.normal, 0.08))
"""

import math
from collections.abc import Callable
from typing import Any

from nn.reprs import shows_call

Initializer = Callable[[int, int, Any], float]


def zeros(fan_in: int, fan_out: int, draw: Any) -> float:
    """0: all neurons of a layer then remain alike."""
    return 0.0


def uniform(fan_in: int, fan_out: int, draw: Any) -> float:
    """Evenly from -1 to 1."""
    return float(draw.uniform(-1, 1))


def normal(fan_in: int, fan_out: int, draw: Any) -> float:
    """From the normal distribution with mean 0 and standard deviation 1."""
    return float(draw.gauss(0, 1))


def xavier_uniform(fan_in: int, fan_out: int, draw: Any) -> float:
    """Evenly, with variance 2 / (fan_in + fan_out)."""
    return math.sqrt(6 / (fan_in + fan_out)) * uniform(fan_in, fan_out, draw)


def xavier_normal(fan_in: int, fan_out: int, draw: Any) -> float:
    """Normally, with variance 2 / (fan_in + fan_out)."""
    return math.sqrt(2 / (fan_in + fan_out)) * normal(fan_in, fan_out, draw)


def he_uniform(fan_in: int, fan_out: int, draw: Any) -> float:
    """Evenly, with variance 2 / fan_in."""
    return math.sqrt(6 / fan_in) * uniform(fan_in, fan_out, draw)


def he_normal(fan_in: int, fan_out: int, draw: Any) -> float:
    """Normally, with variance 2 / fan_in."""
    return math.sqrt(2 / fan_in) * normal(fan_in, fan_out, draw)


@shows_call
def scaled(init: Initializer, factor: float) -> Initializer:
    """What ``init`` gives, times the factor: ``scaled(normal, 0.08)`` has standard deviation 0.08."""
    return lambda fan_in, fan_out, draw: factor * init(fan_in, fan_out, draw)
