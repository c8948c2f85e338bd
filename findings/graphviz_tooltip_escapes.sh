#!/usr/bin/env bash
# Guess:   the label and the tooltip of a node, given the same text with its backslashes escaped, show the
#          same text.
# Seen:    written with \\nabla in the DOT file (an escaped backslash), the label shows \nabla. With \\\\nabla
#          the label shows \\nabla and the tooltip \nabla: tooltips are unescaped twice, labels once.
# Matters: names in LaTeX (\nabla, \theta), Windows paths and regular expressions as names of nodes: what one
#          hovers over is not what one reads. A tooltip's backslashes have to be escaped twice. (Needs Node.js
#          and npm; the native `dot` does the same.)
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @viz-js/viz@3.31.0

cat >finding.mjs <<'EOF'
import { instance } from "@viz-js/viz";

const viz = await instance();
const four = "\\".repeat(4);
const svg = viz.renderString(`digraph { a [label="${four}nabla" tooltip="${four}nabla"] }`, { format: "svg" });
const label = svg.match(/<text[^>]*>([^<]*)</)[1];
const tooltip = svg.match(/xlink:title="([^"]*)"/)[1];
console.log(`Graphviz ${viz.graphvizVersion}`);
console.log(`written ${four}nabla twice: the label shows ${label}, the tooltip shows ${tooltip}`);

if (label !== String.raw`\\nabla` || tooltip !== String.raw`\nabla`) {
  console.log("changed: the label had two backslashes and the tooltip one");
  process.exit(1);
}
console.log("still so: one text, unescaped once here and twice there");
EOF
node finding.mjs
