"""What every part of a network has in common: parameters found in its attributes, and calls that leave a note."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from autograd import Value
from autograd.graph import next_number


class Parameter(Value):
    """A leaf that training changes: a weight or a bias, told apart by its type from the inputs of a network."""

    __slots__ = ()


class Call(NamedTuple):
    """One call of a module. All that it recorded has creation numbers from ``first`` to ``last``.

    Each Value that a module computes has the call in its ``calls``, so that a picture can draw a network as boxes.
    There is no other record of it: it goes when the graph goes.
    """

    module: "Module"
    first: int
    last: int


class Module:
    """A part of a network. Write ``forward``; call the module itself.

    Parameters, and modules with parameters of their own, are found in the attributes, also in lists and dicts.
    """

    def __call__(self, *inputs: Any) -> Any:
        """The output: what ``forward`` gives."""
        first = next_number()
        output = self.forward(*inputs)
        _note(output, Call(self, first, next_number()))
        return output

    def forward(self, *inputs: Any) -> Any:
        """The output for these inputs; each kind of module has its own."""
        raise NotImplementedError(f"{type(self).__name__} says nothing of its output: define forward(self, x)")

    def parameters(self) -> list[Value]:
        """Every parameter once, in the order in which the attributes were set."""
        return [parameter for _, parameter in self.named_parameters()]

    def named_parameters(self) -> list[tuple[str, Value]]:
        """(name, parameter) pairs; a name is the way there: "layers.0.neurons.2.w[1]".

        A parameter that is used in two places is listed under the first.
        """
        names: dict[Parameter, str] = {}
        for attribute, thing in vars(self).items():
            for name, parameter in _parameters_in(attribute, thing):
                names.setdefault(parameter, name)
        return [(name, parameter) for parameter, name in names.items()]

    def named_modules(self) -> list[tuple[str, "Module"]]:
        """(name, module) pairs: this one under the name "", then all that are in it, each once."""
        found: dict[Module, str] = {self: ""}
        for attribute, thing in vars(self).items():
            for name, module in _modules_in(attribute, thing):
                found.setdefault(module, name)
        return [(name, module) for module, name in found.items()]

    def zero_grad(self) -> None:
        """Forget the gradients of all parameters; without it the next backward pass adds to them."""
        for parameter in self.parameters():
            parameter.grad = 0


def _note(output: Any, call: Call) -> None:
    """Leave the call on what it computed; an input that is passed on was computed elsewhere, and a leaf nowhere."""
    if isinstance(output, Value):
        if output.number > call.first and output.primitive.arity:
            output.calls += (call,)
    elif isinstance(output, (list, tuple)):
        for part in output:
            _note(part, call)


def _modules_in(name: str, thing: Any) -> Iterator[tuple[str, Module]]:
    if isinstance(thing, Module):
        yield from ((f"{name}.{inner}" if inner else name, module) for inner, module in thing.named_modules())
    elif isinstance(thing, (list, tuple, dict)):
        for key, item in thing.items() if isinstance(thing, dict) else enumerate(thing):
            yield from _modules_in(f"{name}.{key}" if isinstance(item, Module) else f"{name}[{key}]", item)


def _parameters_in(name: str, thing: Any) -> Iterator[tuple[str, Parameter]]:
    if isinstance(thing, Parameter) and not thing.parents:  # a result computed from parameters is none
        yield name, thing
    elif isinstance(thing, Module):
        for inner, parameter in thing.named_parameters():
            yield f"{name}.{inner}", parameter  # type: ignore[misc]
    elif isinstance(thing, (list, tuple, dict)):
        for key, item in thing.items() if isinstance(thing, dict) else enumerate(thing):
            yield from _parameters_in(f"{name}.{key}" if isinstance(item, Module) else f"{name}[{key}]", item)
