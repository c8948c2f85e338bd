"""Drawings of a language model: what follows what, who can see whom, how learning went, which letters are alike."""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from nn.examples import names
from nn.examples.gpt import GPT
from nn.training.history import History
from pictures import Shown, show
from visualize.plots.figure import BLUE, HEIGHTS, ORANGE, THEME, frame, plot, whole

VOWELS = "aeiou"


def followers(known: Sequence[str], beginnings: Sequence[str], most: int = 7) -> Shown:
    """How often each letter follows a beginning, counted in a list of names. A dot stands for the end."""
    told = []
    with plot("What comes next? Counted in a list of names", width=8.6, height=3.2) as figure:
        for axes, begun in zip(figure.subplots(1, len(beginnings)), beginnings, strict=True):
            counts = Counter(f"{name}."[len(begun)] for name in known if name.startswith(begun))
            common = counts.most_common(most)
            axes.bar([letter for letter, _ in common], [count for _, count in common], color=BLUE)
            axes.set_title(f"after {begun}: {counts.total()} names")
            axes.grid(visible=False, axis="x")
            whole(axes.yaxis)
            listed = ", ".join(f"{'the end' if letter == '.' else letter} {count}" for letter, count in common[:4])
            told.append(f"After {begun}, in {counts.total()} names: {listed}.")
    return show(figure, f"Bars for the letters that come next. {' '.join(told)}")


def sight(model: GPT, text: str) -> Shown:
    """How strongly the guess at each place depends on what stands at each place: the gradients, as a square."""
    places = len(text) + 1
    strength = np.zeros((places, places))
    for guess in range(places):
        embedded = model.embed(names.encode(text))[:places]
        fresh = [[leaf.detach() for leaf in vector] for vector in embedded]
        model(fresh)[guess][1].backward()
        strength[guess] = [sum(leaf.grad**2 for leaf in vector) ** 0.5 for vector in fresh]
    letters = [f".{text}"[place] for place in range(places)]
    with plot("Which letters a guess depends on", width=4.6, height=4.2) as figure:
        axes = figure.subplots()
        axes.imshow((strength / strength.max(axis=1, keepdims=True)) ** 0.5, cmap=HEIGHTS, vmin=0, vmax=1)
        for guess, place in np.ndindex(strength.shape):
            if not strength[guess, place]:
                axes.text(place, guess, "0", ha="center", va="center", color=THEME.muted)
        axes.set(xticks=range(places), yticks=range(places), xticklabels=letters)
        axes.set_yticklabels([f"after {'.' + text[:place]}" for place in range(places)])
        axes.set(xlabel="the letter at this place", ylabel="the guess")
        frame(axes)
    dark = int((strength > 0).sum())
    return show(
        figure,
        f"A square of {places} guesses by {places} letters, the size of each gradient as a shade. The {dark} places on "
        "and below the diagonal are shaded; all above it, for letters that come later, are exactly 0.",
    )


def learning(history: History, start: float, baselines: Mapping[str, float]) -> Shown:
    """The loss on names that were held out, from what it was at the start, between its baselines."""
    losses = [start, *history.validation_loss]
    with plot("Nats a letter, on names held out", height=3.4) as figure:
        axes = figure.subplots()
        axes.plot(range(len(losses)), losses, "o-", color=ORANGE)
        for name, height in baselines.items():
            axes.axhline(height, color=THEME.muted, linestyle="--", linewidth=1)
            axes.annotate(
                f"{name}: {height:.2f}",
                (len(history) - 1, height),
                (0, 4),
                textcoords="offset points",
                color=THEME.muted,
            )
        axes.set(xlabel="epoch", ylabel="cross-entropy", ylim=(2.3, 3.45))
        whole(axes.xaxis)
    told = ", ".join(f"{loss:.2f}" for loss in losses)
    lines = "; ".join(f"{name} {height:.2f}" for name, height in baselines.items())
    return show(figure, f"The loss on names held out falls, epoch by epoch: {told}. Dashed lines: {lines}.")


def letters(model: GPT) -> Shown:
    """The rows of the table of letters, each a point, in the plane in which they differ most."""
    table = np.array([[knob.data for knob in row] for row in model.token.table])[1:]
    table = table - table.mean(axis=0)
    plane = table @ np.linalg.svd(table, full_matrices=False)[2][:2].T
    plane *= np.sign(plane[0])  # which way round is chance: a lies at the upper right
    with plot("Twenty-six rows of knobs, as points", width=6.0, height=4.4) as figure:
        axes = figure.subplots()
        for number, (x, y) in enumerate(plane.tolist()):
            letter = chr(97 + number)
            vowel = letter in VOWELS
            axes.text(x, y, letter, ha="center", va="center", color=ORANGE if vowel else BLUE, fontsize=13,
                      fontweight="bold" if vowel else "normal")  # fmt: skip
        low, high = plane.min(axis=0) - 0.15, plane.max(axis=0) + 0.15
        axes.set(xlim=(low[0], high[0]), ylim=(low[1], high[1]), xticks=[], yticks=[])
    return show(
        figure,
        "The letters as points in a plane. The five vowels, bold and orange, lie together in one corner, apart "
        "from the consonants.",
    )
