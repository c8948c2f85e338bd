#!/usr/bin/env bash
# Guess:   a model in double computes in double: about 16 digits.
# Seen:    Sigmoid in double has 12 digits at -10, 7 at -20, 3 at -30, and from about -37 on it is exactly
#          0.0, where the right answer still has 300 powers of ten to fall. On the positive side nothing is
#          lost.
# Matters: an exported classifier says probability 0, and its logarithm is -inf, where the model in Python
#          says 4e-18. Write 1 / (1 + Exp(-x)) instead, which keeps all digits. Check exports in the tails,
#          not near 0.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
cd "$folder"
venv/bin/pip install --quiet --no-compile --disable-pip-version-check onnx==1.23.2 onnxruntime==1.32.0 numpy==2.4.6

venv/bin/python - <<'EOF'
import math
import sys

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper

ends = [helper.make_tensor_value_info(name, TensorProto.DOUBLE, ["n"]) for name in ("x", "y")]
one = helper.make_tensor("one", TensorProto.DOUBLE, [], [1.0])


def run(nodes, points, constants=()):
    graph = helper.make_graph(nodes, "sigmoid", ends[:1], ends[1:], constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 21)], ir_version=10)
    onnx.checker.check_model(model, full_check=True)
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    return session.run(None, {"x": np.array(points)})[0].tolist()


points = [-10.0, -20.0, -30.0, -38.0]
builtin = run([helper.make_node("Sigmoid", ["x"], ["y"])], points)
written = run(
    [
        helper.make_node("Neg", ["x"], ["minus"]),
        helper.make_node("Exp", ["minus"], ["power"]),
        helper.make_node("Add", ["one", "power"], ["sum"]),
        helper.make_node("Div", ["one", "sum"], ["y"]),
    ],
    points,
    [one],
)
right = [1 / (1 + math.exp(-point)) for point in points]
print("onnx", onnx.__version__, "onnxruntime", onnxruntime.__version__)
for row in zip(points, builtin, written, right):
    print("at {}: Sigmoid {!r}, written out {!r}, right {!r}".format(*row))

error = [abs(got / exact - 1) for got, exact in zip(builtin, right)]
if max(abs(got / exact - 1) for got, exact in zip(written, right)) > 1e-14:
    sys.exit("changed: the formula written out with Exp is no longer right")
if not (error[1] > 1e-9 and error[2] > 1e-4 and builtin[3] == 0.0):
    sys.exit(f"changed: Sigmoid's relative errors are now {error}")
print("still so: a double Sigmoid without the digits of a double")
EOF
