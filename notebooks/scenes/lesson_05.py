"""Drawings of a descent: a line that turns towards its points, and the valley of the loss that is walked down."""

from collections.abc import Callable, Sequence
from typing import Any

from matplotlib.axes import Axes

from autograd import grad
from pictures import Shown, show
from visualize.plots.figure import BLUE, ORANGE, THEME, plot

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
    longest = max(km for km, _ in rides) * 1.15
    with plot(f"{steps} steps with lr = {lr}", width=8.6, height=3.6) as figure:
        left, right = figure.subplots(1, 2)
        for number, w in enumerate(weights):
            last = number == len(weights) - 1
            colour, width = (ORANGE, 2.2) if last else (THEME.muted, 1)
            left.plot([0, longest], [0, w * longest], color=colour, linewidth=width)
            at = (longest, w * longest)
            left.annotate(f"w = {w:.2f}", at, (3, -3), textcoords="offset points", fontsize="small")
        left.plot(*zip(*rides, strict=True), "o", color=THEME.text)
        left.set(xlabel="km", ylabel="price", xlim=(0, longest * 1.3), title="after each step, a better line")
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
    told = []
    with plot(f"{steps} steps from w = 0", width=8.6, height=3.4) as figure:
        panels = figure.subplots(1, len(lrs), sharey=True)
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
