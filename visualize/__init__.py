"""Pictures and words for what autograd records; in a notebook, a Value then shows its graph."""

from visualize.dot import draw_dot
from visualize.notebook import register
from visualize.page import stepper

__all__ = ["draw_dot", "stepper"]

register()
