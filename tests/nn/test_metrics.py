import pytest

import nn


def test_accuracy_is_the_share_that_is_right():
    assert nn.accuracy([0, 1, 2, 2], [0, 1, 1, 2]) == 0.75
    for predicted, targets in (([0], [0, 1]), ([], [])):
        with pytest.raises(ValueError, match=f"{len(predicted)} predictions and {len(targets)} targets"):
            nn.accuracy(predicted, targets)


def test_the_baseline_answers_what_was_commonest_in_training():
    assert nn.majority_baseline([2, 2, 0, 1], [0, 0, 0, 2]) == 0.25
