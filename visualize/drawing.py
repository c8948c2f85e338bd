"""One graph on its way into one picture: boxes, operations, edges."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

import graphviz

from autograd.graph import ancestors
from autograd.primitives import add
from autograd.scalars import plain, short
from autograd.steps import names as names_of
from nn import Parameter
from visualize.legend import legend
from visualize.markup import cell, plain_line, shortened, width
from visualize.render import Picture
from visualize.theme import FONT, OUTLINES, Theme, gradient_colour, largest, share

DASH = "–"  # a gradient that is not computed yet
SIZE = 11  # of the font, in points
COLUMN = 40  # points that numbers have at least, so that most boxes are of one width


class Drawing:
    """One graph on its way into one picture. A node's id is its place, oldest first, as in the steps.

    An SVG has these ids too, for scripts and stylesheets: n3 is a value, n3_operation what computed it, n3_0 the edge
    from its first operand, n3_output the one from the operation to the value.
    """

    def __init__(self, root: Any, picture: Picture, given: Mapping[str, Any] | None, theme: Theme, sums: bool) -> None:
        order = ancestors(root)
        self.root, self.picture, self.theme = root, picture, theme
        self.names = names_of(order, given)
        self.ids = {node: f"n{place}" for place, node in enumerate(reversed(order))}
        self.inside = _inside_sums(order, given) if sums else frozenset()
        self.computed = bool(plain(root.grad))
        self.largest = largest(plain(node.grad) for node in order)
        self.kinds: set[str] = set()

    def draw(self, rankdir: str, operations: bool, constants: bool) -> None:
        """Fill the picture."""
        self._defaults(rankdir)
        for node, identity in self.ids.items():
            if node in self.inside:
                continue
            target = identity
            if node.parents and operations:
                target = f"{identity}_operation"
                self._operation(node, target)
            self._box(node, identity, merged=bool(node.parents) and not operations)
            for place, (operand, local) in enumerate(self._operands(node)):
                if local is not None:
                    edge = {"label": f" {short(local)} ", "id": f"{identity}_{place}"}
                    self.picture.edge(self.ids[operand], target, **edge)
                elif constants:
                    edge = {"style": "dashed", "arrowhead": "none", "id": f"{identity}_{place}"}
                    self._constant(operand, f"{identity}_constant{place}")
                    self.picture.edge(f"{identity}_constant{place}", target, **edge)
            if target != identity:
                edge = {"arrowsize": "0.5", "weight": "4", "id": f"{identity}_output"}
                self.picture.edge(target, identity, **edge)
        self.picture.graph_attr["label"] = self._legend()

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
        return shortened(plain_line(node.primitive.symbol))

    def _operation(self, node: Any, identity: str) -> None:
        sign = self._sign(node)
        least = 0.3 if sign.isascii() else max(0.3, width(sign, SIZE) / 72)
        self.picture.node(
            identity, graphviz.escape(sign), shape="ellipse", style="filled", margin="0.04,0.02",
            width=f"{least:.2f}", height="0.3", color=self.theme.line, fillcolor=self.theme.background,
            tooltip=graphviz.escape(plain_line(node.primitive.name)), id=identity,
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
        name, gradient = plain_line(self.names[node]), plain(node.grad)
        known = self.computed or bool(gradient)
        exactly = f"{name}: data {_exact(node.data)}, grad {_exact(gradient) if known else DASH}"
        self.picture.node(
            identity, self._table(node, name, short(gradient) if known else DASH, merged), style=outline.style,
            peripheries=str(outline.lines), margin="0.13,0.04" if striped else None, color=colour,
            fillcolor=f"{colour};0.08:{fill}" if striped else fill, tooltip=graphviz.escape(exactly), id=identity,
        )  # fmt: skip

    def _table(self, node: Any, name: str, gradient: str, merged: bool) -> str:
        left, right = 'align="left"', 'align="right"'
        rows = []
        sign = self._sign(node) if merged else ""
        if merged:
            rows.append(cell(shortened(name), SIZE, left, "b") + cell(sign, SIZE, right, "i"))
        else:
            rows.append(cell(shortened(name), SIZE, f'colspan="2" {left}', "b"))
        for word, number in (("data", short(node.data)), ("grad", gradient)):
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
    return list(zip(node.operands, (node.dx, node.dy), strict=False))


def _exact(number: Any) -> str:
    return repr(number) if isinstance(number, float) else short(number)


def _inside_sums(order: list[Any], given: Mapping[str, Any] | None) -> frozenset[Any]:
    """The additions that are only terms of another addition: they have no name and one user."""
    uses = Counter(parent for node in order for parent in node.parents)
    named = {id(thing) for name, thing in (given or {}).items() if not name.startswith("_")}
    return frozenset(
        parent
        for node in order
        if node.primitive is add
        for parent in node.parents
        if parent.primitive is add and uses[parent] == 1 and not parent.label and id(parent) not in named
    )
