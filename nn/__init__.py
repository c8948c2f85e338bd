"""Neurons, layers and networks built from weight and bias Values, and what it takes to train them.

import nn
model = nn.MLP(4, [8, 3], seed=0)
optimizer = nn.SGD(model.parameters(), lr=0.1)
history = nn.fit(model, rows, targets, nn.cross_entropy, optimizer, epochs=30)
"""

from nn.datasets import Dataset, Standardizer, iris, stratified_split
from nn.layers import MLP, Layer, Neuron
from nn.losses import cross_entropy, mse_loss
from nn.metrics import accuracy, majority_baseline
from nn.module import Module, Parameter
from nn.optimizers import SGD
from nn.training import classify, fit

__all__ = [
    "MLP",
    "SGD",
    "Dataset",
    "Layer",
    "Module",
    "Neuron",
    "Parameter",
    "Standardizer",
    "accuracy",
    "classify",
    "cross_entropy",
    "fit",
    "iris",
    "majority_baseline",
    "mse_loss",
    "stratified_split",
]
