"""Functions of functions: gradients, Jacobians, Hessians, and derivatives along a direction.

Each of them calls ``f`` on fresh Values, so no ``grad`` outside is touched, and differentiates what was recorded since.
Numbers in, numbers out. Give Values, or call inside a function that is itself being differentiated, and Values come
out: they can be differentiated again.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any

from autograd import anomaly
from autograd.backward import adjoints
from autograd.coercion import describe, has_entries, is_finite, number, plain
from autograd.grad_mode import differentiating, switched
from autograd.graph import ancestors
from autograd.registry import UNKNOWN
from autograd.value import Value

Function = Callable[..., Any]


def grad(f: Function, argnums: int | tuple[int, ...] = 0) -> Function:
    """The function that gives df/dx for the argument ``argnums``, or a tuple of derivatives for a tuple of them.

    f: takes numbers, returns one number. Where the result does not depend on an argument, the derivative is 0.
    An argument that is not asked about may also be data, nested lists or an array: f is given it as it is.
    Kinks: docs/conventions.md. Raises, when the derivative is asked for, TypeError for argnums that are not places of
    arguments, for an input that is not a number, and for an f that does not return one number; FloatingPointError
    where a derivative does not exist (sqrt at 0); and whatever f raises where it has no value.
    """

    def gradient(*point: Any) -> Any:
        return value_and_grad(f, argnums)(*point)[1]

    return gradient


def value_and_grad(f: Function, argnums: int | tuple[int, ...] = 0) -> Function:
    """Like ``grad``, but gives (f(x, ...), df/dx): both for the price of one. Raises as ``grad`` does."""
    chosen = (argnums,) if isinstance(argnums, int) else argnums

    def value_and_gradient(*point: Any) -> tuple[Any, Any]:
        for argument in chosen:
            if not isinstance(argument, int):
                raise TypeError(
                    f"argnums must be the place of an argument, or a tuple of places, not {describe(argnums)}"
                )
            if not -len(point) <= argument < len(point):
                raise TypeError(f"argnums asks for argument {argument}, but f was given {len(point)} argument(s)")
        places = [argument % len(point) for argument in chosen]
        trace = _Trace(f, point, data=[i for i, x in enumerate(point) if _is_data(x) and i not in places])
        derivatives = tuple(trace.gradient(trace.scalar(), places))
        return trace.out(trace.output), derivatives[0] if isinstance(argnums, int) else derivatives

    return value_and_gradient


def jacobian(f: Function) -> Function:
    """The function that gives a row [df_i/dx, df_i/dy, ...] for each output i; one row alone when f gives one number.

    f: takes numbers, returns a number, a list of numbers, or lists of lists, as another Jacobian does.
    Raises, when it is asked for, TypeError for an input or an output that is not a number, FloatingPointError where a
    derivative does not exist; and whatever f raises where it has no value.
    """

    def rows(*point: Any) -> list[Any]:
        trace = _Trace(f, point)

        def of(output: Any) -> list[Any]:
            return list(map(of, output)) if isinstance(output, (list, tuple)) else trace.gradient(output, trace.inputs)

        return of(trace.output)

    return rows


def hessian(f: Function) -> Function:
    """The function that gives the second derivatives, as rows: ``hessian(f)(x, y)[0][1]`` is d2f/dx dy.

    f: takes numbers, returns one number. The second derivative at a kink is 0. Raises as ``grad`` does.
    """

    def gradient(*point: Any) -> Any:
        return grad(f, tuple(range(len(point))))(*point)

    return jacobian(gradient)


def jvp(f: Function, primals: Sequence[Any], tangents: Sequence[Any]) -> tuple[Any, Any]:
    """(f(*primals), its derivative when the inputs move along ``tangents``): forward mode.

    The recorded local derivatives, multiplied in the order in which they were computed: the mirror of ``backward``.
    f returns a number, or a list of numbers; the derivative has the same form. Raises TypeError when there is not one
    tangent per primal, or something is not a number; FloatingPointError where a derivative does not exist.
    """
    if not isinstance(primals, Sequence) or not isinstance(tangents, Sequence):
        raise TypeError("jvp takes the primals and the tangents as two lists: jvp(f, [x], [1.0])")
    if len(primals) != len(tangents):
        raise TypeError(f"jvp needs one tangent per primal, got {len(primals)} primals and {len(tangents)} tangents")
    trace = _Trace(f, (*primals, *tangents), inputs=len(primals))
    directions = (x if isinstance(x, Value) else number(x, "tangent") for x in trace.rest)
    moving: dict[Any, Any] = dict(zip(trace.inputs.values(), directions, strict=True))
    moved = {x for x, tangent in moving.items() if plain(tangent)}  # along 0 nothing moves: that is not asked for
    outputs = list(trace.output) if isinstance(trace.output, (list, tuple)) else [trace.scalar()]
    outputs = [output if isinstance(output, Value) else number(output, "an output of f") for output in outputs]
    roots = [output for output in outputs if isinstance(output, Value)]
    order = ancestors(*roots, since=trace.since)[::-1]
    starts = tuple(moved)
    for node in order:
        for argument, parent, local in node._edges:
            if parent not in moving or anomaly.is_cut(node, local):
                continue
            if local is UNKNOWN:
                raise TypeError(
                    "a _backward set by hand goes backwards only: jvp needs the local derivatives themselves"
                )
            if parent in moved:
                moved.add(node)
            elif anomaly.is_missing(node, parent, local):
                continue
            slope = node._partial(argument) if trace.create_graph else local
            moving[node] = moving.get(node, 0) + slope * moving[parent]
    if not all(is_finite(plain(moving.get(root, 0))) for root in roots):
        culprits = anomaly.undefined(((node, edge, edge[1], node) for node in order for edge in node._edges), starts)
        for root in roots:
            if root in culprits:
                raise anomaly.missing(*culprits[root])
    results = [moving.get(output, 0) if isinstance(output, Value) else 0 for output in outputs]
    if isinstance(trace.output, (list, tuple)):
        return list(map(trace.out, outputs)), list(map(trace.out, results))
    return trace.out(outputs[0]), trace.out(results[0])


def _is_data(x: Any) -> bool:
    return isinstance(x, (list, tuple)) or (has_entries(x) and getattr(x, "shape", None) != ())


def _holds_value(x: Any) -> bool:
    return isinstance(x, Value) or (_is_data(x) and any(map(_holds_value, x)))


class _Trace:
    """One call of ``f`` on fresh inputs, by their places, and what may be asked of it.

    inputs: how many of the point are arguments of f; all when not given. data: the places of those that f is given as
    they are.
    """

    def __init__(
        self, f: Function, point: Sequence[Any], inputs: int | None = None, data: Collection[int] = ()
    ) -> None:
        if len(point) == len(data):
            raise TypeError("give the point at which to differentiate: grad(f)(x)")
        self.create_graph = bool(differentiating.get()) or any(map(_holds_value, point))
        with switched(True):
            # times 1: a node of our own that is still connected to the caller's
            self.inputs = {
                i: x * 1 if isinstance(x, Value) else Value(x) for i, x in enumerate(point[:inputs]) if i not in data
            }
            arguments = [self.inputs.get(i, x) for i, x in enumerate(point[:inputs])]
            self.rest = point[len(arguments) :]
            self.since = min(x._number for x in self.inputs.values())
            token = differentiating.set((*differentiating.get(), *self.inputs.values()))
            try:
                self.output = f(*arguments)
            finally:
                differentiating.reset(token)

    def scalar(self) -> Any:
        """The output, if it is one number."""
        if isinstance(self.output, (list, tuple)) or self.output is None:
            raise TypeError(
                f"f must return one number to have a gradient, but returned {describe(self.output)}; "
                "for several outputs use jacobian, and do not forget the return"
            )
        return self.output if isinstance(self.output, Value) else number(self.output, "the result of f")

    def gradient(self, output: Any, places: Iterable[int]) -> list[Any]:
        """d output / d input for the inputs at these places; 0 where there is no path."""
        wanted = [self.inputs[place] for place in places]
        if not isinstance(output, Value):
            number(output, "an output of f")
            return [self.out(0) for _ in wanted]
        with switched(True):
            return [self.out(x) for x in adjoints(output, wanted, self.since, self.create_graph)]

    def out(self, result: Any) -> Any:
        """A result as the caller wants it: a Value when they can differentiate it again, else a plain number."""
        if self.create_graph:
            return result if isinstance(result, Value) else Value(result)
        return result.data if isinstance(result, Value) else result
