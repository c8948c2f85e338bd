/**
 * What all parts of the page share: the numbers as they are now, and what they compute.
 *
 * @typedef {object} Session
 * @property {Page} page as Python wrote it, with the learning rate of now
 * @property {Computation} computation
 * @property {number[]} leaves the numbers of the leaves, by their places
 * @property {string} fixed why nothing can be changed; "" where it can
 * @property {Set<number>} concealed the nodes with gradients to be predicted
 * @property {() => boolean} changed whether the numbers are others than Python's
 * @property {(leaves: number[]) => string} change to other numbers; "" or a sentence why there is no value, and everything stays
 * @property {(lr: number) => void} setRate
 * @property {() => void} restore Python's numbers
 * @property {(nodes: Iterable<number>) => void} conceal these gradients, and no others
 * @property {(node: number) => string} gradient as it may be shown
 * @property {(step: Step) => string} words
 * @property {(step: Step) => string} math
 * @property {(listener: () => void) => void} listen to changes
 */

/** @returns {Session} */
function makeSession(/** @type {Page} */ page) {
  const start = recorded(page);
  const given = page.nodes.map((node) => (Number(node.value ?? 0)));
  /** @type {(() => void)[]} */
  const listeners = [];
  const notify = () => listeners.forEach((listener) => listener());
  const hidden = (/** @type {number} */ node) => session.concealed.has(node);
  /** @type {Session} */
  const session = {
    page,
    computation: start,
    leaves: given,
    fixed: whyFixed(page.nodes),
    concealed: new Set(),
    changed: () => session.computation !== start,
    change(leaves) {
      const same = session.page.lr === page.lr && leaves.every((leaf, place) => leaf === given[place]);
      const computation = same ? start : compute(session.page, leaves);
      if (typeof computation === "string") return computation;
      Object.assign(session, { leaves, computation });
      notify();
      return "";
    },
    setRate(lr) {
      session.page = { ...page, lr };
      session.change(session.leaves);
    },
    restore() {
      session.page = page;
      session.change(given);
    },
    conceal(nodes) {
      session.concealed = new Set(nodes);
      notify();
    },
    gradient: (node) => (hidden(node) ? HIDDEN : short(session.computation.gradient[node])),
    words: (step) => wordsOf(session.page, session.computation, step, hidden),
    math: (step) => mathOf(session.page, session.computation, step, hidden),
    listen: (listener) => listeners.push(listener),
  };
  return session;
}

/** The places of the leaves: what can be changed. */
function leavesOf(/** @type {GraphNode[]} */ nodes) {
  return [...nodes.keys()].filter((place) => !nodes[place].row);
}

/** The places of what learns: what Python was asked to update, else the parameters, else every leaf. */
function learnersOf(/** @type {Page} */ { nodes, learning }) {
  const leaves = leavesOf(nodes);
  const parameters = leaves.filter((place) => nodes[place].kind === "parameter");
  return [learning, parameters, leaves].find((places) => places.length) ?? [];
}

/** The same numbers, but for one. */
function replaced(/** @type {number[]} */ numbers, /** @type {number} */ at, /** @type {number} */ number) {
  return numbers.map((same, place) => (place === at ? number : same));
}
