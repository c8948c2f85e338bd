"""Neurons, layers and networks built from weight and bias Values, and what it takes to train them.

import nn
model = nn.MLP(4, [8, 3], seed=0)
optimizer = nn.SGD(model.parameters(), lr=0.1)
history = nn.fit(model, rows, targets, nn.cross_entropy, optimizer, epochs=30)
"""

from typing import TYPE_CHECKING

from autograd.deprecation import renamed
from nn.classification import cross_entropy, log_softmax, nll_loss, softmax
from nn.data.datasets import Dataset, data_hash, diabetes, digits, iris
from nn.data.generated import cats_and_dogs, circles, committee, line, moons, spirals
from nn.data.preprocessing import Standardizer as _Standardizer
from nn.data.preprocessing import StandardScaler
from nn.data.splitting import mini_batches, stratified_split, train_validation_test_split
from nn.diagnostics.doctor import diagnose
from nn.diagnostics.findings import Finding, Findings
from nn.losses import binary_cross_entropy_with_logits, hinge_loss, huber_loss, l1_loss, mse_loss
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
from nn.modules import initializers
from nn.modules.activation import Activation
from nn.modules.attention import CausalSelfAttention, Embedding
from nn.modules.dropout import Dropout
from nn.modules.layers import MLP, Layer, Linear, Neuron, Sequential
from nn.modules.module import Bias, Module, Noise, Parameter
from nn.modules.normalization import LayerNorm, RMSNorm
from nn.optim import schedules
from nn.optim.clip import clip_grad_norm, clip_grad_value
from nn.optim.optimizers import SGD, Adagrad, Adam, AdamW, Optimizer, RMSProp
from nn.optim.regularizers import l1, l2
from nn.tabular.encoder import TableEncoder
from nn.tabular.tables import read_csv, read_rows
from nn.tracking.run import Run
from nn.tracking.runs import RunRecord, compare_runs, read_run
from nn.tracking.wandb_run import WandbRun
from nn.training import callbacks
from nn.training.checkpoints import load_checkpoint, save_checkpoint
from nn.training.fit import fit
from nn.training.history import Epoch, History
from nn.training.parameter_history import ParameterHistory
from nn.training.prediction import predict, predict_classes
from nn.training.warnings import TrainingWarning

__all__ = [
    "MLP",
    "SGD",
    "Activation",
    "Adagrad",
    "Adam",
    "AdamW",
    "Bias",
    "CausalSelfAttention",
    "Dataset",
    "Dropout",
    "Embedding",
    "Epoch",
    "Finding",
    "Findings",
    "History",
    "Layer",
    "LayerNorm",
    "Linear",
    "Module",
    "Neuron",
    "Noise",
    "Optimizer",
    "Parameter",
    "ParameterHistory",
    "RMSNorm",
    "RMSProp",
    "Run",
    "RunRecord",
    "Sequential",
    "StandardScaler",
    "TableEncoder",
    "TrainingWarning",
    "WandbRun",
    "accuracy",
    "binary_cross_entropy_with_logits",
    "callbacks",
    "cats_and_dogs",
    "circles",
    "clip_grad_norm",
    "clip_grad_value",
    "committee",
    "compare_runs",
    "confusion_matrix",
    "cross_entropy",
    "data_hash",
    "diabetes",
    "diagnose",
    "digits",
    "fit",
    "hinge_loss",
    "huber_loss",
    "initializers",
    "iris",
    "l1",
    "l1_loss",
    "l2",
    "line",
    "load_checkpoint",
    "log_loss",
    "log_softmax",
    "majority_baseline",
    "mean_baseline",
    "mean_squared_error",
    "mini_batches",
    "moons",
    "mse_loss",
    "nll_loss",
    "precision_recall_f1",
    "predict",
    "predict_classes",
    "prior_baseline",
    "r2_score",
    "read_csv",
    "read_rows",
    "read_run",
    "save_checkpoint",
    "schedules",
    "softmax",
    "spirals",
    "stratified_split",
    "train_validation_test_split",
]

if not TYPE_CHECKING:  # a type checker shall not know the old names
    __getattr__ = renamed(
        __name__,
        {
            "Standardizer": ("nn.StandardScaler: StandardScaler().fit(rows), then transform(rows)", _Standardizer),
            "classify": ("nn.predict_classes", predict_classes),
        },
    )
