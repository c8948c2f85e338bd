#!/usr/bin/env bash
# Guess:   no number is above the maximum of its column; and a comparison with nan is false.
# Seen:    max() skips nan, while > takes nan as larger than every number. So rows above the column's own
#          maximum are found: those with nan. nan == nan is true.
# Matters: `filter(loss < limit)` and `filter(loss > limit)` are used to find diverged runs. With IEEE rules
#          (NumPy, pandas) a nan is in neither; in Polars it is in the second. Ask is_nan() first.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
cd "$folder"
venv/bin/pip install --quiet --no-compile --disable-pip-version-check polars==2.1.0

venv/bin/python - <<'EOF'
import sys

import polars as pl

runs = pl.DataFrame({"run": ["a", "b", "c"], "loss": [0.5, float("nan"), 0.25]})
above = runs.filter(pl.col("loss") > pl.col("loss").max())["run"].to_list()
equal = (runs["loss"] == runs["loss"]).to_list()
print("polars", pl.__version__)
print("losses", runs["loss"].to_list(), "maximum", runs["loss"].max())
print("runs above the maximum:", above, "- loss == loss:", equal)

if (runs["loss"].max(), above, equal) != (0.5, ["b"], [True, True, True]):
    sys.exit("changed: the maximum was 0.5, run b was above it, and nan equal to itself")
print("still so: a number above the maximum")
EOF
