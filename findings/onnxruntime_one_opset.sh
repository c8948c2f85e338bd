#!/usr/bin/env bash
# Guess:   a valid model that runs under one opset runs under every later one; the version only adds
#          operators.
# Seen:    Softplus, Elu and Softsign in double run if the model is stamped opset 18, and under no other
#          stamp: 17 and 19 to 24 are refused with NOT_IMPLEMENTED. The node is the same, and the checker
#          accepts each of these models.
# Matters: an exporter that "goes with the newest opset" breaks double models that worked. Build activations
#          from operators that have double kernels (Exp, Log, Add, Max), and run the exported file; a
#          checker's word is not enough.
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

onnxruntime.set_default_logger_severity(4)


def runs(operator, opset):
    ends = [helper.make_tensor_value_info(name, TensorProto.DOUBLE, ["n"]) for name in ("x", "y")]
    graph = helper.make_graph([helper.make_node(operator, ["x"], ["y"])], "one", ends[:1], ends[1:])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=10)
    onnx.checker.check_model(model, full_check=True)
    try:
        session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    except Exception as error:
        if "NOT_IMPLEMENTED" not in str(error):
            raise
        return False
    session.run(None, {"x": np.array([0.5])})
    return True


opsets = range(15, 25)
print("onnx", onnx.__version__, "onnxruntime", onnxruntime.__version__, "- double models, opsets 15 to 24")
seen = {name: [n for n in opsets if runs(name, n)] for name in ("Exp", "Tanh", "Softplus", "Elu", "Softsign")}
for name, good in seen.items():
    print(f"{name} runs in a model stamped {good}")

whole = list(opsets)
expected = {"Exp": whole, "Tanh": whole, "Softplus": [18], "Elu": [18], "Softsign": [18]}
if seen != expected:
    sys.exit(f"changed: it was {expected}")
print("still so: a newer opset takes the double kernel away")
EOF
