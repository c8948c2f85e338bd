// Quiz: gradients are hidden, and the learner says what they are before looking.

/** @returns {Panel} */
function makeQuiz(/** @type {Session} */ session) {
  const { nodes } = session.page;
  const root = nodes.length - 1;
  const others = [...nodes.keys()].slice(0, root).reverse(); // in the order of the backward pass; the root's is 1
  /** @type {number[]} */
  let asked = []; // the nodes to be asked about, the next one first
  let right = 0;
  let revealed = 0;

  const choices = Object.entries({ none: "nothing", all: "all gradients", chosen: "chosen gradients" });
  const mode = /** @type {HTMLSelectElement} */ (
    make("select", { "aria-label": "hide" }, choices.map(([value, words]) => make("option", { value }, words)))
  );
  const boxes = others.map((node) => {
    const box = /** @type {HTMLInputElement} */ (make("input", { type: "checkbox", value: String(node) }));
    return { box, label: make("label", {}, [box, ` ${nodes[node].name}`]) };
  });
  const chosen = make("div", { class: "gg-chosen", role: "group", "aria-label": "gradients to hide" }, boxes.map(({ label }) => label));
  const question = make("p", { class: "gg-outcome" });
  const field = makeField("your prediction", "");
  const answer = /** @type {HTMLButtonElement} */ (make("button", { class: "gg-act" }, "Answer"));
  const reveal = makeButton("Reveal", () => settle(`${nodes[asked[0]].name}: ${worked(asked[0])}`, () => (revealed += 1)));
  const skip = makeButton("Skip", () => {
    asked.push(...asked.splice(0, 1));
    load();
    field.focus();
  });
  const form = make("form", { class: "gg-lead" }, [field, answer, reveal, skip]);
  const said = make("p", { class: "gg-said", role: "status" });
  const score = make("p", { class: "gg-score" });
  const scroller = make("div", { class: "gg-scroller" }, [chosen, question, form, said, score]);
  const label = make("label", {}, ["hide ", mode]);
  const element = make("div", { class: "gg-quiz" }, [make("div", { class: "gg-lead" }, [label]), scroller]);

  mode.addEventListener("input", begin);
  chosen.addEventListener("input", begin);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const prediction = field.valueAsNumber;
    const [node] = asked;
    if (node === undefined) return;
    const gradient = fraction(session.computation.gradient[node]);
    if (Number.isNaN(prediction)) write(said, "Type a number.");
    else if (means(prediction, gradient)) settle(`Right! ${nodes[node].name}: ${worked(node)}`, () => (right += 1));
    else write(said, diagnosis(session, node, prediction));
  });

  function begin() {
    asked = mode.value === "all" ? [...others] : [];
    if (mode.value === "chosen") asked = boxes.filter(({ box }) => box.checked).map(({ box }) => Number(box.value));
    right = revealed = 0;
    write(said, "");
    session.conceal(asked);
    load();
  }

  /** The gradient of a node as the sum of its shares. */
  function worked(/** @type {number} */ node) {
    const shares = sharesOf(session, node).map(({ upstream, local }) => `${short(upstream)} · ${bracketed(local)}`);
    const gradient = short(session.computation.gradient[node]);
    return shares.length ? `${shares.join(" + ")} = ${gradient}` : gradient;
  }

  /** The question is over: its gradient shows itself everywhere, and the next one comes. */
  function settle(/** @type {string} */ words, /** @type {() => void} */ count) {
    count();
    asked.shift();
    field.value = "";
    write(said, words);
    session.conceal(asked);
    load();
    (asked.length ? field : mode).focus();
  }

  function load() {
    const [node] = asked;
    const none = node === undefined;
    chosen.hidden = mode.value !== "chosen";
    form.hidden = none;
    const edges = none ? 0 : session.computation.steps.filter((step) => step.action === "add" && step.node === node).length;
    const count = `${edges} ${edges === 1 ? "share reaches" : "shares reach"} it`;
    const start = right + revealed ? "That was the last one." : "Choose what to hide; then say what it is.";
    write(question, none ? start : `What is the gradient of ${nodes[node].name}? ${count}.`);
    skip.disabled = asked.length < 2;
    write(score, right + revealed || !none ? `${right} right, ${revealed} revealed, ${asked.length} to go` : "");
  }
  return { name: "Quiz", element, load };
}

/** A number beside a sign. */
function bracketed(/** @type {number} */ number) {
  return number < 0 ? `(${short(number)})` : short(number);
}
