"""How good a table's model is on rows held out, beside a baseline that looks at no row: in text and pictures."""

import math
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import fmean
from typing import Any, NamedTuple

import nn
from autograd.counting import counted
from nn.tabular.table_model import TableModel
from visualize.plots.training import plot_confusion_matrix, plot_history, plot_importance, plot_residuals
from visualize.terminal.transcript import indented


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
    judged = f"on the {counted(rows, 'row')} held out"
    yield f"{judged:<26}{'this model':>12}{'baseline':>12}"
    for metric, reached, baseline, style, words in scores:
        ours, beside = (format(figure, style if abs(figure) < 1e6 else ".3g") for figure in (reached, baseline))
        yield f"  {metric:<24}{ours:>12}{beside:>12}   {words}"
    first = scores[0]
    if first.reached <= first.baseline if first.metric == "accuracy" else first.reached >= first.baseline:
        yield "no better than the baseline: the other columns tell little, or rows are too few"


def save_plots(
    folder: Path,
    history: nn.History,
    model: TableModel,
    answers: Sequence[Any],
    held_out: nn.Dataset,
    importance: Mapping[str, float],
) -> list[str]:
    """Draw how training went, how good the answers are and what they depend on; the names of the files.

    Without matplotlib there are none, and a line says so.
    """
    try:
        plots = {"history.svg": plot_history(history)}
    except ModuleNotFoundError as missing:
        print(indented("no plots: ", str(missing), 80))
        return []
    if model.classes:
        guesses = guesses_of(answers)
        plots["confusion.svg"] = plot_confusion_matrix(
            predicted=guesses, targets=held_out.targets, classes=model.classes
        )
    else:
        plots["residuals.svg"] = plot_residuals(predicted=answers, targets=held_out.targets, name=model.target)
    plots["importance.svg"] = plot_importance(importance, cost_of(model))
    for name, plot in plots.items():
        plot.save(folder / name)
    return list(plots)


def cost_of(model: TableModel) -> str:
    """What rises when a column is shuffled."""
    return "log loss" if model.classes else "typical error"
