"""Explanations: the paths behind a gradient, and why a gradient is 0."""
