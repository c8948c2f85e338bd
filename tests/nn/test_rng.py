import json
import random

import numpy as np
import pytest

from nn.rng import SHARED, Generators, generator


def test_no_seed_is_the_module_random():
    random.seed(1)
    first = generator(None).random()
    random.seed(1)
    assert generator(generator(None)).random() == first


def test_numpys_ints_are_seeds_as_well():
    assert generator(np.int64(3)).random() == generator(3).random()


def test_a_seed_is_reproducible_and_can_be_passed_on():
    source = generator(3)
    assert generator(source) is source
    assert source.random() == random.Random(3).random() == generator(3).random()


@pytest.mark.parametrize("seed", ["3", 3.0, [3]])
def test_anything_else_is_refused(seed):
    with pytest.raises(TypeError, match=r"seed must be an int, a random.Random or None"):
        generator(seed)


def test_generators_go_on_where_they_stood():
    one, two = random.Random(1), random.Random(2)
    sources = Generators({"one": one, "python": SHARED, "two": two})
    two.gauss(0, 1)  # it has drawn another beside this one, and keeps it
    state = json.loads(json.dumps(sources.state_dict()))
    drawn = [one.random(), random.random(), two.gauss(0, 1), two.random()]
    sources.load_state_dict(state)
    assert [one.random(), random.random(), two.gauss(0, 1), two.random()] == drawn


def test_generators_of_other_names_stay_where_they_are():
    one = random.Random(1)
    with pytest.raises(ValueError, match="the sources of random numbers are one, not two"):
        Generators({"one": one}).load_state_dict(Generators({"two": random.Random(2)}).state_dict())
    assert one.random() == random.Random(1).random()
