"""The demonstration: one neuron seen from inside, then a network of them that learns to tell irises apart."""

from collections.abc import Iterator
from pathlib import Path

import nn
from autograd import Value
from visualize.graph.dot import draw_dot
from visualize.terminal.transcript import narrate

SEED = 0


def demo(folder: Path, epochs: int = 40, width: int = 80) -> Iterator[str]:
    """Yield the text piece by piece; write the pictures and words into ``folder``, made when missing.

    epochs: how often the training goes over the irises. width: of the lines, in characters.
    Raises OSError when the folder cannot be written to, ModuleNotFoundError when scikit-learn is missing.
    """
    folder.mkdir(parents=True, exist_ok=True)
    picture, words = folder / "neuron.svg", folder / "neuron.txt"

    yield _title("1. One neuron, from the inside")
    output = neuron()
    story = narrate(output.steps(), width)
    yield f"A neuron with two inputs computes y = tanh(b + w[0] * x[0] + w[1] * x[1]).\n\n{story}"
    output.backward()
    draw_dot(output).render(outfile=picture, cleanup=True)
    words.write_text(story + "\n", encoding="utf-8")
    yield f"The same as a picture: {picture}"

    yield _title("2. A network of neurons, learning")
    yield from classifier(epochs)

    yield _title("Files written")
    yield "\n".join(f"  {path}" for path in (picture, words))


def neuron() -> Value:
    """The output of a neuron with round weights, recorded with every input."""
    small = nn.Neuron(2, activation="tanh")
    for parameter, number in zip(small.parameters(), (0.5, -1.5, 0.25), strict=True):
        parameter.data = number
    output: Value = small([Value(2.0, label="x[0]"), Value(0.5, label="x[1]")])
    output.label = "y"
    return output


def classifier(epochs: int) -> Iterator[str]:
    """Train on three quarters of the irises, and judge on the rest."""
    training, held_out = nn.stratified_split(nn.iris(), seed=SEED)
    scaler = nn.StandardScaler().fit(training.rows)
    model = nn.MLP(4, [8, 3], seed=SEED)
    yield (
        f"Iris: {len(training.rows) + len(held_out.rows)} flowers of three kinds, four measurements each.\n"
        f"{len(training.rows)} to learn from, {len(held_out.rows)} held out; "
        f"a network 4-8-3 with {len(model.parameters())} parameters."
    )
    optimizer = nn.SGD(model.parameters(), lr=0.1)
    history = nn.fit(
        model, scaler.transform(training.rows), training.targets, nn.cross_entropy, optimizer, epochs=epochs, seed=SEED
    )
    if history.stopped:  # by Ctrl-C, which is meant for the whole demonstration
        raise KeyboardInterrupt
    guesses = nn.predict_classes(model, scaler.transform(held_out.rows))
    reached = nn.accuracy(guesses, held_out.targets)
    baseline = nn.majority_baseline(training=training.targets, targets=held_out.targets)
    yield (
        f"mean loss in the first epoch {history[0]:.3f}, in the last {history[-1]:.3f}\n"
        f"right on the {len(held_out.rows)} flowers it never saw: {reached:.1%}\n"
        f"always answering the commonest kind would be right on: {baseline:.1%}"
    )


def _title(words: str) -> str:
    return f"{words}\n{'=' * len(words)}"
