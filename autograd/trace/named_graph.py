"""A graph with what every view asks of it: the order of its nodes, their places and their names, worked out once."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import count, filterfalse
from typing import Any

from autograd.graph import ancestors


class NamedGraph:
    """Everything that one node was computed from, ready to be shown.

    root: the node. given: names and what they stand for, as ``locals()`` gives them.
    nodes: all of them, each after its parents; ``order`` is the same backwards, as the backward pass goes.
    places: where each node stands in ``nodes``. names: what to call each node: what a module owns by its place there,
    "layers.0.neurons.1.w[0]", unless it has a label of its own that no other node has; anything else by its label, else
    the caller's variable, else v1, v2, ... in order of age. A label that several have is numbered from the second on:
    "w #2". named: the nodes that have a place in a module, a label or a variable.
    """

    def __init__(self, root: Any, given: Mapping[str, Any] | None = None) -> None:
        self.root = root
        self.order: list[Any] = ancestors(root)
        self.nodes = self.order[::-1]
        self.places = {node: place for place, node in enumerate(self.nodes)}
        owned = _owned(self.order, given or {})
        variables = {id(thing): name for name, thing in (given or {}).items() if not name.startswith("_")}
        wished = {node: owned.get(node) or str(node.label) or variables.get(id(node), "") for node in self.nodes}
        self.named = frozenset(node for node, name in wished.items() if name)
        self.names = _distinct(wished, owned)


def _owned(order: Sequence[Any], given: Mapping[str, Any]) -> dict[Any, str]:
    """Names of what modules own, by its place in them; a label given by hand goes first."""
    labels = Counter(str(node.label) for node in order)
    calls = next((node._calls for node in order if node._calls), ())
    places: dict[Any, str] = calls[0].places(order, given) if calls else {}
    known = ((node, places[node], str(node.label)) for node in order if node in places)
    return {node: place for node, place, label in known if f".{place}".endswith(f".{label}") or labels[label] > 1}


def _distinct(wished: Mapping[Any, str], owned: Mapping[Any, str]) -> dict[Any, str]:
    free = filterfalse(set(wished.values()).__contains__, map("v{}".format, count(1)))
    names: dict[Any, str] = {}
    uses = Counter(owned.values())
    for node, name in wished.items():
        uses[name] += node not in owned
        names[node] = f"{name} #{uses[name]}" if node not in owned and name and uses[name] > 1 else name or next(free)
    return names
