"""Drawings of knobs: what each input brings to a score, and lines that a weight and a bias can draw."""

from collections.abc import Mapping, Sequence

from matplotlib import pyplot

from pictures import BLUE, INK, MUTED, ORANGE, Shown, show


def desk(film: Mapping[str, float], weights: Mapping[str, float], bias: float) -> Shown:
    """How a score comes about: from 0 to the bias, and on by each input times its weight."""
    moves = {"bias": bias} | {f"{film[name]:g} {name} × {weights[name]:g}": film[name] * weights[name] for name in film}
    figure, axes = pyplot.subplots(figsize=(7.4, 2.9), layout="constrained")
    at, told = 0.0, []
    for place, (name, move) in enumerate(moves.items()):
        axes.barh(place, move, left=at, color=BLUE if move >= 0 else ORANGE, height=0.6)
        axes.annotate(f"{move:+g}", (max(at, at + move), place), (5, 0), textcoords="offset points", va="center")
        at += move
        axes.plot([at, at], [place - 0.3, place + 1.3], color=MUTED, linewidth=1)
        told.append(f"{name}: {move:+g}")
    axes.barh(len(moves), at, color=INK, height=0.6)
    axes.annotate(f"{at:g}", (max(at, 0), len(moves)), (5, 0), textcoords="offset points", va="center", weight="bold")
    axes.set(yticks=range(len(moves) + 1), yticklabels=[*moves, "score"], xlabel="points")
    axes.tick_params(axis="y", labelcolor=INK)
    axes.axvline(0, color=MUTED, linewidth=1)
    axes.margins(x=0.1)
    axes.invert_yaxis()
    return show(figure, f"Bars, one after the other, lead from 0 to the score {at:g}. {', '.join(told)}.")


def lines(rides: Sequence[tuple[float, float]], through: Sequence[tuple[float, float]]) -> Shown:
    """Rides as points, and for each (weight, bias) its line; the last one is drawn in colour."""
    figure, axes = pyplot.subplots(figsize=(6.4, 3.6))
    longest = max(km for km, _ in rides) * 1.15
    for number, (w, b) in enumerate(through, 1):
        last = number == len(through)
        axes.plot([0, longest], [b, w * longest + b], color=ORANGE if last else MUTED, linewidth=2 if last else 1)
        words = f"{w:.3g} · km" + (f" + {b:g}" if b else "")
        drop = -12 if last else -3  # the last two lines end close to each other
        axes.annotate(words, (longest, w * longest + b), (4, drop), textcoords="offset points")
    axes.plot(*zip(*rides, strict=True), "o", color=INK, zorder=3)
    axes.set(xlabel="km", ylabel="price", xlim=(0, longest * 1.2), ylim=(0, None))
    told = ", ".join(f"weight {w:.3g} and bias {b:g}" for w, b in through)
    return show(
        figure,
        f"{len(rides)} rides as points, and lines: {told}. Lines without a bias begin at the origin and miss some of "
        "the points; the last line begins higher and meets them all.",
    )
