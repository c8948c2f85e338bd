"""The module calls behind a graph as boxes in boxes: a network holds layers, a layer neurons."""

import sys
from bisect import bisect
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from nn.modules.module import Call, Module, within_calls


@dataclass(eq=False)
class Box:
    """What one call of a module recorded; the outermost box, which has no call, is the whole graph.

    place: among all boxes, in the order of the calls; the whole graph is 0. name: its path from the outermost
    module ("layers.0.neurons.2"), with a number for a second call of the same. kind: the class. around: the box that
    it is in. outputs: the Values that the call gave. operations: how many are in it, at any depth.
    """

    place: int
    name: str
    kind: str
    around: "Box | None"
    call: Call
    outputs: list[Any]
    operations: int
    inside: "list[Box]" = field(default_factory=list)

    @property
    def id(self) -> str:
        """Its id in a picture."""
        return f"b{self.place}"

    @property
    def path(self) -> str:
        """Its name without the number of the call."""
        return self.name.split(" #")[0]

    def chain(self) -> "Iterator[Box]":
        """This box, the one around it, and so on up to the whole graph."""
        box: Box | None = self
        while box is not None:
            yield box
            box = box.around

    def depth(self) -> int:
        """In how many boxes it is."""
        return sum(1 for _ in self.chain()) - 1


@dataclass(frozen=True)
class View:
    """A graph with these boxes open and all others closed."""

    home: Mapping[Any, Box]
    open: Collection[Box]

    def closed(self, node: Any) -> Box | None:
        """The closed box that hides the node; None for one that is seen."""
        hidden = None
        if node in self.home:
            for box in self.home[node].chain():
                if box not in self.open:
                    hidden = box
        return hidden


FLAT = View({}, ())  # no boxes at all


class Boxes:
    """All boxes of one graph, and which node is in which.

    order: the nodes, youngest first. An operation is in the innermost call that recorded it. A weight is where its
    module uses it first. Inputs and targets, and what was recorded outside of any module, are in the whole graph.
    A call that does nothing but call one other, as a layer of one neuron does, makes one box together with it.
    """

    def __init__(self, order: Sequence[Any]) -> None:
        whole = Call(Module(), 0, sys.maxsize)
        self.all = [Box(0, "", "", None, whole, [], sum(1 for node in order if node.parents))]
        self.home: dict[Any, Box] = {}
        self._fill(order)
        self._weights(order)

    def opened(self, box: Box) -> View:
        """The view with this box open, and those around it."""
        return View(self.home, tuple(box.chain()))

    def down_to(self, depth: int) -> View:
        """The view with so many levels of boxes open."""
        return View(self.home, [box for box in self.all if box.depth() <= depth])

    @property
    def start(self) -> Box:
        """The box that is open at first: the network, where there is only one; else the whole graph."""
        whole = self.all[0]
        return whole.inside[0] if len(whole.inside) == 1 else whole

    def _fill(self, order: Sequence[Any]) -> None:
        outputs: dict[Call, list[Any]] = {}
        for node in reversed(order):
            for call in node._calls:
                outputs.setdefault(call, []).append(node)
        numbers = [node._number for node in reversed(order) if node.parents]
        whole, names = self.all[0], _Names()
        boxes: dict[Call, Box] = {}
        for node, calls in within_calls(order):
            current = whole
            for call in calls:
                if call not in boxes:
                    operations = bisect(numbers, call.last) - bisect(numbers, call.first)
                    boxes[call] = current
                    if operations != current.operations or current is whole:
                        name, kind = names(call, current), type(call.module).__name__
                        boxes[call] = Box(len(self.all), name, kind, current, call, outputs[call], operations)
                        current.inside.append(boxes[call])
                        self.all.append(boxes[call])
                current = boxes[call]
            self.home[node] = current

    def _weights(self, order: Sequence[Any]) -> None:
        whole, *boxes = self.all
        weights = {box: set(box.call.module.parameters()) for box in boxes if box.around is whole}
        for node in reversed(order):
            box = self.home[node]
            if box is not whole:
                *_, outermost, _ = box.chain()
                for parent in node.parents:
                    if self.home[parent] is whole and parent in weights[outermost]:
                        self.home[parent] = box


class _Names:
    """What to call each box; a module that is called again is numbered."""

    def __init__(self) -> None:
        self.ways: dict[Module, dict[Module, str]] = {}  # from each outermost module to all that are in it
        self.uses: Counter[tuple[Box, str]] = Counter()

    def __call__(self, call: Call, around: Box) -> str:
        kind, name = type(call.module).__name__, ""
        if around.around is not None:
            *_, outermost, _ = around.chain()
            top = outermost.call.module
            if top not in self.ways:
                self.ways[top] = {module: way for way, module in top.named_modules()}
            name = self.ways[top].get(call.module, "")
        name = name or kind
        self.uses[around, name] += 1
        return f"{name} #{self.uses[around, name]}" if self.uses[around, name] > 1 else name
