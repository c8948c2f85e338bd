#!/usr/bin/env bash
# Guess:   where a function's value is right, so is its gradient: it is the same formula.
# Seen:    hypot(3e200, 4e200) is right, 5e200, and its gradient is (0.6, 1.25) instead of (0.6, 0.8). No inf,
#          no nan, no warning. At (0, 0) it is (0.5, 0.5). The value is computed with a scaled formula, one of
#          the derivatives is not.
# Matters: a norm of large numbers sends a wrong gradient back. A value that agrees with a peer says nothing
#          about the derivative: compare both, also with arguments whose squares overflow.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
cd "$folder"
venv/bin/pip install --quiet --no-compile --disable-pip-version-check jax==0.10.2 jaxlib==0.10.2 numpy==2.4.6

venv/bin/python - <<'EOF'
import sys

import jax

jax.config.update("jax_enable_x64", True)
value = float(jax.numpy.hypot(3e200, 4e200))
gradient = [float(g) for g in jax.grad(jax.numpy.hypot, (0, 1))(3e200, 4e200)]
small = [float(g) for g in jax.grad(jax.numpy.hypot, (0, 1))(3.0, 4.0)]
print("jax", jax.__version__, "in float64")
print("hypot(3e200, 4e200) =", value, "with gradient", gradient)
print("hypot(3, 4) has gradient", small)

if abs(value / 5e200 - 1) > 1e-15 or max(abs(small[0] - 0.6), abs(small[1] - 0.8)) > 1e-15:
    sys.exit("changed: the value, or the gradient at (3, 4), is no longer right")
if abs(gradient[1] - 1.25) > 1e-12:
    sys.exit(f"changed: the second derivative was 1.25 (right: 0.8), now it is {gradient[1]}")
print("still so: right value, wrong gradient")
EOF
