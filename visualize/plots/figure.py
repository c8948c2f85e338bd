"""A figure that looks the same on every machine, whatever the reader's own settings; loaded when first needed."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from os import PathLike, fspath
from pathlib import Path
from typing import Any

from matplotlib import rc_context, rcdefaults, rcParams
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.colors import BoundaryNorm as BoundaryNorm
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle as Rectangle
from matplotlib.ticker import MaxNLocator

from visualize.graph.markup import image, plain_line, shortened
from visualize.graph.theme import THEMES

THEME = THEMES["light"]
STYLE: dict[Any, Any] = {
    "font.size": 10.5,
    "figure.dpi": 100,
    "savefig.dpi": 100,
    "text.parse_math": False,  # a $ in the name of a column is a dollar
    "svg.hashsalt": "glassgrad",  # else the names inside an SVG differ from run to run
    "text.color": THEME.text,
    "axes.labelcolor": THEME.text,
    "axes.edgecolor": THEME.line,
    "axes.titlecolor": THEME.muted,
    "axes.titlesize": "medium",
    "axes.titlelocation": "left",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": THEME.edge,
    "grid.linewidth": 0.7,
    "xtick.color": THEME.line,
    "ytick.color": THEME.line,
    "xtick.labelcolor": THEME.text,
    "ytick.labelcolor": THEME.text,
    "legend.frameon": False,
    "lines.linewidth": 1.8,
}
# Nothing that changes with the day or the version goes into a file.
METADATA: dict[str, dict[str, Any]] = {
    ".svg": {"Date": None, "Creator": None},
    ".png": {"Software": None},
    ".pdf": {"CreationDate": None, "Producer": None, "Creator": None},
}
# From the palette of Okabe and Ito (2008), which colour-blind eyes can distinguish; markers and dashes differ too.
COLOURS = BLUE, ORANGE, GREEN, PURPLE, SKY, YELLOW = "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00"
MARKERS = ("o", "s", "^", "D", "v", "P", "X")
RIGHT = LinearSegmentedColormap.from_list("right", [THEME.background, THEME.positive, BLUE])
WRONG = LinearSegmentedColormap.from_list("wrong", [THEME.background, THEME.negative, ORANGE])
HEIGHTS = LinearSegmentedColormap.from_list("heights", [THEME.background, THEME.positive])
DENSITY = LinearSegmentedColormap.from_list("density", [THEME.background, THEME.positive, "#1b639f", "#0b2f50"])


class Plot(Figure):
    """A matplotlib figure that shows itself in a notebook, and can be saved without the date in it."""

    def save(self, path: str | PathLike[str]) -> None:
        """Write the picture; its format is the ending of the name: .svg, .png, .pdf.

        The same picture gives the same bytes. Raises ValueError for a format that matplotlib does not write.
        """
        suffix = Path(path).suffix.lower()
        with _style():
            self.savefig(fspath(path), metadata=self._metadata(suffix))

    def __repr__(self) -> str:
        return f"<{self.alt.rstrip('.')}>"

    def _repr_html_(self) -> str:
        content = BytesIO()
        with _style():
            self.savefig(content, format="svg", metadata=self._metadata(".svg"))
        return image(content.getvalue().decode(), self.alt)

    @property
    def alt(self) -> str:
        """The title and the words on each diagram: for readers who cannot see it."""
        parts = [self.get_suptitle()]
        for axes in self.axes:
            legend = axes.get_legend()
            curves = [text.get_text() for text in legend.get_texts()] if legend else []
            parts.append(
                ", ".join(filter(None, [axes.get_title(loc="left"), axes.get_ylabel(), axes.get_xlabel(), *curves]))
            )
        return ". ".join(filter(None, parts)) + "."

    def _metadata(self, suffix: str) -> dict[str, Any] | None:
        fixed = METADATA.get(suffix)
        return fixed and {"Title": self.get_suptitle(), **fixed}


@contextmanager
def plot(title: str, width: float = 6.4, height: float = 4.2) -> Iterator[Plot]:
    """A figure to draw on, in the project's style. width, height: in inches, of 100 points of a screen each."""
    with _style():
        figure = Plot(figsize=(width, height), layout="constrained")
        figure.suptitle(title, x=0.01, ha="left", fontsize="large", fontweight="bold")
        yield figure


def whole(axis: Axis) -> None:
    """Only whole numbers on this axis."""
    axis.set_major_locator(MaxNLocator(steps=[1, 2, 5, 10], integer=True, min_n_ticks=1))


def name(text: str) -> str:
    """A name from a user's data, short and on one line."""
    return shortened(plain_line(text))


def frame(axes: Axes) -> None:
    """A line all round, and no grid: for what fills its axes."""
    axes.grid(visible=False)
    axes.spines[:].set_visible(True)


@contextmanager
def _style() -> Iterator[None]:
    with rc_context():  # the reader's own settings come back at the end
        rcdefaults()
        rcParams.update(STYLE)
        yield
