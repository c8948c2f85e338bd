// What is wrong with a predicted gradient: which factor, which share, or the sign.

const NEAR = 0.005; // a prediction this close counts as right: typing ten digits would teach nothing

/** Whether a prediction means this number. */
function means(/** @type {number} */ prediction, /** @type {number} */ number) {
  return Math.abs(prediction - number) <= NEAR * Math.abs(number);
}

/**
 * What an edge brings to a gradient, with names.
 * @typedef {{from: string, row: string, upstream: number, local: number, share: number, swapped: number, known: boolean}} Share
 */

/** @returns {Share[]} */
function sharesOf(/** @type {Session} */ { page, computation, concealed }, /** @type {number} */ node) {
  const data = computation.data.map(fraction);
  return computation.steps.flatMap((step) => {
    if (step.action !== "add" || step.node !== node || step.source === null || step.argument === null) return [];
    const source = page.nodes[step.source];
    const [upstream, local, share] = [step.upstream, step.local, step.share].map((number) => fraction(number ?? 0));
    const other = ROWS[source.row ?? ""]?.partials[1 - step.argument];
    const swapped = other ? other(data[step.source], ...inputsOf(source, data)) : NaN;
    const known = !concealed.has(step.source);
    return [{ from: source.name, row: plainName(source.row ?? ""), upstream, local, share, swapped, known }];
  });
}

/**
 * The mistakes that people make, each with the number it leads to.
 * @param {Share[]} shares
 * @param {number} gradient
 * @returns {[number, string][]}
 */
function mistakes(shares, gradient) {
  const sum = (/** @type {(share: Share) => number} */ part) => shares.reduce((total, share) => total + part(share), 0);
  const many = shares.length > 1;
  const [{ from, row }] = shares;
  /** @type {[number, string][]} */
  const whole = [[-gradient, "The size is right, the sign is off."]];
  if (many) {
    for (const share of shares) whole.push([share.share, `That is only the share through ${share.from}: ${shares.length} edges lead here, and their shares add up.`]);
    whole.push([shares.reduce((product, { share }) => product * share, 1), "The shares of several edges are added, not multiplied."]);
    for (const share of shares) whole.push([gradient - share.share, `The share through ${share.from} is missing.`]);
  }
  whole.push(
    [sum(({ local }) => local), `The factor from above is missing: multiply the local derivative${many ? "s" : ""} by the gradient of ${many ? "what was computed" : from}.`],
    [sum(({ upstream }) => upstream), `The local derivative is missing: that is only the gradient that arrives${many ? "" : ` at ${from}, before it goes back through ${row}`}.`],
  );
  const single = shares.flatMap(({ from: name, row: rule, share, upstream, local, swapped }) => {
    const rest = gradient - share;
    const where = many ? `In the share through ${name}: ` : "";
    return /** @type {[number, string][]} */ ([
      [rest + upstream * swapped, `${where}The local derivative is off: that is the derivative of ${rule} with respect to its other operand.`],
      [rest + local, `${where}The factor from above is off: multiply by the gradient of ${name}.`],
      [rest + upstream, `${where}The local derivative of ${rule} is off: it is not 1.`],
      [rest - share, `${where}The sign is off.`],
    ]);
  });
  return [...whole, ...single];
}

/** What is wrong with a prediction that is not right. */
function diagnosis(/** @type {Session} */ session, /** @type {number} */ node, /** @type {number} */ prediction) {
  const { name } = session.page.nodes[node];
  const shares = sharesOf(session, node);
  const gradient = fraction(session.computation.gradient[node]);
  if (!shares.length) return `No gradient gets as far as ${name}: look for a factor of 0 on the way.`;
  const mistake = mistakes(shares, gradient).find(([number]) => means(prediction, number) && !means(gradient, number));
  if (mistake) return mistake[1];
  const [{ from, row, upstream, known }] = shares;
  if (shares.length > 1) {
    const sources = shares.map((share) => `${share.from} (${share.row})`).join(", ");
    return `Not right. ${shares.length} shares add up, through ${sources}: each is the gradient there times the local derivative.`;
  }
  if (!known || !upstream) return `Not right. It is the gradient of ${from} times the local derivative of ${row}.`;
  const taken = short(prediction / upstream);
  return `Not right. The gradient of ${from} is ${short(upstream)}, so you take the local derivative of ${row} to be ${taken}: that factor is off.`;
}
