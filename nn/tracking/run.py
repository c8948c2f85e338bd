"""Trainings on record: a folder for each, with what is needed to compare it with others, and to repeat it."""

import os
import platform
import warnings
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from itertools import count
from os import PathLike
from pathlib import Path
from typing import Any

import numpy as np

from autograd.arrays import column_list, lists
from nn.data.datasets import data_hash
from nn.modules.module import Module
from nn.tracking.runs import LINE, read_run
from nn.tracking.strict_json import dumps, plain
from nn.training.checkpoints import atomic_write, save_checkpoint
from nn.training.history import COMPARED, Epoch


class Run:
    """A training on record. Give it to ``fit`` among the callbacks, and call ``finish`` at the end.

    model: what is trained. data: what it learns from: (rows, targets), or a Dataset.
    config: what was chosen, such as {"lr": 0.1, "hidden": [16, 16]}: names with plain data; sets become lists, and
    paths, fractions and dates text.
    folder: where the runs are. name: of this one, which names its folder in there; run-1, run-2, ... when not given.
    If the run exists, it is resumed; it must have the same config and data.

    What it writes into its folder, ``path``: config.json (config; size and SHA-256 of the data; versions),
    metrics.jsonl (a line an epoch), and when it is finished results.json, model.json (a checkpoint) and report.md.
    Raises ValueError for a name that is no folder's, or that something else has: a run with another config or other
    data, or files that are no run's; OSError for a folder that cannot be written to.
    """

    def __init__(
        self,
        model: Module,
        data: Sequence[Any],
        config: Mapping[str, Any] | None = None,
        folder: str | PathLike[str] = "runs",
        name: str | None = None,
    ) -> None:
        self.model = model
        self.config: dict[str, Any] = plain(dict(config or {}), "config")  # as it is read
        folder = Path(folder).absolute()  # wherever the program goes meanwhile
        rows, targets = lists(data[0], "rows"), column_list(data[1], "targets")
        width = int(np.size(rows[0]))
        self.data = {"rows": len(rows), "columns": width, "sha256": data_hash(rows, targets)}
        facts = {"config": self.config, "data": self.data}
        if name is None:
            numbered = (folder / f"run-{number}" for number in count(1))
            self.path = next(path for path in numbered if _is_new(path))
        else:
            self.path = folder / folder_name(name)
            if not _is_new(self.path):
                _check_own(self.path)
        if (self.path / "config.json").exists():
            self._go_on(facts)
        else:
            began = datetime.now(UTC).isoformat(timespec="seconds")
            versions = {"python": platform.python_version(), "numpy": np.__version__}
            text = dumps({**facts, "began": began, "versions": versions}, "the run", indent=2)
            atomic_write(self.path / "config.json", f"{text}\n")

    def __call__(self, epoch: Epoch) -> None:
        """Note an epoch. What cannot be noted is warned of, and ends no training."""
        try:
            line = dumps({name: getattr(epoch, name) for name in LINE}, "epoch")
            with (self.path / "metrics.jsonl").open("a", encoding="utf-8") as file:
                file.write(line + "\n")
        except (OSError, TypeError, ValueError) as error:
            warnings.warn(f"epoch {epoch.epoch} is not noted in {self.path}: {error}", RuntimeWarning, stacklevel=2)

    def finish(
        self,
        metrics: Mapping[str, float],
        extra: Mapping[str, Any] | None = None,
        measured_on: str = "",
        tables: Mapping[str, Mapping[str, Any]] | None = None,
    ) -> None:
        """Note what came of it, and keep the model. The report shows the pictures that are in the folder by then.

        metrics: by name, as measured at the end; on rows that were held out, if they are to tell anything.
        measured_on: which rows those were, for the report: "the 21 rows held out".
        tables: more for the report, by title: names with numbers.
        extra: what model.json is to hold beside the model and the config, as in ``save_checkpoint``: an encoder of
        rows, say. Raises ValueError for a metric with the name of a column that compare_runs fills by itself.
        """
        for name in metrics:
            if name in COMPARED:
                raise ValueError(f"metrics cannot have the name {name!r}, a column of compare_runs: choose another")
        text = dumps(dict(metrics), "metrics", indent=2)  # what cannot be written is refused before anything is
        save_checkpoint(self.path / "model.json", {"config": self.config, **(extra or {}), "model": self.model})
        atomic_write(self.path / "results.json", f"{text}\n")
        atomic_write(self.path / "report.md", read_run(self.path).report(self.model.summary(), measured_on, tables))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.path.name!r})"

    def _go_on(self, facts: Mapping[str, Any]) -> None:
        before = read_run(self.path)
        for name, then, now in (("config", before.config, facts["config"]), ("data", before.data, facts["data"])):
            others = [key for key in {**then, **now} if then.get(key) != now.get(key)]
            if others:
                was, wanted = ({key: side.get(key) for key in others} for side in (then, now))
                raise ValueError(
                    f"the run {self.path.name!r} has other {name}: {was} instead of {wanted}; give a new name"
                )
        (self.path / "results.json").unlink(missing_ok=True)  # until it is finished again
        lines = self.path / "metrics.jsonl"
        if lines.exists():  # what a crash left of a line must not begin the next one
            os.truncate(lines, lines.read_bytes().rfind(b"\n") + 1)


def folder_name(name: str) -> str:
    """The name, if it is one that a folder in the folder of runs can have; else raises ValueError."""
    if name.strip(" .") != name or not name or not name.isprintable() or not set(name).isdisjoint('/\\:*?"<>|'):
        raise ValueError(f"name must be one that a folder can have, such as 'wide', not {name!r}")
    return name


def _is_new(path: Path) -> bool:
    """Make the folder. False when it exists already."""
    try:
        path.mkdir(parents=True)
    except FileExistsError:
        if not path.exists():  # the way there leads over a link to nowhere
            raise
        return False
    return True


def _check_own(path: Path) -> None:
    """Refuse a folder in which something else is kept, for files there might be written over."""
    names = {file.name for file in path.iterdir() if not file.name.endswith(".partial")}
    if names and "config.json" not in names:
        raise ValueError(f"{path} is there already, and holds no run but {min(names)!r}: give a new name")
