"""The steps as a film: one SVG that plays by itself, or its frames."""

import re
import textwrap
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TypeVar

from autograd.trace.steps import Step
from visualize.graph.markup import plain_line, width
from visualize.graph.theme import FONT, THEMES, Theme, mixed, variables
from visualize.stepper.snapshots import SVG, Frame, Scene, Style
from visualize.stepper.views import Stage

MOST = 200  # steps
SIZE, LINE, MARGIN = 13, 18, 14  # of the caption: its font, its lines and the room round it, in points
NARROWEST = 480  # points, so that the caption has room
PHASES = {"forward": "Forward", "backward": "Backward", "update": "Update"}
VARIABLE = re.compile(r"var\((--\w+)(?:, ((?:[^()]|\([^()]*\))*))?\)")

FONTS = f"{FONT}, Helvetica, 'Liberation Sans', 'DejaVu Sans', sans-serif"

OPACITY = ("fill-opacity", "stroke-opacity")

T = TypeVar("T")
ElementTree.register_namespace("", SVG[1:-1])


class Film:
    """A stepper's first picture at every step that can be seen in it, with the step's words under it.

    only: the place of the one step that is wanted. Raises ValueError when there are more than 200 steps.
    """

    def __init__(self, steps: Sequence[Step], stage: Stage, title: str, only: int | None = None) -> None:
        self.stage, self.title = stage, title
        scene = Scene(stage)
        places = scene.seen(steps) if only is None else [only]
        count = len(places)
        if count > MOST:
            raise ValueError(
                f"a film has {MOST} steps at most, and this one has {count:,}: take a "
                "smaller computation, one neuron or one sample, or write the page, stepper(...).save('steps.html')"
            )
        self.frames = list(scene.frames(steps, places))
        _, _, self.graph, high = map(float, scene.picture.attrib["viewBox"].split())
        self.width = max(self.graph, NARROWEST)
        self.captions = [self._caption(frame, steps) for frame in self.frames]
        self.top = high + MARGIN
        self.height = self.top + LINE * max(map(len, self.captions)) + MARGIN

    def svg(self, seconds: float) -> str:
        """The film. A step takes so many seconds, the last one twice that, and then it begins again.

        Where motion is unwelcome it stands still at the last step.
        """
        scene, count = Scene(self.stage), len(self.frames) + 1
        rules = [
            *(f"{start}svg {{ {variables(THEMES[name])} }}{end}" for name, start, end in SCHEMES),
            RULES
            % {"time": f"{seconds * count:g}s", "step": f"{seconds:g}s", "count": count, "first": f"{1 / count:.4g}"},
        ]
        for name, group in scene.groups.items():
            looks = [_look(frame, name) for frame in self.frames]
            if any(looks):
                rules.append(_keyframes(name, looks, count))
                group.set("class", f"{group.get('class')} look")
                group.set("style", f"animation-name: {name}; {_declared(looks[-1], looks[-1])}")
        lengths: set[int] = set()

        def variants(contents: Sequence[T]) -> Iterator[tuple[T, dict[str, str]]]:
            """What is seen for a while each, and the attributes that make it so."""
            for start, end, content in _runs(contents, count):
                lengths.add(end - start)
                last = " last" * (end == count)
                yield content, {"class": f"seen for{end - start}{last}", "style": f"--from: {start}"}

        parents = {child: parent for parent in scene.picture.iter() for child in parent}
        for place, text in enumerate(scene.texts):
            parent = parents[text]
            at = list(parent).index(text)
            parent.remove(text)
            for number, attributes in variants([frame.texts[place] for frame in self.frames]):
                variant = ElementTree.Element(text.tag, text.attrib | attributes)
                variant.text = number
                parent.insert(at, variant)
        root = self._root(scene)
        for caption, attributes in variants(self.captions):
            root.append(self._words(caption, attributes))
        bar = {"x": "0", "y": f"{self.height - 3:g}", "width": f"{self.width:g}", "height": "3", "class": "progress"}
        ElementTree.SubElement(root, f"{SVG}rect", bar)
        for length in sorted(lengths):
            gone = f"{_percent(length, count)} {{ visibility: hidden }}"
            rules.append(f"@keyframes for{length} {{ 0% {{ visibility: visible }} {gone} }}")
            rules.append(f".for{length} {{ animation-name: for{length} }}")
        style = ElementTree.Element(f"{SVG}style")
        style.text = "\n".join(["", *rules, STILL, ""])
        root.insert(1, style)
        return ElementTree.tostring(root, encoding="unicode") + "\n"

    def still(self, place: int, theme: Theme) -> str:
        """One frame as an SVG without any styles: plain attributes, which every program that draws SVG knows."""
        frame, scene = self.frames[place], Scene(self.stage)
        for text, number in zip(scene.texts, frame.texts, strict=True):
            text.text = number
        for name, group in scene.groups.items():
            look = dict(frame.styles.get(name, {}))
            if frame.tints.get(name):
                look["--fill"] = mixed(theme, frame.tints[name])
            group.attrib.update({name: value for name, value in look.items() if name in OPACITY})
            _resolve(group, look)
        root = self._root(scene)
        root.append(self._words(self.captions[place], {}))
        _resolve(root, {"--" + name: colour for name, colour in re.findall(r"--(\w+): ([^;]+)", variables(theme))})
        return ElementTree.tostring(root, encoding="unicode") + "\n"

    def stills(self, theme: Theme) -> list[str]:
        """All frames, each as ``still`` draws it."""
        return [self.still(place, theme) for place in range(len(self.frames))]

    def _root(self, scene: Scene) -> ElementTree.Element:
        pixels = {"width": f"{self.width * 4 / 3:g}", "height": f"{self.height * 4 / 3:g}"}
        size = {"viewBox": f"0 0 {self.width:g} {self.height:g}", **pixels}
        root = ElementTree.Element(f"{SVG}svg", size | {"role": "img", "aria-label": self.title, "font-family": FONTS})
        ElementTree.SubElement(root, f"{SVG}title").text = self.title
        ElementTree.SubElement(root, f"{SVG}rect", {"width": "100%", "height": "100%", "fill": "var(--background)"})
        graph = ElementTree.SubElement(
            root, f"{SVG}g", {"transform": f"translate({(self.width - self.graph) / 2:g} 0)"}
        )
        graph.extend(scene.picture)
        line = {"y1": f"{self.top - MARGIN / 2:g}", "x2": f"{self.width:g}", "stroke": "var(--edge)"}
        ElementTree.SubElement(root, f"{SVG}line", line | {"y2": line["y1"]})
        return root

    def _caption(self, frame: Frame, steps: Sequence[Step]) -> list[str]:
        """The heading, and the words in lines that fit."""
        step = steps[frame.place]
        words = plain_line(step.words)
        most = int((self.width - 2 * MARGIN) * len(words) / width(words, SIZE))
        heading = f"{PHASES[step.phase]} · step {frame.place + 1} of {len(steps)}"
        return [heading, *textwrap.wrap(words, most, break_on_hyphens=False)]

    def _words(self, caption: Sequence[str], attributes: dict[str, str]) -> ElementTree.Element:
        group = ElementTree.Element(f"{SVG}g", {"fill": "var(--text)", "font-size": str(SIZE)} | attributes)
        for row, line in enumerate(caption):
            place = {"x": str(MARGIN), "y": f"{self.top + LINE * (row + 0.75):g}"}
            heading = {} if row else {"font-weight": "bold", "font-size": str(SIZE - 2), "fill": "var(--muted)"}
            ElementTree.SubElement(group, f"{SVG}text", place | heading).text = line
        return group


def _look(frame: Frame, name: str) -> Style:
    tint = frame.tints.get(name, 0.0)
    sign = "positive" if tint > 0 else "negative"
    colour = f"color-mix(in srgb, var(--{sign}) {100 * abs(tint):.3g}%, var(--card))"
    style = frame.styles.get(name, {})
    # Chromium settles a variable in a keyframe before an <img> hears that its page is dark, but not currentColor
    ink = {"--ink": "currentColor"} if "--ink" in style else {}
    return style | ink | ({"--fill": colour} if tint else {})


def _declared(look: Style, properties: Iterable[str]) -> str:
    """The look as CSS; properties that it does not set stay as drawn."""
    return "; ".join(f"{name}: {look.get(name, 'initial')}" for name in properties)


def _keyframes(name: str, looks: Sequence[Style], count: int) -> str:
    properties = sorted({name for look in looks for name in look})
    moments = (
        f"{_percent(start, count)} {{ {_declared(look, properties)} }}" for start, _, look in _runs(looks, count)
    )
    return f"@keyframes {name} {{ {' '.join(moments)} }}"


def _runs(contents: Sequence[T], count: int) -> Iterator[tuple[int, int, T]]:
    """(start, end, content) for each run of equal ones; the last one lasts to the end of the film."""
    start = 0
    for content, run in groupby(contents):
        end = start + len(list(run))
        yield start, count if end == len(contents) else end, content
        start = end


def _percent(place: int, count: int) -> str:
    return f"{100 * place / count:.4g}%"


def _resolve(element: ElementTree.Element, values: Style) -> None:
    """Put the values of variables, or what stands for them, into all attributes."""
    for part in element.iter():
        for name, text in part.attrib.items():
            if "var(" in text:
                part.set(name, VARIABLE.sub(lambda found: values.get(found[1]) or found[2] or found[0], text))


SCHEMES = (("light", "", ""), ("dark", "@media (prefers-color-scheme: dark) { ", " }"))
RULES = """\
svg { color: var(--accent); }
.look, .seen { animation: %(time)s step-end infinite; }
.seen { visibility: hidden; animation-delay: calc(var(--from) * %(step)s - %(time)s); }
.progress { fill: var(--accent); animation: progress %(time)s steps(%(count)d, jump-none) infinite; }
@keyframes progress { from { transform: scaleX(%(first)s) } to { transform: scaleX(1) } }"""
STILL = """\
@media (prefers-reduced-motion: reduce) { * { animation: none !important; } .last { visibility: visible; } }"""
