"""What the picture of a stepper looks like at each step, worked out in Python: for films, where no script runs."""

import math
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from autograd.coercion import short
from autograd.trace.state import state_after
from autograd.trace.steps import Step
from visualize.graph.drawing import DASH
from visualize.graph.theme import largest, share, strength
from visualize.stepper.views import Stage

SVG = "{http://www.w3.org/2000/svg}"
SHAPES = tuple(f"{SVG}{name}" for name in ("polygon", "path", "ellipse"))

# How a part of the picture looks: properties that its shapes read. The page's look is in static/stepper.css.
Style = dict[str, str]
WAITING: Style = {"fill-opacity": "0.45", "stroke-opacity": "0.45", "--label": "hidden"}
CURRENT_BOX: Style = {"--ink": "var(--accent)", "--width": "3.5"}
CURRENT_EDGE: Style = {"--ink": "var(--accent)", "--width": "3", "--dash": "7 4"}
SOURCE: Style = {"--ink": "var(--accent)", "--width": "2.5", "--dash": "2 3"}


class Frame(NamedTuple):
    """The picture after one step.

    place: the step's, from 0. styles, tints: how parts look, and how strongly boxes are coloured, by id, where it is
    not as drawn. texts: what is written in each text that changes.
    """

    place: int
    styles: dict[str, Style]
    tints: dict[str, float]
    texts: list[str]


class Scene:
    """The picture that a page opens with.

    picture: the <svg> element; its shapes read the properties of a Style. groups: its parts by id.
    texts: the elements that change.
    """

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.picture = ElementTree.fromstring(str(stage.views[stage.start]))
        self.groups = {name: part for part in self.picture.iter(f"{SVG}g") if (name := part.get("data-id"))}
        self.texts: list[ElementTree.Element] = []
        self._written: list[tuple[int, bool]] = []  # for each text the node, and whether it is the node's gradient
        for name, group in self.groups.items():
            for node, data, gradient in self._numbers(name):
                self.texts += [data, gradient]
                self._written += [(node, False), (node, True)]
            if group.get("class") != "gg-cluster":
                _hook(group)
        for text in self.picture.iter(f"{SVG}text"):
            del text.attrib["font-family"]  # said once, for all: bitmaps leave out what names a font that is missing

    def seen(self, steps: Sequence[Step]) -> list[int]:
        """The places of the steps of which something is seen; what happens inside closed boxes is not."""
        nodes = {node for node, _ in self._written}
        return [place for place, step in enumerate(steps) if step.node in nodes]

    def frames(self, steps: Sequence[Step], places: Iterable[int]) -> Iterator[Frame]:
        """A frame for each of these places of steps."""
        full = largest(state_after(steps, len(steps)).gradients.values())
        for place in places:
            state = state_after(steps, place + 1)
            texts = [
                short(numbers[node]) if node in numbers else DASH
                for node, is_gradient in self._written
                for numbers in [state.gradients if is_gradient else state.data]
            ]
            parts = {f"n{node}": share(gradient, full) for node, gradient in state.gradients.items()}
            tints = {name: math.copysign(strength(part), part) for name, part in parts.items() if name in self.groups}
            yield Frame(place, self._styles(steps[place], state.data), tints, texts)

    def _numbers(self, name: str) -> Iterator[tuple[int, ElementTree.Element, ElementTree.Element]]:
        """Each node with its numbers in this part, and the two texts."""
        kind, number = name[0], name[1:]
        if number.isdecimal() and self.groups[name].get("class") == "gg-node":
            texts = list(self.groups[name].iter(f"{SVG}text"))
            if kind == "n":
                yield int(number), texts[-3], texts[-1]
            else:
                outputs = self.stage.outputs[int(number)]
                rows = texts[-1 - 3 * len(outputs) : -1]  # the last text says how much is inside
                yield from zip(outputs, rows[1::3], rows[2::3], strict=True)

    def _styles(self, step: Step, data: dict[int, Any]) -> dict[str, Style]:
        styles = dict.fromkeys(self._waiting(data), WAITING)
        own, current = self._stand_in(step.node), []
        if step.action == "compute" and own == f"n{step.node}":
            current += [f"{own}_operation", f"{own}_output", f"{own}_0", f"{own}_1"]
        if step.source is not None:
            source = self._stand_in(step.source)
            styles[source] = SOURCE
            current += [f"{source}_operation", f"{source}_output", f"{source}_{step.argument}", f"{own}-{source}"]
        for name in filter(self.groups.__contains__, [own, *current]):
            styles[name] = CURRENT_EDGE if self.groups[name].get("class") == "gg-edge" else CURRENT_BOX
        return styles

    def _waiting(self, data: dict[int, Any]) -> Iterable[str]:
        """What has no number yet, and what leads to it."""
        for name in self.groups:
            head = name.split("-")[-1].split("_")[0]  # of n3_0 and of n1-b3
            nodes = [node for node, *_ in self._numbers(head)]
            if nodes and all(node not in data for node in nodes):
                yield name

    def _stand_in(self, node: int) -> str:
        """The id of the node, or of the closed box that it is in."""
        if f"n{node}" in self.groups:
            return f"n{node}"
        chain = self.stage.boxes[self.stage.home[node]].chain()
        return next(box.id for box in chain if self._closed(box.id))

    def _closed(self, name: str) -> bool:
        return name in self.groups and self.groups[name].get("class") == "gg-node"


def _hook(group: ElementTree.Element) -> None:
    """Let the outline of a box, and all of an edge, read the properties of a Style."""
    shapes = [shape for shape in group.iter() if shape.tag in SHAPES]
    edge = group.get("class") == "gg-edge"
    for shape in shapes if edge else shapes[-1:]:
        line, dash = shape.get("stroke"), shape.get("stroke-dasharray", "none")
        shape.set("stroke", f"var(--ink, {line})")
        shape.set("stroke-width", f"var(--width, {shape.get('stroke-width', '1')})")
        if shape.tag != f"{SVG}polygon" or not edge:
            shape.set("stroke-dasharray", f"var(--dash, {dash})")
        elif edge:
            shape.set("fill", f"var(--ink, {shape.get('fill')})")
    for text in group.iter(f"{SVG}text"):
        if edge:
            text.set("visibility", "var(--label, visible)")
