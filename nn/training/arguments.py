"""What ``fit`` is given, checked before anything is changed: a mistake is named, with what belongs in its place."""

from collections.abc import Mapping
from typing import Any

from autograd.coercion import describe, whole_number
from nn.data.datasets import Dataset
from nn.modules.module import Module


def check_examples(rows: Any, targets: Any) -> None:
    """Refuse what is no list of rows with one target each: TypeError for another thing, ValueError for counts."""
    for name, given in (("rows", rows), ("targets", targets)):
        if isinstance(given, Dataset) or not hasattr(given, "__len__"):
            raise TypeError(f"{name} must be a list or an array, such as data.{name}, not {describe(given)}")
    if len(rows) != len(targets) or not len(rows):
        raise ValueError(
            f"fit needs one target per row, and at least one; got {len(rows)} rows and {len(targets)} targets"
        )


def check_learner(model: Any, loss: Any, optimizer: Any) -> None:
    """Refuse a loss that is no function (TypeError), and an optimizer that is none or moves another model."""
    if not callable(loss):
        raise TypeError(f"loss must be a function of (output, target), such as nn.mse_loss, not {describe(loss)}")
    missing = [name for name in ("parameters", "lr", "step", "zero_grad") if not hasattr(optimizer, name)]
    if missing:
        raise TypeError(
            f"optimizer must have parameters, lr, step() and zero_grad(), as nn.SGD(model.parameters()) does; "
            f"{describe(optimizer)} has no {missing[0]}"
        )
    if isinstance(model, Module) and not set(model.parameters()) & set(optimizer.parameters):
        raise ValueError(
            "optimizer moves no parameter of this model, which would learn nothing: make one with model.parameters(), "
            "and a new one for a new model"
        )


def check_validation(validation: Any, metrics: Any, patience: Any) -> None:
    """Refuse validation that is no (rows, targets), and what makes no sense without any, with TypeError or ValueError.

    metrics: must be a dict. patience: a whole number from 1 on.
    """
    if validation is None:
        for name, given in (("metrics", metrics), ("patience", patience)):
            if given is not None:
                raise ValueError(f"{name} looks at rows held out: give some with validation=(rows, targets)")
    elif len(validation) != 2 or len(validation[0]) != len(validation[1]) or not len(validation[0]):
        raise ValueError(
            "validation must be (rows, targets), such as (data.rows, data.targets), with one target per row, and at "
            "least one"
        )
    if not isinstance(metrics, Mapping | None):
        raise TypeError(f'metrics must be a dict, such as {{"accuracy": nn.accuracy}}, not {describe(metrics)}')
    if patience is not None:
        whole_number(patience, "patience")
