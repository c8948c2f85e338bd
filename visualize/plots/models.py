"""What a model has learned and how it got there, as figures of matplotlib (the extra ``plot``)."""

import math
from collections.abc import Callable, Sequence
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Any

import nn
from autograd import Value
from autograd.coercion import describe
from autograd.counting import counted
from autograd.program.compile import compile
from nn.modules.paths import ParameterPath
from visualize.plots.training import load_canvas

if TYPE_CHECKING:
    from visualize.plots.figure import Plot

LINES = 51  # of a grid, each way
BINS = 30
CONTOURS = 12
MOST_GROUPS = 6
SURE = (0.0, math.log(3), math.log(19), math.inf)  # the logit at which a class has 50%, 75%, 95%


def plot_decision_boundary(
    model: Callable[[Any], Any], data: nn.Dataset, prepare: Callable[[Any], Any] = lambda rows: rows
) -> "Plot":
    """The plane of two features, coloured by the class that the model answers, the darker the surer it is.

    model: a function of one row, that gives one logit for each class, or one alone, above 0 for the second class.
    data: the points to draw, with two features and classes. prepare: what rows go through before the model, such as
    ``scaler.transform`` of a StandardScaler. A region is at its darkest where the logits stand for more than 95%, at
    its lightest below 75%.
    Raises ValueError for other data, or when the model's outputs do not fit the classes.
    """
    if len(data.features) != 2 or not data.classes:
        raise ValueError(
            f"data must have 2 features and classes to be drawn in a plane, not "
            f"{counted(len(data.features), 'feature')} and "
            f"{counted(len(data.classes), 'class')}"
        )
    if not set() < set(data.targets) <= set(range(len(data.classes))):
        raise ValueError(
            f"data.targets must be numbers of classes, 0 to {len(data.classes) - 1}, one for each row, not "
            f"{describe(sorted(set(data.targets)))}"
        )
    xs, ys = (_spread(column, 0.08) for column in zip(*data.rows, strict=True))
    outputs = nn.predict(model, prepare([[x, y] for y in ys for x in xs]))
    scores = [_scores(output, data.classes) for output in outputs]
    canvas = load_canvas()
    plot: Plot
    with canvas.plot("Decision boundary", width=6.0, height=5.2) as plot:
        axes = plot.add_subplot()
        for kind, name in enumerate(data.classes):
            # how far ahead of the best other class: 0 on the boundary, which the contours thus hit between grid points
            lead = [row[kind] - max(row[:kind] + row[kind + 1 :]) for row in scores]
            field = _lines(lead)
            colour = canvas.COLOURS[kind % len(canvas.COLOURS)]
            for level, strength in zip(pairwise(SURE), (0.14, 0.26, 0.38), strict=True):
                axes.contourf(xs, ys, field, level, colors=[colour], alpha=strength)
            if min(lead) < 0 < max(lead):
                axes.contour(xs, ys, field, [0], colors=[canvas.THEME.text], linewidths=1.2)
            points = [row for row, target in zip(data.rows, data.targets, strict=True) if target == kind]
            marker = canvas.MARKERS[kind % len(canvas.MARKERS)]
            look = {"color": colour, "markersize": 5.5, "markeredgecolor": "white", "markeredgewidth": 0.7}
            axes.plot([x for x, _ in points], [y for _, y in points], marker, label=canvas.name(name), **look)
        first, second = map(canvas.name, data.features)
        axes.set(xlabel=first, ylabel=second, title="the darker, the surer the model")
        axes.set(xlim=(xs[0], xs[-1]), ylim=(ys[0], ys[-1]))
        canvas.frame(axes)
        plot.legend(loc="outside lower center", ncols=min(len(data.classes), 5))
    return plot


def plot_parameter_history(history: nn.ParameterHistory) -> "Plot":
    """Histograms of the weights and of the sizes of their gradients, one column for each epoch, one row for each layer.

    A column is the darker where more of the layer's parameters are; the line is their median. Gradients are on a
    logarithmic scale, on which 0 has no place: the title says how many are 0 at the end.
    Raises ValueError for a history in which fit has taken nothing down.
    """
    if len(history.epochs) < 2:
        raise ValueError("history knows no epoch: give it to fit, as callbacks=[history]")
    groups = _layers(list(history.weights))
    canvas = load_canvas()
    plot: Plot
    with canvas.plot("Weights and gradients over the epochs", width=8.6, height=1.2 + 2.1 * len(groups)) as plot:
        grid = plot.subplots(len(groups), 2, sharex=True, squeeze=False)
        for (left, right), (layer, names) in zip(grid, groups.items(), strict=True):
            weights = list(zip(*(history.weights[name] for name in names), strict=True))
            gradients = list(zip(*(history.gradients[name] for name in names), strict=True))
            zeros = gradients[-1].count(0) / len(names)
            _histograms(canvas, left, history.epochs, weights)
            _histograms(
                canvas, right, history.epochs, [[math.log10(abs(g)) for g in column if g] for column in gradients]
            )
            left.set(ylabel=canvas.name(layer), title=f"{len(names)} weights and biases; the line: their median")
            right.set(title="size of their gradients" + f"; at the end {zeros:.0%} are 0" * (zeros > 0))
            right.yaxis.set_major_formatter(lambda place, _: f"1e{place:g}" if float(place).is_integer() else "")
        for axes in grid[-1]:
            axes.set_xlabel("epoch")
            canvas.whole(axes.xaxis)
    return plot


def plot_loss_surface(
    loss: Value,
    parameters: tuple[Value, Value],
    path: Sequence[tuple[float, float]] = (),
    names: tuple[str, str] | None = None,
) -> "Plot":
    """The loss over two parameters, all others as they are now, and the path that training took over it.

    loss: recorded from the parameters, over all the rows that count; its graph is replayed for each point.
    path: the numbers of the two, epoch by epoch from the start, as a ``ParameterHistory`` has them under weights.
    names: of the two; their labels when not given. Contours are logarithmic where the loss rises a hundredfold.
    Raises TypeError or ValueError as ``autograd.compile`` does, for what cannot be replayed.
    """
    program = compile(loss, inputs=parameters)
    track = list(path) or [(parameters[0].data, parameters[1].data)]
    xs, ys = (_spread(numbers, 0.5) for numbers in zip(*track, strict=True))
    # line by line, as the graph of all rows may be large
    heights = [float(height) for y in ys for height in program([[x, y] for x in xs])]
    finite = [height for height in heights if math.isfinite(height)]
    if not finite:
        raise ValueError(f"the loss is finite nowhere from {xs[0]:g} to {xs[-1]:g}: has training run away?")
    canvas = load_canvas()
    plot: Plot
    with canvas.plot("Loss surface", width=6.4, height=5.0) as plot:
        axes = plot.add_subplot()
        levels, note = _levels(finite)
        norm = canvas.BoundaryNorm(levels, canvas.HEIGHTS.N, extend="both")
        axes.contourf(xs, ys, _lines(heights), levels, cmap=canvas.HEIGHTS, norm=norm, extend="both")
        lines = axes.contour(xs, ys, _lines(heights), levels, colors=[canvas.THEME.muted], linewidths=0.6)
        axes.clabel(lines, fmt="%.3g", fontsize="small")
        walked, (end,) = list(zip(*track, strict=True)), track[-1:]
        look = {"color": canvas.THEME.accent, "markeredgecolor": "white"}
        axes.plot(*walked, "-", marker=".", markersize=7, markeredgewidth=0.4, linewidth=1.4, **look)
        if path:
            axes.plot(*track[0], "s", markersize=8, label="start", **look)
        axes.plot(*end, "*", markersize=15, label="end" if path else "here", **look)
        first, second = map(canvas.name, names or (parameter.label for parameter in parameters))
        axes.set(xlabel=first, ylabel=second, title=f"contours: the loss, {note}")
        axes.set(xlim=(xs[0], xs[-1]), ylim=(ys[0], ys[-1]))
        axes.legend(frameon=True, framealpha=0.9, edgecolor=canvas.THEME.edge)
        canvas.frame(axes)
    return plot


def _scores(output: Any, classes: Sequence[str]) -> list[float]:
    """One number for each class, of which the largest is the model's answer."""
    given = output if hasattr(output, "__len__") else [0.0, output]  # one logit is how far the second class is ahead
    if len(given) != len(classes):
        raise ValueError(
            f"the model gives {counted(len(given), 'number')} for a row, but data has {len(classes)} classes: "
            "it needs one for "
            "each, or a single one where there are two classes"
        )
    return list(given)


def _spread(numbers: Sequence[float], margin: float) -> list[float]:
    """Evenly spaced numbers over the range of these and, on both sides, a margin: a share of that range."""
    low, high = min(numbers), max(numbers)
    beyond = margin * ((high - low) or 2 * max(abs(low), 1))
    step = (high - low + 2 * beyond) / (LINES - 1)
    return [low - beyond + step * place for place in range(LINES)]


def _lines(field: Sequence[float]) -> list[Sequence[float]]:
    return [field[start : start + LINES] for start in range(0, len(field), LINES)]


def _levels(heights: Sequence[float]) -> tuple[list[float], str]:
    """Heights at which to draw contours, and what to say of them."""
    low, high = min(heights), max(heights)
    floor = max(low, high / 1e4)
    if low >= 0 and high > 100 * floor:
        ratio = (high / floor) ** (1 / CONTOURS)
        return [floor * ratio**place for place in range(CONTOURS + 1)], f"each {ratio:.2g} times the one below"
    step = (high - low or 1) / CONTOURS
    return [low + step * place for place in range(CONTOURS + 1)], f"in steps of {step:.2g}"


def _layers(names: Sequence[str]) -> dict[str, list[str]]:
    """The names of parameters by the layer they are in: "layers.0"; all as one where there is one, or many."""
    groups: dict[str, list[str]] = {}
    for name in names:
        groups.setdefault(ParameterPath.parse(name).layer, []).append(name)
    return groups if 1 < len(groups) <= MOST_GROUPS else {"all layers": list(names)}


def _histograms(canvas: Any, axes: Any, epochs: Sequence[int], columns: Sequence[Sequence[float]]) -> None:
    """For each epoch a column of bins, all of one height, each as dark as its share of the column."""
    numbers = [number for column in columns for number in column if math.isfinite(number)]
    low, high = (min(numbers), max(numbers)) if numbers else (0.0, 1.0)
    low, high = (low, high) if low < high else (low - 0.5, high + 0.5)
    field = [[0.0] * len(columns) for _ in range(BINS)]
    for place, column in enumerate(columns):
        for number in column:
            if math.isfinite(number):
                field[min(int((number - low) / (high - low) * BINS), BINS - 1)][place] += 1 / len(column)
    extent = (epochs[0] - 0.5, epochs[-1] + 0.5, low, high)
    axes.imshow(field, extent=extent, origin="lower", aspect="auto", cmap=canvas.DENSITY, interpolation="nearest")
    axes.plot(
        epochs, [median(column) if column else math.nan for column in columns], color=canvas.ORANGE, linewidth=1.3
    )
    axes.grid(visible=False)
