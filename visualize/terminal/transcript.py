"""The steps of a computation as text for a terminal."""

import textwrap
from collections.abc import Iterable, Sequence

from autograd.coercion import short
from autograd.trace.state import state_after
from autograd.trace.steps import Step

MOST = 40  # lines or links printed of a long list
HEADINGS = {
    "forward": "Forward: every number, from what is given to the output",
    "backward": "Backward: every gradient, from the output to what is given",
    "update": "Update: every number that learns, a small step downhill",
}


def narrate(steps: Sequence[Step], width: int = 80) -> str:
    """The steps of ``value.steps()`` as numbered sentences, and a table of the final gradients.

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


def abridged(items: Iterable[str]) -> list[str]:
    """The first and the last of many, and between them how many are left out."""
    listed = list(items)
    left_out = len(listed) - MOST
    return [*listed[: MOST // 2], f"... {left_out:,} more ...", *listed[-MOST // 2 :]] if left_out > 0 else listed


def _table(steps: Sequence[Step]) -> list[str]:
    values, gradients = state_after(steps, len(steps))
    output = next(step for step in steps if step.action == "seed")
    given = [step for step in steps if step.action == "given"]
    names = max(5, *(len(step.name) for step in given))
    return [
        f"{output.name} = {short(values[output.node])}, and how it changes per unit of what is given:",
        "",
        f"  {'given':<{names}}  {'value':>10}  {'gradient':>10}",
        *(f"  {step.name:<{names}}  {short(step.after):>10}  {short(gradients[step.node]):>10}" for step in given),
    ]
