"""Pictures and words for what autograd records; in a notebook, a Value then shows its graph."""

from visualize.dot import draw_dot
from visualize.explain import explain
from visualize.notebook import register
from visualize.page import stepper
from visualize.plots import plot_confusion_matrix, plot_history, plot_residuals
from visualize.plots_of_models import plot_decision_boundary, plot_loss_surface, plot_parameter_history
from visualize.zero import why_zero

__all__ = [
    "draw_dot",
    "explain",
    "plot_confusion_matrix",
    "plot_decision_boundary",
    "plot_history",
    "plot_loss_surface",
    "plot_parameter_history",
    "plot_residuals",
    "stepper",
    "why_zero",
]

register()
