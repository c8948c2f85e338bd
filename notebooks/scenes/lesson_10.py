"""A network trained with settings of your choice, and drawings of how that went."""

from collections.abc import Mapping, Sequence
from math import sqrt
from typing import Any

from matplotlib.ticker import LogLocator

import nn
from autograd import Value
from nn.optim.regularizers import Regularizer
from pictures import Shown, show
from visualize.plots.figure import BLUE, ORANGE, THEME, plot

LOOKS = ((THEME.muted, ":"), (BLUE, "--"), (THEME.text, "-"), (ORANGE, "-."))


def half_moons() -> tuple[nn.Dataset, nn.Dataset]:
    """200 points in two half moons: 100 to learn from, and 100 for validation."""
    return nn.stratified_split(nn.moons(200, noise=0.15, seed=1), test_size=0.5, seed=1)


def train(
    lr: float = 0.1,
    batch_size: int = 20,
    epochs: int = 30,
    sizes: Sequence[int] = (8,),
    activation: str = "tanh",
    regularizer: Regularizer | None = None,
) -> tuple[nn.MLP, nn.History]:
    """A network with hidden layers of these sizes, trained on half moons from always the same first weights."""
    training, validation = half_moons()
    model = nn.MLP(2, [*sizes, 1], activation=activation, seed=3)
    history = nn.fit(
        model, training.rows, training.targets, nn.binary_cross_entropy_with_logits,
        nn.SGD(model.parameters(), lr=lr), epochs=epochs, batch_size=batch_size, seed=0, regularizer=regularizer,
        validation=(validation.rows, validation.targets), metrics={"accuracy": nn.accuracy}, progress=False,
    )  # fmt: skip
    return model, history


def record(model: nn.MLP, data: nn.Dataset) -> Value:
    """The loss over all rows, with its gradients in the model."""
    model.zero_grad()
    loss: Value = nn.binary_cross_entropy_with_logits([model(row) for row in data.rows], data.targets)
    loss.backward()
    return loss


def curves(histories: Mapping[str, nn.History]) -> Shown:
    """The training loss over the epochs, one curve for each history, on a logarithmic scale."""
    with plot("The loss over the epochs", width=7.4, height=3.9) as figure:
        axes = figure.subplots()
        told = []
        for (name, history), (colour, dashes) in zip(histories.items(), LOOKS, strict=False):
            axes.semilogy(range(1, len(history) + 1), history.loss, dashes, color=colour, label=name)
            told.append(f"{name}: from {history.loss[0]:.2f} to {history.loss[-1]:.2f}")
        axes.set(xlabel="epoch", ylabel="loss (log scale)")
        axes.yaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
        axes.yaxis.set_major_formatter("{x:g}")
        axes.yaxis.set_minor_formatter("")
        axes.legend(loc="center left", bbox_to_anchor=(1, 0.5))
    return show(figure, f"The loss over the epochs. {'; '.join(told)}.")


def by_layer(models: Mapping[str, nn.MLP]) -> Shown:
    """The size of the gradients in each layer, from the input's side to the output's, on a logarithmic scale."""
    with plot("How large the gradients are, layer by layer", width=7.4, height=3.8) as figure:
        axes = figure.subplots()
        told = []
        for (name, model), (colour, dashes), marker in zip(models.items(), LOOKS[1:], "os^", strict=True):
            sizes = [_size([parameter.grad for parameter in layer.parameters()]) for layer in model.layers]
            axes.semilogy(range(1, len(sizes) + 1), sizes, dashes, marker=marker, color=colour, label=name)
            told.append(f"{name}: {sizes[0]:.0e} in the first layer, {sizes[-1]:.0e} in the last")
        axes.set(xlabel="layer, from input to output", ylabel="size of its gradients")
        axes.legend(loc="center left", bbox_to_anchor=(1, 0.5))
    return show(figure, f"The size of gradients, layer by layer. {'; '.join(told)}.")


def _size(gradients: Sequence[Any]) -> float:
    return sqrt(sum(gradient**2 for gradient in gradients) / len(gradients))
