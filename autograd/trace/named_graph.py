"""A graph with what every view asks of it: the order of its nodes, their places and their names, worked out once."""

from collections import Counter
from collections.abc import Mapping
from itertools import count, filterfalse
from typing import Any

from autograd.graph import ancestors


class NamedGraph:
    """Everything that one node was computed from, ready to be shown.

    root: the node. given: names and what they stand for, as ``locals()`` gives them.
    nodes: all of them, each after its parents; ``order`` is the same backwards, as the backward pass goes.
    places: where each node stands in ``nodes``. names: what to call each node: its label, else the caller's variable,
    else v1, v2, ... in order of age. A name that several have, as the weights of several neurons do, is numbered from
    the second on: "w #2". named: the nodes that have a label or a variable.
    """

    def __init__(self, root: Any, given: Mapping[str, Any] | None = None) -> None:
        self.root = root
        self.order: list[Any] = ancestors(root)
        self.nodes = self.order[::-1]
        self.places = {node: place for place, node in enumerate(self.nodes)}
        variables = {id(thing): name for name, thing in (given or {}).items() if not name.startswith("_")}
        wished = {node: str(node.label) or variables.get(id(node), "") for node in self.nodes}
        self.named = frozenset(node for node, name in wished.items() if name)
        self.names = _distinct(wished)


def _distinct(wished: Mapping[Any, str]) -> dict[Any, str]:
    free = filterfalse(set(wished.values()).__contains__, map("v{}".format, count(1)))
    names: dict[Any, str] = {}
    uses = Counter[str]()
    for node, name in wished.items():
        uses[name] += 1
        names[node] = f"{name} #{uses[name]}" if name and uses[name] > 1 else name or next(free)
    return names
