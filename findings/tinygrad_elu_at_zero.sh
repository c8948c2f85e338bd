#!/usr/bin/env bash
# Guess:   elu (with alpha 1) is smooth: its slope is 1 on both sides of 0, and at 0.
# Seen:    at exactly 0 the gradient is 0.0. elu is put together from two relus; each gives its kink at 0 the
#          slope 0, and the two kinks, which cancel in the mathematics, leave nothing.
# Matters: 0 is no rare point: biases and many weights start there, and then a layer of elus does not learn. A
#          convention for kinks can break a function that has none; test smooth functions where their branches
#          meet.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
cd "$folder"
venv/bin/pip install --quiet --no-compile --disable-pip-version-check tinygrad==0.14.0

DEV=PYTHON venv/bin/python - <<'EOF'
import sys
from importlib.metadata import version

from tinygrad import Tensor

print("tinygrad", version("tinygrad"))
seen = []
for point in (-1e-6, 0.0, 1e-6):
    x = Tensor([point])
    seen.append(x.elu().sum().gradient(x)[0].item())
    print(f"elu'({point}) = {seen[-1]}")

if abs(seen[0] - 1) > 1e-5 or seen[2] != 1.0:
    sys.exit(f"changed: the slopes beside 0 were 1, now they are {seen[0]} and {seen[2]}")
if seen[1] != 0.0:
    sys.exit(f"changed: the slope at 0 was 0.0, now it is {seen[1]}")
print("still so: a smooth function with slope 0 at one point")
EOF
