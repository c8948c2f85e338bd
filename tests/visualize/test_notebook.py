"""In notebooks: what is shown, that exported pages still live, and JupyterLab with the live widget."""

import base64
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from types import SimpleNamespace

import nbconvert
import nbformat
import pytest
import traitlets
from nbconvert.preprocessors.sanitize import SanitizeHTML

import nn
from autograd import Value
from visualize import draw_dot, notebook, stepper
from visualize.graph.variables import names_or_variables
from visualize.plots.figure import plot
from visualize.stepper.assets import script

CELLS = [
    "from autograd import Value\nimport visualize\na, b = Value(2.0), Value(-3.0, label='b')\nc = a * b\nc",
    "stepper = visualize.stepper(c)\nstepper",
    """widget = stepper.widget()
widget.observe(lambda change: open("step.txt", "w").write(str(change.new)), "step")
widget""",
    "widget.step = 4",
    "print(visualize.draw_dot(c).source)\nprint(visualize.explain(c, wrt=a))\nprint(visualize.why_zero(c, wrt=a))",
]


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    """Jupyter with no settings but its own."""
    home = str(tmp_path_factory.mktemp("home"))
    return os.environ | {
        "JUPYTER_CONFIG_DIR": home, "JUPYTER_DATA_DIR": home, "IPYTHONDIR": home, "JUPYTER_RUNTIME_DIR": home,
        "JUPYTERLAB_SETTINGS_DIR": home, "JUPYTERLAB_WORKSPACES_DIR": home, "PYTHONWARNINGS": "ignore",
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    }  # fmt: skip


@pytest.fixture(scope="module")
def executed(environment, tmp_path_factory):
    """The folder with a notebook that has run, as x.ipynb and exported as x.html."""
    folder = tmp_path_factory.mktemp("notebook")
    write(folder / "x.ipynb")
    convert = [sys.executable, "-m", "jupyter", "nbconvert", "x.ipynb", "--execute"]
    for format in (["notebook", "--inplace"], ["html"]):
        run = subprocess.run(
            [*convert, "--to", *format],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert run.returncode == 0, run.stderr
    return folder


def write(path):
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    cells = [nbformat.v4.new_code_cell(source, id=f"cell{place}") for place, source in enumerate(CELLS)]
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel}), path)


def test_what_the_cells_show(executed):
    cells = nbformat.read(executed / "x.ipynb", 4).cells
    value, page, widget = (cell.outputs[-1]["data"] for cell in cells[:3])
    svg = base64.b64decode(re.search('base64,([^"]+)', value["text/html"])[1]).decode()
    assert {">a<", ">b<", ">c<"} <= set(re.findall(">[abc]<", svg))
    assert value["text/plain"] == "Value(data=-6.0, grad=0)"
    assert page["text/html"].startswith("<iframe srcdoc=")
    assert page["text/plain"] == "<stepper of c, step by step: 6 steps>"
    (printed,) = cells[4].outputs
    for named in (">c<", "1 path leads from c to a", "dc/da is -3, not 0"):  # the notebook's variables
        assert named in printed["text"]
    assert "application/vnd.jupyter.widget-view+json" in widget
    assert (executed / "step.txt").read_text() == "4"


def test_an_exported_page_is_alive_without_a_network(executed, browser):
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.goto((executed / "x.html").as_uri(), wait_until="commit")
    frame = page.frame_locator("iframe")
    frame.get_by_role("button", name="Last step").click()
    assert "step 6 of 6" in frame.get_by_role("status").inner_text()
    assert frame.locator("svg [data-id=n0] text.gg-changed, svg [data-id=n1] text.gg-changed").text_content() == "2"
    words = "The graph of c = -6, computed from a, b: 3 values, no gradient is computed yet."
    assert page.get_by_role("img", name=words).is_visible()
    context.close()


@pytest.fixture
def lab(environment, tmp_path):
    """JupyterLab over a folder with the notebook, not yet run: its address."""
    write(tmp_path / "x.ipynb")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable, "-m", "jupyter", "lab", "--no-browser", "--allow-root", f"--port={port}", "--port-retries=0",
        "--ServerApp.ip=127.0.0.1", "--IdentityProvider.token=", "--ServerApp.password=",
        "--LabApp.news_url=None", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ]  # fmt: skip
    log = (tmp_path / "log").open("w")
    with subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=log, stderr=log) as server:
        try:
            for _ in range(600):
                try:
                    urllib.request.urlopen(f"http://127.0.0.1:{port}/api", timeout=5).close()
                    break
                except (urllib.error.URLError, ConnectionError):
                    time.sleep(0.1)
            else:
                pytest.fail((tmp_path / "log").read_text())
            yield f"http://127.0.0.1:{port}/lab/tree/x.ipynb"
        finally:
            server.kill()  # asked politely, it waits for kernels that may not answer
            log.close()


def test_jupyterlab_shows_values_pages_and_the_live_widget(lab, browser, tmp_path):
    context = browser.new_context(viewport={"width": 1280, "height": 1000})
    page = context.new_page()
    page.set_default_timeout(120_000)
    page.goto(lab)
    page.get_by_text("| Idle").wait_for()  # the kernel has started
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    widget = page.locator(".glassgrad")
    widget.get_by_text("step 4 of 6").wait_for()  # what the last cell asked for
    widget.get_by_role("button", name="Next step").click()
    for _ in range(100):
        if (tmp_path / "step.txt").exists() and (tmp_path / "step.txt").read_text() == "5":
            break
        page.wait_for_timeout(100)
    assert (tmp_path / "step.txt").read_text() == "5"
    widget.press("ArrowRight")
    assert "step 6 of 6" in widget.get_by_role("status").inner_text()
    frame = page.frame_locator("iframe[srcdoc]")
    frame.get_by_role("button", name="Next step").click()
    assert "step 2 of 6" in frame.get_by_role("status").inner_text()
    page.get_by_title("Save and create checkpoint").click()
    for _ in range(100):
        if "iframe srcdoc" in (tmp_path / "x.ipynb").read_text():
            break
        page.wait_for_timeout(100)
    context.close()
    reopened(lab, browser)


def reopened(lab, browser):
    """What was saved shows itself again without being run, in a browser that never saw it: the notebook is trusted."""
    context = browser.new_context(viewport={"width": 1280, "height": 1000})
    page = context.new_page()
    page.set_default_timeout(120_000)
    page.goto(lab)
    frame = page.frame_locator("iframe[srcdoc]")
    frame.get_by_role("button", name="Last step").click()
    assert "step 6 of 6" in frame.get_by_role("status").inner_text()
    assert frame.get_by_role("rowheader", name="c").is_visible()
    context.close()


def test_the_widget_takes_only_steps_that_are_there():
    widget = stepper(Value(2.0) * 3).widget()
    assert (widget.step, widget._esm) == (1, script())
    widget.step = 4
    for wrong in (0, 5):
        with pytest.raises(traitlets.TraitError, match=f"step must be a number from 1 to 4, not {wrong}"):
            widget.step = wrong
    assert widget.step == 4


def test_the_widget_takes_only_boxes_that_can_be_open():
    loss = nn.mse_loss(nn.MLP(2, [3, 1], seed=1)([0.5, -1.0]), 1.0)
    widget = stepper(loss).widget()
    last = len(widget.page["boxes"]) - 1
    assert widget.box == widget.page["start"]
    widget.box = last
    for wrong in (-1, last + 1):
        with pytest.raises(traitlets.TraitError, match=f"box must be one of .*, which can be open, not {wrong}"):
            widget.box = wrong
    assert widget.box == last


def test_without_anywidget_the_error_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "anywidget", None)
    monkeypatch.delitem(sys.modules, "visualize.stepper.widget", raising=False)
    with pytest.raises(ModuleNotFoundError, match=r"anywidget, which is not installed: .* -m pip install"):
        stepper(Value(2.0)).widget()


def test_a_graph_too_large_or_a_missing_renderer_leaves_the_plain_text(monkeypatch):
    total = sum(Value(1.0) for _ in range(notebook.MOST))
    assert notebook.picture(total) is None
    assert notebook.picture(Value(1.0) * 2).startswith("<img alt=")
    monkeypatch.setattr(shutil, "which", lambda *_, **__: None)
    assert notebook.picture(Value(1.0) * 2) is None


def test_a_value_answers_every_notebook_that_asks_it_for_html():
    assert (Value(2.0) * 3)._repr_html_() == notebook.picture(Value(2.0) * 3)
    assert nn.Parameter(2.0)._repr_html_().startswith("<img alt=")


def test_names_come_from_the_variables_of_ipython_or_marimo_and_else_from_nowhere(monkeypatch):
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: None))
    assert names_or_variables() is None
    marimo = SimpleNamespace(running_in_notebook=lambda: True)
    monkeypatch.setitem(sys.modules, "marimo", marimo)
    monkeypatch.setitem(sys.modules, "__main__", SimpleNamespace(rate=Value(2.0)))
    assert "rate: data" in draw_dot(sys.modules["__main__"].rate).source
    marimo.running_in_notebook = lambda: False
    assert names_or_variables() is None


def test_what_a_notebook_keeps_as_text_is_the_same_at_each_run():
    made = stepper(Value(2.0, label="a") * 3)
    words = "<The graph of v1 = 6, computed from a: 2 values, no gradient is computed yet>"
    assert repr(draw_dot(Value(2.0, label="a") * 3)) == words
    assert repr(made) == "<stepper of v1, step by step: 4 steps>"
    assert repr(made.widget()) == "<live stepper of v1, step by step>"
    with plot("Loss") as figure:
        assert repr(figure) == "<Loss>"


def test_a_sanitizer_that_takes_the_picture_leaves_its_words():
    shown = SanitizeHTML().sanitize_html_tags(draw_dot(Value(2.0, label="a") * 3)._repr_html_())
    assert "The graph of v1 = 6, computed from a" in shown


def test_a_notebook_with_pictures_becomes_latex_without_any_program():
    picture = draw_dot(Value(2.0, label="a") * 3)
    bundle = picture._repr_mimebundle_() | {"text/plain": repr(picture)}
    output = nbformat.v4.new_output("execute_result", bundle, execution_count=1)
    cell = nbformat.v4.new_code_cell("draw_dot(v)", execution_count=1, outputs=[output])
    latex, _ = nbconvert.LatexExporter().from_notebook_node(nbformat.v4.new_notebook(cells=[cell]))
    assert "The graph of v1 = 6, computed from a" in latex


def test_a_terminal_is_spared_pictures():
    code = (
        "from IPython.terminal.interactiveshell import TerminalInteractiveShell as Shell; shell = Shell.instance();"
        "import visualize; from autograd import Value;"
        "print(sorted(shell.display_formatter.format(Value(2.0))[0]))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert run.stdout.splitlines()[-1] == "['text/plain']", run.stderr
