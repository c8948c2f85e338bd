"""Slope: what the exercises of lesson 2 ask."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from autograd import exp, grad, sin
from judging import Choice, Exercise, Function, Number

Curve = Callable[[Any], Any]

# What a learner's function is tried on: the curve, and where.
CURVES: dict[str, tuple[Curve, float]] = {
    "x**2 at 3": (lambda x: x**2, 3.0),
    "x**3 at 2": (lambda x: x**3, 2.0),
    "5*x - 1 at 0": (lambda x: 5 * x - 1, 0.0),
    "sin(x) at 1": (sin, 1.0),
    "exp(x) at -1": (exp, -1.0),
}
LINES = {f"{words}, seen {way:+d} away": (f, x, way) for words, (f, x) in CURVES.items() for way in (0, 1, -2)}


def slope(f: Curve, x: float, h: float = 1e-5) -> Any:
    """The central difference."""
    return (f(x + h) - f(x - h)) / (2 * h)


def tangent(f: Curve, x: float) -> Curve:
    """The straight line that touches the curve at x."""
    return lambda t: f(x) + grad(f)(x) * (t - x)


def _on_the_line(tangent: Callable[[Curve, float], Curve], case: tuple[Curve, float, int]) -> Any:
    f, x, way = case
    line = tangent(f, x)
    if not callable(line):
        raise TypeError(f"tangent(f, x) must return a function of t, the line itself: return line. It returned {line}")
    return line(x + way)


EXERCISES: dict[str, Exercise] = {
    "2.1": Exercise(
        Number(
            (Fraction("3.1") ** 2 - 9) / Fraction("0.1"),
            {
                Fraction("0.61"): "That is the rise alone. How large is it for each unit of the run?",
                Fraction("9.61"): "That is where the dial ends up. How far did it come, and over which run?",
                6: "That is where the slopes are heading. Here the step is not tiny yet: divide the rise by the run.",
                Fraction("0.1") / Fraction("0.61"): "That is run by rise, upside down.",
            },
        ),
        "The rise is 0.61 over a run of 0.1: ten times as much for a whole unit.",
        (
            "The rise is how far the dial moved: the dial after the nudge, less the dial before.",
            "3.1 * 3.1 = 9.61, and before the nudge the dial stood at 9.",
            "Divide that difference by the run, the size of the nudge.",
        ),
    ),
    "2.2": Exercise(
        Number(
            grad(lambda x: 1 / x)(Fraction(3, 2)),
            {
                Fraction(2, 3): "That is 1/x itself, the height of the curve. How steep is it there?",
                Fraction(-9, 4): "Upside down: the slope is the gradient that backward() leaves in x.grad.",
                0: "Gradients are 0 until y.backward() has run.",
            },
        ),
        "1/x falls, so the slope is negative; and it is exact, because the engine follows rules and measures nothing.",
        (
            "Make the knob, x = Value(Fraction(3, 2)), and compute y = 1 / x.",
            "Call y.backward() and look at x.grad.",
        ),
    ),
    "2.3": Exercise(
        Choice(
            "zero",
            {
                "six": "With exact numbers it would be, but for a hair.",
                "zero": "",
                "huge": "It could have been: a small wrong rise over a tiny run. But here not even that is left.",
            },
        ),
        "It is exactly 0. A float keeps about 16 digits, so 3 + 1e-16 is 3 again: the knob never moved, and "
        "neither did the dial.",
        (
            "What is 3.0 + 1e-16, as a float? Ask Python in a cell of your own.",
            "If the knob does not move at all, what is the rise?",
        ),
        prediction=True,
    ),
    "2.4": Exercise(
        Function(
            slope,
            CURVES,
            lambda slope, case: slope(*case),
            {
                lambda f, x: 2 * slope(f, x): "That is twice the slope: how far apart are the two points you compare?",
                lambda f, x: -slope(f, x): "The sign is wrong: rise and run must be taken in the same order.",
                lambda f, x: slope(f, x) / 2: "That is half the slope: how far apart are the two points you compare?",
            },
            "Do you look on both sides? Is h small, but not too small?",
            tolerance=1e-6,
        ),
        "From h below to h above is a run of two steps.",
        (
            "Try it on a straight line, whose slope you know: slope(lambda x: 5 * x, 0.0).",
            "The rise is right. How far is it from x - h to x + h?",
        ),
    ),
    "2.5": Exercise(
        Function(
            tangent,
            LINES,
            _on_the_line,
            {
                lambda f, x: lambda t: 0.0: "Your line is 0 everywhere. At x it must meet the curve.",
                lambda f, x: lambda t: f(x): "Your line is level: how much does it rise for each unit from x to t?",
                lambda f, x: lambda t: grad(f)(x) * (t - x): "Your line leans as it should, but begins at 0.",
                lambda f, x: lambda t: f(x) + grad(f)(x) * t: "How far is it from x to t? That is what makes it rise.",
                lambda f, x: (
                    lambda t: f(x) + grad(f)(t) * (t - x)
                ): "The slope is taken at t; a line has only one, at x.",
                lambda f, x: lambda t: f(t): "That is the curve itself. The line only knows what the curve does at x.",
            },
            "At x the line meets the curve; from there it rises by the slope at x for each unit.",
        ),
        "A curve seen from near is a straight line: its height at x, and its slope times the way you go.",
        (
            "At t = x the line has the height f(x).",
            "From there it rises by the slope for each unit of the way from x to t.",
            "grad(f)(x) is the slope, and the way from x to t is t - x.",
        ),
    ),
}
