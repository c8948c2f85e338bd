"""Drawings of a descent: a line that turns towards its points, and the valley of the loss that is walked down."""

from collections.abc import Callable, Sequence
from typing import Any

from matplotlib import pyplot
from matplotlib.axes import Axes

from autograd import grad
from pictures import BLUE, INK, MUTED, ORANGE, Shown, show

Loss = Callable[[Any], Any]
Rides = Sequence[tuple[float, float]]


def descend(loss: Loss, lr: float, steps: int, start: float = 0.0) -> list[float]:
    """The weight at the start and after each step w <- w - lr * gradient."""
    weights = [start]
    for _ in range(steps):
        weights.append(weights[-1] - lr * grad(loss)(weights[-1]))
    return weights


def descent(rides: Rides, loss: Loss, lr: float, steps: int) -> Shown:
    """The points with the line after each step, and beside it the loss of each of these lines."""
    weights = descend(loss, lr, steps)
    figure, (left, right) = pyplot.subplots(1, 2, figsize=(8.4, 3.4), layout="constrained")
    longest = max(km for km, _ in rides) * 1.15
    for number, w in enumerate(weights):
        last = number == len(weights) - 1
        left.plot([0, longest], [0, w * longest], color=ORANGE if last else MUTED, linewidth=2 if last else 1)
        left.annotate(f"w = {w:.2f}", (longest, w * longest), (3, -3), textcoords="offset points", fontsize=8)
    left.plot(*zip(*rides, strict=True), "o", color=INK)
    left.set(xlabel="km", ylabel="price", xlim=(0, longest * 1.25), title="after each step, a better line")
    _valley(right, loss, weights, (-0.3, 5.0))
    right.set(title="after each step, further down")
    told = ", ".join(f"{w:.2f}" for w in weights)
    return show(
        figure,
        f"Left: three rides and lines through the origin. Their weights, step by step: {told}. Right: the loss over "
        f"the weight is a valley; these steps go down it, from {loss(weights[0]):.1f} to {loss(weights[-1]):.2f}.",
    )


def rates(loss: Loss, lrs: Sequence[float], steps: int) -> Shown:
    """The same valley, walked with other learning rates."""
    figure, panels = pyplot.subplots(1, len(lrs), figsize=(8.6, 3.0), sharey=True, layout="constrained")
    told = []
    for axes, lr in zip(panels, lrs, strict=True):
        weights = descend(loss, float(lr), steps)
        _valley(axes, loss, weights, (-3.5, 8.4))
        axes.set(title=f"lr = {lr}", ylim=(-6, 175), ylabel="")
        told.append(f"With lr = {lr} the weight goes {', '.join(f'{w:.2f}' for w in weights)}.")
    panels[0].set_ylabel("loss")
    return show(figure, f"The same valley walked with {len(lrs)} learning rates. {' '.join(told)}")


def _valley(axes: Axes, loss: Loss, weights: Sequence[float], span: tuple[float, float]) -> None:
    low, high = span
    xs = [low + (high - low) * place / 100 for place in range(101)]
    axes.plot(xs, list(map(loss, xs)), color=BLUE)
    axes.plot(weights, list(map(loss, weights)), "o-", color=ORANGE, markersize=5, linewidth=1)
    axes.set(xlabel="weight w", ylabel="loss", xlim=span)
