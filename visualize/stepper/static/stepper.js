// The whole page: its parts, its keys, and where the number of the step and the open box are kept.

/**
 * Put a stepper into an element.
 * @param {{model: Model, el: HTMLElement}} where
 * @returns {() => void} ends it
 */
function render({ model, el }) {
  const session = makeSession(model.get("page"));
  const { nodes, title } = session.page;
  const stage = makeStage(session, model.get("box"), (place) => keep("box", place));
  const now = makeNow(session);
  const controls = makeControls(session);
  const outline = makeOutline(session);
  const table = makeTable(session);
  const fixed = (/** @type {string} */ name) => ({ name, element: make("p", {}, session.fixed) });
  const panels = makePanels([
    { name: "Values", element: table.element },
    ...(session.fixed ? ["Change", "Update", "Check"].map(fixed) : [makeChange, makeUpdate, makeCheck].map((made) => made(session))),
    makeQuiz(session),
  ]);
  const main = make("main", {}, [
    make("h1", {}, title),
    make("div", { class: "gg-work" }, [stage.element, now.element, controls.element]),
    make("div", { class: "gg-record" }, [outline.element, panels.element]),
  ]);
  el.classList.add("glassgrad");
  el.append(main);

  let states = makeStates(session);
  let shown = 0;
  let timer = 0;
  let frame = 0;
  /** @type {State|undefined} */
  let before;
  const steps = () => session.computation.steps;
  let chosen = steps()[0];

  /** Show a step, numbered from 1; a number beyond the ends is the end. */
  function show(/** @type {number} */ number) {
    const wanted = Math.min(Math.max(Math.round(number) || 1, 1), steps().length);
    if (wanted !== shown) display(wanted);
    chosen = steps()[wanted - 1];
    tell();
  }

  /** Python hears of it, as long as the steps are those that it recorded. */
  function tell() {
    if (!session.changed() && model.get("step") !== shown) keep("step", shown);
  }

  function keep(/** @type {string} */ name, /** @type {number} */ number) {
    model.set(name, number);
    model.save_changes();
  }

  function display(/** @type {number} */ number) {
    shown = number;
    const step = steps()[shown - 1];
    const state = states(shown);
    const changed = nodes.map((_, node) => node).filter((node) => differs(node, state, before));
    before = state;
    stage.show(step, state, changed);
    now.show(step, shown);
    controls.show(step, shown);
    table.show(step, state, changed);
    outline.show(shown);
    for (const part of [stage, table, outline]) part.follow(); // all is written: the browser lays it out once
  }

  /** Everything again, at the step that does what the one chosen last did, where there is one. */
  function load() {
    frame = 0;
    const place = steps().findIndex((step) => isSame(step, chosen));
    states = makeStates(session);
    for (const part of [stage, controls, outline, panels]) part.load();
    display(place >= 0 ? place + 1 : Math.min(shown, steps().length));
    tell();
  }

  function play() {
    const playing = !timer && steps().length > 1;
    clearTimeout(timer);
    timer = 0;
    controls.playing(playing);
    if (playing) {
      if (shown === steps().length) show(1);
      timer = setTimeout(tick, PAUSE / controls.speed());
    }
  }

  function tick() {
    show(shown + 1);
    if (shown < steps().length) timer = setTimeout(tick, PAUSE / controls.speed());
    else play(); // which stops
  }

  /** @type {Record<string, () => void>} */
  const actions = {
    first: () => show(1),
    previous: () => show(shown - 1),
    play,
    next: () => show(shown + 1),
    last: () => show(steps().length),
  };

  /** @param {KeyboardEvent} event */
  function onKey(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    const inOutline = outline.element.contains(target);
    const action = (inOutline ? KEYS_IN_OUTLINE : KEYS)[event.key];
    const keeps = target !== controls.scrub && target.matches("select, input"); // they need their keys themselves
    const own = keeps || (event.key === " " && target.matches("button"));
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
    else if (node !== undefined) show(Number(node) + 1); // the forward pass comes first, one step per node
  }

  const onInput = () => show(controls.wanted());
  const onBox = () => stage.open(model.get("box"));
  const onStep = () => show(model.get("step"));
  el.addEventListener("keydown", onKey);
  el.addEventListener("focusin", onFocus);
  el.addEventListener("focusout", onFocus);
  el.addEventListener("click", onClick);
  controls.scrub.addEventListener("input", onInput);
  model.on("change:box", onBox);
  model.on("change:step", onStep);
  session.listen(() => (frame ||= requestAnimationFrame(load))); // a slider changes more often than a screen can show
  for (const part of [controls, outline, panels]) part.load();
  onStep();
  return () => {
    clearTimeout(timer);
    cancelAnimationFrame(frame);
    model.off("change:box", onBox);
    model.off("change:step", onStep);
    el.removeEventListener("keydown", onKey);
    el.removeEventListener("focusin", onFocus);
    el.removeEventListener("focusout", onFocus);
    el.removeEventListener("click", onClick);
    main.remove();
  };
}

/** The page by itself: its data lie in it, and the address says which step is shown in which open box: #step=12&box=3. */
function open() {
  const data = JSON.parse(/** @type {HTMLElement} */ (document.getElementById("page")).textContent ?? "");
  const asked = () => {
    const words = new URLSearchParams(location.hash.slice(1));
    const box = Number(words.get("box") || data.start);
    return { step: Number(words.get("step")), box: data.views[box] ? box : data.start };
  };
  /** @type {Record<string, number>} */
  let view = asked();
  const address = () => `#step=${view.step}${view.box === data.start ? "" : `&box=${view.box}`}`;
  let timer = 0;
  /** @type {Model} */
  const model = {
    get: (name) => (name === "page" ? data : view[name]),
    set: (name, value) => (view[name] = value),
    save_changes() {
      clearTimeout(timer); // browsers refuse too many changes a second
      if (location.protocol !== "about:") timer = setTimeout(() => history.replaceState(null, "", address()), 200);
    },
    on: (_, listener) =>
      addEventListener("hashchange", () => {
        view = asked();
        listener();
      }),
    off: () => undefined,
  };
  render({ model, el: document.body });
}

export { open };
export default { render };
