"""The four steps of learning, over and over: predict, measure the error, find the gradients, move."""

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from autograd import no_grad
from nn.extras import extra
from nn.randomness import Seed, generator


class Optimizer(Protocol):
    """What ``fit`` asks of an optimizer."""

    def step(self) -> None:
        """Move the parameters once."""

    def zero_grad(self) -> None:
        """Forget their gradients."""


def fit(
    model: Callable[[Any], Any],
    rows: Sequence[Any],
    targets: Sequence[Any],
    loss: Callable[[Any, Any], Any],
    optimizer: Optimizer,
    *,
    epochs: int = 30,
    batch_size: int = 16,
    seed: Seed = None,
    progress: bool = True,
) -> list[float]:
    """Train the model, and return the mean loss of each epoch.

    loss: a function of (the model's output for one row, that row's target), such as ``cross_entropy``.
    epochs: how often every row is used. batch_size: how many rows, in shuffled order, make one step.
    seed: for the shuffling. progress: show a bar, where there is a terminal to show it on.
    Raises ValueError when rows and targets differ in number or there are none, or a count is below 1.
    """
    if len(rows) != len(targets) or not len(rows):
        raise ValueError(
            f"fit needs one target per row, and at least one; got {len(rows)} rows and {len(targets)} targets"
        )
    if epochs < 1 or batch_size < 1:
        raise ValueError(f"epochs and batch_size must be at least 1, not {epochs} and {batch_size}")
    draw = generator(seed)
    order = list(range(len(rows)))
    history: list[float] = []
    bar: Any = extra("tqdm", "tqdm").tqdm(range(epochs), unit="epoch", disable=None) if progress else range(epochs)
    for _ in bar:
        draw.shuffle(order)
        total = 0.0
        for start in range(0, len(order), batch_size):
            batch = order[start : start + batch_size]
            optimizer.zero_grad()
            error = sum(loss(model(rows[i]), targets[i]) for i in batch)
            (error / len(batch)).backward()
            optimizer.step()
            total += error.data
        history.append(total / len(order))
        if progress:
            bar.set_postfix(loss=f"{history[-1]:.4f}")
    return history


def classify(model: Callable[[Any], Any], rows: Sequence[Any]) -> list[int]:
    """The class of each row: the place of the largest of the model's outputs."""
    with no_grad():
        outputs = [model(row) for row in rows]
    return [max(range(len(scores)), key=scores.__getitem__) for scores in outputs]
