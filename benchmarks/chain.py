"""The gradient of y = y * a + b, 100,000 times over, with respect to a, b and the first y."""

from measure import Contestant
from ode import recorded, scalar_class, with_casadi, with_jax, with_torch
from peers import ddx_step, xad_step

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


CONTESTANTS = [
    Contestant("PyTorch, a tensor per number", lambda: with_torch(START, chain)),
    Contestant("micrograd", micrograd),
    Contestant("glassgrad, eager", glassgrad_eager),
    Contestant("XAD, recorded anew", lambda: xad_step(START, chain)),
    Contestant("CasADi SX", lambda: with_casadi(START, chain)),
    Contestant("JAX jit, loop", jax),
    Contestant("ddx-ad, interpreter", lambda: ddx_step(START, chain, compiled=False)),
    Contestant("ddx-ad, LLVM kernel", lambda: ddx_step(START, chain, compiled=True)),
    Contestant("glassgrad program, NumPy", lambda: recorded("numpy", START, chain)),
    Contestant("glassgrad program, Numba", lambda: recorded("numba", START, chain)),
]
