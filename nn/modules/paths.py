"""ParameterPath: the name of a parameter, read in one place."""

import re
from typing import NamedTuple, Self


class ParameterPath(NamedTuple):
    """Where a parameter stands in a model, as in "layers.0.neurons.2.w[1]".

    module: the name of the module that owns it ("layers.0.neurons.2"); "" for the model itself.
    attribute: the attribute that holds it ("w").
    entry: its place in that attribute ("1"), or the name of the feature that it weighs; "" where it stands alone.
    """

    module: str
    attribute: str
    entry: str = ""

    @classmethod
    def parse(cls, name: str) -> Self:
        """The path with this name. Raises ValueError for a text that names no parameter."""
        found = _WRITTEN.fullmatch(name)
        if not found:
            raise ValueError(f"a parameter has a name such as 'layers.0.neurons.2.w[1]', not {name!r}")
        return cls((found["module"] or "").removesuffix("."), found["attribute"], found["entry"] or "")

    @property
    def layer(self) -> str:
        """The layer that it is in, at most two names deep: "layers.0"; "model" for a parameter of the model itself."""
        return ".".join(self.module.split(".")[:2]) or "model"

    @property
    def whole(self) -> str:
        """The attribute with all its entries: "layers.0.neurons.2.w"."""
        return f"{self.module}.{self.attribute}".removeprefix(".")

    def __str__(self) -> str:
        return f"{self.whole}[{self.entry}]" if self.entry else self.whole


# A dot inside square brackets belongs to the name of a feature: "w[petal length (approx. cm)]".
_WRITTEN = re.compile(
    r"(?P<module>(?:[^.\[]*(?:\[[^\[\]]*\])*\.)*)(?P<attribute>[^.\[\]]+)(?:\[(?P<entry>.*)\])?", re.DOTALL
)


def list_and_place(module: str) -> tuple[str, str]:
    """The list that a module is in, and its place there: ("layers.0.neurons", "2"); else its own name and ""."""
    before, _, last = module.rpartition(".")
    return (before, last) if last.isdigit() else (module, "")
