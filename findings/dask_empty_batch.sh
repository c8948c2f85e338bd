#!/usr/bin/env bash
# Guess:   map_blocks calls a function once for each block, with that block, when the result is asked for.
# Seen:    it is called at once, while the graph is made, with arrays of no rows and of one row, to learn the
#          type of what it returns. A function that cannot work on nothing is not reported there: its error is
#          swallowed.
# Matters: a batched gradient mapped over blocks meets a batch of 0 rows (a mean over nothing, a division by n
#          = 0), counts its calls wrongly, and writes to a log before training begins. Give map_blocks the
#          dtype and `meta`, and let batched functions accept shape (0, k).
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
cd "$folder"
venv/bin/pip install --quiet --no-compile --disable-pip-version-check dask==2026.8.0 numpy==2.4.6

venv/bin/python - <<'EOF'
import sys

import dask
import dask.array
import numpy as np

calls = []


def centered(block):
    calls.append(len(block))
    return block - block.sum() / max(len(block), 1)


blocks = dask.array.from_array(np.arange(6.0), chunks=3)
result = blocks.map_blocks(centered)
before = list(calls)
values = result.compute(scheduler="synchronous").tolist()
print("dask", dask.__version__)
print("rows of each call before anything was computed:", before, "- then:", calls[len(before):])
print("result", values)

if 0 not in before:
    sys.exit(f"changed: the function was called with no rows at once, now the first calls were {before}")
if calls[len(before):] != [3, 3]:
    sys.exit("changed: the two blocks are not computed by one call each")
print("still so: called with a batch of nothing")
EOF
