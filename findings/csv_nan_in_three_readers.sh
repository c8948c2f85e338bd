#!/usr/bin/env bash
# Guess:   a column of losses with one "nan" (as Python writes it) is a column of floats with one nan, for
#          every reader of CSV.
# Seen:    pandas: nan. pyarrow: null, not nan, though it reads "NAN" as nan. Polars: the whole column becomes
#          text, whose mean is None without an error; it reads "NaN", but not "nan".
# Matters: a diverged run is logged as nan. In one tool the mean of the losses then skips it, in the next it
#          was never a number, in the third there is no mean. State the column's type, or keep the logs in a
#          format with types.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
cd "$folder"
venv/bin/pip install --quiet --no-compile --disable-pip-version-check pandas==3.1.1 polars==2.1.0 pyarrow==26.0.1 numpy==2.4.6

venv/bin/python - <<'EOF'
import io
import sys
import warnings

import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.csv

warnings.simplefilter("ignore")


def read(word):
    text = f"loss\n0.5\n{word}\n0.25\n"
    return (
        repr(pd.read_csv(io.StringIO(text))["loss"].tolist()),
        repr(pa.csv.read_csv(io.BytesIO(text.encode()))["loss"].to_pylist()),
        repr(pl.read_csv(io.StringIO(text))["loss"].to_list()),
    )


print("pandas", pd.__version__, "pyarrow", pa.__version__, "polars", pl.__version__)
seen = {word: read(word) for word in ("nan", "NaN", "NAN")}
for word, lists in seen.items():
    print("{}: pandas {}, pyarrow {}, polars {}".format(word, *lists))
mean = pl.read_csv(io.StringIO("loss\n0.5\nnan\n0.25\n"))["loss"].mean()
print("the mean of Polars' column:", mean)

number, missing = "[0.5, nan, 0.25]", "[0.5, None, 0.25]"
expected = {
    "nan": (number, missing, "['0.5', 'nan', '0.25']"),
    "NaN": (number, missing, number),
    "NAN": ("['0.5', 'NAN', '0.25']", number, "['0.5', 'NAN', '0.25']"),
}
if seen != expected or mean is not None:
    sys.exit(f"changed: it was {expected}, and Polars' mean None")
print("still so: one file, three columns")
EOF
