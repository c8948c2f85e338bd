import random

import numpy as np
import pytest

from nn.randomness import generator


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
