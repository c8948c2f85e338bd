// The graph computed again, with the rules of the table: ROWS was made from it by autograd/symbolic/javascript.py.

/** What Python recorded. @returns {Computation} */
function recorded(/** @type {Page} */ page) {
  const data = page.nodes.map((node) => node.data);
  const rest = page.steps.map(([action, node, source, argument, before, after, upstream, local, share]) => {
    const phase = /** @type {Step["phase"]} */ (action === "update" ? "update" : "backward");
    return { phase, action, node, source, argument, before, after, upstream, local, share };
  });
  return assembled(page, data, rest);
}

/**
 * The forward pass in front of the other steps, and the gradients they end with.
 * @param {Page} page
 * @param {Num[]} data
 * @param {Step[]} rest
 * @returns {Computation}
 */
function assembled(page, data, rest) {
  const none = { source: null, argument: null, before: null, upstream: null, local: null, share: null };
  const forward = page.nodes.map((graphNode, node) => {
    const action = /** @type {Step["action"]} */ (graphNode.row ? "compute" : "given");
    const phase = /** @type {Step["phase"]} */ ("forward");
    return { phase, action, node, after: data[node], ...none };
  });
  /** @type {Num[]} */
  const gradient = data.map(() => 0);
  for (const step of rest) if (step.phase === "backward") gradient[step.node] = step.after;
  return { steps: [...forward, ...rest], data, gradient };
}

/** The operands of a node as numbers. */
function inputsOf(/** @type {GraphNode} */ node, /** @type {number[]} */ data) {
  return (node.operands ?? []).map((operand) => (typeof operand === "number" ? data[operand] : Number(operand.number)));
}

/**
 * Every node's number, or a sentence why there is none.
 * @param {GraphNode[]} nodes
 * @param {number[]} leaves the numbers of the leaves, by their places
 * @returns {number[]|string}
 */
function forward(nodes, leaves) {
  /** @type {number[]} */
  const data = [];
  for (const [place, node] of nodes.entries()) {
    if (!node.row) {
      data.push(leaves[place]);
      continue;
    }
    const inputs = inputsOf(node, data);
    const value = ROWS[node.row].value(...inputs);
    if (!Number.isFinite(value) && inputs.every(Number.isFinite)) return whyUndefined(nodes, node, inputs);
    data.push(value);
  }
  return data;
}

/** Whether a number lies in an interval. */
function inside(/** @type {number} */ number, /** @type {Interval} */ { low, high, includesLow, includesHigh }) {
  return (includesLow ? number >= low : number > low) && (includesHigh ? number <= high : number < high);
}

/** "a = -1 (x), b = 2": the operands, by number and name. */
function givenTo(/** @type {GraphNode[]} */ nodes, /** @type {GraphNode} */ node, /** @type {number[]} */ inputs) {
  return inputs
    .map((number, argument) => {
      const operand = node.operands?.[argument];
      return `${"ab"[argument]} = ${short(number)}${typeof operand === "number" ? ` (${nodes[operand].name})` : ""}`;
    })
    .join(", ");
}

/** Why an operation has no value at these numbers. */
function whyUndefined(/** @type {GraphNode[]} */ nodes, /** @type {GraphNode} */ node, /** @type {number[]} */ inputs) {
  const { domain } = ROWS[node.row ?? ""];
  const limits = domain.flatMap((interval, argument) =>
    inside(inputs[argument], interval) ? [] : [`${"ab"[argument]} in ${interval.text}`],
  );
  const reason = limits.length
    ? `it is defined for ${limits.join(", ")}`
    : inputs.includes(0)
      ? "division by zero"
      : "the result is too large for a double";
  return `${plainName(node.row ?? "")} has no value at ${givenTo(nodes, node, inputs)}: ${reason}`;
}

/** What people call a row; a part of another one has the name of the whole. */
function plainName(/** @type {string} */ row) {
  return ROWS[row]?.word ?? row;
}

/**
 * The computation at other numbers, or a sentence why there is none.
 * @param {Page} page
 * @param {number[]} leaves by their places
 * @returns {Computation|string}
 */
function compute(page, leaves) {
  const data = forward(page.nodes, leaves);
  return typeof data === "string" ? data : assembled(page, data, backward(page, data));
}

/**
 * The backward pass, edge by edge, and the update: the same steps as autograd/backward.py takes.
 * @param {Page} page
 * @param {number[]} data
 */
function backward(page, data) {
  const { nodes } = page;
  const root = nodes.length - 1;
  const gradient = data.map(() => 0);
  gradient[root] = 1;
  const reached = data.map((_, node) => node === root);
  /** @type {Step[]} */
  const steps = [
    { phase: "backward", action: "seed", node: root, source: null, argument: null, before: 0, after: 1,
      upstream: null, local: null, share: null },
  ]; // prettier-ignore
  for (let source = root; source >= 0; source -= 1) {
    const upstream = gradient[source];
    const edges = edgesOf(nodes, source, data);
    if (reached[source]) for (const { node, isCut } of edges) reached[node] ||= !isCut;
    // a gradient of 0 passes nothing on; only times what does not exist it is NaN, unless the node has been dropped
    if (upstream === 0 && !(reached[source] && edges.some(({ isMissing }) => isMissing))) continue;
    for (const { node, argument, local, isCut } of edges) {
      const share = isCut && !Number.isFinite(upstream) ? local : local * upstream;
      const before = gradient[node];
      gradient[node] += share;
      steps.push({ phase: "backward", action: "add", node, source, argument, before, after: gradient[node], upstream, local, share });
    }
  }
  for (const node of page.learning) {
    const share = -Number(page.lr) * gradient[node];
    steps.push({ phase: "update", action: "update", node, source: null, argument: null, before: data[node],
      after: data[node] + share, upstream: gradient[node], local: null, share }); // prettier-ignore
  }
  return steps;
}

/**
 * The ways back from a node: to which node, by which operand, the local derivative; whether it is 0 for certain, and
 * whether it does not exist. The rule is that of autograd/anomaly.py.
 * @param {GraphNode[]} nodes
 * @param {number} source
 * @param {number[]} data
 */
function edgesOf(nodes, source, data) {
  const { row = "", operands = [] } = nodes[source];
  const inputs = inputsOf(nodes[source], data);
  const hasPlainZero = operands.some((operand) => typeof operand !== "number" && Number(operand.number) === 0);
  return operands.flatMap((node, argument) => {
    if (typeof node !== "number") return [];
    const local = ROWS[row ?? ""].partials[argument](data[source], ...inputs);
    const isCut = local === 0 && (ROWS[row ?? ""].chooses || hasPlainZero);
    const isMissing = !Number.isFinite(local) && Number.isFinite(data[source]) && Number.isFinite(data[node]);
    return [{ node, argument, local, isCut, isMissing }];
  });
}

/** In words why a leaf has no gradient here, where a way back to it crosses a derivative that does not exist; else "". */
function whyNoGradient(/** @type {Page} */ page, /** @type {Computation} */ { data }) {
  const { nodes } = page;
  const numbers = data.map(fraction);
  const reached = numbers.map((_, node) => node === nodes.length - 1);
  /** @type {string[]} */
  const reasons = [];
  for (let source = nodes.length - 1; source >= 0; source -= 1) {
    if (!reached[source]) continue;
    if (!nodes[source].row && reasons[source]) return reasons[source];
    for (const { node, local, isCut, isMissing } of edgesOf(nodes, source, numbers)) {
      if (isCut) continue;
      reached[node] = true;
      const at = givenTo(nodes, nodes[source], inputsOf(nodes[source], numbers));
      reasons[node] ||= isMissing
        ? `${plainName(nodes[source].row ?? "")} has no derivative with respect to ${nodes[node].name} at ${at}: ` +
          `it is ${short(local)} there, and the gradient needs it`
        : reasons[source];
    }
  }
  return "";
}

/** A number that Python wrote as a text; "1/3" too. */
function fraction(/** @type {Num} */ given) {
  const [above, below = 1] = String(given).split("/");
  return Number(above) / Number(below);
}

/** Why the page cannot compute this graph again; "" where it can. */
function whyFixed(/** @type {GraphNode[]} */ nodes) {
  const own = nodes.find(({ row }) => row && !(row in ROWS));
  return own ? `The row ${own.row} is a function of Python's: a page cannot compute it.` : "";
}

/**
 * How the gradient of each node is coloured: -1 (all orange) to 1 (all blue), against the largest one at the end. The
 * square root keeps small gradients visible beside large ones, and never so small that their sign cannot be seen.
 * @param {Num[]} gradients at the end of the pass
 * @returns {(gradient: Num) => number}
 */
function tinting(gradients) {
  const sizes = gradients.map((gradient) => Math.abs(fraction(gradient))).filter(Number.isFinite);
  const largest = Math.max(0, ...sizes);
  return (gradient) => {
    const size = typeof gradient === "number" ? gradient : { inf: Infinity, "-inf": -Infinity }[gradient] ?? fraction(gradient);
    if (!size || !largest) return Math.abs(size) === Infinity ? Math.sign(size) : 0;
    const share = Math.min(Math.abs(size) / largest, 1);
    return (Math.sign(size) * Math.round(Math.sqrt(Math.max(share, 0.02)) * 1000)) / 1000;
  };
}
