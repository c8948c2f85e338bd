"""Neuron, layer, network: each a few lines on top of the one before."""

from collections.abc import Sequence
from typing import Any

from autograd import Value
from autograd.primitive import TABLE
from nn.module import Module, Parameter
from nn.randomness import Seed, generator


class Neuron(Module):
    """A weighted sum of the inputs plus a bias, sent through an activation: relu(b + w[0]*x[0] + w[1]*x[1] + ...).

    nin: how many inputs. nonlin: False leaves the activation out (a linear neuron).
    activation: the name of a function of the table that takes one argument ("relu", "tanh", "sigmoid", "gelu", ...).
    seed: weights are drawn uniformly from -1 to 1, from ``random`` when no seed is given; the bias begins at 0.
    Raises ValueError for an unknown activation.
    """

    def __init__(self, nin: int, nonlin: bool = True, activation: str = "relu", seed: Seed = None) -> None:
        row = TABLE.get(activation)
        if row is None or not hasattr(Value, activation) or (row.arity > 1 and row.default is None):
            raise ValueError(
                f"activation must be the name of a function of one number, such as 'relu' or 'tanh', not {activation!r}"
                "; for none at all say nonlin=False"
            )
        draw = generator(seed)
        self.w = [Parameter(draw.uniform(-1, 1), label=f"w[{i}]") for i in range(nin)]
        self.b = Parameter(0.0, label="b")
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
        act: Value = self.b
        for wi, xi in zip(self.w, row, strict=True):
            act = act + wi * xi
        return getattr(act, self.activation)() if self.activation else act

    def __repr__(self) -> str:
        symbol = TABLE[self.activation].symbol if self.activation else "Linear"
        return f"{symbol[0].upper()}{symbol[1:]}Neuron({len(self.w)})"


class Layer(Module):
    """Neurons side by side, each fed with the same inputs; one Value for one neuron, else a list.

    nin, nout: how many inputs and neurons. nonlin, activation, seed: as in ``Neuron``.
    """

    def __init__(self, nin: int, nout: int, nonlin: bool = True, activation: str = "relu", seed: Seed = None) -> None:
        draw = generator(seed)
        self.neurons = [Neuron(nin, nonlin, activation, draw) for _ in range(nout)]

    def forward(self, x: Any) -> Any:
        """The outputs of the neurons."""
        out = [neuron(x) for neuron in self.neurons]
        return out[0] if len(out) == 1 else out

    def __repr__(self) -> str:
        return f"Layer of [{', '.join(map(repr, self.neurons))}]"


class MLP(Module):
    """A multi-layer perceptron: layers one after the other; the last is linear; one Value for one output, else a list.

    nin: how many inputs. nouts: how many neurons in each layer, the outputs last: MLP(2, [16, 16, 1]).
    activation, seed: as in ``Neuron``, for all layers but the last.
    """

    def __init__(self, nin: int, nouts: Sequence[int], activation: str = "relu", seed: Seed = None) -> None:
        if isinstance(nouts, int) or not len(nouts):
            raise TypeError(
                f"nouts must be a list with the size of each layer, such as [8, {nouts or 1}], not {nouts!r}"
            )
        draw = generator(seed)
        sizes = [nin, *nouts]
        last = len(nouts) - 1
        self.layers = [Layer(sizes[i], sizes[i + 1], i != last, activation, draw) for i in range(len(nouts))]

    def forward(self, x: Any) -> Any:
        """The outputs of the last layer for one row ``x`` of numbers or Values."""
        for layer in self.layers:
            x = layer(x)
        return x

    def __repr__(self) -> str:
        return f"MLP of [{', '.join(map(repr, self.layers))}]"
