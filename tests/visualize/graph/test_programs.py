"""The picture of a program: a box for each line of its array form."""

import pytest

import autograd
import nn
from autograd import Value
from visualize import draw_dot


def test_a_network_is_a_handful_of_boxes_with_shapes() -> None:
    model, x = nn.MLP(5, [16, 16, 1], seed=1), [Value(0.1) for _ in range(5)]
    program = autograd.compile(model(x), x)
    picture = draw_dot(program, names=dict(model.named_parameters()), theme="dark", rankdir="TB")
    assert picture.source.count("label=") == 4
    assert picture.source.count(" -> ") == 3
    svg = picture.pipe("svg").decode()
    for text in ("h1 = relu(x @ layers.0.w.T + layers.0.b)", "5 numbers a row", ">16<", "output ="):
        assert text in svg
    assert "h1 = relu" in picture.alt


def test_what_makes_no_sense_is_refused() -> None:
    program = autograd.compile(Value(1.0) * 2)
    with pytest.raises(ValueError, match="rankdir"):
        draw_dot(program, rankdir="up")
    with pytest.raises(ValueError, match="theme"):
        draw_dot(program, theme="pink")
