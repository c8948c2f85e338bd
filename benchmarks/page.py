"""How large the page of a network is, how long it takes to open, and how smoothly it steps: ``make page``.

A network MLP(2, [16, 16, 1]) on one example, with its squared error: about a thousand values.
"""

import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

import nn
from visualize import stepper

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
STEPS = 240  # over which frames are timed
FRAMES = """async ([steps, act]) => {
    const scrub = document.querySelector("main .controls input");
    const change = new Function("scrub", act);
    const times = [];
    let last = await new Promise(requestAnimationFrame);
    for (let step = 0; step < steps; step += 1) {
        change(scrub);
        const now = await new Promise(requestAnimationFrame);
        times.push(now - last);
        last = now;
    }
    return times;
}"""
NEXT = "scrub.dispatchEvent(new KeyboardEvent('keydown', {key: 'ArrowRight', bubbles: true}))"
SLIDE = """
    const slider = document.querySelector(".leaves input[type=range]");
    slider.value = slider.valueAsNumber + 0.01;
    slider.dispatchEvent(new Event("input", {bubbles: true}));
"""


def main() -> int:
    """Measure, and print."""
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        print(f"needs a browser on PATH: {', '.join(BROWSERS)}", file=sys.stderr)
        return 1
    model = nn.MLP(2, [16, 16, 1], seed=1)
    loss = nn.mse_loss(model([2.0, -1.0]), 1.0)
    start = time.perf_counter()
    made = stepper(loss, update=model.parameters())
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = made.save(Path(folder) / "page.html")
        print(
            f"{len(made.data['nodes'])} values, {len(made.steps)} steps, drawn in {time.perf_counter() - start:.1f} s"
        )
        print(f"size of the page             {path.stat().st_size / 1e6:.2f} MB")
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        opened = []
        for _ in range(5):
            start = time.perf_counter()
            page.goto(path.as_uri())
            page.get_by_role("status").first.wait_for()
            page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
            opened.append(time.perf_counter() - start)
        print(f"opens, with its first frame  {statistics.median(opened):.2f} s (median of {len(opened)})")
        _frames(page, "a step", NEXT)
        page.get_by_role("tab", name="Change").click()
        _frames(page, "a number changed", SLIDE)
        browser.close()
    return 0


def _frames(page: Page, what: str, act: str) -> None:
    times = sorted(page.evaluate(FRAMES, [STEPS, act]))
    median, late = statistics.median(times), times[int(0.95 * len(times))]
    print(f"{what + ' takes':<28} {median:.1f} ms (median), {late:.1f} ms (95%): {1000 / median:.0f} frames a second")


if __name__ == "__main__":
    sys.exit(main())
