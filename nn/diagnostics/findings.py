"""What can be wrong with training, as a record; and what is seen by looking at weights, or at rows, alone."""

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from autograd import Value
from autograd.coercion import plain, short
from nn.modules.module import Module
from nn.modules.paths import list_and_place

# The loss bends with the square of a feature's size: a hundredfold needs ten thousand times as many steps.
UNEVEN = 100.0
MOST = 6  # places or numbers that are listed


class Finding(NamedTuple):
    """One thing that is wrong.

    kind: "dead relu", "vanishing gradient", ... place: the way to the module or parameter, as the model names it.
    evidence: what was measured. remedy: what to try.
    """

    kind: str
    place: str
    evidence: str
    remedy: str

    def __str__(self) -> str:
        where = f" in {self.place}" if self.place else ""
        return f"{self.kind}{where}: {self.evidence}. Remedy: {self.remedy}."


class Findings(list[Finding]):
    """What was found, the likeliest cause first; print it.

    units: what to say of units where nothing was found.
    """

    units = "no unit is dead"

    def __repr__(self) -> str:
        if not self:
            return f"nothing found: every parameter is reached, {self.units}, and no gradient vanishes or explodes"
        lead = [f"{place}. " for place in range(1, len(self) + 1)]
        return "\n".join(
            textwrap.fill(str(finding), 80, initial_indent=number, subsequent_indent=" " * len(number))
            for number, finding in zip(lead, self, strict=True)
        )


def alike(model: Module, gradients: Mapping[Value, Any]) -> Iterator[Finding]:
    """Lists of modules in which all have the same weights and the same gradients: they will stay alike."""
    lists: dict[str, list[Module]] = {}
    for name, module in model.named_modules():
        group, place = list_and_place(name)
        if place:
            lists.setdefault(group, []).append(module)
    for name, modules in lists.items():
        states = {tuple((p.data, plain(gradients[p])) for p in module.parameters()) for module in modules}
        if len(modules) > 1 and len(states) == 1 and states != {()}:
            weights = [data for data, _ in states.pop()]
            yield Finding(
                "all weights alike", name,
                f"all {len(modules)} have the weights {some([short(weight) for weight in weights])} and the same "
                "gradients, so they compute and learn the same, as one alone would",
                "let each weight begin with a random draw of its own, as nn.MLP(..., seed=0) does",
            )  # fmt: skip


def uneven(columns: Mapping[str, Sequence[Any]], place: str) -> Finding | None:
    """What is wrong with features of these sizes; those that do not vary, or are mostly 0, do not count as small."""
    sizes = {name: size(column) for name, column in columns.items() if min(column) < max(column)}
    if not sizes or max(sizes.values()) <= UNEVEN * min(sizes.values()):
        return None
    small, large = min(sizes, key=lambda name: sizes[name]), max(sizes, key=lambda name: sizes[name])
    return Finding(
        "features on very different scales", place,
        f"feature {large} has numbers of size {short(sizes[large])}, feature {small} of size {short(sizes[small])}; "
        "their gradients differ as much: an lr that suits one does not suit the other",
        "standardize the rows: nn.StandardScaler().fit(training rows).transform(rows)",
    )  # fmt: skip


def size(numbers: Sequence[Any]) -> float:
    """The root of the mean square of those that are not 0."""
    given = np.array(numbers, dtype=float)
    largest = float(np.abs(given).max(initial=0.0))  # apart, for its square may be out of range
    return largest * float(np.sqrt(np.mean(np.square(given[given != 0] / largest)))) if largest else 0.0


def some(things: Sequence[str]) -> str:
    """The first few, and how many more there are."""
    return ", ".join(things[:MOST]) + f" and {len(things) - MOST} more" * (len(things) > MOST)
