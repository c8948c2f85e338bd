import math
from collections import Counter

import numpy as np
import pytest

import nn
from nn.examples.gpt import GPT, text_loss


@pytest.fixture(scope="module")
def small():
    return GPT(4, block=5, size=4, heads=2, seed=0)


def plain(logits):
    return np.array([[logit.data for logit in place] for place in logits])


def test_its_size_is_that_of_its_parts(small):
    tables, norms, attention, network, output = 4 * 4 + 5 * 4, 3 * 4, 4 * 4 * 4, 2 * 4 * 16, 4 * 4
    assert len(small.parameters()) == tables + norms + attention + network + output


def test_a_place_knows_what_came_before_it_and_nothing_else(small):
    first, second = (plain(small(small.embed(text))) for text in ([1, 2, 3], [1, 2, 1]))
    assert first[:3] == pytest.approx(second[:3], rel=1e-12)
    assert not np.allclose(first[3], second[3])
    assert not np.allclose(first[3], plain(small(small.embed([3, 2, 3])))[3])  # also at a distance
    assert not np.allclose(first[1], first[2])


def test_what_follows_a_text_and_nothing_after_its_end(small):
    assert small.following([3, 1]) == [[0, 0, 0, 1], [0, 1, 0, 0], [1, 0, 0, 0], [0] * 4, [0] * 4]


def test_the_loss_is_minus_the_log_of_the_probability_of_the_text(small):
    text = [3, 1]
    chances = np.exp(plain(small(small.embed(text))))
    chances /= chances.sum(axis=1, keepdims=True)
    expected = -sum(math.log(chances[place, token]) for place, token in enumerate([*text, 0]))
    assert text_loss(small(small.embed(text)), small.following(text)).data == pytest.approx(expected)


def test_the_program_gives_the_logits_with_the_weights_as_they_are(small):
    texts = [[1, 2, 3], [2, 1], []]
    padded = np.array([[0, *text] + [0] * (4 - len(text)) for text in texts])
    for _ in range(2):
        expected = [plain(small(small.embed(text))) for text in texts]
        assert small.logits(padded) == pytest.approx(np.array(expected), rel=1e-12)
        for p in small.parameters():
            p.data *= 1.1


def test_samples_are_drawn_with_the_probabilities_of_the_model(small):
    texts = small.sample(4000, seed=0)
    assert texts == small.sample(4000, seed=0) != small.sample(4000, seed=1)
    assert {len(text) for text in texts} == {0, 1, 2, 3, 4}  # no longer than there are places
    for before in ([], [2]):
        drawn = Counter((*text, 0)[len(before)] for text in texts if text[: len(before)] == before)
        logits = plain(small(small.embed(before)))[len(before)]
        chances = np.exp(logits) / np.exp(logits).sum()
        for token, chance in enumerate(chances):
            spread = math.sqrt(chance * (1 - chance) / drawn.total())
            assert drawn[token] / drawn.total() == pytest.approx(chance, abs=4 * spread)


def test_a_low_temperature_takes_the_likeliest_token(small):
    (text,) = {tuple(text) for text in small.sample(5, temperature=1e-6, seed=0)}
    logits = plain(small(small.embed(text)))
    assert [int(np.argmax(logits[place])) for place in range(min(len(text) + 1, 4))] == [*text, 0][:4]
    with pytest.raises(ValueError, match=r"temperature must be positive, such as 0\.8, not 0"):
        small.sample(1, temperature=0)


def test_it_learns_a_language_in_which_order_matters():
    texts = [[1, 2, 3], [2, 1, 3, 3]] * 4  # what follows 1 or 2 depends on what came before it
    model = GPT(4, block=5, size=8, heads=2, seed=0)
    history = nn.fit(
        model, [model.embed(text) for text in texts], [model.following(text) for text in texts], text_loss,
        nn.Adam(model.parameters(), lr=0.02), epochs=60, batch_size=8, seed=0, progress=False,
    )  # fmt: skip
    assert history.through.startswith("a recorded program")
    assert history[-1] == pytest.approx(math.log(2), abs=0.05)  # one of two texts: nothing can do better
    assert {tuple(text) for text in model.sample(30, 0.5, seed=0)} == {(1, 2, 3), (2, 1, 3, 3)}
