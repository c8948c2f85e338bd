"""Programs in the style of micrograd, of the nn-zero-to-hero lectures and of microgpt, with only their import changed.

Their gradients are compared with arithmetic that knows nothing of this library: closed forms and measured slopes.
"""

import math
import random

import pytest

from autograd import Value


def measured(f, numbers: list[float], place: int, h: float = 1e-5) -> float:
    """The slope of a function of a list of floats, along one of them."""
    above, below = numbers.copy(), numbers.copy()
    above[place] += h
    below[place] -= h
    return (f(above) - f(below)) / (2 * h)


# ------------------------------------------------------------------ micrograd


def test_the_example_of_micrograds_readme() -> None:
    def program(a, b, relu):
        c = a + b
        d = a * b + b**3
        c += c + 1
        c += 1 + c + (-a)
        d += d * 2 + relu(b + a)
        d += 3 * d + relu(b - a)
        e = c - d
        f = e**2
        g = f / 2.0
        g += 10.0 / f
        return g

    a, b = Value(-4.0), Value(2.0)
    g = program(a, b, lambda v: v.relu())
    g.backward()
    assert f"{g.data:.4f}" == "24.7041"
    numbers = [-4.0, 2.0]
    for place, leaf in enumerate((a, b)):
        slope = measured(lambda x: program(*x, lambda v: max(v, 0.0)), numbers, place)
        assert leaf.grad == pytest.approx(slope, rel=1e-8)


class Neuron:
    def __init__(self, inputs, nonlinear=True):
        self.w = [Value(random.uniform(-1, 1)) for _ in range(inputs)]
        self.b = Value(0)
        self.nonlinear = nonlinear

    def __call__(self, x):
        activation = sum((wi * xi for wi, xi in zip(self.w, x, strict=True)), self.b)
        return activation.relu() if self.nonlinear else activation

    def parameters(self):
        return [*self.w, self.b]


class Network:
    def __init__(self, inputs, sizes):
        widths = [inputs, *sizes]
        self.layers = [
            [Neuron(widths[i], nonlinear=i != len(sizes) - 1) for _ in range(widths[i + 1])] for i in range(len(sizes))
        ]

    def __call__(self, x):
        for layer in self.layers:
            x = [neuron(x) for neuron in layer]
        return x[0]

    def parameters(self):
        return [p for layer in self.layers for neuron in layer for p in neuron.parameters()]

    def zero_grad(self):
        for p in self.parameters():
            p.grad = 0


def test_a_classifier_learns_with_the_hinge_loss() -> None:
    """micrograd's demo: sum() from the int 0, relu margins, L2, and a hand-written update."""
    random.seed(1337)
    rows = [(random.uniform(-1, 1), random.uniform(-1, 1)) for _ in range(30)]
    labels = [1 if x * y > 0 else -1 for x, y in rows]
    model = Network(2, [8, 8, 1])

    def loss():
        scores = [model(list(map(Value, row))) for row in rows]
        losses = [(1 + -yi * score).relu() for yi, score in zip(labels, scores, strict=True)]
        data_loss = sum(losses) * (1.0 / len(losses))
        reg_loss = 1e-4 * sum(p * p for p in model.parameters())
        accuracy = [(yi > 0) == (score.data > 0) for yi, score in zip(labels, scores, strict=True)]
        return data_loss + reg_loss, sum(accuracy) / len(accuracy)

    first = loss()[0].data
    for k in range(40):
        total, accuracy = loss()
        model.zero_grad()
        total.backward()
        for p in model.parameters():
            p.data -= (1.0 - 0.9 * k / 40) * p.grad
    assert total.data < first / 3
    assert accuracy >= 0.9

    total, _ = loss()
    model.zero_grad()
    total.backward()
    for p in random.sample(model.parameters(), 10):
        kept, h = p.data, 1e-6
        p.data = kept + h
        above = loss()[0].data
        p.data = kept - h
        below = loss()[0].data
        p.data = kept
        assert p.grad == pytest.approx((above - below) / (2 * h), abs=1e-6)


# ------------------------------------------------------------------ the lectures


def lecture_neuron():
    x1, x2 = Value(2.0, label="x1"), Value(0.0, label="x2")
    w1, w2 = Value(-3.0, label="w1"), Value(1.0, label="w2")
    b = Value(6.8813735870195432, label="b")
    x1w1 = x1 * w1
    x1w1.label = "x1*w1"
    x2w2 = x2 * w2
    x2w2.label = "x2*w2"
    total = x1w1 + x2w2
    total.label = "x1*w1 + x2*w2"
    n = total + b
    n.label = "n"
    return n, x1, x2, w1, w2


def test_the_lectures_neuron_with_tanh_and_with_tanh_written_out() -> None:
    for activation in (
        lambda n: n.tanh(),
        lambda n: ((2 * n).exp() - 1) / ((2 * n).exp() + 1),
        lambda n: (n.exp() - (-n).exp()) / (n.exp() + (-n).exp()),
    ):
        n, x1, x2, w1, w2 = lecture_neuron()
        o = activation(n)
        o.label = "o"
        o.backward()
        assert o.data == pytest.approx(math.sqrt(0.5))
        assert [v.grad for v in (x1, x2, w1, w2)] == pytest.approx([-1.5, 0.5, 1.0, 0.0])


def trace(root):
    """The lecture's own walk for its drawing: sets, and recursion."""
    nodes, edges = set(), set()

    def build(v):
        if v not in nodes:
            nodes.add(v)
            for child in v._prev:
                edges.add((child, v))
                build(child)

    build(root)
    return nodes, edges


def test_the_lectures_trace_finds_its_way() -> None:
    n, *_ = lecture_neuron()
    o = n.tanh()
    o.backward()
    nodes, edges = trace(o)
    assert len(nodes) == 10
    assert len(edges) == 9
    assert sorted(node._op for node in nodes) == ["", "", "", "", "", "*", "*", "+", "+", "tanh"]
    lines = {f"{{ {node.label} | data {node.data:.4f} | grad {node.grad:.4f} }}" for node in nodes}
    assert "{ x1*w1 | data -6.0000 | grad 0.5000 }" in lines
    assert {(child.label, parent.label) for child, parent in edges} >= {("x1", "x1*w1"), ("b", "n"), ("n", "")}


def test_the_lectures_operators() -> None:
    a, b = Value(2.0, label="a"), Value(4.0, label="b")
    assert (a / b).data == 0.5
    assert (a - b).data == -2
    assert (2 * a + 1).data == 5
    assert (b**0.5)._op == "**0.5"
    assert a.exp().data == math.exp(2)
    assert a.log().data == math.log(2)
    assert sum([a, b]).data == 6
    assert a.relu().data == 2
    assert repr(a) == "Value(data=2.0, grad=0, label='a')"
    c = a + a
    c.backward()
    assert a.grad == 2.0


def test_the_lectures_training_loop() -> None:
    random.seed(7)
    xs = [[2.0, 3.0, -1.0], [3.0, -1.0, 0.5], [0.5, 1.0, 1.0], [1.0, 1.0, -1.0]]
    ys = [1.0, -1.0, -1.0, 1.0]
    weights = [[Value(random.uniform(-1, 1)) for _ in range(3)] for _ in range(4)]
    heads = [Value(random.uniform(-1, 1)) for _ in range(4)]
    parameters = [w for row in weights for w in row] + heads

    def predict(x):
        hidden = [sum(w * xi for w, xi in zip(row, x, strict=True)).tanh() for row in weights]
        return sum(h * w for h, w in zip(hidden, heads, strict=True)).tanh()

    for _ in range(200):
        loss = sum((predict(x) - y) ** 2 for x, y in zip(xs, ys, strict=True))
        for p in parameters:
            p.grad = 0.0
        loss.backward()
        for p in parameters:
            p.data += -0.1 * p.grad
    assert loss.data < 0.05
    assert all(abs(predict(x).data - y) < 0.25 for x, y in zip(xs, ys, strict=True))


def test_an_optimizer_that_keeps_its_state_on_the_parameters() -> None:
    parameters = [Value(5.0), Value(-3.0)]
    for p in parameters:
        p.m, p.v = 0.0, 0.0
    for step in range(1, 400):
        loss = (parameters[0] - 1) ** 2 + (parameters[1] - 2) ** 2 * 10
        for p in parameters:
            p.grad = 0
        loss.backward()
        for p in parameters:
            p.m = 0.9 * p.m + 0.1 * p.grad
            p.v = 0.999 * p.v + 0.001 * p.grad**2
            p.data -= 0.1 * (p.m / (1 - 0.9**step)) / ((p.v / (1 - 0.999**step)) ** 0.5 + 1e-8)
    assert [p.data for p in parameters] == pytest.approx([1, 2], abs=0.02)


# ------------------------------------------------------------------ microgpt

WIDTH, HEADS, CONTEXT = 8, 2, 6


def linear(x, w):
    return [sum(wi * xi for wi, xi in zip(row, x, strict=True)) for row in w]


def softmax(logits):
    largest = max(val.data for val in logits)
    exps = [(val - largest).exp() for val in logits]
    total = sum(exps)
    return [e / total for e in exps]


def rmsnorm(x):
    scale = (sum(xi * xi for xi in x) / len(x) + 1e-5) ** -0.5
    return [xi * scale for xi in x]


def gpt(state, token, position, keys, values):
    x = [t + p for t, p in zip(state["wte"][token], state["wpe"][position], strict=True)]
    x = rmsnorm(x)
    residual = x
    x = rmsnorm(x)
    q, k, v = (linear(x, state[name]) for name in ("wq", "wk", "wv"))
    keys.append(k)
    values.append(v)
    attended = []
    size = WIDTH // HEADS
    for head in range(HEADS):
        part = slice(head * size, (head + 1) * size)
        scores = [sum(a * b for a, b in zip(q[part], key[part], strict=True)) / size**0.5 for key in keys]
        weights = softmax(scores)
        attended += [sum(w * val[part][j] for w, val in zip(weights, values, strict=True)) for j in range(size)]
    x = [a + b for a, b in zip(linear(attended, state["wo"]), residual, strict=True)]
    residual = x
    x = linear([h.relu() for h in linear(rmsnorm(x), state["up"])], state["down"])
    return linear([a + b for a, b in zip(x, residual, strict=True)], state["head"])


def document_loss(state, tokens):
    keys, values, losses = [], [], []
    for position in range(len(tokens) - 1):
        probabilities = softmax(gpt(state, tokens[position], position, keys, values))
        losses.append(-probabilities[tokens[position + 1]].log())
    return (1 / len(losses)) * sum(losses)


def test_a_gpt_of_scalars_learns_and_its_gradients_are_right() -> None:
    random.seed(42)

    def matrix(rows, columns, spread=0.2):
        return [[Value(random.gauss(0, spread)) for _ in range(columns)] for _ in range(rows)]

    alphabet = "abc."
    state = {
        "wte": matrix(len(alphabet), WIDTH), "wpe": matrix(CONTEXT, WIDTH), "head": matrix(len(alphabet), WIDTH),
        "wq": matrix(WIDTH, WIDTH), "wk": matrix(WIDTH, WIDTH), "wv": matrix(WIDTH, WIDTH), "wo": matrix(WIDTH, WIDTH),
        "up": matrix(4 * WIDTH, WIDTH), "down": matrix(WIDTH, 4 * WIDTH),
    }  # fmt: skip
    parameters = [p for weights in state.values() for row in weights for p in row]
    tokens = [alphabet.index(letter) for letter in ".abca"]

    loss = document_loss(state, tokens)
    assert loss.data == pytest.approx(math.log(len(alphabet)), abs=0.5)
    loss.backward()
    for p in random.sample([p for p in parameters if p.grad], 15):
        kept, h = p.data, 1e-5
        p.data = kept + h
        above = document_loss(state, tokens).data
        p.data = kept - h
        below = document_loss(state, tokens).data
        p.data = kept
        assert p.grad == pytest.approx((above - below) / (2 * h), rel=1e-5, abs=1e-8)

    first, m, v = loss.data, [0.0] * len(parameters), [0.0] * len(parameters)
    for p in parameters:
        p.grad = 0
    for step in range(12):
        loss = document_loss(state, tokens)
        loss.backward()
        for i, p in enumerate(parameters):
            m[i] = 0.85 * m[i] + 0.15 * p.grad
            v[i] = 0.99 * v[i] + 0.01 * p.grad**2
            p.data -= 0.02 * (m[i] / (1 - 0.85 ** (step + 1))) / ((v[i] / (1 - 0.99 ** (step + 1))) ** 0.5 + 1e-8)
            p.grad = 0
    assert loss.data < first / 4
