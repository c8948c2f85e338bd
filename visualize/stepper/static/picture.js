// The picture, and what each node shows after a number of steps.

/** Whether a node must be written again: a thousand boxes cost nothing when one of them changes. */
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
  const tint = tinting(ends.filter((_, node) => !concealed.has(node))); // shades must not reveal what is hidden
  const done = steps.filter((step) => step.phase !== "update").length;
  return (/** @type {number} */ number) => {
    const data = Array(size).fill(DASH);
    const gradient = Array(size).fill(DASH);
    for (const { phase, node, after } of steps.slice(0, number)) {
      if (phase === "backward") gradient[node] = after;
      else data[node] = phase === "update" && concealed.has(node) ? HIDDEN : after; // it would reveal the gradient
    }
    // what no share has reached when the backward pass is over has gradient 0
    const known = number >= done ? gradient.map((after) => (after === DASH ? 0 : after)) : gradient;
    const shown = known.map((after, node) => (after !== DASH && concealed.has(node) ? HIDDEN : after));
    return { data, gradient: shown, tint: shown.map((after) => (after === DASH ? 0 : tint(after))) };
  };
}

/**
 * The frame with the picture, the key under it, and what changes both.
 * @param {Session} session
 * @param {number} opened the place of the box that is open at first
 * @param {(place: number) => void} tell which box the reader opened
 */
function makeStage(session, opened, tell) {
  const { views, boxes, kinds, nodes } = session.page;
  const picture = make("div", {
    class: "gg-picture",
    tabindex: "0",
    role: "region",
    "aria-label": "Graph",
    "aria-description": "Shift and the arrow keys scroll it",
  });
  const note = make("p", { class: "gg-note", role: "status" });
  let zoom = 0; // how large the picture is, 1 for its natural size; 0 where it fits into its frame
  let scene = makeScene(session, opened);
  let culler = makeCuller(picture, scene.parts);
  /** @type {{step: Step, state: State}|undefined} */
  let last;
  if (!scene.fits) zoom = 0.75;
  put();

  function put() {
    size();
    picture.replaceChildren(scene.drawing);
  }

  function size() {
    scene.drawing.style.setProperty("--zoom", String(zoom));
    mark(picture, "gg-whole", !zoom);
  }

  /** @type {Element[]} what happens now */
  let inView = [];
  function show(/** @type {Step} */ step, /** @type {State} */ state, /** @type {number[]} */ changed) {
    last = { step, state };
    for (const node of changed) scene.write(node, state);
    inView = scene.mark(step);
    culler.reveal(inView);
  }

  /** The picture in which this box is open. */
  function open(/** @type {number} */ place) {
    if (place === opened) return;
    opened = place;
    scene = makeScene(session, place);
    culler = makeCuller(picture, scene.parts);
    put();
    scene.load();
    if (last) show(last.step, last.state, [...nodes.keys()]);
    followed();
  }

  /** Open a closed box, or close an open one, and keep the place of the step in view. */
  function toggle(/** @type {number} */ place) {
    const wanted = scene.isOpen(place) ? boxes[place].around : place;
    if (wanted === null) return;
    const fits = views[wanted] !== null;
    note.textContent = fits ? "" : `${boxes[place].name} stays closed: its picture would be too much for this page.`;
    if (!fits) return;
    open(wanted);
    const box = /** @type {SVGGElement} */ (scene.box(place));
    box.focus({ preventScroll: true });
    follow(picture, [...inView, box]); // where both fit in, both are seen
    culler.update();
    tell(wanted);
  }

  /** The box that this is a part of: a closed one, or the title or the line of an open one. */
  const boxAt = (/** @type {EventTarget|null} */ target) =>
    /** @type {Element} */ (target).closest("[data-id]")?.getAttribute("data-id")?.match(/^b(\d+)$/)?.[1];
  picture.addEventListener("click", (event) => {
    const place = boxAt(event.target);
    if (place !== undefined) toggle(Number(place));
  });
  picture.addEventListener("keydown", (event) => {
    const place = boxAt(event.target);
    if (place === undefined || !["Enter", " "].includes(event.key)) return;
    event.preventDefault();
    event.stopPropagation(); // the space bar would play the steps
    toggle(Number(place));
  });

  const followed = () => {
    follow(picture, inView);
    culler.update();
  };
  picture.addEventListener("scroll", () => culler.update());
  const zoomed = (/** @type {number} */ by) => () => {
    const now = (scene.drawing.getScreenCTM()?.a ?? 1) / POINT;
    zoom = by && Math.min(Math.max(now * by, 0.125), 8);
    size();
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
    ...kinds.map((kind) => make("span", { class: `gg-kind gg-${kind}` }, kind)),
    make("span", { class: "gg-sign gg-positive" }, "gradient above 0"),
    make("span", { class: "gg-sign gg-negative" }, "below 0"),
    make("span", { class: "gg-edge" }, "on an edge: the local derivative"),
  ];
  const foot = make("div", { class: "gg-foot" }, [
    make("p", { class: "gg-key" }, key),
    make("div", { class: "gg-zoom", role: "group", "aria-label": "Size of the graph" }, buttons),
  ]);
  /** The node that this box or operation belongs to. */
  const nodeAt = (/** @type {Element} */ target) =>
    target.closest(".gg-node[data-id]")?.getAttribute("data-id")?.match(/^n(\d+)(_operation)?$/)?.[1];
  /** Shift with an arrow key moves the picture where it has the focus: an arrow key alone changes the step. */
  const scroll = (/** @type {Element} */ target, /** @type {string} */ key) => {
    if (target !== picture || !(key in WAYS)) return false;
    const [left, top] = WAYS[key].map((way) => way * SCROLL);
    picture.scrollBy({ left, top });
    return true;
  };
  const parts = views.includes(null) ? [picture, foot, note] : [picture, foot];
  const element = make("div", { class: "gg-stage" }, parts);
  return { element, load: () => scene.load(), show, open, follow: followed, nodeAt, scroll };
}

/** @type {WeakMap<SVGGElement, number>} */
const ENDS = new WeakMap(); // where boxes end: they stay as they are, and to measure is to lay out

function endOf(/** @type {SVGGElement} */ box) {
  const shape = /** @type {SVGGraphicsElement} */ (box.querySelector("polygon:last-of-type, path:last-of-type"));
  const { x, width } = shape.getBBox();
  ENDS.set(box, x + width);
  return x + width;
}

/** A number into its box, which has room for the numbers that Python recorded; another one that is longer is set narrower. */
function fit(/** @type {SVGTextElement} */ text, /** @type {SVGGElement} */ box, /** @type {string} */ number, /** @type {boolean} */ other) {
  write(text, number);
  const end = other && number.length > 6 ? (ENDS.get(box) ?? endOf(box)) : Infinity;
  const room = end - Number(text.getAttribute("x")) - 3;
  const narrow = number.length * DIGIT > room;
  for (const [name, value] of [["textLength", String(room)], ["lengthAdjust", "spacingAndGlyphs"]]) {
    if (narrow) text.setAttribute(name, value);
    else text.removeAttribute(name);
  }
}
