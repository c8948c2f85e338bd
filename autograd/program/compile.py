"""A graph recorded once, and replayed on as many rows of numbers as there are.

x, t = Value(0.0), Value(0.0)
loss = (model([x]) - t) ** 2                # record one example
program = autograd.compile(loss, inputs=[x, t])
program.backward([[0.5, 1.0], [2.0, 0.0]])   # the mean over two others, and its gradients
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from autograd.coercion import describe, short
from autograd.graph import Node, ancestors

if TYPE_CHECKING:
    from autograd.program.program import Program


def compile(output: Any, inputs: Sequence[Any] = (), backend: str | None = None) -> "Program":
    """Freeze the graph of ``output`` into a program that computes it, and its gradients, for other numbers.

    output: a Value, or a list of Values (which can be computed, but not differentiated).
    inputs: the leaves whose numbers each row gives, one column each, in this order; one that the output does not
        depend on has gradient 0. All other leaves are read anew at each call.
    backend: "numba" or "numpy"; chosen when left out: Numba when it is installed and every row is the library's own.
        On NumPy an operation takes microseconds however few rows there are: a long chain on one row is faster eager.

    A program repeats operations, not decisions. One that was made while recording, with ``if a > b`` or ``max``,
    would be repeated as it fell then: ValueError says what was compared, and what to write instead. What cannot be
    noticed: a number read with ``.data`` and used in the graph stays as it was, and so does a result from inside
    ``no_grad()``, which is a leaf. Inside a program IEEE rules hold: the logarithm of -1 is nan, not an error.
    Raises TypeError or ValueError for an output or an input that is no such thing.
    """
    several = isinstance(output, (list, tuple))
    outputs = list(output) if several else [output]
    for place, node in enumerate(outputs):
        if not isinstance(node, Node):
            name = f"output[{place}] must be a Value" if several else "output must be a Value, or a list of Values"
            raise TypeError(f"{name}, not {describe(node)}")
    if not outputs:
        raise ValueError("output is an empty list: there is nothing to compute")
    if not isinstance(inputs, Iterable):
        raise TypeError(f"inputs must be a list of Values, such as [x, t], not {describe(inputs)}")
    inputs = list(inputs)
    for column, node in enumerate(inputs):
        if not isinstance(node, Node):
            raise TypeError(f"inputs[{column}] must be a Value of the recorded graph, not {describe(node)}")
        if node.parents:
            raise ValueError(
                f"inputs[{column}] is the result of {node._primitive.name}: an input must be a leaf, whose number "
                "comes from outside; give the Values that it was computed from"
            )
        if node in inputs[:column]:
            raise ValueError(f"inputs[{column}] and inputs[{inputs.index(node)}] are the same Value")
    order = ancestors(*outputs, *inputs)
    _refuse_choices(order)
    from autograd.program.program import Program
    from autograd.program.tape import freeze  # NumPy is loaded when it is first needed

    return Program(freeze(order, outputs, inputs), inputs, several, backend)


def _refuse_choices(order: Sequence[Any]) -> None:
    """Raise ValueError if an operation was recorded after one of the graph's own nodes was compared."""
    compared = min((node for node in order if node._compared), key=lambda node: node._compared, default=None)
    youngest = next((node for node in order if node.parents), None)
    if compared is None or youngest is None or youngest._number <= compared._compared:
        return
    first = next(node for node in reversed(order) if node.parents and node._number > compared._compared)
    raise ValueError(
        f"{_called(compared)} was compared (with <, >, max, min or sorted), and {_called(first)} was recorded after "
        "that: a program would repeat the decision as it fell, for every row. Write it with where(x, a, b), maximum, "
        "minimum or relu; or compare .data, if it is only a measurement"
    )


def _called(node: Any) -> str:
    kind = f"the result of {node._primitive.name}" if node.parents else "a leaf"
    return f"{node.label!r} ({kind}, {short(node.data)})" if node.label else f"{kind} ({short(node.data)})"
