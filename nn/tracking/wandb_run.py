"""Runs that the client of wandb, Weights & Biases, writes down as well: on this machine, unless asked otherwise."""

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import Any, Literal

from autograd import Value
from autograd.coercion import plain
from nn.data.datasets import countable
from nn.extras import extra
from nn.modules.module import Module
from nn.modules.paths import ParameterPath
from nn.tracking.run import Run
from nn.training.checkpoints import write_whole
from nn.training.history import Epoch


class WandbRun(Run):
    """A ``Run`` that also keeps, in wandb's own format, what its pages show.

    That is: config and metrics; for each layer a histogram of its weights, and one of their gradients as the last batch
    of an epoch left them; and as artifacts, of which wandb counts the versions, the data and the finished model.
    project: what the run belongs to on those pages. The other arguments are those of ``Run``.
    mode: "offline" writes to the folder wandb in the run's own, and nothing leaves this machine; to send it later there
    is ``wandb sync``. "online" sends everything as it is made, the data too. Nobody is asked for a key: "online" needs
    one that ``wandb login`` has stored, or WANDB_API_KEY.
    Raises ModuleNotFoundError, with the command that installs it, when wandb is missing; ValueError for a missing key,
    and as ``Run`` does.
    """

    def __init__(
        self,
        model: Module,
        data: Sequence[Any],
        config: Mapping[str, Any] | None = None,
        folder: str | PathLike[str] = "runs",
        name: str | None = None,
        project: str = "glassgrad",
        mode: Literal["offline", "online"] = "offline",
    ) -> None:
        self.wandb = extra("wandb", "wandb")
        if mode not in ("offline", "online"):
            raise ValueError(f'mode must be "offline" or "online", not {mode!r}')
        if mode == "online" and not self.wandb.login(prompt=False, verify=False):
            raise ValueError('mode "online" needs a key, from wandb login or WANDB_API_KEY; mode "offline" needs none')
        if mode == "offline":  # else it tells its makers of its own errors
            os.environ.setdefault("WANDB_ERROR_REPORTING", "false")
        super().__init__(model, data, config, folder, name)
        self.client = self.wandb.init(
            mode=mode,
            project=project,
            name=self.path.name,
            dir=self.path,
            config=self.config,
            reinit="create_new",  # whatever other runs are open
            # nothing printed is caught, and nothing measures the machine meanwhile
            settings=self.wandb.Settings(silent=True, console="off", x_disable_stats=True),
        )
        rows, targets = data[:2]
        file = self.path / "data.json"
        write_whole(file, json.dumps({"rows": list(rows), "targets": list(targets)}, default=countable) + "\n")
        self._log_artifact(file, "dataset", self.data)

    def __call__(self, epoch: Epoch) -> None:
        """Note an epoch."""
        super().__call__(epoch)
        drawn = {}
        for layer, parameters in _by_layer(self.model).items():
            drawn[f"weights/{layer}"] = self._histogram(parameter.data for parameter in parameters)
            drawn[f"gradients/{layer}"] = self._histogram(plain(parameter.grad) for parameter in parameters)
        self.client.log({**epoch.figures(), "lr": epoch.lr, **drawn}, step=epoch.epoch, commit=True)

    def finish(
        self, metrics: Mapping[str, float], extra: Mapping[str, Any] | None = None, measured_on: str = ""
    ) -> None:
        """Note what came of it, and keep the model, as ``Run.finish`` does; then close wandb's run."""
        super().finish(metrics, extra, measured_on)
        self.client.summary.update(dict(metrics))
        self._log_artifact(self.path / "model.json", "model", dict(metrics))
        self.client.finish()

    def _histogram(self, numbers: Iterable[Any]) -> Any:
        return self.wandb.Histogram([float(number) for number in numbers])

    def _log_artifact(self, file: Path, kind: str, metadata: Mapping[str, Any]) -> None:
        artifact = self.wandb.Artifact(file.stem, type=kind, metadata=dict(metadata))
        artifact.add_file(str(file), policy="immutable", skip_cache=True)  # it stays where it is, and there is no copy
        self.client.log_artifact(artifact)


def _by_layer(model: Module) -> dict[str, list[Value]]:
    layers: dict[str, list[Value]] = {}
    for name, parameter in model.named_parameters():
        layers.setdefault(ParameterPath.parse(name).layer, []).append(parameter)
    return layers
