"""Graphs for properties."""

import random
from fractions import Fraction

from hypothesis import strategies as st

from autograd import Value


@st.composite
def graphs(draw):
    """A root and one of the leaves it may depend on, with every kind of sharing in between."""
    source = random.Random(draw(st.integers(0, 10**6)))
    nodes = [Value(Fraction(source.randint(-3, 3)), label=name) for name in "abc"]
    for _ in range(draw(st.integers(1, 9))):
        x, y = source.choice(nodes), source.choice(nodes)
        nodes.append(source.choice([lambda x, y: x + y, lambda x, y: x * y, lambda x, y: x - 2 * y])(x, y))
    return nodes[-1], nodes[0]
