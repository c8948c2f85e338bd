"""The gradient of 1000 Runge-Kutta steps of predators and prey with respect to the four rates."""

from measure import Contestant
from peers import casadi_step, ddx_step, xad_step

RATES = [1.1, 0.4, 0.4, 0.1]  # birth of prey, being eaten, death of predators, eating
STEPS, DT = 1000, 0.01


def flow(x, y, a, b, c, d):
    """How fast prey x and predators y change."""
    return a * x - b * x * y, d * x * y - c * y


def solve(rates, steps=STEPS, x=10.0, y=5.0):
    """Prey after all steps; the classical method of fourth order."""
    for _ in range(steps):
        x1, y1 = flow(x, y, *rates)
        x2, y2 = flow(x + x1 * (DT / 2), y + y1 * (DT / 2), *rates)
        x3, y3 = flow(x + x2 * (DT / 2), y + y2 * (DT / 2), *rates)
        x4, y4 = flow(x + x3 * DT, y + y3 * DT, *rates)
        x = x + (x1 + 2 * x2 + 2 * x3 + x4) * (DT / 6)
        y = y + (y1 + 2 * y2 + 2 * y3 + y4) * (DT / 6)
    return x


def scalar_class(value, start, f):
    """Record f(start) anew and go back, each time."""
    inputs = [value(x) for x in start]

    def step():
        for x in inputs:
            x.grad = 0
        f(inputs).backward()

    return step, lambda: [x.grad for x in inputs]


def recorded(backend, start, f):
    """Record f(start) once, and replay that."""
    from autograd import Value, compile

    inputs = [Value(x) for x in start]
    program = compile(f(inputs), backend=backend)

    def step():
        for x in inputs:
            x.grad = 0
        program.backward()

    return step, lambda: [x.grad for x in inputs]


def with_casadi(start, f):
    """A list of instructions for CasADi's own interpreter."""
    import casadi
    import numpy as np

    x = casadi.SX.sym("x", len(start))
    y = f([x[place] for place in range(len(start))])
    return casadi_step(casadi.Function("f", [x], [y, casadi.gradient(y, x)]), np.array(start))


def with_torch(start, f):
    """One tensor for each number."""
    import torch

    torch.set_num_threads(1)
    inputs = [torch.tensor(x, dtype=torch.float64, requires_grad=True) for x in start]

    def step():
        for x in inputs:
            x.grad = None
        f(inputs).backward()

    return step, lambda: [float(x.grad) for x in inputs]


def with_jax(start, f):
    """Compiled as a loop."""
    import jax

    jax.config.update("jax_enable_x64", True)
    gradient = jax.jit(jax.grad(f))
    inputs = [jax.numpy.array(x) for x in start]
    jax.block_until_ready(gradient(inputs))
    return lambda: jax.block_until_ready(gradient(inputs)), lambda: [float(x) for x in gradient(inputs)]


def micrograd():
    from micrograd.engine import Value

    return scalar_class(Value, RATES, solve)


def glassgrad_eager():
    from autograd import Value

    return scalar_class(Value, RATES, solve)


def jax():
    from jax import lax

    def scan(rates):
        def body(state, _):
            x, y = state
            x1, y1 = flow(x, y, *rates)
            x2, y2 = flow(x + x1 * (DT / 2), y + y1 * (DT / 2), *rates)
            x3, y3 = flow(x + x2 * (DT / 2), y + y2 * (DT / 2), *rates)
            x4, y4 = flow(x + x3 * DT, y + y3 * DT, *rates)
            return (x + (x1 + 2 * x2 + 2 * x3 + x4) * (DT / 6), y + (y1 + 2 * y2 + 2 * y3 + y4) * (DT / 6)), None

        return lax.scan(body, (10.0, 5.0), length=STEPS)[0][0]

    return with_jax(RATES, scan)


CONTESTANTS = [
    Contestant("micrograd", micrograd),
    Contestant("PyTorch, a tensor per number", lambda: with_torch(RATES, solve)),
    Contestant("glassgrad, eager", glassgrad_eager),
    Contestant("XAD, recorded anew", lambda: xad_step(RATES, solve)),
    Contestant("CasADi SX", lambda: with_casadi(RATES, solve)),
    Contestant("JAX jit, scan", jax),
    Contestant("ddx-ad, interpreter", lambda: ddx_step(RATES, solve, compiled=False)),
    Contestant("ddx-ad, LLVM kernel", lambda: ddx_step(RATES, solve, compiled=True)),
    Contestant("glassgrad program, NumPy", lambda: recorded("numpy", RATES, solve)),
    Contestant("glassgrad program, Numba", lambda: recorded("numba", RATES, solve)),
]
