#!/usr/bin/env bash
# Guess:   value_and_grad(f)(x) gives f's value and f's gradient: the value is what f(x) gives.
# Seen:    f sums z, where z = y and then z += y. Called on an array, += writes into y as well (one array with
#          two names). While it is differentiated, y is a wrapper that has no +=, so Python makes a new object
#          and y stays. The value "of f" is then 18 instead of 36, and the gradient belongs to that other
#          function.
# Matters: in every engine that overloads operators, += on a tracked number makes a new one, and on a NumPy
#          array it changes the old one. Learners who write NumPy code and then differentiate it meet two
#          functions with one name.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
cd "$folder"
venv/bin/pip install --quiet --no-compile --disable-pip-version-check autograd==1.9.1 numpy==2.4.6

venv/bin/python - <<'EOF'
import sys
from importlib.metadata import version

import autograd
import autograd.numpy as np


def f(x):
    y = x * 1.0
    z = y
    z += y
    return np.sum(y * z)


point = np.array([3.0])
called = float(f(point))
value, gradient = autograd.value_and_grad(f)(point)
print("autograd (HIPS)", version("autograd"))
print("f(3) called plainly:", called)
print("f(3) by value_and_grad:", float(value), "with gradient", gradient.tolist())

if (called, float(value), gradient.tolist()) != (36.0, 18.0, [12.0]):
    sys.exit("changed: the values were 36.0 and 18.0 and the gradient 12.0")
print("still so: differentiating the function changes its value")
EOF
