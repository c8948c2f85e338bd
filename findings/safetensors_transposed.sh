#!/usr/bin/env bash
# Guess:   what is saved comes back, shape and numbers.
# Seen:    a transposed array comes back with the right shape and its numbers in the order of the array it is
#          a view of. NumPy transposes without moving a number; the writer takes the memory as it lies. No
#          error, no warning.
# Matters: weights are stored transposed between libraries all the time, and `save({"w": w.T})` is the natural
#          line. A loaded square matrix looks healthy and predicts nonsense. Save np.ascontiguousarray(w.T),
#          and read back what was written.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
cd "$folder"
venv/bin/pip install --quiet --no-compile --disable-pip-version-check safetensors==0.8.0 numpy==2.4.6

venv/bin/python - <<'EOF'
import sys
from importlib.metadata import version

import numpy as np
from safetensors.numpy import load, save

weights = np.array([[0.0, 1.0, 2.0], [3.0, 4.0, 5.0], [6.0, 7.0, 8.0]]).T
back = load(save({"w": weights}))["w"]
copied = load(save({"w": np.ascontiguousarray(weights)}))["w"]
print("safetensors", version("safetensors"), "numpy", np.__version__)
print("saved ", weights.tolist())
print("loaded", back.tolist())
print("loaded, when a contiguous copy was saved", copied.tolist())

if not np.array_equal(copied, weights):
    sys.exit("changed: a contiguous array does not come back either")
if np.array_equal(back, weights):
    sys.exit("changed: the transposed array comes back right")
print("still so: the transposition is lost without a word")
EOF
