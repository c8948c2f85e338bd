"""What training does to the parameters, epoch by epoch."""

from typing import Any

from autograd.coercion import plain
from autograd.counting import counted
from nn.modules.module import Module


class ParameterHistory:
    """Every parameter's number and gradient over the epochs; give it to ``fit`` among the ``callbacks``.

    history = nn.ParameterHistory(model)
    nn.fit(model, ..., callbacks=[history])

    epochs: 0 for the start, then one for each epoch. weights, gradients: by the parameter's name, one number for each
    of ``epochs``: a gradient is that of the last step in its epoch.
    """

    def __init__(self, model: Module) -> None:
        self.epochs: list[int] = []
        self.weights: dict[str, list[float]] = {name: [] for name, _ in model.named_parameters()}
        self.gradients: dict[str, list[float]] = {name: [] for name in self.weights}
        self._add(0, model)

    def __call__(self, record: Any) -> None:
        """Take down the parameters of ``record.model`` as they are at the end of ``record.epoch``."""
        self._add(record.epoch, record.model)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({counted(len(self.weights), 'parameter')}, {counted(len(self.epochs), 'epoch')})"

    def _add(self, epoch: int, model: Module) -> None:
        self.epochs.append(epoch)
        for name, parameter in model.named_parameters():
            self.weights[name].append(float(parameter.data))
            self.gradients[name].append(float(plain(parameter.grad)))
