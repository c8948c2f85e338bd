"""Drawings of knobs: what each input brings to a score, and lines that a weight and a bias can draw."""

from collections.abc import Mapping, Sequence

from pictures import Shown, show
from visualize.canvas import BLUE, ORANGE, THEME, plot


def desk(film: Mapping[str, float], weights: Mapping[str, float], bias: float) -> Shown:
    """How a score comes about: from 0 to the bias, and on by each input times its weight."""
    moves = {"bias": bias} | {f"{film[name]:g} {name} × {weights[name]:g}": film[name] * weights[name] for name in film}
    at, told = 0.0, []
    with plot("How the score comes about", width=7.4, height=3.2) as figure:
        axes = figure.subplots()
        for place, (name, move) in enumerate(moves.items()):
            axes.barh(place, move, left=at, color=BLUE if move >= 0 else ORANGE, height=0.6)
            axes.annotate(f"{move:+g}", (max(at, at + move), place), (5, 0), textcoords="offset points", va="center")
            at += move
            axes.plot([at, at], [place - 0.3, place + 1.3], color=THEME.muted, linewidth=1)
            told.append(f"{name}: {move:+g}")
        end = (max(at, 0), len(moves))
        axes.barh(len(moves), at, color=THEME.text, height=0.6)
        axes.annotate(f"{at:g}", end, (5, 0), textcoords="offset points", va="center", weight="bold")
        axes.set(yticks=range(len(moves) + 1), yticklabels=[*moves, "score"], xlabel="points")
        axes.axvline(0, color=THEME.muted, linewidth=1)
        axes.grid(visible=False, axis="y")
        axes.margins(x=0.1)
        axes.invert_yaxis()
    return show(figure, f"Bars, one after the other, lead from 0 to the score {at:g}. {', '.join(told)}.")


def lines(rides: Sequence[tuple[float, float]], through: Sequence[tuple[float, float]]) -> Shown:
    """Rides as points, and for each (weight, bias) its line; the last one is drawn in colour."""
    longest = max(km for km, _ in rides) * 1.15
    with plot("Lines through the origin, and one that is lifted", height=3.8) as figure:
        axes = figure.subplots()
        for number, (w, b) in enumerate(through, 1):
            last = number == len(through)
            colour, width = (ORANGE, 2.2) if last else (THEME.muted, 1)
            axes.plot([0, longest], [b, w * longest + b], color=colour, linewidth=width)
            words = f"{w:.3g} · km" + (f" + {b:g}" if b else "")
            drop = -12 if last else -3  # the last two lines end close to each other
            axes.annotate(words, (longest, w * longest + b), (4, drop), textcoords="offset points")
        axes.plot(*zip(*rides, strict=True), "o", color=THEME.text, zorder=3)
        axes.set(xlabel="km", ylabel="price", xlim=(0, longest * 1.25), ylim=(0, None))
    told = ", ".join(f"weight {w:.3g} and bias {b:g}" for w, b in through)
    return show(
        figure,
        f"{len(rides)} rides as points, and lines: {told}. Lines without a bias begin at the origin and miss some of "
        "the points; the last line begins higher and meets them all.",
    )
