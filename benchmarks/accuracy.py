"""How well networks do on rows they never saw, over five seeds: python accuracy.py prints the table.

A seed decides the split, where the weights begin, the order of the rows, and the data where they are made up. Rows are
standardized by what the training rows show. Where settings were tried out (Iris), that was with other seeds.
"""

import time
from collections.abc import Callable
from statistics import fmean
from typing import NamedTuple

import nn

SEEDS = range(5)
HELD_OUT = 0.25


class Recipe(NamedTuple):
    """bound: what the mean over the seeds must reach: accuracy, or R2 where there are not classes.

    data: a dataset for a seed. layers: of the MLP, its outputs last.
    """

    name: str
    bound: float
    data: Callable[[int], nn.Dataset]
    layers: list[int]
    activation: str
    loss: Callable
    lr: float
    epochs: int
    weight_decay: float = 0.0


RECIPES = [
    Recipe("Iris", 0.93, lambda seed: nn.iris(), [8, 3], "tanh", nn.cross_entropy, 0.05, 40),
    Recipe("digits", 0.93, lambda seed: nn.digits(), [32, 10], "relu", nn.cross_entropy, 0.01, 10),
    Recipe("moons", 0.97, lambda seed: nn.moons(400, seed=seed), [16, 1], "tanh",
           nn.binary_cross_entropy_with_logits, 0.05, 60),
    Recipe("spirals", 0.95, lambda seed: nn.spirals(600, seed=seed), [16, 16, 1], "tanh",
           nn.binary_cross_entropy_with_logits, 0.02, 100),
    Recipe("diabetes", 0.40, lambda seed: nn.diabetes(), [4, 1], "tanh", nn.mse_loss, 0.01, 30, 0.1),
]  # fmt: skip


class Outcome(NamedTuple):
    """What one seed reached on the rows held out, and what would be reached without looking at them.

    The baseline: always the commonest class of the training rows, or always the mean of their targets.
    """

    reached: float
    baseline: float
    through: str


def run(recipe: Recipe, seed: int) -> Outcome:
    """Train with one seed, and look at the rows held out, once."""
    training, held_out = nn.stratified_split(recipe.data(seed), HELD_OUT, seed=seed)
    scaler = nn.StandardScaler().fit(training.rows)
    targets = training.targets
    if not training.classes:
        units = nn.StandardScaler().fit([[target] for target in targets])
        targets = [target for (target,) in units.transform([[target] for target in targets])]
    init = nn.initializers.he_normal if recipe.activation == "relu" else nn.initializers.xavier_normal
    model = nn.MLP(len(training.features), recipe.layers, recipe.activation, seed=seed, init=init)
    optimizer = nn.AdamW(model.parameters(), lr=recipe.lr, weight_decay=recipe.weight_decay)
    history = nn.fit(
        model, scaler.transform(training.rows), targets, recipe.loss, optimizer, epochs=recipe.epochs, batch_size=32,
        seed=seed, schedule=nn.schedules.cosine(recipe.epochs), progress=False,
    )  # fmt: skip
    if training.classes:
        guesses = nn.predict_classes(model, scaler.transform(held_out.rows))
        baseline = nn.majority_baseline(training=training.targets, targets=held_out.targets)
        return Outcome(nn.accuracy(guesses, held_out.targets), baseline, history.through)
    outputs = nn.predict(model, scaler.transform(held_out.rows))
    guesses = [guess for (guess,) in units.inverse_transform([[output] for output in outputs])]
    always_the_mean = [fmean(training.targets)] * len(guesses)
    reached, baseline = (nn.r2_score(predicted=x, targets=held_out.targets) for x in (guesses, always_the_mean))
    return Outcome(reached, baseline, history.through)


def main():
    """Print the table as Markdown; leaves with an error when a bound is missed."""
    print("| data | network | measure | mean | lowest ... highest | baseline | must reach | seconds a seed |")
    print("|---|---|---|---:|---:|---:|---:|---:|")
    missed = []
    for recipe in RECIPES:
        started = time.perf_counter()
        outcomes = [run(recipe, seed) for seed in SEEDS]
        seconds = (time.perf_counter() - started) / len(outcomes)
        reached, baselines = ([getattr(outcome, what) for outcome in outcomes] for what in ("reached", "baseline"))
        data = recipe.data(0)
        network = "-".join(map(str, [len(data.features), *recipe.layers]))
        print(
            f"| {recipe.name} | {network} {recipe.activation} | {'accuracy' if data.classes else 'R2'} | "
            f"{fmean(reached):.3f} | {min(reached):.3f} ... {max(reached):.3f} | {fmean(baselines):.3f} | "
            f"{recipe.bound:.2f} | {seconds:.1f} |",
            flush=True,
        )
        if fmean(reached) < recipe.bound:
            missed.append(recipe.name)
    print(f"\nFive seeds each, on the quarter of the rows held out; trained through {outcomes[0].through}.")
    if missed:
        raise SystemExit(f"below what they must reach: {', '.join(missed)}")


if __name__ == "__main__":
    main()
