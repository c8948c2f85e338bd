"""Drawings of what models answer: two rivals over the same animals, and digits as they were written."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import nn
from pictures import Shown, show
from visualize.plots.figure import BLUE, ORANGE, THEME, frame, plot

Model = Callable[[Any], Any]

POINTS = 81  # of the map, each way


def neuron(data: nn.Dataset) -> nn.Neuron:
    """A single neuron trained on the data, as in lesson 6."""
    model = nn.Neuron(data.features, nonlin=False, seed=0)
    optimizer = nn.SGD(model.parameters(), lr=1.0)
    nn.fit(
        model, data.rows, data.targets, nn.binary_cross_entropy_with_logits, optimizer, epochs=60, seed=0,
        progress=False,
    )  # fmt: skip
    return model


def rivals(models: Mapping[str, Model], data: nn.Dataset) -> Shown:
    """The map of each model side by side, the same animals on each, and a cross on those that it gets wrong."""
    with plot("What each of them answers", width=8.4, height=4.4) as figure:
        panels = figure.subplots(1, len(models), sharey=True)
        places = [number / (POINTS - 1) for number in range(POINTS)]
        told = []
        for axes, (name, model) in zip(panels, models.items(), strict=True):
            heights = [nn.predict(model, [[ears, fur] for ears in places]) for fur in places]
            axes.contourf(places, places, heights, [-1e9, 0, 1e9], colors=[ORANGE, BLUE], alpha=0.16)
            axes.contour(places, places, heights, [0], colors=[THEME.muted], linewidths=1)
            answers = nn.predict_classes(model, data.rows)
            small = len(data.rows) > 100
            for kind, colour, marker in ((0, ORANGE, "o"), (1, BLUE, "s")):
                points = [row for row, target in zip(data.rows, data.targets, strict=True) if target == kind]
                axes.plot(*zip(*points, strict=True), marker, color=colour, markersize=3 if small else 5,
                          label=f"{data.classes[kind]}")  # fmt: skip
            wrong = [r for r, a, t in zip(data.rows, answers, data.targets, strict=True) if a != t]
            if wrong:
                axes.plot(
                    *zip(*wrong, strict=True), "x", color=THEME.text, markersize=8, markeredgewidth=1.4, label="wrong"
                )
            title = f"{name}: {len(answers) - len(wrong)} of {len(answers)} right"
            axes.set(title=title, xlabel="ears, from hanging to pointed", xlim=(0, 1), ylim=(0, 1))
            frame(axes)
            told.append(title)
        panels[0].set_ylabel("fur, from white to black")
        figure.legend(*panels[-1].get_legend_handles_labels(), loc="outside lower center", ncols=3)
    return show(
        figure,
        f"Maps of ears and fur, with the same animals on each. {'; '.join(told)}. The parrot's map has islands round "
        "single animals, the neuron's is cut in two by a straight line.",
    )


def images(rows: Sequence[Sequence[float]], titles: Sequence[str]) -> Shown:
    """Digits of 8x8 pixels side by side, each under its title."""
    with plot("As written, and as read", width=1.1 * len(rows), height=1.9) as figure:
        panels = figure.subplots(1, len(rows))
        for axes, row, title in zip(panels, rows, titles, strict=True):
            axes.imshow([row[start : start + 8] for start in range(0, 64, 8)], cmap="gray_r")
            axes.set_title(title, fontsize=9)
            axes.set_axis_off()
    return show(figure, f"Digits as they were written: {'; '.join(titles)}.")
