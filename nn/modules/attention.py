"""What reads sequences of tokens: a vector for each token, and vectors that look back at those before."""

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import add, index, mul
from typing import Any

from autograd.coercion import describe, whole_number
from nn.classification import softmax
from nn.modules.initializers import Initializer, normal, xavier_uniform
from nn.modules.layers import Layer
from nn.modules.module import Module, Parameter
from nn.rng import Seed, generator


class Embedding(Module):
    """A table with a row of parameters for each token.

    count: how many tokens there are. size: how long a row is. seed, init: as in ``Neuron``; rows begin normally
    distributed, as in PyTorch.
    """

    def __init__(self, count: int, size: int, seed: Seed = None, init: Initializer = normal) -> None:
        draw = generator(seed)
        tokens, places = range(whole_number(count, "count")), range(whole_number(size, "size"))
        self.table = [
            [Parameter(init(count, size, draw), label=f"table[{token}][{i}]") for i in places] for token in tokens
        ]

    def forward(self, token: int) -> list[Parameter]:
        """The row of this token. Raises TypeError unless it is an int, ValueError for a token that does not exist."""
        try:
            place = index(token)
        except TypeError:
            raise TypeError(f"token must be the number of one token, an int such as 0, not {describe(token)}") from None
        if not 0 <= place < len(self.table):
            raise ValueError(f"token must lie between 0 and {len(self.table) - 1}, not {place}")
        return list(self.table[place])

    def __repr__(self) -> str:
        return f"Embedding({len(self.table)}, {len(self.table[0])})"


class CausalSelfAttention(Module):
    """Self-attention: each vector attends to itself and to earlier ones, and takes from each in proportion.

    Every vector asks (query), offers something to be found by (key), and has something to give (value), each a linear
    layer. The attention weights are softmax(query . key / sqrt(length)); what is taken goes through a linear layer.
    size: how long the vectors are, at least 2. heads: how many such looks there are, side by side, each with its own
    share of the numbers. seed, bias, init: as in ``Layer``.
    Raises ValueError when size is not a multiple of heads. Source: Vaswani et al. 2017, section 3.2.
    """

    def __init__(
        self, size: int, heads: int = 1, seed: Seed = None, bias: bool = True, init: Initializer = xavier_uniform
    ) -> None:
        if size < 2 or heads < 1 or size % heads:
            raise ValueError(f"size must be at least 2 and a multiple of heads; got {size} for {heads} heads")
        draw = generator(seed)
        self.query, self.key, self.value, self.output = (
            Layer(size, size, nonlin=False, seed=draw, bias=bias, init=init) for _ in range(4)
        )
        share = size // heads
        self.heads = [slice(start, start + share) for start in range(0, size, share)]

    def forward(self, x: Sequence[Sequence[Any]]) -> list[list[Any]]:
        """As many vectors as ``x`` has: each depends on the one in its own place and on those before."""
        queries, keys, values = ([layer(xi) for xi in x] for layer in (self.query, self.key, self.value))
        return [self.output(self._look(query, keys[: i + 1], values[: i + 1])) for i, query in enumerate(queries)]

    def _look(self, query: list[Any], keys: list[list[Any]], values: list[list[Any]]) -> list[Any]:
        taken = []
        for head in self.heads:
            root = len(query[head]) ** 0.5
            weights = softmax([dot(query[head], key[head]) / root for key in keys])
            taken += [dot(weights, column) for column in zip(*(value[head] for value in values), strict=True)]
        return taken

    def __repr__(self) -> str:
        return f"CausalSelfAttention({len(self.query.neurons)}, {len(self.heads)})"


def dot(a: Iterable[Any], b: Iterable[Any]) -> Any:
    """The dot product of two lists: the sum of the products of what stands in the same place."""
    return reduce(add, map(mul, a, b))
