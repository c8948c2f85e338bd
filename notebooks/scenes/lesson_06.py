"""Drawings of decisions: animals in a plane with the line a neuron draws, a jump made soft, and pictures of numbers."""

from collections.abc import Sequence
from math import exp, log

from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.image import AxesImage

import nn
from moving import flip_book
from pictures import Shown, show
from visualize.plots.figure import BLUE, MARKERS, ORANGE, THEME, frame, plot

PAPER_TO_INK = LinearSegmentedColormap.from_list("ink", [THEME.background, THEME.text])
LEFT, TOP, SIDE = 12, 12, 314  # of the plane in the moving picture
Knobs = tuple[float, float, float]  # weight of the ears, weight of the fur, bias
AGAINST_TO_FOR = LinearSegmentedColormap.from_list("for", [ORANGE, THEME.background, BLUE])


def learning(animals: nn.Dataset, epochs: Sequence[int], seed: int) -> Shown:
    """The animals, and the line that one neuron draws between them, after so many epochs of training."""
    neuron = nn.Neuron(animals.features, nonlin=False, seed=seed)
    walk = [_knobs(neuron)]
    nn.fit(
        neuron, animals.rows, animals.targets, nn.binary_cross_entropy_with_logits, nn.SGD(neuron.parameters(), lr=1.0),
        epochs=max(epochs), seed=0, progress=False, callbacks=[lambda epoch: walk.append(_knobs(neuron))],
    )  # fmt: skip
    told = []
    with plot("One neuron learns", width=9.0, height=3.8) as figure:
        panels = figure.subplots(1, len(epochs), sharey=True)
        for axes, wanted in zip(panels, epochs, strict=True):
            ears, fur, b = walk[wanted]
            right = 1 - len(_wrong(animals, walk[wanted])) / len(animals.rows)
            _plane(axes, animals)
            axes.axline((-b / ears, 0), (-(b + fur) / ears, 1), color=THEME.text)  # where weighted sum and bias are 0
            axes.set(title=f"{wanted} epochs: {right:.0%} right\near weight {ears:.1f}, fur weight {fur:.1f}")
            told.append(f"After {wanted} epochs {right:.0%} are right, ear weight {ears:.1f}, fur weight {fur:.1f}.")
        panels[0].set_ylabel("fur: 0 white, 1 black")
        panels[0].legend(loc="lower left", handletextpad=0.1, borderpad=0.2, frameon=True)
    return show(
        figure,
        "Cats, with pointed ears, and dogs, with hanging ears, in the plane of ears and fur, and a line that a neuron "
        f"draws between them. At first it lies anywhere; in the end it stands upright between them. {' '.join(told)}",
    )


def turning(animals: nn.Dataset, walk: Sequence[Knobs], epochs: Sequence[int]) -> Shown:
    """The line that a neuron draws, turning while it learns. walk: its knobs before training, then after each epoch."""
    shapes = []
    for row, kind in zip(animals.rows, animals.targets, strict=True):
        x, y = _spot(*row)
        cat = f'<circle cx="{x:.0f}" cy="{y:.0f}" r="4" fill="{BLUE}"/>'
        dog = f'<rect x="{x - 4:.0f}" y="{y - 4:.0f}" width="8" height="8" fill="{ORANGE}"/>'
        shapes.append(dog if kind else cat)
    low, high = (pick(0.0, *(knob for knobs in walk for knob in knobs)) for pick in (min, max))
    scale = 200 / (high - low)
    zero = 490 - scale * low
    drawn = f"""{"".join(shapes)}
<rect x="{LEFT}" y="{TOP}" width="{SIDE}" height="{SIDE}" fill="none" stroke="var(--line)"/>
<text x="{LEFT}" y="{TOP + SIDE + 22}" class="small">ears: left hanging, right pointed</text>
<text x="{LEFT + SIDE}" y="{TOP + SIDE + 22}" class="small" text-anchor="end">up: darker fur</text>
<circle cx="396" cy="297" r="4" fill="{BLUE}"/><text x="406" y="302" class="small">cat</text>
<rect x="446" y="293" width="8" height="8" fill="{ORANGE}"/><text x="460" y="302" class="small">dog</text>
<circle cx="506" cy="297" r="8" class="miss"/><text x="520" y="302" class="small">taken for the other</text>
<path d="M{zero:.1f} 102v156" stroke="var(--line)"/>
<clipPath id="plane"><rect x="{LEFT}" y="{TOP}" width="{SIDE}" height="{SIDE}"/></clipPath>
<style>.miss {{ fill: none; stroke: var(--accent); stroke-width: 2; }}</style>"""
    pages = []
    for epoch in epochs:
        ears, fur, b = walk[epoch]
        wrong = _wrong(animals, walk[epoch])
        rings = "".join('<circle cx="{:.0f}" cy="{:.0f}" r="8" class="miss"/>'.format(*_spot(*row)) for row in wrong)
        foot, head = (_spot(-(b + fur * height) / ears, height) for height in (0, 1))  # where the sum with bias is 0
        bars = []
        for line, (name, knob) in enumerate(zip(("ears", "fur", "bias"), walk[epoch], strict=True)):
            y, colour = 110 + 54 * line, "positive" if knob > 0 else "negative"
            bars.append(
                f'<text x="384" y="{y + 20}">{name}</text>'
                f'<text x="474" y="{y + 20}" text-anchor="end">{knob:.1f}</text>'
                f'<rect x="{zero + scale * min(knob, 0):.1f}" y="{y}" width="{scale * abs(knob):.1f}" height="28" '
                f'fill="var(--{colour})"/>'
            )
        pages.append(
            f'{rings}<path d="M{foot[0]:.1f} {foot[1]:.1f}L{head[0]:.1f} {head[1]:.1f}" stroke="var(--text)" '
            f'stroke-width="2.5" clip-path="url(#plane)"/>{"".join(bars)}'
            f'<text x="384" y="42" font-weight="bold">after {epoch} epochs</text>'
            f'<text x="384" y="68">{1 - len(wrong) / len(animals.rows):.0%} of {len(animals.rows)} right</text>'
        )
    first, last = ("{:.1f}, {:.1f}, {:.1f}".format(*walk[epoch]) for epoch in (epochs[0], epochs[-1]))
    return flip_book(
        drawn,
        [*pages[:1] * 2, *pages[1:], *pages[-1:] * 3],
        "A moving picture: the line that a neuron draws between cats and dogs turns, epoch by epoch, from where chance "
        "put it until it stands nearly upright between them. Beside it the weights of ears and fur and the bias grow "
        f"as bars: {first} at first, {last} in the end.",
        height=364,
        seconds=0.9,
    )


def jump_and_slope() -> Shown:
    """A yes-or-no, and the sigmoid beside it."""
    zs = [place / 20 - 6 for place in range(241)]
    with plot("A jump, and the same made soft", height=3.4) as figure:
        axes = figure.subplots()
        axes.plot([-6, 0, 0, 6], [0, 0, 1, 1], color=THEME.muted, linestyle="--", label="yes or no")
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
    with plot("64 numbers", width=3.8, height=4.0) as figure:
        axes = figure.subplots()
        _grid(axes, picture, PAPER_TO_INK, 0, 16)
        for place, ink in enumerate(picture):
            colour = THEME.background if ink > 5 else THEME.text
            axes.text(place % 8, place // 8, f"{ink:g}", ha="center", va="center", color=colour, fontsize="small")
    return show(figure, f"A picture of 8 x 8 pixels, each with its number from 0 to 16: a handwritten digit. {picture}")


def weight_picture(weights: Sequence[float], examples: Sequence[Sequence[float]]) -> Shown:
    """The mean of all zeros, the mean of all ones, and the weights of a neuron, each at its pixel's place."""
    most = max(map(abs, weights))
    with plot("What the weights look for", width=8.4, height=3.4) as figure:
        panels = figure.subplots(1, 3)
        for axes, picture, title in zip(panels, examples, ("the mean 0", "the mean 1"), strict=False):
            _grid(axes, picture, PAPER_TO_INK, 0, max(picture))
            axes.set_title(title)
        image = _grid(panels[2], weights, AGAINST_TO_FOR, -most, most)
        panels[2].set_title("the weights: blue for a 1, orange for a 0")
        figure.colorbar(image, ax=panels[2], shrink=0.8, ticks=[round(-most + 0.05, 1), 0, round(most - 0.05, 1)])
    return show(
        figure,
        "Three pictures of 8 x 8 pixels. The mean of all zeros is a ring, the mean of all ones an upright stroke. The "
        "weights are positive, blue, where the stroke runs through the middle of the ring, and negative, orange, on "
        f"the left and right of the ring. The largest in size is {most:.1f}.",
    )


def _knobs(neuron: nn.Neuron) -> Knobs:
    ears, fur, b = (parameter.data for parameter in neuron.parameters())
    return ears, fur, b


def _wrong(animals: nn.Dataset, knobs: Knobs) -> list[Sequence[float]]:
    """The animals that are taken for the other kind."""
    ears, fur, b = knobs
    pairs = zip(animals.rows, animals.targets, strict=True)
    return [row for row, dog in pairs if (ears * row[0] + fur * row[1] + b > 0) != dog]


def _spot(ears: float, fur: float) -> tuple[float, float]:
    """Where an animal is drawn in the moving picture, whose plane goes a little beyond 0 and 1 on all sides."""
    return LEFT + SIDE * (ears + 0.05) / 1.1, TOP + SIDE * (1.05 - fur) / 1.1


def _plane(axes: Axes, animals: nn.Dataset) -> None:
    for kind, (name, marker, colour) in enumerate(zip(animals.classes, MARKERS, (BLUE, ORANGE), strict=False)):
        points = [row for row, target in zip(animals.rows, animals.targets, strict=True) if target == kind]
        axes.plot(*zip(*points, strict=True), marker, color=colour, markersize=4, alpha=0.8, label=name)
    axes.set(xlim=(-0.05, 1.05), ylim=(-0.05, 1.05), xlabel="ears: 0 hanging, 1 pointed")


def _grid(axes: Axes, picture: Sequence[float], colours: LinearSegmentedColormap, low: float, high: float) -> AxesImage:
    rows = [picture[start : start + 8] for start in range(0, 64, 8)]
    image = axes.imshow(rows, cmap=colours, vmin=low, vmax=high)
    axes.set(xticks=[], yticks=[])
    frame(axes)
    return image
