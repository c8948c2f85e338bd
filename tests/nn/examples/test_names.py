import math
import string

import pytest

from nn.examples.gpt import GPT, text_loss
from nn.examples.names import TOKENS, bigram_baseline, decode, encode, learn, names, split, surprise


def test_the_list_is_names_in_plain_letters():
    listed = names()
    assert len(listed) > 3000
    assert listed == sorted(set(listed))
    assert set("".join(listed)) == set(string.ascii_lowercase)
    assert {3, 11} == {min(map(len, listed)), max(map(len, listed))}


def test_letters_are_numbers_and_back():
    assert encode("abz") == [1, 2, 26]
    assert all(decode(encode(name)) == name for name in names())
    assert 1 + max(max(encode(name)) for name in names()) == TOKENS


def test_nothing_held_out_is_learned_from():
    training, held_out = split(seed=3)
    assert sorted(training + held_out) == names()
    assert len(held_out) == round(len(names()) / 10)
    assert split(seed=3) == (training, held_out) != split(seed=4)


def test_the_bigram_baseline_is_what_counting_gives():
    # after the boundary "a" twice; after "a" "b" once and the end once; after "b" the end once
    after_boundary, b_after_a, end_after_b = (2 + 1) / (2 + 27), (1 + 1) / (2 + 27), (1 + 1) / (1 + 27)
    expected = -(math.log(after_boundary) + math.log(b_after_a) + math.log(end_after_b)) / 3
    assert bigram_baseline(["ab", "a"], ["ab"]) == pytest.approx(expected)
    assert bigram_baseline(["ab", "a"], ["q"]) == pytest.approx(-(math.log(1 / 29) + math.log(1 / 27)) / 2)


def test_surprise_is_the_mean_loss_of_a_letter():
    model = GPT(TOKENS, block=6, size=4, heads=2, seed=0)
    chosen = ["ann", "bo", "chloe"]
    total = sum(text_loss(model(model.embed(encode(name))), model.following(encode(name))).data for name in chosen)
    assert surprise(model, chosen) == pytest.approx(total / (4 + 3 + 6))


def test_losses_of_training_are_in_nats_a_letter():
    model = GPT(TOKENS, block=9, size=4, heads=2, seed=0)
    training, held_out = ["ann", "bo", "chloe", "dimitri"] * 3, ["al", "ben", "eve"]  # shorter names
    history = learn(model, training, held_out, epochs=2, seed=0, progress=False)
    assert history.validation_loss[-1] == pytest.approx(surprise(model, held_out), rel=1e-9)
    # one batch an epoch, so its loss is that of the weights before it
    untrained = GPT(TOKENS, block=9, size=4, heads=2, seed=0)
    assert history.loss[0] == pytest.approx(surprise(untrained, training), rel=1e-9)
