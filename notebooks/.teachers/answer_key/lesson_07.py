"""Layers: what the exercises of lesson 7 ask."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import count as numbers
from itertools import pairwise
from typing import Any

from judging import Choice, Exercise, Function, Number, Properties
from nn import MLP

NETWORKS = [[2, 1], [3, 4, 4, 1], [5, 2], [1, 6, 3]]


def _by_hand(x: Any, y: Any) -> Any:
    return max(0, x + y) - 2 * max(0, x + y - 1)


def _parameters(sizes: Sequence[int]) -> int:
    return len(MLP(sizes[0], sizes[1:]).parameters())


def _connections(sizes: Sequence[int]) -> int:
    return sum(m * n for m, n in pairwise(sizes))


def _draws(start: Callable[[int, Callable[[], float]], Any]) -> str:
    for size in (1, 3, 5):
        source = numbers(1)
        found = start(size, lambda source=source: next(source) / 8)  # type: ignore[misc]
        if not isinstance(found, list) or len(found) != size:
            return f"start({size}, draw) should give a list of {size} weights."
        if len(set(found)) == 1 < size:
            return f"start({size}, draw) gives one draw, {size} times. When is draw() called?"
        if found != [place / 8 for place in range(1, size + 1)]:
            return f"start({size}, draw) should give what {size} calls of draw() give, one after the other."
    return ""


EXERCISES: dict[str, Exercise] = {
    "7.1": Exercise(
        Number(
            _by_hand(1, Fraction(1, 4)),
            {
                Fraction(5, 4): "That is the first hidden neuron alone. The second one is awake, too.",
                Fraction(1, 4): "That is the second hidden neuron. What does the third make of both?",
                1: "The second hidden neuron counts twice.",
                Fraction(-5, 4): "x + y - 1 is above 0 here, but not by that much.",
            },
        ),
        "h1 is 5/4 and h2 is 1/4, and it takes that away twice.",
        (
            "x + y is 5/4. What do the two hidden neurons make of it?",
            "out = h1 - 2 * h2.",
        ),
    ),
    "7.2": Exercise(
        Number(
            _parameters([64, 16, 10]),
            {
                64 * 16 + 16 * 10: "Those are the connections. Every neuron has a bias as well.",
                64 * 16 + 16: "That is the hidden layer. The ten neurons behind it have parameters of their own.",
                64 * 16 + 16 * 10 + 16: "The biases of the last ten are missing.",
                64 * 16 + 16 * 10 + 64 + 16 + 10: "Inputs have no bias: they are given.",
                64 * 16 * 10: "Layers add up, one behind the other; they do not multiply.",
            },
        ),
        "64 * 16 + 16 in the hidden layer, 16 * 10 + 10 in the last one.",
        (
            "Each of the 16 hidden neurons has a weight for every pixel, and a bias.",
            "Each of the 10 has a weight for every hidden neuron, and a bias.",
        ),
    ),
    "7.3": Exercise(
        Function(
            _parameters,
            {str(sizes): sizes for sizes in NETWORKS},
            lambda count, sizes: count(sizes),
            {
                _connections: "Those are the connections. What has each neuron beside its weights?",
                lambda sizes: (
                    _connections(sizes) + sum(sizes)
                ): "That is a bias too many for each input: they are given.",
                lambda sizes: sum(sizes[1:]): "Those are the biases. And the connections?",
            },
            "nn.MLP(sizes[0], sizes[1:]) builds such a network; print its summary().",
        ),
        "For each layer the size before it times its own, and its own once more for the biases.",
        (
            "Take two sizes that stand next to each other, m and n. How many connections, how many biases?",
            "zip(sizes, sizes[1:]) gives all neighbours.",
            "Add up m * n + n.",
        ),
    ),
    "7.4": Exercise(
        Choice(
            "alike",
            {
                "alike": "",
                "opposite": "What would tell one of them to go the other way?",
                "different": "What would make the difference? Both see the same inputs, and the next layer listens to "
                "both alike.",
            },
        ),
        "They say the same, so they get the same shares, so they take the same step, and so it goes on. They are two "
        "neurons, and can do no more than one. Nothing but a difference at the start can part them: that is what the "
        "random draw is for.",
        (
            "At the start both hidden neurons give the same answer to every input. Which shares come back to them?",
            "So what is their first step? And then?",
        ),
        prediction=True,
    ),
    "7.5": Exercise(
        Properties([_draws]),
        "A draw for each weight: draw() belongs inside the brackets.",
        (
            "How often is draw() called here, and how often should it be?",
            "What stands before the for is computed anew for every weight.",
        ),
    ),
}
