"""A graph recorded once, and replayed on as many rows of numbers as there are.

x, t = Value(0.0), Value(0.0)
loss = (model([x]) - t) ** 2                # record one example
program = autograd.compile(loss, inputs=[x, t])
program.backward([[0.5, 1.0], [2.0, 0.0]])   # the mean over two others, and its gradients
"""

import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from autograd import by_hand
from autograd.coercion import describe, short
from autograd.grad_mode import differentiating
from autograd.graph import Node, ancestors

if TYPE_CHECKING:
    from autograd.program.program import Program


def compile(output: Any, inputs: Sequence[Any] = (), backend: str | None = None) -> "Program":
    """Freeze the graph of ``output`` into a program that computes it, and its gradients, for other numbers.

    output: a Value, or a list of Values (which can be computed, but not differentiated).
    inputs: the leaves whose numbers each row gives, one column each, in this order; one that the output does not
        depend on has gradient 0. All other leaves are read again at each call.
    backend: "numba" or "numpy"; chosen when left out: Numba when it is installed and every row is the library's own.
        On NumPy an operation takes microseconds however few rows there are: a long chain on one row is faster eager.

    A program repeats operations, not decisions. One that was made with ``if a > b``, ``max``, ``min`` or ``sorted``
    would be repeated as it fell then: ValueError says what was compared, and what to write instead. That holds for
    what the output and the inputs were computed from, and for what was computed from them: since the first input was
    made, or ever when there are no inputs. A comparison of numbers, ``a.data > b.data``, is free.
    What cannot be noticed: a number read with ``.data`` and used in the graph, or to decide, stays as it was. So does
    the number of a result from inside ``no_grad()``, and of what ``detach()``, ``deepcopy``, ``pickle``, or ``copy`` of
    a leaf give: they have no link back, which would keep alive the graph that ``detach`` is there to let go.
    ``==`` asks whether two are the same Value, not about numbers. ``nn.fit`` and ``nn.predict`` try a program on other
    rows first, and notice most of this.
    Inside a program IEEE rules hold: the logarithm of -1 is nan, not an error.
    Raises TypeError or ValueError for an output or an input that is not one.
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
    _refuse_choices(order, since=min((node._number for node in inputs), default=0))
    _refuse_lost_derivatives(order, inputs)
    _refuse_made_by_hand(order)
    from autograd.program.program import Program
    from autograd.program.tape import freeze  # NumPy is loaded when it is first needed

    return Program(freeze(order, outputs, inputs), inputs, several, backend)


def _refuse_choices(order: Sequence[Any], since: int) -> None:
    """Raise ValueError if one of the nodes, or something younger than ``since`` computed from one, was compared."""
    compared = [node for node in order if node._compared > since]
    if not compared:
        return
    node = next((node for node in compared if node._compared == math.inf), compared[0])
    what = _called(node) if node._compared == math.inf else f"something computed from {_called(node)}"
    raise ValueError(
        f"{what} was compared (with <, >, max, min or sorted): a program would repeat the decision as it fell, for "
        "every row. Write it with where(x, a, b), maximum, minimum or relu; or compare .data, if it is only a "
        "measurement, and record the output again"
    )


def _refuse_lost_derivatives(order: Sequence[Any], inputs: Sequence[Any]) -> None:
    """Raise TypeError inside grad(f) if the program would turn what is differentiated into plain numbers."""
    lost = [node for node in differentiating.get() if node in order and node not in inputs]
    if lost:
        raise TypeError(
            f"output was computed from {_called(lost[0])}, an argument of a function that is being differentiated: a "
            "program gives plain numbers, and the derivative would come out as 0. Return the Value itself, or list "
            "the argument in inputs and use program.gradient"
        )


def _refuse_made_by_hand(order: Sequence[Any]) -> None:
    node = next((node for node in order if node._primitive in (by_hand.ONE, by_hand.TWO)), None)
    if node is not None:
        raise ValueError(f"{_called(node)} was made by hand, so a program cannot compute it again; {by_hand.ADVICE}")


def _called(node: Any) -> str:
    kind = f"the result of {node._primitive.name}" if node.parents else "a leaf"
    return f"{node.label!r} ({kind}, {short(node.data)})" if node.label else f"{kind} ({short(node.data)})"
