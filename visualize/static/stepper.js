// @ts-check
/**
 * The stepper: shows one step of a computation at a time, forth and back.
 *
 * All it shows is in the page that Python wrote: the pictures, each laid out once, and every step with its words, its
 * formula and its numbers. What is on the screen depends on the number of the step alone, so going back is showing
 * another step. This one module is the script of the HTML page and the _esm of the notebook's widget.
 *
 * @typedef {object} Step
 * @property {"forward"|"backward"|"update"} phase
 * @property {"given"|"compute"|"seed"|"add"|"update"} action
 * @property {number} node whose number or gradient changes
 * @property {string} after what it is then
 * @property {number|null} source the node whose edge is followed (add)
 * @property {number|null} argument which operand of the source the node is (add)
 * @property {number} tint the gradient's colour: -1 (all orange) to 1 (all blue)
 * @property {string} words
 * @property {string} mathml
 *
 * @typedef {object} Page
 * @property {string} title
 * @property {(string|null)[]} views the picture in which a box is open, by the box's place; null where it stays closed
 * @property {Box[]} boxes the calls of modules; the first is the whole graph
 * @property {number} start the place of the box that is open at first
 * @property {number[]} home for each node the place of the innermost box that it is in
 * @property {string[]} names what each node is called
 * @property {string[]} kinds the outlines in the pictures
 * @property {Step[]} steps
 *
 * @typedef {object} Box
 * @property {string} name
 * @property {string} kind
 * @property {number|null} around the place of the box that it is in
 * @property {number[]} outputs the nodes that are listed in it while it is closed
 *
 * @typedef {{data: string[], gradient: string[], tint: number[]}} State of every node
 *
 * @typedef {object} Model where the page comes from and the number of the step is kept: Python, or the address bar
 * @property {(name: string) => any} get
 * @property {(name: string, value: any) => void} set
 * @property {() => void} save_changes
 * @property {(event: string, listener: () => void) => void} on
 * @property {(event: string, listener: () => void) => void} off
 */

const DASH = "–"; // not computed yet
/** @type {Record<string, string>} */
const KEYS = { ArrowRight: "next", ArrowLeft: "previous", Home: "first", End: "last", " ": "play" };
/** @type {Record<string, string>} */
const KEYS_IN_OUTLINE = { ...KEYS, ArrowDown: "next", ArrowUp: "previous" };
const PAUSE = 1600; // milliseconds between steps at speed 1
const GHOSTS = 8; // of the longest formulas, which one is the highest depends on the width
const PHASES = { forward: "Forward", backward: "Backward", update: "Update" };
/** @type {Record<string, string>} */
const ICONS = {
  first: "M3 2h3v12H3zM14 2v12L6 8z",
  previous: "M12 2v12L4 8z",
  play: "M4 2v12l10-6z",
  pause: "M3 2h4v12H3zM9 2h4v12H9z",
  next: "M4 2v12l8-6z",
  last: "M10 2h3v12h-3zM2 2v12l8-6z",
};

/**
 * Put a stepper into an element.
 * @param {{model: Model, el: HTMLElement}} where
 * @returns {() => void} ends it
 */
function render({ model, el }) {
  /** @type {Page} */
  const page = model.get("page");
  const { steps, names } = page;
  const stage = makeStage(page);
  const now = makeNow(steps);
  const controls = makeControls(steps.length);
  const table = makeTable(names);
  const outline = makeOutline(steps);
  const main = make("main", {}, [
    make("h1", {}, page.title),
    make("div", { class: "work" }, [stage.element, now.element, controls.element]),
    make("div", { class: "record" }, [outline.element, table.element]),
  ]);
  el.classList.add("glassgrad");
  el.append(main);

  const computing = names.map((_, node) => steps.findIndex((step) => step.phase === "forward" && step.node === node));
  const states = makeStates(names.length, steps);
  let shown = 0;
  let timer = 0;
  /** @type {State|undefined} */
  let before;

  /** Show a step, numbered from 1; a number beyond the ends is the end. */
  function show(/** @type {number} */ number) {
    const wanted = Math.min(Math.max(Math.round(number) || 1, 1), steps.length);
    if (wanted !== shown) {
      shown = wanted;
      const step = steps[shown - 1];
      const state = states(shown);
      const changed = names.map((_, node) => node).filter((node) => differs(node, state, before));
      before = state;
      stage.show(step, state, changed);
      now.show(step, shown);
      controls.show(step, shown);
      table.show(step, state, changed);
      outline.show(shown);
    }
    if (model.get("step") !== shown) {
      model.set("step", shown);
      model.save_changes();
    }
  }

  function play() {
    const playing = !timer && steps.length > 1;
    clearTimeout(timer);
    timer = 0;
    controls.playing(playing);
    if (playing) {
      if (shown === steps.length) show(1);
      timer = setTimeout(tick, PAUSE / controls.speed());
    }
  }

  function tick() {
    show(shown + 1);
    if (shown < steps.length) timer = setTimeout(tick, PAUSE / controls.speed());
    else play(); // which stops
  }

  /** @type {Record<string, () => void>} */
  const actions = {
    first: () => show(1),
    previous: () => show(shown - 1),
    play,
    next: () => show(shown + 1),
    last: () => show(steps.length),
  };

  /** @param {KeyboardEvent} event */
  function onKey(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    const inOutline = outline.element.contains(target);
    const action = (inOutline ? KEYS_IN_OUTLINE : KEYS)[event.key];
    const own = target.matches("select") || (event.key === " " && target.matches("button")); // keys they need themselves
    const scrolls = event.shiftKey && stage.scroll(target, event.key);
    if (!scrolls && (!action || own || event.shiftKey || event.ctrlKey || event.metaKey || event.altKey)) return;
    event.preventDefault();
    event.stopPropagation(); // a notebook would take the keys for its own
    if (scrolls) return;
    actions[action]();
    if (inOutline) outline.focus();
  }

  /** What has the focus and speaks a step itself, the bar or the list, silences the live region: once is enough. */
  function onFocus(/** @type {FocusEvent} */ event) {
    const focused = /** @type {Node|null} */ (event.type === "focusin" ? event.target : event.relatedTarget);
    now.speak(focused !== controls.scrub && !outline.element.contains(focused));
  }

  /** @param {MouseEvent} event */
  function onClick(event) {
    const target = /** @type {Element} */ (event.target);
    const button = target.closest("button");
    const node = button?.dataset.node ?? stage.nodeAt(target);
    if (button?.dataset.action) actions[button.dataset.action]();
    else if (button?.dataset.step) show(Number(button.dataset.step));
    else if (node !== undefined) show(computing[Number(node)] + 1);
  }

  const onInput = () => show(controls.wanted());
  const onModel = () => show(model.get("step"));
  el.addEventListener("keydown", onKey);
  el.addEventListener("focusin", onFocus);
  el.addEventListener("focusout", onFocus);
  el.addEventListener("click", onClick);
  controls.scrub.addEventListener("input", onInput);
  model.on("change:step", onModel);
  onModel();
  return () => {
    clearTimeout(timer);
    model.off("change:step", onModel);
    el.removeEventListener("keydown", onKey);
    el.removeEventListener("focusin", onFocus);
    el.removeEventListener("focusout", onFocus);
    el.removeEventListener("click", onClick);
    main.remove();
  };
}

/**
 * An element with attributes and content.
 * @param {string} tag
 * @param {Record<string, string>} attributes
 * @param {string|Element[]} content
 */
function make(tag, attributes = {}, content = []) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...(typeof content === "string" ? [content] : content));
  return element;
}

/** What Python wrote as markup, with every label in it escaped. */
function markup(/** @type {string} */ text) {
  const template = document.createElement("template");
  template.innerHTML = text;
  return template.content;
}

/** Whether a node has to be written anew: a thousand boxes cost nothing when one of them changes. */
function differs(/** @type {number} */ node, /** @type {State} */ state, /** @type {State|undefined} */ before) {
  const parts = /** @type {(keyof State)[]} */ (["data", "gradient", "tint"]);
  return !before || parts.some((part) => state[part][node] !== before[part][node]);
}

/** Give an element a class, or take it away without a trace. */
function mark(/** @type {Element} */ element, /** @type {string} */ name, /** @type {boolean} */ on) {
  element.classList.toggle(name, on);
  if (!element.classList.length) element.removeAttribute("class");
}

/**
 * Every node's number, gradient and colour after so many steps.
 * @param {number} size
 * @param {Step[]} steps
 */
function makeStates(size, steps) {
  const done = steps.filter((step) => step.phase !== "update").length;
  return (/** @type {number} */ number) => {
    const data = Array(size).fill(DASH);
    const gradient = Array(size).fill(DASH);
    const tint = Array(size).fill(0);
    for (const step of steps.slice(0, number)) {
      if (step.phase === "backward") {
        gradient[step.node] = step.after;
        tint[step.node] = step.tint;
      } else data[step.node] = step.after;
    }
    // what no share has reached when the backward pass is over has gradient 0
    const known = number >= done ? gradient.map((text) => (text === DASH ? "0" : text)) : gradient;
    return { data, gradient: known, tint };
  };
}

/** The step in large type. Long ones lie under it, unseen, so that its place is large enough for all. */
function makeNow(/** @type {Step[]} */ steps) {
  const element = make("section", { class: "now", "aria-label": "This step" });
  const blank = (/** @type {Record<string, string>} */ attributes) => {
    const count = make("p", { class: "count" });
    const words = make("p", { class: "words" });
    const formula = make("div", { class: "formula" });
    const box = make("div", { class: "step", ...attributes }, [count, words, formula]);
    element.append(box);
    const fill = (/** @type {Step} */ step, /** @type {number} */ number) => {
      box.dataset.phase = step.phase;
      count.textContent = `${PHASES[step.phase]} · step ${number} of ${steps.length}`;
      words.textContent = step.words;
      formula.replaceChildren(markup(step.mathml));
    };
    return { box, fill };
  };
  const longest = (/** @type {"words"|"mathml"} */ part) =>
    [...steps].sort((one, other) => other[part].length - one[part].length).slice(0, GHOSTS);
  const [{ words }] = longest("words");
  for (const step of longest("mathml")) blank({ "aria-hidden": "true" }).fill({ ...step, words }, steps.length);
  const { box, fill } = blank({ role: "status", "aria-live": "polite", "aria-atomic": "true" });
  const speak = (/** @type {boolean} */ aloud) => box.setAttribute("aria-live", aloud ? "polite" : "off");
  return { element, show: fill, speak };
}

/** The buttons, the bar and the speed. */
function makeControls(/** @type {number} */ size) {
  const button = (/** @type {string} */ action, /** @type {string} */ name, /** @type {string} */ key) => {
    const made = make("button", { type: "button", "data-action": action, "aria-label": name, title: `${name} (${key})` });
    made.append(markup(`<svg viewBox="0 0 16 16" aria-hidden="true"><path d="${ICONS[action]}"/></svg>`));
    return made;
  };
  const first = button("first", "First step", "Home");
  const previous = button("previous", "Previous step", "←");
  const start = button("play", "Play", "Space");
  const next = button("next", "Next step", "→");
  const last = button("last", "Last step", "End");
  const range = { type: "range", min: "1", max: String(size), value: "1", "aria-label": "Step" };
  const scrub = /** @type {HTMLInputElement} */ (make("input", range));
  const choices = [0.5, 1, 2, 4].map((value) => make("option", { value: String(value) }, `${value}×`));
  const pace = /** @type {HTMLSelectElement} */ (make("select", { "aria-label": "Speed" }, choices));
  pace.value = "1";
  const label = make("label", { class: "speed" }, [make("span", {}, "Speed"), pace]);
  const buttons = make("div", { class: "buttons" }, [first, previous, start, next, last]);
  const element = make("div", { class: "controls", role: "group", "aria-label": "Steps" }, [buttons, scrub, label]);
  return {
    element,
    scrub,
    speed: () => Number(pace.value),
    wanted: () => Number(scrub.value),
    show(/** @type {Step} */ step, /** @type {number} */ number) {
      scrub.value = String(number);
      scrub.setAttribute("aria-valuetext", `Step ${number} of ${size}: ${step.words}`);
      for (const back of [first, previous]) back.setAttribute("aria-disabled", String(number === 1));
      for (const forth of [next, last]) forth.setAttribute("aria-disabled", String(number === size));
    },
    playing(/** @type {boolean} */ playing) {
      start.setAttribute("aria-label", playing ? "Pause" : "Play");
      start.title = playing ? "Pause (Space)" : "Play (Space)";
      start.querySelector("path")?.setAttribute("d", playing ? ICONS.pause : ICONS.play);
    },
  };
}

/** The numbers of every node; a name leads to the step that computes it. */
function makeTable(/** @type {string[]} */ names) {
  const rows = names.map((name, node) => {
    const button = make("button", { type: "button", "data-node": String(node), title: `${name}: go to where it is computed` }, name);
    const data = make("td", { role: "cell" });
    const gradient = make("td", { role: "cell" });
    const row = make("tr", { role: "row" }, [make("th", { role: "rowheader" }, [button]), data, gradient]);
    return { row, data, gradient };
  });
  const heads = ["Name", "data", "grad"].map((word) => make("th", { role: "columnheader" }, word));
  // the roles are said, since rows that are laid out one by one are no table for every browser
  const table = make("table", { role: "table" }, [
    make("thead", { role: "rowgroup" }, [make("tr", { role: "row" }, heads)]),
    make("tbody", { role: "rowgroup" }, rows.map(({ row }) => row)),
  ]);
  const scroller = make("div", { class: "scroller", tabindex: "0", role: "region", "aria-label": "Values" }, [table]);
  const element = make("section", { class: "values" }, [make("h2", {}, "Values"), scroller]);
  return {
    element,
    show(/** @type {Step} */ step, /** @type {State} */ state, /** @type {number[]} */ changed) {
      for (const part of element.querySelectorAll(".current, .changed")) {
        for (const name of ["current", "changed"]) mark(part, name, false);
      }
      for (const node of changed) {
        rows[node].data.textContent = state.data[node];
        rows[node].gradient.textContent = state.gradient[node];
      }
      rows[step.node].row.classList.add("current");
      rows[step.node][step.phase === "backward" ? "gradient" : "data"].classList.add("changed");
      follow(scroller, [rows[step.node].row]);
    },
  };
}

/** Every step in words. Only the current one can be reached with Tab; arrows lead to the others. */
function makeOutline(/** @type {Step[]} */ steps) {
  const buttons = steps.map((step, place) => {
    const words = [make("span", { class: "number" }, String(place + 1)), make("span", {}, step.words)];
    return make("button", { type: "button", "data-step": String(place + 1), tabindex: "-1" }, words);
  });
  const parts = Object.entries(PHASES).flatMap(([phase, title]) => {
    const items = buttons.filter((_, place) => steps[place].phase === phase).map((button) => make("li", {}, [button]));
    return items.length ? [make("h3", {}, title), make("ol", { role: "list" }, items)] : [];
  });
  const scroller = make("div", { class: "scroller" }, parts);
  const element = make("section", { class: "outline" }, [make("h2", {}, "All steps"), scroller]);
  let current = buttons[0];
  return {
    element,
    focus: () => current.focus({ preventScroll: true }),
    show(/** @type {number} */ number) {
      current.removeAttribute("aria-current");
      current.tabIndex = -1;
      current = buttons[number - 1];
      current.setAttribute("aria-current", "step");
      current.tabIndex = 0;
      follow(scroller, [current]);
    },
  };
}

/** The page by itself: its data lie in it, and the address says which step is shown: #step=12. */
function open() {
  const data = JSON.parse(/** @type {HTMLElement} */ (document.getElementById("page")).textContent ?? "");
  const asked = () => Number(new URLSearchParams(location.hash.slice(1)).get("step"));
  let step = asked();
  let timer = 0;
  /** @type {Model} */
  const model = {
    get: (name) => (name === "page" ? data : step),
    set: (_, value) => (step = value),
    save_changes() {
      clearTimeout(timer); // browsers refuse too many changes a second
      if (location.protocol !== "about:") timer = setTimeout(() => history.replaceState(null, "", `#step=${step}`), 200);
    },
    on: (_, listener) =>
      addEventListener("hashchange", () => {
        step = asked();
        listener();
      }),
    off: () => undefined,
  };
  render({ model, el: document.body });
}

export { open };
export default { render };
