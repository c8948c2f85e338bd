"""The stepper: the steps of a computation, back and forth, as one HTML page that needs nothing else."""

import html
import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from autograd import Value
from autograd.coercion import describe, number
from autograd.counting import counted
from autograd.trace.named_graph import NamedGraph
from autograd.trace.steps import Step, record_steps
from nn.extras import extra
from visualize.graph.dot import checked, one_of
from visualize.graph.markup import plain_line
from visualize.graph.theme import THEMES
from visualize.stepper.animation import Film
from visualize.stepper.assets import script, stylesheet
from visualize.stepper.page_data import graph_data
from visualize.stepper.saving import MOVING, STILL, ending, moving, still
from visualize.stepper.views import Stage, draw_stage

if TYPE_CHECKING:
    from visualize.stepper.widget import StepperWidget

# The page loads nothing from anywhere.
POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'"
HEIGHT = 760  # pixels of the frame in a notebook
MOST = 5_000  # values


class Stepper:
    """A computation to be stepped through; made by ``stepper(...)``. It shows itself in a notebook.

    steps: the record, as ``value.steps()`` gives it.
    """

    def __init__(self, steps: list[Step], stage: Stage, title: str, graph_data: dict[str, Any]) -> None:
        self.steps = steps
        self.stage = stage
        self.title = title
        self.graph_data = graph_data

    def save(self, path: str | os.PathLike[str], *, step: int | None = None, theme: str = "light") -> Path:
        """Write what the ending of the name says, and return its path.

        .html: the page as one file, which works from disk and without a network. .svg, .png, .pdf: a picture of one
        step. .gif, .mp4, .webm: the steps as a moving picture, see ``animate``.
        step: the number of the step in a picture, from 1; the last one when left out. theme: "light" or "dark", of a
        picture. Raises ValueError for another ending, for a step that is not there and for too many steps to play,
        ModuleNotFoundError where what draws this format is not installed. Nothing is written then.
        """
        one_of("theme", theme, tuple(THEMES))
        target = Path(path)
        format = ending(target, ("html", *STILL, *MOVING))
        if format not in STILL and step is not None:
            raise ValueError(
                f"step is for one picture, {', '.join(STILL)}; a page opens at it with {target.name}#step={step}"
            )
        if format in MOVING:
            return self.animate(target, theme=theme)
        if format == "html":
            target.write_bytes(self.html().encode())
            return target
        number = len(self.steps) if step is None else step
        if number not in range(1, len(self.steps) + 1):
            raise ValueError(f"step must be a number from 1 to {len(self.steps)}, not {step!r}")
        film = Film(self.steps, self.stage, self.title, number - 1)
        target.write_bytes(still(film.still(0, THEMES[theme]), format))
        return target

    def html(self) -> str:
        """The page: the same for the same computation, to the byte."""
        # no label can end the script element that the data lie in, nor begin a comment there
        data = json.dumps(self.data, separators=(",", ":")).replace("</", "<\\/").replace("<!", "\\u003c!")
        return PAGE.format(
            policy=POLICY, title=html.escape(self.title), style=stylesheet(), data=data,
            script=script(),
        )  # fmt: skip

    @property
    def data(self) -> dict[str, Any]:
        """What the page is made of, in JSON's types: its title, the pictures, the graph and its steps."""
        return {"title": self.title, **self.stage.data, **self.graph_data}

    def animate(self, path: str | os.PathLike[str], seconds: float = 3.0, *, theme: str = "light") -> Path:
        """Write the steps as a moving picture, for a README or a slide; return its path.

        .svg plays by itself in an <img>, over and over, in light or dark as the reader's system has it; where motion is
        unwelcome it stands still at the last step. .gif plays likewise, .mp4 and .webm are videos, all in one theme.
        What happens inside the closed boxes of a network is left out.
        seconds: how long a step is seen. theme: "light" or "dark". Raises ValueError for seconds that are not above 0,
        for another ending and for too many steps, ModuleNotFoundError where what draws this format is not installed.
        """
        if not seconds > 0:
            raise ValueError(f"seconds must be above 0, the time that a step is seen, not {seconds!r}")
        one_of("theme", theme, tuple(THEMES))
        target = Path(path)
        format = ending(target, ("svg", *MOVING))
        film = self._film()
        content = film.svg(seconds).encode() if format == "svg" else moving(film.stills(THEMES[theme]), seconds, format)
        target.write_bytes(content)
        return target

    def frames(self, folder: str | os.PathLike[str], format: str = "svg", theme: str = "light") -> list[Path]:
        """Write each picture of the film by itself, step-001.svg, step-002.svg, ...; return their paths.

        folder: made when missing. format: "svg" or "png". theme: "light" or "dark".
        Raises ValueError for another format or theme and for too many steps, ModuleNotFoundError
        for "png" where the extra "png" is not installed.
        """
        one_of("format", format, ("svg", "png"))
        one_of("theme", theme, tuple(THEMES))
        film, target = self._film(), Path(folder)
        contents = [still(svg, format) for svg in film.stills(THEMES[theme])]
        target.mkdir(parents=True, exist_ok=True)
        paths = [target / f"step-{frame.place + 1:03}.{format}" for frame in film.frames]
        for path, content in zip(paths, contents, strict=True):
            path.write_bytes(content)
        return paths

    def _film(self) -> Film:
        return Film(self.steps, self.stage, self.title)

    def widget(self) -> "StepperWidget":
        """The stepper alive in a notebook: ``widget.step`` and ``widget.box`` follow it, and it follows them.

        Raises ModuleNotFoundError where the extra "notebook" is not installed.
        """
        live: StepperWidget = extra("visualize.stepper.widget", "anywidget").StepperWidget(
            page=self.data, box=self.stage.start
        )
        return live

    def _repr_html_(self) -> str:
        # a frame, so that page and notebook cannot disturb each other, and so that it still lives in exported HTML
        return (
            f'<iframe srcdoc="{html.escape(self.html())}" title="{html.escape(self.title)}" '
            f'style="width: 100%; height: {HEIGHT}px; border: 0; border-radius: 10px"></iframe>'
        )

    def __repr__(self) -> str:
        return f"<stepper of {self.title}: {counted(len(self.steps), 'step')}>"


def stepper(
    root: Value,
    *,
    names: Mapping[str, Any] | None = None,
    update: Iterable[Value] = (),
    lr: float = 0.1,
    rankdir: str = "LR",
    program: str | None = None,
) -> Stepper:
    """Step through the computation of ``root`` and its backward pass: ``stepper(loss).save("steps.html")``.

    names: what to call values without a label, names=locals(); in a notebook its variables. update, lr: leaves, such as
    ``model.parameters()``, that take a step downhill at the end. rankdir: "LR" or "TB", the direction of the graph.
    program: what draws it.
    No number and no gradient changes. Raises TypeError when root is not a Value, ValueError for an unknown rankdir,
    for an update of something that is not a leaf of the graph and for a graph that is too large for a page, RenderError
    when the graph cannot be drawn.
    """
    if not isinstance(root, Value):
        raise TypeError(f"root must be the Value whose computation is stepped through, not {describe(root)}")
    names = checked(names, rankdir)
    graph = NamedGraph(root, names)
    size = len(graph.nodes)
    if size > MOST:
        raise ValueError(
            f"this graph has {size:,} values, and a page steps through {MOST:,} at most: step through one sample or "
            "one neuron, or draw the whole with its modules as closed boxes, draw_dot(root, depth=1)"
        )
    learning = list(update)
    steps = record_steps(graph, learning, lr)
    stage = draw_stage(graph, steps, rankdir, program)
    page_data = graph_data(graph, steps, learning, number(lr, "lr"))
    return Stepper(steps, stage, f"{plain_line(graph.names[root])}, step by step", page_data)


PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="glassgrad">
<title>{title}</title>
<style>
{style}</style>
</head>
<body class="glassgrad">
<noscript>This page shows its steps with JavaScript, which is switched off here.</noscript>
<script type="application/json" id="page">{data}</script>
<script type="module">
{script}
open();
</script>
</body>
</html>
"""
