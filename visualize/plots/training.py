"""How training went and how good the predictions are, as figures of matplotlib (the extra ``plot``)."""

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

import nn
from autograd.arrays import column_list
from autograd.counting import counted
from nn.extras import extra
from nn.metrics import by_name

if TYPE_CHECKING:
    from visualize.plots.figure import Plot

MOST_BARS = 12


class History(Protocol):
    """What ``plot_history`` reads of the history that ``fit`` returns: one number for each epoch."""

    loss: list[float]
    validation_loss: list[float]
    metrics: dict[str, list[float]]


def plot_history(history: History) -> "Plot":
    """The loss, in training and in validation, and below it every metric, over the epochs.

    A loss that falls to less than a hundredth is drawn on a logarithmic scale.
    Raises ValueError for a history without epochs.
    """
    if not history.loss:
        raise ValueError("history has no epochs to draw; fit(...) returns one that has")
    canvas = load_canvas()
    plot: Plot
    with canvas.plot("Loss and metrics over the epochs", height=3.4 + 1.7 * len(history.metrics)) as plot:
        first, *others = plot.subplots(
            1 + len(history.metrics), sharex=True, squeeze=False, height_ratios=[2] + [1.3] * len(history.metrics)
        )[:, 0]
        epochs = range(1, len(history.loss) + 1)
        first.plot(epochs, history.loss, color=canvas.BLUE, label="training", **_dots(epochs))
        if history.validation_loss:
            lowest, best = min(zip(history.validation_loss, epochs, strict=True), key=_nan_last)
            label = f"validation, lowest in epoch {best}: {lowest:.3g}"
            first.plot(epochs, history.validation_loss, "--", color=canvas.ORANGE, label=label, **_dots(epochs))
            first.plot(best, lowest, "o", color=canvas.ORANGE, markersize=7)
        sizes = [x for x in (*history.loss, *history.validation_loss) if math.isfinite(x)]
        is_wide = bool(sizes) and 0 < min(sizes) < max(sizes) / 100
        if is_wide:
            first.set_yscale("log")
            first.yaxis.set_major_formatter("{x:g}")
        first.set_ylabel("loss (log scale)" if is_wide else "loss")
        first.legend()
        for axes, (name, values) in zip(others, history.metrics.items(), strict=True):
            axes.plot(epochs, values, color=canvas.GREEN, **_dots(epochs))
            axes.set_ylabel(canvas.name(name))
        bottom = (first, *others)[-1]
        bottom.set_xlabel("epoch")
        canvas.whole(bottom.xaxis)
    return plot


@by_name
def plot_residuals(*, predicted: Any, targets: Any, name: str = "target") -> "Plot":
    """What was predicted beside what was true, and what is left: the residuals, target - prediction.

    predicted, targets: one number for each row. name: of the target, with its unit: "score (points)".
    Raises ValueError when the lengths differ or there are no rows.
    """
    root = math.sqrt(nn.mean_squared_error(predicted, targets))
    guesses, truths = column_list(predicted, "predicted"), column_list(targets, "targets")
    canvas = load_canvas()
    plot: Plot
    with canvas.plot(f"Predictions of {canvas.name(name)}", width=8.4, height=4.2) as plot:
        left, right = plot.subplots(1, 2)
        look = {"color": canvas.BLUE, "alpha": 0.6, "markersize": 5, "markeredgewidth": 0}
        left.plot(guesses, truths, "o", **look)
        left.axline((truths[0], truths[0]), slope=1, color=canvas.ORANGE, linestyle="--", linewidth=1.5)
        left.set(xlabel="predicted", ylabel="true", title="on the dashed line: right")
        right.plot(guesses, [truth - guess for guess, truth in zip(guesses, truths, strict=True)], "o", **look)
        right.axhline(0, color=canvas.ORANGE, linestyle="--", linewidth=1.5)
        right.set(xlabel="predicted", ylabel="residual: true - predicted", title=f"root mean square: {root:.3g}")
    return plot


@by_name
def plot_confusion_matrix(*, predicted: Any, targets: Any, classes: Sequence[str]) -> "Plot":
    """How often each class was taken for each: right ones blue, on the diagonal, and wrong ones orange.

    predicted, targets: the class of each row. classes: the names of the classes. A field is the darker, the larger its
    share of its row.
    Raises ValueError when the lengths differ, there are no rows, or a class is not there.
    """
    counts = nn.confusion_matrix(predicted=predicted, targets=targets, classes=len(classes))
    canvas = load_canvas()
    plot: Plot
    size = 2.0 + 0.42 * max(len(classes), 4)
    with canvas.plot("Confusion matrix", width=size + 0.8, height=size) as plot:
        axes = plot.add_subplot()
        for true, row in enumerate(counts):
            for guess, count in enumerate(row):
                shade = math.sqrt(count / (sum(row) or 1))  # so that a rare mistake is seen
                fill = (canvas.RIGHT if true == guess else canvas.WRONG)(shade)
                look = {"facecolor": fill, "edgecolor": canvas.THEME.edge, "linewidth": 0.5}
                axes.add_patch(canvas.Rectangle((guess - 0.5, true - 0.5), 1, 1, **look))
                colour = canvas.THEME.background if shade > 0.8 else canvas.THEME.text
                axes.text(guess, true, str(count or "·"), ha="center", va="center", color=colour)
        places, names = range(len(classes)), [canvas.name(name) for name in classes]
        slant = 45 if max(map(len, names)) > 6 and len(names) > 3 else 0
        axes.set_xticks(places, names, rotation=slant, ha="right" if slant else "center", rotation_mode="anchor")
        axes.set_yticks(places, names)
        axes.set(
            xlim=(-0.5, len(classes) - 0.5), ylim=(len(classes) - 0.5, -0.5), aspect="equal",
            xlabel="predicted", ylabel="true",
            title=f"right: {nn.accuracy(predicted, targets):.1%} of {counted(len(targets), 'row')}",
        )  # fmt: skip
        canvas.frame(axes)
    return plot


def plot_importance(importance: Mapping[str, float], costs: str = "loss") -> "Plot":
    """How much worse a model gets when a column is shuffled, as bars: the dozen that count most.

    importance: by the name of the column. costs: what rises then, such as "log loss".
    Raises ValueError when there is no column.
    """
    if not importance:
        raise ValueError("importance is empty: it needs a number for at least one column")
    bars = sorted(importance.items(), key=lambda entry: -entry[1])[:MOST_BARS]
    canvas = load_canvas()
    plot: Plot
    with canvas.plot("What the model looks at", height=1.4 + 0.32 * len(bars)) as plot:
        axes = plot.add_subplot()
        places = range(len(bars))
        axes.barh(places, [rise for _, rise in bars], color=canvas.BLUE, height=0.6)
        axes.axvline(0, color=canvas.THEME.line, linewidth=0.8)
        axes.set_yticks(places, [canvas.name(name) for name, _ in bars])
        axes.set(ylim=(len(bars) - 0.4, -0.6), xlabel=f"rise of the {costs} when the column is shuffled")
    return plot


def load_canvas() -> Any:
    """The module that needs matplotlib. Raises ModuleNotFoundError that says what to install."""
    return extra("visualize.plots.figure", "matplotlib")


def _dots(epochs: Sequence[int]) -> dict[str, Any]:
    """A curve of few epochs shows each of them; one alone would not be seen without."""
    return {"marker": "."} if len(epochs) <= 20 else {}


def _nan_last(pair: tuple[float, int]) -> tuple[bool, float]:
    return math.isnan(pair[0]), pair[0]
