"""How good predictions are, as people count."""

from collections import Counter
from collections.abc import Sequence


def accuracy(predicted: Sequence[int], targets: Sequence[int]) -> float:
    """The share of predictions that are right, 0 to 1.

    predicted, targets: the class of each row. Raises ValueError when the lengths differ or there are no rows.
    """
    if len(predicted) != len(targets) or not targets:
        raise ValueError(
            f"accuracy needs one prediction per target, and at least one; got {len(predicted)} predictions "
            f"and {len(targets)} targets"
        )
    return sum(guess == target for guess, target in zip(predicted, targets, strict=True)) / len(targets)


def majority_baseline(training: Sequence[int], targets: Sequence[int]) -> float:
    """The accuracy on ``targets`` of always answering the commonest class in ``training``: what a model must beat."""
    commonest = Counter(training).most_common(1)[0][0]
    return accuracy([commonest] * len(targets), targets)
