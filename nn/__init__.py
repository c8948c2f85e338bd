"""Neurons, layers and networks built from weight and bias Values."""
