"""The moving picture and its frames: as text against the record, and in an <img> of a real browser."""

import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from itertools import pairwise

import pytest
from playwright.sync_api import sync_playwright

import nn
from autograd import Value
from autograd.scalars import short
from visualize import stepper
from visualize.theme import THEMES

SVG = "{http://www.w3.org/2000/svg}"
DASH = "–"


def neuron():
    x, w, b = Value(2.0, label="x"), nn.Parameter(-3.0, label="w"), nn.Parameter(6.5, label="b")
    out = (x * w + b).tanh()
    out.label = "out"
    return stepper(out, update=[w, b], lr=0.5)


def network():
    loss = nn.mse_loss(nn.MLP(2, [3, 2, 1], seed=1)([Value(0.5, label="x1"), Value(-1.0, label="x2")]), 1.0)
    return stepper(loss)


def dead_relu():
    w, x = Value(-1.0, label="w"), Value(2.0, label="x")
    return stepper((w * x).relu() * 3 + x)


def film(made, tmp_path, **how):
    return ElementTree.parse(made.animate(tmp_path / "film.svg", **how)).getroot()


def stills(made, tmp_path, **how):
    return [ElementTree.parse(path).getroot() for path in made.frames(tmp_path / "frames", **how)]


def groups(svg):
    return {part.get("data-id"): part for part in svg.iter(f"{SVG}g") if part.get("data-id")}


def words(element):
    return " ".join("".join(text.itertext()) for text in element.iter(f"{SVG}text"))


def standing(steps, number):
    """Data and gradient of every node after so many steps, worked out from the record."""
    data = [DASH] * (1 + max(step.node for step in steps))
    grad = list(data)
    for step in steps[:number]:
        (grad if step.phase == "backward" else data)[step.node] = short(step.after)
    if number >= max(place for place, step in enumerate(steps, 1) if step.phase == "backward"):
        grad = ["0" if text == DASH else text for text in grad]
    return data, grad


@pytest.mark.parametrize("make", [neuron, dead_relu])
def test_every_frame_shows_the_numbers_the_words_and_what_happens(tmp_path, make):
    made = make()
    frames = stills(made, tmp_path)
    assert len(frames) == len(made.steps)
    for number, (step, svg) in enumerate(zip(made.steps, frames, strict=True), 1):
        parts = groups(svg)
        data, grad = standing(made.steps, number)
        for node in range(len(data)):
            shown = [text.text for text in parts[f"n{node}"].iter(f"{SVG}text")]
            assert (shown[-3], shown[-1]) == (data[node], grad[node])
        assert f"step {number} of {len(made.steps)}" in words(svg)
        assert " ".join(step.words.split()) in words(svg)
        accent = THEMES["light"].accent
        lit = {name for name, part in parts.items() if any(shape.get("stroke") == accent for shape in part.iter())}
        expected = {f"n{step.node}"}
        if step.action == "add":
            expected |= {f"n{step.source}{end}" for end in ("", f"_{step.argument}", "_operation", "_output")}
        elif step.action == "compute":
            expected |= {f"n{step.node}_{end}" for end in ("operation", "output", *range(len(step.operands)))}
        assert lit == expected


def test_a_gradient_colours_its_box_by_its_sign():
    pass


def test_what_is_not_computed_yet_is_pale_and_its_derivatives_are_hidden(tmp_path):
    made = neuron()
    first = groups(stills(made, tmp_path)[0])
    assert first["n0"].get("opacity") == "1"
    for name in ("n1", "n3", "n3_0", "n3_operation", "n3_output"):
        assert first[name].get("opacity") == "0.45"
    assert [text.get("visibility") for text in first["n3_0"].iter(f"{SVG}text")] == ["hidden"]
    last = groups(stills(made, tmp_path)[-1])
    assert {part.get("opacity") for part in last.values()} <= {"1", None}
    assert [text.get("visibility") for text in last["n3_0"].iter(f"{SVG}text")] == ["visible"]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_frames_are_plain_pictures_in_the_colours_of_a_theme(tmp_path, theme):
    made = neuron()
    paths = made.frames(str(tmp_path / "a" / "b"), theme=theme)
    assert [path.name for path in paths] == [f"step-{number:03}.svg" for number in range(1, len(made.steps) + 1)]
    text = paths[-1].read_text(encoding="utf-8")
    assert "var(" not in text
    assert "<style" not in text
    assert THEMES[theme].background in text
    fills = {name: next(part.iter(f"{SVG}polygon")).get("fill") for name, part in groups(ElementTree.fromstring(text)).items() if name == "n0"}
    assert fills == {"n0": THEMES[theme].negative}  # the largest gradient, and below 0


def test_frames_as_bitmaps(tmp_path):
    paths = neuron().frames(tmp_path, "png")
    assert [path.suffix for path in paths] == [".png"] * len(paths)
    assert len({path.read_bytes() for path in paths}) == len(paths)
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in paths)


def test_bitmaps_need_an_extra(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    with pytest.raises(ModuleNotFoundError, match=r'pip install "glassgrad\[png\]"'):
        neuron().frames(tmp_path / "none", "png")
    assert not (tmp_path / "none").exists()


def test_in_a_network_only_what_can_be_seen_is_filmed(tmp_path):
    made = network()
    frames = stills(made, tmp_path)
    assert len(frames) < len(made.steps)
    home, boxes = made.data["home"], made.data["boxes"]
    listed = {node for box in boxes for node in box["outputs"] if box["around"] == made.data["start"]}
    seen = [number for number, step in enumerate(made.steps, 1) if home[step.node] == 0 or step.node in listed]
    assert [int(re.search(r"step (\d+) of", words(svg))[1]) for svg in frames] == seen
    for number, svg in zip(seen, frames, strict=True):
        data, grad = standing(made.steps, number)
        shown = [text.text for text in groups(svg)["b2"].iter(f"{SVG}text")]
        assert [part for node in boxes[2]["outputs"] for part in (data[node], grad[node])] == [
            number for row in range(len(boxes[2]["outputs"])) for number in shown[5 + 3 * row : 7 + 3 * row]
        ]
    back = next(place for place, step in enumerate(made.steps) if step.node in boxes[2]["outputs"] and step.action == "add")
    parts = groups(frames[seen.index(back + 1)])
    accent = THEMES["light"].accent
    assert {name for name, part in parts.items() if any(shape.get("stroke") == accent for shape in part.iter())} == {
        "b2", "b2-b6", "b6",
    }  # fmt: skip


def test_a_film_is_one_file_without_scripts_or_links(tmp_path):
    made = neuron()
    path = made.animate(str(tmp_path / "film.svg"))
    text = path.read_text(encoding="utf-8")
    assert path.stat().st_size < 200_000
    svg = ElementTree.fromstring(text)
    assert not [part for part in svg.iter() if part.tag.split("}")[1] in ("script", "image", "foreignObject", "a", "use")]
    assert not re.search(r"url\(|@import|href|\bon\w+=", text)
    assert svg.findtext(f"{SVG}title") == svg.get("aria-label") == "out, step by step"


def test_a_label_is_text_in_a_film(tmp_path):
    label = "</style><script>alert(1)</script>\x00"
    root = film(stepper(Value(2.0, label=label) * 2), tmp_path)
    assert not list(root.iter(f"{SVG}script"))
    assert "</style><script>alert(1)</script>" in words(root)


def test_too_many_steps_are_refused_with_advice(tmp_path):
    x = Value(1.0)
    for _ in range(100):
        x = x * 1.01
    with pytest.raises(ValueError, match=r"a film of 204 steps is more than anybody would watch, 200 at most.*save"):
        stepper(x).animate(tmp_path / "film.svg")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda made, path: made.animate(path, seconds=0), "seconds must be above 0"),
        (lambda made, path: made.frames(path, "gif"), "format must be 'svg' or 'png', not 'gif'"),
        (lambda made, path: made.frames(path, theme="blue"), "theme must be 'light' or 'dark', not 'blue'"),
    ],
)
def test_wrong_arguments_say_what_is_expected(tmp_path, call, message):
    with pytest.raises(ValueError, match=message):
        call(neuron(), tmp_path / "x")


PROGRAM = """
import sys
from pathlib import Path
from autograd import Value
from visualize import stepper
x = [Value(i / 3, label=f"x{i}") for i in range(3)]
made = stepper(sum(a * b for a in x for b in x[:2]).tanh(), update=x)
made.animate(Path(sys.argv[1], "film.svg"))
made.frames(sys.argv[1])
"""


def test_same_computation_same_bytes(tmp_path):
    written = []
    for seed in "12":
        folder = tmp_path / seed
        folder.mkdir()
        subprocess.run(
            [sys.executable, "-c", PROGRAM, folder], env=os.environ | {"PYTHONHASHSEED": seed}, check=True
        )
        written.append({path.name: path.read_bytes() for path in folder.iterdir()})
    assert len(written[0]) > 20
    assert written[0] == written[1]


# In a browser. A film cannot be asked what it shows, so pictures are compared: of the film in an <img> at some moment,
# and of the still frame that should be seen then.

SHORT = 0.4  # seconds a step


@pytest.fixture(scope="module")
def calm_browser():
    """A browser on a system where motion is unwelcome: to pictures in a page only the system's own setting is passed on."""
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None)
    if program is None:
        pytest.skip("needs a browser on PATH")
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--force-prefers-reduced-motion"]
        chromium = playwright.chromium.launch(executable_path=program, args=arguments)
        yield chromium
        chromium.close()
