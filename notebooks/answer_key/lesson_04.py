"""Backward, one node at a time: what the exercises of lesson 4 ask."""

from collections.abc import Callable
from typing import Any

from autograd import Value, grad, parse
from autograd.graph import ancestors
from judging import Exercise, Function, Number, not_a_number
from visualize import explain

# What a learner's sweep is tried on: shared nodes, at the leaves and inside.
GRAPHS = ["3*x", "x*x", "x*x*x", "(x*x)*(x*x) + x*x", "x - x*2 + (x + 1)*(x + 1)"]


def _graph(formula: str) -> tuple[Value, Value]:
    x = Value(3, label="x")
    return parse(formula, x=x), x


def _sweeps(sweep: Callable[[Value], Any]) -> str:
    for formula in GRAPHS:
        root, x = _graph(formula)
        sweep(root)
        found, right = x.grad, _engine(formula)
        if found == right:
            continue
        if found == 0:
            return f"For {formula} at x = 3 nothing arrives at x. Does the gradient of the output begin at 1?"
        if found == _last_share(formula):
            return (
                f"For {formula} at x = 3 only the last share is left in x.grad: {found:g}. What happens to a share "
                "when another one arrives after it?"
            )
        return f"For {formula} at x = 3, x.grad is {found}, and a nudge says otherwise."
    root, x = _graph("x*x*x")
    sweep(root)
    sweep(root)
    if x.grad != _engine("x*x*x"):
        return "Right at first, but a second sweep over the same graph differs: begin with every gradient at 0."
    return ""


def _engine(formula: str) -> Any:
    root, x = _graph(formula)
    root.backward()
    return x.grad


def _last_share(formula: str) -> Any:
    """What is left in x.grad where each share replaces the one before."""
    root, x = _graph(formula)
    root.grad = 1
    for node in ancestors(root):
        for _, parent, local in node.edges:
            parent.grad = local * node.grad
    return x.grad


def _counts(count_paths: Callable[[Value, Value], Any]) -> str:
    for formula in GRAPHS:
        root, x = _graph(formula)
        found, right = count_paths(root, x), explain(root, wrt=x).count
        complaint = not_a_number(found)
        if complaint:
            return complaint
        if found == right:
            continue
        if found == _engine(formula):
            return f"For {formula} you give the slope. What must each arrow count for, if every path is to count as 1?"
        if found == len(set(root.parents)):
            return f"For {formula} you count the arrows into the output alone. Go on, node by node."
        return f"For {formula} you find {found} paths; explain(root, wrt=x) lists them."
    x = Value(1)
    root = x
    for _ in range(20):
        root = root + root
    if count_paths(root, x) != 2**20:
        return "For small graphs it is right; for twenty doublings it is not. Does each node have its turn just once?"
    other = Value(1)
    return "" if count_paths(root, other) == 0 else "To a value that has no part in the graph lead 0 paths."


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
        Function([_sweeps]),
        "Shares add up: that is the one sign that matters. You have mended backpropagation.",
        (
            "Try it on y = x * x and draw the graph: how many shares reach x?",
            "The second share overwrites the first. Look at the last line.",
        ),
    ),
    "4.4": Exercise(
        Function([_counts]),
        "The same sweep, with a 1 on every arrow: one pass over forty arrows counts a million paths.",
        (
            "How many paths lead from the output to itself? One, of no steps. That is where the count begins.",
            "A node hands its count to each parent, once per arrow, and there the counts add up.",
            "Keep the counts in a dictionary, counts = {root: 1}, and go through newest_first(root).",
        ),
    ),
}
