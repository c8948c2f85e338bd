"""Drawings of slopes: straight lines through two points of a curve, and what measuring costs."""

from collections.abc import Callable, Sequence

from autograd import grad
from pictures import Shown, show
from visualize.plots.figure import BLUE, ORANGE, THEME, plot

Curve = Callable[[float], float]


def secants(f: Curve, at: float, steps: Sequence[float]) -> Shown:
    """A curve, straight lines from its point at ``at`` to points further along, and the line that just touches it."""
    reach = max(map(abs, steps))
    xs = [at + reach * (i / 50 - 1.05) for i in range(106)]
    slopes = [(f(at + h) - f(at)) / h for h in steps]
    tangent = grad(f)(float(at))
    with plot("Shorter steps, and where they lead", height=3.8) as figure:
        axes = figure.subplots()
        axes.plot(xs, list(map(f, xs)), color=BLUE)
        for h, slope in zip(steps, slopes, strict=True):
            axes.plot([at, at + h], [f(at), f(at + h)], "o-", color=ORANGE, linewidth=1.2, markersize=4)
            axes.annotate(f"slope {slope:g}", (at + h, f(at + h)), (-62, 3), textcoords="offset points")
        axes.plot(xs, [f(at) + tangent * (x - at) for x in xs], color=THEME.muted, linestyle="--", linewidth=1)
        end = (xs[-1], f(at) + tangent * (xs[-1] - at))
        axes.annotate(f"slope {tangent:g}", end, (-30, -32), textcoords="offset points", color=THEME.muted)
        axes.set(xlabel="the knob x", ylabel="the dial", ylim=(min(map(f, xs)) - 1, max(map(f, xs)) + 1))
    listed = ", ".join(f"{h:g} further: slope {slope:g}" for h, slope in zip(steps, slopes, strict=True))
    return show(
        figure,
        f"A curve, and straight lines from its point at {at:g} to points further along. {listed}. A dashed line of "
        f"slope {tangent:g} just touches the curve at that point.",
    )


def errors(f: Curve, at: float, methods: Sequence[Callable[[Curve, float, float], float]]) -> Shown:
    """How far slopes measured by each method are from the true one, for steps from 1 down to 10**-15."""
    steps = [part * float(f"1e-{power}") for power in range(15) for part in (1, 0.56, 0.32, 0.18)]
    best = []
    with plot("How far a measured slope is off", height=3.8) as figure:
        axes = figure.subplots()
        for method, colour, marker in zip(methods, (ORANGE, BLUE), "os", strict=False):
            off = [abs(method(f, at, h) - grad(f)(at)) for h in steps]
            axes.loglog(steps, off, marker, color=colour, markersize=4, label=method.__name__)
            error, step = min((error, h) for error, h in zip(off, steps, strict=True) if error)
            best.append(f"{method.__name__} is best near a step of {step:.0e}, off by about {error:.0e}")
        axes.invert_xaxis()
        axes.set(xlabel="step h, smaller to the right", ylabel="error of the slope")
        axes.legend()
    return show(
        figure,
        f"Error of the slope against the step, on scales of powers of ten. Errors fall as the step shrinks, then climb "
        f"again: {'; '.join(best)}.",
    )
