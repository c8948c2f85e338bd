"""What one row of the table holds, and how a row is applied to whatever it is given."""

import math
from collections.abc import Callable
from typing import Any

from autograd.coercion import (
    UNDEFINED,
    Traced,
    UndefinedError,
    as_array,
    describe,
    exact,
    has_entries,
    is_array,
    is_finite,
    is_numpy,
    number,
)
from autograd.exact import fits_a_float
from autograd.interval import EVERYWHERE, Interval

# Every row, by name, in the order of the page. Filled by autograd/primitives.py and by autograd.primitive(...).
TABLE: dict[str, "Primitive"] = {}
ARGUMENTS = ("a", "b")


class Primitive:
    """One mathematical function of one or two arguments: its value, its derivatives, its domain.

    Call it on numbers, arrays, Values, or anything else that is ``Traced``: it says itself what a row makes of it.

    name: the word for it; the rows of the library are also methods of Value by that name.
    forward: the value, as a function of the inputs.
    partials: for each argument the derivative of the output with respect to it, a function of (output, *inputs).
    domain: for each argument the interval in which it may lie; everywhere when left out.
    option: the name of the last argument, and its value when the caller leaves it out.
    arrays: the value on arrays, a function of (numpy, *arrays); ``forward`` itself when left out.
    part_of: the function that people know, of which this row is a part; messages name that one.
    chooses: whether a derivative of 0 means that the row has dropped this operand, as where and relu do.
    custom: whether it came from ``autograd.primitive`` and not from this library's own page.
    """

    def __init__(
        self,
        name: str,
        forward: Callable[..., Any],
        partials: tuple[Callable[..., Any], ...],
        *,
        domain: tuple[Interval, ...] = (),
        option: tuple[str, float] | None = None,
        arrays: Callable[..., Any] | None = None,
        part_of: str = "",
        chooses: bool = False,
        custom: bool = False,
    ) -> None:
        self.name = name
        self.forward = forward
        self.partials = partials
        self.arity = len(partials)
        self.domain = domain or (EVERYWHERE,) * self.arity
        self.option = option
        self.arrays = arrays
        self.word = part_of or name
        self.chooses = chooses
        self.custom = custom

    def __call__(self, *operands: Any, **option: Any) -> Any:
        """The value on numbers or on arrays; a new node on Values."""
        operands = self.complete(operands, **option)
        for operand in operands:
            if isinstance(operand, Traced):
                return operand._apply_primitive(self, operands)
        if any(map(is_array, operands)):
            return self.on_arrays(*operands)
        return self.value(tuple(map(number, operands, ARGUMENTS)))

    def complete(self, operands: tuple[Any, ...], **option: Any) -> tuple[Any, ...]:
        """The operands, with the option filled in; TypeError when their count or a name is wrong."""
        if self.option and len(operands) == self.arity - 1:
            name, default = self.option
            operands += (option.pop(name, default),)
        if option:
            raise TypeError(f"{self.name} got an unexpected argument {next(iter(option))!r}")
        if len(operands) != self.arity:
            raise TypeError(f"{self.word} takes {self.arity} argument{'s' * (self.arity > 1)}, got {len(operands)}")
        return operands

    def value(self, numbers: tuple[Any, ...], labels: tuple[str, ...] = ("", "")) -> Any:
        """The value at plain numbers; where there is none, an error that names the operation and the operands."""
        try:
            output = self.forward(*numbers)
            if output in (math.inf, -math.inf) and all(map(is_finite, numbers)):
                raise OverflowError  # multiplication and its like give inf without a word
        except UNDEFINED as error:
            raise type(error)(self._undefined(numbers, labels, error)) from None
        return output

    def partial(self, argument: int, output: Any, numbers: tuple[Any, ...]) -> Any:
        """The derivative with respect to one argument, at plain numbers.

        Where it is undefined (the root at 0) the answer is what IEEE arithmetic gives: inf, -inf or nan.
        """
        try:
            return self.partials[argument](output, *numbers)
        except UNDEFINED:
            return ieee(self.partials[argument])(output, *numbers)

    def on_arrays(self, *arrays: Any) -> Any:
        """The value on NumPy arrays, entry by entry, by NumPy's rules (nan and inf instead of errors)."""
        import numpy as np

        given = [
            as_array(x, name) if is_numpy(x) or has_entries(x) else x
            for name, x in zip(ARGUMENTS, arrays, strict=False)
        ]
        if any(isinstance(x, Traced) or (is_numpy(x) and x.dtype == object) for x in given):
            return np.frompyfunc(self, self.arity, 1)(*given)
        reals = [np.asarray(x if is_numpy(x) else number(x, "operand"), dtype=float) for x in given]
        return self.arrays(np, *reals) if self.arrays else self.forward(*reals)

    def _undefined(self, numbers: tuple[Any, ...], labels: tuple[str, ...], error: Exception) -> str:
        given = ", ".join(
            f"{argument} = {exact(x)}" + (f" (label {label!r})" if label else "")
            for argument, x, label in zip(ARGUMENTS, numbers, labels, strict=False)
        )
        wanted = ", ".join(
            f"{argument} in {interval}"
            for argument, interval in zip(ARGUMENTS, self.domain, strict=False)
            if interval.is_bounded
        )
        if isinstance(error, UndefinedError):
            reason = str(error)
        elif isinstance(error, OverflowError):
            large = (argument for argument, x in zip(ARGUMENTS, numbers, strict=False) if not fits_a_float(x))
            reason = f"{next(large, 'the result')} is too large for a float"
        elif isinstance(error, ZeroDivisionError):
            reason = "division by zero"
        elif wanted and all(x in interval for x, interval in zip(numbers, self.domain, strict=False)):
            reason = f"it is defined for {wanted}, and a float rounds the number to one outside"
        else:
            reason = f"it is defined for {wanted}" if wanted else str(error)
        return f"{self.word} has no value at {given}: {reason}"

    def __repr__(self) -> str:
        return f"<primitive {self.name}>"

    def __reduce__(self) -> str | tuple[Any, ...]:
        return _row, (self.name,)  # rows are found again by name: a copy or a pickle is the row itself


LEAF = Primitive("", lambda: None, ())  # the operation of a node that was computed from nothing
UNKNOWN = math.nan * 1  # this very object is a local derivative that only a backward pass finds out: see by_hand.py
HIDDEN = {"": LEAF}  # operations of nodes that are not rows of the table


def primitive(
    name: str,
    forward: Callable[..., Any],
    *partials: Callable[..., Any],
    domain: tuple[Interval | str, ...] = (),
) -> Primitive:
    """Add a row of your own to the table, and return it: a function of numbers, arrays and Values.

    name: a Python identifier; a row of your own by that name is replaced, the library's rows are not.
    forward: a function of one or two plain numbers.
    partials: one function of (output, *inputs) per argument, written with operators and functions of
        ``autograd``, so that it can itself be differentiated.
    domain: one interval per argument, as "(0, inf)" or an ``autograd.interval.Interval``, where the function is not
        defined everywhere.

    Raises TypeError or ValueError when a part is missing or the name is taken.
    """
    if not isinstance(name, str) or not name.isidentifier():
        raise ValueError(f"name must be a Python identifier such as 'cube', not {describe(name)}")
    if name in TABLE and not TABLE[name].custom:
        raise ValueError(f"the table has a row named {name!r} already; choose another name")
    for part in (forward, *partials):
        if not callable(part):
            raise TypeError(f"forward and partials must be functions, not {describe(part)}")
    if len(partials) not in (1, 2):
        raise TypeError(f"{name} needs one partial per argument, for one or two arguments; got {len(partials)}")
    if not isinstance(domain, tuple) or len(domain) not in (0, len(partials)):
        raise TypeError(f"domain must be a tuple of {len(partials)} interval(s) such as ('(0, inf)',)")
    intervals = tuple(map(_interval, domain))
    return register(Primitive(name, forward, partials, domain=intervals, arrays=entrywise(forward), custom=True))


def _interval(given: Any) -> Interval:
    if not isinstance(given, (Interval, str)):
        raise TypeError(f"domain must hold intervals such as '(0, inf)', not {describe(given)}")
    return Interval.parse(given) if isinstance(given, str) else given


def register(row: Primitive) -> Primitive:
    """Put a row on the page."""
    TABLE[row.name] = row
    return row


def _row(name: str) -> Primitive:
    if name in HIDDEN:
        return HIDDEN[name]
    if name not in TABLE:
        raise LookupError(f"this graph uses a primitive {name!r} that is not defined here; define it first")
    return TABLE[name]


def entrywise(function: Callable[..., Any]) -> Callable[..., Any]:
    """A function of numbers, called on arrays entry by entry."""
    return lambda np, *arrays: np.vectorize(ieee(function), otypes=[float])(*arrays)


def ieee(function: Callable[..., Any]) -> Callable[..., float]:
    """A function of numbers by IEEE rules: infinite or NaN where Python would raise an error."""

    def evaluate(*numbers: Any) -> float:
        import numpy as np

        with np.errstate(all="ignore"):
            try:
                return float(function(*map(np.float64, numbers)))
            except UNDEFINED:
                return math.nan

    return evaluate
