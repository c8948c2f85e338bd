#!/usr/bin/env bash
# Guess:   a renderer that says "success" has drawn the picture; an unreadable label is a failure, or is drawn
#          as it stands.
# Seen:    a label like <<b>x & y</b>> (an ampersand that is not written &amp;) gives the status "success" and
#          a box with nothing in it. What went wrong stands in a second list, `errors`. An unclosed bracket,
#          in the same place, is a "failure".
# Matters: nodes named after data ("R&D") vanish from a graph and nobody hears of it. Look at the errors, not
#          at the status, and escape what goes into an HTML-like label. (Needs Node.js and npm.)
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @viz-js/viz@3.31.0

cat >finding.mjs <<'EOF'
import { instance } from "@viz-js/viz";

const viz = await instance();
const draw = (label) => viz.render(`digraph { a [label=${label}] }`, { format: "svg" });
const words = (result) => (result.output?.match(/<text[^>]*>[^<]*/g) ?? []).length;
const good = draw("<<b>x &amp; y</b>>");
const bad = draw("<<b>x & y</b>>");
const open = draw("<<b>x");
console.log(`Graphviz ${viz.graphvizVersion}`);
console.log(`x &amp; y: ${good.status}, ${words(good)} text, ${good.errors.length} errors`);
console.log(`x & y: ${bad.status}, ${words(bad)} text, ${bad.errors.length} errors (${bad.errors[0]?.message})`);
console.log(`unclosed: ${open.status}`);

const asExpected = words(good) === 1 && bad.status === "success" && words(bad) === 0 && bad.errors.length > 0;
if (!asExpected || open.status !== "failure") {
  console.log("changed: x & y gave success, no text and an error; an unclosed bracket gave failure");
  process.exit(1);
}
console.log("still so: success, and an empty box");
EOF
node finding.mjs
