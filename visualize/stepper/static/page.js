// @ts-check
/**
 * The living page: a computation, one step at a time, back and forth, and what becomes of it when a number changes.
 *
 * Python wrote down everything that is shown at first: the pictures, each laid out once, every number of every step, and the
 * sentences that describe them. What is on the screen depends on the record of steps and on the number of the step alone, so
 * going back is showing another step, and changing a number is showing another record. The files of this folder, joined
 * in the order of visualize/stepper/assets.py, are the script of the HTML page and the _esm of the notebook's widget.
 *
 * @typedef {number|string} Num a number; a text where a double does not hold it (1/3, inf), or where it is hidden (?)
 *
 * @typedef {object} GraphNode
 * @property {string} name
 * @property {Num} data
 * @property {number} sentence that says how it is given or computed
 * @property {"parameter"|"input"} [kind] of a leaf
 * @property {Num} [value] of a leaf: its number as a double, also where data is a text
 * @property {string} [row] of the table
 * @property {(number|{number: Num})[]} [operands] the place of a node, or a plain number
 * @property {(number|null)[]} [edges] the sentence for what the edge to each operand contributes; null for a number
 *
 * @typedef {object} Page
 * @property {string} title
 * @property {(string|null)[]} views the picture in which a box is open, by the box's place; null where it stays closed
 * @property {Box[]} boxes the calls of modules; the first is the whole graph
 * @property {number} start the place of the box that is open at first
 * @property {number[]} home for each node the place of the innermost box that it is in
 * @property {string[]} kinds the outlines in the pictures
 * @property {GraphNode[]} nodes each after its operands; the last is the root
 * @property {[string, string][]} sentences words and formula, with slots for names and numbers
 * @property {number} seed the sentence for the start of the backward pass
 * @property {number} update the sentence for an update
 * @property {number[]} learning the leaves that are updated
 * @property {Num} lr
 * @property {[Step["action"], number, number|null, number|null, Num, Num, Num|null, Num|null, Num|null][]} steps
 *   of the backward pass and the update, as Python recorded them: the fields of Step after phase
 *
 * @typedef {object} Box
 * @property {string} name
 * @property {string} kind
 * @property {number|null} around the place of the box that it is in
 * @property {number[]} outputs the nodes that are listed in it while it is closed
 *
 * @typedef {object} Step
 * @property {"forward"|"backward"|"update"} phase
 * @property {"given"|"compute"|"seed"|"add"|"update"} action
 * @property {number} node the node: its number or gradient changes
 * @property {number|null} source the node that passes its gradient on (add)
 * @property {number|null} argument which operand of the source the node is (add)
 * @property {Num|null} before
 * @property {Num} after
 * @property {Num|null} upstream the source's gradient (add); the leaf's own (update)
 * @property {Num|null} local
 * @property {Num|null} share
 *
 * @typedef {object} Computation every step, the number of each node after the forward pass, and the loss of this record
 * @property {Step[]} steps
 * @property {Num[]} data
 * @property {Num[]} gradient of each node at the end of the backward pass
 *
 * @typedef {{data: Num[], gradient: Num[], tint: number[]}} State of every node
 *
 * @typedef {object} Model where the page comes from, and the step and the open box are kept: Python, or the address bar
 * @property {(name: string) => any} get
 * @property {(name: string, value: any) => void} set
 * @property {() => void} save_changes
 * @property {(event: string, listener: () => void) => void} on
 * @property {(event: string, listener: () => void) => void} off
 */

const DASH = "–"; // not computed yet
const HIDDEN = "?"; // to be predicted
const PAUSE = 1600; // milliseconds between steps at speed 1
const REST = 200; // milliseconds without a change, after which the lines that are far from the current step are written again
const AROUND = 60; // lines on each side of the current step: more than a screen shows
const DIGIT = 6.2; // points that a digit in a box is wide
const POINT = 4 / 3; // pixels
const WIDEST = 4000; // pixels of a picture that opens as a whole: of a larger one nothing could be read
const SCROLL = 60; // pixels of the picture at a press of a key
const PHASES = { forward: "Forward", backward: "Backward", update: "Update" };
/** @type {Record<string, string>} */
const KEYS = { ArrowRight: "next", ArrowLeft: "previous", Home: "first", End: "last", " ": "play" };
/** @type {Record<string, string>} */
const KEYS_IN_OUTLINE = { ...KEYS, ArrowDown: "next", ArrowUp: "previous" };
/** @type {Record<string, [number, number]>} */
const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
/** @type {Record<string, string>} */
const ICONS = {
  first: "M3 2h3v12H3zM14 2v12L6 8z",
  previous: "M12 2v12L4 8z",
  play: "M4 2v12l10-6z",
  pause: "M3 2h4v12H3zM9 2h4v12H9z",
  next: "M4 2v12l8-6z",
  last: "M10 2h3v12h-3zM2 2v12l8-6z",
};
