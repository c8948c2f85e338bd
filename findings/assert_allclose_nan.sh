#!/usr/bin/env bash
# Guess:   assert_allclose and allclose of one library agree, and a nan is close to nothing.
# Seen:    numpy.allclose(nan, nan) is False; numpy.testing.assert_allclose passes. Its equal_nan is True by
#          default.
# Matters: it is how gradients are compared with a peer's. Both sides of a 0 * inf are nan, and the test of
#          the very point that was to be tested is green. Say equal_nan=False, and assert that the expected
#          numbers are finite.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
cd "$folder"
venv/bin/pip install --quiet --no-compile --disable-pip-version-check numpy==2.4.6

venv/bin/python - <<'EOF'
import sys

import numpy as np

with np.errstate(all="ignore"):
    mine = np.sqrt(np.array([4.0, 0.0])) * np.array([1.0, np.inf])
    peer = np.array([2.0, np.nan])
print("numpy", np.__version__)
print("mine", mine.tolist(), "peer", peer.tolist())
print("allclose:", np.allclose(mine, peer))
try:
    np.testing.assert_allclose(mine, peer)
    passes = True
except AssertionError:
    passes = False
print("assert_allclose passes:", passes)

if np.allclose(mine, peer) or not passes:
    sys.exit("changed: allclose was False and assert_allclose passed")
print("still so: the two disagree about nan")
EOF
