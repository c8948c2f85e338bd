// The panels beside the picture: one at a time, chosen by its tab.

/**
 * @typedef {object} Panel
 * @property {string} name on its tab
 * @property {HTMLElement} element
 * @property {() => void} [load] show what changed
 */

let panelsMade = 0; // ids tie tabs to panels, and there may be several steppers in a notebook

/** Tabs and the panels they open; arrow keys lead from tab to tab. */
function makePanels(/** @type {Panel[]} */ panels) {
  panelsMade += 1;
  const id = (/** @type {string} */ part, /** @type {number} */ place) => `glassgrad-${part}-${panelsMade}-${place}`;
  const tabs = panels.map(({ name, element }, place) => {
    element.id = id("panel", place);
    element.setAttribute("role", "tabpanel");
    element.setAttribute("aria-labelledby", id("tab", place));
    return make("button", { type: "button", role: "tab", id: id("tab", place), "aria-controls": element.id }, name);
  });
  const open = (/** @type {number} */ chosen) => {
    for (const [place, tab] of tabs.entries()) {
      tab.setAttribute("aria-selected", String(place === chosen));
      tab.tabIndex = place === chosen ? 0 : -1;
      panels[place].element.hidden = place !== chosen;
    }
    panels[chosen].load?.();
  };
  for (const [place, tab] of tabs.entries()) {
    tab.addEventListener("click", () => open(place));
    tab.addEventListener("keydown", (event) => {
      const last = tabs.length - 1;
      /** @type {Record<string, number>} */
      const ways = { ArrowRight: place === last ? 0 : place + 1, ArrowLeft: place === 0 ? last : place - 1, Home: 0, End: last };
      const way = ways[event.key];
      if (way === undefined || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      event.stopPropagation();
      open(way);
      tabs[way].focus();
    });
  }
  open(0);
  const list = make("div", { role: "tablist", "aria-label": "Panels", class: "gg-tabs" }, tabs);
  const element = make("section", { class: "gg-panels" }, [list, ...panels.map((panel) => panel.element)]);
  const load = () => panels.find((panel) => !panel.element.hidden)?.load?.();
  return { element, load };
}

/** A field for a number, with its name before it. */
function makeField(/** @type {string} */ name, /** @type {string} */ value, attributes = {}) {
  const field = /** @type {HTMLInputElement} */ (
    make("input", { type: "number", step: "any", inputmode: "decimal", "aria-label": name, ...attributes })
  );
  field.value = value;
  return field;
}

/** A table with a head; rows are lists of cells, of which the first names the row. */
function makeRows(/** @type {string[]} */ heads, /** @type {string[][]} */ rows) {
  const head = make("tr", {}, heads.map((word) => make("th", { scope: "col" }, word)));
  const body = rows.map(([name, ...cells]) =>
    make("tr", {}, [make("th", { scope: "row", title: name }, name), ...cells.map((cell) => make("td", {}, cell))]),
  );
  return make("table", {}, [make("thead", {}, [head]), make("tbody", {}, body)]);
}

/** A button with words on it. */
function makeButton(/** @type {string} */ name, /** @type {() => void} */ act) {
  const button = /** @type {HTMLButtonElement} */ (make("button", { type: "button", class: "gg-act" }, name));
  button.addEventListener("click", act);
  return button;
}
