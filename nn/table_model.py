"""A network for the rows of a table, with all that it takes to use it: what its inputs and its answers mean."""

from collections.abc import Sequence
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import Any, Self

from nn.checkpoints import hand_out, read_checkpoint
from nn.classification import cross_entropy, softmax
from nn.datasets import Dataset, Row
from nn.dropout import Dropout
from nn.initializers import xavier_normal
from nn.layers import Layer, Sequential
from nn.losses import mse_loss
from nn.module import Module
from nn.prediction import predict
from nn.preparation import Standardizer, TableEncoder
from nn.randomness import Seed, generator

ACTIVATION = "tanh"


@dataclass(frozen=True)
class TableModel:
    """What predicts one column of a table from others.

    target: the column that is predicted. classes: what it may be; empty where it is a number.
    encoder: makes numbers of the cells of a row. units: of a target that is a number: the network's are standardised.
    hidden: how many neurons there are in each hidden layer. dropout: after each of them.
    network: an output for each class, a logit; or one alone, the number.
    """

    target: str
    classes: list[str]
    encoder: TableEncoder
    units: Standardizer | None
    hidden: list[int]
    dropout: float
    network: Module

    @classmethod
    def untrained(
        cls, training: Dataset, target: str, hidden: Sequence[int] = (16, 16), dropout: float = 0.0, seed: Seed = None
    ) -> Self:
        """With random weights, and what is measured on the training rows.

        seed: for the weights and the dropout. Raises ValueError where there is no column to learn from.
        """
        encoder = TableEncoder(training)
        units = None if training.classes else Standardizer([[number] for number in training.targets])
        network = _network(encoder.features, hidden, len(training.classes) or 1, dropout, seed)
        return cls(target, training.classes, encoder, units, list(hidden), dropout, network)

    @classmethod
    def load(cls, path: str | PathLike[str]) -> Self:
        """From the file that a ``Run`` wrote when it was finished with ``extra={"table": model.state_dict()}``.

        path: of that file, or of the run's folder. Raises ValueError for another file, OSError for one out of reach.
        """
        file = Path(path) / "model.json" if Path(path).is_dir() else Path(path)
        content = read_checkpoint(file)
        if "table" not in content:
            raise ValueError(f"{file} holds no model of a table: give the folder of a run that glassgrad train made")
        told = content["table"]
        try:
            if sum(told["hidden"]) > len(content["model"]):  # else a forged size could fill the memory
                raise ValueError(f"{told['hidden']} neurons have more than {len(content['model'])} parameters")
            encoder = TableEncoder.from_state_dict(told["encoder"])
            units = Standardizer.from_state_dict(told["units"]) if told["units"] else None
            network = _network(encoder.features, told["hidden"], len(told["classes"]) or 1, told["dropout"], 0)
            made = cls(told["target"], told["classes"], encoder, units, told["hidden"], told["dropout"], network)
        except (KeyError, TypeError, ValueError) as error:
            raise ValueError(f"{file} holds no model of a table that could be made again: {error!r}") from None
        hand_out(file, content, {"model": network})
        return made

    def state_dict(self) -> dict[str, Any]:
        """All but the weights, as plain data."""
        return {
            "target": self.target,
            "classes": self.classes,
            "encoder": self.encoder.state_dict(),
            "units": self.units and self.units.state_dict(),
            "hidden": self.hidden,
            "dropout": self.dropout,
        }

    def prepared(self, data: Dataset) -> tuple[list[Row], list[Any]]:
        """(rows, targets) for the network."""
        rows, targets = self.encoder(data.rows), data.targets
        if self.units:
            targets = [number for (number,) in self.units([[target] for target in targets])]
        return rows, targets

    def loss(self, output: Any, target: Any) -> Any:
        """Cross-entropy where there are classes, else the squared error."""
        return cross_entropy(output, target) if self.classes else mse_loss(output, target)

    def predict(self, rows: Sequence[Row]) -> list[Any]:
        """For each row of cells the number, in the target's own units, or a list with each class's probability."""
        outputs = predict(self.network, self.encoder(rows))
        if self.units:
            return [number for (number,) in self.units.inverse([[output] for output in outputs])]
        return [softmax(logits) for logits in outputs]


def _network(features: list[str], hidden: Sequence[int], outputs: int, dropout: float, seed: Seed) -> Module:
    draw = generator(seed)
    layers: list[Module] = []
    named: Any = features if len(set(features)) == len(features) else len(features)
    for size in hidden:
        layers.append(Layer(named, size, activation=ACTIVATION, seed=draw, init=xavier_normal))
        if dropout:
            layers.append(Dropout(dropout, seed=draw))
        named = size
    return Sequential(*layers, Layer(named, outputs, nonlin=False, seed=draw, init=xavier_normal))
