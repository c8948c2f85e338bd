"""Drawings of knobs: what each input brings to a score, and lines that a weight and a bias can draw."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from moving import flip_book
from pictures import Shown, show
from visualize.plots.figure import BLUE, ORANGE, THEME, plot


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


def turning(rides: Sequence[tuple[int, int]], walk: Sequence[tuple[Fraction, Fraction]]) -> Shown:
    """Two knobs that are turned, and the line that they make. walk: (weight, bias), setting after setting."""

    def spot(km: int, price: Fraction | int) -> str:
        return f"{40 + 85 * km:.1f} {300 - 34 * float(price):.1f}"

    def knob(x: int, name: str, value: Fraction) -> str:
        ticks = "".join(
            f'<path d="M0-54V-46" stroke="var(--line)" transform="rotate({60 * n - 90})"/>' for n in range(4)
        )
        return (
            f'<g transform="translate({x} 210)">{ticks}<circle r="40" fill="var(--card)" stroke="var(--parameter)" '
            f'stroke-width="3"/><path d="M0 0V-34" stroke="var(--parameter)" stroke-width="5" stroke-linecap="round" '
            f'transform="rotate({60 * float(value) - 90:.0f})"/>'
            f'<text y="70" text-anchor="middle">{name} {value}</text></g>'
        )

    points = "".join(f'<circle r="6" transform="translate({spot(*ride)})" fill="{BLUE}"/>' for ride in rides)
    pages, told = [], []
    for w, b in walk:
        off = sum((w * km + b - price) ** 2 for km, price in rides)
        gaps = "".join(f"M{spot(km, w * km + b)}L{spot(km, price)}" for km, price in rides)
        pages.append(
            f'<path d="M{spot(0, b)}L{spot(4, w * 4 + b)}" stroke="var(--text)" stroke-width="2.5" '
            f'clip-path="url(#plane)"/><path d="{gaps}" stroke="var(--accent)" stroke-width="2.5"/>{points}'
            f'{knob(482, "weight", w)}{knob(622, "bias", b)}<text x="430" y="58" font-weight="bold">off by {off}</text>'
        )
        told.append(f"{w} and {b}, off by {off}")
    return flip_book(
        """<path d="M40 16V300H384" fill="none" stroke="var(--line)"/>
<text x="384" y="320" text-anchor="end" class="small">km</text><text x="48" y="28" class="small">price</text>
<text x="430" y="82" class="small">the squares of the gaps, added up</text>
<clipPath id="plane"><path d="M40 16H384V300H40z"/></clipPath>""",
        [*pages[:-1], *pages[-1:] * 3],
        "A moving picture: two knobs, a weight and a bias, are turned notch by notch, and the line that they make gets "
        f"nearer to three rides until it meets them: {'; '.join(told)}.",
        height=336,
        seconds=1.6,
    )
