// The numbers of every node.

/** A name that may go on in a next line after a dot: "layers.0.neurons.1.w[0]". */
function breakable(/** @type {string} */ name) {
  return name.split(/(?<=\.)/).flatMap((part, place) => (place ? [make("wbr"), part] : [part]));
}

/** The numbers of every node; a name leads to the step that computes it. */
function makeTable(/** @type {Session} */ { page }) {
  const rows = page.nodes.map(({ name }, node) => {
    const button = make("button", { type: "button", "data-node": String(node), title: `${name}: go to where it is computed` }, breakable(name));
    const data = make("td", { role: "cell" }, [make("span")]);
    const gradient = make("td", { role: "cell" }, [make("span")]);
    const row = make("tr", { role: "row" }, [make("th", { role: "rowheader" }, [button]), data, gradient]);
    return { row, data, gradient };
  });
  const heads = ["Name", "data", "grad"].map((word) => make("th", { role: "columnheader" }, word));
  // the roles are said, since rows that are laid out one by one are no table for every browser
  const table = make("table", { role: "table" }, [
    make("thead", { role: "rowgroup" }, [make("tr", { role: "row" }, heads)]),
    make("tbody", { role: "rowgroup" }, rows.map(({ row }) => row)),
  ]);
  const scroller = make("div", { class: "gg-scroller", tabindex: "0", role: "region", "aria-label": "Values" }, [table]);
  const element = make("section", { class: "gg-values" }, [scroller]);
  let now = rows[0].row;
  return {
    element,
    show(/** @type {Step} */ step, /** @type {State} */ state, /** @type {number[]} */ changed) {
      for (const part of element.querySelectorAll(".gg-current, .gg-changed")) {
        for (const name of ["gg-current", "gg-changed"]) mark(part, name, false);
      }
      for (const node of changed) {
        write(/** @type {Element} */ (rows[node].data.firstChild), short(state.data[node]));
        write(/** @type {Element} */ (rows[node].gradient.firstChild), short(state.gradient[node]));
      }
      rows[step.node].row.classList.add("gg-current");
      rows[step.node][step.phase === "backward" ? "gradient" : "data"].classList.add("gg-changed");
      now = rows[step.node].row;
    },
    follow: () => follow(scroller, [now]),
  };
}
