"""A language model of scalars: what the exercises of lesson 12 ask."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import isclose, log
from typing import Any

import nn
from judging import Exercise, Number, Properties, not_a_number
from nn.examples import names
from nn.examples.gpt import GPT
from nn.modules.attention import dot

HALF, QUARTER = Fraction(1, 2), Fraction(1, 4)


def _attended(query: float) -> float:
    shares = nn.softmax([query * 0, query * log(3)])
    return float(dot(shares, [4, 8]))


def _changed_guesses() -> int:
    """At how many places of anna the model's guess changes when the third letter does."""
    model = GPT(names.TOKENS, block=5, size=4, heads=1, seed=0)
    before, after = (
        [[x.data for x in place] for place in model(model.embed(names.encode(n)))] for n in ("anna", "anja")
    )
    return sum(one != other for one, other in zip(before, after, strict=True))


def _guesses(guesses: Callable[[str], Any]) -> str:
    for name in ("ab", "anna", "o"):
        found = guesses(name)
        if not isinstance(found, Sequence) or not all(isinstance(pair, tuple) and len(pair) == 2 for pair in found):
            return "A list of pairs should come back: (the letters so far, the letter that comes next)."
        missing = [
            f"{name}."[place] for place in range(len(name) + 1) if (name[:place], f"{name}."[place]) not in found
        ]
        if missing and ("", name[0]) not in found:
            return f"Of {name}, who guesses the first letter? Before it, nothing was seen."
        if missing and missing[-1] == ".":
            return f"After {name} there is one more thing to guess: that it is over."
        if missing or len(found) != len(name) + 1:
            return f"{name} has {len(name)} letters and an end: so many guesses, each once and in its place."
    return ""


def _heated(heated: Callable[..., Any]) -> str:
    for chances in ([0.25, 0.75], [0.5, 0.3, 0.2], [1.0]):
        for temperature in (1.0, 0.5, 2.0, 0.1):
            found = heated(chances, temperature)
            if not isinstance(found, Sequence) or len(found) != len(chances):
                return "A list with as many chances as were given should come back."
            complaint = next(filter(None, map(not_a_number, found)), "")
            if complaint:
                return complaint
            what = f"For {chances} at temperature {temperature:g}"
            if abs(sum(found) - 1) > 1e-9:
                return f"{what} the chances add up to {sum(found):.4g}, and should to 1: divide each by their sum."
            cold = nn.softmax([log(chance) / temperature for chance in chances])
            hot = nn.softmax([log(chance) * temperature for chance in chances])
            if _alike(found, cold):
                continue
            if _alike(found, hot):
                return (
                    f"{what} the likely ones should {'gain' if temperature < 1 else 'lose'}; here it is the other way."
                )
            if _alike(found, chances):
                return f"{what} nothing has changed."
            if _alike(found, nn.softmax([chance / temperature for chance in chances])):
                return (
                    "The chances themselves were divided and put through e. It is their logarithms that are the scores."
                )
            return f"{what} your function gives {[round(float(x), 4) for x in found]}. What power makes squares of 1/2?"
    return ""


def _alike(found: Sequence[Any], right: Sequence[Any]) -> bool:
    return all(isclose(a, b, rel_tol=1e-9, abs_tol=1e-12) for a, b in zip(found, right, strict=True))


EXERCISES: dict[str, Exercise] = {
    "12.1": Exercise(
        Number(
            Fraction(2, 3) * QUARTER * Fraction(3, 4),
            {
                Fraction(1, 3): "One name of three, yes; but the table does not know names, it knows pairs of letters.",
                HALF: "That is ab. Here one more b comes before the end.",
                Fraction(1, 6): "The end is a letter too: after the second b it has to be guessed as well.",
                Fraction(3, 16): "The first letter has to be guessed as well: how many of the names begin with a?",
                Fraction(3, 8): "Nearly: of four b, how many are followed by another b?",
            },
        ),
        "2/3 for a, 1 for b, 1/4 for another b, 3/4 for the end. Three coin tosses.",
        (
            "Four factors: a first, b after a, b after b, the end after b.",
            "There are four b in the three names, and what follows them are three ends and one b.",
            "Multiply 2/3, 1, and the two shares of b.",
        ),
    ),
    "12.2": Exercise(
        Properties([_guesses]),
        "A name of n letters makes n + 1 guesses: without the first it could not begin, and without the last not end.",
        (
            "Which pairs does guesses('ab') give now, and which of the three are missing?",
            "Put a dot at the end of the name first, and let the places begin at 0.",
        ),
    ),
    "12.3": Exercise(
        Number(
            _attended(2),
            {
                7: "That is the result with the query at 1. The scores are now 0 and log 9.",
                14: "The scores are doubled, not the result: it is still a mean, and lies between 4 and 8.",
                6: "That is the plain mean. The shares differ: powers are 1 and 9.",
                Fraction(52, 7): "Powers of 1 and 6? e to the power of 2 log 3 is 3 times 3.",
                4.4: "The shares are right; which of them belongs to which value?",
            },
            tolerance=1e-6,
        ),
        "Powers 1 and 9, so shares 1/10 and 9/10, and 0.4 + 7.2. A larger query looks more sharply at the best.",
        (
            "The scores are 2 times 0 and 2 times log 3. What is e to the power of each?",
            "Their sum is 10. So what are the two shares?",
            "A share of 4 and a share of 8, added.",
        ),
    ),
    "12.4": Exercise(
        Number(
            _changed_guesses(),
            {
                5: "The guesses before the third letter did not know it yet.",
                1: "The guess right after it, and all later ones, which look back at it.",
                3: "Count from where the letter is read: the guess that was to find it came before.",
                4: "Whoever looks back sees it; who comes before does not.",
            },
        ),
        "The guess after the changed letter, and the one after the last letter, which looks back at it. The three "
        "before were made without it, so they are the same to the last digit.",
        (
            "Who can see the third letter? Only those that read it, or come later.",
            "The guesses are made after ., a, n, n, a. At which of them is the changed letter read?",
        ),
        prediction=True,
    ),
    "12.5": Exercise(
        Properties([_heated]),
        "Dividing the scores by T is raising the chances to the power 1/T. Then the sum brings them back to 1.",
        (
            "At temperature 1/2 each chance is squared. What power is it at temperature 2, and at T?",
            "Dividing logarithms by T is taking the power 1 / T.",
            "Take that power of each chance, and divide each by the sum of all.",
        ),
    ),
}
