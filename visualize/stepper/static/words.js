// Numbers and steps as text. The sentences come from Python, with slots; here they are filled in.

/**
 * A number as people want to read it: four significant digits, as Python writes them; a text is shown as it is.
 * @param {Num} given
 */
function short(given) {
  if (typeof given === "string") return given;
  if (Number.isNaN(given)) return "nan";
  if (!Number.isFinite(given)) return given > 0 ? "inf" : "-inf";
  const [digits, exponent] = fourDigits(given).split("e");
  const power = Number(exponent);
  if (power >= -4 && power < 4) return String(Number(`${digits}e${exponent}`) || 0); // -0 too is 0
  return `${Number(digits)}e${power < 0 ? "-" : "+"}${String(Math.abs(power)).padStart(2, "0")}`;
}

/** In scientific notation; exactly between two numbers the even one is taken, as in Python. */
function fourDigits(/** @type {number} */ given) {
  const [digits, exponent] = given.toExponential(30).split("e");
  const end = digits.length - 27; // three digits after the point, and 27 more
  const between = /^50*$/.test(digits.slice(end)) && Number(digits[end - 1]) % 2 === 0;
  return between ? `${digits.slice(0, end)}e${exponent}` : given.toExponential(3);
}

/** As the text of an element. */
function escaped(/** @type {string} */ text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

const SLOT = /\{(\w+)(?::(\d))?\}/g; // {name}, or {name:3}: how tightly what goes there must bind to need no brackets
const NAMES = ["root", "y", "a", "b", "grad"]; // the slots for names; all others are for numbers
const [COMPARISON, , PRODUCT, SIGN, , ATOM] = [0, 1, 2, 3, 4, 5]; // as in autograd/symbolic/notation.py

/**
 * A sentence with its slots filled in.
 * @param {string} template
 * @param {Record<string, Num|null>} parts
 * @param {boolean} typeset as MathML
 */
function fill(template, parts, typeset) {
  const filled = template.replace(SLOT, (_, slot, least) => {
    const part = parts[slot] ?? "";
    if (NAMES.includes(slot)) return typeset ? `<mi>${escaped(String(part))}</mi>` : String(part);
    const text = short(part);
    const binds = text.startsWith("-") ? (typeset ? COMPARISON : SIGN) : text.includes("/") ? PRODUCT : ATOM;
    const open = binds < Number(least ?? 0);
    if (!typeset) return open ? `(${text})` : text;
    const number = `<mn>${text.replaceAll("-", "−")}</mn>`;
    return open ? `<mrow><mo>(</mo>${number}<mo>)</mo></mrow>` : number;
  });
  return once(filled, typeset ? "<mo>=</mo>" : " = ");
}

/** The text, with what it ends in said once: "-x = -0.5", not "-x = -0.5 = -0.5". */
function once(/** @type {string} */ text, /** @type {string} */ equals) {
  const sides = text.split(equals);
  const last = sides.at(-1) ?? "";
  const [before, again] = [sides.at(-2), last].map((side) => side?.replace(/<[^>]*>/g, "").replaceAll("-", "−"));
  if (before !== again) return text;
  return sides.slice(0, -1).join(equals) + (last.endsWith("</math>") ? "</math>" : "");
}

/**
 * Which sentence describes a step, and what goes into it.
 * @param {Page} page
 * @param {Computation} computation
 * @param {Step} step
 * @param {(node: number) => boolean} hidden whether a node's gradient is to be predicted, and must stay hidden
 * @returns {[[string, string], Record<string, Num|null>]}
 */
function telling(page, computation, step, hidden) {
  const { nodes, sentences } = page;
  const node = nodes[step.node];
  const shown = step.phase !== "forward" && hidden(step.node) ? { ...step, share: HIDDEN } : step;
  if (step.action === "update") {
    const masked = shown.share === HIDDEN ? { upstream: HIDDEN, after: HIDDEN } : {};
    const parts = { ...shown, ...masked };
    return [sentences[page.update], { ...parts, y: node.name, grad: `${node.name}.grad`, slope: parts.upstream, lr: page.lr }];
  }
  const masked = shown.share === HIDDEN ? { after: HIDDEN, before: step.before === 0 ? 0 : HIDDEN } : {};
  const upstream = step.source !== null && hidden(step.source) ? HIDDEN : step.upstream;
  const root = nodes[nodes.length - 1].name;
  const parts = { ...shown, ...masked, upstream, root, y: node.name, grad: `${node.name}.grad` };
  if (step.action === "given") return [sentences[node.sentence], parts];
  if (step.action === "seed") return [sentences[page.seed], parts];
  const whole = step.source === null ? node : nodes[step.source];
  /** @type {Record<string, Num>} */
  const operands = {};
  for (const [argument, operand] of (whole.operands ?? []).entries()) {
    if (typeof operand !== "number") continue;
    operands["ab"[argument]] = nodes[operand].name;
    operands[`${"ab"[argument]}_data`] = computation.data[operand];
  }
  const sentence = step.action === "compute" ? node.sentence : whole.edges?.[step.argument ?? 0] ?? 0;
  return [sentences[sentence], { ...parts, ...operands, y: whole.name }];
}

/**
 * A step as a sentence.
 * @param {Page} page
 * @param {Computation} computation
 * @param {Step} step
 * @param {(node: number) => boolean} hidden
 */
function wordsOf(page, computation, step, hidden) {
  const [[words], parts] = telling(page, computation, step, hidden);
  return fill(words, parts, false);
}

/**
 * A step as MathML.
 * @param {Page} page
 * @param {Computation} computation
 * @param {Step} step
 * @param {(node: number) => boolean} hidden
 */
function mathOf(page, computation, step, hidden) {
  const [[, math], parts] = telling(page, computation, step, hidden);
  return fill(math, parts, true);
}
