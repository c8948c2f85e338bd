"""What every part of a network has in common: parameters found in its attributes, and calls that leave a note."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from random import Random
from typing import Any, NamedTuple, Self

from autograd import Value
from autograd.coercion import number
from autograd.graph import next_number
from nn.modules.paths import list_and_place


class Parameter(Value):
    """A leaf that training changes: a weight. Its type distinguishes it from the inputs of a network."""

    __slots__ = ()


class Bias(Parameter):
    """A parameter that is added and multiplies nothing: regularizers spare it, since it cannot make a network steep."""

    __slots__ = ()


class Noise(Value):
    """A leaf with a new random number for every row, such as an entry of a dropout mask.

    draw: gives the next number when called. A new Noise holds the first; who replays a recorded graph asks for more.
    """

    __slots__ = ()

    def __init__(self, draw: Callable[[], float], label: str = "") -> None:
        super().__init__(draw(), label=label)
        self.draw = draw


class Call(NamedTuple):
    """One call of a module. All that it recorded has creation numbers from ``first`` to ``last``.

    Each Value that a module computes has the call in its ``calls``, so that a picture can draw a network as boxes.
    There is no other record of it: it goes when the graph goes.
    """

    module: "Module"
    first: int
    last: int

    @staticmethod
    def places(order: Sequence[Any], given: Mapping[str, Any]) -> dict[Any, str]:
        """See ``places``: a graph asks its calls, as the engine knows nothing of modules."""
        return places(order, given)


class Module:
    """A part of a network. Write ``forward``; call the module itself.

    Parameters, modules with parameters of their own, and generators of random numbers (``random.Random``) are found in
    the attributes, also in lists and dicts.
    training: whether it is being trained: some modules, such as ``Dropout``, behave differently then. See ``train``.
    """

    training = True

    def __call__(self, *inputs: Any) -> Any:
        """The output of ``forward``. Raises TypeError when it is None."""
        first = next_number()
        output = self.forward(*inputs)
        if output is None:
            raise TypeError(f"{type(self).__name__}.forward gave None: does it end without a return?")
        _note(output, Call(self, first, next_number()))
        return output

    def forward(self, *inputs: Any) -> Any:
        """The output for these inputs; each kind of module has its own."""
        raise NotImplementedError(f"{type(self).__name__} does not implement forward(): define forward(self, x)")

    def parameters(self) -> list[Value]:
        """Every parameter once, in the order in which the attributes were set."""
        return [parameter for _, parameter in self.named_parameters()]

    def named_parameters(self) -> list[tuple[str, Value]]:
        """(name, parameter) pairs; a name is a path: "layers.0.neurons.2.w[1]".

        An entry of a list keeps the name that its label gives it: "layers.0.neurons.2.w[petal length]".
        A parameter that is used in two places is listed under the first.
        """
        return [(name, member) for name, member, _ in _inside(self) if isinstance(member, Parameter)]

    def named_modules(self) -> list[tuple[str, "Module"]]:
        """(name, module) pairs: this one under the name "", then all that are in it, each once."""
        return [("", self), *((name, member) for name, member, _ in _inside(self) if isinstance(member, Module))]

    def named_generators(self) -> list[tuple[str, Random]]:
        """(name, generator) pairs: what this module and all in it draw random numbers from."""
        return [(name, member) for name, member, _ in _inside(self) if isinstance(member, Random)]

    def zero_grad(self) -> None:
        """Set the gradients of all parameters to 0; otherwise the next backward pass adds to them."""
        for parameter in self.parameters():
            parameter.grad = 0

    def train(self, mode: bool = True) -> Self:
        """Put this module and all in it into training mode; ``mode=False`` is evaluation mode."""
        for _, module in self.named_modules():
            module.training = mode
        return self

    def eval(self) -> Self:
        """Put this module and all in it into evaluation mode: the same as ``train(False)``."""
        return self.train(False)

    def state_dict(self) -> dict[str, Any]:
        """The number of every parameter under its name: everything training has learned, ready for ``json.dump``.

        Raises ValueError when two parameters go by the same name.
        """
        named = self.named_parameters()
        twice = [name for name, count in Counter(name for name, _ in named).items() if count > 1]
        if twice:
            raise ValueError(f"two parameters are called {twice[0]!r}: give them different labels")
        return {name: parameter.data for name, parameter in named}

    def load_state_dict(self, state: Mapping[str, Any]) -> None:
        """Give every parameter the number that ``state`` has under its name.

        Raises ValueError when names are missing or unknown, TypeError for anything but numbers; nothing changes then.
        """
        names = self.state_dict()
        missing = [name for name in names if name not in state]
        unexpected = [name for name in state if name not in names]
        if missing or unexpected:
            raise ValueError(
                "state does not fit this model: "
                + "; ".join(_some("missing", missing) + _some("unexpected", unexpected))
            )
        numbers = {name: number(given, name) for name, given in state.items()}
        for name, parameter in self.named_parameters():
            parameter.data = numbers[name]

    def summary(self) -> str:
        """A table to print: each module that holds parameters itself, or nothing else, and their number; and the total.

        Neighbours of one kind in a list share a line: "layers.0.neurons.0-15".
        """
        own = Counter(owner for _, member, owner in _inside(self) if isinstance(member, Parameter))
        outer = {owner for _, member, owner in _inside(self) if isinstance(member, Module)}
        shown = [(name, module) for name, module in self.named_modules() if own[module] or module not in outer]
        lines = [("name", "kind", "parameters")]
        for (_, kind, count), group in groupby(
            shown, lambda pair: (list_and_place(pair[0])[0], repr(pair[1]), own[pair[1]])
        ):
            first, *others = (name for name, _ in group)
            if others:
                first, kind = f"{first}-{list_and_place(others[-1])[1]}", f"{len(others) + 1} x {kind}"
            lines.append((first or "itself", kind, f"{count * (len(others) + 1):,}"))
        lines.append(("total", "", f"{own.total():,}"))
        names, kinds, counts = (max(map(len, column)) for column in zip(*lines, strict=True))
        return "\n".join(f"{name:<{names}}  {kind:<{kinds}}  {count:>{counts}}" for name, kind, count in lines)

    def __repr__(self) -> str:
        return f"{type(self).__name__}()"


def _note(output: Any, call: Call) -> None:
    """Leave the call on what it computed; an input that is passed on was computed elsewhere, and a leaf nowhere."""
    if isinstance(output, Value):
        if output._number > call.first and output._primitive.arity:
            output._calls += (call,)
    elif isinstance(output, (list, tuple)):
        for part in output:
            _note(part, call)


def within_calls(order: Sequence[Any]) -> Iterator[tuple[Any, tuple[Call, ...]]]:
    """(node, the calls during which it was recorded, outermost first) for each node of a graph, oldest first.

    order: the nodes, youngest first, as ``ancestors`` gives them. A call is found by its outputs: without an
    output among the nodes it is left out.
    """
    to_come = sorted({call for node in order for call in node._calls}, key=lambda call: -call.first)
    going_on: tuple[Call, ...] = ()
    for node in reversed(order):
        going_on = tuple(call for call in going_on if call.last > node._number)
        while to_come and to_come[-1].first < node._number:
            going_on += (to_come.pop(),)
        yield node, going_on


def places(order: Sequence[Any], given: Mapping[str, Any]) -> dict[Any, str]:
    """What to call the parameters in a graph: where they are in the outermost modules, "layers.0.neurons.1.w[0]".

    order: as above. given: names and what they stand for, as ``locals()`` gives them. Where several outermost modules
    were called, the variable or the class of each comes first: "encoder.w[0]", "Neuron2.w[0]".
    """
    outermost = dict.fromkeys(calls[0].module for _, calls in within_calls(order) if calls)
    variables = {id(thing): f"{name}." for name, thing in given.items() if not name.startswith("_")}
    kinds = Counter(type(module).__name__ for module in outermost)
    uses = Counter[str]()
    found: dict[Any, str] = {}
    for module in outermost:
        kind = type(module).__name__
        uses[kind] += 1
        own = variables.get(id(module), f"{kind}{uses[kind] if kinds[kind] > 1 else ''}.")
        for name, parameter in module.named_parameters():
            found.setdefault(parameter, f"{own}{name}" if len(outermost) > 1 else name)
    return found


def _inside(owner: Module, path: str = "", seen: set[Any] | None = None) -> Iterator[tuple[str, Any, Module]]:
    """(name, member, the module it belongs to) for all that is looked for in ``owner``, each once, depth first."""
    seen = {owner} if seen is None else seen
    for attribute, thing in vars(owner).items():
        for name, member in _members(attribute, thing):
            if member not in seen:
                seen.add(member)
                yield path + name, member, owner
                if isinstance(member, Module):
                    yield from _inside(member, f"{path}{name}.", seen)


def _members(name: str, thing: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(thing, (Parameter, Module, Random)):
        yield name, thing
    elif isinstance(thing, (list, tuple, dict)):
        for key, item in thing.items() if isinstance(thing, dict) else enumerate(thing):
            place = f"{name}.{key}" if isinstance(item, Module) else f"{name}[{key}]"
            telling = isinstance(item, Parameter) and item.label.startswith(f"{name}[")
            yield from _members(item.label if telling else place, item)


def _some(kind: str, names: list[str]) -> list[str]:
    return [f"{len(names)} {kind}, {', '.join(names[:5])}{', ...' * (len(names) > 5)}"] if names else []
