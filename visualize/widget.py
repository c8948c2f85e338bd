"""The live stepper for notebooks: the script of the page, with the number of the step shared between it and Python."""

from typing import Any

import anywidget
import traitlets

from visualize.assets import script, stylesheet


class StepperWidget(anywidget.AnyWidget):
    """A stepper whose ``step`` Python can read, set and observe; made by ``stepper(...).widget()``.

    step: the number of the step that is shown, from 1. TraitError when there is no such step.
    """

    _esm = script()
    _css = stylesheet()
    page = traitlets.Dict().tag(sync=True)
    step = traitlets.Int(1).tag(sync=True)

    @traitlets.validate("step")
    def _exists(self, proposal: Any) -> int:
        last = len(self.page["nodes"]) + len(self.page["steps"])  # the forward pass takes one step per node
        if not 1 <= proposal["value"] <= last:
            raise traitlets.TraitError(f"step must be a number from 1 to {last}, not {proposal['value']}")
        return int(proposal["value"])
