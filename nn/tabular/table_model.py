"""A network for the rows of a table, with everything needed to use it: what its inputs and outputs mean."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import mul
from os import PathLike
from pathlib import Path
from reprlib import repr as shown
from typing import Any, Self

from autograd.coercion import short
from nn.classification import cross_entropy, softmax
from nn.data.datasets import Dataset, Row
from nn.data.preprocessing import StandardScaler
from nn.losses import mse_loss
from nn.modules import initializers
from nn.modules.dropout import Dropout
from nn.modules.initializers import Initializer
from nn.modules.layers import Layer, Sequential
from nn.modules.module import Module
from nn.rng import Seed, generator
from nn.tabular.encoder import TableEncoder
from nn.training.checkpoints import hand_out, read_checkpoint
from nn.training.prediction import predict
from nn.training.states import checked

ACTIVATIONS = ("tanh", "relu", "leaky_relu", "elu", "gelu", "silu", "sigmoid", "softplus")
INITS: dict[str, Initializer] = {
    init.__name__: init
    for init in (
        initializers.xavier_normal,
        initializers.xavier_uniform,
        initializers.he_normal,
        initializers.he_uniform,
    )
}
# Each is a Value in Python: with 20,000 one epoch, and the doctor's look at 50 rows, take a minute and 1 GB.
MOST_PARAMETERS = 50_000


@dataclass(frozen=True)
class TableModel:
    """What predicts one column of a table from others.

    target: the column that is predicted. classes: what it may be; empty where it is a number.
    encoder: makes numbers of the cells of a row. target_scaler: for a target that is a number; the network's is scaled.
    hidden: how many neurons there are in each hidden layer. activation: of each of them, its name. dropout: after each.
    network: an output for each class, a logit; or one alone, the number.
    """

    target: str
    classes: list[str]
    encoder: TableEncoder
    target_scaler: StandardScaler | None
    hidden: list[int]
    activation: str
    dropout: float
    network: Module

    @classmethod
    def untrained(
        cls,
        training: Dataset,
        target: str,
        hidden: Sequence[int] = (16, 16),
        dropout: float = 0.0,
        seed: Seed = None,
        activation: str = "tanh",
        init: str = "xavier_normal",
    ) -> Self:
        """With random weights, and what is measured on the training rows.

        seed: for the weights and the dropout. activation, init: names in ACTIVATIONS and INITS.
        Raises ValueError where there is no column to learn from, or the network would have more than 50,000 parameters.
        """
        encoder = TableEncoder(training)
        target_scaler = None if training.classes else StandardScaler().fit([[number] for number in training.targets])
        outputs = len(training.classes) or 1
        count = _parameter_count(encoder.features, hidden, outputs)
        if count > MOST_PARAMETERS:
            raise ValueError(
                f"hidden layers of {shown(list(hidden))} neurons make {short(count)} parameters; there may be "
                f"{MOST_PARAMETERS:,}, for each is a Value of its own, which takes time and memory: choose smaller ones"
            )
        network = _network(encoder.features, hidden, outputs, activation, dropout, seed, INITS[init])
        return cls(target, training.classes, encoder, target_scaler, list(hidden), activation, dropout, network)

    @classmethod
    def load(cls, path: str | PathLike[str]) -> Self:
        """From the file that a ``Run`` wrote when it was finished with ``extra={"table": model.state_dict()}``.

        path: of that file, or of the run's folder. Raises ValueError for another file, OSError for one out of reach.
        """
        file = Path(path) / "model.json" if Path(path).is_dir() else Path(path)
        content = read_checkpoint(file)
        if "table" not in content:
            raise ValueError(f"{file} holds no model of a table: give the folder of a run that glassgrad train made")
        try:
            parts = checked(content, {"table": dict, "model": dict}, "the file")
            weights = checked(parts["model"], dict.fromkeys(parts["model"], float), "its weights")
            made = cls._from_state_dict(parts["table"], len(weights))
        except ValueError as error:
            raise ValueError(f"{file} holds no model of a table that could be made again: {error}") from None
        hand_out(file, content, {"model": made.network})
        return made

    @classmethod
    def _from_state_dict(cls, state: dict[str, Any], weights: int) -> Self:
        """A model with this state, its weights still random. Raises ValueError for any other state."""
        kinds = {"target": str, "classes": list[str], "encoder": dict, "hidden": list[int], "dropout": float}
        known = checked(state, kinds, "the model")
        known["activation"] = state.get("activation", "tanh")  # all were, before it could be chosen
        if known["activation"] not in ACTIVATIONS:
            raise ValueError(
                f"'activation' of the model must be one of {', '.join(ACTIVATIONS)}, not {shown(known['activation'])}"
            )
        known["encoder"] = TableEncoder.from_state_dict(known["encoder"])
        scaler = state.get("target_scaler", state.get("units"))  # the name in files of version 0.1
        known["target_scaler"] = None if known["classes"] else StandardScaler.from_state_dict(scaler)
        if len(known["classes"]) == 1 or (known["target_scaler"] and len(known["target_scaler"].means) != 1):
            raise ValueError("one column is predicted, with two classes or more, or with one mean and deviation")
        if not 0 <= known["dropout"] < 1:
            raise ValueError(f"'dropout' of the model must be a share, 0 to less than 1, not {known['dropout']}")
        sizes = known["encoder"].features, known["hidden"], len(known["classes"]) or 1
        if _parameter_count(*sizes) != weights:  # else a forged size could fill the memory
            raise ValueError(
                f"its {weights} weights are not those of a network with hidden layers {shown(known['hidden'])}"
            )
        return cls(network=_network(*sizes, known["activation"], known["dropout"], 0), **known)

    def state_dict(self) -> dict[str, Any]:
        """All but the weights, as plain data."""
        return {
            "target": self.target,
            "classes": self.classes,
            "encoder": self.encoder.state_dict(),
            "target_scaler": self.target_scaler and self.target_scaler.state_dict(),
            "hidden": self.hidden,
            "activation": self.activation,
            "dropout": self.dropout,
        }

    def prepared(self, data: Dataset) -> tuple[list[Row], list[Any]]:
        """(rows, targets) for the network."""
        rows, targets = self.encoder(data.rows), data.targets
        if self.target_scaler:
            targets = [number for (number,) in self.target_scaler.transform([[target] for target in targets])]
        return rows, targets

    def loss(self, output: Any, target: Any) -> Any:
        """Cross-entropy where there are classes, else the squared error."""
        return cross_entropy(output, target) if self.classes else mse_loss(output, target)

    def loss_of(self, weights: Sequence[float] | None) -> Callable[[Any, Any], Any]:
        """The loss in which a row of each class counts so much; the plain loss without weights."""
        if weights is None:
            return self.loss

        def weighted(output: Any, target: Any) -> Any:
            # in a program a class is a 1 in a row of 0
            shares = target if hasattr(target, "__len__") else [float(place == target) for place in range(len(weights))]
            return sum(map(mul, weights, shares)) * self.loss(output, target)

        return weighted

    def predict(self, rows: Sequence[Row]) -> list[Any]:
        """For each row of cells the number, in the target's own units, or a list with each class's probability."""
        outputs = predict(self.network, self.encoder(rows))
        if self.target_scaler:
            return [number for (number,) in self.target_scaler.inverse_transform([[output] for output in outputs])]
        return [softmax(logits) for logits in outputs]


def _parameter_count(features: list[str], hidden: Sequence[int], outputs: int) -> int:
    """How many parameters ``_network`` makes: each neuron has a weight for each of its inputs, and a bias."""
    return sum((inputs + 1) * size for inputs, size in pairwise([len(features), *hidden, outputs]))


def _network(
    features: list[str],
    hidden: Sequence[int],
    outputs: int,
    activation: str,
    dropout: float,
    seed: Seed,
    init: Initializer = initializers.xavier_normal,
) -> Module:
    draw = generator(seed)
    layers: list[Module] = []
    named: Any = features if len(set(features)) == len(features) else len(features)
    for size in hidden:
        layers.append(Layer(named, size, activation=activation, seed=draw, init=init))
        if dropout:
            layers.append(Dropout(dropout, seed=draw))
        named = size
    return Sequential(*layers, Layer(named, outputs, nonlin=False, seed=draw, init=init))
