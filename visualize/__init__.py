"""Pictures and words for what autograd records; in a notebook, a Value then shows its graph."""

from visualize.dot import draw_dot
from visualize.explain import explain
from visualize.notebook import register
from visualize.page import stepper
from visualize.zero import why_zero

__all__ = ["draw_dot", "explain", "stepper", "why_zero"]

register()
