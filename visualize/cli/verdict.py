"""How good a table's model is on rows held out, beside a baseline that looks at no row: in text and pictures."""

import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import fmean
from typing import Any, NamedTuple

import nn
from nn.tabular.table_model import TableModel
from visualize.plots.training import plot_confusion_matrix, plot_history, plot_residuals


class Score(NamedTuple):
    """A metric on the rows held out: what the model reached, and what is reached without looking at a row."""

    metric: str
    reached: float
    baseline: float
    format: str
    words: str  # what the baseline does


def scores_of(model: TableModel, answers: Sequence[Any], training: nn.Dataset, held_out: nn.Dataset) -> Iterator[Score]:
    """What a table's model reaches on rows that it never saw; where there are classes, answers are probabilities."""
    learned, targets = training.targets, held_out.targets
    if model.classes:
        accuracy = nn.accuracy(guesses_of(answers), targets)
        yield Score(
            "accuracy",
            accuracy,
            nn.majority_baseline(training=learned, targets=targets),
            ".1%",
            "always the commonest class",
        )
        costs = nn.log_loss(answers, targets), nn.prior_baseline(training=learned, targets=targets)
        yield Score("log loss", *costs, ".3f", "each class by its share")
        return
    error, baseline = nn.mean_squared_error(answers, targets), nn.mean_baseline(training=learned, targets=targets)
    yield Score("typical error", math.sqrt(error), math.sqrt(baseline), ".4g", "always the mean")
    if nn.mean_baseline(training=targets, targets=targets):  # R2 is a share of what varies
        always = [fmean(learned)] * len(targets)
        shares = [nn.r2_score(predicted=guesses, targets=targets) for guesses in (answers, always)]
        yield Score("R2", shares[0], shares[1], "z.3f", "always the mean")


def guesses_of(answers: Sequence[Sequence[float]]) -> list[int]:
    """The likeliest class of each row."""
    return [max(range(len(chances)), key=chances.__getitem__) for chances in answers]


def judgement(rows: int, scores: Sequence[Score]) -> Iterator[str]:
    """The scores as lines of a table, and a sentence if nothing was learned."""
    yield f"{f'on the {rows:,} rows held out':<26}{'this model':>12}{'baseline':>12}"
    for metric, reached, baseline, style, words in scores:
        ours, beside = (format(figure, style if abs(figure) < 1e6 else ".3g") for figure in (reached, baseline))
        yield f"  {metric:<24}{ours:>12}{beside:>12}   {words}"
    first = scores[0]
    if first.reached <= first.baseline if first.metric == "accuracy" else first.reached >= first.baseline:
        yield "no better than the baseline: the other columns tell little, or rows are too few"


def save_plots(
    folder: Path, history: nn.History, model: TableModel, answers: Sequence[Any], held_out: nn.Dataset
) -> list[str]:
    """Draw how training went, and how the answers are; the names of the files, or none without matplotlib."""
    try:
        plot_history(history).save(folder / "history.svg")
    except ModuleNotFoundError as missing:
        print(f"no plots: {missing}")
        return []
    if model.classes:
        guesses = guesses_of(answers)
        plot = plot_confusion_matrix(predicted=guesses, targets=held_out.targets, classes=model.classes)
        plot.save(folder / "confusion.svg")
        return ["history.svg", "confusion.svg"]
    plot = plot_residuals(predicted=answers, targets=held_out.targets, name=model.target)
    plot.save(folder / "residuals.svg")
    return ["history.svg", "residuals.svg"]
