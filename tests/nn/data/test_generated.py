import math
from collections import Counter
from statistics import correlation, fmean, linear_regression, pstdev

import pytest

import nn
from nn.data.generated import COMMITTEE_BIAS, COMMITTEE_WEIGHTS

KINDS = [nn.moons, nn.circles, nn.spirals, nn.cats_and_dogs]
ALL = [*KINDS, nn.committee, nn.line]


@pytest.mark.parametrize("make", ALL)
def test_the_same_seed_gives_the_same_rows(make):
    assert make(20, seed=1) == make(20, seed=1) != make(20, seed=2)
    data = make(21, seed=0)
    assert len(data.rows) == len(data.targets) == 21
    assert {len(row) for row in data.rows} == {len(data.features)}
    assert {type(x) for row in data.rows for x in row} == {float}


@pytest.mark.parametrize("make", KINDS)
def test_classes_are_of_the_same_size(make):
    data = make(40, seed=0)
    assert Counter(data.targets) == {0: 20, 1: 20}
    assert len(data.classes) == 2


def test_wrong_counts_and_noises_are_refused():
    for make in ALL:
        with pytest.raises(ValueError, match="count must be at least 1, not 0"):
            make(0)
    for noise in (-1, math.inf, math.nan):
        with pytest.raises(ValueError, match="noise is a standard deviation: 0 or more, not"):
            nn.moons(noise=noise)


def test_the_committee_scores_by_its_weights_and_bias():
    data = nn.committee(50, noise=0, seed=0)
    assert data.features == list(COMMITTEE_WEIGHTS) == ["rating", "length", "awards"]
    for row, score in zip(data.rows, data.targets, strict=True):
        assert score == pytest.approx(COMMITTEE_BIAS + 0.08 * row[0] - 0.02 * row[1] + 0.01 * row[2])
    noisy = nn.committee(5000, noise=0.3, seed=0)
    moods = [
        score - COMMITTEE_BIAS - sum(w * x for w, x in zip(COMMITTEE_WEIGHTS.values(), row, strict=True))
        for row, score in zip(noisy.rows, noisy.targets, strict=True)
    ]
    assert fmean(moods) == pytest.approx(0, abs=0.02)
    assert pstdev(moods) == pytest.approx(0.3, rel=0.05)


def test_the_committee_scores_alike_on_every_version_of_python():
    """Since 3.12 the built-in sum() rounds in another way; the data of a seed must not depend on that."""
    data = nn.committee(200, noise=0, seed=0)
    a, b, c = COMMITTEE_WEIGHTS.values()
    assert data.targets == [COMMITTEE_BIAS + ((a * x + b * y) + c * z) for x, y, z in data.rows]


def test_the_committee_hardly_minds_awards_and_minds_ratings_most():
    data = nn.committee(2000, seed=0)
    rating, length, awards = (correlation(column, data.targets) for column in zip(*data.rows, strict=True))
    assert abs(awards) < 0.1 < -length < 0.5 < rating


def test_ears_tell_cats_from_dogs_and_fur_hardly_does():
    data = nn.cats_and_dogs(2000, seed=0)
    ears, fur = (
        fmean((x < threshold) == target for (x, target) in zip(column, data.targets, strict=True))
        for column, threshold in zip(zip(*data.rows, strict=True), (0.55, 0.5), strict=True)
    )
    assert ears > 0.9
    assert 0.35 < fur < 0.65
    assert all(0 <= x <= 1 for row in data.rows for x in row)


def test_the_line_can_be_found_again():
    data = nn.line(2000, slope=-3, intercept=4, noise=0.5, seed=0)
    found = linear_regression([x for (x,) in data.rows], data.targets)
    assert found.slope == pytest.approx(-3, abs=0.05)
    assert found.intercept == pytest.approx(4, abs=0.05)


def test_without_noise_points_lie_on_their_curves():
    for (x, y), kind in zip(*nn.moons(60, noise=0, seed=0)[:2], strict=True):
        assert math.hypot(x - kind, y - 0.5 * kind) == pytest.approx(1)
        assert (y > 0.5) <= (kind == 0)  # the lower moon stays below 0.5
        assert (y < 0) <= (kind == 1)
    for point, kind in zip(*nn.circles(60, noise=0, ratio=0.3, seed=0)[:2], strict=True):
        assert math.hypot(*point) == pytest.approx(0.3 if kind else 1)
    for point, kind in zip(*nn.spirals(60, noise=0, turns=2, seed=0)[:2], strict=True):
        share = (math.hypot(*point) - 0.1) / 0.9
        angle = math.tau * 2 * share + math.pi * kind
        assert math.cos(angle - math.atan2(point[1], point[0])) == pytest.approx(1)
