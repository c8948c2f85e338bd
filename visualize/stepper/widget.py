"""The live stepper for notebooks: the script of the page, with what it shows shared between it and Python."""

from typing import Any

import anywidget
import traitlets

from visualize.stepper.assets import script, stylesheet


class StepperWidget(anywidget.AnyWidget):
    """A stepper in a notebook, made by ``stepper(...).widget()``. Python reads, sets and observes ``step`` and ``box``.

    step: the number of the step that is shown, from 1. box: the place of the box of a network that is open, in
    ``page["boxes"]``. TraitError when there is no such step, or no picture in which this box is open.
    """

    _esm = script()
    _css = stylesheet()
    page = traitlets.Dict().tag(sync=True)
    step = traitlets.Int(1).tag(sync=True)
    box = traitlets.Int(0).tag(sync=True)

    def __repr__(self) -> str:
        return f"<live stepper of {self.page['title']}>"

    @traitlets.validate("step")
    def _exists(self, proposal: Any) -> int:
        last = len(self.page["nodes"]) + len(self.page["steps"])  # the forward pass takes one step per node
        if not 1 <= proposal["value"] <= last:
            raise traitlets.TraitError(f"step must be a number from 1 to {last}, not {proposal['value']}")
        return int(proposal["value"])

    @traitlets.validate("box")
    def _drawn(self, proposal: Any) -> int:
        drawn = [place for place, view in enumerate(self.page["views"]) if view]
        if proposal["value"] not in drawn:
            raise traitlets.TraitError(f"box must be one of {drawn}, which can be open, not {proposal['value']}")
        return int(proposal["value"])
