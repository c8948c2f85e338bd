"""The gradient of y = y * a + b, 100,000 times over, with respect to a, b and the first y."""

from moons import xad_step
from ode import recorded, scalar_class, with_casadi, with_ddx, with_jax, with_torch

START = [0.9999, 0.25, 1.0]
LENGTH = 100_000


def chain(inputs, length=LENGTH):
    """The last y."""
    a, b, y = inputs
    for _ in range(length):
        y = y * a + b
    return y


def micrograd():
    from micrograd.engine import Value

    return scalar_class(Value, START, chain)


def glassgrad_eager():
    from autograd import Value

    return scalar_class(Value, START, chain)


def jax():
    from jax import lax

    return with_jax(START, lambda inputs: lax.fori_loop(0, LENGTH, lambda _, y: y * inputs[0] + inputs[1], inputs[2]))


CONTESTANTS = {
    "PyTorch, a tensor per number": lambda: with_torch(START, chain),
    "micrograd": micrograd,
    "glassgrad, eager": glassgrad_eager,
    "XAD, recorded anew": lambda: xad_step(START, chain),
    "CasADi SX": lambda: with_casadi(START, chain),
    "JAX jit, loop": jax,
    "ddx-ad": lambda: with_ddx(START, chain),
    "glassgrad program, NumPy": lambda: recorded("numpy", START, chain),
    "glassgrad program, Numba": lambda: recorded("numba", START, chain),
}
