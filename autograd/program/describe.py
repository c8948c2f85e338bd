"""A program as a person would have written it with arrays, line by line."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograd.program.lowering.statements import Elementwise, Lowered, MatMul, Statement, Sum
from autograd.program.tape import Array
from autograd.registry import Primitive
from autograd.symbolic.expr import Text, symbol, value, write
from autograd.symbolic.notation import NOTATIONS, PRODUCT, function, infix

# What arrays have beside the rows of the table.
MATMUL, SUM = Primitive("matmul", sum, ()), Primitive("sum", sum, ())
NOTATIONS[MATMUL] = infix("@", PRODUCT)
NOTATIONS[SUM] = function("sum")
LONGEST = 60  # characters of an expression that is written into another one


@dataclass
class Line:
    """``name = expression   # shape``. reads: the names of the lines and inputs that it is computed from."""

    name: str
    expression: str
    shape: str
    reads: list[str]

    def __str__(self) -> str:
        return f"{self.name} = {self.expression}   # {self.shape}"


def lines(form: Lowered, names: Mapping[str, Any] | None = None) -> list[Line]:
    """The lines of a program. names: of leaves, as ``dict(model.named_parameters())`` gives them."""
    return _Writer(form, {leaf: name for name, leaf in (names or {}).items()}).lines()


class _Writer:
    def __init__(self, form: Lowered, names: Mapping[Any, str]) -> None:
        self.form, self.names = form, names
        self.statements: list[Statement] = [*form.statements(False), *form.statements(True)]
        self.maker = np.full(form.slots, -1)  # the statement that each slot comes from
        for place, statement in enumerate(self.statements):
            self.maker[statement.out.ravel()] = place
        self.inlined = [self._is_inlined(place) for place in range(len(self.statements))]
        self.called: dict[bytes, str] = {}  # matrices and vectors of leaves
        self.counts: dict[str, int] = {}
        self.results: dict[int, Text] = {}  # of statements: a name, or an expression to be written into another
        self.reads: dict[int, list[str]] = {}

    def lines(self) -> list[Line]:
        written = []
        for place, statement in enumerate(self.statements):
            self.reads[place] = []
            text = self._expression(place, statement)
            if self.inlined[place] and len(write(text, "plain")) <= LONGEST:
                self.results[place] = text
                continue
            self.inlined[place] = False
            name = self._name(place)
            self.results[place] = symbol(name)
            reads = list(dict.fromkeys(self.reads[place]))
            self.reads[place] = [name]
            written.append(Line(name, write(text, "plain"), _shape(statement), reads))
        return written

    def _is_inlined(self, place: int) -> bool:
        """Whether a result is read by one statement only, an elementwise one, and as a whole."""
        slots = self.statements[place].out.ravel()
        if np.isin(slots, self.form.outputs).any():
            return False
        readers = [
            (reader, operand)
            for reader in self.statements[place + 1 :]
            for operand in _operands(reader)
            if np.isin(operand, slots).any()
        ]
        if len(readers) != 1 or not isinstance(readers[0][0], Elementwise):
            return False
        return np.array_equal(readers[0][1].ravel(), slots)

    def _name(self, place: int) -> str:
        if np.isin(self.form.outputs, self.statements[place].out).all():
            return "output"
        self.counts["h"] = self.counts.get("h", 0) + 1
        return f"h{self.counts['h']}"

    def _expression(self, place: int, statement: Statement) -> Text:
        def read(slots: Array, kind: str = "p") -> Text:
            return self._operand(place, slots, kind)

        if isinstance(statement, Elementwise):
            return value(statement.primitive, [read(operand) for operand in statement.operands])
        if isinstance(statement, MatMul):
            matrix = read(statement.matrix, "W")
            total = value(MATMUL, [read(statement.vectors, "X"), symbol(f"{write(matrix, 'plain')}.T")])
        else:
            terms = read(statement.first)
            if statement.second is not None:
                is_square = np.array_equal(statement.first, statement.second)
                terms = terms**2 if is_square else terms * read(statement.second)
            total = value(SUM, [terms, symbol("axis=-1")] if len(statement.out) > 1 else [terms])
        for column in np.moveaxis(statement.beside, -1, 0):
            total = total + read(column, "b")
        return total

    def _operand(self, place: int, slots: Array, kind: str) -> Text:
        flat = slots.ravel()
        form, first_input = self.form, self.form.lane
        if (flat < len(form.constants)).all():
            values = np.unique(form.constants[flat])
            return symbol(f"{values[0]:g}" if len(values) == 1 else self._called(flat, "C"))
        if (flat < form.once.first).all():
            return symbol(self._leaf(flat, kind))
        if ((flat >= first_input) & (flat < form.each.first)).all():
            self.reads[place].append("x")
            return symbol(_part("x", flat - first_input, form.inputs))
        makers = self.maker[flat]
        if makers.min() == makers.max():
            maker = int(makers[0])
            self.reads[place] += self.reads[maker]
            out = self.statements[maker].out.ravel()
            found = self.results[maker]
            return found if self.inlined[maker] else symbol(_part(found.name, flat - out[0], len(out)))
        several = [self._operand(place, flat[makers == source], kind) for source in dict.fromkeys(makers.tolist())]
        return symbol(f"[{', '.join(dict.fromkeys(write(part, 'plain') for part in several))}]")

    def _leaf(self, flat: Array, kind: str) -> str:
        leaves = [
            self.form.leaves[slot - len(self.form.constants)] for slot in flat if slot >= len(self.form.constants)
        ]
        known = [self.names.get(leaf, "") for leaf in leaves]
        if all(known):
            return common_name(known)
        if kind == "p" and len(leaves) == 1 and leaves[0].label:
            return str(leaves[0].label)
        return self._called(flat, kind)

    def _called(self, flat: Array, kind: str) -> str:
        key = np.unique(flat).tobytes()
        if key not in self.called:
            self.counts[kind] = self.counts.get(kind, 0) + 1
            self.called[key] = f"{kind}{self.counts[kind]}"
        return self.called[key]


def common_name(names: Sequence[str]) -> str:
    """What the names of many parameters have in common: "layers.0.w" of "layers.0.neurons.2.w[1]" and its like."""
    if len(set(names)) == 1:
        return names[0]
    paths = [name.partition("[")[0].split(".") for name in dict.fromkeys(names)]
    shared = []
    for parts in zip(*paths, strict=False):
        if len(set(parts)) > 1:
            break
        shared.append(parts[0])
    last = {path[-1] for path in paths}
    if len(last) == 1 and len(shared) < len(paths[0]):
        shared = [part for part in shared if part != "neurons"] + sorted(last)
    return ".".join(shared) or "parameters"


def _operands(statement: Statement) -> Iterator[Array]:
    if isinstance(statement, Elementwise):
        yield from statement.operands
        return
    sides = (
        (statement.matrix, statement.vectors) if isinstance(statement, MatMul) else (statement.first, statement.second)
    )
    yield from (side for side in sides if side is not None)
    yield from np.moveaxis(statement.beside, -1, 0)


def _part(name: str, places: Array, size: int) -> str:
    """The whole, one entry, a run, or some of it."""
    if len(set(places.tolist())) == 1:
        return name if size == 1 else f"{name}[{places[0]}]"
    if len(places) == size and (np.diff(places) == 1).all():
        return name
    if (np.diff(places) == 1).all():
        return f"{name}[{places[0]}:{places[-1] + 1}]"
    return f"{name}[...]"


def _shape(statement: Statement) -> str:
    shape = statement.out.shape if isinstance(statement, MatMul | Sum) else (statement.out.size,)
    return " x ".join(str(size) for size in shape if size != 1) or "1"
