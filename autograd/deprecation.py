"""Old names keep working for one release: each use warns and says the new name."""

import functools
import warnings
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])
T = TypeVar("T")


def renamed(module: str, old_names: Mapping[str, tuple[str, Any]]) -> Callable[[str], Any]:
    """A module's ``__getattr__``, which still answers to old names.

    old_names: for each old name what to write instead, and what the old name stands for.
    """

    def find(name: str) -> Any:
        if name not in old_names:
            raise AttributeError(f"module {module!r} has no attribute {name!r}")
        instead, thing = old_names[name]
        warnings.warn(f"{module}.{name} is now {instead}", DeprecationWarning, stacklevel=2)
        return thing

    return find


def renamed_argument(function: str, old: str, new: str, given: T) -> T:
    """What was given under the old name of an argument; it warns."""
    warnings.warn(f"{function}({old}=) is now {new}=", DeprecationWarning, stacklevel=3)
    return given


def renamed_arguments(**new_names: str) -> Callable[[F], F]:
    """Let a function be called with the old names of its arguments: ``@renamed_arguments(old="new")``."""

    def decorate(function: F) -> F:
        @functools.wraps(function)
        def call(*positional: Any, **named: Any) -> Any:
            for old, new in new_names.items():
                if old in named:
                    if new in named:
                        raise TypeError(f"{function.__name__}() got both {new}= and its old name {old}=")
                    named[new] = renamed_argument(function.__name__, old, new, named.pop(old))
            return function(*positional, **named)

        return call  # type: ignore[return-value]

    return decorate
