"""The gradients that a backward pass has left behind: read, checked, clipped."""

import math
from collections.abc import Iterable, Sequence
from typing import Any

from autograd import Value
from autograd.coercion import as_float, describe, is_finite, plain
from autograd.program.parameter_arrays import ParameterArrays


def trainable(parameters: Iterable[Value]) -> list[Value]:
    """The parameters as a list. Raises TypeError or ValueError for what cannot be trained, or would be twice."""
    found = _listed(parameters)
    if not found:
        raise ValueError("parameters is empty, there is nothing to train: a module's weights must be nn.Parameter")
    for parameter in found:
        if not isinstance(parameter, Value):
            raise TypeError(f"parameters must hold Values, not {describe(parameter)}")
        if parameter.parents:
            raise ValueError(
                f"{parameter!r} was computed (op {parameter.op!r}), so changing it would teach nothing: "
                "give the leaves it was computed from"
            )
    if len(set(found)) < len(found):
        raise ValueError("a parameter is listed twice and would move twice per step: list each once")
    return found


def finite_gradients(parameters: Sequence[Value]) -> list[Any]:
    """Their gradients as plain numbers. Raises FloatingPointError that names the first which is infinite or NaN."""
    gradients = [plain(parameter.grad) for parameter in parameters]
    for place, gradient in enumerate(gradients):
        if not is_finite(gradient):
            raise FloatingPointError(_lost(place, parameters[place], gradient))
    return gradients


def float_gradients(parameters: Sequence[Value]) -> list[float]:
    """Their gradients as floats. Raises as ``finite_gradients``, and OverflowError that names one too large."""
    gradients = finite_gradients(parameters)
    try:
        return list(map(float, gradients))
    except OverflowError:
        for place, gradient in enumerate(gradients):
            as_float(gradient, f"the gradient of {parameter_name(place, parameters[place])}")
        raise


def check_finite(arrays: ParameterArrays) -> None:
    """Raise FloatingPointError that names the first gradient which is infinite or NaN."""
    place = arrays.lost()
    if place is not None:
        raise FloatingPointError(_lost(place, arrays.leaves[place], float(arrays.grad[place])))


def clip_grad_norm(parameters: Iterable[Value] | ParameterArrays, max_norm: float) -> float:
    """Shorten all gradients alike, so that together, as one vector, they are no longer than ``max_norm``.

    parameters: a list of Values, or the arrays they live in, from ``optimizer.resident()``.
    Returns how long they were (the root of the sum of squares). As in PyTorch the factor is
    max_norm / (length + 1e-6), never above 1.
    Raises, with nothing changed, FloatingPointError when a gradient is infinite or NaN, OverflowError when one, or all
    together, are too long for a float; ValueError for a max_norm that is not positive.
    """
    limit = _positive(max_norm, "max_norm")
    if isinstance(parameters, ParameterArrays):
        check_finite(parameters)
        length = _length(parameters.grad.tolist())
        parameters.grad = parameters.grad * min(1.0, limit / (length + 1e-6))
        return length
    found = _listed(parameters)
    gradients = float_gradients(found)
    length = _length(gradients)
    factor = min(1.0, limit / (length + 1e-6))
    for parameter, gradient in zip(found, gradients, strict=True):
        parameter.grad = gradient * factor
    return length


def clip_grad_value(parameters: Iterable[Value], clip_value: float) -> None:
    """Bring each gradient by itself between -clip_value and clip_value. Raises as ``clip_grad_norm`` does."""
    found = _listed(parameters)
    limit = _positive(clip_value, "clip_value")
    for parameter, gradient in zip(found, finite_gradients(found), strict=True):
        parameter.grad = max(-limit, min(limit, gradient))


def _listed(parameters: Iterable[Value]) -> list[Value]:
    if not isinstance(parameters, Iterable):
        raise TypeError(f"parameters must be a list of Values, such as model.parameters(), not {describe(parameters)}")
    return list(parameters)


def _positive(given: float, name: str) -> float:
    limit = as_float(given, name)
    if not limit > 0:
        raise ValueError(f"{name} must be positive, not {limit}")
    return limit


def _length(gradients: list[float]) -> float:
    length = math.hypot(*gradients)
    if math.isinf(length):
        raise OverflowError("the gradients are together too long for a float: clip_grad_value shortens each by itself")
    return length


def parameter_name(place: int, parameter: Value) -> str:
    """What an error calls a parameter: its place in the list, and its label."""
    return f"parameter {place}" + (f" ({parameter.label})" if parameter.label else "")


def _lost(place: int, parameter: Value, gradient: Any) -> str:
    return (
        f"the gradient of {parameter_name(place, parameter)} is {gradient}, and no parameter was changed: a smaller lr "
        "than the one before may keep the numbers finite; backward() inside autograd.detect_anomaly() names where this "
        "one arose"
    )
