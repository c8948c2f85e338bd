"""One graph on its way into one picture: boxes, operations, edges."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from autograd.coercion import plain, short
from autograd.primitives import add
from autograd.trace.named_graph import NamedGraph
from nn import Parameter
from visualize.graph.boxes import closed_table, listed, title
from visualize.graph.legend import legend
from visualize.graph.markup import cell, label, plain_line, shortened, tooltip, width
from visualize.graph.module_tree import FLAT, Box, View
from visualize.graph.render import Picture
from visualize.graph.theme import FONT, OUTLINES, Theme, gradient_colour, largest, share

DASH = "–"  # a gradient that is not computed yet
SIZE = 11  # of the font, in points
COLUMN = 40  # points that numbers have at least, so that most boxes are of one width


class Drawing:
    """One graph on its way into one picture. A node's id is its place, oldest first, as in the steps.

    An SVG has these ids too, for scripts and stylesheets: n3 is a value, n3_operation what computed it, n3_0 the edge
    from its first operand, n3_output the one from the operation to the value.
    """

    def __init__(
        self,
        graph: NamedGraph,
        picture: Picture,
        theme: Theme,
        sums: bool = False,
        view: View = FLAT,
    ) -> None:
        self.root, self.names = graph.root, graph.names
        self.picture, self.theme, self.view = picture, theme, view
        self.ids = {node: f"n{place}" for node, place in graph.places.items()}
        self.inside = _inside_sums(graph, view) if sums else frozenset()
        self.computed = bool(plain(graph.root.grad))
        self.largest = largest(plain(node.grad) for node in graph.nodes)
        self.kinds: set[str] = set()
        self.within: dict[Box, dict[str, None]] = {}  # the ids of what is drawn, by the open box that it is in
        self.links: set[tuple[str, str]] = set()  # edges to and from closed boxes

    def draw(self, rankdir: str, operations: bool, constants: bool) -> None:
        """Fill the picture."""
        self._defaults(rankdir)
        for node, identity in self.ids.items():
            if node in self.inside:
                continue
            box = self.view.closed(node)
            target = self._closed(box) if box else self._node(node, identity, operations)
            for place, (operand, local) in enumerate(self._operands(node)):
                if local is not None:
                    self._edge(operand, target, f"{identity}_{place}", local)
                elif constants and not box:
                    edge = {"style": "dashed", "arrowhead": "none", "id": f"{identity}_{place}"}
                    constant = f"{identity}_constant{place}"
                    self._constant(operand, constant)
                    self._put(constant, node)
                    self.picture.edge(constant, target, **edge)
            if not box and target != identity:
                edge = {"arrowsize": "0.5", "weight": "4", "id": f"{identity}_output"}
                self.picture.edge(target, identity, **edge)
        for whole in (box for box in self.view.open if box.around is None):
            self._frames(self.picture, whole)
        self.picture.graph_attr["label"] = self._legend()

    def _node(self, node: Any, identity: str, operations: bool) -> str:
        """Draw a value, and its operation; the id of what its operands lead to."""
        target = identity
        if node.parents and operations:
            target = f"{identity}_operation"
            self._operation(node, target)
            self._put(target, node)
        self._box(node, identity, merged=bool(node.parents) and not operations)
        self._put(identity, node)
        return target

    def _edge(self, operand: Any, target: str, identity: str, local: Any) -> None:
        """Into a closed box there is one edge for all from one place; weights that are hidden elsewhere have none."""
        box = self.view.closed(operand)
        tail = box.id if box else self.ids[operand]
        if target[0] == "n":
            self.picture.edge(tail, target, label=f" {short(local)} ", id=identity)
        elif tail != target and (tail, target) not in self.links and not (box and not operand.parents):
            self.links.add((tail, target))
            self.picture.edge(tail, target, id=f"{tail}-{target}", style="bold")

    def _closed(self, box: Box) -> str:
        if box.around and box.id not in self.within.get(box.around, ()):
            self.kinds.add("module")
            outputs = listed(box)
            rows = [self._row(outputs[0], "", "data", "grad")]
            for node in outputs:
                rows.append(self._row(node, self._inside(node), short(node.data), self._gradient(node)))
            self.picture.node(
                box.id, closed_table(box, rows), shape=OUTLINES["module"].shape, style="filled",
                color=self.theme.kinds["module"], fillcolor=self.theme.card,
                tooltip=tooltip(f"{box.name}: {box.kind}"), id=box.id,
            )  # fmt: skip
            self.within.setdefault(box.around, {})[box.id] = None
        return box.id

    def _inside(self, node: Any) -> str:
        """The name of a node where it is drawn: in the box of a module without the way to that module."""
        name, box = self.names[node], self.view.home.get(node)
        return f".{name}".rpartition(f".{box.path}.")[2].removeprefix(".") if box else name

    def _row(self, node: Any, name: str, data: str, gradient: str) -> list[str]:
        named = cell(shortened(plain_line(name)), SIZE, 'align="left"')
        return [named, self._number(node, data), self._number(node, gradient)]

    def _gradient(self, node: Any) -> str:
        gradient = plain(node.grad)
        return short(gradient) if self.computed or gradient else DASH

    def _put(self, identity: str, node: Any) -> None:
        if node in self.view.home:
            self.within.setdefault(self.view.home[node], {})[identity] = None

    def _frames(self, picture: Any, around: Box) -> None:
        """Lines round what is in open boxes; modules are few levels deep."""
        for box in around.inside:
            if box in self.view.open:
                with picture.subgraph(name=f"cluster_{box.id}") as frame:
                    frame.attr(
                        label=title(box), id=box.id, labelloc="t", style="rounded", color=self.theme.kinds["module"],
                        fontcolor=self.theme.kinds["module"], fontsize=str(SIZE), margin="10",
                    )  # fmt: skip
                    for identity in self.within.get(box, ()):
                        frame.node(identity)
                    self._frames(frame, box)

    def _legend(self) -> str:
        kinds = [kind for kind in OUTLINES if kind in self.kinds]
        return legend(kinds, self.largest or None, self.theme, bool(self.root.parents))

    def _defaults(self, rankdir: str) -> None:
        theme = self.theme
        self.picture.graph_attr.update(
            rankdir=rankdir, bgcolor=theme.background, fontname=FONT, fontsize="10", fontcolor=theme.muted,
            labelloc="b", labeljust="l", nodesep="0.16", ranksep="0.22", pad="0.15",
        )  # fmt: skip
        self.picture.node_attr.update(
            shape="box", margin="0.08,0.04", width="0", height="0", penwidth="1.3", fontname=FONT, fontsize=str(SIZE),
            fontcolor=theme.text,
        )  # fmt: skip
        self.picture.edge_attr.update(
            color=theme.line, fontcolor=theme.muted, fontname=FONT, fontsize="9", arrowsize="0.6",
        )  # fmt: skip

    def _operands(self, node: Any) -> Iterable[tuple[Any, Any]]:
        """(operand, local derivative) in the order written; a plain number has none. A sum has all its terms."""
        stack = _operands(node)[::-1]
        while stack:
            operand, local = stack.pop()
            if local is not None and operand in self.inside:
                stack.extend(_operands(operand)[::-1])  # through additions the local derivative stays 1
            else:
                yield operand, local

    def _sign(self, node: Any) -> str:
        if any(parent in self.inside for parent in node.parents):
            return "Σ"
        return shortened(plain_line(node.op))

    def _operation(self, node: Any, identity: str) -> None:
        sign = self._sign(node)
        least = 0.3 if sign.isascii() else max(0.3, width(sign, SIZE) / 72)
        self.picture.node(
            identity, label(sign), shape="ellipse", style="filled", margin="0.04,0.02",
            width=f"{least:.2f}", height="0.3", color=self.theme.line, fillcolor=self.theme.background,
            tooltip=tooltip(node._primitive.name), id=identity,
        )  # fmt: skip

    def _constant(self, number: Any, identity: str) -> None:
        self.kinds.add("constant")
        self.picture.node(
            identity, f" {short(number)} ", style=OUTLINES["constant"].style, margin="0.06,0.03",
            color=self.theme.kinds["constant"], fillcolor=self.theme.background, fontcolor=self.theme.muted,
            tooltip=f"the constant {_exact(number)}", id=identity,
        )  # fmt: skip

    def _box(self, node: Any, identity: str, merged: bool) -> None:
        kind = self._kind(node)
        self.kinds.add(kind)
        outline, colour, fill = OUTLINES[kind], self.theme.kinds[kind], self._fill(node)
        striped = outline.style == "striped"
        name, known = plain_line(self.names[node]), self._gradient(node) != DASH
        exactly = f"{name}: data {_exact(node.data)}, grad {_exact(plain(node.grad)) if known else DASH}"
        self.picture.node(
            identity, self._table(node, plain_line(self._inside(node)), merged), style=outline.style,
            peripheries=str(outline.lines), margin="0.13,0.04" if striped else None, color=colour,
            fillcolor=f"{colour};0.08:{fill}" if striped else fill, tooltip=tooltip(exactly), id=identity,
        )  # fmt: skip

    def _table(self, node: Any, name: str, merged: bool) -> str:
        left, right = 'align="left"', 'align="right"'
        rows = []
        sign = self._sign(node) if merged else ""
        if merged:
            rows.append(cell(shortened(name), SIZE, left, "b") + cell(sign, SIZE, right, "i"))
        else:
            rows.append(cell(shortened(name), SIZE, f'colspan="2" {left}', "b"))
        for word, number in (("data", short(node.data)), ("grad", self._gradient(node))):
            rows.append(cell(f"{word} ", SIZE, left) + self._number(node, number))
        body = "".join(f"<tr>{row}</tr>" for row in rows)
        return f'<<table border="0" cellborder="0" cellspacing="0" cellpadding="1">{body}</table>>'

    def _number(self, node: Any, number: str) -> str:
        return f'<td align="right" width="{COLUMN}">{number}</td>'

    def _kind(self, node: Any) -> str:
        if node.parents:
            return "output" if node is self.root else "value"
        return "parameter" if isinstance(node, Parameter) else "input"

    def _fill(self, node: Any) -> str:
        return gradient_colour(self.theme, share(plain(node.grad), self.largest))


def _operands(node: Any) -> list[tuple[Any, Any]]:
    return list(zip(node.operands, (node._da, node._db), strict=False))


def _exact(number: Any) -> str:
    return repr(number) if isinstance(number, float) else short(number)


def _inside_sums(graph: NamedGraph, view: View) -> frozenset[Any]:
    """The additions that are only terms of another addition in the same box: they have no name and one user."""
    uses = Counter(parent for node in graph.nodes for parent in node.parents)
    return frozenset(
        parent
        for node in graph.nodes
        if node._primitive is add
        for parent in node.parents
        if parent._primitive is add and uses[parent] == 1 and parent not in graph.named
        if view.home.get(parent) is view.home.get(node)
    )
