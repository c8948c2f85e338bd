"""Which program lays a graph out and draws it, and for how long it may try."""

import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import graphviz

from visualize.graph.layout import positions, span
from visualize.graph.markup import image

LINK = re.compile(r"\t(\S+) -> (\S+)")  # an edge in the DOT text

BUNDLED = "graphviz-pure"
GET_DOT = (
    "install Graphviz so that its program dot is on PATH "
    "(apt install graphviz, brew install graphviz, winget install graphviz or conda install graphviz)"
)

# Layout presets by graph size: by the layers that all edges cross together (what its work grows with most) and by the
# boxes and edges. Most of its time goes into network simplex (nslimit), crossings (mclimit) and curved edges. What is
# larger than the last gets the plain layout of visualize/graph/layout.py.
HURRY: tuple[tuple[int, int, tuple[str, ...]], ...] = (
    (2_000, 4_500, ()),
    (16_000, 6_000, ("-Gnslimit=1", "-Gnslimit1=1", "-Gmclimit=0.2", "-Gsplines=line")),
    (30_000, 6_500, ("-Gnslimit=0.1", "-Gnslimit1=0.1", "-Gmclimit=0.05", "-Gsplines=false")),
)
BITMAPS = ("png", "jpg", "jpeg", "jpe", "gif", "bmp", "webp")
PAGES = ("html", "htm")
LARGEST = "-Gsize=100,100"  # inches: 9600 pixels at most, or a large graph's bitmap fills the memory


class RenderError(RuntimeError):
    """A graph could not be drawn; the message says what to do."""


def checked_format(format: str) -> str:
    """The name of an output format in lower case; ValueError for what Graphviz has never heard of."""
    known = format.lower() if isinstance(format, str) else ""
    if known in PAGES:
        raise ValueError(f"a picture is no page: for {format!r} write stepper(value).save('steps.{known}')")
    if known not in graphviz.FORMATS:
        raise ValueError(f"format must be one that Graphviz writes, as 'svg', 'png' or 'pdf', not {format!r}")
    return known


def find_program(chosen: str | None = None) -> str:
    """The program that draws: the one chosen, else ``dot`` on PATH, else the one that pip installed with this package.

    Raises RenderError when there is none.
    """
    beside = (str(Path(sys.executable).parent), sysconfig.get_path("scripts"), _user_scripts())
    for name in (chosen,) if chosen else ("dot", BUNDLED):
        found = shutil.which(name) or shutil.which(name, path=os.pathsep.join(beside))
        if found:
            return found
    if chosen:
        raise RenderError(f"program {chosen!r} is not on PATH and is no file that can be run: give its full path")
    raise RenderError(
        f"nothing to draw with: there is no dot on PATH and no {BUNDLED} in {beside[0]}. "
        f"Run python -m pip install {BUNDLED}, or {GET_DOT}"
    )


def _user_scripts() -> str:
    return sysconfig.get_path("scripts", sysconfig.get_preferred_scheme("user"))


class Picture(graphviz.Digraph):  # type: ignore[misc]  # graphviz has no types
    """A graph that draws itself: shown in a notebook, written by ``render``, as bytes or text from ``pipe``.

    ``source`` is the DOT text, ``save`` writes it. program: name or path of the program that draws; when None, the
    system's ``dot``, else the one that was installed with this package (its bitmaps know Latin, Greek, Cyrillic and
    Hebrew letters; SVG any). seconds: how long drawing may take. How a graph is laid out depends on its size alone,
    so the same graph gives the same picture on a slow machine. alt: a text for readers who cannot see the picture.
    """

    alt = "A graph."
    program: str | None = None
    seconds: float = 60.0

    def pipe(self, format: str | None = None, *, encoding: str | None = None) -> bytes | str:
        """The picture as bytes, or as text when an encoding is given.

        format: "svg", "png", "pdf" (needs system Graphviz), "dot", ...; the picture's own when left out.
        Raises RenderError when there is no program to draw with, when it cannot write this format, or when the graph
        takes longer than ``seconds``.
        """
        drawn = self._draw(checked_format(format or self.format))
        return drawn.decode(encoding) if encoding else drawn

    def __repr__(self) -> str:
        return f"<{self.alt.rstrip('.')}>"  # the same at each run, as it ends up in notebooks

    def _repr_html_(self) -> str:
        return image(str(self.pipe("svg", encoding="utf-8")), self.alt)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return {"text/html": self._repr_html_()}  # no SVG beside it: exports to LaTeX would ask for Inkscape

    def _draw(self, format: str) -> bytes:
        program = find_program(self.program)
        command = [program, f"-T{format}", *[LARGEST] * (format in BITMAPS)]
        links = [(match[1], match[2]) for match in map(LINK.match, self.body) if match]
        crossed, size = span(links), len(self.body)
        hurry = next((options for layers, most, options in HURRY if crossed <= layers and size <= most), None)
        if hurry is not None:
            drawn = _run([*command, *hurry], self.source, self.seconds)
        else:
            places = (f'\t{box} [pos="{at}"]\n' for box, at in positions(links, self.graph_attr["rankdir"]).items())
            *lines, end = self
            drawn = _run([*command, "-Kneato", "-n", "-Gsplines=line"], "".join((*lines, *places, end)), self.seconds)
        if drawn is None:
            raise RenderError(
                f"{Path(program).name} did not finish this graph of {size - len(links)} boxes in {self.seconds:g} "
                "seconds. Draw less of it (operations=False, constants=False, sums=True, or a root further inside), "
                "give it more time (picture.seconds = 300), or take the DOT text (picture.source) to another program"
            )
        return drawn

    def render(
        self,
        filename: str | os.PathLike[str] | None = None,
        directory: str | os.PathLike[str] | None = None,
        view: bool = False,
        cleanup: bool | None = None,
        format: str | None = None,
        *,
        outfile: str | os.PathLike[str] | None = None,
    ) -> str:
        """Write the picture; return its path.

        outfile: of the picture; its ending is the format. filename: of the DOT text, which is written too then; without
        an outfile the picture's name adds the format: "graph" makes graph and graph.svg.
        cleanup: leave the DOT text out; when not given, it is left out where only an outfile is. view: open the result.
        Raises RenderError as ``pipe`` does; nothing is written then.
        """
        if cleanup is None:
            cleanup = outfile is not None and filename is None
        if outfile is None:
            source = filename or self.filename
            format = checked_format(format or self.format)
            outfile = f"{os.fspath(source)}.{format}"
        else:
            source = filename or Path(outfile).with_suffix(".gv")
            format = checked_format(format or Path(outfile).suffix.removeprefix(".") or self.format)
        folder = Path(directory or self.directory)
        picture = folder / outfile
        drawn = self._draw(format)
        picture.parent.mkdir(parents=True, exist_ok=True)
        picture.write_bytes(drawn)
        if not cleanup:
            (folder / source).parent.mkdir(parents=True, exist_ok=True)
            (folder / source).write_bytes(self.source.encode())
        if view:
            graphviz.view(picture)
        return str(picture)


def _run(command: list[str], source: str, seconds: float) -> bytes | None:
    """What the program writes, None when it is too slow (and no longer running then)."""
    try:
        done = subprocess.run(command, input=source.encode(), capture_output=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired:
        return None
    except OSError as error:
        raise RenderError(f"{command[0]} cannot be run: {error}") from error
    if done.returncode == 0:
        return done.stdout
    said = done.stderr.decode(errors="replace").strip()
    name = Path(command[0]).name
    if "not recognized" in said:
        raise RenderError(f"{name} cannot write this. {said}. For other formats {GET_DOT}")
    raise RenderError(f"{name} stopped with code {done.returncode}: {said or 'it said nothing'}")
