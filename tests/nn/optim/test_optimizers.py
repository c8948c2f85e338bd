import json
import math
from contextlib import nullcontext
from fractions import Fraction

import numpy as np
import pytest

import nn
from autograd import Value


def test_a_step_goes_against_the_gradient():
    a, b = Value(1.0), Value(-2.0)
    optimizer = nn.SGD([a, b], lr=0.5)
    (a * a * 3 + b).backward()
    optimizer.step()
    assert (a.data, b.data) == (1.0 - 0.5 * 6.0, -2.0 - 0.5 * 1.0)


def test_the_learning_rate_may_change_between_steps():
    a = Value(1.0)
    optimizer = nn.SGD([a], lr=0.5)
    a.grad = 1.0
    optimizer.lr = 0.25
    optimizer.step()
    assert a.data == 0.75


def test_gradients_add_up_until_they_are_forgotten():
    a = Value(2.0)
    optimizer = nn.SGD([a])
    (a * 3).backward()
    (a * 3).backward()
    assert a.grad == 6
    optimizer.zero_grad()
    assert a.grad == 0


def test_it_finds_the_lowest_point():
    x, y = Value(5.0), Value(-3.0)
    optimizer = nn.SGD([x, y], lr=0.1)
    for _ in range(200):
        optimizer.zero_grad()
        ((x - 1) ** 2 + 2 * (y - 4) ** 2).backward()
        optimizer.step()
    assert (x.data, y.data) == pytest.approx((1, 4))


def test_gradients_that_are_nodes_move_the_plain_number():
    a = Value(3.0)
    (a * a).backward(create_graph=True)
    nn.SGD([a], lr=0.5).step()
    assert a.data == 0.0
    assert type(a.data) is float


@pytest.mark.parametrize("bad", [math.nan, math.inf])
def test_a_gradient_that_is_no_number_moves_nothing(bad):
    a, b = Value(1.0, label="first"), Value(2.0, label="second")
    a.grad, b.grad = 1.0, bad
    with pytest.raises(FloatingPointError, match=rf"parameter 1 \(second\) is {bad}"):
        nn.SGD([a, b], lr=0.1).step()
    assert (a.data, b.data) == (1.0, 2.0)


@pytest.mark.parametrize("lr", [-0.1, math.inf, math.nan])
def test_a_learning_rate_that_makes_no_sense(lr):
    with pytest.raises(ValueError, match=f"lr must be a small positive number such as 0.1, not {lr}"):
        nn.SGD([Value(1.0)], lr=lr)


def test_a_learning_rate_must_be_a_number():
    with pytest.raises(TypeError, match="lr must be one real number"):
        nn.SGD([Value(1.0)], lr="0.1")


def test_parameters_that_cannot_be_trained():
    a = Value(1.0)
    with pytest.raises(TypeError, match=r"such as model.parameters\(\), not Neuron"):
        nn.SGD(nn.Neuron(1))
    with pytest.raises(ValueError, match=r"nothing to train.*nn\.Parameter"):
        nn.SGD(nn.Module().parameters())
    with pytest.raises(TypeError, match=r"hold Values, not float 1\.0"):
        nn.SGD([1.0])
    with pytest.raises(ValueError, match="was computed"):
        nn.SGD([a * 2])
    with pytest.raises(ValueError, match="listed twice"):
        nn.SGD([a, a])


# The published updates, one parameter at a time in plain floats: what PyTorch's documentation prints as algorithms.


def sgd(lr=1e-3, momentum=0.0, dampening=0.0, weight_decay=0.0, nesterov=False):
    buffer = None
    p = yield
    while True:
        x, g = p
        g += weight_decay * x
        if momentum:
            buffer = g if buffer is None else momentum * buffer + (1 - dampening) * g
            g = g + momentum * buffer if nesterov else buffer
        p = yield x - lr * g


def adagrad(lr=1e-2, lr_decay=0.0, weight_decay=0.0, initial_accumulator_value=0.0, eps=1e-10):
    total, t = initial_accumulator_value, 0
    p = yield
    while True:
        x, g = p
        g += weight_decay * x
        total += g * g
        rate = lr / (1 + t * lr_decay)
        t += 1
        p = yield x - rate * g / (math.sqrt(total) + eps)


def rmsprop(lr=1e-2, alpha=0.99, eps=1e-8, weight_decay=0.0, momentum=0.0, centered=False):
    v = average = buffer = 0.0
    p = yield
    while True:
        x, g = p
        g += weight_decay * x
        v = alpha * v + (1 - alpha) * g * g
        spread = v
        if centered:
            average = alpha * average + (1 - alpha) * g
            spread = max(v - average * average, 0.0)
        buffer = momentum * buffer + g / (math.sqrt(spread) + eps)
        p = yield x - lr * buffer


def adam(lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0, amsgrad=False, decoupled=False):
    m = v = largest = 0.0
    t = 0
    p = yield
    while True:
        x, g = p
        t += 1
        if decoupled:
            x *= 1 - lr * weight_decay
        else:
            g += weight_decay * x
        m = betas[0] * m + (1 - betas[0]) * g
        v = betas[1] * v + (1 - betas[1]) * g * g
        largest = max(largest, v)
        corrected = (largest if amsgrad else v) / (1 - betas[1] ** t)
        p = yield x - lr * (m / (1 - betas[0] ** t)) / (math.sqrt(corrected) + eps)


def adamw(lr=1e-3, weight_decay=1e-2, **settings):
    return adam(lr=lr, weight_decay=weight_decay, decoupled=True, **settings)


CASES = [
    (nn.SGD, sgd, {}),
    (nn.SGD, sgd, {"lr": 0.05, "momentum": 0.9}),
    (nn.SGD, sgd, {"lr": 0.05, "momentum": 0.9, "dampening": 0.3, "weight_decay": 0.1}),
    (nn.SGD, sgd, {"lr": 0.05, "momentum": 0.9, "weight_decay": 0.01, "nesterov": True}),
    (nn.Adagrad, adagrad, {}),
    (nn.Adagrad, adagrad, {"lr": 0.1, "lr_decay": 0.1, "weight_decay": 0.1, "initial_accumulator_value": 0.5}),
    (nn.RMSProp, rmsprop, {}),
    (nn.RMSProp, rmsprop, {"lr": 0.05, "alpha": 0.9, "eps": 1e-3, "momentum": 0.5, "weight_decay": 0.01}),
    (nn.RMSProp, rmsprop, {"momentum": 0.9, "centered": True}),
    (nn.Adam, adam, {}),
    (nn.Adam, adam, {"lr": 0.1, "betas": (0.8, 0.95), "eps": 1e-3, "weight_decay": 0.1}),
    (nn.Adam, adam, {"lr": 0.1, "betas": (0.9, 0.5), "amsgrad": True}),
    (nn.AdamW, adamw, {}),
    (nn.AdamW, adamw, {"lr": 0.1, "weight_decay": 0.3, "amsgrad": True}),
]
NAMES = [f"{kind.__name__}-{'-'.join(settings) or 'defaults'}" for kind, _, settings in CASES]
START = [-2.0, 0.5, 3.0]


def slopes(numbers, step):
    """Gradients that pull towards 0 and change direction now and then, large and small ones."""
    return [x / 2 + size * math.sin(x + step) for x, size in zip(numbers, (0.01, 1.0, 5.0), strict=True)]


def run(optimizer, steps):
    for step in steps:
        for p, slope in zip(optimizer.parameters, slopes([p.data for p in optimizer.parameters], step), strict=True):
            p.grad = slope
        optimizer.step()
    return [p.data for p in optimizer.parameters]


@pytest.mark.parametrize(("kind", "published", "settings"), CASES, ids=NAMES)
def test_a_hundred_steps_are_those_of_the_published_update(kind, published, settings):
    optimizer = kind([Value(x) for x in START], **settings)
    expected = list(START)
    updates = [published(**settings) for _ in START]
    for update in updates:
        next(update)
    for step in range(100):
        pairs = zip(updates, expected, slopes(expected, step), strict=True)
        expected = [update.send((x, slope)) for update, x, slope in pairs]
        assert run(optimizer, [step]) == pytest.approx(expected, rel=1e-12, abs=1e-12)


@pytest.mark.parametrize(("kind", "published", "settings"), CASES, ids=NAMES)
def test_training_goes_on_exactly_from_a_saved_state(kind, published, settings):
    first = kind([Value(x) for x in START], **settings)
    halfway = run(first, range(7))
    saved = json.loads(json.dumps(first.state_dict()))
    second = kind([Value(x) for x in halfway])
    second.load_state_dict(saved)
    assert run(second, range(7, 20)) == run(first, range(7, 20))


def test_a_state_that_does_not_fit_changes_nothing():
    optimizer = nn.Adam([Value(1.0), Value(2.0)])
    before = optimizer.state_dict()
    with pytest.raises(ValueError, match=r"from another Adam, with lr, .*; got lr, steps, momentum"):
        optimizer.load_state_dict(nn.SGD([Value(1.0)]).state_dict())
    with pytest.raises(ValueError, match="exp_avg is for 1 parameter, but there are 2"):
        optimizer.load_state_dict(nn.Adam([Value(1.0)], lr=0.5).state_dict())
    assert optimizer.state_dict() == before


@pytest.mark.parametrize("kind", [nn.SGD, nn.Adagrad, nn.RMSProp, nn.Adam, nn.AdamW])
def test_every_optimizer_finds_the_lowest_point(kind):
    x, y = Value(2.0), Value(-1.0)
    optimizer = kind([x, y], lr=0.3)
    for step in range(300):
        optimizer.lr = 0.3 * (1 - step / 300)
        optimizer.zero_grad()
        ((x - 1) ** 2 + (y + 2) ** 2).backward()
        optimizer.step()
    assert (x.data, y.data) == pytest.approx((1, -2), abs=0.02)
    assert type(x.data) is float


def test_numbers_without_a_gradient_stay():
    for kind in (nn.SGD, nn.Adagrad, nn.RMSProp, nn.Adam):
        a, b = Value(1.0), Value(2.0)
        optimizer = kind([a, b], lr=0.1)
        a.grad = 10**10  # an int, whose square an array of ints could not hold
        optimizer.step()
        assert a.data < 1
        assert b.data == 2.0


def test_a_mean_of_squares_that_rounding_takes_below_that_of_the_mean():
    a = Value(1.0)
    optimizer = nn.RMSProp([a], centered=True, alpha=0.5)
    for _ in range(200):  # the same gradient all the time has no deviation
        a.grad = 1.1
        optimizer.step()
    assert math.isfinite(a.data)


@pytest.mark.parametrize(
    ("kind", "settings", "message"),
    [
        (nn.SGD, {"momentum": -0.1}, "momentum must be a number from 0 on, not -0.1"),
        (nn.SGD, {"weight_decay": math.inf}, "weight_decay must be a number from 0 on, not inf"),
        (nn.SGD, {"nesterov": True}, "nesterov .* needs a momentum above 0"),
        (nn.SGD, {"nesterov": True, "momentum": 0.9, "dampening": 0.1}, "nesterov .* no dampening"),
        (nn.Adagrad, {"lr_decay": -1}, "lr_decay must be"),
        (nn.RMSProp, {"alpha": math.nan}, "alpha must be"),
        (nn.Adam, {"betas": (0.9, 1.0)}, r"betas must be two shares .* not \(0.9, 1.0\)"),
        (nn.Adam, {"betas": (0.9,)}, "betas must be two shares"),
        (nn.AdamW, {"eps": -1e-8}, "eps must be"),
    ],
)
def test_settings_that_make_no_sense(kind, settings, message):
    with pytest.raises(ValueError, match=message):
        kind([Value(1.0)], **settings)


def test_an_optimizer_of_ones_own_is_one_method():
    class Signs(nn.Optimizer):
        def change(self, weights, gradient):
            return self.lr * np.sign(gradient)

    a, b = Value(1.0), Value(1.0)
    a.grad, b.grad = 5.0, -0.1
    Signs([a, b], lr=0.25).step()
    assert (a.data, b.data) == (0.75, 1.25)
    with pytest.raises(NotImplementedError, match="define change"):
        nn.Optimizer([a], lr=0.1).step()


@pytest.mark.parametrize("kind", [nn.SGD, nn.Adam, nn.AdamW, nn.RMSProp, nn.Adagrad])
def test_a_first_step_without_a_gradient_is_not_silent(kind):
    a = Value(1.0)
    optimizer = kind([a], lr=0.1)
    with pytest.warns(
        UserWarning, match=r"no gradient has reached a parameter.*call loss.backward\(\) before step\(\)"
    ):
        optimizer.step()
    (a * a).backward()
    optimizer.step()
    a.grad = 0
    optimizer.step()  # later on a gradient may well be 0


TOO_LARGE = [10**400, Fraction(-(10**400))]


@pytest.mark.parametrize("gradient", TOO_LARGE, ids=["int", "Fraction"])
@pytest.mark.parametrize("act", [lambda p: nn.SGD(p, lr=0.1).step(), lambda p: nn.clip_grad_norm(p, 1.0)])
def test_a_gradient_that_no_float_holds_is_named(gradient, act):
    p, q = Value(1.0), Value(2.0, label="w")
    p.grad, q.grad = 0.5, gradient
    with pytest.raises(OverflowError, match=r"the gradient of parameter 1 \(w\) is too large for a float"):
        act([p, q])
    assert (p.data, q.data, p.grad, q.grad) == (1, 2, 0.5, gradient)


def test_a_parameter_or_a_setting_that_no_float_holds_is_named():
    p = Value(10**400, label="w")
    p.grad = 1.0
    with pytest.raises(OverflowError, match="the data of leaf 'w' is too large for a float"):
        nn.SGD([p], lr=0.1).step()
    for name in ("lr", "momentum", "dampening", "weight_decay"):
        with pytest.raises(OverflowError, match=f"{name} is too large for a float"):
            nn.SGD([p], **{name: 10**400})
    with pytest.raises(OverflowError, match="max_norm is too large for a float"):
        nn.clip_grad_norm([p], 10**400)


@pytest.mark.parametrize("resident", [False, True])
@pytest.mark.parametrize("kind", [nn.Adagrad, nn.RMSProp, nn.Adam, nn.AdamW])
def test_a_gradient_whose_square_no_float_holds_moves_and_changes_nothing(kind, resident):
    p, q = Value(1.0), Value(2.0, label="w")
    optimizer = kind([p, q])
    p.grad, q.grad = 0.5, -1.0
    optimizer.step()
    p.grad, q.grad = 0.5, -1e200
    before = [p.data, q.data, optimizer.state_dict()]
    message = rf"a step of {kind.__name__} is too large for a float.* of parameter 1 \(w\), is -1e\+200"
    with pytest.raises(FloatingPointError, match=message), optimizer.resident() if resident else nullcontext():
        optimizer.step()
    assert [p.data, q.data, optimizer.state_dict()] == before
    nn.clip_grad_norm([p, q], 1.0)
    optimizer.step()
    assert q.data > before[1]


def test_a_step_beyond_the_largest_float_is_refused():
    p = Value(1.0)
    for rate, gradient in ((10.0, 1e308), (1.0, 1.7e308)):
        p.data = -1e308 if rate == 1.0 else 1.0
        p.grad, before = gradient, p.data
        with pytest.raises(FloatingPointError, match="a step of SGD is too large"):
            nn.SGD([p], lr=rate).step()
        assert p.data == before


def test_gradients_too_long_together_are_refused():
    p, q = Value(1.0), Value(2.0)
    p.grad = q.grad = 1.7e308
    with pytest.raises(OverflowError, match="together too long"):
        nn.clip_grad_norm([p, q], 1.0)
    assert p.grad == q.grad == 1.7e308
