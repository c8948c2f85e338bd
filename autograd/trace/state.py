"""What is known after a number of steps: every view that shows a moment of a computation reads it here."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from autograd.trace.steps import Step


class State(NamedTuple):
    """The numbers and the gradients at one moment, by the places of the nodes that have one.

    data: what each node holds. gradients: d root / d node, as far as the backward pass has come.
    """

    data: dict[int, Any]
    gradients: dict[int, Any]


def state_after(steps: Sequence[Step], k: int) -> State:
    """The state after the first ``k`` steps of ``value.steps()``, from 0 for none to ``len(steps)`` for all.

    When the backward pass is over, every node that no contribution has reached has the gradient 0.
    Raises ValueError for a k outside of these bounds.
    """
    if not 0 <= k <= len(steps):
        raise ValueError(f"k must be a number of steps from 0 to {len(steps)}, not {k!r}")
    data = {step.node: step.after for step in steps[:k] if step.phase != "backward"}
    gradients = {step.node: step.after for step in steps[:k] if step.phase == "backward"}
    is_over = gradients and not any(step.phase == "backward" for step in steps[k:])
    return State(data, dict.fromkeys(data, 0) | gradients if is_over else gradients)
