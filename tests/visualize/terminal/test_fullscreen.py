"""The full-screen stepper, driven by its keys."""

import asyncio
import os
import subprocess
import sys

import pytest
from textual.widgets import DataTable, OptionList, Static

from autograd import Value
from autograd.coercion import short
from visualize.terminal.fullscreen import Fullscreen


def recorded():
    a, b = Value(2.0, label="[bold]a[/]"), Value(-3.0, label="b")
    c = Value(5.0, label="c")
    return (a * b + (a + c * 0 * 0)).steps(update=[a, b])


def driven(steps, script, size=(100, 30)):
    """Runs the steps on a terminal that is not there; ``script`` presses keys and looks."""

    async def run():
        app = Fullscreen(steps)
        async with app.run_test(size=size) as pilot:
            await script(app, pilot)

    asyncio.run(run())


def text(app, name):
    return str(app.query_one(name, Static).render())


def cells(app):
    table = app.query_one(DataTable)
    return [[str(cell) for cell in table.get_row_at(row)] for row in range(table.row_count)]


def test_every_step_shows_its_words_and_the_numbers_so_far():
    steps = recorded()

    async def script(app, pilot):
        data, grad = {}, {}
        for place, step in enumerate(steps, 1):
            (grad if step.phase == "backward" else data)[step.node] = short(step.after)
            if place == len(steps) - 2:  # the backward pass is over, and nothing has reached c
                grad[2] = "0"
            assert app.step == place
            assert text(app, "#now") == step.words
            assert f"step {place} of {len(steps)}" in str(app.query_one("#now").border_title)
            assert app.query_one(OptionList).highlighted == place - 1
            for node, (name, number, gradient) in enumerate(cells(app)):
                assert (number, gradient) == (data.get(node, "–"), grad.get(node, "–"))
                assert name.startswith("▸") == (node == step.node)
            await pilot.press("right")

    driven(steps, script)


def test_the_keys():
    async def script(app, pilot):
        last = len(app.steps)
        for key, expected in [
            ("left", 1), ("right", 2), ("down", 3), ("up", 2), ("end", last), ("right", last), ("left", last - 1),
            ("home", 1),
        ]:  # fmt: skip
            await pilot.press(key)
            await pilot.pause()
            assert app.step == expected, key
        await pilot.press("q")
        assert not app.is_running

    driven(recorded(), script)


@pytest.mark.parametrize("key", ["q", "escape", "ctrl+c"])
def test_keys_that_leave(key):
    async def script(app, pilot):
        await pilot.press(key)
        await pilot.pause()
        assert not app.is_running

    driven(recorded(), script)


def test_play_goes_on_to_the_end_and_space_stops_it(monkeypatch):
    monkeypatch.setattr("visualize.terminal.fullscreen.PAUSE", 0.01)

    async def script(app, pilot):
        await pilot.press("space")
        while app.timer:
            await pilot.pause(0.01)
        assert app.step == len(app.steps)
        monkeypatch.setattr("visualize.terminal.fullscreen.PAUSE", 60)
        await pilot.press("space")
        assert (app.step, bool(app.timer)) == (1, True)
        await pilot.press("space")
        assert app.timer is None

    driven(recorded(), script)


def test_labels_are_no_markup():
    async def script(app, pilot):
        assert cells(app)[0][0] == "▸ [bold]a[/]"
        assert text(app, "#now").startswith("[bold]a[/] is given")

    driven(recorded(), script)


@pytest.mark.parametrize("size", [(100, 30), (40, 15)])
def test_a_step_can_be_chosen_with_the_mouse(size):
    async def script(app, pilot):
        await pilot.click(OptionList, offset=(5, 3))
        await pilot.pause()
        assert app.step > 1

    driven(recorded(), script, size)


def in_a_terminal(command, leave_at=None, key=b"q"):
    """The exit code of a command, and what it writes to a terminal; the key is pressed when ``leave_at`` is on it."""
    import pty  # Windows has none

    leader, follower = pty.openpty()
    environment = os.environ | {"TERM": "xterm-256color", "COLUMNS": "80", "LINES": "24"}
    with subprocess.Popen(command, stdin=follower, stdout=follower, stderr=follower, env=environment) as process:
        os.close(follower)
        seen = b""
        while True:
            try:
                seen += os.read(leader, 65536)
            except OSError:  # the other end is closed
                break
            if leave_at and leave_at in seen:
                os.write(leader, key)
                leave_at = None
    os.close(leader)
    return process.returncode, seen


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
@pytest.mark.parametrize("key", [b"q", b"\x03"], ids=["q", "Ctrl-C"])
def test_the_command_fills_a_terminal_and_a_key_leaves_it(key):
    command = [sys.executable, "-m", "visualize", "step", "a*b", "a=2", "b=-3"]
    code, seen = in_a_terminal(command, leave_at=b"Leave", key=key)
    assert code == 0
    assert b"\x1b[?1049h" in seen  # the other screen of the terminal, which leaves no trace
    assert b"\x1b[?1049l" in seen


WITHOUT_TEXTUAL = """
import sys
sys.modules["textual"] = None  # as if it were not installed
from visualize.cli.main import main
sys.exit(main(["step", "a*b", "a=2", "b=-3"]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_without_textual_a_terminal_gets_plain_lines():
    code, seen = in_a_terminal([sys.executable, "-c", WITHOUT_TEXTUAL])
    assert code == 0
    assert b"v1 = a * b = 2 * -3 = -6" in seen
    assert b"\x1b" not in seen
