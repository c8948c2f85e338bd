"""Which program draws, what it may not do (hang, miss a format silently), and where files go."""

import base64
import shutil
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from autograd import Value
from visualize import draw_dot
from visualize.graph.render import BUNDLED, HURRY, RenderError, find_program

PYTHON = sys.executable


def picture(**how):
    return draw_dot(Value(2.0, label="a") * 3, **{"program": BUNDLED, **how})


@pytest.fixture
def nothing_installed(monkeypatch, tmp_path):
    """No renderer on PATH nor beside the running Python."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    monkeypatch.setattr("sysconfig.get_path", lambda *_: str(tmp_path))
    return tmp_path


def put_program(folder, name, script):
    """A program that runs a Python script."""
    if sys.platform == "win32":
        pytest.skip("a script cannot stand in for a program on Windows")
    path = folder / name
    path.write_text(f"#!{PYTHON}\n{script}")
    path.chmod(0o755)
    return str(path)


def test_without_any_renderer_the_error_says_how_to_get_one(nothing_installed):
    with pytest.raises(RenderError, match=r"pip install graphviz-pure.*apt install graphviz"):
        draw_dot(Value(1.0)).pipe("svg")


def test_dot_text_needs_no_renderer(nothing_installed):
    assert draw_dot(Value(1.0, label="a")).source.startswith("digraph")


def test_dot_on_path_comes_first_then_the_wheel_beside_python(nothing_installed):
    beside = put_program(nothing_installed, BUNDLED, "")
    assert find_program() == beside
    system = put_program(nothing_installed, "dot", "")
    assert find_program() == system
    assert find_program(BUNDLED) == beside


def test_chosen_program_is_used_and_a_missing_one_is_named(nothing_installed):
    mine = put_program(nothing_installed, "mine", "print('drawn')")
    assert picture(program=mine).pipe("svg", encoding="utf-8") == "drawn\n"
    with pytest.raises(RenderError, match="program 'no-such' is not on PATH"):
        picture(program="no-such").pipe()


def test_wheel_draws_svg_and_png_and_dot():
    assert picture().pipe("svg").startswith(b"<?xml")
    assert picture().pipe("png").startswith(b"\x89PNG")
    assert "pos=" in picture().pipe("dot", encoding="utf-8")


def test_pdf_without_system_graphviz_says_how_to_get_it():
    with pytest.raises(RenderError, match=r"\"pdf\" not recognized.*apt install graphviz"):
        picture().pipe("pdf")


@pytest.mark.skipif(not shutil.which("dot"), reason="needs Graphviz's own dot on PATH")
def test_pdf_with_system_graphviz():
    assert picture(program="dot").pipe("pdf").startswith(b"%PDF")


@pytest.mark.skipif(not shutil.which("dot"), reason="needs Graphviz's own dot on PATH")
@pytest.mark.parametrize("label", ["back\\slash \\N", "<b>", "שלום", '"'])
def test_system_graphviz_draws_labels_as_text_too(label):
    shown = draw_dot(Value(1.0, label=label) + 1, program="dot").pipe("svg", encoding="utf-8")
    assert label.replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;") in shown.replace("&#160;", " ")


def test_unknown_format_is_refused_before_anything_is_drawn():
    with pytest.raises(ValueError, match="'docx'"):
        picture().pipe("docx")


def shown(drawing):
    """The words for a picture in a notebook, and its SVG."""
    ((kind, content),) = drawing._repr_mimebundle_().items()
    assert kind == "text/html"
    image = ElementTree.fromstring(content.replace(">", "/>"))
    head, data = image.get("src").split(",")
    assert head == "data:image/svg+xml;base64"
    return image.get("alt"), base64.b64decode(data)


def test_a_notebook_shows_the_picture_with_words_for_it():
    words, svg = shown(picture())
    assert svg == picture().pipe("svg")
    a, b = Value(2.0, label='"a" < b'), Value(-3.0, label="b")
    c = a * b
    words, _ = shown(draw_dot(c, names={"c": c}))
    assert words == 'The graph of c = -6, computed from "a" < b, b: 3 values, no gradient is computed yet.'
    c.backward()
    assert shown(draw_dot(c, names={"c": c}))[0].endswith("3 values, with gradients.")
    many = sum(Value(1.0, label=f"x{place}") for place in range(11))
    assert "computed from x0, x1, x2, x3, x4, x5, x6, x7 and 3 more: 22 values" in shown(draw_dot(many))[0]


def test_renderer_says_nothing_to_the_user(capfd):
    draw_dot(Value(1.0, label="é日") + 1, program=BUNDLED).pipe("svg")
    assert capfd.readouterr() == ("", "")


def test_render_writes_the_picture_and_the_text_beside_it(tmp_path):
    written = picture().render(tmp_path / "deep" / "graph", format="png")
    assert written == str(tmp_path / "deep" / "graph.png")
    assert Path(written).read_bytes().startswith(b"\x89PNG")
    assert (tmp_path / "deep" / "graph").read_text(encoding="utf-8") == picture().source


def test_render_to_a_named_file_takes_the_format_from_its_ending(tmp_path):
    picture().render(outfile=tmp_path / "a.png")  # the picture is asked for, and no DOT text
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")
    picture().render(outfile="b.svg", directory=tmp_path, cleanup=False)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.png", "b.gv", "b.svg"]
    picture().render("c.dot", outfile="c.svg", directory=tmp_path)
    assert (tmp_path / "c.dot").exists()


def test_failed_render_leaves_no_file(tmp_path):
    with pytest.raises(RenderError):
        picture().render(outfile=tmp_path / "a.pdf")
    assert not list(tmp_path.iterdir())


def test_slow_renderer_is_stopped_and_the_error_says_what_to_do(tmp_path):
    slow = put_program(tmp_path, "slow", "import time\ntime.sleep(600)")
    drawing = picture(program=slow)
    drawing.seconds = 1.0
    with pytest.raises(RenderError, match=r"graph of 4 boxes in 1 seconds.*operations=False.*picture.source"):
        drawing.pipe("svg")


def test_no_time_at_all_is_an_error_and_no_hang():
    drawing = picture()
    drawing.seconds = 0.0
    with pytest.raises(RenderError, match="did not finish"):
        drawing.pipe("svg")


def test_failing_renderer_is_quoted(tmp_path):
    broken = put_program(tmp_path, "broken", "import sys\nsys.exit('no luck')")
    with pytest.raises(RenderError, match="broken stopped with code 1: no luck"):
        picture(program=broken).pipe("svg")


def shared(length):
    """A chain whose every step uses the same two leaves: edges that cross the whole picture."""
    a, b = Value(1.0, label="a"), Value(0.5, label="b")
    y = a
    for _ in range(length):
        y = y * b + a
    return y


def test_graph_that_would_keep_graphviz_for_minutes_gets_the_plain_layout():
    svg = draw_dot(shared(500), program=BUNDLED).pipe("svg", encoding="utf-8")
    assert svg.count('class="node"') == 2 + 1000 + 1000
    assert svg.count('class="edge"') == 3000


def test_larger_graphs_get_faster_settings(tmp_path):
    teller = put_program(tmp_path, "teller", "import sys\nprint(*sys.argv[1:])")
    told = [draw_dot(shared(n), program=teller).pipe("svg", encoding="utf-8") for n in (5, 50, 75, 500)]
    assert "-Gnslimit" not in told[0]
    for (_, _, options), said in zip(HURRY[1:], told[1:3], strict=True):
        assert " ".join(options) in said
    assert "-Kneato" in told[3]


@pytest.mark.parametrize("name", ["d.html", "d.HTM"])
def test_a_page_is_made_by_the_stepper(tmp_path, name):
    with pytest.raises(ValueError, match=r"a picture is no page: for '.*' write stepper\(value\)\.save\('steps\.htm"):
        picture().render(outfile=tmp_path / name)
    assert not list(tmp_path.iterdir())
