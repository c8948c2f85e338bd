// Check: the gradient of a leaf beside the slope that is measured when it is moved a little.

/**
 * The slope between two nearby points, or a sentence why there is none.
 * @param {Session} session
 * @param {number} place of a leaf
 * @param {number} h how far to go to each side
 * @returns {{above: number, below: number, slope: number}|string}
 */
function measured({ page, leaves }, place, h) {
  const root = page.nodes.length - 1;
  const ends = [leaves[place] + h, leaves[place] - h].map((number) => forward(page.nodes, replaced(leaves, place, number)));
  const [above, below] = ends.map((data) => (typeof data === "string" ? data : data[root]));
  if (typeof above === "string") return above;
  if (typeof below === "string") return below;
  // the distance as it really is: what was added may have been rounded
  return { above, below, slope: (above - below) / (leaves[place] + h - (leaves[place] - h)) };
}

/** A sentence on how well two slopes agree. */
function agreement(/** @type {number} */ slope, /** @type {number} */ gradient) {
  const size = Math.max(Math.abs(slope), Math.abs(gradient));
  if (!size) return "Both are 0.";
  const apart = Math.abs(slope - gradient) / size;
  if (apart < 0.01) return `They agree to ${Math.min(15, Math.floor(-Math.log10(apart || 1e-16)))} digits.`;
  return "They differ: there may be a kink between the two points, or h is too large (the curve bends) or too small (rounding).";
}

/** @returns {Panel} */
function makeCheck(/** @type {Session} */ session) {
  const { nodes } = session.page;
  const root = nodes[nodes.length - 1].name;
  const choices = leavesOf(nodes).map((place) => make("option", { value: String(place) }, nodes[place].name));
  const leaf = /** @type {HTMLSelectElement} */ (make("select", { "aria-label": "leaf" }, choices));
  const width = makeField("h", "0.00001", { min: "0" });
  const result = make("div", { class: "gg-result", role: "status" });
  for (const field of [leaf, width]) field.addEventListener("input", load);
  const labels = [make("label", {}, ["leaf ", leaf]), make("label", {}, ["h ", width])];
  const scroller = make("div", { class: "gg-scroller", tabindex: "0", role: "region", "aria-label": "Check" }, [result]);
  const element = make("div", { class: "gg-check" }, [make("div", { class: "gg-lead" }, labels), scroller]);

  function load() {
    const place = Number(leaf.value);
    const { name } = nodes[place];
    const h = width.valueAsNumber;
    const found = h > 0 ? measured(session, place, h) : "h needs a number above 0";
    if (typeof found === "string") {
      result.replaceChildren(make("p", { class: "gg-problem" }, `No slope can be measured: ${found}.`));
      return;
    }
    const gradient = fraction(session.computation.gradient[place]);
    const hides = session.concealed.has(place);
    const rows = [
      [`${root} at ${name} + h`, String(found.above)],
      [`${root} at ${name} − h`, String(found.below)],
      ["difference / 2h", hides ? HIDDEN : String(found.slope)],
      [`gradient of ${name}`, hides ? HIDDEN : String(gradient)],
    ];
    const words = hides ? "The gradient is hidden: predict it first." : agreement(found.slope, gradient);
    result.replaceChildren(makeRows([name, "number"], rows), make("p", { class: "gg-outcome" }, words));
  }
  return { name: "Check", element, load };
}
