"""Plots of training and of models (the extra plot)."""
