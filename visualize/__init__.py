"""Pictures and words for what autograd records; in a notebook, a Value then shows its graph."""

from visualize.explain.paths import explain
from visualize.explain.zero_gradient import why_zero
from visualize.graph.dot import draw_dot
from visualize.notebook import register
from visualize.plots.models import plot_decision_boundary, plot_loss_surface, plot_parameter_history
from visualize.plots.training import plot_confusion_matrix, plot_history, plot_importance, plot_residuals
from visualize.stepper.page import stepper

__all__ = [
    "draw_dot",
    "explain",
    "plot_confusion_matrix",
    "plot_decision_boundary",
    "plot_history",
    "plot_importance",
    "plot_loss_surface",
    "plot_parameter_history",
    "plot_residuals",
    "stepper",
    "why_zero",
]

register()
