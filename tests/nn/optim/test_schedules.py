import math

import pytest

from nn.optim import schedules


def first(schedule, count):
    return [schedule(epoch) for epoch in range(count)]


def test_constant_and_step():
    assert first(schedules.constant(), 3) == [1, 1, 1]
    assert first(schedules.step(2, gamma=0.5), 6) == [1, 1, 0.5, 0.5, 0.25, 0.25]
    assert schedules.step(30)(60) == pytest.approx(0.01)


def test_linear_goes_to_its_end_and_stays_there():
    assert first(schedules.linear(4), 6) == [1, 0.75, 0.5, 0.25, 0, 0]
    assert first(schedules.linear(2, end=0.5), 4) == [1, 0.75, 0.5, 0.5]


def test_cosine_is_half_a_wave():
    schedule = schedules.cosine(10, end=0.2)
    assert first(schedule, 11) == pytest.approx([0.6 + 0.4 * math.cos(math.pi * t / 10) for t in range(11)])
    assert schedule(10) == schedule(99) == pytest.approx(0.2)
    assert schedules.cosine(8)(4) == pytest.approx(0.5)


def test_warm_up_rises_evenly_to_where_the_schedule_begins():
    schedule = schedules.warm_up(schedules.linear(4), 3)
    assert first(schedule, 9) == [0.25, 0.5, 0.75, 1, 0.75, 0.5, 0.25, 0, 0]


@pytest.mark.parametrize("make", [schedules.step, schedules.linear, schedules.cosine])
def test_no_epochs_make_no_schedule(make):
    with pytest.raises(ValueError, match="must be at least 1, not 0"):
        make(0)
    with pytest.raises(ValueError, match="must be at least 1, not 0"):
        schedules.warm_up(schedules.constant(), 0)
