"""What a page or a picture of the steps should show, written as people read it."""

from autograd.coercion import short
from autograd.trace.state import state_after

DASH = "–"  # not computed yet


def shown_after(steps, k):
    """Data and gradient of every node, as text, after so many steps."""
    nodes = range(1 + max(step.node for step in steps))
    return tuple(
        [short(numbers[node]) if node in numbers else DASH for node in nodes] for numbers in state_after(steps, k)
    )
