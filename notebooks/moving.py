"""Pictures that move by themselves wherever images are shown: no script, and still where motion is unwelcome."""

import html
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

from pictures import Shown
from visualize.graph.theme import THEMES, variables
from visualize.stepper.animation import FONTS, RULES, SCHEMES, STILL
from visualize.stepper.page import Stepper

KIND = "image/svg+xml"


def film(steps: Stepper, alt: str, seconds: float = 2.0) -> Shown:
    """The steps of a small computation, one after the other.

    alt: what is to be seen, for readers who cannot see it. seconds: how long a step is seen.
    """
    with TemporaryDirectory() as folder:
        return Shown(alt, KIND, steps.animate(Path(folder) / "film.svg", seconds).read_bytes())


def flip_book(drawn: str, pages: Sequence[str], alt: str, height: int, seconds: float = 1.0) -> Shown:
    """Pages that are seen in turn over what is always there, again and again; without motion the last one alone.

    drawn, pages: SVG elements, in a picture 700 wide and so high, whose colours are those of the theme: "var(--text)".
    A page that is repeated is held. seconds: how long a page is seen.
    """
    count, start, seen = len(pages), 0, []
    lengths = set()
    for page, run in groupby(pages):
        length = len(list(run))
        lengths.add(length)
        last = " last" * (start + length == count)
        seen.append(f'<g class="seen for{length}{last}" style="--from: {start}">{page}</g>')
        start += length
    rules = [
        *(f"{begin}svg {{ {variables(THEMES[name])} }}{end}" for name, begin, end in SCHEMES),
        RULES % {"time": f"{seconds * count:g}s", "step": f"{seconds:g}s", "count": count, "first": f"{1 / count:.4g}"},
        "text { fill: var(--text); font-size: 15px; } .small { fill: var(--muted); font-size: 13px; }",
    ]
    for length in sorted(lengths):
        gone = f"{100 * length / count:.4g}% {{ visibility: hidden }}" if length < count else ""
        rules.append(f"@keyframes for{length} {{ 0% {{ visibility: visible }} {gone} }}")
        rules.append(f".for{length} {{ animation-name: for{length} }}")
    style, book = "\n".join([*rules, STILL]), "\n".join(seen)
    svg = f"""\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 700 {height}" width="700" height="{height}" font-family="{FONTS}">
<title>{html.escape(alt)}</title>
<style>
{style}
</style>
<rect width="100%" height="100%" fill="var(--background)"/>
{drawn}
{book}
<rect y="{height - 3}" width="700" height="3" class="progress"/>
</svg>
"""
    return Shown(alt, KIND, svg.encode())
