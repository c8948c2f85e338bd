"""A language model made of scalars: it reads names, then makes some up."""

from collections.abc import Iterator
from importlib.util import find_spec
from math import log
from textwrap import fill

from nn.examples.gpt import GPT
from nn.examples.names import TOKENS, bigram_baseline, decode, learn, names, split, surprise
from nn.extras import install


def made_up(epochs: int, seed: int, temperature: float, samples: int, width: int = 80) -> Iterator[str]:
    """Train a GPT on names and yield the text piece by piece.

    epochs: how often it reads the names. seed: for everything random. temperature, samples: of the names made up.
    width: of the lines.
    """
    training, held_out = split(seed)
    known = set(names())
    model = GPT(TOKENS, block=max(map(len, known)) + 1, seed=seed)
    yield (
        f"{len(known)} given names from many languages: {len(training)} to learn from, {len(held_out)} held out.\n"
        f"A GPT of {len(model.parameters())} scalars reads them in {_epochs(epochs)}. Ctrl-C stops it early."
        + ("" if find_spec("numba") else f"\nIt takes ten times as long without numba: {install('numba')}")
    )
    untrained = surprise(model, held_out)
    history = learn(model, training, held_out, epochs, seed)
    after = f"after {_epochs(len(history))}" + (f", {history.stopped}" if history.stopped else "")
    figures = {
        "all letters alike": log(TOKENS),
        "this GPT, untrained": untrained,
        "which letter follows which, counted": bigram_baseline(training, held_out),
        f"this GPT, {after}": surprise(model, held_out),
    }
    table = "\n".join(f"  {words:<42} {figure:.3f}" for words, figure in figures.items())
    yield f"Trained through {history.through}.\nHow surprising a letter of the names held out is, in nats:\n\n{table}"

    drawn = [decode(text) for text in model.sample(samples, temperature, seed)]
    yield f"{samples} names it made up, at temperature {temperature:g}:"
    for title, chosen in (
        ("new", [name for name in drawn if name not in known]),
        ("names of the list", [name for name in drawn if name in known]),
    ):
        words = f"{title} ({len(chosen)}): {', '.join(chosen) or 'none'}"
        yield fill(words, width, initial_indent="  ", subsequent_indent="    ")


def _epochs(count: int) -> str:
    return f"{count} epoch{'s' * (count != 1)}"
