#!/usr/bin/env bash
# Guess:   forward and reverse mode of one library agree, and x**-1 and x**-1.0 are the same function.
# Seen:    with an integer exponent below zero, reverse mode answers 0.0. Forward mode is right, and so is
#          reverse mode with the exponent -1.0. Nothing warns.
# Matters: the type of a constant can choose the rule that differentiates. Test powers with integer and with
#          float exponents, of both signs, and check one mode against the other.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
cd "$folder"
venv/bin/pip install --quiet --no-compile --disable-pip-version-check algopy==0.7.2 numpy==2.4.6 scipy==1.17.1

venv/bin/python - <<'EOF'
import sys
from importlib.metadata import version

import algopy
import numpy as np


def reverse(exponent, point):
    graph = algopy.CGraph()
    x = algopy.Function(point)
    y = algopy.sum(x**exponent)
    graph.independentFunctionList, graph.dependentFunctionList = [x], [y]
    return graph.gradient(point).tolist()


def forward(exponent, point):
    x = algopy.UTPM.init_jacobian(point)
    return algopy.UTPM.extract_jacobian(algopy.sum(x**exponent)).tolist()


point = np.array([2.0, 4.0])
print("algopy", version("algopy"), "at x =", point.tolist())
for exponent in (3, -1, -1.0):
    right = (exponent * point ** (exponent - 1.0)).tolist()
    print(f"x**{exponent}: reverse {reverse(exponent, point)}, forward {forward(exponent, point)}, right {right}")

right = [-0.25, -0.0625]
if forward(-1, point) != right or reverse(-1.0, point) != right:
    sys.exit("changed: forward mode, or the exponent -1.0, is no longer right")
if reverse(-1, point) != [0.0, 0.0]:
    sys.exit(f"changed: reverse mode of x**-1 was 0.0 everywhere, now it is {reverse(-1, point)}")
print("still so: reverse mode of x**-1 is 0.0")
EOF
