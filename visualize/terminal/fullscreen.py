"""The stepper that fills a terminal: the same steps and the same keys as the page."""

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.timer import Timer
from textual.widgets import DataTable, Footer, OptionList, ProgressBar, Static
from textual.widgets.option_list import Option

from autograd.coercion import short
from autograd.trace.state import state_after
from autograd.trace.steps import Step
from visualize.graph.drawing import DASH
from visualize.graph.markup import plain_line

PAUSE = 1.6  # seconds between steps while playing


class Fullscreen(App[None]):
    """Steps, one at a time; ``run()`` returns when the user leaves.

    step: the number of the one that is shown, from 1.
    """

    TITLE = "glassgrad"
    ENABLE_COMMAND_PALETTE = False
    CSS = """
    #now { height: auto; min-height: 7; padding: 1 2; border: round $accent; text-style: bold; }
    ProgressBar { padding: 0 2; width: 100%; }
    ProgressBar Bar { width: 1fr; }
    #record { height: 1fr; }
    #values, #outline { height: 100%; border: round $foreground-muted; background: $background; }
    #values { width: 2fr; }
    #outline { width: 3fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right", "go(1)", "Next", priority=True),
        Binding("left", "go(-1)", "Previous", priority=True),
        Binding("home", "first", "First", priority=True),
        Binding("end", "last", "Last", priority=True),
        Binding("space", "play", "Play/pause", priority=True),
        Binding("q,escape", "quit", "Leave"),
        Binding("ctrl+c", "quit", show=False, priority=True),  # as in any other command
    ]

    def __init__(self, steps: Sequence[Step]) -> None:
        super().__init__()
        self.steps = steps
        self.step = 1
        self.names = {step.node: plain_line(step.name) for step in steps if step.phase == "forward"}
        self.timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """The sentence of the step, the bar, and below them the numbers and all the steps."""
        yield Static(id="now", markup=False)
        yield ProgressBar(len(self.steps), show_percentage=False, show_eta=False)
        with Horizontal(id="record"):
            yield DataTable(id="values", cursor_type="none", show_cursor=False)
            lines = (f"{place}. {plain_line(step.words)}" for place, step in enumerate(self.steps, 1))
            yield OptionList(*(Option(Text(line)) for line in lines), id="outline")
        yield Footer()

    def on_mount(self) -> None:
        """Fill in the parts that stay."""
        table = self.query_one(DataTable)
        for column in ("name", "data", "grad"):
            table.add_column(column, key=column)
        for node, name in self.names.items():
            table.add_row(Text(name), DASH, DASH, key=str(node))
        table.border_title, self.query_one("#outline").border_title = "Values", "All steps"
        self.query_one(OptionList).focus()
        self.show(1)

    def show(self, number: int) -> None:
        """Show a step; a number beyond the ends is the end."""
        self.step = min(max(number, 1), len(self.steps))
        step = self.steps[self.step - 1]
        now = self.query_one("#now", Static)
        now.border_title = f"{step.phase.title()} · step {self.step} of {len(self.steps)}"
        now.update(plain_line(step.words))
        self.query_one(ProgressBar).update(progress=self.step)
        self.query_one(OptionList).highlighted = self.step - 1
        self._fill(step)

    def _fill(self, step: Step) -> None:
        table = self.query_one(DataTable)
        data, gradients = state_after(self.steps, self.step)
        changed = "grad" if step.phase == "backward" else "data"
        for node, name in self.names.items():
            current = node == step.node
            table.update_cell(str(node), "name", Text(f"{'▸' if current else ' '} {name}"), update_width=True)
            for column, numbers in (("data", data), ("grad", gradients)):
                style = "bold reverse" if current and column == changed else ""
                shown = short(numbers[node]) if node in numbers else DASH
                table.update_cell(str(node), column, Text(shown, style), update_width=True)
        table.move_cursor(row=list(self.names).index(step.node))

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Up and down, and the mouse, choose a step in the list."""
        chosen = event.option_list.highlighted  # now: the event may be about a step that we have left since
        if chosen is not None and chosen != self.step - 1:
            self.show(chosen + 1)

    def action_go(self, by: int) -> None:
        """Some steps forward or back."""
        self.show(self.step + by)

    def action_first(self) -> None:
        """To the first step."""
        self.show(1)

    def action_last(self) -> None:
        """To the last step."""
        self.show(len(self.steps))

    def action_play(self) -> None:
        """Play until the end, or pause."""
        if self.timer:
            self.timer.stop()
            self.timer = None
        else:
            self.show(1 if self.step == len(self.steps) else self.step)
            self.timer = self.set_interval(PAUSE, self._tick)

    def _tick(self) -> None:
        self.show(self.step + 1)
        if self.step == len(self.steps) and self.timer:
            self.action_play()
