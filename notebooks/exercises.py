"""The exercises of the lessons, from a notebook's side.

    check("2.1", answer)     right, or what is wrong and a next thought; a prediction is locked in instead
    reveal("2.2")            what came of a prediction that was locked in
    hint("2.1")              one step further at each call
    with folded("2.2"): ...   what would tell the answer of a prediction lies folded until it is locked in

Answers are judged in .teachers/answer_key/, one file per lesson: open that when you teach, not when you learn. Jupyter
does not show a folder that begins with a point, so nobody opens it by chance.
"""

import html
import re
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from IPython.display import display
from IPython.utils.capture import capture_output

from judging import Exercise

sys.path.append(str(Path(__file__).with_name(".teachers")))  # where the answers are found

MARKS = {"right": "✓", "not yet": "✗", "a surprise": "!"}
COLOURS = {"right": "#1b639f", "not yet": "#c2571a", "a surprise": "#c2571a"}  # blue and orange, as in the graphs

_locked: dict[str, Any] = {}
_hinted = Counter[str]()


@dataclass(frozen=True)
class Verdict:
    """What an exercise says; a notebook shows it in a frame.

    outcome: "right", "not yet", "waiting", "locked in", "a surprise" or "hint 1 of 3".
    """

    exercise: str
    outcome: str
    words: str

    def __repr__(self) -> str:
        return f"{self.exercise} {self.outcome}: {self.words}"

    def _repr_html_(self) -> str:
        words = re.sub("`(.*?)`", r"<code>\1</code>", html.escape(self.words))
        title = f"{MARKS.get(self.outcome, '')} {self.exercise} {self.outcome}".strip()
        colour = COLOURS.get(self.outcome, "#74818d")
        return (
            f'<div role="status" style="border-left: 4px solid {colour}; padding: 0.3em 0.9em; max-width: 50em">'
            f"<b>{title}</b><br>{words}</div>"
        )


@dataclass(frozen=True)
class Fold:
    """What came out, for whoever has made their guess: open when it is locked in, else to be opened by hand."""

    exercise: str
    printed: str
    shown: list[Any]

    def __repr__(self) -> str:
        return "\n".join([self.printed.rstrip(), *(output.data["text/plain"] for output in self.shown)])

    def _repr_html_(self) -> str:
        pictures = "".join(f"<div>{output.data['text/html']}</div>" for output in self.shown)
        return (
            f"<details{' open' * (self.exercise in _locked)}>"
            f'<summary style="cursor: pointer; padding: 0.3em 0">What came out, after your prediction {self.exercise}'
            f"</summary><pre>{html.escape(self.printed.rstrip())}</pre>{pictures}</details>"
        )


def check(name: str, answer: Any) -> Verdict:
    """Judge an answer; a prediction is locked in, for ``reveal`` to judge.

    name: the exercise, as "2.1". Raises ValueError when there is none of that name.
    """
    exercise = find(name)
    if answer is ...:
        return Verdict(name, "waiting", f'Put your answer in place of the three dots. For a hint: `hint("{name}")`.')
    complaint = exercise.judge.misshapen(answer)
    if complaint:
        return Verdict(name, "not yet", complaint)
    if exercise.prediction:
        return _lock(name, answer)
    complaint = exercise.judge.wrong(answer)
    return Verdict(name, "not yet", complaint) if complaint else Verdict(name, "right", exercise.right)


def reveal(name: str) -> Verdict:
    """Tell what came of a prediction, once it is locked in. Raises ValueError when there is none of that name."""
    exercise = find(name)
    if name not in _locked:
        return Verdict(name, "waiting", "Lock in a prediction above first: a surprise teaches more than an answer.")
    complaint = exercise.judge.wrong(_locked[name])
    if complaint:
        return Verdict(name, "a surprise", f"You said {_locked[name]}. {complaint} {exercise.right}")
    return Verdict(name, "right", exercise.right)


@contextmanager
def folded(name: str) -> Iterator[None]:
    """What the block prints and displays, folded until the prediction of that name is locked in.

    Raises ValueError when there is none of that name.
    """
    find(name)
    with capture_output() as told:
        yield
    display(Fold(name, told.stdout, told.outputs))  # type: ignore[no-untyped-call]


def hint(name: str) -> Verdict:
    """The next hint, one step further than the last. Raises ValueError when there is no exercise of that name."""
    hints = find(name).hints
    _hinted[name] = min(_hinted[name] + 1, len(hints))
    return Verdict(name, f"hint {_hinted[name]} of {len(hints)}", hints[_hinted[name] - 1])


def find(name: str) -> Exercise:
    """The exercise of that name. Raises ValueError, with the names there are, when there is none."""
    lesson = re.match(r"(\d{1,2})\.\d+$", name) if isinstance(name, str) else None
    if lesson is None:
        raise ValueError(f"an exercise is named by its lesson and number, in quotes, such as '2.1', not {name!r}")
    known: dict[str, Exercise] = import_module(f"answer_key.lesson_{int(lesson[1]):02}").EXERCISES
    if name not in known:
        raise ValueError(f"lesson {lesson[1]} has the exercises {', '.join(known)}, not {name}")
    return known[name]


def _lock(name: str, answer: Any) -> Verdict:
    kept = _locked.setdefault(name, answer)
    if kept != answer:
        return Verdict(name, "locked in", f"You said {kept} before, and that stays. Now `reveal` it.")
    return Verdict(name, "locked in", f"You say {kept}. Run the next cell to see.")
