"""The steps of a computation as text for a terminal."""

import textwrap
from collections.abc import Sequence

from autograd.scalars import short
from autograd.steps import Step

HEADINGS = {
    "forward": "Forward: every number, from what is given to the output",
    "backward": "Backward: every gradient, from the output to what is given",
}


def narrate(steps: Sequence[Step], width: int = 80) -> str:
    """The steps of ``value.steps()``, numbered, in words, and a table of the gradients they end with.

    width: the longest line, in characters.
    """
    digits = len(str(len(steps)))
    lines = []
    phase = ""
    for place, step in enumerate(steps, 1):
        if step.phase != phase:
            phase = step.phase
            lines += ["", HEADINGS[phase], ""]
        lines.append(indented(f"{place:>{digits}}. ", step.words, width))
    return "\n".join([*lines[1:], "", *_table(steps)])


def indented(lead: str, words: str, width: int) -> str:
    """Words after a lead such as "7. ", the further lines indented as far as the first one's words."""
    return textwrap.fill(words, width, initial_indent=lead, subsequent_indent=" " * len(lead), break_on_hyphens=False)


def _table(steps: Sequence[Step]) -> list[str]:
    values = {step.node: step.after for step in steps if step.phase == "forward"}
    gradients = {step.node: step.after for step in steps if step.phase == "backward"}
    output = next(step for step in steps if step.action == "seed")
    given = [step for step in steps if step.action == "given"]
    names = max(5, *(len(step.name) for step in given))
    return [
        f"{output.name} = {short(values[output.node])}, and how it changes per unit of what is given:",
        "",
        f"  {'given':<{names}}  {'value':>10}  {'gradient':>10}",
        *(
            f"  {step.name:<{names}}  {short(step.after):>10}  {short(gradients.get(step.node, 0)):>10}"
            for step in given
        ),
    ]
