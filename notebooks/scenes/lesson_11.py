"""Drawings of what was tried and what came of it: trainings without their settings, and chances without a column."""

from collections.abc import Sequence
from math import exp
from statistics import fmean
from typing import NamedTuple

import nn
from pictures import Shown, show
from visualize.plots.figure import BLUE, COLOURS, MARKERS, ORANGE, plot, whole

# Five trainings of one neuron: learning rate, seed.
TRIED = {"a": (0.3, 0), "b": (0.03, 0), "c": (0.1, 3), "d": (1.0, 0), "e": (0.3, 1)}


class Person(NamedTuple):
    """Somebody who asked for work: their skill from 0 to 1, group 0 or 1, and whether they live in the east."""

    skill: float
    group: int
    east: int
    hired: int


def yesterday(epochs: int = 10) -> Shown:
    """The losses of five trainings that nobody wrote down."""
    animals = nn.cats_and_dogs(seed=0)
    last = []
    with plot("Five trainings of yesterday", height=3.6) as figure:
        axes = figure.subplots()
        for (name, (lr, seed)), colour, marker in zip(TRIED.items(), COLOURS, MARKERS, strict=False):
            neuron = nn.Neuron(animals.features, nonlin=False, seed=seed)
            history = nn.fit(
                neuron, animals.rows, animals.targets, nn.binary_cross_entropy_with_logits,
                nn.SGD(neuron.parameters(), lr=lr), epochs=epochs, seed=seed, progress=False,
            )  # fmt: skip
            axes.plot(range(1, epochs + 1), history.loss, color=colour, marker=marker, markersize=4, label=name)
            last.append(f"{name} {history.loss[-1]:.2f}")
        axes.set(xlabel="epoch", ylabel="loss", ylim=(0, None))
        axes.legend(ncols=5)
        whole(axes.xaxis)
    return show(figure, f"Five curves that fall, with letters for names. In the end the losses are {', '.join(last)}.")


def decisions(count: int = 50) -> list[Person]:
    """People of two groups, equally skilled, and what was decided: over 0.5 in group 0, and over 0.7 in group 1.

    Nine in ten of group 1 live in the east, and one in ten of group 0.
    """
    people = []
    for place in range(count):
        skill = (place + 0.5) / count
        for group in (0, 1):
            east = 1 - group if place % 10 == 3 else group
            people.append(Person(skill, group, east, int(skill > 0.5 + 0.2 * group)))
    return people


def chances(people: Sequence[Person], by_group: nn.Neuron, by_district: nn.Neuron) -> Shown:
    """The mean chance that people of each group have, over their skill: with the group known, and with the district."""
    told = []
    with plot("The chance that equally skilled people have", width=8.4, height=3.6) as figure:
        panels = figure.subplots(1, 2, sharey=True)
        for axes, neuron, known in zip(panels, (by_group, by_district), ("group", "district"), strict=True):
            between = []
            for group, colour, marker in ((0, BLUE, "o"), (1, ORANGE, "s")):
                members = [person for person in people if person.group == group]
                points = [(p.skill, _chance(neuron, p.skill, p.group if known == "group" else p.east)) for p in members]
                name = f"group {'AB'[group]}"
                axes.plot(*zip(*points, strict=True), marker, color=colour, markersize=3.5, label=name)
                between.append(fmean(chance for skill, chance in points if 0.5 < skill < 0.7))
            axes.set(title=f"skill and {known} known", xlabel="skill")
            told.append(f"With the {known} known, people of a skill between 0.5 and 0.7 have a mean chance of "
                        f"{between[0]:.0%} in A and {between[1]:.0%} in B.")  # fmt: skip
        panels[0].set_ylabel("chance to be hired")
        panels[0].legend()
    return show(figure, f"Two panels of rising chances, group A far to the left of group B in both. {' '.join(told)}")


def _chance(neuron: nn.Neuron, *row: float) -> float:
    (score,) = nn.predict(neuron, [row])
    return 1 / (1 + exp(-score))
