#!/usr/bin/env bash
# Guess:   a package whose derivatives are exact has a formula for every function it offers.
# Seen:    erf'(1) is right to the last digit. lgamma'(2) has eight digits, and beside the pole at -1 it is 45
#          % off: for a few functions the derivative is a difference quotient with a fixed step. No warning.
# Matters: exact tools may fall back to finite differences in a few places. Half of the digits right is the
#          mark of one. Check each function of a peer before it serves as a yardstick, and say in your own
#          table which rule gave a number.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
cd "$folder"
venv/bin/pip install --quiet --no-compile --disable-pip-version-check uncertainties==3.2.3

venv/bin/python - <<'EOF'
import math
import sys
from importlib.metadata import version

from uncertainties import ufloat, umath


def slope(function, point):
    x = ufloat(point, 0.1)
    return function(x).derivatives[x]


EULER = 0.5772156649015329
beside = -1 + 1e-8  # digamma there, by its recurrence from 1 + 1e-8
right = {
    ("erf", 1.0): 2 / math.sqrt(math.pi) * math.exp(-1),
    ("lgamma", 2.0): 1 - EULER,
    ("lgamma", beside): -EULER + math.pi**2 / 6 * (beside + 1) - 1 / (beside + 1) - 1 / beside,
}
print("uncertainties", version("uncertainties"))
error = []
for (name, point), exact in right.items():
    seen = slope(getattr(umath, name), point)
    error.append(abs(seen / exact - 1))
    print(f"{name}'({point}) = {seen!r}, right {exact!r}, relative error {error[-1]:.1e}")

if error[0] > 1e-15:
    sys.exit("changed: erf' is no longer right to the last digit")
if not (error[1] > 1e-9 and error[2] > 0.1):
    sys.exit(f"changed: lgamma' was off by 2e-8 and by 45 %, now by {error[1]:.1e} and {error[2]:.1e}")
print("still so: a difference quotient among exact derivatives")
EOF
