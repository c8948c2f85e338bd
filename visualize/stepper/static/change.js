// Change: a field and a slider for each leaf; the page computes everything again.

/** @returns {Panel} */
function makeChange(/** @type {Session} */ session) {
  const { nodes } = session.page;
  const root = nodes.length - 1;
  const outcome = make("p", { class: "gg-outcome" });
  const problem = make("p", { class: "gg-problem", role: "alert" });
  /** @type {number[]|undefined} */
  let entered; // the numbers in the fields, where they are those of the session
  const back = makeButton("Reset", () => {
    entered = undefined;
    session.restore();
  });
  const rows = leavesOf(nodes).map((place) => {
    const { name } = nodes[place];
    const start = session.leaves[place];
    const reach = Math.max(2, 2 * Math.abs(start));
    const field = makeField(name, String(start));
    const ends = { min: String(start - reach), max: String(start + reach) };
    const slider = makeField(`${name}, slider`, String(start), { type: "range", ...ends });
    const gradient = make("output", { "aria-label": `gradient of ${name}` });
    const label = make("span", { class: "gg-name", title: name }, name);
    field.addEventListener("input", () => set(field));
    slider.addEventListener("input", () => {
      row.stands = slider.valueAsNumber;
      field.value = String(rounded(slider.valueAsNumber, reach));
      set(field);
    });
    const element = make("li", { class: `gg-${nodes[place].kind}` }, [label, field, gradient, slider]);
    const row = { place, start, reach, element, field, slider, gradient, stands: start };
    return row;
  });
  const list = make("ul", { class: "gg-leaves", role: "list" }, rows.map(({ element }) => element));
  const head = make("div", { class: "gg-lead" }, [outcome, back]);
  const scroller = make("div", { class: "gg-scroller", tabindex: "0", role: "region", "aria-label": "Leaves" }, [list]);
  const element = make("div", { class: "gg-change" }, [head, problem, scroller]);

  /** Compute with all that stands in the fields, also with what had no value before this field was changed. */
  function set(/** @type {HTMLInputElement} */ field) {
    const leaves = [...session.leaves];
    for (const row of rows) leaves[row.place] = row.field.valueAsNumber;
    const empty = rows.find((row) => !Number.isFinite(row.field.valueAsNumber));
    const words = empty ? `${nodes[empty.place].name} needs a number` : session.change(leaves);
    if (!words) entered = session.leaves;
    for (const row of rows) row.field.removeAttribute("aria-invalid");
    if (words) (empty?.field ?? field).setAttribute("aria-invalid", "true");
    write(problem, words ? `${words}. The page still shows the last numbers that work.` : note());
  }

  const note = () => whyNoGradient(session.page, session.computation);

  function load() {
    const known = session.computation;
    write(outcome, `${nodes[root].name} = ${short(known.data[root])}`);
    outcome.title = String(known.data[root]); // with all its digits
    const elsewhere = session.leaves !== entered; // changed by an update, say; what stands in the fields is out of date
    entered = session.leaves;
    if (elsewhere) write(problem, note());
    for (const row of rows) {
      const { place, start, reach, field, slider, gradient } = row;
      const number = session.leaves[place];
      if (elsewhere) field.removeAttribute("aria-invalid");
      if (elsewhere && field.valueAsNumber !== number) field.value = String(number);
      if (row.stands !== number) {
        row.stands = number; // remembered here: every change of its text would lay the slider out again
        slider.min = String(Math.min(start - reach, number)); // a number beyond its ends stretches it
        slider.max = String(Math.max(start + reach, number));
        slider.value = String(number);
      }
      write(gradient, session.gradient(place));
      gradient.title = session.concealed.has(place) ? "" : String(known.gradient[place]);
    }
  }
  return { name: "Change", element, load };
}

/** A slider's number without needless digits: a thousandth of its reach is fine enough. */
function rounded(/** @type {number} */ number, /** @type {number} */ reach) {
  const digits = Math.max(0, 3 - Math.floor(Math.log10(reach)));
  return Number(number.toFixed(Math.min(digits, 100)));
}
