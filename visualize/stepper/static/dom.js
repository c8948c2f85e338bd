// Small helpers for the elements of the page.

/**
 * An element with attributes and content.
 * @param {string} tag
 * @param {Record<string, string>} attributes
 * @param {string|(Element|string)[]} content
 */
function make(tag, attributes = {}, content = []) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...(typeof content === "string" ? [content] : content));
  return element;
}

/** What Python wrote as markup, with every label in it escaped. */
function markup(/** @type {string} */ text) {
  const template = document.createElement("template");
  template.innerHTML = text;
  return template.content;
}

/** Give an element a class, or take it away without a trace. */
function mark(/** @type {Element} */ element, /** @type {string} */ name, /** @type {boolean} */ on) {
  element.classList.toggle(name, on);
  if (!element.classList.length) element.removeAttribute("class");
}

/** Change a text where it is another one: writing the same again costs as much as a change. */
function write(/** @type {Element} */ element, /** @type {string} */ text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Scroll a box, and nothing else on the page, so that the elements can be seen; where they do not fit, the first. */
function follow(/** @type {HTMLElement} */ box, /** @type {Element[]} */ elements) {
  // a smooth scroll that is still under way would be measured at a place it does not stay in
  const instant = /** @type {any} */ ("instant"); // which older type definitions do not know
  box.scrollTo({ left: box.scrollLeft, top: box.scrollTop, behavior: instant });
  const view = box.getBoundingClientRect();
  const areas = elements.map((element) => element.getBoundingClientRect());
  const by = (/** @type {"left"|"top"} */ start, /** @type {"right"|"bottom"} */ end) => {
    const size = view[end] - view[start];
    let from = Math.min(...areas.map((area) => area[start]));
    let to = Math.max(...areas.map((area) => area[end]));
    if (to - from > size) [from, to] = [areas[0][start], areas[0][end]];
    return from < view[start] || to > view[end] ? (from + to) / 2 - (view[start] + view[end]) / 2 : 0;
  };
  const way = { left: by("left", "right"), top: by("top", "bottom") };
  if (way.left || way.top) box.scrollBy(way);
}
