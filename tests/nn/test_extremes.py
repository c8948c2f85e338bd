"""Losses of masked (-inf), huge and equal numbers, in every order, beside independent arithmetic with 60 digits.

Each is held to its value, its gradient and its second derivatives, eager and as a program on both backends.
"""

import math
from itertools import permutations

import numpy as np
import pytest
from mpmath import MPContext

import nn
from autograd import Value, check_gradients, compile, grad, hessian

mp = MPContext()  # of our own: other tests in the same process ask for other digits
mp.dps = 60
diff, erf, exp, inf, isinf, log, mpf, sqrt, tanh = (
    mp.diff, mp.erf, mp.exp, mp.inf, mp.isinf, mp.log, mp.mpf, mp.sqrt, mp.tanh
)  # fmt: skip
LOGITS = [
    [-math.inf, 0.0, 1.0], [-1e20, 0.3, 1.0], [-math.inf, -math.inf, 0.5], [2.0, 2.0, 2.0], [1e20, 1e20, -1e20],
    [-math.inf, -1e20, 1e20], [800.0, -800.0, 0.0], [-1e300, -1e300, 0.0], [0.0, 2.0, 0.0], [1e-320, -0.0, 0.0],
    [-math.inf, 0.5], [-1e20, 1e20], [1.0, 1.0], [-math.inf, 0.0, 0.0, -math.inf],
]  # fmt: skip
ORDERS = sorted({order for logits in LOGITS for order in permutations(logits)}, key=lambda x: (len(x), x))
BACKENDS = ("numpy", "numba")


def probabilities(logits):
    finite = [x for x in logits if x != -math.inf]
    powers = [exp(mpf(x) - max(finite)) if x != -math.inf else mpf(0) for x in logits]
    return [power / sum(powers) for power in powers]


def surprises(logits):
    """-log(probability) of each class."""
    finite = [x for x in logits if x != -math.inf]
    total = log(sum(exp(mpf(x) - max(finite)) for x in finite))
    return [total - (mpf(x) - max(finite)) if x != -math.inf else inf for x in logits]


def close(found, expected, size=1.0):
    return found == pytest.approx(float(expected), rel=1e-13, abs=1e-15 * size)


def hold(f, point, value, gradient, second=None):
    """Check f at the point, eager and as programs."""
    inputs = [Value(x) for x in point]
    output = f(*inputs)
    assert output.data == f(*point)
    assert close(output.data, value)
    output.backward()
    for x, expected in zip(inputs, gradient, strict=True):
        assert close(x.grad, expected)
    if second is not None:
        for row, wanted in zip(hessian(f)(*point), second, strict=True):
            for found, expected in zip(row, wanted, strict=True):
                assert close(found, expected)
    recorded = [Value(0.25 * place) for place in range(len(point))]
    for backend in BACKENDS:
        program = compile(f(*recorded), recorded, backend=backend)
        assert close(float(program([point])[0]), value)
        for found, expected in zip(program.gradient([point])[0].tolist(), gradient, strict=True):
            assert close(found, expected)


@pytest.mark.parametrize("logits", ORDERS)
def test_cross_entropy_of_a_class(logits):
    chances, costs = probabilities(logits), surprises(logits)
    second = [[p * (i == j) - p * q for j, q in enumerate(chances)] for i, p in enumerate(chances)]
    for right in range(len(logits)):
        gradient = [p - (i == right) for i, p in enumerate(chances)]
        curvature = None if isinf(costs[right]) else second  # an infinite loss has none to speak of
        hold(
            lambda *x, right=right: nn.cross_entropy(x, right),
            logits,
            costs[right],
            gradient,
            curvature,
        )


@pytest.mark.parametrize("logits", ORDERS)
def test_cross_entropy_of_probabilities(logits):
    chances, costs = probabilities(logits), surprises(logits)
    possible = [x != -math.inf for x in logits]
    spread = [is_possible / sum(possible) for is_possible in possible]
    second = [[p * (i == j) - p * q for j, q in enumerate(chances)] for i, p in enumerate(chances)]
    for target in [[float(i == right) for i in range(len(logits))] for right in range(len(logits))] + [spread]:
        cost = sum((mpf(t) * c for t, c in zip(target, costs, strict=True) if t), mpf(0))
        if isinf(cost):
            assert nn.cross_entropy(list(map(Value, logits)), target).data == math.inf
            continue
        gradient = [p - mpf(t) for p, t in zip(chances, target, strict=True)]
        hold(lambda *x, target=target: nn.cross_entropy(x, target), logits, cost, gradient, second)


def test_a_weight_that_is_an_input_has_its_derivative_also_at_0():
    logits = [0.3, -1.0, 2.0]
    costs = surprises(logits)
    found = grad(lambda *t: nn.cross_entropy([Value(x) for x in logits], t), (0, 1, 2))(0.0, 1.0, 0.0)
    assert found == pytest.approx([float(cost) for cost in costs])


@pytest.mark.parametrize("logits", ORDERS)
def test_softmax_and_its_logarithm(logits):
    chances, costs = probabilities(logits), surprises(logits)
    for place, (chance, cost) in enumerate(zip(chances, costs, strict=True)):
        gradient = [chance * ((i == place) - p) for i, p in enumerate(chances)]
        second = [
            [chance * (((i == place) - p) * ((j == place) - q) - p * ((i == j) - q)) for j, q in enumerate(chances)]
            for i, p in enumerate(chances)
        ]
        hold(lambda *x, place=place: nn.softmax(x)[place], logits, chance, gradient, second)
        if not isinf(cost):
            gradient = [(i == place) - p for i, p in enumerate(chances)]
            second = [[p * q - p * (i == j) for j, q in enumerate(chances)] for i, p in enumerate(chances)]
            hold(lambda *x, place=place: nn.log_softmax(x)[place], logits, -cost, gradient, second)
        else:
            assert nn.log_softmax(list(logits))[place] == -math.inf


@pytest.mark.parametrize("loss", [nn.softmax, nn.log_softmax, lambda x: nn.cross_entropy(x, 0)])
def test_masks_on_all_classes_are_refused(loss):
    for logits in ([-math.inf] * 2, [Value(-math.inf)] * 3):
        with pytest.raises(ValueError, match="every logit is -inf"):
            loss(logits)


FAR = [(-1e308, 1e308), (1e308, -1e308, 0.0), (-1.7e308, 1.7e308, -1.7e308), (1.7e308, -math.inf, -1.7e308)]


@pytest.mark.parametrize("logits", FAR)
def test_logits_further_apart_than_a_float_reaches(logits):
    largest = logits.index(max(logits))
    chances = [float(place == largest) for place in range(len(logits))]
    nothing = [0.0] * len(logits)
    for place, chance in enumerate(chances):
        hold(lambda *x, place=place: nn.softmax(x)[place], logits, chance, nothing)
    hold(lambda *x: nn.cross_entropy(x, largest), logits, 0.0, nothing)
    with pytest.raises(OverflowError, match="too large for a float"):
        nn.cross_entropy(list(map(Value, logits)), logits.index(-max(logits)))


def test_a_program_recorded_far_out_holds_for_other_logits():
    x = [Value(-1e308), Value(1e308)]
    program = compile(nn.cross_entropy(x, 1), x)
    assert program([[0.5, -1.0]])[0] == pytest.approx(float(surprises([0.5, -1.0])[1]), rel=1e-15)
    assert program.gradient([[0.5, -1.0]])[0] == pytest.approx(
        [float(p) - t for p, t in zip(probabilities([0.5, -1.0]), (0, 1), strict=True)]
    )


@pytest.mark.parametrize(
    "loss", [nn.softmax, nn.log_softmax, lambda x: nn.cross_entropy(x, 1), lambda x: nn.cross_entropy(x, [1.0, 0.0])]
)
@pytest.mark.parametrize("kind", [float, Value, np.float32])
def test_a_logit_of_plus_infinity_is_refused_by_its_place(loss, kind):
    with pytest.raises(ValueError, match=r"logits\[1\] is inf"):
        loss([kind(0.0), kind(math.inf)])


@pytest.mark.parametrize("backend", BACKENDS)
def test_programs_give_nan_where_eager_softmax_is_refused(backend):
    x = [Value(0.0), Value(1.0), Value(2.0)]
    program = compile(nn.softmax(x)[0], x, backend=backend)
    for row in ([-math.inf] * 3, [math.inf, 0.0, 0.0]):
        assert math.isnan(program([row])[0])


@pytest.mark.parametrize("point", [1e308, 1.79e308, -1e308, -1.79e308])
def test_activations_of_the_largest_floats(point):
    for name in ("gelu", "silu", "relu", "softplus", "elu", "leaky_relu"):
        value = {"leaky_relu": 0.01 * point, "elu": -1.0}.get(name, 0.0) if point < 0 else point
        hold(nn.Activation(name), (point,), value, [{"leaky_relu": 0.01}.get(name, 0.0) if point < 0 else 1.0])


@pytest.mark.parametrize("target", [0.0, 1.0, 0.25])
@pytest.mark.parametrize("logit", [-math.inf, -1e300, -800.0, -0.5, 0.0, 0.5, 800.0, 1e300, math.inf])
def test_binary_cross_entropy(logit, target):
    if math.isinf(logit):
        chance, costs = mpf(logit > 0), ((inf, mpf(0)) if logit > 0 else (mpf(0), inf))
    else:
        chance = 1 / (1 + exp(-mpf(logit))) if abs(logit) < 1e4 else mpf(logit > 0)
        costs = (log(1 + exp(mpf(logit))), log(1 + exp(-mpf(logit)))) if abs(logit) < 1e4 else (
            max(mpf(logit), 0), max(-mpf(logit), 0)
        )  # fmt: skip
    cost = sum(weight * c for weight, c in zip((1 - mpf(target), mpf(target)), costs, strict=True) if weight)
    second = None if isinf(cost) else [[chance * (1 - chance)]]
    hold(lambda x: nn.binary_cross_entropy_with_logits(x, target), (logit,), cost, [chance - target], second)


@pytest.mark.parametrize("delta", [0.5, 1.0, 1e5])
@pytest.mark.parametrize("error", [-math.inf, -1e300, -0.75, -1e-300, 0.0, 1e-300, 0.75, 1e300, math.inf])
def test_huber(error, delta):
    inside = abs(error) < delta
    value = mpf(error) ** 2 / 2 if inside else delta * (abs(mpf(error)) - mpf(delta) / 2)
    if value > 1.7e308:
        value = inf if not inside else value
    slope = error if inside else math.copysign(delta, error)
    hold(lambda y: nn.huber_loss(y, 0.0, delta), (error,), value, [slope], [[float(inside)]])


def test_huber_where_its_pieces_meet_has_a_second_derivative_between_theirs():
    for error in (-1.0, 1.0):
        assert grad(lambda y: nn.huber_loss(y, 0.0))(error) == error
        assert 0 <= hessian(lambda y: nn.huber_loss(y, 0.0))(error)[0][0] <= 1


@pytest.mark.parametrize("side", [-1, 1])
@pytest.mark.parametrize("score", [-math.inf, -1e300, -0.5, 0.0, 0.5, 1e300, math.inf])
def test_hinge(score, side):
    short = 1 - side * mpf(score)
    hold(lambda y: nn.hinge_loss(y, side), (score,), max(short, mpf(0)), [-side if short > 0 else 0], [[0]])


# At the points where a loss bends or is flat: (loss, point, slope, second derivative).
SPECIAL = {
    "mse": (lambda y: nn.mse_loss(y, 1.0), 1.0, 0, 2),
    "l1": (lambda y: nn.l1_loss(y, 1.0), 1.0, 0, 0),
    "huber": (lambda y: nn.huber_loss(y, 1.0), 1.0, 0, 1),
    "hinge": (lambda y: nn.hinge_loss(y, 1), 1.0, 0, 0),
    "binary cross-entropy": (lambda x: nn.binary_cross_entropy_with_logits(x, 0.5), 0.0, 0, 0.25),
    "cross-entropy, equal logits": (lambda x: nn.cross_entropy([x, 0.0, 0.0], 1), 0.0, 1 / 3, 2 / 9),
    "cross-entropy, equal others": (lambda x: nn.cross_entropy([x, 0.0, 0.0], 0), 0.0, -2 / 3, 2 / 9),
    "softmax, equal": (lambda x: nn.softmax([x, 0.0])[0], 0.0, 0.25, 0),
    "l1 of a weight": (lambda w: nn.l1(1.0)(Holding(w)), 0.0, 0, 0),
    "l2 of a weight": (lambda w: nn.l2(1.0)(Holding(w)), 0.0, 0, 2),
}


class Holding:
    def __init__(self, *weights):
        self.weights = weights

    def parameters(self):
        return list(self.weights)


@pytest.mark.parametrize("name", SPECIAL)
def test_second_derivatives_at_special_points(name):
    loss, point, slope, second = SPECIAL[name]
    assert grad(loss)(point) == pytest.approx(slope, abs=1e-16)
    assert hessian(loss)(point)[0][0] == pytest.approx(second, abs=1e-16)


def test_hubers_second_derivative_over_several_residuals():
    found = hessian(lambda a: nn.huber_loss([a * x for x in (0.0, 1.0, 2.0)], [0.0, 1.0, 4.0], 10.0))(1.0)
    assert found == [[pytest.approx(5 / 3)]]


def test_attention_with_masked_scores():
    """softmax(scores) . values, as in attention: a masked place gives nothing, and gets no gradient."""

    def attend(*x):
        return sum(w * v for w, v in zip(nn.softmax(x[:3]), x[3:], strict=True))

    for order in permutations(range(3)):
        scores, values = ([line[i] for i in order] for line in ([-math.inf, 0.5, 1.5], [7.0, -2.0, 3.0]))
        chances = probabilities(scores)
        mean = sum(p * mpf(v) for p, v in zip(chances, values, strict=True))
        gradient = [p * (mpf(v) - mean) for p, v in zip(chances, values, strict=True)] + chances
        hold(attend, (*scores, *values), mean, gradient)


@pytest.mark.parametrize("logits", [(0.0, 2.0, 0.0), (0.1, 0.2, 0.3, 0.4), (-1.0, 1e-3, 5.0, 5.0, -7.0)])
def test_plain_numbers_and_values_give_the_same_bits(logits):
    values = [Value(x) for x in logits]
    targets = [0.1 * place for place in range(len(logits))]
    assert [y.data for y in nn.softmax(values)] == nn.softmax(list(logits))
    assert [y.data for y in nn.log_softmax(values)] == nn.log_softmax(list(logits))
    for loss in (
        nn.mse_loss,
        nn.l1_loss,
        nn.huber_loss,
        nn.binary_cross_entropy_with_logits,
        nn.cross_entropy,
        nn.nll_loss,
    ):
        assert loss(values, targets).data == loss(list(logits), targets)
    for right in range(len(logits)):
        assert nn.cross_entropy(values, right).data == nn.cross_entropy(list(logits), right)


SMOOTH = {
    "tanh": tanh,
    "sigmoid": lambda x: 1 / (1 + exp(-x)),
    "softplus": lambda x: log(1 + exp(x)),
    "gelu": lambda x: x * (1 + erf(x / sqrt(mpf(2)))) / 2,
    "silu": lambda x: x / (1 + exp(-x)),
    "erf": erf,
}


@pytest.mark.parametrize("name", SMOOTH)
@pytest.mark.parametrize("point", [-40.0, -5.0, -1e-5, 0.0, 1e-300, 1e-5, 1.0, 5.0, 40.0])
def test_smooth_activations_to_second_order(name, point):
    function, activation = SMOOTH[name], nn.Activation(name)
    expected = [function(mpf(point)), *(diff(function, mpf(point), order) for order in (1, 2))]
    found = [activation(point), grad(activation)(point), hessian(activation)(point)[0][0]]
    assert found == pytest.approx(list(map(float, expected)), rel=1e-9, abs=1e-16)


# Where they bend: a convention (docs/conventions.md). The second derivative of elu goes from 1 to 0 there.
@pytest.mark.parametrize(
    ("name", "slope", "second"), [("relu", 0, 0), ("leaky_relu", 0.01, 0), ("elu", 1, 0.5), ("abs", 0, 0)]
)
def test_activations_where_they_bend(name, slope, second):
    activation = nn.Activation(name)
    assert (grad(activation)(0.0), hessian(activation)(0.0)[0][0]) == (slope, second)


@pytest.mark.parametrize("delta", [1e-8, 1.0, 1e8, 1e200, math.inf])
@pytest.mark.parametrize("error", [1e-300, 1e-17, 1e-8, -0.3, 0.5, 30.0])
def test_hubers_slope_keeps_its_digits_however_large_delta_is(error, delta):
    slope = max(-delta, min(error, delta))
    assert grad(lambda y: nn.huber_loss(y, 0.0, delta))(error) == pytest.approx(slope, rel=1e-15)


HUGE = 10**400
TOO_LARGE = {
    "softmax": (lambda: nn.softmax([0.0, -HUGE]), r"logits\[1\] is too large"),
    "softmax of Values": (lambda: nn.softmax([Value(HUGE), Value(0)]), r"logits\[0\] is too large"),
    "cross_entropy": (lambda: nn.cross_entropy([HUGE, 0], 0), r"logits\[0\] is too large"),
    "huber_loss": (lambda: nn.huber_loss([HUGE], [0]), r"a = 1.000e\+400.*: a is too large"),
    "StandardScaler": (lambda: nn.StandardScaler().fit([[1], [HUGE]]), r"rows\[1\]\[0\] is too large"),
    "check_gradients": (lambda: check_gradients(lambda x: x, HUGE), "argument 0 is too large"),
    "check_gradients, slope": (lambda: check_gradients(lambda x: HUGE * x, 1), "derivative by argument 0 is too large"),
    "fit, a row": (lambda: trained([[HUGE]]), "for row 0, mul has no value at .* b = 1.000e\\+400: b is too large"),
    "fit, schedule": (lambda: trained([[1.0]], schedule=lambda epoch: HUGE), "what schedule gives is too large"),
}


def trained(rows, **how):
    model = nn.MLP(1, [1], seed=0)
    return nn.fit(model, rows, [1.0], nn.mse_loss, nn.SGD(model.parameters()), epochs=1, progress=False, **how)


@pytest.mark.parametrize("name", TOO_LARGE)
def test_an_exact_number_that_no_float_holds_is_named(name):
    call, message = TOO_LARGE[name]
    with pytest.raises(ArithmeticError, match=f"{message} for a float"):
        call()


def test_a_probability_is_no_huge_number():
    with pytest.raises(ValueError, match="log_loss takes probabilities, from 0 to 1"):
        nn.log_loss([[HUGE, 1]], [0])


def test_whole_logits_further_apart_than_a_float_reaches():
    assert nn.cross_entropy([Value(-(10**308)), Value(10**308)], 1).data == 0
    assert [p.data for p in nn.softmax([Value(1e308), Value(-(10**308))])] == [1, 0]
    assert math.isnan(nn.softmax([-math.inf, math.nan])[0])
