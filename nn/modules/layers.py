"""Neuron, layer, network: each a few lines on top of the one before."""

from collections.abc import Callable, Sequence
from operator import mul
from typing import Any

from autograd import Value
from autograd.coercion import describe, whole_number
from autograd.counting import counted
from autograd.registry import TABLE
from autograd.symbolic.notation import sign
from nn.modules.activation import Activation, activation_named
from nn.modules.initializers import Initializer, uniform
from nn.modules.module import Bias, Module, Parameter
from nn.rng import Seed, generator


class Neuron(Module):
    """Inputs times weights, summed with a bias and sent through an activation: relu(b + w[0]*x[0] + w[1]*x[1] + ...).

    nin: how many inputs, or a list with the name of each: the weight of "ears" is then called w[ears].
    nonlin: False leaves the activation out (a linear neuron).
    activation: the name of a function of the table that takes one argument ("relu", "tanh", "sigmoid", "gelu", ...).
    seed: for drawing the weights, from ``random`` when no seed is given.
    bias: False leaves the bias out. It begins at 0.
    init: where weights begin, from -1 to 1 if not said otherwise; see ``nn.initializers``.
    Raises ValueError for an unknown activation, TypeError or ValueError for inputs that make no sense.
    """

    def __init__(
        self,
        nin: int | Sequence[str],
        nonlin: bool = True,
        activation: str = "relu",
        seed: Seed = None,
        bias: bool = True,
        init: Initializer = uniform,
    ) -> None:
        activation_named(activation)
        draw = generator(seed)
        names = _inputs(nin)
        self.w = [Parameter(init(len(names), 1, draw), label=f"w[{name}]") for name in names]
        self.b = Bias(0.0, label="b") if bias else None
        self.activation = activation if nonlin else None

    def forward(self, x: Any) -> Value:
        """One Value.

        x: as many numbers or Values as there are weights; the number itself where there is one weight.
        Raises ValueError when the count is wrong.
        """
        row = x if hasattr(x, "__len__") else [x]
        if len(row) != len(self.w):
            raise ValueError(
                f"{self!r} has {len(self.w)} input{'s' * (len(self.w) != 1)}, but x has {len(row)} "
                f"number{'s' * (len(row) != 1)}; give it one row of the data at a time"
            )
        products = map(mul, self.w, row)
        act: Value = sum(products, next(products) if self.b is None else self.b)
        if not isinstance(act, Value):  # NumPy has multiplied each weight by a row of a table
            raise ValueError(
                f"{self!r} takes one row of the data at a time, but x is a table of {counted(len(row), 'row')}"
            )
        return TABLE[self.activation](act) if self.activation else act

    def __repr__(self) -> str:
        symbol = sign(TABLE[self.activation]) if self.activation else "Linear"
        return f"{symbol[0].upper()}{symbol[1:]}Neuron({len(self.w)})"


class Layer(Module):
    """Neurons side by side, each fed with the same inputs; one Value for one neuron, else a list.

    nin: how many inputs, or their names. nout: how many neurons, at least 1. The rest as in ``Neuron``.
    """

    def __init__(
        self,
        nin: int | Sequence[str],
        nout: int,
        nonlin: bool = True,
        activation: str = "relu",
        seed: Seed = None,
        bias: bool = True,
        init: Initializer = uniform,
    ) -> None:
        draw = generator(seed)

        def beside_others(fan_in: int, _: int, draw: Any) -> float:  # a neuron does not know how many are beside it
            return init(fan_in, nout, draw)

        self.neurons = [
            Neuron(nin, nonlin, activation, draw, bias, beside_others) for _ in range(whole_number(nout, "nout"))
        ]

    def forward(self, x: Any) -> Any:
        """The outputs of the neurons."""
        out = [neuron(x) for neuron in self.neurons]
        return out[0] if len(out) == 1 else out

    def __repr__(self) -> str:
        return f"Layer of [{', '.join(map(repr, self.neurons))}]"


class Linear(Layer):
    """A layer without an activation: each output is its bias plus the weighted sum of the inputs.

    in_features: how many inputs, or their names. out_features: how many outputs; one output is one Value, else a list.
    bias, seed, init: as in ``Neuron``.
    """

    def __init__(
        self,
        in_features: int | Sequence[str],
        out_features: int,
        bias: bool = True,
        seed: Seed = None,
        init: Initializer = uniform,
    ) -> None:
        super().__init__(in_features, out_features, nonlin=False, seed=seed, bias=bias, init=init)

    def __repr__(self) -> str:
        return f"Linear({len(self.neurons[0].w)}, {len(self.neurons)})"


class Sequential(Module):
    """Modules one after the other, each fed with what the one before gave.

    layers: modules, or functions of one number such as ``autograd.tanh``, which are applied to each number by itself.
    """

    def __init__(self, *layers: Module | Callable[[Any], Any]) -> None:
        for layer in layers:
            if not callable(layer):
                raise TypeError(f"layers must be modules or functions, one by one, not {describe(layer)}")
        self.layers = [layer if isinstance(layer, Module) else Activation(layer) for layer in layers]

    def forward(self, x: Any) -> Any:
        """The output of the last layer for one row ``x`` of numbers or Values."""
        for layer in self.layers:
            x = layer(x)
        return x

    def __repr__(self) -> str:
        return f"{type(self).__name__} of [{', '.join(map(repr, self.layers))}]"


class MLP(Sequential):
    """A multi-layer perceptron: layers one after the other; the last is linear; one Value for one output, else a list.

    nin: how many inputs, or their names. nouts: how many neurons in each layer, the outputs last: MLP(2, [16, 16, 1]).
    activation: as in ``Neuron``, for all layers but the last. seed, bias, init: as in ``Neuron``.
    """

    def __init__(
        self,
        nin: int | Sequence[str],
        nouts: Sequence[int],
        activation: str = "relu",
        seed: Seed = None,
        bias: bool = True,
        init: Initializer = uniform,
    ) -> None:
        if not hasattr(nouts, "__len__") or not len(nouts):
            raise TypeError(
                f"nouts must be a list with the size of each layer, such as [8, {nouts or 1}], not {nouts!r}"
            )
        draw = generator(seed)
        sizes = [nin, *nouts]
        last = len(nouts) - 1
        super().__init__(
            *(Layer(sizes[i], nouts[i], i != last, activation, draw, bias, init) for i in range(len(nouts)))
        )


def _inputs(nin: int | Sequence[str]) -> Sequence[int | str]:
    """The inputs of a neuron: their places, or their names."""
    named = isinstance(nin, Sequence) and not isinstance(nin, str) and all(isinstance(name, str) for name in nin)
    if not named and not hasattr(nin, "__index__"):
        raise TypeError(f"nin must be the number of inputs or a list with their names, not {describe(nin)}")
    names: Sequence[int | str] = nin if named else range(nin)  # type: ignore[assignment, arg-type]
    if not names or len(set(names)) < len(names):
        raise ValueError(f"nin must have at least one input, each with a different name, not {describe(nin)}")
    return names
