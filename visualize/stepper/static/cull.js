// A large picture: only what is in view, or near it, is drawn; the browser paints all of a picture when any of it changes.

const MANY = 500; // groups; fewer are drawn as fast as they can be sorted out

/**
 * Takes the parts of a picture that are far out of view off it, and puts them back.
 * @param {HTMLElement} picture that scrolls
 * @param {SVGGElement[]} parts
 * @returns {{update: () => void, reveal: (elements: Element[]) => void}}
 */
function makeCuller(picture, parts) {
  if (parts.length < MANY) return { update: () => undefined, reveal: () => undefined };
  /** @type {DOMRect[]|undefined} where each part is; measured once, when the picture is in the page */
  let places;
  let frame = 0;

  function cull() {
    frame = 0;
    const matrix = /** @type {SVGGElement} */ (parts[0].parentNode).getScreenCTM();
    if (!matrix) return;
    places ??= parts.map((part) => part.getBBox());
    const view = picture.getBoundingClientRect();
    const [left, top, width, height] = [
      (view.left - matrix.e) / matrix.a,
      (view.top - matrix.f) / matrix.d,
      view.width / matrix.a,
      view.height / matrix.d,
    ];
    for (const [at, place] of places.entries()) {
      const across = place.x < left + 2 * width && place.x + place.width > left - width;
      const along = place.y < top + 2 * height && place.y + place.height > top - height;
      const near = across && along;
      if (near) parts[at].removeAttribute("display");
      else parts[at].setAttribute("display", "none");
    }
  }

  const update = () => {
    frame ||= requestAnimationFrame(cull);
  };
  return {
    update,
    reveal: (elements) => elements.forEach((element) => element.removeAttribute("display")),
  };
}
