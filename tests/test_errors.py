"""Every exception of ours survives a pickle and a copy: workers send errors to their parents that way."""

import copy
import importlib
import pickle
import pkgutil

import pytest

import autograd
import nn
import visualize
from autograd.gradcheck import Checked, GradientError

GIVEN = {GradientError: ([Checked(0, 1.0, 2.0, 3.0, False)],)}  # all others are made of a message


def classes() -> list[type[Exception]]:
    """Every exception class that is defined in one of our packages."""
    found = set()
    for package in (autograd, nn, visualize):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if module.name.endswith("__main__"):
                continue
            try:
                members = vars(importlib.import_module(module.name)).values()
            except ModuleNotFoundError:  # an optional library is not installed
                continue
            found |= {x for x in members if isinstance(x, type) and issubclass(x, Exception)}
    ours = ("autograd", "nn", "visualize")
    return [each for each in sorted(found, key=str) if each.__module__.partition(".")[0] in ours]


@pytest.mark.parametrize("kind", classes(), ids=lambda kind: kind.__name__)
def test_an_error_is_the_same_after_a_pickle_and_a_copy(kind: type[Exception]) -> None:
    error = kind(*GIVEN.get(kind, ("what was wrong",)))
    for again in (pickle.loads(pickle.dumps(error)), copy.copy(error), copy.deepcopy(error)):
        assert type(again) is kind
        assert str(again) == str(error)
        assert vars(again) == vars(error)


def test_they_were_found() -> None:
    assert {GradientError, autograd.ParseError} <= set(classes())
