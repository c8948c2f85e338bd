"""The graph and its paths: what the exercises of lesson 3 ask."""

from collections.abc import Sequence
from math import prod
from typing import Any

from autograd import Value, parse
from judging import Exercise, Function, Number
from visualize import explain
from visualize.explain.paths import Explanation

# What a learner's function is tried on: graphs with one, two and more paths from the output back to x.
GRAPHS = ["4*x", "x*x", "3*x + x", "2*x*x - 5*x", "(x + 2*x) * (x + 1)"]


def _paths(formula: str) -> list[list[int]]:
    x = Value(3, label="x")
    return [list(map(int, path.factors)) for path in explain(parse(formula, x=x), wrt=x).paths]


def total(paths: Sequence[Sequence[Any]]) -> Any:
    """Multiply along each path, add over the paths."""
    return sum(map(prod, paths))


def _gradient(formula: str, **given: float) -> dict[str, Any]:
    """The gradient of the formula along each name, by the engine."""
    leaves = {name: Value(number, label=name) for name, number in given.items()}
    parse(formula, **leaves).backward()
    return {name: leaf.grad for name, leaf in leaves.items()}


def _cubed() -> Explanation:
    x = Value(2, label="x")
    return explain(x * x * x, wrt=x)


EXERCISES: dict[str, Exercise] = {
    "3.1": Exercise(
        Number(
            _gradient("5*(2*x - 7) * 4", x=1)["x"],
            {
                11: "You added the factors: 5 + 2 + 4. One unit of x makes two of the next number. And then?",
                10: "Nearly: one gear is left out. How much does the output move for each unit of the last product?",
                8: "One gear is left out: the 5.",
                20: "One gear is left out, the first one: what does a unit of x do to 2*x - 7?",
                -100: "That is the output itself, how high it stands. How much does it move for each unit of x?",
                -280: "The 7 is added, and not multiplied: it moves the number up or down, and changes no slope.",
            },
        ),
        "2, then 5, then 4: three factors on one path. The 7 shifts, and a shift has no part in a slope.",
        (
            "Nudge x by 1. By how much does 2*x - 7 move?",
            "And what does that do to the number after it, and then to the output?",
            "Multiply the three factors.",
        ),
    ),
    "3.2": Exercise(
        Number(
            _cubed().count,
            {
                1: "There is more than one arrow that starts at x: each time x is written makes one.",
                2: "x * x alone has two. The product is then multiplied by x once more.",
                4: "After the first product there is only one arrow on, and it is shared.",
                _cubed().gradient: "That is the slope, and not the number of paths.",
            },
        ),
        "3 paths, each with the product 4, for x stands in the formula three times. Their sum is 12, and that is the "
        "slope of x cubed at 2, as you measured it in lesson 2.",
        (
            "Python computes x * x first, then multiplies the result by x.",
            "Go back from the output: which arrows end in the last product? From where do they come?",
        ),
        prediction=True,
    ),
    "3.3": Exercise(
        Function(
            lambda a, b: _gradient("a*a*b + a*b", a=a, b=b)["a"],
            {f"a = {a}, b = {b}": (a, b) for a, b in ((2, -3), (5, 1), (-1, 4))},
            lambda slope, case: slope(*case),
            {
                lambda a, b: a * b + b: "A path is missing: in how many ways does a reach the output? Draw the graph.",
                lambda a, b: 2 * a * b: "That is what comes through a * a alone.",
                lambda a, b: b: "That is what comes through a * b alone.",
                lambda a, b: a * a * b + a * b: "That is the output itself. How far does it move for each unit of a?",
                lambda a, b: a * a + a: "That is the slope along b.",
            },
            "Nudge a by a little: the output says otherwise.",
        ),
        "a reaches the output in three ways: twice through a * a, and once through a * b.",
        (
            "Draw it: y = Value(2, label='a') and so on, then draw_dot. How many arrows leave a?",
            "Each path gives a product: through a * a the factors are a, then b.",
            "a * a is left by two arrows that look alike. Both count.",
        ),
    ),
    "3.4": Exercise(
        Function(
            total,
            {f"the paths {paths}": paths for paths in (*map(_paths, GRAPHS), [])},
            lambda total, case: total(case),
            {
                lambda paths: (
                    0
                ): "Your function gives 0 for every list of paths. Begin with one path: what is it worth?",
                lambda paths: sum(map(sum, paths)): "You add along each path. What do two gears in a row do?",
                lambda paths: prod(map(prod, paths)): "You multiply the paths with each other. Each acts on its own.",
                lambda paths: prod(map(sum, paths)): "Sums and products have changed places.",
                lambda paths: prod(paths[0]) if paths else 0: "Only the first path is counted.",
                lambda paths: prod(paths[-1]) if paths else 0: "Only the last path is counted. Is += meant, not =?",
            },
            "Where no path leads nothing arrives: total([]) is 0.",
        ),
        "Multiply along each path, add over the paths. That is the whole chain rule.",
        (
            "Take one path first: [2, 5, 4] is three gears in a row.",
            "Begin with 1 and multiply every factor into it: that is one path.",
            "Begin with 0 and add every path's product to it. math.prod multiplies a list for you.",
        ),
    ),
}
