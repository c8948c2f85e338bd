import base64
import math
import subprocess
import sys
from types import SimpleNamespace
from xml.etree import ElementTree

import matplotlib
import pytest

import nn
from visualize import plot_confusion_matrix, plot_history, plot_importance, plot_residuals


def history(loss, validation_loss=(), **metrics):
    return SimpleNamespace(loss=list(loss), validation_loss=list(validation_loss), metrics=metrics)


def curve(line):
    return list(zip(*line.get_data(), strict=True))


def test_every_curve_of_a_history_is_drawn_over_the_epochs():
    plot = plot_history(history([3.0, 2.0, 1.0], [3.5, 2.5, 2.75], accuracy=[0.1, 0.5, 0.4], r2=[0.0, 0.5, 1.0]))
    losses, accuracy, r2 = plot.axes
    training, validation, lowest = losses.lines
    assert curve(training) == [(1, 3), (2, 2), (3, 1)]
    assert curve(validation) == [(1, 3.5), (2, 2.5), (3, 2.75)]
    assert curve(lowest) == [(2, 2.5)]
    assert training.get_linestyle() != validation.get_linestyle()  # told apart without colour
    assert [text.get_text() for text in losses.get_legend().texts] == ["training", "validation, lowest in epoch 2: 2.5"]
    assert curve(accuracy.lines[0]) == [(1, 0.1), (2, 0.5), (3, 0.4)]
    assert curve(r2.lines[0]) == [(1, 0), (2, 0.5), (3, 1)]
    assert [axes.get_ylabel() for axes in plot.axes] == ["loss", "accuracy", "r2"]
    assert r2.get_xlabel() == "epoch"


def test_a_loss_that_falls_far_is_drawn_logarithmically():
    (axes,) = plot_history(history([50.0, 5.0, 0.4])).axes
    assert (axes.get_yscale(), axes.get_ylabel()) == ("log", "loss (log scale)")
    for loss in ([50.0, 5.0, 0.6], [50.0, 0.0], [50.0, 0.1, -0.1], [math.inf, math.nan, 1.0]):
        (axes,) = plot_history(history(loss)).axes
        assert (axes.get_yscale(), axes.get_ylabel()) == ("linear", "loss")


@pytest.mark.parametrize("loss", [[1.0], [0.0, 0.0], [math.nan], [1.0, math.inf]])
def test_odd_histories_can_be_drawn(loss, tmp_path):
    plot_history(history(loss, loss, accuracy=loss)).save(tmp_path / "x.png")


def test_the_lowest_loss_is_a_number():
    (axes,) = plot_history(history([1.0, 1.0, 1.0], [math.nan, 2.0, 3.0])).axes
    assert curve(axes.lines[2]) == [(2, 2)]


def test_a_history_without_epochs_is_refused():
    with pytest.raises(ValueError, match="history has no epochs to draw"):
        plot_history(history([]))


def test_residuals_are_what_the_predictions_leave():
    left, right = plot_residuals(predicted=[1.0, 2.0, 4.0], targets=[1.5, 2.0, 3.0], name="score (points)").axes
    assert curve(left.lines[0]) == [(1, 1.5), (2, 2), (4, 3)]
    assert curve(right.lines[0]) == [(1, 0.5), (2, 0), (4, -1)]
    assert right.get_title(loc="left") == f"root mean square: {math.sqrt(1.25 / 3):.3g}"
    assert left.figure.get_suptitle() == "Predictions of score (points)"
    with pytest.raises(ValueError, match="1 prediction and 2 targets"):
        plot_residuals(predicted=[1.0], targets=[1.0, 2.0])


def test_a_confusion_matrix_shows_every_count_and_right_beside_wrong():
    plot = plot_confusion_matrix(predicted=[0, 1, 1, 2, 2], targets=[0, 0, 1, 2, 2], classes=["cat", "dog", "cow"])
    (axes,) = plot.axes
    found = {text.get_position(): text.get_text() for text in axes.texts}
    counts = nn.confusion_matrix(predicted=[0, 1, 1, 2, 2], targets=[0, 0, 1, 2, 2], classes=3)
    assert found == {(guess, true): str(counts[true][guess] or "·") for guess in range(3) for true in range(3)}
    colours = {(round(box.get_x() + 0.5), round(box.get_y() + 0.5)): box.get_facecolor()[:3] for box in axes.patches}
    is_bluer = {place: colour[2] - colour[0] for place, colour in colours.items()}
    assert is_bluer[0, 0] > 0 > is_bluer[1, 0]  # half a row right, half wrong
    assert is_bluer[2, 2] > is_bluer[0, 0]
    assert is_bluer[2, 0] == 0
    assert [label.get_text() for label in axes.get_xticklabels()] == ["cat", "dog", "cow"]
    assert axes.get_ylim() == (2.5, -0.5)  # from the top down, as a matrix is written
    assert axes.get_title(loc="left") == "right: 80.0% of 5 rows"
    with pytest.raises(ValueError, match="with classes=1 a class is 0 to 0, but one given is 1"):
        plot_confusion_matrix(predicted=[0, 1], targets=[0, 1], classes=["cat"])


@pytest.mark.parametrize("format", ["svg", "png", "pdf"])
def test_the_same_input_gives_the_same_bytes(format, tmp_path):
    def drawn(name):
        path = tmp_path / f"{name}.{format}"
        plot_history(history([3.0, 2.0], [3.0, 2.5], accuracy=[0.1, 0.5])).save(path)
        return path.read_bytes()

    first = drawn("one")
    with matplotlib.rc_context({"font.size": 20, "savefig.dpi": 50, "svg.hashsalt": "x", "axes.facecolor": "red"}):
        assert drawn("other") == first
        assert matplotlib.rcParams["font.size"] == 20  # the reader's settings are left as they were
    assert b"date" not in first.lower()


def test_the_bytes_do_not_depend_on_the_process(tmp_path):
    code = "from visualize import plot_residuals; plot_residuals(predicted=[1.0, 2.0], targets=[1.5, 2.5]).save({!r})"
    for seed in "12":
        command = [sys.executable, "-W", "error", "-c", code.format(f"{seed}.svg")]
        subprocess.run(command, cwd=tmp_path, env={**__import__("os").environ, "PYTHONHASHSEED": seed}, check=True)
    assert (tmp_path / "1.svg").read_bytes() == (tmp_path / "2.svg").read_bytes()


def test_names_are_drawn_as_they_are(tmp_path):
    odd = ["$a^$", "b\n<&>$", "_hidden", "long" * 50]
    plot = plot_confusion_matrix(predicted=[0, 1, 2, 3], targets=[0, 1, 2, 3], classes=odd)
    plot.save(tmp_path / "x.svg")
    labels = [label.get_text() for label in plot.axes[0].get_xticklabels()]
    assert labels[:3] == ["$a^$", "b <&>$", "_hidden"]
    assert len(labels[3]) < 30


def test_a_notebook_shows_a_plot_by_itself():
    image = ElementTree.fromstring(plot_residuals(predicted=[1.0], targets=[2.0])._repr_html_().replace(">", "/>"))
    assert b"<title>Predictions of target</title>" in base64.b64decode(image.get("src").split(",")[1])
    assert image.get("alt") == (
        "Predictions of target. on the dashed line: right, true, predicted. "
        "root mean square: 1, residual: true - predicted, predicted."
    )
    assert "training, validation, lowest in epoch 2: 0.5" in plot_history(history([3.0, 1.0], [2.0, 0.5])).alt


def test_an_unknown_format_is_refused(tmp_path):
    with pytest.raises(ValueError, match="xyz"):
        plot_residuals(predicted=[1.0], targets=[2.0]).save(tmp_path / "x.xyz")


def test_matplotlib_is_loaded_when_something_is_drawn_and_never_its_global_part():
    code = """
import sys, visualize
print("matplotlib" in sys.modules)
visualize.plot_residuals(predicted=[1.0], targets=[2.0])
print("matplotlib" in sys.modules, "matplotlib.pyplot" in sys.modules)
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert run.stdout == "False\nTrue False\n"


def test_without_matplotlib_the_error_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    monkeypatch.delitem(sys.modules, "visualize.plots.figure", raising=False)
    with pytest.raises(ModuleNotFoundError, match=r"matplotlib.*-m pip install matplotlib"):
        plot_residuals(predicted=[1.0], targets=[2.0])


def test_importance_is_drawn_as_bars_the_longest_first(tmp_path):
    importance = {f"column {i}": i / 10 for i in range(20)} | {"$a_b$": 9.0, "worse": -1.0}
    plot = plot_importance(importance, "log loss")
    (axes,) = plot.axes
    assert [bar.get_width() for bar in axes.patches] == sorted(importance.values(), reverse=True)[:12]
    assert axes.get_yticklabels()[0].get_text() == "$a_b$"
    assert axes.get_ylim()[0] > axes.get_ylim()[1]  # downwards
    assert "log loss" in axes.get_xlabel()
    with pytest.raises(ValueError, match="importance is empty"):
        plot_importance({})
