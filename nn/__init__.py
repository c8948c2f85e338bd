"""Neurons, layers and networks built from weight and bias Values, and what it takes to train them.

import nn
model = nn.MLP(4, [8, 3], seed=0)
optimizer = nn.SGD(model.parameters(), lr=0.1)
history = nn.fit(model, rows, targets, nn.cross_entropy, optimizer, epochs=30)
"""

from nn.datasets import Dataset, diabetes, digits, iris
from nn.generated import cats_and_dogs, circles, committee, line, moons, spirals
from nn.layers import MLP, Layer, Neuron
from nn.losses import cross_entropy, mse_loss
from nn.metrics import (
    accuracy,
    confusion_matrix,
    log_loss,
    majority_baseline,
    mean_baseline,
    mean_squared_error,
    precision_recall_f1,
    prior_baseline,
    r2_score,
)
from nn.module import Module, Parameter
from nn.optimizers import SGD
from nn.parameter_history import ParameterHistory
from nn.preparation import Standardizer, TableEncoder
from nn.splitting import mini_batches, stratified_split, train_validation_test_split
from nn.tables import read_csv, read_rows
from nn.training import classify, fit

__all__ = [
    "MLP",
    "SGD",
    "Dataset",
    "Layer",
    "Module",
    "Neuron",
    "Parameter",
    "ParameterHistory",
    "Standardizer",
    "TableEncoder",
    "accuracy",
    "cats_and_dogs",
    "circles",
    "classify",
    "committee",
    "confusion_matrix",
    "cross_entropy",
    "diabetes",
    "digits",
    "fit",
    "iris",
    "line",
    "log_loss",
    "majority_baseline",
    "mean_baseline",
    "mean_squared_error",
    "mini_batches",
    "moons",
    "mse_loss",
    "precision_recall_f1",
    "prior_baseline",
    "r2_score",
    "read_csv",
    "read_rows",
    "spirals",
    "stratified_split",
    "train_validation_test_split",
]
