// The graph: one picture for each box that can be open, found and changed by the ids that Python gave its parts.

/** @type {Record<string, [number, number]>} */
const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const SCROLL = 60; // pixels of the picture at a press of a key

/**
 * The frame with the picture, the key under it, and what changes both.
 * @param {Page} page
 */
function makeStage(page) {
  const { views, boxes, kinds, start } = page;
  const picture = make("div", {
    class: "picture",
    tabindex: "0",
    role: "region",
    "aria-label": "Graph",
    "aria-description": "Shift and the arrow keys scroll it",
  });
  const note = make("p", { class: "note", role: "status" });
  const zoom = { value: 1 };
  let scene = makeScene(page, start);
  /** @type {{step: Step, state: State}|undefined} */
  let last;
  put();

  function put() {
    scene.drawing.style.setProperty("--zoom", String(zoom.value));
    picture.replaceChildren(scene.drawing);
  }

  function show(/** @type {Step} */ step, /** @type {State} */ state, /** @type {number[]} */ changed) {
    last = { step, state };
    for (const node of changed) scene.write(node, state);
    follow(picture, scene.mark(step));
  }

  /** Open a closed box, or close an open one, and keep the place of the step in view. */
  function toggle(/** @type {number} */ place) {
    const wanted = scene.isOpen(place) ? boxes[place].around : place;
    if (wanted === null) return;
    const fits = views[wanted] !== null;
    note.textContent = fits ? "" : `${boxes[place].name} stays closed: its picture would be too much for this page.`;
    if (!fits) return;
    scene = makeScene(page, wanted);
    put();
    if (last) show(last.step, last.state, page.names.map((_, node) => node));
    scene.box(place)?.focus({ preventScroll: true });
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

  const zoomed = (/** @type {number} */ value) => () => {
    zoom.value = value ? Math.min(Math.max(zoom.value * value, 0.125), 8) : 1;
    scene.drawing.style.setProperty("--zoom", String(zoom.value));
    mark(picture, "whole", !value);
    follow(picture, [...scene.drawing.querySelectorAll(".node.current")]);
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
  const parts = views.includes(null) ? [picture, foot, note] : [picture, foot];
  return { element: make("div", { class: "stage" }, parts), show, nodeAt, scroll };
}

/**
 * One picture and its parts. What is in a closed box is written, and lights up, there.
 * @param {Page} page
 * @param {number} open the place of the box that is open in it
 */
function makeScene({ views, boxes, home, names, title }, open) {
  const content = markup(/** @type {string} */ (views[open]));
  const drawing = /** @type {SVGSVGElement} */ (content.querySelector("svg"));
  drawing.setAttribute("role", boxes.length > 1 ? "group" : "img");
  drawing.setAttribute("aria-label", `The graph of ${title}; the steps and the table tell the same in words.`);
  drawing.style.setProperty("--natural", `${drawing.viewBox.baseVal.width * 4 / 3}px`); // points to pixels
  drawing.removeAttribute("width");
  drawing.removeAttribute("height");
  const parts = /** @type {NodeListOf<SVGGElement>} */ (drawing.querySelectorAll("[data-id]"));
  const groups = new Map([...parts].map((part) => [String(part.dataset.id), part]));
  const found = (/** @type {string[]} */ ...ids) => ids.flatMap((name) => groups.get(name) ?? []);
  const box = (/** @type {number} */ place) => groups.get(`b${place}`);
  const isOpen = (/** @type {number} */ place) => box(place)?.classList.contains("cluster") ?? false;
  /**
   * Every place where a node's numbers are written.
   * @type {{data: Element, gradient: Element}[][]}
   */
  const rows = names.map(() => []);

  const shown = names.map((_, node) => {
    const [own] = found(`n${node}`);
    if (!own) return null;
    const texts = own.querySelectorAll("text");
    rows[node].push({ data: texts[texts.length - 3], gradient: texts[texts.length - 1] });
    const edges = found(`n${node}_0`, `n${node}_1`);
    return { own, edges, operation: found(`n${node}_operation`, `n${node}_output`) };
  });
  const closed = boxes.map(({ name, kind, outputs }, place) => {
    const own = box(place);
    if (own) {
      const attributes = { tabindex: "0", role: "button", "aria-expanded": String(isOpen(place)) };
      const label = name === kind ? name : `${name}, ${kind}`;
      for (const [key, value] of Object.entries({ ...attributes, "aria-label": label })) own.setAttribute(key, value);
    }
    if (!own || isOpen(place)) return null;
    const texts = own.querySelectorAll("text");
    const first = texts.length - 1 - 3 * outputs.length; // the last text says how much is inside
    outputs.forEach((node, row) => {
      rows[node].push({ data: texts[first + 3 * row + 1], gradient: texts[first + 3 * row + 2] });
    });
    return { own, edges: [...parts].filter((part) => part.dataset.id?.endsWith(`-b${place}`)) };
  });
  for (const [name, part] of groups) {
    if (boxes.length > 1 && !/^b\d+$/.test(name)) part.setAttribute("aria-hidden", "true");
  }

  /** The closed box that a node is in. */
  const hiding = names.map((_, node) => {
    /** @type {number|null} */
    let place = home[node];
    while (place !== null && !closed[place]) place = boxes[place].around;
    return place;
  });
  /** What stands for a node: its own box, or the closed one that it is in. */
  const standIn = (/** @type {number} */ node) => {
    const place = hiding[node];
    const own = shown[node]?.own ?? (place === null ? undefined : closed[place]?.own);
    return /** @type {SVGGElement} */ (own);
  };

  function write(/** @type {number} */ node, /** @type {State} */ state) {
    for (const { data, gradient } of rows[node]) {
      data.textContent = state.data[node];
      gradient.textContent = state.gradient[node];
    }
    const place = hiding[node];
    const seen = shown[node];
    const around = place === null ? null : closed[place];
    if (seen) {
      const { own, edges, operation } = seen;
      for (const part of [own, ...edges, ...operation]) mark(part, "waiting", state.data[node] === DASH);
      mark(own, "positive", state.tint[node] > 0);
      mark(own, "negative", state.tint[node] < 0);
      own.style.setProperty("--strength", `${Math.abs(state.tint[node]) * 100}%`);
    } else if (place !== null && around) {
      const waits = boxes[place].outputs.every((output) => state.data[output] === DASH);
      for (const part of [around.own, ...around.edges]) mark(part, "waiting", waits);
    }
  }

  /** Make what happens in a step stand out; returns it, the most important first. */
  function markStep(/** @type {Step} */ step) {
    for (const part of drawing.querySelectorAll(".current, .source, .changed")) {
      for (const name of ["current", "source", "changed"]) mark(part, name, false);
    }
    drawing.setAttribute("class", step.phase);
    for (const row of rows[step.node]) row[step.phase === "backward" ? "gradient" : "data"].classList.add("changed");
    const own = standIn(step.node);
    /** @type {Element[]} */
    const current = [own];
    const beside = [];
    const seen = shown[step.node];
    if (step.action === "compute" && seen) current.push(...seen.operation, ...seen.edges);
    if (step.source !== null) {
      const source = standIn(step.source);
      if (source !== own) {
        source.classList.add("source");
        beside.push(source);
      }
      current.push(...(shown[step.source]?.operation ?? []));
      const edge = shown[step.source] ? `n${step.source}_${step.argument}` : `${own.dataset.id}-${source.dataset.id}`;
      current.push(...found(edge));
    }
    for (const part of current) part.classList.add("current");
    return [...current, ...beside];
  }

  return { drawing, write, mark: markStep, box, isOpen };
}

/** @type {Map<HTMLElement, Element[]>} */
const followed = new Map();

/** Scroll a box, and nothing else on the page, so that the elements can be seen; where they do not fit, the first. */
function follow(/** @type {HTMLElement} */ box, /** @type {Element[]} */ elements) {
  if (!followed.size) queueMicrotask(scrollAll); // when all that a step changes is written: to measure is to lay out
  followed.set(box, elements);
}

function scrollAll() {
  const instant = /** @type {any} */ ("instant"); // which older type definitions do not know
  for (const [box, elements] of followed) {
    // a smooth scroll that is still under way would be measured at a place it does not stay in
    box.scrollTo({ left: box.scrollLeft, top: box.scrollTop, behavior: instant });
    const view = box.getBoundingClientRect();
    const areas = elements.map((element) => element.getBoundingClientRect());
    const by = (/** @type {"left"|"top"} */ start, /** @type {"right"|"bottom"} */ end) => {
      const size = view[end] - view[start];
      let from = Math.min(...areas.map((area) => area[start]));
      let to = Math.max(...areas.map((area) => area[end]));
      if (to - from > size) [from, to] = [areas[0][start], areas[0][end]];
      return from < view[start] || to > view[end] ? (from + to) / 2 - (view[start] + view[end]) / 2 : 0;
    };
    const way = { left: by("left", "right"), top: by("top", "bottom") };
    if (way.left || way.top) box.scrollBy(way);
  }
  followed.clear();
}
