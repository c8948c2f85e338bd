"""Data with more columns than matter, and drawings of what training makes of the weights."""

from collections.abc import Mapping, Sequence
from random import Random

from matplotlib.axes import Axes

import nn
from moving import flip_book
from nn.optim.regularizers import Regularizer
from pictures import Shown, show
from visualize.plots.figure import BLUE, ORANGE, THEME, plot

DIGITS = 17  # of telephone numbers and invoices
TRUE = [3.0, -2.0, 1.0] + DIGITS * [0.0]
FEATURES = ["size", "way", "floor", *(f"digit {place}" for place in range(1, DIGITS + 1))]


def flats(count: int, seed: int) -> nn.Dataset:
    """Flats with twenty columns on equal scales, of which three have to do with the price; the chance in it is 1."""
    draw = Random(seed)
    rows, prices = [], []
    for _ in range(count):
        digits = ((draw.randrange(10) - 4.5) / 8.25**0.5 for _ in range(DIGITS))
        rows.append([*(draw.gauss(0, 1) for _ in range(3)), *digits])
        prices.append(sum(w * x for w, x in zip(TRUE, rows[-1], strict=True)) + draw.gauss(0, 1))
    return nn.Dataset(rows, prices, FEATURES, [])


def thermometers(count: int, seed: int) -> nn.Dataset:
    """Days with five readings each, all of the same temperature, each with an error of its own."""
    draw = Random(seed)
    rows, targets = [], []
    for _ in range(count):
        temperature = draw.gauss(0, 1)
        rows.append([temperature + draw.gauss(0, 0.7) for _ in range(5)])
        targets.append(2 * temperature)
    return nn.Dataset(rows, targets, [f"no. {place}" for place in range(1, 6)], [])


def train(
    seen: nn.Dataset, new: nn.Dataset, regularizer: Regularizer | None = None, patience: int | None = None
) -> tuple[nn.Neuron, nn.History]:
    """A neuron trained on the flats seen, 300 epochs of one step each; the new ones are only looked at."""
    model = nn.Neuron(seen.features, nonlin=False, seed=0)
    history = nn.fit(
        model, seen.rows, seen.targets, nn.mse_loss, nn.SGD(model.parameters(), lr=0.05), epochs=300,
        batch_size=len(seen.rows), seed=0, validation=(new.rows, new.targets), regularizer=regularizer,
        patience=patience, progress=False,
    )  # fmt: skip
    return model, history


def dropping(hidden: nn.Layer, out: nn.Layer, row: Sequence[float], draws: int, seed: int) -> Shown:
    """A small network with dropout behind its hidden layer: what flows and what is learned, draw after draw."""
    drop = nn.Dropout(0.5, seed=seed)
    flowing, weights = hidden(row), out.neurons[0].w
    spots = [50 + 66 * place for place in range(len(flowing))]
    pages, told = [], []
    for draw in range(1, draws + 2):
        if draw > draws:
            drop.eval()
        out.zero_grad()
        kept = drop(flowing)
        answer = out(kept)
        answer.backward()
        parts = []
        for y, h, w in zip(spots, kept, weights, strict=True):
            way = f'd="M320 {y}L536 149"'
            if h.data:
                parts.append(f'<path {way} stroke="var(--value)" stroke-width="2.5"/>')
                parts.append(f'<circle cx="294" cy="{y}" r="26" fill="var(--positive)" stroke="var(--value)"/>')
            else:
                parts.append(f'<path {way} stroke="var(--line)" stroke-dasharray="2 5"/>')
                parts.append(f'<circle cx="294" cy="{y}" r="26" class="gone"/>')
            parts.append(f'<text x="294" y="{y + 5}" text-anchor="middle">{h.data:.2f}</text>')
            if draw > draws:
                continue
            x, beside = 380, y + (149 - y) * (380 - 320) / 216
            parts.append(f'<rect x="{x - 22}" y="{beside - 10:.0f}" width="44" height="20" fill="var(--background)"/>')
            parts.append(f'<text x="{x}" y="{beside + 5:.0f}" text-anchor="middle" class="small">{w.grad:.2f}</text>')
        gone = sum(h.data == 0 for h in kept)
        title = f"training, draw {draw}" if draw <= draws else "in use"
        parts.append(f'<text x="562" y="208" text-anchor="middle" font-weight="bold">{answer.data:.3f}</text>')
        parts.append(f'<text x="20" y="40" font-weight="bold">{title}</text>')
        parts.append(f'<text x="20" y="64">{gone or "none"} dropped</text>')
        pages.append("".join(parts))
        told.append(f"{gone} dropped, {answer.data:.3f}")
    out.zero_grad()
    ways = "".join(f"M106 {x}L268 {y}" for x in (110, 188) for y in spots)
    inputs = "".join(
        f'<circle cx="84" cy="{y}" r="22" class="input"/><text x="84" y="{y + 5}" text-anchor="middle">{x:g}</text>'
        for y, x in zip((110, 188), row, strict=True)
    )
    return flip_book(
        f"""<path d="{ways}" stroke="var(--line)"/>{inputs}
<circle cx="562" cy="149" r="26" class="input"/><text x="562" y="154" text-anchor="middle">sum</text>
<text x="294" y="304" text-anchor="middle" class="small">what flows</text>
<text x="400" y="304" class="small">what each weight is taught: its slope</text>
<style>.gone {{ fill: none; stroke: var(--line); stroke-dasharray: 3 4; }}
.input {{ fill: var(--card); stroke: var(--line); }}</style>""",
        [page for page in pages for _ in range(1 + (page == pages[-1]))],
        "A moving picture: two inputs, four hidden neurons, their sum. Draw after draw some of the four are dropped, "
        "the others doubled, and the weights behind the dropped ones have slope 0. The answers: "
        f"{'; '.join(told)} in use.",
        height=324,
        seconds=1.5,
    )


def learn(days: nn.Dataset, later: nn.Dataset, drop: nn.Dropout | None = None) -> tuple[nn.Neuron, float]:
    """A neuron that weighs the thermometers, trained with dropout before it or without, and its error on later days."""
    neuron = nn.Neuron(days.features, nonlin=False, seed=2)
    model = nn.Sequential(drop, neuron) if drop else neuron
    optimizer = nn.SGD(neuron.parameters(), lr=0.03)
    nn.fit(model, days.rows, days.targets, nn.mse_loss, optimizer, epochs=500, seed=0, progress=False)
    return neuron, nn.mean_squared_error(nn.predict(model, later.rows), later.targets)


def overfit(history: nn.History, model: nn.Neuron) -> Shown:
    """The two losses over the epochs, and beside them the weights."""
    with plot("Twenty weights learn from 25 flats", width=8.6, height=4.1) as figure:
        left, right = figure.subplots(1, 2, width_ratios=[1, 1.2])
        epochs = range(1, len(history) + 1)
        left.plot(epochs, history.loss, color=BLUE, label="25 flats seen")
        left.plot(epochs, history.validation_loss, "--", color=ORANGE, label="new flats")
        left.axhline(1, color=THEME.muted, linewidth=1, linestyle=":")
        left.annotate("the chance in the prices", (len(history), 1), (0, 3), textcoords="offset points", ha="right",
                      color=THEME.muted, fontsize=8)  # fmt: skip
        left.set(xlabel="epoch", ylabel="loss", ylim=(0, 10), title="the loss")
        left.legend()
        weights = [float(w.data) for w in model.w]
        _bars(right, weights, TRUE, FEATURES)
        right.set(title="the weights, learned and true")
    return show(
        figure,
        f"Left: the loss on the flats seen falls to {history.loss[-1]:.2f}; on new flats it falls to "
        f"{min(history.validation_loss):.2f} in epoch {history.best_epoch}, then rises to "
        f"{history.validation_loss[-1]:.2f}. Right: the weights of size, way and floor are near 3, -2 and 1; the "
        f"seventeen others, which should be 0, go from {min(weights[3:]):.1f} to {max(weights[3:]):.1f}.",
    )


def compare(models: Mapping[str, nn.Neuron], true: Sequence[float] | None = TRUE) -> Shown:
    """The weights of several models side by side, with the true ones as dots."""
    size = (8.8, 4.2) if true else (6.4, 2.7)
    with plot("The weights", width=size[0], height=size[1]) as figure:
        panels = figure.subplots(1, len(models), sharex=True, sharey=True)
        told = []
        for axes, (name, model) in zip(panels, models.items(), strict=True):
            weights = [float(w.data) for w in model.w]
            _bars(axes, weights, true, [w.label[2:-1] for w in model.w])
            axes.set(title=name)
            told.append(f"{name}: {', '.join(f'{w:.1f}' for w in weights)}")
    return show(figure, f"The weights as bars. {'. '.join(told)}.")


def shrinking(strength: float) -> Shown:
    """What L1 and L2 leave of a weight, over the weight that the data alone want."""
    with plot(f"A penalty of strength {strength}", width=5.4, height=4.0) as figure:
        axes = figure.subplots()
        wishes = [place / 20 for place in range(-60, 61)]
        axes.plot(wishes, wishes, color=THEME.muted, linestyle=":", linewidth=1.2, label="no penalty")
        axes.plot(wishes, [wish / (1 + strength) for wish in wishes], color=BLUE, label="L2")
        low = strength / 2
        axes.plot(wishes, [wish - max(-low, min(low, wish)) for wish in wishes], "--", color=ORANGE, label="L1")
        axes.set(xlabel="the weight that the data want", ylabel="the weight that is left")
        axes.legend()
    return show(
        figure,
        f"What is left of a weight with a penalty of strength {strength}. L2: a straight line through 0, a third as "
        "steep. L1: 0 between -1 and 1, and beyond a line of full steepness, shifted by 1 towards 0.",
    )


def _bars(axes: Axes, weights: Sequence[float], true: Sequence[float] | None, features: Sequence[str]) -> None:
    places = range(len(weights))
    axes.barh(places, weights, color=[BLUE if weight > 0 else ORANGE for weight in weights], height=0.7)
    if true:
        axes.plot(true, places, "o", color=THEME.text, markersize=3)
    axes.axvline(0, color=THEME.muted, linewidth=0.8)
    axes.set_yticks(places, features, fontsize=7 if len(weights) > 8 else 9)
    axes.set_ylim(len(weights) - 0.4, -0.6)  # the first on top
    axes.set(xlabel="weight")
