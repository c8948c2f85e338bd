"""One gradient of an MLP 2-16-16-1 with relu on 100 points: hinge loss and L2, micrograd's own demo."""

import math
import random
from itertools import pairwise

from measure import Contestant
from peers import casadi_step, ddx_step, xad_step

SIZES = [2, 16, 16, 1]
ALPHA = 1e-4

draw = random.Random(1337)
START = [draw.uniform(-1, 1) for fan_in, fan_out in pairwise(SIZES) for _ in range((fan_in + 1) * fan_out)]


def two_moons(count=100):
    """Points (x1, x2) on two half circles that reach into each other, and their class, 1 or -1."""
    points = []
    for place in range(count):
        angle, other = math.pi * (place // 2) / (count / 2 - 1), place % 2
        x1, x2 = (1 - math.cos(angle), 0.5 - math.sin(angle)) if other else (math.cos(angle), math.sin(angle))
        points.append((x1 + draw.gauss(0, 0.1), x2 + draw.gauss(0, 0.1), 1 - 2 * other))
    return points


POINTS = two_moons()


def layers(numbers):
    """The parameters as (weights, bias) for each neuron of each layer."""
    numbers = iter(numbers)
    return [
        [([next(numbers) for _ in range(fan_in)], next(numbers)) for _ in range(fan_out)]
        for fan_in, fan_out in pairwise(SIZES)
    ]


def score(network, x, relu):
    """The network's output for one point."""
    for depth, layer in enumerate(network):
        x = [sum((w * xi for w, xi in zip(weights, x)), bias) for weights, bias in layer]
        if depth < len(network) - 1:
            x = [relu(xi) for xi in x]
    return x[0]


def loss(parameters, points, relu):
    """Mean hinge loss over the points, and the squares of the parameters."""
    network = layers(parameters)
    hinge = sum(relu(1 + -t * score(network, [x1, x2], relu)) for x1, x2, t in points)
    return hinge * (1 / len(points)) + ALPHA * sum(p * p for p in parameters)


def _scalar_class(value):
    parameters = [value(p) for p in START]

    def step():
        for p in parameters:
            p.grad = 0
        loss(parameters, POINTS, lambda v: v.relu()).backward()

    return step, lambda: [p.grad for p in parameters]


def micrograd():
    from micrograd.engine import Value

    return _scalar_class(Value)


def glassgrad_eager():
    from autograd import Value

    return _scalar_class(Value)


def _recorded(backend, in_arrays=True):
    """The program of one point, on all points. in_arrays: whether the parameters live in arrays, as in ``nn.fit``."""
    from contextlib import ExitStack

    import numpy as np

    from autograd import Value, compile
    from nn import SGD

    parameters = [Value(p) for p in START]
    example = [Value(number) for number in POINTS[0]]
    rows = np.array(POINTS)
    program = compile(loss(parameters, [example], lambda v: v.relu()), example, backend)
    optimizer, stack = SGD(parameters), ExitStack()
    arrays = stack.enter_context(optimizer.resident()) if in_arrays else None

    def step():
        optimizer.zero_grad()
        program.backward(rows, arrays)

    def read():
        stack.close()
        gradient = [p.grad for p in parameters]
        if in_arrays:
            stack.enter_context(optimizer.resident())
        return gradient

    return step, read


def glassgrad_values():
    return _recorded("numba", in_arrays=False)


def glassgrad_numpy():
    return _recorded("numpy")


def glassgrad_numba():
    return _recorded("numba")


def ddx(compiled):
    import ddx

    return ddx_step(START, lambda parameters: loss(parameters, POINTS, lambda v: ddx.max(v, 0.0)), compiled)


def casadi():
    import casadi
    import numpy as np

    x = casadi.SX.sym("x", len(START))
    parameters = [x[place] for place in range(len(START))]
    y = loss(parameters, POINTS, lambda v: casadi.fmax(v, 0))
    return casadi_step(casadi.Function("f", [x], [y, casadi.gradient(y, x)]), np.array(START))


def xad():
    from xad import adj_1st, value

    zero = adj_1st.Real(0.0)
    return xad_step(START, lambda p: loss(p, POINTS, lambda v: v if value(v) > 0 else zero))


def _matrices(numbers):
    """The parameters as arrays: weights (fan_out, fan_in) and biases (fan_out,) of each layer."""
    import numpy as np

    return [
        (np.array([weights for weights, _ in layer]), np.array([bias for _, bias in layer]))
        for layer in layers(numbers)
    ]


def _flat(gradients):
    """Gradients of matrices, in the order of the scalar parameters."""
    return [float(number) for weights, bias in gradients for row, last in zip(weights, bias) for number in (*row, last)]


def torch():
    import torch

    torch.set_num_threads(1)
    network = [tuple(torch.tensor(part, requires_grad=True) for part in layer) for layer in _matrices(START)]
    points = torch.tensor(POINTS, dtype=torch.float64)
    x, t = points[:, :2], points[:, 2]

    def step():
        for layer in network:
            for part in layer:
                part.grad = None
        y = x
        for depth, (weights, bias) in enumerate(network):
            y = torch.nn.functional.linear(y, weights, bias)
            y = y.relu() if depth < len(network) - 1 else y
        squares = sum((part * part).sum() for layer in network for part in layer)
        ((1 - t * y[:, 0]).relu().mean() + ALPHA * squares).backward()

    return step, lambda: _flat([(weights.grad, bias.grad) for weights, bias in network])


def jax():
    import jax
    import jax.numpy as jnp
    import numpy as np

    jax.config.update("jax_enable_x64", True)
    network = [tuple(jnp.array(part) for part in layer) for layer in _matrices(START)]
    points = np.array(POINTS)
    x, t = jnp.array(points[:, :2]), jnp.array(points[:, 2])

    def f(network):
        y = x
        for depth, (weights, bias) in enumerate(network):
            y = y @ weights.T + bias
            y = jnp.maximum(y, 0) if depth < len(network) - 1 else y
        squares = sum((part * part).sum() for layer in network for part in layer)
        return jnp.maximum(1 - t * y[:, 0], 0).mean() + ALPHA * squares

    gradient = jax.jit(jax.grad(f))
    jax.block_until_ready(gradient(network))
    return lambda: jax.block_until_ready(gradient(network)), lambda: _flat(gradient(network))


def numpy_by_hand():
    """Forward and backward written out for this network: what a person with a pencil would do."""
    import numpy as np

    (w1, b1), (w2, b2), (w3, b3) = network = _matrices(START)
    points = np.array(POINTS)
    x, t = np.ascontiguousarray(points[:, :2]), points[:, 2:]
    found = []

    def step():
        y1 = np.maximum(x @ w1.T + b1, 0)
        y2 = np.maximum(y1 @ w2.T + b2, 0)
        margin = 1 - t * (y2 @ w3.T + b3)
        np.maximum(margin, 0).mean() + ALPHA * sum((part * part).sum() for layer in network for part in layer)
        g3 = (margin > 0) * t * (-1 / len(x))
        g2 = (g3 @ w3) * (y2 > 0)
        g1 = (g2 @ w2) * (y1 > 0)
        found[:] = [
            (g.T @ y + 2 * ALPHA * w, g.sum(axis=0) + 2 * ALPHA * b)
            for g, y, (w, b) in zip((g1, g2, g3), (x, y1, y2), network)
        ]

    return step, lambda: _flat(found)


CONTESTANTS = [
    Contestant("micrograd", micrograd),
    Contestant("glassgrad, eager", glassgrad_eager),
    Contestant("XAD, recorded anew", xad),
    Contestant("CasADi SX", casadi),
    Contestant("ddx-ad, interpreter", lambda: ddx(compiled=False)),
    Contestant("ddx-ad, LLVM kernel", lambda: ddx(compiled=True)),
    Contestant("PyTorch, tensors", torch),
    Contestant("JAX jit, arrays", jax),
    Contestant("NumPy, by hand", numpy_by_hand),
    Contestant("glassgrad program, Numba, reading and writing Values", glassgrad_values),
    Contestant("glassgrad program, NumPy", glassgrad_numpy),
    Contestant("glassgrad program, Numba", glassgrad_numba),
]
