#!/usr/bin/env bash
# Guess:   in a model whose every tensor is double, the slope 0.01 of a LeakyRelu is the double 0.01.
# Seen:    it is 0.009999999776482582. Attributes of the format have one type for real numbers, float32,
#          whatever the tensors are. Reading the file back shows the rounded number, and the runtime computes
#          with it.
# Matters: an export that copies a constant into an attribute is wrong from the 8th digit on, and an exact
#          comparison with the model in Python fails for no visible reason. Put such constants into tensors
#          (Mul, Max), which can be double.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
cd "$folder"
venv/bin/pip install --quiet --no-compile --disable-pip-version-check onnx==1.23.2 onnxruntime==1.32.0 numpy==2.4.6

venv/bin/python - <<'EOF'
import sys

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper

ends = [helper.make_tensor_value_info(name, TensorProto.DOUBLE, ["n"]) for name in ("x", "y")]
node = helper.make_node("LeakyRelu", ["x"], ["y"], alpha=0.01)
graph = helper.make_graph([node], "slope", ends[:1], ends[1:])
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
onnx.checker.check_model(model, full_check=True)
stored = onnx.load_from_string(model.SerializeToString()).graph.node[0].attribute[0].f
session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
computed = session.run(None, {"x": np.array([-1.0])})[0]
print("onnx", onnx.__version__, "onnxruntime", onnxruntime.__version__)
print("slope given 0.01, stored", stored, "- LeakyRelu(-1) in", computed.dtype, "is", computed.tolist())

if (stored, computed.tolist()) != (0.009999999776482582, [-0.009999999776482582]):
    sys.exit("changed: the slope was stored and used as 0.009999999776482582")
print("still so: a float32 slope in a double model")
EOF
