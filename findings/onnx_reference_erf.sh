#!/usr/bin/env bash
# Guess:   a reference evaluator, in Python and NumPy, is at least as exact as what it is the reference for.
# Seen:    Erf of doubles comes back as doubles that hold float32 numbers: half of the digits are noise. The
#          type says float64.
# Matters: it is the obvious yardstick for an exported gelu; a test against it fails for a right exporter, or
#          makes one loosen the tolerance until a wrong one passes. Compare with the mathematics (math.erf),
#          not with a tool's word.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
cd "$folder"
venv/bin/pip install --quiet --no-compile --disable-pip-version-check onnx==1.23.2 numpy==2.4.6

venv/bin/python - <<'EOF'
import math
import sys

import numpy as np
import onnx
from onnx import TensorProto, helper
from onnx.reference import ReferenceEvaluator


def evaluate(operator, points):
    ends = [helper.make_tensor_value_info(name, TensorProto.DOUBLE, ["n"]) for name in ("x", "y")]
    graph = helper.make_graph([helper.make_node(operator, ["x"], ["y"])], "one", ends[:1], ends[1:])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 21)], ir_version=10)
    onnx.checker.check_model(model, full_check=True)
    return ReferenceEvaluator(model).run(None, {"x": np.array(points)})[0]


points = [0.1, 0.5, 1.0]
print("onnx", onnx.__version__)
worst = {}
for name, function in (("Tanh", math.tanh), ("Erf", math.erf)):
    seen = evaluate(name, points)
    right = [function(point) for point in points]
    worst[name] = max(abs(got / exact - 1) for got, exact in zip(seen.tolist(), right))
    print(f"{name} ({seen.dtype}): {seen.tolist()}, right {right}: worst relative error {worst[name]:.1e}")

if worst["Tanh"] > 1e-15:
    sys.exit("changed: Tanh is no longer exact, so the comparison says nothing")
if not 1e-9 < worst["Erf"] < 1e-6:
    sys.exit(f"changed: Erf's worst relative error was about 2e-8, now it is {worst['Erf']:.1e}")
print("still so: float32 numbers in a float64 array")
EOF
