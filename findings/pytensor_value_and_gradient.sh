#!/usr/bin/env bash
# Guess:   value and gradient of one compiled function belong together; where the value is nan, the gradient
#          is no number.
# Seen:    y = sqrt(x)**2 at x = -3: the value is nan, the gradient 1.0. Rewrites make the gradient's graph
#          simpler than the value's: there the square root is gone. At 0 the same rewrite gives the right
#          answer, 1.
# Matters: an optimizer that looks only at gradients walks on through a region where the loss does not exist.
#          Look at the loss as well; and a program that simplifies must say what it has simplified.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
cd "$folder"
venv/bin/pip install --quiet --no-compile --disable-pip-version-check pytensor==3.0.7 numba==0.65.1 numpy==2.4.6 scipy==1.17.1

PYTENSOR_FLAGS=cxx=,base_compiledir="$folder/compiled" venv/bin/python - <<'EOF'
import math
import sys

import pytensor
import pytensor.tensor as pt

x = pt.dscalar("x")
y = pt.sqrt(x) ** 2
print("pytensor", pytensor.__version__)
function = pytensor.function([x], [y, pytensor.grad(y, x)], mode="FAST_COMPILE")
seen = {}
for point in (4.0, 0.0, -3.0):
    value, gradient = (float(number) for number in function(point))
    seen[point] = value, gradient
    print(f"sqrt(x)**2 at {point}: value {value}, gradient {gradient}")

value, gradient = seen[-3.0]
if not math.isnan(value) or gradient != 1.0:
    sys.exit(f"changed: at -3 the value was nan and the gradient 1.0, now {value} and {gradient}")
print("still so: a gradient without a value")
EOF
