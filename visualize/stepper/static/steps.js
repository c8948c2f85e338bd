// What happens now, the controls that lead from step to step, and the list of all steps.

/** The step in large type. Long ones lie under it, unseen, so that its place is large enough for all. */
function makeNow(/** @type {Session} */ session) {
  const element = make("section", { class: "gg-now", "aria-label": "This step" });
  const blank = (/** @type {Record<string, string>} */ attributes) => {
    const count = make("p", { class: "gg-count" });
    const words = make("p", { class: "gg-words" });
    const formula = make("div", { class: "gg-formula" });
    const box = make("div", { class: "gg-step", ...attributes }, [count, words, formula]);
    element.append(box);
    const fill = (/** @type {Step} */ step, /** @type {number} */ number) => {
      box.dataset.phase = step.phase;
      count.textContent = `${PHASES[step.phase]} · step ${number} of ${session.computation.steps.length}`;
      words.textContent = session.words(step);
      formula.replaceChildren(markup(session.math(step)));
    };
    return { box, words, fill };
  };
  for (const { wordy, long } of tallest(session)) {
    const spacer = blank({ "aria-hidden": "true" });
    spacer.fill(long, session.computation.steps.length);
    spacer.words.textContent = session.words(wordy);
  }
  // the step that is shown has no say in the size of its place: another one, whatever its font, moves nothing
  const { box, fill } = blank({ role: "status", "aria-live": "polite", "aria-atomic": "true" });
  const speak = (/** @type {boolean} */ aloud) => box.setAttribute("aria-live", aloud ? "polite" : "off");
  return { element, show: fill, speak };
}

/** Of all steps whose formulas are built alike (fractions, roots, powers): the longest words, and the longest formula. */
function tallest(/** @type {Session} */ session) {
  /** @type {Map<string, {wordy: Step, long: Step}>} */
  const kinds = new Map();
  const longer = (/** @type {(step: Step) => string} */ text, /** @type {Step} */ one, /** @type {Step} */ other) =>
    text(other).length > text(one).length ? other : one;
  for (const step of session.computation.steps) {
    const [[, math]] = telling(session.page, session.computation, step, () => false);
    const built = math.replace(/>[^<]*/g, ">");
    const { wordy, long } = kinds.get(built) ?? { wordy: step, long: step };
    kinds.set(built, { wordy: longer(session.words, wordy, step), long: longer(session.math, long, step) });
  }
  return kinds.values();
}

/** The buttons, the bar and the speed. */
function makeControls(/** @type {Session} */ session) {
  let size = session.computation.steps.length;
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
  const label = make("label", { class: "gg-speed" }, [make("span", {}, "Speed"), pace]);
  const buttons = make("div", { class: "gg-buttons" }, [first, previous, start, next, last]);
  const element = make("div", { class: "gg-controls", role: "group", "aria-label": "Steps" }, [buttons, scrub, label]);
  return {
    element,
    scrub,
    speed: () => Number(pace.value),
    wanted: () => Number(scrub.value),
    load() {
      size = session.computation.steps.length;
      scrub.max = String(size);
    },
    show(/** @type {Step} */ step, /** @type {number} */ number) {
      scrub.value = String(number);
      scrub.setAttribute("aria-valuetext", `Step ${number} of ${size}: ${session.words(step)}`);
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

/** Every step as a sentence. Only the current one can be reached with Tab; arrows lead to the others. */
function makeOutline(/** @type {Session} */ session) {
  const scroller = make("div", { class: "gg-scroller" });
  const element = make("section", { class: "gg-outline" }, [make("h2", {}, "All steps"), scroller]);
  /** @type {Step[]} */
  let listed = [];
  /** @type {HTMLElement[]} */
  let buttons = [];
  /** @type {HTMLElement} */
  let current;
  let timer = 0; // runs while some lines may show old numbers

  /** Lines from one place to another, as the numbers are now. */
  function rewrite(/** @type {number} */ from, /** @type {number} */ to) {
    for (let place = Math.max(from, 0); place < Math.min(to, listed.length); place += 1) {
      write(/** @type {Element} */ (buttons[place].lastChild), session.words(listed[place]));
    }
  }

  /** All lines, some at a time: thousands at once would hold up a slider. */
  function tellAll(from = 0) {
    rewrite(from, from + AROUND);
    timer = from + AROUND < listed.length ? setTimeout(tellAll, 0, from + AROUND) : 0;
  }

  function rebuild() {
    buttons = listed.map((_, place) => {
      const parts = [make("span", { class: "gg-number" }, String(place + 1)), make("span")];
      return make("button", { type: "button", "data-step": String(place + 1), tabindex: "-1" }, parts);
    });
    const parts = Object.entries(PHASES).flatMap(([phase, title]) => {
      const items = buttons.filter((_, place) => listed[place].phase === phase).map((button) => make("li", {}, [button]));
      return items.length ? [make("h3", {}, title), make("ol", { role: "list" }, items)] : [];
    });
    scroller.replaceChildren(...parts);
    current = buttons[0];
  }

  return {
    element,
    load() {
      const { steps } = session.computation;
      const same = steps.length === listed.length && steps.every((step, place) => isSame(step, listed[place]));
      listed = steps;
      if (!same) rebuild();
      clearTimeout(timer);
      if (same) timer = setTimeout(tellAll, REST);
      else rewrite(0, listed.length);
    },
    focus: () => current.focus({ preventScroll: true }),
    show(/** @type {number} */ number) {
      current.removeAttribute("aria-current");
      current.tabIndex = -1;
      current = buttons[number - 1];
      current.setAttribute("aria-current", "step");
      current.tabIndex = 0;
      if (timer) rewrite(number - AROUND, number + AROUND); // no visible line waits
    },
    follow: () => follow(scroller, [current]),
  };
}

/** Whether two steps do the same, perhaps with other numbers. */
function isSame(/** @type {Step} */ one, /** @type {Step} */ other) {
  const parts = /** @type {(keyof Step)[]} */ (["action", "node", "source", "argument"]);
  return parts.every((part) => one[part] === other[part]);
}
