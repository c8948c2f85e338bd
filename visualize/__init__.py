"""Pictures and words for what autograd records."""

from visualize.dot import draw_dot

__all__ = ["draw_dot"]
