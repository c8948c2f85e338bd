"""What a trained model says, and how good that is on rows it did not learn from."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from inspect import signature
from numbers import Real
from typing import Any

import numpy as np

from autograd import Value, no_grad
from autograd.arrays import labels
from autograd.coercion import describe
from autograd.program.tape import Array
from nn.modules.module import Module
from nn.training.arguments import check_cells, column
from nn.training.over_examples import Columns, Eager, over_examples

FEW = 8  # rows that are sooner computed one by one than recorded

Model = Callable[[Any], Any]
Metric = Callable[..., float]
# What libraries call the two lists that a metric compares.
PREDICTED = {"predicted", "predictions", "preds", "input", "y_pred", "y_score", "y_prob", "y_proba"}
TRUE = {"targets", "target", "y_true"}


def predict(model: Model, rows: Any) -> list[Any]:
    """The model's output for each row, as numbers or lists of numbers: without dropout, and nothing is recorded.

    Many rows go through a recorded program, where the model allows it.
    rows: a list, an array or a frame of any library, taken by position. Raises TypeError or FloatingPointError that
    names the cell of which the model can make no number: text, a gap, nan.
    """
    found = column(rows, "rows")
    with evaluating(model):
        check_cells(model, {"rows": (found, labels(rows))})
        examples = Eager(model, [found]) if len(found) < FEW else over_examples(model, [found])[0]
        outputs: list[Any] = examples().tolist()
    return outputs


def predict_classes(model: Model, rows: Any) -> list[int]:
    """The class of each row: the place of the largest output; for a single output 1 where it is above 0, else 0."""
    return classes(predict(model, rows))


def classes(outputs: Sequence[Any]) -> list[int]:
    """The class that each output, a number or a list of numbers, speaks for."""
    return [int(np.argmax(y)) if isinstance(y, (list, tuple)) else int(y > 0) for y in outputs]


class Evaluator:
    """The mean loss and the metrics on rows that a model does not learn from, as often as asked.

    metrics: functions of (predictions, targets) by name, that give a number each. Predictions are classes where the
    targets are: ints, for several outputs, or for a single one 0 and 1, or -1 and 1. Else they are the outputs.
    """

    def __init__(
        self,
        model: Model,
        loss: Callable[[Any, Any], Any],
        rows: Sequence[Any],
        targets: Sequence[Any],
        parameters: Sequence[Value],
        metrics: Mapping[str, Metric],
    ) -> None:
        self.model, self.targets, self.metrics = model, targets, metrics

        def judged(row: Any, target: Any) -> list[Any]:
            output = model(row)
            return [loss(output, target), *(np.ravel(np.array(output, dtype=object)) if metrics else [])]

        with evaluating(model):
            with no_grad():
                self.single = not hasattr(model(rows[0]), "__len__")
            self.examples, _ = over_examples(judged, (rows, targets), parameters, one_hot(model, rows, targets))

    def __call__(self) -> tuple[float, dict[str, float]]:
        """(mean loss, metrics by name), with the parameters as they are.

        Raises FloatingPointError for a loss that is inf or nan, TypeError for a metric that is not one number.
        """
        with evaluating(self.model):
            table = self.examples()
        lost = np.flatnonzero(~np.isfinite(table[:, 0]))
        if len(lost):
            raise FloatingPointError(f"the loss of validation row {lost[0]} is {table[lost[0], 0]}")
        return float(table[:, 0].mean()), dict(self._measured(table[:, 1:]))

    def _measured(self, outputs: Array) -> Iterator[tuple[str, float]]:
        predictions = self._predictions(outputs) if self.metrics else []
        for name, metric in self.metrics.items():
            figure = measured(metric, predictions, self.targets)
            if not isinstance(figure, Real):
                raise TypeError(f"metrics[{name!r}] must give one number, not {describe(figure)}")
            yield name, float(figure)

    def _predictions(self, table: Array) -> list[Any]:
        outputs: list[Any] = (table[:, 0] if self.single else table).tolist()
        if not self.single:
            return classes(outputs) if _are_classes(self.targets) else outputs
        if _are_among(self.targets, (0, 1)):
            return classes(outputs)
        if _are_among(self.targets, (-1, 1)):
            return [2 * kind - 1 for kind in classes(outputs)]
        return outputs


def measured(metric: Metric, predictions: Any, targets: Any) -> Any:
    """What a metric gives: each list by its name where the metric names it, else (predictions, targets).

    So a function that takes them in the other order, as scikit-learn's do, is not given them the wrong way round.
    """
    try:
        names = set(signature(metric).parameters)
    except (TypeError, ValueError):  # written in C
        return metric(predictions, targets)
    guess, truth = names & PREDICTED, names & TRUE
    if len(guess) == len(truth) == 1:
        return metric(**{guess.pop(): predictions, truth.pop(): targets})
    return metric(predictions, targets)


def one_hot(model: Model, rows: Sequence[Any], targets: Sequence[Any]) -> Columns | None:
    """(rows, lists of 0 with a 1 in the place of the class): what a program takes, for a model with several outputs.

    None where the targets are not classes of such a model.
    """
    if not _are_classes(targets):
        return None
    with no_grad():
        output = model(rows[0])
    if not hasattr(output, "__len__") or not 0 <= min(targets) <= max(targets) < len(output):
        return None
    return rows, np.eye(len(output))[np.asarray(targets, dtype=int)].tolist()  # a bool would be a mask


def _are_classes(targets: Sequence[Any]) -> bool:
    return all(isinstance(target, (int, np.integer, np.bool_)) for target in targets)


def _are_among(targets: Sequence[Any], pair: tuple[int, int]) -> bool:
    return all(isinstance(target, (int, float, np.generic)) and target in pair for target in targets)


@contextmanager
def evaluating(model: Model) -> Iterator[None]:
    """The model as it is used, without dropout, for as long as this is open."""
    if not isinstance(model, Module) or not model.training:
        yield
        return
    model.eval()
    try:
        yield
    finally:
        model.train()
