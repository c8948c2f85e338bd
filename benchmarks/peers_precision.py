"""The rows of the table as PyTorch and JAX have them, for benchmarks/precision.py; whichever is installed."""

from collections.abc import Callable, Sequence
from importlib.util import find_spec
from typing import Any

from autograd.registry import Primitive

PEERS: dict[str, Callable[[Primitive, Sequence[float], int], list[float]]] = {}

# What has another name there, or no name at all.
NAMES = {"neg": "negative", "log": "log", "pow": "pow", "div": "divide", "sub": "subtract", "mul": "multiply"}


def _second(count: int) -> list[tuple[int, int]]:
    return [(i, j) for i in range(count) for j in range(i, count)]


if find_spec("torch"):
    import torch

    def _torch_function(row: Primitive) -> Any:
        places = torch, torch.special, torch.nn.functional
        for name in (row.name, NAMES.get(row.name, row.name)):
            for place in places:
                if hasattr(place, name):
                    return getattr(place, name)
        return None

    def torch_results(row: Primitive, point: Sequence[float], order: int) -> list[float]:
        """The results of one order as PyTorch has them, in float64; none for what it lacks."""
        f = _torch_function(row)
        if f is None:
            return []
        inputs = [torch.tensor(x, dtype=torch.float64, requires_grad=True) for x in point]
        output = f(*inputs)
        if order == 0:
            return [output.item()]
        first = torch.autograd.grad(output, inputs, create_graph=True)
        if order == 1:
            return [slope.item() for slope in first]
        found = []
        for i, j in _second(len(point)):
            known = first[i].requires_grad
            bend = torch.autograd.grad(first[i], inputs[j], retain_graph=True, allow_unused=True)[0] if known else None
            found.append(0.0 if bend is None else bend.item())
        return found

    PEERS["PyTorch"] = torch_results

if find_spec("jax"):
    import jax

    jax.config.update("jax_enable_x64", True)

    def _jax_function(row: Primitive) -> Any:
        places = jax.numpy, jax.scipy.special, jax.nn
        for name in (NAMES.get(row.name, row.name), row.name):
            for place in places:
                if hasattr(place, name):
                    f = getattr(place, name)
                    return (lambda x: jax.nn.gelu(x, approximate=False)) if name == "gelu" else f
        return None

    def jax_results(row: Primitive, point: Sequence[float], order: int) -> list[float]:
        """The results of one order as JAX has them, in float64; none for what it lacks."""
        f = _jax_function(row)
        if f is None:
            return []
        if order == 0:
            return [float(f(*point))]
        places = tuple(range(len(point)))
        first = jax.grad(f, places)
        if order == 1:
            return list(map(float, first(*point)))
        return [float(jax.grad(lambda *x, i=i: first(*x)[i], j)(*point)) for i, j in _second(len(point))]

    PEERS["JAX"] = jax_results
