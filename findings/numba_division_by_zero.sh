#!/usr/bin/env bash
# Guess:   a compiled 1.0 / x has one rule for x = 0.
# Seen:    the same function raises ZeroDivisionError compiled with njit and called on a number, and gives inf
#          compiled with vectorize, or with njit and called on an array. Plain Python raises, NumPy gives inf
#          with a warning: which of the two holds depends on the decorator and on the argument's type.
# Matters: a program compiled from scalar code and one that runs on arrays part at the singular points, where
#          a lesson about inf and nan begins. error_model="numpy" makes njit give inf too; test compiled code
#          at 0.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
cd "$folder"
venv/bin/pip install --quiet --no-compile --disable-pip-version-check numba==0.68.1 llvmlite==0.50.0 numpy==2.4.6

venv/bin/python - <<'EOF'
import sys

import numba
import numpy as np


def inverse(x):
    return 1.0 / x


def outcome(function, argument):
    try:
        return str(function(argument))
    except ZeroDivisionError:
        return "ZeroDivisionError"


print("numba", numba.__version__)
numpy_model = numba.njit(inverse, error_model="numpy")
seen = {
    "njit, a number": outcome(numba.njit(inverse), 0.0),
    "njit with error_model='numpy', a number": outcome(numpy_model, 0.0),
    "njit, an array": outcome(numba.njit(inverse), np.zeros(1)),
    "vectorize, a number": outcome(numba.vectorize(inverse), 0.0),
}
for how, result in seen.items():
    print(f"{how}: {result}")

if list(seen.values()) != ["ZeroDivisionError", "inf", "[inf]", "inf"]:
    sys.exit("changed: it was ZeroDivisionError, inf, [inf], inf")
print("still so: one function, two rules for division by 0")
EOF
