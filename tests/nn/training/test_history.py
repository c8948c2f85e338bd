import pytest

from nn.training.history import Epoch, History


def test_an_epoch_has_its_figures():
    assert Epoch(1, None, 0.5, None, {}, 0.1).figures() == {"loss": 0.5}
    assert Epoch(1, None, 0.5, 0.25, {"r2": 1.0}, 0.1).figures() == {"loss": 0.5, "validation": 0.25, "r2": 1.0}


def told(*losses):
    history = History("eager")
    for number, loss in enumerate(losses, 1):
        history.add(Epoch(number, None, 1 / number, loss, {}, 0.1))
    return history


def test_how_long_ago_the_best_epoch_was():
    assert [told(*losses).waited for losses in ((), (3.0,), (3.0, 2.0), (3.0, 2.0, 4.0, 2.0))] == [0, 0, 0, 2]


def test_a_history_goes_on_from_the_state_of_another():
    before, after = told(3.0, 2.0), told()
    before.best_weights = [1.5, 2.5]
    after.load_state_dict(before.state_dict())
    assert after == before
    after.add(Epoch(3, None, 0.1, 1.0, {}, 0.1))
    assert (len(before), len(after)) == (2, 3)
    with pytest.raises(ValueError, match="another History, with loss, "):
        after.load_state_dict({"loss": []})
    assert len(after) == 3


def test_an_epoch_whose_loss_is_not_a_number_is_not_the_best():
    nan = float("nan")
    for losses, best in (([nan, 2.0, 1.0, nan], 3), ([1.0, nan], 1), ([nan, nan], 1)):
        history = History("eager")
        for number, loss in enumerate(losses, 1):
            history.add(Epoch(number, None, 1.0, loss, {}, 0.1))
        assert history.best_epoch == best
