"""What every part of a network has in common: parameters, found by looking at its attributes."""

from collections.abc import Iterator
from typing import Any

from autograd import Value


class Parameter(Value):
    """A leaf that training changes: a weight or a bias, told apart by its type from the inputs of a network."""

    __slots__ = ()


class Module:
    """A part of a network. Write ``forward``; call the module itself.

    Parameters, and modules with parameters of their own, are found in the attributes, also in lists and dicts.
    """

    def __call__(self, *inputs: Any) -> Any:
        """The output: what ``forward`` gives."""
        return self.forward(*inputs)

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

    def zero_grad(self) -> None:
        """Forget the gradients of all parameters; without it the next backward pass adds to them."""
        for parameter in self.parameters():
            parameter.grad = 0


def _parameters_in(name: str, thing: Any) -> Iterator[tuple[str, Parameter]]:
    if isinstance(thing, Parameter) and not thing.parents:  # a result computed from parameters is none
        yield name, thing
    elif isinstance(thing, Module):
        for inner, parameter in thing.named_parameters():
            yield f"{name}.{inner}", parameter  # type: ignore[misc]
    elif isinstance(thing, (list, tuple, dict)):
        for key, item in thing.items() if isinstance(thing, dict) else enumerate(thing):
            yield from _parameters_in(f"{name}.{key}" if isinstance(item, Module) else f"{name}[{key}]", item)
