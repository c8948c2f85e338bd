"""How objects show themselves: as the call that makes them, the same at each run, for they end up in notebooks."""

from collections.abc import Callable
from functools import wraps
from inspect import signature
from typing import Any, ParamSpec

P = ParamSpec("P")


def call_repr(name: str, *arguments: Any, **settings: Any) -> str:
    """A call as text: ``SGD(lr=0.1, momentum=0)``. Functions go by their names."""
    shown = [*map(_shown, arguments), *(f"{setting}={_shown(given)}" for setting, given in settings.items())]
    return f"{name}({', '.join(shown)})"


class MadeFunction:
    """A function that shows the call that made it."""

    def __init__(self, function: Callable[..., Any], call: str) -> None:
        self.function = function
        self.call = call

    def __call__(self, *arguments: Any) -> Any:
        """What the function gives."""
        return self.function(*arguments)

    def __repr__(self) -> str:
        return self.call


def shows_call(make: Callable[P, Callable[..., Any]]) -> Callable[P, Callable[..., Any]]:
    """Decorate what makes functions, so that ``cosine(3)`` shows itself as ``cosine(3)``."""

    @wraps(make)
    def made(*args: P.args, **kwargs: P.kwargs) -> Callable[..., Any]:
        return MadeFunction(make(*args, **kwargs), call_repr(make.__name__, *args, **kwargs))

    return made


def settings_repr(thing: Any) -> str:
    """An object as the call that makes it, by those of its arguments that it keeps; parameters are left out."""
    kept = {name: vars(thing)[name] for name in signature(type(thing)).parameters if name in vars(thing)}
    kept.pop("parameters", None)
    return call_repr(type(thing).__name__, **kept)


def _shown(given: Any) -> str:
    return str(getattr(given, "__qualname__", None) or repr(given))
