"""The folders of runs: read again, reported, and compared."""

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from os import PathLike
from pathlib import Path
from reprlib import repr as shown
from types import NoneType
from typing import Any, NamedTuple
from urllib.parse import quote

from autograd.coercion import short
from autograd.counting import counted
from nn.tracking.markdown import escaped, markdown_table
from nn.tracking.strict_json import number
from nn.training.history import Epoch

# What is noted of a run, and of an epoch as a line of its own.
FACTS = {"config": dict, "data": dict, "began": str}
LINE = {
    "epoch": int,
    "loss": (int, float),
    "validation_loss": (int, float, NoneType),
    "metrics": dict,
    "lr": (int, float),
}

NUMBERS = ("loss", "validation_loss", "lr")

# Of a table on a terminal, in letters: its width, and that of a single column.
WIDTH, WIDEST = 80, 35


class RunRecord(NamedTuple):
    """A run as it stands in its folder.

    config: what was chosen. data: its "rows", "columns" and "sha256". began: when, in UTC. epochs: those noted.
    results: what was measured at the end, by name; None for a run that is not finished.
    """

    path: Path
    config: dict[str, Any]
    data: dict[str, Any]
    began: str
    epochs: list[Epoch]
    results: dict[str, float] | None

    def best(self) -> list[Epoch]:
        """The epoch with the lowest validation loss, or loss without validation: one, unless none is noted."""
        return sorted(self.epochs, key=lambda epoch: (math.isnan(_judged_by(epoch)), _judged_by(epoch)))[:1]

    def figures(self) -> dict[str, float]:
        """The lowest loss, on validation rows where there are some, and what was measured at the end, by name."""
        name = "lowest loss" if all(epoch.validation_loss is None for epoch in self.epochs) else "lowest validation"
        lowest = [(name, _judged_by(epoch)) for epoch in self.best()]
        return {**dict(lowest), **(self.results or {})}

    def report(self, model: str, measured_on: str = "", tables: Mapping[str, Mapping[str, Any]] | None = None) -> str:
        """The run as a page of Markdown, with the pictures in its folder.

        model: its summary. measured_on: on which rows the results were measured, such as "the 21 rows held out".
        tables: more of them, by title.
        """
        rows = {epoch.epoch: epoch.figures() for epoch in (*self.epochs[:1], *self.best(), *self.epochs[-1:])}
        table = _markdown(
            ["epoch", *next(iter(rows.values()), ())], ([n, *figures.values()] for n, figures in rows.items())
        )
        measured = "The loss is that of the rows learned from; all else is measured on the validation rows."
        pictures = sorted(path for path in self.path.iterdir() if path.suffix in (".svg", ".png"))
        parts = {
            "What came of it": f"Measured on {escaped(measured_on)}.\n\n" * bool(measured_on)
            + _markdown(["metric", "value"], (self.results or {}).items()),
            "The first epoch, the best and the last": f"{measured}\n\n{table}",
            **{escaped(title): _markdown(["name", "value"], table.items()) for title, table in (tables or {}).items()},
            "Pictures": "\n\n".join(f"![{escaped(path.stem)}]({quote(path.name)})" for path in pictures),
            "What was chosen": _markdown(["setting", "value"], self.config.items()),
            "What it learned from": _markdown(["data", "value"], self.data.items()),
            "The model": f"```text\n{model}\n```",
        }
        body = "\n\n".join(f"## {title}\n\n{part}" for title, part in parts.items() if part)
        return (
            f"# Run {escaped(self.path.name)}\n\nBegun {escaped(self.began)}; "
            f"{counted(len(self.epochs), 'epoch')}.\n\n{body}\n"
        )


def read_run(path: str | PathLike[str]) -> RunRecord:
    """The run in that folder. Raises ValueError for a file there that is damaged, OSError for one out of reach.

    Where training was broken off and went on from before, epochs were noted twice: the last time counts. A last line
    that was broken off does not count.
    """
    folder = Path(path)
    config, metrics, end = (folder / name for name in ("config.json", "metrics.jsonl", "results.json"))
    facts = _parsed(config, _text(config), FACTS)
    results = {name: number(one) for name, one in _parsed(end, _text(end), {}).items()} if end.exists() else None
    return RunRecord(folder, **facts, epochs=_epochs(metrics), results=results)


def compare_runs(folder: str | PathLike[str] = "runs") -> str:
    """A table to print: a line for each run, oldest first: the settings in which they differ, and what came of them.

    That is the lowest loss in any epoch, on validation rows where there are some, and what was measured at the end.
    The table is at most 80 letters wide: what does not fit in goes below, beside the names of the runs once more.
    A run that is damaged, or out of reach, is left out, and a line below says why.
    Raises ValueError when there is no run in the folder, or none that can be read.
    """
    paths = sorted(path.parent for path in Path(folder).glob("*/config.json"))
    if not paths:
        raise ValueError(
            f"there is no run in {folder}: glassgrad train makes one, and so does "
            "nn.Run(model, data, config) among the callbacks of fit"
        )
    runs, left_out = [], []
    for path in paths:
        try:
            runs.append(read_run(path))
        except (ValueError, OSError) as error:
            left_out.append(f"left out: {error}")
    if not runs:
        raise ValueError(f"there is no run in {folder} that can be read; {'; '.join(left_out)}")
    runs.sort(key=lambda run: run.began)
    # "epochs" is the number that ran: there must not be two columns of that name
    configs = [{name: one for name, one in run.config.items() if name != "epochs"} for run in runs]
    settings = [{**config, "data": str(run.data.get("sha256"))[:8]} for run, config in zip(runs, configs, strict=True)]
    chosen = [name for name in _names(settings) if len({_cell(one.get(name)) for one in settings}) > 1]
    measured = _names(run.figures() for run in runs)
    lines: list[list[Any]] = [["run", "epochs", *chosen, *measured]]
    for run, setting in zip(runs, settings, strict=True):
        epochs = f"{len(run.epochs)}{', unfinished' * (run.results is None)}"
        lines.append([run.path.name, epochs, *map(setting.get, chosen), *map(run.figures().get, measured)])
    return "\n\n".join([*_tables(lines), *(["\n".join(left_out)] if left_out else [])])


def _epochs(path: Path) -> list[Epoch]:
    epochs: list[Epoch] = []
    text = _text(path) if path.exists() else ""
    for line in text[: text.rfind("\n") + 1].splitlines():
        epoch = Epoch(model=None, **_parsed(path, line, LINE))
        epoch = epoch._replace(metrics={name: number(one) for name, one in epoch.metrics.items()})
        while epochs and epochs[-1].epoch >= epoch.epoch:
            epochs.pop()
        epochs.append(epoch)
    return epochs


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")  # a file that is not text is not JSON either


def _parsed(path: Path, text: str, kinds: Mapping[str, Any]) -> dict[str, Any]:
    """The object of JSON in a text, or its entries by these names alone, which must be of these kinds."""
    try:
        found = json.loads(text)
        found = {name: number(one) if name in NUMBERS else one for name, one in found.items()}
    except (ValueError, RecursionError, AttributeError):
        found = None
    if not isinstance(found, dict) or not all(isinstance(found.get(name), kind) for name, kind in kinds.items()):
        raise ValueError(f"{path} is damaged, or was not written by a Run: {shown(text)}")
    return {name: found[name] for name in kinds or found}


def _judged_by(epoch: Epoch) -> float:
    return epoch.loss if epoch.validation_loss is None else epoch.validation_loss


def _names(entries: Iterable[dict[str, Any]]) -> list[str]:
    """All names, each once, in the order in which they come up."""
    return list(dict.fromkeys(name for entry in entries for name in entry))


def _cell(thing: Any) -> str:
    if thing is None:
        return "-"
    text = short(thing) if isinstance(thing, float) else str(thing)
    return text if text.isprintable() else ascii(text)  # a line break would break the table


def _tables(lines: Sequence[Sequence[Any]]) -> list[str]:
    """The lines as a table; columns for which there is no room go into another one, that begins with the first again.

    Text too long for a column is cut in its middle.
    """
    fitting = [[_cut(_cell(thing)) for thing in line] for line in lines]
    first, *others = ([cell.ljust(max(map(len, column))) for cell in column] for column in zip(*fitting, strict=True))
    tables = [[first]]
    for column in others:
        if len("  ".join(part[0] for part in (*tables[-1], column))) > WIDTH:
            tables.append([first])
        tables[-1].append(column)
    return ["\n".join("  ".join(cells).rstrip() for cells in zip(*table, strict=True)) for table in tables]


def _cut(text: str) -> str:
    half = (WIDEST - 3) // 2
    return text if len(text) <= WIDEST else f"{text[:half]}...{text[-half:]}"


def _markdown(head: Sequence[str], rows: Iterable[Iterable[Any]]) -> str:
    return markdown_table(list(map(_cell, head)), (list(map(_cell, row)) for row in rows))
