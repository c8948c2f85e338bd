// One picture of the graph, found and changed by the ids that Python gave its parts.

/**
 * One picture and its parts. What is in a closed box is written, and lights up, there.
 * @param {Session} session
 * @param {number} open the place of the box that is open in it
 */
function makeScene(session, open) {
  const { views, boxes, home, nodes, title } = session.page;
  const content = markup(/** @type {string} */ (views[open]));
  const drawing = /** @type {SVGSVGElement} */ (content.querySelector("svg"));
  drawing.setAttribute("role", boxes.length > 1 ? "group" : "img");
  drawing.setAttribute("aria-label", `The graph of ${title}; the steps and the table say the same as text.`);
  const { width, height } = drawing.viewBox.baseVal;
  drawing.style.setProperty("--natural", `${width * POINT}px`);
  drawing.style.setProperty("--ratio", String(width / height));
  drawing.removeAttribute("width");
  drawing.removeAttribute("height");
  const parts = [.../** @type {NodeListOf<SVGGElement>} */ (drawing.querySelectorAll("[data-id]"))];
  const groups = new Map(parts.map((part) => [String(part.dataset.id), part]));
  const found = (/** @type {string[]} */ ...ids) => ids.flatMap((name) => groups.get(name) ?? []);
  const box = (/** @type {number} */ place) => groups.get(`b${place}`);
  const isOpen = (/** @type {number} */ place) => box(place)?.classList.contains("gg-cluster") ?? false;
  /**
   * Every place where a node's numbers are written.
   * @type {{box: SVGGElement, data: SVGTextElement, gradient: SVGTextElement}[][]}
   */
  const rows = nodes.map(() => []);

  const shown = nodes.map((_, node) => {
    const [own] = found(`n${node}`);
    if (!own) return null;
    const texts = own.querySelectorAll("text");
    rows[node].push({ box: own, data: texts[texts.length - 3], gradient: texts[texts.length - 1] });
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
      rows[node].push({ box: own, data: texts[first + 3 * row + 1], gradient: texts[first + 3 * row + 2] });
    });
    return { own, edges: parts.filter((part) => part.dataset.id?.endsWith(`-b${place}`)) };
  });
  for (const [name, part] of groups) {
    if (boxes.length > 1 && !/^b\d+$/.test(name)) part.setAttribute("aria-hidden", "true");
  }

  /** The closed box that a node is in. */
  const hiding = nodes.map((_, node) => {
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

  function writeNode(/** @type {number} */ node, /** @type {State} */ state) {
    for (const { box, data, gradient } of rows[node]) {
      fit(data, box, short(state.data[node]), session.changed());
      fit(gradient, box, short(state.gradient[node]), session.changed());
    }
    const place = hiding[node];
    const seen = shown[node];
    const around = place === null ? null : closed[place];
    if (seen) {
      const { own, edges, operation } = seen;
      for (const part of [own, ...edges, ...operation]) mark(part, "gg-waiting", state.data[node] === DASH);
      mark(own, "gg-positive", state.tint[node] > 0);
      mark(own, "gg-negative", state.tint[node] < 0);
      own.style.setProperty("--strength", `${Math.abs(state.tint[node]) * 100}%`);
    } else if (place !== null && around) {
      const waits = boxes[place].outputs.every((output) => state.data[output] === DASH);
      for (const part of [around.own, ...around.edges]) mark(part, "gg-waiting", waits);
    }
  }

  /** Make what happens in a step stand out; returns it, the most important first. */
  function markStep(/** @type {Step} */ step) {
    for (const part of drawing.querySelectorAll(".gg-current, .gg-source, .gg-changed")) {
      for (const name of ["gg-current", "gg-source", "gg-changed"]) mark(part, name, false);
    }
    drawing.setAttribute("class", `gg-${step.phase}`);
    for (const row of rows[step.node]) row[step.phase === "backward" ? "gradient" : "data"].classList.add("gg-changed");
    const own = standIn(step.node);
    /** @type {Element[]} */
    const current = [own];
    const beside = [];
    const seen = shown[step.node];
    if (step.action === "compute" && seen) current.push(...seen.operation, ...seen.edges);
    if (step.source !== null) {
      const source = standIn(step.source);
      if (source !== own) {
        source.classList.add("gg-source");
        beside.push(source);
      }
      current.push(...(shown[step.source]?.operation ?? []));
      const edge = shown[step.source] ? `n${step.source}_${step.argument}` : `${own.dataset.id}-${source.dataset.id}`;
      current.push(...found(edge));
    }
    for (const part of current) part.classList.add("gg-current");
    return [...current, ...beside];
  }

  /** The text on each edge that has one, as Python wrote it. */
  const labels = parts.flatMap((part) => {
    const [, source, argument] = part.dataset.id?.match(/^n(\d+)_(\d)$/) ?? [];
    const text = source && part.querySelector("text");
    return text ? [{ text, source: Number(source), argument: Number(argument), written: text.textContent ?? "" }] : [];
  });

  /** The local derivatives on the edges, after a change: of every edge, also where no gradient flows. */
  function load() {
    const { changed, page, computation } = session;
    const data = computation.data.map(fraction);
    for (const { text, source, argument, written } of labels) {
      const edge = changed() && edgesOf(page.nodes, source, data).find((edge) => edge.argument === argument);
      write(text, edge ? ` ${short(edge.local)} ` : written);
    }
  }

  const fits = Math.max(width, 2 * height) * POINT <= WIDEST;
  return { drawing, parts, fits, load, write: writeNode, mark: markStep, box, isOpen };
}
