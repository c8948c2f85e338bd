"""What belongs to a lesson beside its notebook: its exercises, and the solved cells that only the tests know."""

import re
from importlib import import_module
from pathlib import Path

SOLUTIONS = Path(__file__).parent / "solutions"


def exercises_of(path: Path):
    """The exercises of the lesson by name; ``path`` is its notebook."""
    return import_module(f"answer_key.lesson_{path.name[:2]}").EXERCISES


def solution_cells(path: Path) -> dict[str, str]:
    """The solved cells by the id of the cell they stand for, from a file with a line ``# %% id`` above each."""
    text = (SOLUTIONS / f"lesson_{path.name[:2]}.py").read_text(encoding="utf-8")
    return dict(re.findall(r"^# %% (\S+)\n(.*?)(?=^# %%|\Z)", text, re.DOTALL | re.MULTILINE))
