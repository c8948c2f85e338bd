"""Cats or dogs: what the exercises of lesson 6 ask."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import isclose, log
from typing import Any

from autograd import sigmoid
from judging import Choice, Exercise, Function, Number, Properties, not_a_number
from nn import Neuron, binary_cross_entropy_with_logits
from nn.modules.initializers import zeros

# What a learner's slopes are tried on: (odds of class 1, truth, inputs).
ANSWERS: list[tuple[float, int, list[float]]] = [(1, 0, [0.75, 0.5]), (3, 1, [0.25, -2.0, 0.0]), (0.25, 1, [4.0])]


def _engine(odds: float, truth: int, inputs: Sequence[float]) -> list[float]:
    neuron = Neuron(len(inputs), nonlin=False, init=zeros)
    bias: Any = neuron.b
    bias.data = log(odds)
    binary_cross_entropy_with_logits(neuron(inputs), truth).backward()
    return [float(parameter.grad) for parameter in neuron.parameters()]


def _slopes(slopes: Callable[[float, int, Sequence[float]], Any]) -> str:
    for odds, truth, inputs in ANSWERS:
        p = odds / (odds + 1)
        found, right = slopes(p, truth, inputs), _engine(odds, truth, inputs)
        case = f"For p = {p:g}, truth {truth} and the inputs {inputs}"
        if not isinstance(found, list) or any(map(not_a_number, found)):
            return f"{case} a list of plain numbers should come back."
        if len(found) != len(right):
            return f"{case} there are {len(right)} knobs, the bias being one, but you give {len(found)} slopes."
        if _alike(found, right):
            continue
        if _alike(found, [-slope for slope in right]):
            return f"{case} every sign is turned. When p is too high, which way does more z push the surprise?"
        if _alike(found[:-1], right[:-1]):
            return f"{case} the weights' slopes are right. What is the bias's constant input?"
        if isclose(found[-1], right[-1]):
            return f"{case} the bias's slope is right. Along a weight, what does the arrow into the sum bear?"
        return f"{case} the engine finds other slopes. Begin with the one along z: how far is p from the truth?"
    return ""


def _alike(found: Sequence[Any], right: Sequence[float]) -> bool:
    return all(isclose(a, b, abs_tol=1e-9) for a, b in zip(found, right, strict=True))


EXERCISES: dict[str, Exercise] = {
    "6.1": Exercise(
        Number(
            Fraction(3, 4),
            {
                Fraction(1, 2): "That was so with a bias of 2.",
                Fraction(4, 3): "Upside down: the ears go up to 1 only.",
                3: "That is the bias. For which ears do weight times ears, and bias, add up to 0?",
            },
        ),
        "-4 * ears + 3 is 0 there. A larger bias lets it say dog for ears that are more pointed.",
        (
            "The answer changes where z is 0.",
            "z is -4 * ears + 3. Solve for the ears.",
        ),
    ),
    "6.2": Exercise(
        Number(
            Fraction(9, 10),
            {
                Fraction(3, 4): "That is at log(3). Twice the z is not the same probability.",
                Fraction(6, 7): "Twice the z is not twice the odds: each unit of z multiplies them.",
                Fraction(3, 2): "A probability cannot be above 1. What are the odds?",
                9: "Those are the odds, to 1. As a probability?",
                Fraction(1, 10): "That is the probability of the other answer.",
            },
        ),
        "The odds are 3 * 3 = 9 to 1, and that is nine out of ten.",
        (
            "At log(3) the odds are 3 to 1. What does another log(3) do to them?",
            "Adding to z multiplies the odds: e**(a + b) is e**a * e**b.",
            "Odds of n to 1 are the probability n / (n + 1).",
        ),
    ),
    "6.3": Exercise(
        Properties([_slopes]),
        "How wrong, times how much the input had to do with it; and the bias's input is always 1.",
        (
            "The slope along z is p - truth, for all of them.",
            "Each weight gets that times its own input.",
            "The bias is a weight on an input of 1.",
        ),
    ),
    "6.4": Exercise(
        Choice(
            "flipped",
            {
                "same": "Then pointed ears would still speak against class 1; but now class 1 is the cats.",
                "flipped": "",
                "zero": "Swapping names takes nothing away from what tells the two apart.",
            },
        ),
        "Every p - t changes its sign, exactly: p becomes 1 - p, and t becomes 1 - t. So each step goes the other way, "
        "and all weights end at the same size with the other sign. A weight's sign says for which answer it speaks.",
        (
            "What do pointed ears speak for, and what did its weight say?",
            "Do the two animals of the table again, with the truth swapped.",
        ),
        prediction=True,
    ),
    "6.5": Exercise(
        Function(
            lambda z: int(z > 0),
            {f"z = {z:g}": z for z in (2.0, -2.0, 0.3, -0.3, -700.0)},
            lambda decide, z: decide(z),
            {
                lambda z: 1: "Every animal is a dog: which z has a probability that is not above 0?",
                lambda z: 0: "Every animal is a cat now.",
                lambda z: int(z < 0): "Dogs are cats and cats are dogs: which side of the middle is class 1?",
                sigmoid: "That is the probability. A decision is 1 or 0.",
            },
            "At which probability are cat and dog equally likely?",
        ),
        "A probability is always above 0. Above 1/2 is what is meant, and that is the same as z above 0.",
        (
            "Print sigmoid(z) for a few z, also negative ones. What is its smallest value?",
            "At which probability are cat and dog equally likely?",
        ),
    ),
}
