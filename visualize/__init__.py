"""Pictures and words for what autograd records."""

from visualize.dot import draw_dot
from visualize.page import stepper

__all__ = ["draw_dot", "stepper"]
