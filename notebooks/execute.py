"""Run the lessons from clean, each in a Python of its own, and write what they show into them: ``make notebooks``.

python notebooks/execute.py            all of them
python notebooks/execute.py 2 3        these
"""

import base64
import os
import re
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import matplotlib.font_manager  # noqa: F401  # lists the fonts on a machine's first day, which a lesson would report
import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

FOLDER = Path(__file__).resolve().parent
COVERS = FOLDER / "covers"
PICTURE = re.compile(r'src="data:image/(svg|png)[^,]*,([^"]+)"')


class LessonError(Exception):
    """A lesson that does not run without errors and warnings; the message says which cell, and what it said."""


def lessons() -> list[Path]:
    """The notebooks there are, in order."""
    return sorted(FOLDER.glob("[0-9][0-9]_*.ipynb"))


def read(path: Path) -> Any:
    """A notebook as it is on disk."""
    return nbformat.reads(path.read_text(encoding="utf-8"), as_version=4)


def execute(notebook: Any) -> Any:
    """Run a notebook from clean, in place, and return it with nothing in it that differs from run to run.

    Raises LessonError on an error, and on anything written to stderr, as warnings are.
    """
    client = NotebookClient(
        notebook, timeout=120, kernel_name="python3", record_timing=False, coalesce_streams=True,
        extra_arguments=["--log-level=ERROR"],  # the kernel's thoughts about its connection are not the lesson's
        resources={"metadata": {"path": str(FOLDER)}},
    )  # fmt: skip
    with tempfile.TemporaryDirectory() as home:  # no settings but Jupyter's own
        # Without PATH graphs are drawn by the packaged renderer, which gives the same bytes everywhere.
        environment = os.environ | {"PATH": "", "IPYTHONDIR": home, "PYTHONHASHSEED": "0", "COLUMNS": "80"}
        try:
            client.execute(env=environment)
        except CellExecutionError as error:
            raise LessonError(str(error)) from None
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            if output.get("name") == "stderr":
                raise LessonError(f"cell {cell.id} wrote a warning:\n{output.text}")
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    return notebook


def cover(notebook: Any) -> tuple[str, bytes]:
    """The picture that stands for a lesson in the index, from its cell with the tag "cover": (ending, content)."""
    cell = next(cell for cell in notebook.cells if "cover" in cell.metadata.get("tags", ()))
    ending, content = PICTURE.search(cell.outputs[-1].data["text/html"]).groups()  # type: ignore[union-attr]
    return ending, base64.b64decode(content)


def main(numbers: list[str]) -> int:
    """Run these lessons, all when none is named; the exit code is 1 when one fails."""
    failed = False
    for path in lessons():
        if numbers and str(int(path.name[:2])) not in numbers:
            continue
        start = time.perf_counter()
        try:
            notebook = execute(read(path))
        except LessonError as error:
            print(f"{path.name}: {error}", file=sys.stderr)
            failed = True
            continue
        path.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8", newline="\n")
        ending, content = cover(notebook)
        COVERS.mkdir(exist_ok=True)
        (COVERS / f"{path.stem}.{ending}").write_bytes(content)
        size = path.stat().st_size / 1000
        print(f"{path.name}: {time.perf_counter() - start:.0f} s, {size:.0f} kB")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
