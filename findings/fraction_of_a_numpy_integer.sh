#!/usr/bin/env bash
# Guess:   a Fraction is exact, whatever integer it was made from.
# Seen:    Fraction(numpy.int64(3)) keeps the NumPy integer as its numerator, and that one has 64 bits: its
#          50th power is another number, without a warning, and twice 2**62 is negative (here NumPy warns
#          once). It prints like any Fraction.
# Matters: counts, shapes and labels of data sets are NumPy integers, and exact gradients run on Fractions.
#          Write Fraction(int(n)).
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
cd "$folder"
venv/bin/pip install --quiet --no-compile --disable-pip-version-check numpy==2.4.6

venv/bin/python - <<'EOF'
import sys
from fractions import Fraction

import numpy as np

power, right = Fraction(np.int64(3)) ** 50, Fraction(3) ** 50
double = Fraction(np.int64(2**62)) * 2
print("numpy", np.__version__, "python", sys.version.split()[0])
print("Fraction(int64(3))**50 =", power, "and Fraction(3)**50 =", right)
print("Fraction(int64(2**62)) * 2 =", double)
print("the numerator of Fraction(int64(3)) is a", type(Fraction(np.int64(3)).numerator).__name__)

if power == right or double > 0:
    sys.exit("changed: the Fraction is exact now")
print("still so: an exact type that wraps around")
EOF
