"""Drawings of layers: what a hidden layer does to a plane, the connections, and what each neuron answers where."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

from matplotlib import pyplot
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap

import nn
from autograd import no_grad, sigmoid
from pictures import BLUE, INK, MUTED, ORANGE, Shown, show

Corners = Sequence[tuple[int, int]]
OFF_TO_ON = LinearSegmentedColormap.from_list("on", [BLUE, "#ffffff", ORANGE])
LINES = 41  # of a grid, each way


def folded(corners: Corners, wanted: Sequence[int], hidden: Callable[[Any, Any], tuple[Any, Any]]) -> Shown:
    """The corners as they are, and where a hidden layer puts them."""
    figure, (left, right) = pyplot.subplots(1, 2, figsize=(8.4, 3.5), layout="constrained")
    moved = [hidden(x, y) for x, y in corners]
    _switches(left, corners, wanted)
    left.set(title="as they come", xlabel="first switch", ylabel="second switch", xlim=(-0.4, 1.6), ylim=(-0.4, 1.6))
    _switches(right, moved, wanted)
    right.axline((0.5, 0), slope=0.5, color=INK)
    right.set(title="after the hidden layer", xlabel="first hidden neuron", ylabel="second hidden neuron")
    right.set(xlim=(-0.4, 2.6), ylim=(-0.4, 1.4))
    left.legend(*right.get_legend_handles_labels(), loc="upper right", handletextpad=0.1)
    told = ", ".join(f"{corner} goes to {place}" for corner, place in zip(corners, moved, strict=True))
    return show(
        figure,
        f"Left, four corners of a square; the light is on in two opposite ones, and no straight line parts on from off. "
        f"Right, the same four after the hidden layer: {told}. Now a line parts the two kinds.",
    )


def network(sizes: Sequence[int]) -> Shown:
    """Every neuron as a circle, and every connection as a line."""
    figure, axes = pyplot.subplots(figsize=(6.4, 3.2))
    tallest = max(sizes)
    places = [
        [(layer, (tallest - 1) / 2 + (size - 1) / 2 - i) for i in range(size)] for layer, size in enumerate(sizes)
    ]
    for sources, targets in pairwise(places):
        for x0, y0 in sources:
            for x1, y1 in targets:
                axes.plot([x0, x1], [y0, y1], color=MUTED, linewidth=1, zorder=1)
    for layer, spots in enumerate(places):
        colour, edge = ("white", BLUE) if layer == 0 else (BLUE, BLUE)
        axes.scatter(*zip(*spots, strict=True), s=260, color=colour, edgecolors=edge, linewidths=2, zorder=2)
        kind = "inputs" if layer == 0 else f"{len(spots)} neuron{'s' * (len(spots) > 1)}"
        axes.text(layer, -1.0, kind if layer else f"{len(spots)} inputs", ha="center")
        if layer:
            axes.text(layer - 0.5, tallest - 0.2, f"{sizes[layer - 1]} × {sizes[layer]}", ha="center", color=INK)
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
    hidden_layer = net.layers[0]
    with no_grad():
        hidden = [[_listed(hidden_layer([x, y])) for x in steps] for y in steps]
        output = [[sigmoid(net([x, y])).data for x in steps] for y in steps]
    count = len(hidden[0][0])
    fields = [[[cell[unit].data for cell in row] for row in hidden] for unit in range(count)]
    figure, panels = pyplot.subplots(1, count + 1, figsize=(8.6, 2.9), sharey=True, layout="constrained")
    for number, (axes, field) in enumerate(zip(panels, [*fields, output], strict=True), 1):
        is_output = number > count
        span = (0.0, 1.0) if is_output else (-1.0, 1.0)
        axes.contourf(steps, steps, field, 20, cmap=OFF_TO_ON, vmin=span[0], vmax=span[1])
        axes.contour(steps, steps, field, [sum(span) / 2], colors=[INK], linewidths=1.5)
        _switches(axes, corners, wanted, size=70)
        axes.set(title="the output" if is_output else f"hidden neuron {number}", xlabel="first switch")
    panels[0].set_ylabel("second switch")
    with no_grad():
        told = ", ".join(f"{corner} {sigmoid(net(corner)).data:.2f}" for corner in corners)
    return show(
        figure,
        f"{count} hidden neurons, each parting the plane by a straight line, and the output, which joins them to a "
        f"band between two lines. Its probability of light: {told}.",
    )


def _switches(axes: Axes, places: Sequence[tuple[Any, Any]], wanted: Sequence[int], size: int = 110) -> None:
    for kind, (name, marker, colour) in enumerate((("light off", "o", BLUE), ("light on", "s", ORANGE))):
        chosen = [place for place, want in zip(places, wanted, strict=True) if want == kind]
        axes.scatter(
            *zip(*chosen, strict=True), s=size, marker=marker, color=colour, edgecolors="white", label=name, zorder=3
        )


def _listed(outputs: Any) -> list[Any]:
    return outputs if isinstance(outputs, list) else [outputs]
