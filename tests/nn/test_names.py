"""Standard names exist, and old ones still work with a warning that names the new one."""

import pytest

import nn
from nn import Parameter

ROWS = [[1.0, 10.0], [3.0, 30.0]]


def test_old_names_warn_and_work() -> None:
    with pytest.warns(DeprecationWarning, match=r"nn\.Standardizer is now nn\.StandardScaler"):
        standardize = nn.Standardizer(ROWS)
    assert standardize(ROWS) == nn.StandardScaler().fit_transform(ROWS) == [[-1, -1], [1, 1]]
    assert standardize.inverse(standardize(ROWS)) == ROWS
    assert type(standardize).from_state_dict(standardize.state_dict())(ROWS) == standardize(ROWS)
    with pytest.warns(DeprecationWarning, match=r"nn\.classify is now nn\.predict_classes"):
        assert nn.classify(lambda row: [row[0], row[1]], ROWS) == [1, 1]
    with pytest.raises(AttributeError, match="has no attribute 'clasify'"):
        nn.clasify


def test_old_names_of_arguments_warn_and_work() -> None:
    data = nn.iris()
    with pytest.warns(DeprecationWarning, match=r"held_out=\) is now test_size="):
        assert nn.stratified_split(data, held_out=0.4, seed=0) == nn.stratified_split(data, test_size=0.4, seed=0)
    with pytest.warns(DeprecationWarning, match="is now") as warned:
        old = nn.train_validation_test_split(data, validation=0.2, test=0.3, seed=0)
    assert [str(one.message).partition(" is now ")[2] for one in warned] == ["validation_size=", "test_size="]
    assert old == nn.train_validation_test_split(data, validation_size=0.2, test_size=0.3, seed=0)


def test_a_scaler_says_when_it_has_measured_nothing() -> None:
    with pytest.raises(RuntimeError, match=r"call fit\(training_rows\) first"):
        nn.StandardScaler().transform(ROWS)


def test_linear_is_a_layer_without_an_activation() -> None:
    layer = nn.Linear(in_features=2, out_features=3, seed=0)
    x = [0.5, -2.0]
    for neuron, out in zip(layer.neurons, layer(x), strict=True):
        assert out.data == pytest.approx(neuron.b.data + sum(w.data * xi for w, xi in zip(neuron.w, x, strict=True)))
    assert len(layer.parameters()) == 9
    assert len(nn.Linear(2, 3, bias=False).parameters()) == 6
    assert repr(layer) == "Linear(2, 3)"
    assert nn.Linear(2, 1, seed=1)(x).op == "+"
    assert next(name for name, _ in nn.Linear(["ears", "tail"], 1).named_parameters()) == "neurons.0.w[ears]"


@pytest.mark.parametrize(
    ("make", "old_names"),
    [
        (lambda p: nn.SGD(p, lr=0.1, momentum=0.9), {"velocity"}),
        (lambda p: nn.Adagrad(p), {"squares"}),
        (lambda p: nn.RMSProp(p, momentum=0.9, centered=True), {"squares", "mean", "velocity"}),
        (lambda p: nn.Adam(p, amsgrad=True), {"squares", "mean", "largest"}),
        (lambda p: nn.AdamW(p, amsgrad=True), {"squares", "mean", "largest"}),
    ],
)
def test_what_optimizers_remember_has_the_names_of_pytorch_and_old_states_load(make, old_names) -> None:
    def moved(optimizer: nn.Optimizer) -> float:
        optimizer.parameters[0].grad = 0.5
        optimizer.step()
        return optimizer.parameters[0].data

    optimizer = make([Parameter(1.0)])
    moved(optimizer)
    assert set(optimizer.old_names) == old_names
    new = {value: key for key, value in optimizer.old_names.items()}
    state = optimizer.state_dict()
    assert new.keys() <= state.keys()
    other = make([Parameter(optimizer.parameters[0].data)])
    other.load_state_dict({new.get(name, name): thing for name, thing in state.items()})
    assert moved(other) == moved(optimizer)
    for old, name in optimizer.old_names.items():
        with pytest.warns(DeprecationWarning, match=rf"{old} is now {name}"):
            assert getattr(optimizer, old) is getattr(optimizer, name)
    with pytest.raises(AttributeError, match="no attribute 'velocities'"):
        optimizer.velocities
