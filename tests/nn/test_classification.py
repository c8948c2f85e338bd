import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import nn
from autograd import Value, check_gradients, compile, hessian

logit = st.floats(-30, 30)


@given(st.lists(logit, min_size=2, max_size=6), st.data())
def test_cross_entropy_is_minus_log_softmax_and_its_gradient_softmax_minus_one_hot(numbers, data):
    target = data.draw(st.integers(0, len(numbers) - 1))
    total = math.fsum(map(math.exp, numbers))
    logits = [Value(x) for x in numbers]
    loss = nn.cross_entropy(logits, target)
    assert loss.data == pytest.approx(math.log(total) - numbers[target], abs=1e-12)
    loss.backward()
    for i, x in enumerate(logits):
        assert x.grad == pytest.approx(math.exp(numbers[i]) / total - (i == target), abs=1e-12)


@pytest.mark.parametrize(
    ("numbers", "target", "expected"),
    [
        ([800.0, -800.0], 0, 0.0),
        ([800.0, -800.0], 1, 1600.0),
        ([-800.0, 800.0, -800.0], 0, 1600.0),
        ([0.0, -800.0, 800.0], 0, 800.0),
        ([800.0, 800.0, 800.0], 2, math.log(3)),
        ([-800.0, -800.0], 0, math.log(2)),
        ([0.0, 40.0, 0.0], 1, 2 * math.exp(-40)),  # a loss this small is lost where the maximum is subtracted
    ],
)
def test_cross_entropy_far_out(numbers, target, expected):
    logits = [Value(x) for x in numbers]
    loss = nn.cross_entropy(logits, target)
    assert loss.data == pytest.approx(expected, rel=1e-14, abs=0)
    loss.backward()
    assert sum(x.grad for x in logits) == pytest.approx(0, abs=1e-15)
    assert all(abs(x.grad) <= 1 for x in logits)


def test_cross_entropy_has_second_derivatives_without_kinks():
    p = [math.exp(x) / (math.exp(1) + math.exp(0.5) + math.exp(0.5)) for x in (1.0, 0.5, 0.5)]
    expected = [[(i == j) * p[i] - p[i] * p[j] for j in range(3)] for i in range(3)]
    for row, wanted in zip(hessian(lambda *x: nn.cross_entropy(x, 1))(1.0, 0.5, 0.5), expected, strict=True):
        assert row == pytest.approx(wanted)
    check_gradients(lambda *x: nn.cross_entropy(x, 0), 2.0, 2.0, 2.0)


def test_cross_entropy_refuses_what_makes_no_sense():
    logits = [Value(0.0), Value(1.0), Value(2.0)]
    for target in (-1, 3):
        with pytest.raises(ValueError, match=f"between 0 and 2 for 3 logits, not {target}"):
            nn.cross_entropy(logits, target)
    for target in (1.0, Value(1.0), None):
        with pytest.raises(TypeError, match="number of the right class"):
            nn.cross_entropy(logits, target)
    with pytest.raises(ValueError, match="at least two, one per class; got a single Value"):
        nn.cross_entropy(logits[0], 0)
    with pytest.raises(ValueError, match="got 1"):
        nn.cross_entropy(logits[:1], 0)
    with pytest.raises(ValueError, match="2 probabilities for 3 classes"):
        nn.cross_entropy(logits, [0, 1])


far = st.sampled_from([-800.0, -30.0, 0.0, 0.5, 30.0, 800.0])


@given(st.lists(far, min_size=2, max_size=5), st.data())
def test_both_forms_of_the_target_are_one_loss_however_far_out(numbers, data):
    right = data.draw(st.integers(0, len(numbers) - 1))
    one, other = ([Value(x) for x in numbers] for _ in range(2))
    by_class = nn.cross_entropy(one, right)
    by_list = nn.cross_entropy(other, [float(i == right) for i in range(len(numbers))])
    assert by_list.data == pytest.approx(by_class.data, rel=1e-14, abs=1e-14)
    by_class.backward()
    by_list.backward()
    # a sum near 800 is rounded by 1e-13, and so is the exponent of a probability
    assert [x.grad for x in other] == pytest.approx([x.grad for x in one], abs=1e-12)


def test_probabilities_weigh_the_classes():
    numbers, weights = [0.3, -1.0, 2.0], [0.2, 0.5, 0.3]
    log_total = math.log(sum(map(math.exp, numbers)))
    expected = sum(weight * (log_total - x) for weight, x in zip(weights, numbers, strict=True))
    assert nn.cross_entropy(numbers, weights) == pytest.approx(expected, rel=1e-14)
    check_gradients(lambda *x: nn.cross_entropy(x, weights), *numbers)
    check_gradients(lambda *t: nn.cross_entropy(numbers, t), *weights)


def test_a_program_takes_the_target_as_inputs():
    x, t = [Value(0.5), Value(-1.0), Value(2.0)], [Value(0.0), Value(1.0), Value(0.0)]
    program = compile(nn.cross_entropy(x, t), [*x, *t])
    rows = [([800.0, -800.0, 0.0], 1), ([0.0, 1.0, 2.0], 2), ([-800.0, -800.0, -800.0], 0)]
    outputs = program([[*numbers, *(float(i == right) for i in range(3))] for numbers, right in rows])
    assert outputs == pytest.approx([nn.cross_entropy(numbers, right) for numbers, right in rows], rel=1e-14)


@given(st.lists(st.floats(-800, 800), min_size=1, max_size=6))
def test_softmax_gives_probabilities_however_far_out(numbers):
    p = nn.softmax([Value(x) for x in numbers])
    assert sum(x.data for x in p) == pytest.approx(1, rel=1e-14)
    shares = [math.exp(x - max(numbers)) for x in numbers]
    assert [x.data for x in p] == pytest.approx([share / math.fsum(shares) for share in shares], rel=1e-13, abs=0)
    for log_p, x in zip(nn.log_softmax(numbers), numbers, strict=True):
        expected = x - max(numbers) - math.log(math.fsum(shares))
        assert log_p == pytest.approx(expected, rel=1e-13, abs=1e-15)
    assert nn.softmax(numbers) == [x.data for x in p]  # plain numbers in, plain numbers out


def test_softmax_has_the_gradient_of_the_books():
    numbers = [0.3, -1.0, 2.0, 2.0]
    p = nn.softmax(numbers)
    for place in range(4):
        x = [Value(number) for number in numbers]
        nn.softmax(x)[place].backward()
        assert [xi.grad for xi in x] == pytest.approx([p[place] * ((i == place) - p[i]) for i in range(4)], abs=1e-15)
    check_gradients(lambda *x: nn.log_softmax(x)[1], 0.3, -1.0, 2.0)


def test_softmax_is_recorded_and_not_decided():
    x = [Value(0.0), Value(1.0)]
    program = compile(nn.softmax(x)[0], x)
    assert program([[800.0, -800.0], [-800.0, 800.0], [3.0, 3.0]]) == pytest.approx([1, 0, 0.5])


def test_nll_is_the_rest_of_cross_entropy():
    numbers = [0.3, -1.0, 2.0]
    log_p = nn.log_softmax(numbers)
    assert nn.nll_loss(log_p, 1) == -log_p[1] == pytest.approx(nn.cross_entropy(numbers, 1), rel=1e-14)
    assert nn.nll_loss(log_p, [0, 0.5, 0.5]) == pytest.approx(-(log_p[1] + log_p[2]) / 2, rel=1e-14)
    with pytest.raises(ValueError, match=r"log_probabilities must be a list of at least one, .*got 0"):
        nn.nll_loss([], 0)
    with pytest.raises(ValueError, match="between 0 and 2"):
        nn.nll_loss(log_p, -1)


@pytest.mark.parametrize("function", [nn.softmax, nn.log_softmax])
def test_a_single_number_has_no_softmax(function):
    with pytest.raises(ValueError, match="logits must be a list of at least one, one per class; got a single Value"):
        function(Value(1.0))
    with pytest.raises(ValueError, match="got 0"):
        function([])


@pytest.mark.parametrize("function", [nn.softmax, nn.log_softmax, lambda x: nn.cross_entropy(x, [0, 1])])
def test_a_table_of_logits_is_not_one_row(function):
    for table in ([[1.0, 2.0], [3.0, 4.0]], np.ones((2, 2))):
        with pytest.raises(ValueError, match="one number per class, for one row of the data at a time"):
            function(table)


def test_the_name_of_a_class_is_not_its_number():
    with pytest.raises(TypeError, match=r"target must be the number of the right class, .*not str 'cat'"):
        nn.cross_entropy([1.0, 2.0, 3.0], "cat")


def test_a_class_may_be_a_whole_number_of_any_kind():
    expected = nn.cross_entropy([0.5, -1.0], 1)
    for one in (True, np.bool_(True), np.int8(1), np.uint64(1), np.array(1)):
        assert nn.cross_entropy([0.5, -1.0], one) == expected
    for odd in (1.0, np.float64(1.0), "red", None, 1j, Fraction(1), np.array(1.0)):
        with pytest.raises(TypeError, match="target must be"):
            nn.cross_entropy([0.5, -1.0], odd)
