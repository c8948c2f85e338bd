// The picture, and what each node shows after a number of steps.

/** Whether a node has to be written anew: a thousand boxes cost nothing when one of them changes. */
function differs(/** @type {number} */ node, /** @type {State} */ state, /** @type {State|undefined} */ before) {
  const parts = /** @type {(keyof State)[]} */ (["data", "gradient", "tint"]);
  return !before || parts.some((part) => state[part][node] !== before[part][node]);
}

/**
 * Every node's number, gradient and colour after so many steps.
 * @param {Session} session
 */
function makeStates({ computation: { steps, data: all, gradient: ends }, concealed }) {
  const size = all.length;
  const tint = tinting(ends.filter((_, node) => !concealed.has(node))); // shades must not tell what is hidden
  const done = steps.filter((step) => step.phase !== "update").length;
  return (/** @type {number} */ number) => {
    const data = Array(size).fill(DASH);
    const gradient = Array(size).fill(DASH);
    for (const { phase, node, after } of steps.slice(0, number)) {
      if (phase === "backward") gradient[node] = after;
      else data[node] = phase === "update" && concealed.has(node) ? HIDDEN : after; // it would tell the gradient
    }
    // what no share has reached when the backward pass is over has gradient 0
    const known = number >= done ? gradient.map((after) => (after === DASH ? 0 : after)) : gradient;
    const shown = known.map((after, node) => (after !== DASH && concealed.has(node) ? HIDDEN : after));
    return { data, gradient: shown, tint: shown.map((after) => (after === DASH ? 0 : tint(after))) };
  };
}

/**
 * The picture: boxes and edges are found by the ids that Python gave them.
 * @param {Session} session
 */
function makeStage(session) {
  const { svg, nodes, kinds, title } = session.page;
  const picture = make("div", {
    class: "picture",
    tabindex: "0",
    role: "region",
    "aria-label": "Graph",
    "aria-description": "Shift and the arrow keys scroll it",
  });
  picture.append(markup(svg));
  const drawing = /** @type {SVGSVGElement} */ (picture.querySelector("svg"));
  drawing.setAttribute("role", "img");
  drawing.setAttribute("aria-label", `The graph of ${title}; the steps and the table tell the same in words.`);
  drawing.style.setProperty("--natural", `${drawing.viewBox.baseVal.width * 4 / 3}px`); // points to pixels
  drawing.removeAttribute("width");
  drawing.removeAttribute("height");
  const parts = [.../** @type {NodeListOf<SVGGElement>} */ (drawing.querySelectorAll("[data-id]"))];
  const groups = new Map(parts.map((part) => [part.dataset.id, part]));
  const culler = makeCuller(picture, parts);
  const group = (/** @type {string} */ name) => /** @type {SVGGElement} */ (groups.get(name));
  const found = (/** @type {string[]} */ ...ids) => ids.filter((name) => groups.has(name)).map(group);
  const boxes = nodes.map((_, node) => {
    const box = group(`n${node}`);
    const texts = [...box.querySelectorAll("text")];
    const edges = found(`n${node}_0`, `n${node}_1`);
    const operation = found(`n${node}_operation`, `n${node}_output`);
    return { box, data: texts[texts.length - 3], gradient: texts[texts.length - 1], edges, operation };
  });

  /** @type {Element[]} what happens now */
  let inView = [];
  function show(/** @type {Step} */ step, /** @type {State} */ state, /** @type {number[]} */ changed) {
    for (const part of drawing.querySelectorAll(".current, .source, .changed")) {
      for (const name of ["current", "source", "changed"]) mark(part, name, false);
    }
    for (const node of changed) {
      const { box, data, gradient, edges, operation } = boxes[node];
      fit(data, box, short(state.data[node]));
      fit(gradient, box, short(state.gradient[node]));
      for (const part of [box, ...edges, ...operation]) mark(part, "waiting", state.data[node] === DASH);
      mark(box, "positive", state.tint[node] > 0);
      mark(box, "negative", state.tint[node] < 0);
      box.style.setProperty("--strength", `${Math.abs(state.tint[node]) * 100}%`);
    }
    if (drawing.getAttribute("class") !== step.phase) drawing.setAttribute("class", step.phase);
    const { box, data, gradient, edges, operation } = boxes[step.node];
    (step.phase === "backward" ? gradient : data).classList.add("changed");
    const current = [box];
    const beside = [];
    if (step.action === "compute") current.push(...operation, ...edges);
    if (step.source !== null) {
      const source = boxes[step.source];
      source.box.classList.add("source");
      beside.push(source.box);
      current.push(...source.operation, group(`n${step.source}_${step.argument}`));
    }
    for (const part of current) part.classList.add("current");
    inView = [...current, ...beside];
    culler.reveal(inView);
  }

  /** The local derivatives on the edges, after a change. */
  function load() {
    for (const { source, argument, local } of session.computation.steps) {
      const label = source === null ? null : group(`n${source}_${argument}`).querySelector("text");
      if (label) write(label, ` ${short(local ?? 0)} `);
    }
  }

  const followed = () => {
    follow(picture, inView);
    culler.update();
  };
  const zoom = { value: 1 };
  const zoomed = (/** @type {number} */ value) => () => {
    zoom.value = value ? Math.min(Math.max(zoom.value * value, 0.125), 8) : 1;
    drawing.style.setProperty("--zoom", String(zoom.value));
    mark(picture, "whole", !value);
    followed();
  };
  const buttons = [
    ["Smaller", "−", 1 / 1.25],
    ["Larger", "+", 1.25],
    ["Whole graph", "Whole", 0],
  ].map(([name, sign, value]) => {
    const button = make("button", { type: "button", "aria-label": String(name), title: String(name) }, String(sign));
    button.addEventListener("click", zoomed(Number(value)));
    return button;
  });
  const key = [
    ...kinds.map((kind) => make("span", { class: `kind ${kind}` }, kind)),
    make("span", { class: "sign positive" }, "gradient above 0"),
    make("span", { class: "sign negative" }, "below 0"),
    make("span", { class: "edge" }, "on an edge: the local derivative"),
  ];
  const foot = make("div", { class: "foot" }, [
    make("p", { class: "key" }, key),
    make("div", { class: "zoom", role: "group", "aria-label": "Size of the graph" }, buttons),
  ]);
  /** The node whose box or operation this is a part of. */
  const nodeAt = (/** @type {Element} */ target) =>
    target.closest(".node[data-id]")?.getAttribute("data-id")?.match(/^n(\d+)(_operation)?$/)?.[1];
  /** Shift with an arrow key moves the picture where it has the focus: an arrow key alone changes the step. */
  const scroll = (/** @type {Element} */ target, /** @type {string} */ key) => {
    if (target !== picture || !(key in WAYS)) return false;
    const [left, top] = WAYS[key].map((way) => way * SCROLL);
    picture.scrollBy({ left, top });
    return true;
  };
  return { element: make("div", { class: "stage" }, [picture, foot]), load, show, follow: followed, nodeAt, scroll };
}

/** A number into its box, which has room for the numbers that Python recorded; a longer one is set narrower. */
function fit(/** @type {SVGTextElement} */ text, /** @type {SVGGElement} */ box, /** @type {string} */ number) {
  write(text, number);
  const shape = /** @type {SVGGraphicsElement} */ (box.querySelector("polygon:last-of-type, path:last-of-type"));
  const { x, width } = number.length > 6 ? shape.getBBox() : { x: 0, width: Infinity };
  const room = x + width - Number(text.getAttribute("x")) - 3;
  const narrow = number.length * DIGIT > room;
  for (const [name, value] of [["textLength", String(room)], ["lengthAdjust", "spacingAndGlyphs"]]) {
    if (narrow) text.setAttribute(name, value);
    else text.removeAttribute(name);
  }
}
