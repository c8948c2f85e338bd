"""Numbers of PyTorch and JAX where one number is expected: see docs/numbers.md."""

import jax.numpy as jnp
import numpy as np
import pytest
import torch

import autograd
import nn
from autograd import Value

WIDTHS = ("float16", "bfloat16", "float32", "float64", "int8", "int16", "int32", "int64", "bool")
NUMBERS = {f"torch.{width}": (torch.tensor(1, dtype=getattr(torch, width)), 1) for width in WIDTHS}
NUMBERS |= {f"jax.{width}": (jnp.array(1, dtype=width), 1) for width in WIDTHS if not width.endswith("64")}
NUMBERS |= {
    "entry of a tensor": (torch.tensor([0.1])[0], float(np.float32(0.1))),
    "entry of a JAX array": (jnp.array([0.1])[0], float(np.float32(0.1))),
    "jax.numpy.float32": (jnp.float32(0.5), 0.5),
}
OTHERS = {
    "with a gradient of its own": (torch.tensor(1.0, requires_grad=True), r"use \.item\(\)"),
    "torch parameter": (torch.nn.Parameter(torch.tensor(1.0)), r"use \.item\(\)"),
    "complex tensor": (torch.tensor(1j), "one real number"),
    "complex JAX array": (jnp.array(1j), "one real number"),
    "tensor with an axis": (torch.tensor([1.0]), "make one Value per entry"),
    "JAX array with an axis": (jnp.array([1.0]), "make one Value per entry"),
}


@pytest.mark.parametrize(("given", "number"), NUMBERS.values(), ids=NUMBERS)
def test_what_is_one_number(given, number) -> None:
    p, q = Value(0.0), Value(0.0)
    p.data = q.data = p.grad = given
    assert (p.data, q.data, p.grad) == (number, number, number)
    assert {type(p.data), type(p.grad)} <= {int, float}
    nn.clip_grad_norm([p], given)
    nn.SGD([p], lr=given).step()
    assert (q.data, float(given)) == (number, number)  # nothing of theirs is changed in place
    for result, right in (
        (given * q, number**2),
        (q * given, number**2),
        (given - q, 0),
        (q - given, 0),
        (q / given, 1),
    ):
        assert result.data == right
        assert result.parents == (q,)
    assert float(autograd.exp(given)) == pytest.approx(np.exp(number))
    assert (q <= given, q < given, given <= q) == (True, False, True)
    assert autograd.grad(autograd.square)(given) == 2 * number


@pytest.mark.parametrize(("given", "advice"), OTHERS.values(), ids=OTHERS)
def test_what_is_not_one_number(given, advice: str) -> None:
    p = Value(1.0)
    for take in (Value, lambda x: setattr(p, "data", x), lambda x: setattr(p, "grad", x), lambda x: nn.SGD([p], lr=x)):
        with pytest.raises(TypeError, match=advice):
            take(given)
    if tuple(given.shape) == ():
        for take in (lambda x: p * x, lambda x: x * p, lambda x: p < x, autograd.exp):
            with pytest.raises(TypeError):
                take(given)
    assert (p.data, p.grad) == (1.0, 0)


def test_tensors_beside_a_value_go_entry_by_entry() -> None:
    v = Value(2.0)
    for make in (torch.tensor, jnp.array):
        for result in (v * make([1.0, 3.0]), make([1.0, 3.0]) * v):
            assert [entry.data for entry in result] == [2, 6]
            assert all(entry.parents == (v,) for entry in result)
        assert (v < make([1.0, 3.0])).tolist() == [False, True]
    with pytest.raises(TypeError, match=r"use \.detach\(\)"):
        autograd.exp(torch.tensor([1.0], requires_grad=True))
