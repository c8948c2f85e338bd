#!/usr/bin/env bash
# Guess:   a % m has the derivative -floor(a / m) along m, as the value in Python follows the floor.
# Seen:    with operands of opposite signs the value follows Python's floor and the derivative does not: it is
#          one too large. With equal signs it is right, so the usual test (7 % 3) passes.
# Matters: angles, phases and clocks are wrapped with %, and negative ones are common. A language's own
#          convention for an operator has to be in the derivative as well; test it in all four quadrants.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
cd "$folder"
venv/bin/pip install --quiet --no-compile --disable-pip-version-check xad==1.5.2

venv/bin/python - <<'EOF'
import math
import sys
from importlib.metadata import version

import xad.adj_1st as adjoint


def remainder(a, m):
    with adjoint.Tape() as tape:
        x, y = adjoint.Real(a), adjoint.Real(m)
        tape.registerInput(x)
        tape.registerInput(y)
        tape.newRecording()
        z = x % y
        tape.registerOutput(z)
        z.derivative = 1.0
        tape.computeAdjoints()
        return z.value, y.derivative


print("xad", version("xad"))
seen = {}
for a, m in ((7.0, 3.0), (-7.0, -3.0), (-7.0, 3.0), (7.0, -3.0)):
    value, slope = remainder(a, m)
    seen[a, m] = slope
    nearby = (a % (m + 1e-6) - a % (m - 1e-6)) / 2e-6
    print(f"{a} % {m} = {value}: d/dm {slope}, right {-math.floor(a / m)} (a small step gives {nearby:.6f})")
    if value != a % m:
        sys.exit("changed: the value is not Python's any more")

expected = {(7.0, 3.0): -2.0, (-7.0, -3.0): -2.0, (-7.0, 3.0): 4.0, (7.0, -3.0): 4.0}
if seen != expected:
    sys.exit(f"changed: the derivatives along m were {expected}, now they are {seen}")
print("still so: one too large where the signs differ")
EOF
