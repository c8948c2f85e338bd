"""How an answer is judged: what is asked for, which mistakes are known, and what each of them is told."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from numbers import Real
from typing import Any, Protocol

from autograd import Value
from autograd.coercion import describe

CLOSE = 0.02  # an answer this near, in parts of the right one, has lost digits and not its way


class Judge(Protocol):
    """What an exercise asks for. Both methods give a complaint with a next thought, or "" when there is none."""

    def misshapen(self, answer: Any) -> str:
        """What is wrong with the kind of thing that was given."""

    def wrong(self, answer: Any) -> str:
        """What is wrong with an answer of the right kind; never the right answer itself."""


@dataclass(frozen=True)
class Exercise:
    """One exercise of a lesson.

    judge: what tells right from wrong. right: what a right answer is told, why it is so. hints: from a first thought
    to nearly there. prediction: the answer is locked in and judged by ``reveal``; ``right`` then tells the outcome.
    """

    judge: Judge
    right: str
    hints: Sequence[str]
    prediction: bool = False


@dataclass(frozen=True)
class Number:
    """A number to find.

    expected: the right one, computed by the engine or as a Fraction wherever that can be.
    mistakes: wrong numbers that a known slip leads to, and what to think about next.
    tolerance: how far off an answer may be, in parts of the larger of 1 and the right one.
    """

    expected: Any
    mistakes: Mapping[Any, str]
    tolerance: float = 1e-9

    def misshapen(self, answer: Any) -> str:
        """Say how to turn what was given into a number."""
        return not_a_number(answer)

    def wrong(self, answer: Any) -> str:
        """Recognise a known slip, a sign, or lost digits."""
        if near(answer, self.expected, self.tolerance):
            return ""
        for slip, thought in self.mistakes.items():
            if near(answer, slip, self.tolerance):
                return thought
        if near(answer, -self.expected, self.tolerance):
            return "The size is right, the sign is not: when the input grows a little, does the output grow or shrink?"
        if abs(answer - self.expected) <= CLOSE * abs(self.expected):
            return "Very close: digits got lost on the way. Keep all of them, or work with a Fraction."
        return "That is not it yet."


@dataclass(frozen=True)
class Choice:
    """One of a few words. thoughts: every word that can be chosen; what the wrong ones are told."""

    expected: str
    thoughts: Mapping[str, str]

    def misshapen(self, answer: Any) -> str:
        """List the words there are."""
        if isinstance(answer, str) and answer.strip().lower() in self.thoughts:
            return ""
        return f"Choose one of {', '.join(map(repr, self.thoughts))}, with the quotes; you gave {describe(answer)}."

    def wrong(self, answer: str) -> str:
        """What the wrong word is told."""
        chosen = answer.strip().lower()
        return "" if chosen == self.expected else self.thoughts[chosen]


@dataclass(frozen=True)
class Function:
    """A function to write or to mend, tried case by case.

    right: a function that does it. cases: what to try, and what to call it. run: tries a function on a case and gives a
    number. slips: wrong functions that learners write, and what each is told; one is recognised when it explains every
    case. otherwise: what to think about when none does. tolerance: as in ``Number``.
    """

    right: Callable[..., Any]
    cases: Mapping[str, Any]
    run: Callable[[Callable[..., Any], Any], Any]
    slips: Mapping[Callable[..., Any], str]
    otherwise: str
    tolerance: float = 1e-9

    def misshapen(self, answer: Any) -> str:
        """A function is given by its name alone."""
        return not_a_function(answer)

    def wrong(self, answer: Callable[..., Any]) -> str:
        """Recognise a slip, or name a case. What the function raises is not caught: the traceback shows the line."""
        found = {}
        for words, case in self.cases.items():
            found[words] = self.run(answer, case)
            complaint = not_a_number(found[words])
            if complaint:
                return f"For {words}: {complaint}"
        off = self._differences(found, self.right)
        if not off:
            return ""
        for slip, thought in self.slips.items():
            if not self._differences(found, slip):
                return thought
        return f"For {off[0]} your function gives {float(found[off[0]]):.7g}, and that is not right. {self.otherwise}"

    def _differences(self, found: Mapping[str, Any], function: Callable[..., Any]) -> list[str]:
        numbers = {words: self.run(function, case) for words, case in self.cases.items()}
        return [words for words, number in numbers.items() if not near(found[words], number, self.tolerance)]


@dataclass(frozen=True)
class Properties:
    """A function to write or to mend, held to what must be true. checks: each tries it and complains, or gives ""."""

    checks: Sequence[Callable[[Callable[..., Any]], str]]

    def misshapen(self, answer: Any) -> str:
        """A function is given by its name alone."""
        return not_a_function(answer)

    def wrong(self, answer: Callable[..., Any]) -> str:
        """The first complaint. What the function raises is not caught: the traceback shows the line."""
        return next(filter(None, (complaint(answer) for complaint in self.checks)), "")


def near(answer: Any, number: Any, tolerance: float) -> bool:
    """Whether two numbers differ by no more than the tolerance, in parts of the larger of 1 and the second."""
    return bool(abs(answer - number) <= tolerance * max(1, abs(number)))


def not_a_function(answer: Any) -> str:
    """How to give a function; "" where it is one."""
    if callable(answer):
        return ""
    return f"A function is wanted, by its name without brackets; you gave {describe(answer)}."


def not_a_number(answer: Any) -> str:
    """How to turn what was given into one plain number; "" where it is one."""
    if isinstance(answer, Real) and not isinstance(answer, bool):
        return ""
    if answer is None:
        return "That is None: does the function end without a return?"
    if isinstance(answer, Value):
        return "That is a Value, a node of a graph. Its number is in .data, its gradient in .grad: which is meant?"
    if isinstance(answer, tuple) and len(answer) == 1:
        return "That is a tuple of one: a comma after the number makes one. Take the comma away."
    return f"One plain number is wanted; you gave {describe(answer)}."
