"""Given names from many languages, and what a GPT of scalars learns from them: which letters follow which."""

import random
from collections import Counter
from collections.abc import Sequence
from importlib.resources import files
from itertools import pairwise
from math import log
from statistics import fmean
from typing import Any

import numpy as np

from nn.examples.gpt import GPT, text_loss
from nn.optim.optimizers import Adam
from nn.optim.schedules import linear
from nn.rng import Seed
from nn.training.fit import fit
from nn.training.history import History

TOKENS = 27  # a to z are 1 to 26, and 0 is the boundary
HELD_OUT = 0.1


def names() -> list[str]:
    """All names of nn/examples/names.txt, in lower case, a to z only, alphabetically."""
    return (files("nn.examples") / "names.txt").read_text(encoding="ascii").split()


def encode(name: str) -> list[int]:
    """The numbers of its letters."""
    return [ord(letter) - 96 for letter in name]


def decode(tokens: Sequence[int]) -> str:
    """The letters of these numbers."""
    return "".join(chr(96 + token) for token in tokens)


def split(seed: int = 0) -> tuple[list[str], list[str]]:
    """(training, held out), shuffled: nine tenths and one tenth."""
    shuffled = names()
    random.Random(seed).shuffle(shuffled)
    kept = round(HELD_OUT * len(shuffled))
    return shuffled[kept:], shuffled[:kept]


def learn(
    model: GPT, training: Sequence[str], held_out: Sequence[str], epochs: int, seed: Seed = None, progress: bool = True
) -> History:
    """Train the model on names; after each epoch it is measured on the names held out. Losses are in nats a letter."""

    def examples(chosen: Sequence[str]) -> tuple[list[Any], list[Any]]:
        texts = [encode(name) for name in chosen]
        letters = fmean(len(text) + 1 for text in texts)  # of these names: so the mean over them is one over letters
        wanted = [np.divide(model.following(text), letters).tolist() for text in texts]
        return [model.embed(text) for text in texts], wanted

    return fit(
        model, *examples(training), text_loss, Adam(model.parameters(), lr=0.01), epochs=epochs, batch_size=32,
        seed=seed, progress=progress, validation=examples(held_out), schedule=linear(epochs, end=0.1),
    )  # fmt: skip


def surprise(model: GPT, chosen: Sequence[str]) -> float:
    """The cross-entropy of the model on these names, in nats a letter (the end of a name counts as one)."""
    followed = np.array([model.following(encode(name)) for name in chosen])
    logits = model.logits(np.array([[0, *encode(name)] + [0] * (followed.shape[1] - 1 - len(name)) for name in chosen]))
    scores = logits - logits.max(axis=2, keepdims=True)
    log_chances = scores - np.log(np.exp(scores).sum(axis=2, keepdims=True))
    return float(-(followed * log_chances).sum() / followed.sum())


def bigram_baseline(training: Sequence[str], chosen: Sequence[str]) -> float:
    """The cross-entropy of a table of which letter follows which, counted in ``training``, in nats a letter.

    Each pair counts as seen once more than it was, so that no pair is impossible.
    """
    pairs = Counter(pair for name in training for pair in _pairs(name))
    firsts = Counter(pair[0] for pair in pairs.elements())
    return fmean(log((firsts[pair[0]] + TOKENS) / (pairs[pair] + 1)) for name in chosen for pair in _pairs(name))


def _pairs(name: str) -> list[tuple[int, int]]:
    tokens = [0, *encode(name), 0]
    return list(pairwise(tokens))
