"""What a stepper is saved as: the ending of the name says it, and any other ending writes nothing."""

import sys
import xml.etree.ElementTree as ElementTree

import imageio_ffmpeg
import pytest
from PIL import Image

import nn
from autograd import Value
from visualize import stepper
from visualize.graph.theme import THEMES

BEGINNINGS = {
    "html": b"<!DOCTYPE html>", "svg": b"<svg ", "png": b"\x89PNG\r\n", "pdf": b"%PDF-", "gif": b"GIF89a",
}  # fmt: skip


def square():
    return stepper(Value(3.0, label="a") ** 2)


def network():
    return stepper(nn.mse_loss(nn.MLP(2, [2, 1], seed=1)([0.5, -1.0]), 1.0))


def words(path):
    return " ".join(ElementTree.parse(path).getroot().itertext())


@pytest.mark.parametrize("ending", BEGINNINGS)
def test_the_ending_is_the_format_in_capitals_too(tmp_path, ending):
    path = square().save(tmp_path / f"a.{ending.upper()}")
    assert path.read_bytes().startswith(BEGINNINGS[ending])
    assert square().save(tmp_path / f"b.{ending}").read_bytes() == path.read_bytes()


@pytest.mark.parametrize("ending", ["mp4", "webm"])
def test_a_video_shows_each_step_for_so_many_seconds_and_the_last_twice(tmp_path, ending):
    made = square()
    path = made.animate(tmp_path / f"a.{ending}", seconds=0.2)
    frames, seconds = imageio_ffmpeg.count_frames_and_secs(str(path))
    assert frames == len(made.steps) + 1
    assert seconds == pytest.approx(0.2 * frames, abs=0.05)


def test_a_gif_shows_each_step_over_and_over(tmp_path):
    made = square()
    with Image.open(made.animate(tmp_path / "a.gif", seconds=0.5, theme="dark")) as gif:
        assert (gif.n_frames, gif.info["loop"], gif.info["duration"]) == (len(made.steps), 0, 500)
        corner = gif.convert("RGB").getpixel((0, 0))
    assert "#" + "".join(f"{part:02x}" for part in corner) == THEMES["dark"].background


@pytest.mark.parametrize("make", [square, network])
def test_a_picture_is_of_the_last_step_or_of_the_one_asked_for(tmp_path, make):
    made = make()
    last = len(made.steps)
    assert f"step {last} of {last}" in words(made.save(tmp_path / "a.svg"))
    for step in range(1, last + 1):  # also of a step inside of a closed box
        assert f"step {step} of {last}" in words(made.save(tmp_path / "a.svg", step=step))


@pytest.mark.parametrize("name", ["a.jpg", "a", ".html", "a.html.bak", "a.svgz"])
def test_any_other_ending_is_refused_and_writes_nothing(tmp_path, name):
    with pytest.raises(ValueError, match=r"the name must end in what is to be written, \.html, \.svg, \.png"):
        square().save(tmp_path / name)
    with pytest.raises(ValueError, match=r"the name must end in what is to be written, \.svg, \.gif, \.mp4"):
        square().animate(tmp_path / name)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("step", [0, -1, 5, 1.5, "2"])
def test_a_step_that_is_not_there_is_refused(tmp_path, step):
    with pytest.raises(ValueError, match="step must be a number from 1 to 4, not"):
        square().save(tmp_path / "a.png", step=step)
    assert list(tmp_path.iterdir()) == []


def test_a_page_and_a_film_have_all_steps(tmp_path):
    for name in ("a.html", "a.gif"):
        with pytest.raises(ValueError, match=f"step is for one picture.*{name}#step=2"):
            square().save(tmp_path / name, step=2)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "module", "package"),
    [("a.png", "resvg_py", "resvg-py"), ("a.pdf", "PIL.Image", "pillow"), ("a.mp4", "imageio.v2", "imageio")],
)
def test_without_what_draws_a_format_the_error_says_what_to_install(tmp_path, monkeypatch, name, module, package):
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(ModuleNotFoundError, match=f"this needs {package}.*pip install"):
        square().save(tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_no_text_asks_for_one_font_only_as_a_bitmap_would_lack_it_where_that_is_missing(tmp_path):
    svg = ElementTree.parse(network().save(tmp_path / "a.svg")).getroot()
    assert "MLP" in "".join(svg.itertext())
    assert [text.text for text in svg.iter("{http://www.w3.org/2000/svg}text") if "font-family" in text.attrib] == []
    assert "sans-serif" in svg.get("font-family")
