"""A browser for the tests of pages: the system's Chromium. Where there is none they are skipped, but never in CI."""

import os
import shutil

import pytest
from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")


@pytest.fixture(scope="module")
def launch():
    """Starts the browser, with more arguments for its command line."""
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        if "CI" in os.environ:
            pytest.fail(f"there is no browser on this machine: none of {', '.join(NAMES)} is on PATH")
        pytest.skip(f"needs a browser on PATH: {', '.join(NAMES)}")
    with sync_playwright() as playwright:
        yield lambda *more: playwright.chromium.launch(executable_path=program, args=["--no-sandbox", *more])


@pytest.fixture(scope="module")
def browser(launch):
    started = launch()
    yield started
    started.close()


@pytest.fixture
def calm_browser(launch):
    """On a system where motion is unwelcome: only the system's own setting reaches pictures in a page."""
    started = launch("--force-prefers-reduced-motion")
    yield started
    started.close()


@pytest.fixture
def visit(browser, tmp_path):
    """Opens a stepper's page from disk; at the end no request, message, error or dialogue may have come of it."""
    context = browser.new_context()
    noise = []

    def opened(made, step="", width=1280, height=800, **media):
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(**media)
        address = made.save(tmp_path / "page.html").as_uri()
        page.on("console", lambda message: noise.append(message.text))
        page.on("pageerror", lambda error: noise.append(str(error)))
        page.on("dialog", lambda dialog: noise.append(dialog.message))
        page.on("request", lambda request: noise.append(request.url) if request.url.split("#")[0] != address else None)
        page.goto(f"{address}{step}")
        return page

    yield opened
    context.close()
    assert noise == []
