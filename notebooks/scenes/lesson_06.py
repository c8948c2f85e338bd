"""Drawings of decisions: animals in a plane with the line a neuron draws, a jump made soft, and pictures of numbers."""

from collections.abc import Sequence
from math import exp, log

from matplotlib import pyplot
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.image import AxesImage

import nn
from pictures import BLUE, INK, MUTED, ORANGE, Shown, show

PAPER_TO_INK = LinearSegmentedColormap.from_list("ink", ["#ffffff", INK])
AGAINST_TO_FOR = LinearSegmentedColormap.from_list("for", [ORANGE, "#ffffff", BLUE])


def learning(animals: nn.Dataset, epochs: Sequence[int], seed: int) -> Shown:
    """The animals, and the line that one neuron draws between them, after so many epochs of training."""
    neuron = nn.Neuron(animals.features, nonlin=False, seed=seed)
    optimizer = nn.SGD(neuron.parameters(), lr=1.0)
    figure, panels = pyplot.subplots(1, len(epochs), figsize=(9.0, 3.4), sharey=True, layout="constrained")
    done, told = 0, []
    for axes, wanted in zip(panels, epochs, strict=True):
        if wanted > done:
            nn.fit(
                neuron, animals.rows, animals.targets, nn.binary_cross_entropy_with_logits, optimizer,
                epochs=wanted - done, seed=seed, progress=False,
            )  # fmt: skip
            done = wanted
        right = nn.accuracy(nn.classify(neuron, animals.rows), animals.targets)
        (ears, fur), b = (w.data for w in neuron.w), neuron.b.data  # type: ignore[union-attr]
        _plane(axes, animals)
        axes.axline((-b / ears, 0), (-(b + fur) / ears, 1), color=INK)  # where the weighted sum and bias are 0
        axes.set(title=f"{wanted} epochs: {right:.0%} right\near weight {ears:.1f}, fur weight {fur:.1f}")
        told.append(f"After {wanted} epochs {right:.0%} are right, ear weight {ears:.1f}, fur weight {fur:.1f}.")
    panels[0].set_ylabel("fur: 0 white, 1 black")
    panels[0].legend(loc="lower left", handletextpad=0.1, borderpad=0.2, frameon=True)
    return show(
        figure,
        "Cats, with pointed ears, and dogs, with hanging ears, in the plane of ears and fur, and a line that a neuron "
        f"draws between them. At first it lies anywhere; in the end it stands upright between them. {' '.join(told)}",
    )


def jump_and_slope() -> Shown:
    """A yes-or-no, and the sigmoid beside it."""
    figure, axes = pyplot.subplots(figsize=(6.4, 3.0))
    zs = [place / 20 - 6 for place in range(241)]
    axes.plot([-6, 0, 0, 6], [0, 0, 1, 1], color=MUTED, linestyle="--", label="yes or no")
    axes.plot(zs, [1 / (1 + exp(-z)) for z in zs], color=BLUE, label="sigmoid")
    for z, p, words in ((0, 1 / 2, "1/2"), (log(3), 3 / 4, "3/4 at log 3"), (-log(3), 1 / 4, "1/4 at −log 3")):
        axes.plot([z], [p], "o", color=ORANGE)
        gap, ha = (-9, "right") if z < 0 else (9, "left")
        axes.annotate(words, (z, p), (gap, -4), textcoords="offset points", ha=ha)
    axes.set(xlabel="z, the weighted sum plus bias", ylabel="answer", yticks=[0, 0.25, 0.5, 0.75, 1])
    axes.legend()
    return show(
        figure,
        "Two curves from 0 to 1 over z. The yes-or-no jumps at 0 and is flat elsewhere. The sigmoid rises smoothly: "
        "1/4 at minus log 3, 1/2 at 0, 3/4 at log 3.",
    )


def pixels(picture: Sequence[float]) -> Shown:
    """A digit of 8 x 8 pixels as ink on paper, with its numbers."""
    figure, axes = pyplot.subplots(figsize=(3.6, 3.6))
    _grid(axes, picture, PAPER_TO_INK, 0, 16)
    for place, ink in enumerate(picture):
        colour = "white" if ink > 5 else INK
        axes.text(place % 8, place // 8, f"{ink:g}", ha="center", va="center", color=colour, fontsize=9)
    return show(figure, f"A picture of 8 x 8 pixels, each with its number from 0 to 16: a handwritten digit. {picture}")


def weight_picture(weights: Sequence[float], examples: Sequence[Sequence[float]]) -> Shown:
    """The mean of some pictures, one group beside the other, and the weights of a neuron, each at its pixel's place."""
    figure, panels = pyplot.subplots(1, 3, figsize=(8.4, 3.0), layout="constrained")
    for axes, picture, title in zip(panels, examples, ("the mean 0", "the mean 1"), strict=False):
        _grid(axes, picture, PAPER_TO_INK, 0, max(picture))
        axes.set_title(title)
    most = max(map(abs, weights))
    image = _grid(panels[2], weights, AGAINST_TO_FOR, -most, most)
    panels[2].set_title("the weights")
    figure.colorbar(image, ax=panels[2], shrink=0.8, ticks=[round(-most + 0.05, 1), 0, round(most - 0.05, 1)])
    return show(
        figure,
        "Three pictures of 8 x 8 pixels. The mean of all zeros is a ring, the mean of all ones an upright stroke. The "
        "weights are positive, blue, where the stroke runs through the middle of the ring, and negative, orange, on "
        f"the left and right of the ring. The largest in size is {most:.1f}.",
    )


def _plane(axes: Axes, animals: nn.Dataset) -> None:
    for kind, (name, marker, colour) in enumerate(zip(animals.classes, "os", (BLUE, ORANGE), strict=True)):
        points = [row for row, target in zip(animals.rows, animals.targets, strict=True) if target == kind]
        axes.plot(*zip(*points, strict=True), marker, color=colour, markersize=4, alpha=0.8, label=name)
    axes.set(xlim=(-0.05, 1.05), ylim=(-0.05, 1.05), xlabel="ears: 0 hanging, 1 pointed")
    axes.title.set_fontsize(10)


def _grid(axes: Axes, picture: Sequence[float], colours: LinearSegmentedColormap, low: float, high: float) -> AxesImage:
    rows = [picture[start : start + 8] for start in range(0, 64, 8)]
    image = axes.imshow(rows, cmap=colours, vmin=low, vmax=high)
    axes.set(xticks=[], yticks=[])
    return image
