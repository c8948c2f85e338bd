"""A language model made of scalars: given the letters so far, how likely is each letter to come next?"""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np

from autograd import Value
from autograd.program.compile import compile
from autograd.program.program import Program
from autograd.program.tape import Array
from nn.classification import cross_entropy
from nn.modules.attention import CausalSelfAttention, Embedding
from nn.modules.initializers import normal, scaled
from nn.modules.layers import MLP, Layer
from nn.modules.module import Module
from nn.modules.normalization import RMSNorm
from nn.rng import Seed, generator


class GPT(Module):
    """A transformer with one block: attention over what came before, then a small network, each added to its input.

    tokens: how many there are; number 0 is the boundary, before and after every text. block: how many places there
    are, one more than the longest text has letters. size: how many numbers stand for a token. heads: of the attention.
    seed: for the weights. Source: Radford et al. 2019, with root mean square norms and without biases.
    """

    def __init__(self, tokens: int, block: int, size: int = 16, heads: int = 4, seed: Seed = None) -> None:
        draw, small = generator(seed), scaled(normal, 0.08)
        self.token = Embedding(tokens, size, draw, small)
        self.place = Embedding(block, size, draw, small)
        self.attention_norm = RMSNorm(size)
        self.attention = CausalSelfAttention(size, heads, draw, bias=False, init=small)
        self.network_norm = RMSNorm(size)
        self.network = MLP(size, [4 * size, size], seed=draw, bias=False, init=small)
        self.output_norm = RMSNorm(size)
        self.output = Layer(size, tokens, nonlin=False, seed=draw, bias=False, init=small)

    def embed(self, text: Sequence[int]) -> list[list[Value]]:
        """What stands for the boundary and each token of a text, filled up with boundaries: (block, size) leaves."""
        padded = [0, *text] + [0] * (len(self.place.table) - 1 - len(text))
        return [list(self.token(token)) for token in padded]

    def forward(self, embedded: Sequence[Sequence[Any]]) -> list[list[Any]]:
        """The logits of the token that follows each place: (places, tokens)."""
        x = [added(vector, self.place(i)) for i, vector in enumerate(embedded)]
        attended = self.attention([self.attention_norm(xi) for xi in x])
        x = [added(xi, hi) for xi, hi in zip(x, attended, strict=True)]
        x = [added(xi, self.network(self.network_norm(xi))) for xi in x]
        return [self.output(self.output_norm(xi)) for xi in x]

    def following(self, text: Sequence[int]) -> list[list[float]]:
        """What should follow each place, as one-hot rows: (block, tokens). Where nothing should, all are 0."""
        rows = np.zeros((len(self.place.table), len(self.token.table)))
        rows[range(len(text) + 1), [*text, 0]] = 1
        return rows.tolist()

    @cached_property
    def program(self) -> Program:
        """The logits at every place of a text, recorded once; it reads the weights as they are."""
        inputs = [[Value(0.0) for _ in vector] for vector in self.embed([])]
        return compile([logit for place in self(inputs) for logit in place], [x for vector in inputs for x in vector])

    def logits(self, texts: Array) -> Array:
        """For tokens (texts, block), each row beginning with the boundary: (texts, block, tokens)."""
        table = np.array([[x.data for x in vector] for vector in self.token.table])
        outputs: Array = self.program(table[texts].reshape(len(texts), -1))
        return outputs.reshape(*texts.shape, -1)

    def sample(self, count: int, temperature: float = 1.0, seed: Seed = None) -> list[list[int]]:
        """New texts, token by token, each drawn with the probability that the model gives it.

        temperature: below 1 likely tokens become likelier, above 1 all become more alike.
        Raises ValueError for a temperature that is not positive.
        """
        if not temperature > 0:
            raise ValueError(f"temperature must be positive, such as 0.8, not {temperature}")
        draw, block = generator(seed), len(self.place.table)
        texts = np.zeros((count, block), dtype=int)  # what is still unknown does not matter to what comes before it
        for place in range(block - 1):
            scores = self.logits(texts)[:, place] / temperature
            chances = np.exp(scores - scores.max(axis=1, keepdims=True))
            for text, weights in zip(texts, chances.tolist(), strict=True):
                if place == 0 or text[place]:  # after the boundary nothing follows
                    text[place + 1] = draw.choices(range(len(weights)), weights)[0]
        return [[int(token) for token in text if token] for text in texts]


def text_loss(logits: Sequence[Sequence[Any]], following: Sequence[Sequence[Any]]) -> Any:
    """The cross-entropy over a whole text, in nats: minus the logarithm of the probability that the model gives it."""
    return sum(cross_entropy(at_place, wanted) for at_place, wanted in zip(logits, following, strict=True))


def added(a: Sequence[Any], b: Sequence[Any]) -> list[Any]:
    """The sum of two vectors."""
    return [x + y for x, y in zip(a, b, strict=True)]
