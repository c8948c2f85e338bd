"""Drawings of layers: what a hidden layer does to a plane, the connections, and what each neuron answers where."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap

import nn
from autograd import no_grad, sigmoid
from moving import flip_book
from pictures import Shown, show
from visualize.plots.figure import BLUE, MARKERS, ORANGE, THEME, frame, plot

Corners = Sequence[tuple[int, int]]
OFF_TO_ON = LinearSegmentedColormap.from_list("on", [BLUE, THEME.background, ORANGE])
LINES = 41  # of a grid, each way
SHAPES = (  # of "off" and "on" in the moving picture
    f'<circle r="9" transform="translate({{}})" fill="{BLUE}"/>',
    f'<rect x="-8" y="-8" width="16" height="16" transform="translate({{}})" fill="{ORANGE}"/>',
)


def folded(corners: Corners, wanted: Sequence[int], hidden: Callable[[Any, Any], tuple[Any, Any]]) -> Shown:
    """The corners as they are, and where a hidden layer puts them."""
    moved = [hidden(x, y) for x, y in corners]
    with plot("Four cases, before and after two neurons", width=8.6, height=3.8) as figure:
        left, right = figure.subplots(1, 2)
        _switches(left, corners, wanted)
        left.set(title="as they come", xlabel="first switch", ylabel="second switch")
        left.set(xlim=(-0.4, 1.6), ylim=(-0.4, 1.4))
        left.legend(loc="center", handletextpad=0.1)
        _switches(right, moved, wanted)
        right.axline((0.5, 0), slope=0.5, color=THEME.text)
        right.set(title="after the hidden layer", xlabel="first hidden neuron", ylabel="second hidden neuron")
        right.set(xlim=(-0.4, 2.6), ylim=(-0.4, 1.4))
    told = ", ".join(f"{corner} goes to {place}" for corner, place in zip(corners, moved, strict=True))
    return show(
        figure,
        "Left, four corners of a square; the light is on in two opposite ones, and no straight line parts on from off. "
        f"Right, the same four after the hidden layer: {told}. Now a line parts the two kinds.",
    )


def bending(corners: Corners, wanted: Sequence[int], sums: Callable[[Any, Any], tuple[Any, Any]]) -> Shown:
    """The plane on its way through two neurons: first their weighted sums, then relu."""
    kinks = [place / 4 for place in range(5)]
    grid = [[(x, y) for y in kinks] for x in kinks] + [[(x, y) for x in kinks] for y in kinks]

    def relu(a: float, b: float) -> tuple[float, float]:
        return max(0, a), max(0, b)

    def page(start: Callable[..., Any], end: Callable[..., Any], part: float, *words: str) -> str:
        """The plane between two stages."""

        def spot(point: Sequence[float]) -> str:
            right, up = (a + part * (b - a) for a, b in zip(start(*point), end(*point), strict=True))
            return f"{80 + 140 * right:.1f} {180 - 140 * up:.1f}"

        lines = "".join(f"M{'L'.join(map(spot, line))}" for line in grid)
        spots = "".join(SHAPES[want].format(spot(corner)) for corner, want in zip(corners, wanted, strict=True))
        title, *rest = (f'<tspan x="462" dy="25">{text}</tspan>' for text in words)
        told = f'<text x="462" y="75"><tspan font-weight="bold">{title}</tspan>{"".join(rest)}</text>'
        return f'<path d="{lines}" fill="none" stroke="var(--line)" stroke-width="1.5"/>{spots}{told}'

    def stay(x: float, y: float) -> tuple[float, float]:
        return x, y

    def bent(x: float, y: float) -> tuple[float, float]:
        return relu(*sums(x, y))

    before = "as they come", "right: the first switch", "up: the second"
    summed = "the weighted sums", "All on one straight line:", "off, on twice, off.", "One cut cannot part them."
    after = "relu: below 0 becomes 0", "Now the line has a bend,", "and one cut is enough:", "h₁ − 2h₂ = 1/2"
    cut = '<path d="M80 215L430 40" stroke="var(--accent)" stroke-width="2.5" stroke-dasharray="7 4"/>'
    parts = [place / 16 for place in range(1, 16)]
    pages = [
        *[page(stay, stay, 0, *before)] * 20,
        *(page(stay, sums, part, summed[0]) for part in parts),
        *[page(sums, sums, 0, *summed)] * 40,
        *(page(sums, bent, part, after[0]) for part in parts),
        *[page(bent, bent, 0, *after)] * 10,
        *[page(bent, bent, 0, *after) + cut] * 40,
    ]
    told = ", ".join(f"{corner} to {sums(*corner)} and on to {bent(*corner)}" for corner in corners)
    return flip_book(
        f"""<path d="M10 180H440M80 10V345" stroke="var(--muted)" stroke-dasharray="2 4"/>
{SHAPES[0].format("472 300")}<text x="488" y="305" class="small">light off</text>
{SHAPES[1].format("572 300")}<text x="588" y="305" class="small">light on</text>""",
        pages,
        "A moving picture: a square with a grid is squashed onto one straight line by two weighted sums; then relu "
        f"bends that line, and a cut parts on from off. The corners go from {told}.",
        height=360,
        seconds=0.075,
    )


def network(sizes: Sequence[int]) -> Shown:
    """Every neuron as a circle, and every connection as a line."""
    tallest = max(sizes)
    places = [
        [(layer, (tallest + size) / 2 - 1 - neuron) for neuron in range(size)] for layer, size in enumerate(sizes)
    ]
    with plot("Every connection has a weight", height=3.4) as figure:
        axes = figure.subplots()
        for sources, targets in pairwise(places):
            for x0, y0 in sources:
                for x1, y1 in targets:
                    axes.plot([x0, x1], [y0, y1], color=THEME.muted, linewidth=1, zorder=1)
        for layer, spots in enumerate(places):
            fill = BLUE if layer else THEME.background
            xs, ys = zip(*spots, strict=True)
            axes.scatter(xs, ys, s=260, color=fill, edgecolors=BLUE, linewidths=2, zorder=2)
            kind = f"neuron{'s' * (len(spots) > 1)}" if layer else "inputs"
            axes.text(layer, -1.0, f"{len(spots)} {kind}", ha="center")
            if layer:
                axes.text(layer - 0.5, tallest - 0.2, f"{sizes[layer - 1]} × {sizes[layer]}", ha="center")
        axes.set(ylim=(-1.3, tallest + 0.3))
        axes.axis("off")
    told = ", ".join(f"{a} times {b}" for a, b in pairwise(sizes))
    return show(
        figure,
        f"A network: {sizes[0]} inputs, then layers of {', '.join(map(str, sizes[1:]))}. Every circle is joined to "
        f"every circle of the layer before, which makes {told} connections.",
    )


def units(net: nn.MLP, corners: Corners, wanted: Sequence[int]) -> Shown:
    """What each hidden neuron answers over the plane, and what the output makes of it."""
    steps = [-0.5 + 2 * place / (LINES - 1) for place in range(LINES)]
    first = net.layers[0]
    with no_grad():
        hidden = [[first([x, y]) for x in steps] for y in steps]
        output = [[sigmoid(net([x, y])).data for x in steps] for y in steps]
        told = ", ".join(f"{corner} {sigmoid(net(corner)).data:.2f}" for corner in corners)
    count = len(hidden[0][0])
    fields = [[[cell[unit].data for cell in row] for row in hidden] for unit in range(count)]
    with plot("What each neuron answers", width=8.8, height=3.5) as figure:
        panels = figure.subplots(1, count + 1, sharey=True)
        for number, (axes, field) in enumerate(zip(panels, [*fields, output], strict=True), 1):
            is_output = number > count
            low, high = (0.0, 1.0) if is_output else (-1.0, 1.0)
            axes.contourf(steps, steps, field, 20, cmap=OFF_TO_ON, vmin=low, vmax=high)
            axes.contour(steps, steps, field, [(low + high) / 2], colors=[THEME.text], linewidths=1.5)
            _switches(axes, corners, wanted)
            axes.set(title="the output" if is_output else f"hidden neuron {number}", xlabel="first switch")
            frame(axes)
        panels[0].set_ylabel("second switch")
    return show(
        figure,
        f"{count} hidden neurons, each parting the plane by a straight line, and the output, which joins them to a "
        f"band between two lines. Its probability of light: {told}.",
    )


def _switches(axes: Axes, places: Sequence[tuple[Any, Any]], wanted: Sequence[int]) -> None:
    for kind, (name, colour) in enumerate((("light off", BLUE), ("light on", ORANGE))):
        xs, ys = zip(*(place for place, want in zip(places, wanted, strict=True) if want == kind), strict=True)
        axes.plot(xs, ys, MARKERS[kind], color=colour, markeredgecolor=THEME.background, markersize=10, label=name)
