#!/usr/bin/env bash
# Guess:   a number logged to a run is the number in the run, nan included; and 1.0 stays 1.0.
# Seen:    nan stays nan through run.log, becomes None in the config, and through run.summary its key is gone.
#          1.0 in the config comes back as the int 1.
# Matters: nan is the one number one looks for after a failed training. By which door it came in decides
#          whether it is found, found as "not given", or not there.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
cd "$folder"
venv/bin/pip install --quiet --no-compile --disable-pip-version-check wandb==0.31.0

HOME="$folder" venv/bin/python - <<'EOF'
import math
import os
import sys

os.environ.update(WANDB_MODE="offline", WANDB_SILENT="true", WANDB_DIR=os.getcwd())
import wandb

run = wandb.init(project="finding", config={"clip": math.nan, "rate": 1.0})
run.log({"loss": math.nan})
run.summary.update({"best": math.nan, "epochs": 3})
config, summary = dict(run.config), dict(run.summary)
run.finish()
print("wandb", wandb.__version__, "offline")
print("config given {'clip': nan, 'rate': 1.0}, read back", config)
print("logged loss nan, read back", summary.get("loss", "no such key"))
print("summary given best nan and epochs 3, read back", {k: summary[k] for k in ("best", "epochs") if k in summary})

if config["clip"] is not None or not isinstance(config["rate"], int):
    sys.exit(f"changed: the config was {{'clip': None, 'rate': 1}}, now it is {config}")
if not math.isnan(summary["loss"]) or "best" in summary or summary["epochs"] != 3:
    sys.exit("changed: a logged nan stayed, and a nan in the summary took its key away")
print("still so: three doors, three fates")
EOF
