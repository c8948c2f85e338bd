"""A step of training as ``nn.fit`` makes it: a batch of 32 of 2,000 shuffled rows, cross-entropy, SGD."""

import random
from contextlib import ExitStack
from itertools import count, pairwise

from measure import Contestant

ROWS, BATCH, RATE = 2000, 32, 0.01


def start(sizes):
    """Rows, targets, the weights (fan_out, fan_in) and biases of each layer, and an endless row of batches."""
    import numpy as np

    draw = np.random.default_rng(7)
    layers = [
        (draw.uniform(-1, 1, (fan_out, fan_in)) / fan_in**0.5, np.zeros(fan_out)) for fan_in, fan_out in pairwise(sizes)
    ]
    rows, targets = draw.uniform(0, 1, (ROWS, sizes[0])), draw.integers(0, sizes[-1], ROWS)
    places, shuffle = list(range(ROWS)), random.Random(3)

    def batches():
        for _ in count():
            shuffle.shuffle(places)
            yield from (places[at : at + BATCH] for at in range(0, ROWS, BATCH))

    return rows, targets, layers, batches()


def with_glassgrad(sizes, backend):
    """What fit does between two looks at the parameters."""
    from unittest.mock import patch

    import nn
    import nn.training.over_examples as evaluator

    rows, targets, layers, batches = start(sizes)
    model = nn.MLP(sizes[0], sizes[1:], seed=0)
    for layer, (weights, biases) in zip(model.layers, layers):
        for neuron, row, bias in zip(layer.neurons, weights.tolist(), biases.tolist()):
            neuron.b.data = bias
            for parameter, number in zip(neuron.w, row):
                parameter.data = number
    parameters = model.parameters()
    one_hot = [[float(kind == target) for kind in range(sizes[-1])] for target in targets]
    compiled = evaluator.compile
    with patch.object(evaluator, "compile", lambda output, inputs: compiled(output, inputs, backend)):
        recorded = evaluator.Recorded(
            lambda row, target: nn.cross_entropy(model(row), target), (rows, one_hot), parameters, None
        )
    optimizer = nn.SGD(parameters, lr=RATE)
    stack = ExitStack()  # closed by nobody: the parameters stay in arrays for as long as the step is there
    arrays = stack.enter_context(optimizer.resident())
    found = []

    def step():
        optimizer.zero_grad()
        recorded.backward(next(batches), arrays)
        found[:] = found or arrays.grad.tolist()
        optimizer.step()

    step.stack = stack
    return step, lambda: found


def in_order(gradients):
    """Of matrices, in the order of the scalar parameters."""
    return [float(x) for weights, biases in gradients for row, bias in zip(weights, biases) for x in (*row, bias)]


def with_torch(sizes):
    """Tensors in float64, on one thread."""
    import torch

    torch.set_num_threads(1)
    rows, targets, layers, batches = start(sizes)
    rows, targets = torch.tensor(rows), torch.tensor(targets)
    layers = [tuple(torch.tensor(part, requires_grad=True) for part in layer) for layer in layers]
    optimizer = torch.optim.SGD([part for layer in layers for part in layer], lr=RATE)
    found = []

    def step():
        batch = next(batches)
        optimizer.zero_grad()
        y = rows[batch]
        for weights, biases in layers[:-1]:
            y = torch.nn.functional.linear(y, weights, biases).relu()
        y = torch.nn.functional.linear(y, *layers[-1])
        torch.nn.functional.cross_entropy(y, targets[batch]).backward()
        found[:] = found or in_order([(weights.grad, biases.grad) for weights, biases in layers])
        optimizer.step()

    return step, lambda: found


def by_hand(sizes):
    """NumPy, forward and backward written out for two layers."""
    import numpy as np

    rows, targets, ((w1, b1), (w2, b2)), batches = start(sizes)
    found = []

    def step():
        batch = next(batches)
        x, t = rows[batch], targets[batch]
        hidden = np.maximum(x @ w1.T + b1, 0)
        scores = hidden @ w2.T + b2
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        g2 = powers / powers.sum(axis=1, keepdims=True)
        g2[np.arange(len(t)), t] -= 1
        g2 /= len(t)
        g1 = (g2 @ w2) * (hidden > 0)
        gradients = (g1.T @ x, g1.sum(axis=0)), (g2.T @ hidden, g2.sum(axis=0))
        found[:] = found or in_order(gradients)
        for part, gradient in zip((w1, b1, w2, b2), (g for layer in gradients for g in layer)):
            part -= RATE * gradient

    return step, lambda: found


def contestants(sizes):
    """Everybody, for a network of these sizes."""
    return [
        Contestant("NumPy, by hand", lambda: by_hand(sizes)),
        Contestant("PyTorch, tensors", lambda: with_torch(sizes)),
        Contestant("glassgrad program, NumPy", lambda: with_glassgrad(sizes, "numpy")),
        Contestant("glassgrad program, Numba", lambda: with_glassgrad(sizes, "numba")),
    ]
