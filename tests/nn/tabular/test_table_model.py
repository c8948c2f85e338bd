import json
import math
import re

import pytest

import nn
from nn.tabular import table_model
from nn.tabular.table_model import TableModel


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
    assert nn.r2_score(predicted=model.predict(data.rows), targets=data.targets) > 0.9
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


def test_a_model_of_version_0_1_is_read(tmp_path, monkeypatch):
    model = trained(houses())
    state = model.state_dict()
    state["units"] = state.pop("target_scaler")
    monkeypatch.setattr(TableModel, "state_dict", lambda _: state)
    assert TableModel.load(kept(model, tmp_path)).predict(houses().rows) == model.predict(houses().rows)


def test_a_seed_decides_the_weights():
    first, same, other = (TableModel.untrained(flowers(), "kind", seed=seed).network.state_dict() for seed in (1, 1, 2))
    assert first == same != other


@pytest.mark.parametrize("hidden", [[], [1], [7, 2, 3]])
@pytest.mark.parametrize("data", [flowers(), houses()], ids=["classes", "numbers"])
def test_a_network_may_have_as_many_parameters_as_it_has_and_no_more(monkeypatch, data, hidden):
    count = len(TableModel.untrained(data, "kind", hidden).network.parameters())
    monkeypatch.setattr(table_model, "MOST_PARAMETERS", count)
    TableModel.untrained(data, "kind", hidden)
    monkeypatch.setattr(table_model, "MOST_PARAMETERS", count - 1)
    with pytest.raises(ValueError, match=rf"make {count} parameters; there may be {count - 1}, for"):
        TableModel.untrained(data, "kind", hidden)


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


def places(thing, way=()):
    """The way to each part of nested lists and dicts, at any depth."""
    for name, part in thing.items() if isinstance(thing, dict) else enumerate(thing):
        yield (*way, name)
        if isinstance(part, (dict, list)):
            yield from places(part, (*way, name))


def forged(content, way, wrong):
    """A copy in which what is found that way is another thing, or is left out."""
    *before, last = way
    copy = json.loads(json.dumps(content))
    around = copy
    for name in before:
        around = around[name]
    if wrong is MISSING:
        del around[last]
    else:
        around[last] = wrong(around[last]) if callable(wrong) else wrong
    return copy


MISSING = object()
WRONG = [
    None, "", "x", [], [None], {}, True, -1, 0, 3, 10**9, 10**400, 1.5, 1e308, math.nan, math.inf, MISSING,
    lambda part: [part], lambda part: part * 2 if isinstance(part, (list, str)) else [part, part],
    lambda part: part[1:] if isinstance(part, (list, str)) else {"more": part},
]  # fmt: skip


@pytest.mark.parametrize("data", [flowers(), houses()], ids=["classes", "numbers"])
@pytest.mark.parametrize("wrong", WRONG)
def test_a_forged_model_is_refused_in_words_or_predicts(tmp_path, data, wrong):
    path = kept(TableModel.untrained(data, "kind", hidden=[2], dropout=0.2, seed=0), tmp_path) / "model.json"
    content = nn.load_checkpoint(path)
    for way in places(content):
        nn.save_checkpoint(path, forged(content, way, wrong))
        told = None
        try:
            model = TableModel.load(path)
        except ValueError as error:
            told = str(error)
        if told is None:
            assert len(model.predict([[1.0, "red", None][: len(model.encoder.columns)]])) == 1
        else:
            assert "model.json" in told, way
            assert not re.search("Error|NoneType|object|argument", told), way


@pytest.mark.parametrize(("way", "wrong", "told"), [
    (("table", "encoder", "columns", 0, "mean"), None, "'mean' of a column of the kind 'number' must be a finite numb"),
    (("table", "encoder", "columns", 0, "deviation"), 0.0, r"a standard deviation is above 0, not 0\.0"),
    (("table", "encoder", "columns", 1, "categories"), ["red", 1], r"must be a list of texts, not \['red', 1\]"),
    (("table", "encoder", "columns", 1, "kind"), "song", "a column is of the kind 'song', but there are number, text"),
    (("table", "encoder", "columns", 1, "kind"), "date", "a column of the kind 'date' has no 'parts'"),
    (("table", "encoder", "columns", 0, "notation", "decimal"), 1, "'decimal' of a notation must be text, not 1"),
    (("table", "encoder", "columns"), [], "a TableEncoder has no column to learn from"),
    (("table", "encoder"), None, "'encoder' of the model must be a dict, not None"),
    (("table", "target_scaler", "means"), [math.inf], r"'means' of a StandardScaler must be a list of finite numbers"),
    (("table", "target_scaler", "means"), [1.0, 2.0], "a StandardScaler has 2 means for 1 deviations"),
    (("table", "target_scaler"), None, "a StandardScaler must be a dict, not None"),
    (("table", "classes"), ["a"], "one column is predicted, with two classes or more"),
    (("table", "hidden"), [10**9], r"its 11 weights are not those of a network with hidden layers \[1000000000\]"),
    (("table", "hidden"), MISSING, "the model has no 'hidden'"),
    (("table", "dropout"), 1.0, "'dropout' of the model must be a share"),
    (("table",), None, "'table' of the file must be a dict, not None"),
    (("model", "layers.1.neurons.0.b"), math.nan, "neurons.0.b' of its weights must be a finite number, not nan"),
])  # fmt: skip
def test_what_is_wrong_with_a_forged_model_is_told(tmp_path, way, wrong, told):
    path = kept(TableModel.untrained(houses(), "price", hidden=[2]), tmp_path) / "model.json"
    nn.save_checkpoint(path, forged(nn.load_checkpoint(path), way, wrong))
    with pytest.raises(ValueError, match=rf"model\.json holds no model of a table that could be made again: .*{told}"):
        TableModel.load(path)
