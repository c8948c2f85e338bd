#!/usr/bin/env bash
# Guess:   the mean of 5,000 ones is 1, in any float type; at worst the last digit is off.
# Seen:    in bfloat16 the sum is 256 and the mean 0.05, and in float8 the sum is 16: each partial sum is
#          rounded to the narrow type, and 256 + 1 is 256 again. NumPy's own float16 gives 5,000, for it adds
#          in pairs with more digits; types added to NumPy by a package have no such loop. Even float16's
#          cumsum, which cannot pair, stops at 2,048.
# Matters: these are the types models are stored in. A mean loss or a gradient summed over a batch in them is
#          not a bit imprecise, it is wrong by a factor. Give sum the dtype float32, or convert first.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
cd "$folder"
venv/bin/pip install --quiet --no-compile --disable-pip-version-check ml_dtypes==0.6.0 numpy==2.4.6

venv/bin/python - <<'EOF'
import sys
from importlib.metadata import version

import ml_dtypes
import numpy as np

print("ml_dtypes", version("ml_dtypes"), "numpy", np.__version__)
seen = {}
for kind in (np.float16, ml_dtypes.bfloat16, ml_dtypes.float8_e4m3fn):
    ones = np.ones(5000, kind)
    seen[np.dtype(kind).name] = float(ones.sum()), float(ones.sum(dtype=np.float32)), float(ones.mean())
for name, numbers in seen.items():
    print("5,000 ones in {}: sum {}, sum in float32 {}, mean {}".format(name, *numbers))

sums = [plain for plain, _, _ in seen.values()]
if any(wide != 5000.0 for _, wide, _ in seen.values()):
    sys.exit("changed: the sum in float32 is no longer 5,000")
if sums[0] < 4990 or sums[1:] != [256.0, 16.0]:
    sys.exit(f"changed: the sums were 5000, 256 and 16, now they are {sums}")
print("still so: sums that stop growing")
EOF
