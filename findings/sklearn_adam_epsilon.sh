#!/usr/bin/env bash
# Guess:   Adam is Adam: with the same rates and the same epsilon, the same first step.
# Seen:    for a gradient as small as epsilon, the first step is 16 times shorter than by the paper's
#          Algorithm 1 (and PyTorch). Here epsilon is added before the bias is corrected, not after: in the
#          first steps it weighs up to 32 times as much.
# Matters: a comparison of optimizers between libraries differs where gradients are tiny, which is where Adam
#          is used for its scale. One name, two formulas: compare one step by hand, with a small gradient,
#          before you compare curves.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
cd "$folder"
venv/bin/pip install --quiet --no-compile --disable-pip-version-check scikit-learn==1.9.1 numpy==2.4.6 scipy==1.17.1

venv/bin/python - <<'EOF'
import sys
import warnings

import numpy as np
import sklearn
from sklearn.neural_network import MLPRegressor

warnings.simplefilter("ignore")
tiny, rate, epsilon = 1e-8, 1e-3, 1e-8


def one_step(learning_rate, scale):
    model = MLPRegressor(
        hidden_layer_sizes=(),
        solver="adam",
        alpha=0.0,
        learning_rate_init=learning_rate,
        epsilon=epsilon,
        random_state=0,
    )
    model.partial_fit(np.array([[scale]]), np.array([5.0]))  # one row, one weight, one bias
    return float(model.coefs_[0][0, 0]), float(model.intercepts_[0][0])


print("scikit-learn", sklearn.__version__)
weight, bias = one_step(1e-300, 0.0)  # a rate of nothing shows where the weights start
seen = {}
for wanted in (1.0, tiny):
    scale = wanted / abs(bias - 5.0)
    gradient = (weight * scale + bias - 5.0) * scale
    paper = -rate * gradient / (abs(gradient) + epsilon)
    step = one_step(rate, scale)[0] - weight
    seen[wanted] = paper / step
    print(f"gradient {gradient:.3g}: first step {step:.3g}, by the paper {paper:.3g}")

if abs(seen[1.0] - 1) > 1e-4:
    sys.exit("changed: for an ordinary gradient the step is not the paper's")
if not 15 < seen[tiny] < 17:
    sys.exit(f"changed: for a tiny gradient the paper's step was 16 times as long, now {seen[tiny]:.2f} times")
print("still so: another Adam where gradients are tiny")
EOF
