#!/usr/bin/env bash
# Guess:   in Pyodide, Python's None and JavaScript's null are one another, as in JSON.
# Seen:    None arrives in JavaScript as undefined, so JSON.stringify drops the key that held it. A null that
#          goes to Python arrives as `jsnull`, which is false but is not None. A record sent there and back
#          has changed twice.
# Matters: the state of an optimizer, a history, the page of a stepper: what is "not set" is None, and a front
#          end that asks `=== null`, or a Python side that asks `is None`, takes the wrong branch. Compare
#          with == null, and convert. (Needs Node.js and npm.)
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund pyodide@314.0.7

cat >finding.mjs <<'EOF'
import { loadPyodide, version } from "pyodide";

const python = await loadPyodide();
const record = python.runPython(`{"rate": 0.1, "momentum": None}`).toJs({ dict_converter: Object.fromEntries });
const toJavaScript = record.momentum === null ? "null" : String(record.momentum);
const text = JSON.stringify(record);
const isNone = python.runPython(`lambda record: record["momentum"] is None`);
const kind = python.runPython(`lambda record: type(record["momentum"]).__name__`);
const parsed = python.toPy(JSON.parse('{"momentum": null}'));
console.log(`pyodide ${version}`);
console.log(`None arrives as ${toJavaScript}; {"rate": 0.1, "momentum": None} becomes ${text}`);
console.log(`a null from JSON arrives as a ${kind(parsed)}; it is None: ${isNone(parsed)}`);

if (toJavaScript !== "undefined" || text !== '{"rate":0.1}' || kind(parsed) !== "JsNull" || isNone(parsed)) {
  console.log("changed: None was undefined, its key was dropped, and null was a JsNull that is not None");
  process.exit(1);
}
console.log("still so: None, null and undefined are three things");
EOF
node finding.mjs
