"""The moving picture and its frames: as text against the record, and in an <img> of a real browser."""

import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from io import BytesIO

import pytest
from expected import shown_after
from matplotlib.colors import to_hex
from matplotlib.image import imread

import nn
from autograd import Value
from visualize import stepper
from visualize.graph.theme import THEMES

SVG = "{http://www.w3.org/2000/svg}"


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


@pytest.mark.parametrize("make", [neuron, dead_relu])
def test_every_frame_shows_the_numbers_the_words_and_what_happens(tmp_path, make):
    made = make()
    frames = stills(made, tmp_path)
    assert len(frames) == len(made.steps)
    for number, (step, svg) in enumerate(zip(made.steps, frames, strict=True), 1):
        parts = groups(svg)
        data, grad = shown_after(made.steps, number)
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


def test_what_is_not_computed_yet_is_pale_and_its_derivatives_are_hidden(tmp_path):
    made = neuron()
    first = groups(stills(made, tmp_path)[0])
    assert first["n0"].get("fill-opacity") is None
    for name in ("n1", "n3", "n3_0", "n3_operation", "n3_output"):
        assert first[name].get("fill-opacity") == first[name].get("stroke-opacity") == "0.45"
    assert [text.get("visibility") for text in first["n3_0"].iter(f"{SVG}text")] == ["hidden"]
    last = groups(stills(made, tmp_path)[-1])
    assert {part.get("fill-opacity") for part in last.values()} == {None}
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
    box = next(groups(ElementTree.fromstring(text))["n0"].iter(f"{SVG}polygon"))
    assert box.get("fill") == THEMES[theme].negative  # the largest gradient, and below 0


def test_frames_as_bitmaps(tmp_path):
    paths = neuron().frames(tmp_path, "png")
    assert [path.suffix for path in paths] == [".png"] * len(paths)
    assert len({path.read_bytes() for path in paths}) == len(paths)
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in paths)


def test_bitmaps_need_an_extra(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    with pytest.raises(ModuleNotFoundError, match=r"-m pip install resvg-py"):
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
        data, grad = shown_after(made.steps, number)
        shown = [text.text for text in groups(svg)["b2"].iter(f"{SVG}text")]
        for row, node in enumerate(boxes[2]["outputs"]):
            assert shown[5 + 3 * row : 7 + 3 * row] == [data[node], grad[node]]
    outputs = boxes[2]["outputs"]
    back = next(place for place, step in enumerate(made.steps, 1) if step.node in outputs and step.action == "add")
    parts = groups(frames[seen.index(back)])
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
    assert {part.tag.removeprefix(SVG) for part in svg.iter()} == {
        "svg", "title", "style", "rect", "line", "g", "text", "polygon", "path", "ellipse",
    }  # fmt: skip
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
    with pytest.raises(ValueError, match=r"a film has 200 steps at most, and this one has 202:.*save"):
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
        subprocess.run([sys.executable, "-c", PROGRAM, folder], env=os.environ | {"PYTHONHASHSEED": seed}, check=True)
        written.append({path.name: path.read_bytes() for path in folder.iterdir()})
    assert len(written[0]) > 20
    assert written[0] == written[1]


LOOKS = """() => {
    const seen = element => getComputedStyle(element).visibility === "visible";
    const words = element => [...element.querySelectorAll("text")].filter(seen).map(text => text.textContent);
    const shape = element => {
        const { stroke, strokeWidth, strokeDasharray, fill } = getComputedStyle(element);
        return [stroke, strokeWidth, strokeDasharray, fill];
    };
    const parts = [...document.querySelectorAll("[data-id]")].map(part => [
        part.dataset.id, getComputedStyle(part).fillOpacity, words(part),
        [...part.querySelectorAll("polygon, path, ellipse")].map(shape),
    ]);
    return [parts, words(document)];
}"""
SEEK = "time => document.getAnimations().forEach(one => { one.pause(); one.currentTime = time; })"


COLOUR = re.compile(r"(color|rgb)\(([^)]*)\)")


def assert_alike(film, still):
    """The same to the letter, but colours, which are mixed in the film and given in the still: as good as the same."""

    def colours(looks):
        for kind, parts in COLOUR.findall(str(looks)):
            for part in re.findall(r"[\d.]+", parts)[:3]:
                yield float(part) * (255 if kind == "color" else 1)

    assert COLOUR.sub("", str(film)) == COLOUR.sub("", str(still))
    assert list(colours(film)) == pytest.approx(list(colours(still)), abs=1)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("make", [neuron, network])
def test_at_every_moment_the_film_shows_the_frame_of_that_step(browser, tmp_path, make, scheme):
    made = make()
    playing = browser.new_page(color_scheme=scheme, reduced_motion="no-preference")
    playing.goto(made.animate(tmp_path / "film.svg", seconds=2).as_uri())
    still = browser.new_page()
    paths = made.frames(tmp_path, theme=scheme)
    for place, path in enumerate(paths):
        playing.evaluate(SEEK, 2000 * place + 1000)
        still.goto(path.as_uri())
        assert_alike(playing.evaluate(LOOKS), still.evaluate(LOOKS))
    playing.evaluate(SEEK, 2000 * (len(paths) + 1) + 1000)  # it begins again
    still.goto(paths[0].as_uri())
    assert_alike(playing.evaluate(LOOKS), still.evaluate(LOOKS))
    playing.close()
    still.close()


def test_where_motion_is_unwelcome_the_last_frame_stands_still(browser, tmp_path):
    made = neuron()
    page = browser.new_page(reduced_motion="reduce")
    page.goto(made.animate(tmp_path / "film.svg").as_uri())
    assert page.evaluate("document.getAnimations().length") == 0
    film = page.evaluate(LOOKS)
    page.goto(made.frames(tmp_path)[-1].as_uri())
    assert_alike(film, page.evaluate(LOOKS))
    page.close()


def image(browser, path, **media):
    """A page with the file in an <img>, and everything that it asked for or complained of."""
    page = browser.new_page(viewport={"width": 800, "height": 500}, **media)
    noise = []
    page.on("console", lambda message: noise.append(message.text))
    page.on("request", lambda request: noise.append(request.url))
    page.goto(path.parent.as_uri())
    noise.clear()
    html = path.with_suffix(".html")
    html.write_text(f'<body style="margin: 0"><img src="{path.name}" alt="" style="width: 800px">', encoding="utf-8")
    page.goto(html.as_uri())
    page.wait_for_function("document.images[0].complete && document.images[0].naturalWidth > 0")
    return page, noise


def test_it_plays_by_itself_in_an_img_and_asks_for_nothing(browser, tmp_path):
    path = neuron().animate(tmp_path / "film.svg", seconds=0.5)
    page, noise = image(browser, path)
    first = page.screenshot()
    for _ in range(100):
        page.wait_for_timeout(100)
        if page.screenshot() != first:
            break
    else:
        pytest.fail("ten seconds, and nothing moved")
    assert noise == [path.with_suffix(".html").as_uri(), path.as_uri()]
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_img_is_light_or_dark_as_the_system_is(browser, tmp_path, scheme):
    page, _ = image(browser, neuron().animate(tmp_path / "film.svg"), color_scheme=scheme)
    corner = page.screenshot(clip={"x": 5, "y": 5, "width": 2, "height": 2})
    page.set_content(f'<body style="background: {THEMES[scheme].background}">')
    assert page.screenshot(clip={"x": 5, "y": 5, "width": 2, "height": 2}) == corner
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_happens_now_has_the_colour_of_the_scheme_from_the_first_moment(browser, tmp_path, scheme):
    page, _ = image(browser, neuron().animate(tmp_path / "film.svg", seconds=60), color_scheme=scheme)
    page.wait_for_timeout(500)
    graph = {"x": 0, "y": 0, "width": 800, "height": 160}
    pixels = {to_hex(pixel) for pixel in imread(BytesIO(page.screenshot(clip=graph))).reshape(-1, 3)}
    assert [name for name, theme in THEMES.items() if theme.accent in pixels] == [scheme]
    page.close()


def test_an_img_stands_still_where_motion_is_unwelcome(calm_browser, tmp_path):
    page, _ = image(calm_browser, neuron().animate(tmp_path / "film.svg", seconds=0.05))
    first = page.screenshot()
    page.wait_for_timeout(1000)
    assert page.screenshot() == first
