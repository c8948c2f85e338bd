"""Tensors of PyTorch and JAX at every entrance, by position: two columns of the table in docs/numbers.md.

In an environment of their own: make peers.
"""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
import torch

import nn
from autograd import Value, compile
from autograd.arrays import lists

ROWS = [[0.0, 3.0], [1.0, -1.0], [2.0, 0.5], [-1.0, 2.0], [0.5, 0.5], [3.0, 1.0], [1.5, -2.0], [-2.0, 1.0], [0.25, 0.0]]
CLASSES = [0, 1, 1, 0, 1, 0, 1, 0, 1]
OTHERS = [1, 0, 1, 0, 1, 1, 1, 0, 0]

TENSORS = {
    "PyTorch": torch.tensor,
    "PyTorch, float64": lambda x: torch.tensor(np.array(x)),
    "PyTorch, narrow": lambda x: torch.tensor(x, dtype=torch.float16 if isinstance(x[0], list) else torch.int8),
    "JAX": jnp.array,
    "JAX, narrow": lambda x: jnp.array(x, dtype=jnp.float16 if isinstance(x[0], list) else jnp.int8),
    "JAX, bfloat16": lambda x: jnp.array(x, dtype=jnp.bfloat16 if isinstance(x[0], list) else jnp.int32),
    "a list of PyTorch's": lambda x: [torch.tensor(entry) for entry in x],
    "a list of JAX's": lambda x: [jnp.array(entry) for entry in x],
}
tensors = pytest.mark.parametrize("tensor", TENSORS.values(), ids=TENSORS)


def network():
    return nn.MLP(2, [3, 2], seed=0)


def trained(rows, targets):
    model = network()
    history = nn.fit(
        model, rows, targets, nn.cross_entropy, nn.SGD(model.parameters(), lr=0.1), epochs=3, seed=0, progress=False,
        validation=(rows, targets), metrics={"accuracy": nn.accuracy},
    )  # fmt: skip
    return [p.data for p in model.parameters()], history


@tensors
def test_entrances_for_rows(tensor, tmp_path):
    given, model = tensor(ROWS), network()
    assert trained(given, tensor(CLASSES)) == trained(ROWS, CLASSES)
    assert nn.predict(model, given) == nn.predict(model, ROWS)
    assert nn.predict(model, given[:2]) == nn.predict(model, ROWS[:2])
    assert nn.predict_classes(model, given) == nn.predict_classes(model, ROWS)
    scaler = nn.StandardScaler().fit(ROWS)
    assert nn.StandardScaler().fit(given).state_dict() == scaler.state_dict()
    assert scaler.transform(given) == scaler.transform(ROWS)
    data = nn.Dataset(given, tensor(CLASSES), ["one", "two"], ["a", "b"])
    assert data == nn.Dataset(ROWS, CLASSES, ["one", "two"], ["a", "b"])
    assert nn.TableEncoder(data)(given) == nn.TableEncoder(data)(ROWS)
    assert nn.data_hash(given, tensor(CLASSES)) == nn.data_hash(ROWS, CLASSES)
    nn.Run(model, (ROWS, CLASSES), folder=tmp_path, name="one")
    nn.Run(model, (given, tensor(CLASSES)), folder=tmp_path, name="one")
    a, b = Value(0.0), Value(0.0)
    for backend in ("numpy", "numba"):
        assert compile(a * b, [a, b], backend=backend)(given).tolist() == [x * y for x, y in ROWS]


MEASURES = {
    "accuracy": nn.accuracy,
    "mean_squared_error": nn.mean_squared_error,
    "confusion_matrix": lambda p, t: nn.confusion_matrix(predicted=p, targets=t, classes=2),
    "precision_recall_f1": lambda p, t: nn.precision_recall_f1(predicted=p, targets=t),
    "r2_score": lambda p, t: nn.r2_score(predicted=p, targets=t),
    "majority_baseline": lambda p, t: nn.majority_baseline(training=p, targets=t),
    "prior_baseline": lambda p, t: nn.prior_baseline(training=p, targets=t),
    "mean_baseline": lambda p, t: nn.mean_baseline(training=p, targets=t),
    "mse_loss": nn.mse_loss,
    "l1_loss": nn.l1_loss,
    "huber_loss": nn.huber_loss,
    "binary_cross_entropy_with_logits": nn.binary_cross_entropy_with_logits,
    "softmax": lambda p, t: nn.softmax(p),
    "cross_entropy": nn.cross_entropy,
    "cross_entropy of a class": lambda p, t: nn.cross_entropy(p, t[1]),
}


@tensors
@pytest.mark.parametrize("name", MEASURES)
def test_metrics_and_losses(name, tensor):
    assert MEASURES[name](tensor(OTHERS), tensor(CLASSES)) == MEASURES[name](OTHERS, CLASSES)


def test_a_tensor_that_is_part_of_a_graph_of_its_own_is_refused():
    with pytest.raises(TypeError, match=r"rows cannot be read as an array: .*detach\(\)"):
        nn.predict(network(), torch.tensor(ROWS, requires_grad=True))
    with pytest.raises((TypeError, jax.errors.TracerArrayConversionError)):
        jax.jit(lambda x: lists(x, "rows"))(jnp.array(ROWS))
