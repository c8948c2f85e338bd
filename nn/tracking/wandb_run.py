"""Runs that the client of wandb, Weights & Biases, writes down as well: on this machine, unless asked otherwise."""

import hashlib
import json
import math
import os
import secrets
import shutil
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from os import PathLike
from pathlib import Path
from typing import Any, Literal

import numpy as np

from autograd import Value
from autograd.arrays import column_list, lists
from autograd.coercion import plain as plain_number
from nn.data.datasets import countable
from nn.extras import extra
from nn.modules.module import Module
from nn.modules.paths import ParameterPath
from nn.tracking.run import Run
from nn.tracking.strict_json import dumps, plain
from nn.training.checkpoints import atomic_write
from nn.training.history import Epoch

BINS = 64
NO_PROJECTS = set("/\\#?%:")  # signs that wandb has in no project's name


class WandbRun(Run):
    """A ``Run`` that also keeps, in wandb's own format, what its pages show.

    That is: config and metrics; for each layer a histogram of its weights, and one of their gradients as the last batch
    of an epoch left them; and as artifacts, of which wandb counts the versions, the data and the finished model. What
    wandb cannot take is warned of, and ends no training. A resumed run is the same run for wandb.
    project: what the run belongs to on those pages. The other arguments are those of ``Run``.
    mode: "offline" writes to the folder wandb in the run's own, and nothing leaves this machine; to send it later there
    is ``wandb sync``. "online" sends everything as it is made, the data too. Nobody is asked for a key: "online" needs
    one that ``wandb login`` has stored, or WANDB_API_KEY.
    Raises ModuleNotFoundError, with the command that installs it, when wandb is missing; ValueError for a missing key,
    for a project that wandb cannot have, and as ``Run`` does. No folder is left behind then.
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
        if not isinstance(project, str) or not 1 <= len(project) <= 128 or not NO_PROJECTS.isdisjoint(project):
            raise ValueError(f"project must be a name without {' '.join(sorted(NO_PROJECTS))}, not {project!r}")
        if mode == "online" and not self.wandb.login(prompt=False, verify=False):
            raise ValueError('mode "online" needs a key, from wandb login or WANDB_API_KEY; mode "offline" needs none')
        if mode == "offline":  # online it reports its own errors to its makers
            os.environ.setdefault("WANDB_ERROR_REPORTING", "false")
        was_there = name is not None and (Path(folder) / name).exists()
        super().__init__(model, data, config, folder, name)
        known = self.path / "wandb-id.txt"
        if not known.exists():
            atomic_write(known, secrets.token_hex(4))
        try:
            self.client = self.wandb.init(
                mode=mode,
                project=project,
                name=self.path.name,
                id=known.read_text(encoding="utf-8"),
                resume="allow",
                dir=self.path,
                config=self.config,
                reinit="create_new",  # whatever other runs are open
                # nothing printed is caught, and nothing measures the machine meanwhile
                settings=self.wandb.Settings(silent=True, console="off", x_disable_stats=True),
            )
        except self.wandb.Error as error:
            if not was_there:
                shutil.rmtree(self.path)
            raise ValueError(f"wandb cannot begin this run: {error}") from None
        columns = {"rows": lists(data[0], "rows"), "targets": column_list(data[1], "targets")}
        content = json.loads(json.dumps(columns, default=countable))
        self._log_artifact("dataset", self.path / "data.json", dumps(content, "data") + "\n", self.data)

    def __call__(self, epoch: Epoch) -> None:
        """Note an epoch."""
        super().__call__(epoch)
        drawn = {}
        for layer, parameters in _by_layer(self.model).items():
            for what, numbers in (
                ("weights", [parameter.data for parameter in parameters]),
                ("gradients", [plain_number(parameter.grad) for parameter in parameters]),
            ):
                counted = _histogram(numbers)
                if counted is not None:
                    drawn[f"{what}/{layer}"] = self.wandb.Histogram(np_histogram=counted)
        with self._warning(f"epoch {epoch.epoch}"):
            self.client.log({**epoch.figures(), "lr": epoch.lr, **drawn}, step=epoch.epoch, commit=True)

    def finish(
        self,
        metrics: Mapping[str, float],
        extra: Mapping[str, Any] | None = None,
        measured_on: str = "",
        tables: Mapping[str, Mapping[str, Any]] | None = None,
    ) -> None:
        """Note what came of it, and keep the model, as ``Run.finish`` does; then close wandb's run."""
        super().finish(metrics, extra, measured_on, tables)
        results = plain(dict(metrics), "metrics")
        with self._warning("the results"):
            self.client.summary.update(results)
            text = (self.path / "model.json").read_text(encoding="utf-8")
            version = f"model-{hashlib.sha256(text.encode()).hexdigest()[:12]}.json"
            self._log_artifact("model", self.path / "models" / version, text, results)
            self.client.finish()

    @contextmanager
    def _warning(self, what: str) -> Iterator[None]:
        """Warn where wandb cannot take something, or is not there any more."""
        try:
            yield
        except (self.wandb.Error, OSError, TypeError, ValueError) as error:
            warnings.warn(f"wandb does not have {what} of {self.path}: {error}", RuntimeWarning, stacklevel=4)

    def _log_artifact(self, kind: str, file: Path, text: str, metadata: Mapping[str, Any]) -> None:
        """Log a version, in a file that never changes: wandb reads it from there, and makes no copy of its own."""
        if not file.exists():
            file.parent.mkdir(exist_ok=True)
            atomic_write(file, text)
        name = "data" if kind == "dataset" else kind
        artifact = self.wandb.Artifact(name, type=kind, metadata=dict(metadata))
        artifact.add_file(str(file), name=f"{name}.json", policy="immutable", skip_cache=True)
        self.client.log_artifact(artifact)


def _histogram(numbers: Iterable[Any]) -> tuple[Any, Any] | None:
    """(counts, edges of the bins) of the numbers that are finite; None where there are none, or none that fit."""
    finite = np.array([number for number in map(float, numbers) if math.isfinite(number)])
    if not len(finite):
        return None
    low, high = float(finite.min()), float(finite.max())
    if high - low < BINS * max(math.ulp(low), math.ulp(high)) * 4:  # too close for bins to separate
        low, high = low - 0.5 * max(1.0, abs(low)), high + 0.5 * max(1.0, abs(high))
    return np.histogram(finite, BINS, (low, high)) if math.isfinite(high - low) else None


def _by_layer(model: Module) -> dict[str, list[Value]]:
    layers: dict[str, list[Value]] = {}
    for name, parameter in model.named_parameters():
        layers.setdefault(ParameterPath.parse(name).layer, []).append(parameter)
    return layers
