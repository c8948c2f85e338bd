// Update: one step downhill, what it should do to the loss, and what it does.

/** @returns {Panel} */
function makeUpdate(/** @type {Session} */ session) {
  const { nodes } = session.page;
  const root = nodes.length - 1;
  const learners = learnersOf(session.page);
  /** @type {{leaves: number[], cells: string[]}[]} */
  const history = [];
  let reached = session.leaves; // by the last update; other numbers are the start of another history
  const rate = makeField("learning rate", String(fraction(session.page.lr)), { min: "0" });
  rate.addEventListener("input", () => {
    const valid = Number.isFinite(rate.valueAsNumber);
    if (valid) {
      rate.removeAttribute("aria-invalid");
      session.setRate(rate.valueAsNumber);
    } else rate.setAttribute("aria-invalid", "true");
    write(said, valid ? "" : `The learning rate needs a number. The table still shows ${short(session.page.lr)}.`);
    load();
  });
  const update = makeButton("Update", apply);
  const undo = makeButton("Undo", () => {
    const last = history.pop();
    if (last) session.change(last.leaves);
    reached = session.leaves;
    write(said, last ? "Undone." : "");
    load();
    if (undo.disabled) update.focus(); // a button that is switched off would lose the focus
  });
  const predicted = make("p", { class: "gg-outcome" });
  const said = make("p", { class: "gg-said", role: "status" });
  const planned = make("div", { class: "gg-planned" });
  const past = make("div", { class: "gg-past" });
  const scroller = make("div", { class: "gg-scroller", tabindex: "0", role: "region", "aria-label": "Update" }, [past, planned]);
  const label = make("label", {}, ["lr ", rate]);
  const lead = make("div", { class: "gg-lead" }, [label, update, undo]);
  const element = make("div", { class: "gg-update" }, [lead, predicted, said, scroller]);

  /** What each learner moves by: its gradient times the learning rate, downhill. */
  const moves = () => learners.map((place) => fraction(session.page.lr) * fraction(session.computation.gradient[place]));
  const slopes = () => learners.map((place) => fraction(session.computation.gradient[place]));
  const loss = () => fraction(session.computation.data[root]);
  const drop = () => -fraction(session.page.lr) * slopes().reduce((sum, slope) => sum + slope * slope, 0);

  function apply() {
    const [before, expected, leaves, by] = [loss(), drop(), session.leaves, moves()];
    const after = [...leaves];
    for (const [at, place] of learners.entries()) after[place] -= by[at];
    const problem = session.change(after);
    if (!problem) {
      const actual = loss() - before;
      const cells = [String(history.length + 1), `${short(before)} → ${short(loss())}`, short(expected), short(actual)];
      history.push({ leaves, cells });
      reached = session.leaves;
    }
    const [, change, first, then] = history.at(-1)?.cells ?? [];
    write(said, problem ? `${problem}. Nothing was changed.` : `${nodes[root].name}: ${change}; predicted change ${first}, actual ${then}.`);
    load();
  }

  function load() {
    if (session.leaves !== reached) {
      reached = session.leaves;
      history.length = 0;
      write(said, "");
    }
    const hides = learners.some((place) => session.concealed.has(place));
    const by = moves();
    undo.disabled = !history.length;
    update.disabled = !Number.isFinite(rate.valueAsNumber) || !by.every(Number.isFinite);
    const change = hides ? HIDDEN : short(drop());
    write(predicted, `predicted change of ${nodes[root].name}: −lr·|g|² = ${change}`);
    const rows = learners.map((place, at) => {
      const now = session.leaves[place];
      const shown = session.concealed.has(place) ? [HIDDEN, HIDDEN, HIDDEN] : [slopes()[at], by[at], now - by[at]].map(short);
      return [nodes[place].name, short(now), ...shown];
    });
    planned.replaceChildren(makeRows(["", "weight", "gradient", "lr·grad", "new"], rows));
    const done = history.map(({ cells }) => cells).reverse();
    past.replaceChildren(...(done.length ? [makeRows(["", nodes[root].name, "predicted", "actual"], done)] : []));
  }
  return { name: "Update", element, load };
}
