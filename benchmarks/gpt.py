"""One training step of a GPT made of single numbers: gradients and an Adam update on one block of 8 characters.

One layer, 16 numbers a character, 4 heads, no biases, root mean square norms, relu: 4,064 parameters.
"""

import random

from measure import Contestant

CHARACTERS, WIDTH, HEADS, BLOCK = 27, 16, 4, 8
RATE, BETA1, BETA2, EPSILON = 0.01, 0.9, 0.95, 1e-8
TOKENS = [0, 5, 13, 13, 1, 0, 15, 12, 9]  # the block, and the character that follows it

SHAPES = {
    "token": (CHARACTERS, WIDTH), "place": (BLOCK, WIDTH),
    "query": (WIDTH, WIDTH), "key": (WIDTH, WIDTH), "value": (WIDTH, WIDTH), "joined": (WIDTH, WIDTH),
    "wide": (4 * WIDTH, WIDTH), "narrow": (WIDTH, 4 * WIDTH), "out": (CHARACTERS, WIDTH),
}  # fmt: skip


def parameters(value):
    """Matrices by name, as rows of Values, the same in every run."""
    draw = random.Random(42)
    return {name: [[value(draw.gauss(0, 0.08)) for _ in range(m)] for _ in range(n)] for name, (n, m) in SHAPES.items()}


def flat(model):
    """All parameters in a row."""
    return [p for matrix in model.values() for row in matrix for p in row]


def linear(x, matrix):
    """A matrix times a vector."""
    return [sum((w * xi for w, xi in zip(row[1:], x[1:])), row[0] * x[0]) for row in matrix]


def total(values):
    """The sum, without a 0 to begin with."""
    return sum(values[1:], values[0])


def norm(x):
    """x divided by the root of its mean square."""
    scale = (total([xi * xi for xi in x]) * (1 / len(x)) + 1e-5) ** -0.5
    return [xi * scale for xi in x]


def softmax(logits):
    """Positive, and 1 in all; the logits are small here, so exp needs no shift."""
    powers = [logit.exp() for logit in logits]
    whole = total(powers) ** -1
    return [power * whole for power in powers]


def block_loss(model, embeddings, surprise):
    """Mean loss over the block. surprise(place, probabilities): minus the logarithm of the right one."""
    keys, values, losses = [], [], []
    for place, embedding in enumerate(embeddings):
        x = norm([a + b for a, b in zip(embedding, model["place"][place])])
        query, key, value = (linear(norm(x), model[name]) for name in ("query", "key", "value"))
        keys.append(key)
        values.append(value)
        joined = []
        for head in range(0, WIDTH, WIDTH // HEADS):
            part = slice(head, head + WIDTH // HEADS)
            scores = [total([q * k for q, k in zip(query[part], key[part])]) * (WIDTH // HEADS) ** -0.5 for key in keys]
            weights = softmax(scores)
            joined += [total([w * v[i] for w, v in zip(weights, values)]) for i in range(part.start, part.stop)]
        x = [a + b for a, b in zip(x, linear(joined, model["joined"]))]
        hidden = [h.relu() for h in linear(norm(x), model["wide"])]
        x = [a + b for a, b in zip(x, linear(hidden, model["narrow"]))]
        losses.append(surprise(place, softmax(linear(x, model["out"]))))
    return total(losses) * (1 / len(losses))


def scalar_class(value):
    """Record the block, go back, and update each parameter."""
    model = parameters(value)
    weights = flat(model)
    for p in weights:
        p.m = p.v = 0.0
    count, found = 0, []

    def step():
        nonlocal count
        count += 1
        embeddings = [model["token"][token] for token in TOKENS[:-1]]
        block_loss(model, embeddings, lambda place, chances: -chances[TOKENS[place + 1]].log()).backward()
        found[:] = found or [p.grad for p in weights]
        for p in weights:
            p.m = BETA1 * p.m + (1 - BETA1) * p.grad
            p.v = BETA2 * p.v + (1 - BETA2) * p.grad**2
            p.data -= RATE * (p.m / (1 - BETA1**count)) / ((p.v / (1 - BETA2**count)) ** 0.5 + EPSILON)
            p.grad = 0

    return step, lambda: [*found, *(p.data for p in weights)]


def closures():
    from closures import Value

    return scalar_class(Value)


def glassgrad_eager():
    from autograd import Value

    return scalar_class(Value)


def recorded(backend):
    """One program for all blocks: a row holds the embeddings of its characters, and which one follows each."""
    from contextlib import ExitStack

    import numpy as np

    from autograd import Value, compile
    from nn import Adam

    model = parameters(Value)
    weights = flat(model)
    embeddings = [[Value(x.data) for x in model["token"][token]] for token in TOKENS[:-1]]
    right = [[Value(float(token == follows)) for token in range(CHARACTERS)] for follows in TOKENS[1:]]

    def surprise(place, chances):
        return -total([hot * chance for hot, chance in zip(right[place], chances)]).log()

    inputs = [entry for row in (*embeddings, *right) for entry in row]
    program = compile(block_loss(model, embeddings, surprise), inputs, backend)
    one_hot = np.eye(CHARACTERS).tolist()
    optimizer = Adam(weights, lr=RATE, betas=(BETA1, BETA2), eps=EPSILON)
    stack = ExitStack()  # closed by nobody: the parameters stay in arrays for as long as the step is there
    arrays = stack.enter_context(optimizer.resident())
    found = []

    def step():
        row = [x for token in TOKENS[:-1] for x in model["token"][token]]
        row += [hot for token in TOKENS[1:] for hot in one_hot[token]]
        optimizer.zero_grad()
        program.backward([row], arrays)
        found[:] = found or arrays.grad.tolist()
        optimizer.step()

    step.stack = stack
    return step, lambda: [*found, *arrays.data.tolist()]


CONTESTANTS = [
    Contestant("a closure per operation", closures),
    Contestant("glassgrad, eager", glassgrad_eager),
    Contestant("glassgrad program, NumPy", lambda: recorded("numpy")),
    Contestant("glassgrad program, Numba", lambda: recorded("numba")),
]
