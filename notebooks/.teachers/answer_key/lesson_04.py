"""Backward, one node at a time: what the exercises of lesson 4 ask."""

from collections.abc import Callable
from typing import Any

from autograd import Value, grad, parse
from autograd.graph import ancestors
from judging import Exercise, Function, Number
from visualize import explain

# What a learner's walk is tried on: nodes that are used several times, at the leaves and inside.
GRAPHS = ["3*x", "x*x", "x*x*x", "(x*x)*(x*x) + x*x", "x - x*2 + (x + 1)*(x + 1)"]
SWEEPS = {f"{formula} at x = 3": (formula, 1) for formula in GRAPHS} | {"two sweeps over x*x*x": ("x*x*x", 2)}
Sweep = Callable[[Value], Any]


def _graph(formula: str) -> tuple[Value, Value]:
    x = Value(3, label="x")
    return parse(formula, x=x), x


def _doublings() -> tuple[Value, Value]:
    x = Value(1)
    root = x
    for _ in range(20):
        root = root + root
    return root, x


COUNTS = {formula: _graph(formula) for formula in GRAPHS} | {
    "twenty doublings": _doublings(),
    "a value that has no part in the graph": (_graph("x*x")[0], Value(1)),
}


def _swept(sweep: Sweep, case: tuple[str, int]) -> Any:
    """x.grad after one or two sweeps over the graph."""
    formula, times = case
    root, x = _graph(formula)
    for _ in range(times):
        sweep(root)
    return x.grad


def _sweep(clear: bool = True, start: int = 1, keep: bool = True) -> Sweep:
    """Backpropagation; with a step left out where one is told so."""

    def sweep(root: Value) -> None:
        for node in ancestors(root) if clear else ():
            node.grad = 0
        root.grad = start
        for node in ancestors(root):
            for parent, local in zip(node.parents, node.local_grads, strict=True):
                parent.grad = local * node.grad + (parent.grad if keep else 0)

    return sweep


def _slope(root: Value, leaf: Value) -> Any:
    _sweep()(root)
    return leaf.grad if leaf in ancestors(root) else 0


EXERCISES: dict[str, Exercise] = {
    "4.1": Exercise(
        Number(
            14,
            {
                26: "That is the right slope, what the right order gives. Here u is asked too early.",
                7: "That is what u has when it is asked. One more arrow leads on to a, and it bears a 2.",
                13: "That is all that u gets in the end. It is asked before the second share has arrived.",
                12: "That comes by way of v, which has its turn too late to matter.",
            },
        ),
        "a gets 14, and should get 26. u passes on 7 times 2; the 6 from v comes later, and u is not asked again.",
        (
            "y has its turn first. What does it add to u, and what to v?",
            "Now it is u's turn, with what it has so far. Its only arrow leads to a.",
            "Then v adds its share to u. Does anybody tell a?",
        ),
        prediction=True,
    ),
    "4.2": Exercise(
        Number(
            grad(lambda x: (x * x) * (x * x) + x * x)(2),
            {
                32: "The part through u * u alone. u also goes directly into the sum.",
                4: "The part through the sum alone. u also goes into u * u, twice.",
                18: "One arrow of x * x is forgotten: there are two.",
                9: "That is the gradient of u, and it is right. One step further: what does a unit of x do to u?",
                20: "One arrow of u * u is forgotten: there are two.",
                12: "One arrow of u * u is forgotten, or its factor.",
            },
        ),
        "u gets 4 + 4 + 1 = 9, and hands on 9 * 2 along each of its two arrows.",
        (
            "Forward first: u = 4, u * u = 16, y = 20.",
            "Which arrows leave u? Two into the product, one into the sum. Add up what comes back along them.",
            "u * u: each arrow bears the other operand, 4. The sum's arrow bears 1.",
            "Then multiply what u has with what each arrow from x bears, and add.",
        ),
    ),
    "4.3": Exercise(
        Function(
            _sweep(),
            SWEEPS,
            _swept,
            {
                _sweep(
                    keep=False
                ): "Only the last share is left in x.grad. What happens to a share when another arrives?",
                _sweep(start=0): "Nothing arrives at x. The output's gradient begins at 1.",
                _sweep(clear=False): "Right at first; but a second sweep differs. Every gradient begins at 0.",
            },
            "explain(root, wrt=x) lists what should arrive.",
        ),
        "Shares add up: that is the one sign that matters. You have mended backpropagation.",
        (
            "Try it on y = x * x and draw the graph: how many shares reach x?",
            "The second share overwrites the first. Look at the last line.",
        ),
    ),
    "4.4": Exercise(
        Function(
            lambda root, leaf: explain(root, wrt=leaf).count,
            COUNTS,
            lambda count_paths, case: count_paths(*case),
            {
                lambda root, leaf: len(
                    root.parents
                ): "You count the arrows into the output alone. Go on, node by node.",
                _slope: "That is the slope. What must each arrow count for, if every path is to count as 1?",
                lambda root, leaf: sum(
                    len(node.parents) for node in ancestors(root)
                ): "You count all arrows of the graph.",
                lambda root, leaf: sum(node.parents.count(leaf) for node in ancestors(root)): (
                    "You count the arrows that leave the leaf. Several paths may go on from where one of them ends."
                ),
            },
            "Each node hands on what it has, once for each arrow; explain(root, wrt=leaf) lists the paths.",
        ),
        "The same sweep, with a 1 on every arrow: one pass over forty arrows counts a million paths.",
        (
            "How many paths lead from the output to itself? One, of no steps. That is where the count begins.",
            "A node hands its count to each parent, once per arrow, and there the counts add up.",
            "Keep the counts in a dictionary, counts = {root: 1}, and go through newest_first(root).",
        ),
    ),
}
