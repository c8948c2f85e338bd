"""What a page or a picture of the steps should show, worked out from their record."""

from autograd.coercion import short

DASH = "–"  # not computed yet


def standing(steps, number):
    """Data and gradient of every node, as text, after so many steps."""
    data = [DASH] * (1 + max(step.node for step in steps))
    grad = list(data)
    for step in steps[:number]:
        (grad if step.phase == "backward" else data)[step.node] = short(step.after)
    if number >= max(place for place, step in enumerate(steps, 1) if step.phase == "backward"):
        grad = ["0" if text == DASH else text for text in grad]
    return data, grad
