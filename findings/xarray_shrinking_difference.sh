#!/usr/bin/env bash
# Guess:   predictions minus targets has as many numbers as they have, or raises an error.
# Seen:    xarray keeps the labels both have and drops the others: 4 predictions minus 4 targets, shifted by
#          one step, are 3 numbers, and each pair belongs to the same time. NumPy keeps 4 and pairs by place;
#          pandas makes 5 with a nan at each end, which its mean then skips. Three libraries, three numbers of
#          rows, no warning.
# Matters: a mean squared error over fewer rows looks like any other, and a mean over none is nan. Use
#          arithmetic_join "exact", or compare the lengths before the loss.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
cd "$folder"
venv/bin/pip install --quiet --no-compile --disable-pip-version-check xarray==2026.9.0 pandas==3.1.1 numpy==2.4.6

venv/bin/python - <<'EOF'
import sys

import numpy as np
import pandas as pd
import xarray as xr

predictions, targets = [1.0, 2.0, 3.0, 4.0], [2.0, 3.0, 4.0, 9.0]
times, shifted = [0, 1, 2, 3], [1, 2, 3, 4]
differences = {
    "numpy": np.subtract(predictions, targets),
    "pandas": pd.Series(predictions, times) - pd.Series(targets, shifted),
    "xarray": xr.DataArray(predictions, {"time": times}) - xr.DataArray(targets, {"time": shifted}),
}
print("xarray", xr.__version__, "pandas", pd.__version__, "numpy", np.__version__)
seen = {}
for name, difference in differences.items():
    seen[name] = len(difference), float((difference**2).mean())
    print(f"{name}: {len(difference)} differences {np.asarray(difference).tolist()}, mean square {seen[name][1]}")

expected = {"numpy": (4, 7.0), "pandas": (5, 0.0), "xarray": (3, 0.0)}
if seen != expected:
    sys.exit(f"changed: rows and mean squares were {expected}")
print("still so: rows vanish without a word")
EOF
