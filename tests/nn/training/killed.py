"""A training to be killed: says each epoch as it ends, and at the end writes what it has reached, to the last bit.

python killed.py KIND RESULT [CHECKPOINT]
"""

import json
import math
import random
import sys

import nn


class OnlyNumbers(nn.Module):
    """Cannot be recorded: math.fsum takes no Values."""

    def __init__(self, model):
        self.model = model

    def forward(self, row):
        return self.model([math.fsum([x]) for x in row])


def training(kind):
    """The model, its optimizer, and how to train it."""
    random.seed(5)
    draw = random.Random(6)
    rows = [[draw.uniform(-1, 1), draw.uniform(-1, 1)] for _ in range(60)]
    targets = [int(x * y > 0) for x, y in rows]
    hidden = nn.Layer(2, 6, activation="tanh", seed=1)
    model = nn.Sequential(hidden, nn.Dropout(0.2, seed=2), nn.Dropout(0.1), nn.Layer(6, 2, nonlin=False, seed=3))
    how = {
        "rows": rows[:40], "targets": targets[:40], "loss": nn.cross_entropy, "epochs": 60, "batch_size": 7,
        "seed": 4, "validation": (rows[40:], targets[40:]), "metrics": {"accuracy": nn.accuracy}, "progress": False,
    }  # fmt: skip
    if kind == "eager":
        optimizer = nn.SGD(model.parameters(), lr=0.05, momentum=0.9, nesterov=True)
        how |= {"model": OnlyNumbers(model), "clip": 1.0, "seed": None, "epochs": 25}
    else:
        optimizer = nn.Adam(model.parameters(), lr=0.05, amsgrad=True)
        how |= {"model": model, "patience": 25, "regularizer": nn.l2(1e-3), "schedule": nn.schedules.cosine(60)}
    return how | {"optimizer": optimizer}


def reached(how, history):
    """All that must be the same."""
    weights = [parameter.data for parameter in how["optimizer"].parameters]
    return {"weights": weights, "history": history.state_dict(), "stopped": history.stopped, "through": history.through}


if __name__ == "__main__":
    kind, result, *checkpoint = sys.argv[1:]
    how = training(kind)
    history = nn.fit(
        **how,
        checkpoint=checkpoint[0] if checkpoint else None,
        callbacks=[lambda epoch: print(epoch.epoch, flush=True)],
    )
    with open(result, "w", encoding="ascii") as file:
        json.dump(reached(how, history), file)
