"""Networks reach what they must on rows they never saw: the recipes of ``make accuracy``, five seeds each."""

from statistics import fmean

import pytest
from accuracy import RECIPES, SEEDS, run


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.name)
def test_held_out_rows(recipe):
    outcomes = [run(recipe, seed) for seed in SEEDS]
    assert len(outcomes) == 5
    assert all(outcome.through.startswith("a recorded program") for outcome in outcomes)
    assert all(outcome.reached > outcome.baseline + 0.2 for outcome in outcomes)
    assert fmean(outcome.reached for outcome in outcomes) >= recipe.bound
