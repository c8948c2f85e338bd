"""Drawings of layers: what a hidden layer does to a plane, the connections, and what each neuron answers where."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap

import nn
from autograd import no_grad, sigmoid
from pictures import Shown, show
from visualize.canvas import BLUE, MARKERS, ORANGE, THEME, frame, plot

Corners = Sequence[tuple[int, int]]
OFF_TO_ON = LinearSegmentedColormap.from_list("on", [BLUE, THEME.background, ORANGE])
LINES = 41  # of a grid, each way


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
