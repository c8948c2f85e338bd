import copy
import pickle
import random

import pytest

import autograd
import nn
from autograd import Value
from autograd.graph import ancestors


def noise_in(root):
    return [node for node in ancestors(root) if isinstance(node, nn.Noise)]


def test_entries_are_dropped_or_grow_by_what_the_others_lose():
    dropout = nn.Dropout(0.25, seed=1)
    draw = random.Random(1)
    expected = [0.0 if draw.random() < 0.25 else x / 0.75 for x in range(1, 9)]
    assert [y.data for y in dropout([float(x) for x in range(1, 9)])] == pytest.approx(expected)
    assert 0.0 in expected


def test_the_mean_stays_what_it_was():
    out = nn.Dropout(0.3, seed=1)([1.0] * 20_000)
    assert sum(y.data for y in out) / 20_000 == pytest.approx(1, abs=0.03)
    assert sum(y.data == 0 for y in out) / 20_000 == pytest.approx(0.3, abs=0.02)


def test_in_use_nothing_is_dropped():
    x = [Value(1.0), Value(2.0)]
    assert nn.Dropout(0.9, seed=0).eval()(x) is x
    assert nn.Dropout(0)(x) is x
    assert [y.data for y in nn.Dropout(1)(x)] == [0, 0]


def test_the_mask_is_noise_that_a_picture_can_name():
    dropout, x = nn.Dropout(0.5, seed=0), Value(3.0, label="x")
    masks = [noise_in(y)[0] for y in dropout([x, x])]
    assert [mask.label for mask in masks] == ["mask[0]", "mask[1]"]
    alone = dropout(x)
    assert [mask.label for mask in noise_in(alone)] == ["mask"]
    alone.backward()
    assert x.grad == noise_in(alone)[0].data  # what was dropped learns nothing
    assert {masks[0].draw() for _ in range(50)} == {0.0, 2.0}


def test_a_program_takes_the_mask_as_an_input():
    x = Value(3.0)
    out = nn.Dropout(0.5, seed=0)(x) ** 2
    program = autograd.compile(out, [x, *noise_in(out)])
    assert program([[3.0, 0.0], [3.0, 2.0]]) == pytest.approx([0, 36])


@pytest.mark.parametrize("twin", [copy.deepcopy, lambda model: pickle.loads(pickle.dumps(model))])
def test_copies_drop_as_well(twin):
    for seed in (None, 0):
        model = twin(nn.Sequential(nn.Layer(2, 2, seed=0), nn.Dropout(0.5, seed)))
        out = twin(model([1.0, 2.0])[0])
        assert noise_in(out)[0].draw() in (0.0, 2.0)


@pytest.mark.parametrize("p", [-0.1, 1.5, float("nan")])
def test_a_p_that_is_no_probability(p):
    with pytest.raises(ValueError, match=f"p must be the probability of dropping a number, 0 to 1, not {p}"):
        nn.Dropout(p)
