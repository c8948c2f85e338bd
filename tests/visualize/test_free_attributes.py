"""Every attribute name but data, grad and label is the user's own: what is stored there changes nothing else."""

import copy
import pickle

import pytest

import autograd
import nn
from autograd import Value
from autograd.graph import Node, ancestors
from visualize import draw_dot, explain, stepper, why_zero

LIKELY = [
    "x", "y", "z", "w", "b", "m", "v", "t", "u", "s", "r", "p", "q", "k", "n", "i", "j", "h", "f", "g", "a", "d",
    "c", "e", "dx", "dy", "da", "db", "number", "numbers", "kind", "calls", "compared", "op", "name", "id", "step",
    "steps", "velocity", "position", "mass", "force", "momentum", "mean", "squares", "exp_avg", "exp_avg_sq",
    "state", "value", "values", "gradient", "gradients", "parent", "parents", "children", "child", "prev",
    "operands", "edges", "node", "graph", "root", "leaf", "depth", "height", "rank", "order", "index", "place",
    "key", "tag", "type", "color", "colour", "size", "shape", "dtype", "ndim", "T", "real", "imag", "units", "unit",
    "mask", "device", "requires_grad", "is_leaf", "grad_fn", "retain_grad", "history", "note", "notes", "text",
    "title", "description", "row", "column", "layer", "neuron", "weight", "bias", "lr", "rate", "decay", "count",
    "total", "frozen", "trainable", "primitive", "partial", "local", "local_grads", "creation_number", "backward",
    "forward", "item", "detach", "exp", "log", "tanh", "relu", "sigmoid", "sqrt", "abs", "neg", "maximum",
    "minimum", "conjugate", "_prev", "_op", "_children", "_m", "_v", "_x", "_y", "_data", "_mask",
    "_values", "_name", "_id", "_state", "_local",
]  # fmt: skip
# Read-only views of the graph: Python itself refuses to overwrite them.
VIEWS = {name for name in vars(Node) | vars(Value) if getattr(getattr(Value, name), "fset", 0) is None}


def graph() -> tuple[Value, list[Value]]:
    a, b, c = Value(0.5, label="a"), Value(-1.5, label="b"), Value(2.0, label="c")
    hidden = (a * b + c).tanh()
    hidden.label = "hidden"
    return hidden * hidden / (a + 3.0) - b.relu() * c + abs(c) ** 2, [a, b, c]


def seen(root: Value, leaves: list[Value]) -> list[object]:
    """All that can be got out of a graph."""
    Value.backward(root)
    gradients = [(node.data, node.grad) for node in ancestors(root)]
    program = autograd.compile(root, leaves[:1])
    looks = [
        gradients,
        Value.steps(root, update=leaves),
        draw_dot(root).source,
        stepper(root, update=leaves).html(),
        str(explain(root, wrt=leaves[0])),
        str(why_zero(root, wrt=leaves[1])),
        program([[0.5], [1.5]]).tolist(),
        program.gradient([[0.5], [1.5]]).tolist(),
        [repr(node) for node in ancestors(copy.deepcopy(root))],
        [repr(node) for node in ancestors(pickle.loads(pickle.dumps(root)))],
    ]
    optimizer = nn.Adam(leaves, lr=0.1)
    optimizer.step()
    optimizer.zero_grad()
    Value.backward(root, create_graph=True)
    return [*looks, [leaf.data for leaf in leaves], [leaf.grad.data for leaf in leaves]]


@pytest.mark.parametrize("stored", [lambda node: "mine", lambda node: 10**9, lambda node: node])
def test_any_other_name_is_free(stored) -> None:
    expected = seen(*graph())
    root, leaves = graph()
    free = [name for name in LIKELY if name not in VIEWS]
    for node in ancestors(root):
        for name in free:
            setattr(node, name, stored(node))
    assert seen(root, leaves) == expected
    for node in ancestors(root):
        assert all(getattr(node, name) == stored(node) for name in free)


@pytest.mark.parametrize("name", sorted(VIEWS))
def test_the_views_of_the_graph_cannot_be_overwritten(name: str) -> None:
    root, _ = graph()
    for node in ancestors(root):
        with pytest.raises(AttributeError):
            setattr(node, name, "mine")


def test_a_nodes_own_fields_are_private_but_three() -> None:
    own = {name for name in Node.__slots__ if not name.startswith("__")} | set(Node.__annotations__)
    assert {name for name in own if not name.startswith("_")} == {"label"}
    assert {"data", "grad"} < {name for name in vars(Node) if isinstance(vars(Node)[name], property)}
