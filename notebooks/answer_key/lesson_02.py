"""Slope: what the exercises of lesson 2 ask."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from autograd import exp, grad, sin
from judging import Choice, Exercise, Function, Number, not_a_number

Curve = Callable[[Any], Any]

# What a learner's function is tried on: (what to call it, the function, where).
CURVES: list[tuple[str, Curve, float]] = [
    ("x**2 at 3", lambda x: x**2, 3.0),
    ("x**3 at 2", lambda x: x**3, 2.0),
    ("5*x - 1 at 0", lambda x: 5 * x - 1, 0.0),
    ("sin(x) at 1", sin, 1.0),
    ("exp(x) at -1", exp, -1.0),
]


def _slope(slope: Callable[[Curve, float], Any]) -> str:
    for words, f, x in CURVES:
        found, right = slope(f, x), grad(f)(x)
        complaint = not_a_number(found)
        if complaint:
            return complaint
        if abs(found - 2 * right) < 1e-3:
            return f"For {words} you find twice the slope: how far apart are the two points that you compare?"
        if abs(found + right) < 1e-3:
            return f"For {words} the sign is wrong: rise and run must be taken in the same order."
        if abs(found - right) > 1e-5:
            return f"For {words} you find {found:.7g}, which is not close enough: is h small, and not too small?"
    return ""


def _touches(tangent: Callable[[Curve, float], Any]) -> str:
    for words, f, x in CURVES:
        line = tangent(f, x)
        if not callable(line):
            return "tangent(f, x) must return a function of t, the straight line itself: return line, without brackets."
        complaint = not_a_number(line(x))
        if complaint:
            return complaint
        if abs(line(x) - f(x)) > 1e-9:
            return f"For {words} your line gives {line(x):.6g} at x itself. There it must meet the curve."
    return ""


def _leans(tangent: Callable[[Curve, float], Any]) -> str:
    for words, f, x in CURVES:
        line = tangent(f, x)
        rise = line(x + 1) - line(x)
        if abs(rise) < 1e-12:
            return f"For {words} your line is level: how much does it rise for each unit that t moves away from x?"
        if abs(rise - grad(f)(x)) > 1e-6:
            return f"For {words} your line meets the curve and leans otherwise: its rise per unit is the slope at x."
        if abs(line(x + 2) - line(x) - 2 * rise) > 1e-6:
            return f"For {words} your line is not straight: the slope is taken once, at x, and not again at t."
    return ""


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
                "six": "That would be so with exact numbers.",
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
        Function([_slope]),
        "From h below to h above is a run of two steps.",
        (
            "Try it on a straight line, whose slope you know: slope(lambda x: 5 * x, 0.0).",
            "The rise is right. How far is it from x - h to x + h?",
        ),
    ),
    "2.5": Exercise(
        Function([_touches, _leans]),
        "A curve seen from near is a straight line: its height at x, and its slope times the way you go.",
        (
            "At t = x the line has the height f(x).",
            "From there it rises by the slope for each unit of the way from x to t.",
            "grad(f)(x) is the slope, and the way from x to t is t - x.",
        ),
    ),
}
