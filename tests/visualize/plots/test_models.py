import math
import re
from itertools import pairwise
from statistics import median
from types import SimpleNamespace

import pytest

import nn
from autograd import Value
from visualize import plot_decision_boundary, plot_loss_surface, plot_parameter_history


def halves(*rows):
    return nn.Dataset([list(row) for row in rows], [row[0] > 3 for row in rows], ["x", "y"], ["left", "right"])


POINTS = halves((0, 0), (2, 1), (4, -1), (6, 2))


def contours(axes, colour_count):
    """The vertices of all lines drawn by contour, as opposed to contourf."""
    lines = [drawn for drawn in axes.collections if not drawn.get_facecolor().size]
    assert len(lines) == colour_count
    return [vertex for drawn in lines for path in drawn.get_paths() for vertex in path.vertices.tolist()]


def test_the_boundary_is_drawn_without_dropout():
    network = nn.Layer(2, 4, seed=0), nn.Layer(4, 2, nonlin=False, seed=1)
    plain, dropped = nn.Sequential(*network), nn.Sequential(network[0], nn.Dropout(0.9, seed=0), network[1])
    expected, found = (plot_decision_boundary(model, POINTS).axes[0] for model in (plain, dropped))
    assert contours(found, 2) == contours(expected, 2)
    assert dropped.training


@pytest.mark.parametrize("targets", [[-1, 1, 1, -1], [0, 1, 2, 1], []])
def test_targets_are_numbers_of_classes(targets):
    with pytest.raises(
        ValueError, match=r"data.targets must be numbers of classes, 0 to 1, one for each row, not list"
    ):
        plot_decision_boundary(lambda row: row[0], POINTS._replace(targets=targets))


@pytest.mark.parametrize(
    "model",
    [
        lambda row: row[0] - 3,  # a number: its sign
        lambda row: Value(row[0]) - 3,
        lambda row: [Value(7.0), Value(row[0]) + 4],  # a number for each class: the largest
    ],
)
def test_the_boundary_is_where_the_answer_changes(model):
    plot = plot_decision_boundary(model, POINTS)
    axes = plot.axes[0]
    vertices = contours(axes, 2)
    assert vertices
    assert all(x == pytest.approx(3) for x, _ in vertices)
    assert [list(zip(*line.get_data(), strict=True)) for line in axes.lines] == [[(0, 0), (2, 1)], [(4, -1), (6, 2)]]
    assert len({line.get_marker() for line in axes.lines}) == 2  # told apart without colour
    assert [text.get_text() for text in plot.legends[0].texts] == ["left", "right"]
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("x", "y")


def test_a_boundary_of_three_classes():
    data = nn.Dataset([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]], [0, 1, 2], ["x", "y"], ["a", "b", "c"])
    axes = plot_decision_boundary(lambda row: [0.4, row[0], row[1]], data).axes[0]
    for x, y in contours(axes, 3):
        first, second = sorted([0.4, x, y])[1:]  # two classes are level on it
        assert first == pytest.approx(second, abs=0.02)


def test_rows_are_prepared_for_the_model_and_drawn_in_their_own_units():
    seen = []

    def model(row):
        seen.append(row)
        return row[0]

    axes = plot_decision_boundary(model, POINTS, nn.StandardScaler().fit(POINTS.rows).transform).axes[0]
    assert all(abs(x) < 2 for row in seen for x in row)
    assert all(x == pytest.approx(3) for x, _ in contours(axes, 2))


def test_a_model_that_answers_one_class_everywhere_has_no_boundary(tmp_path):
    plot = plot_decision_boundary(lambda row: 5.0, POINTS)
    assert contours(plot.axes[0], 0) == []
    plot.save(tmp_path / "x.png")


def test_a_boundary_needs_two_features_and_an_output_for_each_class():
    with pytest.raises(ValueError, match=r"must have 2 features and classes .*, not 1 feature and 0 classes"):
        plot_decision_boundary(lambda row: 0.0, nn.line(5, seed=0))
    with pytest.raises(ValueError, match="gives 3 numbers for a row, but data has 2 classes"):
        plot_decision_boundary(lambda row: [1.0, 2.0, 3.0], POINTS)


def recorded(weights, gradients):
    """A ParameterHistory with these numbers for each parameter, epoch by epoch."""
    history = nn.ParameterHistory(nn.Neuron(1, seed=0))
    history.epochs = list(range(len(next(iter(weights.values())))))
    history.weights, history.gradients = weights, gradients
    return history


def test_a_column_for_each_epoch_holds_every_parameter_once():
    weights = {f"w[{i}]": [i / 10, i / 5, -i / 10] for i in range(11)}
    gradients = {name: [0.0, 10.0**-i, 0.0 if i < 3 else 1.0] for i, name in enumerate(weights)}
    left, right = plot_parameter_history(recorded(weights, gradients)).axes
    field = left.images[0].get_array().data
    assert field.sum(axis=0) == pytest.approx([1, 1, 1])
    low, high = left.images[0].get_extent()[2:]
    assert (low, high) == (-1, 2)
    for epoch in range(3):
        for place, share in enumerate(field[:, epoch]):
            bottom, top = low + (high - low) * place / len(field), low + (high - low) * (place + 1) / len(field)
            inside = [w[epoch] for w in weights.values() if bottom + 1e-9 < w[epoch] < top - 1e-9]
            assert share >= len(inside) / 11 - 1e-9
    assert left.lines[0].get_ydata() == pytest.approx(
        [median(column) for column in zip(*weights.values(), strict=True)]
    )
    sizes = right.images[0].get_array().data
    assert sizes.sum(axis=0) == pytest.approx([0, 1, 1])  # a gradient of 0 has no logarithm
    assert right.images[0].get_extent()[2:] == pytest.approx([-10, 0])
    assert right.get_title(loc="left") == "size of their gradients; at the end 27% are 0"
    assert math.isnan(right.lines[0].get_ydata()[0])


def test_layers_are_drawn_apart_unless_there_are_too_many():
    def rows(model):
        history = nn.ParameterHistory(model)
        history(SimpleNamespace(epoch=1, loss=0.0, model=model))
        return [axes.get_ylabel() for axes in plot_parameter_history(history).axes[::2]]

    assert rows(nn.MLP(2, [3, 3, 1], seed=0)) == ["layers.0", "layers.1", "layers.2"]
    assert rows(nn.MLP(2, [1] * 7, seed=0)) == ["all layers"]
    assert rows(nn.Neuron(2, seed=0)) == ["all layers"]


def test_a_parameter_history_needs_an_epoch():
    with pytest.raises(ValueError, match=r"give it to fit, as callbacks=\[history\]"):
        plot_parameter_history(nn.ParameterHistory(nn.Neuron(1, seed=0)))


def test_contours_of_a_loss_surface_join_points_of_the_same_loss():
    w, b = Value(0.5, label="w"), Value(-1.0, label="b")
    loss = (w - 2) ** 2 + 3 * (b + 1) ** 2 + 1
    path = [(-1.0, 1.0), (0.0, 0.0), (0.5, -1.0)]
    axes = plot_loss_surface(loss, (w, b), path).axes[0]
    (lines,) = [drawn for drawn in axes.collections if not drawn.get_facecolor().size]
    checked = 0
    for level, drawn in zip(lines.levels, lines.get_paths(), strict=True):
        for x, y in drawn.vertices:
            assert (x - 2) ** 2 + 3 * (y + 1) ** 2 + 1 == pytest.approx(level, rel=0.02)
            checked += 1
    assert checked > 100
    assert list(zip(*axes.lines[0].get_data(), strict=True)) == path
    assert [text.get_text() for text in axes.get_legend().texts] == ["start", "end"]
    assert (w.data, b.data, w.grad) == (0.5, -1, 0)  # nothing was moved
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("w", "b")
    (x_low, x_high), (y_low, y_high) = axes.get_xlim(), axes.get_ylim()
    assert all(x_low < x < x_high and y_low < y < y_high for x, y in path)


def test_a_surface_without_a_path_lies_round_the_parameters():
    w, b = Value(4.0), Value(0.0)
    axes = plot_loss_surface((w * b) ** 2 + w, (w, b), names=("weight", "bias")).axes[0]
    assert sum(axes.get_xlim()) / 2 == pytest.approx(4)
    assert sum(axes.get_ylim()) / 2 == pytest.approx(0)
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("weight", "bias")
    assert [text.get_text() for text in axes.get_legend().texts] == ["here"]


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda w, b: w * w + b * b, "each .* times the one below"),
        (lambda w, b: w + b + 1, "in steps of"),
        (lambda w, b: w * 0 + b * 0 + 3, "in steps of"),
        (lambda w, b: (w - 1).log() + b, "in steps of"),  # not defined everywhere
    ],
)
def test_levels_suit_the_surface(make, words, tmp_path):
    w, b = Value(2.0, label="w"), Value(1.0, label="b")
    plot = plot_loss_surface(make(w, b), (w, b))
    assert plot.axes[0].get_title(loc="left").startswith("contours: the loss, ")
    assert re.search(words, plot.axes[0].get_title(loc="left"))
    plot.save(tmp_path / "x.png")


def test_a_surface_over_results_is_refused():
    w = Value(1.0)
    with pytest.raises(ValueError, match="an input must be a leaf"):
        plot_loss_surface(w * 2, (w * 2, w))


def test_a_surface_that_is_nowhere_finite_is_refused():
    w, b = Value(1.0), Value(1.0)
    with pytest.raises(ValueError, match=r"the loss is finite nowhere from .* to .*: has training run away"):
        plot_loss_surface((w * b) ** 2, (w, b), [(1e200, 1e200), (1.01e200, 1.01e200)])


def test_contour_levels_rise():
    w, b = Value(2.0), Value(1.0)
    for loss in (w * w + b * b, w + b):
        (lines,) = [
            drawn for drawn in plot_loss_surface(loss, (w, b)).axes[0].collections if not drawn.get_facecolor().size
        ]
        assert all(low < high for low, high in pairwise(lines.levels))
