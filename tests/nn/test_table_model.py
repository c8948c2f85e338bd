import json

import pytest

import nn
from nn.table_model import TableModel


def flowers():
    rows = [[x / 7, "red" if x % 3 else "blue", None if x == 4 else x % 5] for x in range(40)]
    return nn.Dataset(rows, [int(x > 20) for x in range(40)], ["size", "colour", "petals"], ["small", "large"])


def houses():
    rows = [[x / 7, "town" if x % 2 else "land"] for x in range(40)]
    return nn.Dataset(rows, [200_000 + 1_000 * x for x in range(40)], ["area", "place"], [])


def kept(model, folder, name="run"):
    run = nn.Run(model.network, ([[1.0]], [1.0]), {}, folder=folder, name=name)
    run.finish({}, extra={"table": model.state_dict()})
    return run.path


def trained(data, **how):
    model = TableModel.untrained(data, "kind", seed=0, **how)
    optimizer = nn.Adam(model.network.parameters(), lr=0.02)
    nn.fit(model.network, *model.prepared(data), model.loss, optimizer, epochs=60, seed=0, progress=False)
    return model


def test_probabilities_of_classes():
    data = flowers()
    model = trained(data)
    answers = model.predict(data.rows)
    assert all(sum(chances) == pytest.approx(1) and len(chances) == 2 for chances in answers)
    assert nn.accuracy([int(chances[1] > 0.5) for chances in answers], data.targets) > 0.9


def test_numbers_in_units_of_the_target():
    data = houses()
    model = trained(data)
    assert nn.r2_score(model.predict(data.rows), data.targets) > 0.9
    _, targets = model.prepared(data)
    assert sum(targets) == pytest.approx(0, abs=1e-9)  # standardised for the network


@pytest.mark.parametrize("data", [flowers(), houses()], ids=["classes", "numbers"])
@pytest.mark.parametrize("hidden", [[], [4], [4, 3]])
def test_a_model_comes_back_from_its_run(tmp_path, data, hidden):
    model = trained(data, hidden=hidden, dropout=0.2)
    path = kept(model, tmp_path)
    for back in (TableModel.load(path), TableModel.load(path / "model.json")):
        assert back.predict(data.rows) == model.predict(data.rows)
        assert back.state_dict() == model.state_dict()
    json.dumps(model.state_dict())


def test_a_seed_decides_the_weights():
    first, same, other = (TableModel.untrained(flowers(), "kind", seed=seed).network.state_dict() for seed in (1, 1, 2))
    assert first == same != other


def test_weights_are_called_after_the_features():
    names = TableModel.untrained(flowers(), "kind").network.state_dict()
    assert "layers.0.neurons.0.w[colour=red]" in names


def test_a_column_that_is_called_as_a_feature_of_another_is():
    rows = [[float(x), "red" if x % 2 else "blue"] for x in range(20)]
    data = nn.Dataset(rows, [x % 2 for x in range(20)], ["colour=red", "colour"], ["even", "odd"])
    assert len(TableModel.untrained(data, "kind").predict(rows)) == 20


def test_files_that_hold_no_model_of_a_table(tmp_path):
    nn.save_checkpoint(tmp_path / "other.json", {"model": nn.Neuron(2)})
    with pytest.raises(ValueError, match="holds no model of a table: give the folder of a run"):
        TableModel.load(tmp_path / "other.json")
    (tmp_path / "text.json").write_text("{}")
    with pytest.raises(ValueError, match="no glassgrad checkpoint"):
        TableModel.load(tmp_path / "text.json")
    path = kept(TableModel.untrained(flowers(), "kind"), tmp_path)
    file = path / "model.json"
    file.write_text(file.read_text().replace("large", "larfe"))
    with pytest.raises(ValueError, match="is damaged"):
        TableModel.load(path)
    with pytest.raises(FileNotFoundError):
        TableModel.load(tmp_path / "nowhere")


@pytest.mark.parametrize("changed", [
    {"classes": None}, {"hidden": [10**9]}, {"hidden": ["x"]}, {"encoder": {}}, {"encoder": None}, {"units": "x"},
])  # fmt: skip
def test_a_forged_model_is_refused(tmp_path, changed):
    content = {"table": {"target": "y", "classes": ["a", "b"], "encoder": {"columns": [], "notes": []}, "units": None,
                         "hidden": [2], "dropout": 0.0} | changed, "model": {}}  # fmt: skip
    nn.save_checkpoint(tmp_path / "model.json", content)
    with pytest.raises(ValueError, match=r"model\.json holds no model of a table that could be made again"):
        TableModel.load(tmp_path)
