import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from killed import reached, training

import nn
from nn.training import resuming

KILLED = Path(__file__).with_name("killed.py")


class KilledError(Exception):
    """What stands for kill -9 where a test has no time for a process of its own: nobody catches it."""


def start(*arguments):
    return subprocess.Popen([sys.executable, str(KILLED), *map(str, arguments)], stdout=subprocess.PIPE, text=True)


@pytest.mark.parametrize("kind", ["program", "eager"])
def test_killed_at_any_moment_and_started_again_it_ends_where_it_would_have(kind, tmp_path):
    expected, result, checkpoint = tmp_path / "expected.json", tmp_path / "result.json", tmp_path / "kept.json"
    with start(kind, expected) as undisturbed:
        undisturbed.communicate()
    draw = random.Random()
    for _ in range(3):
        with start(kind, result, checkpoint) as process:
            for _ in range(draw.randrange(1, 7)):  # so many epochs of this life
                assert process.stdout.readline()
            time.sleep(draw.uniform(0, 0.02))
            process.kill()
    with start(kind, result, checkpoint) as process:
        ended = process.communicate()[0].split()
    assert int(ended[0]) > 1  # it began where it was broken off
    assert json.loads(result.read_text()) == json.loads(expected.read_text())
    assert json.loads(result.read_text())["through"].startswith("a recorded program" if kind == "program" else "eager")


@pytest.fixture
def life(monkeypatch):
    """Lets what trains die after so many more steps."""
    step, left = nn.Optimizer.step, [0]

    def dying(optimizer):
        step(optimizer)
        left[0] -= 1
        if left[0] == 0:
            raise KilledError

    monkeypatch.setattr(nn.Optimizer, "step", dying)
    return left


def to_the_end(make, checkpoint, life, draw):
    """Train, dying again and again, until nothing is left to do: (how often it died, what was reached)."""
    for deaths in range(1000):
        how, life[0] = make(), draw.randrange(7, 25)
        try:
            return deaths, reached(how, nn.fit(**how, checkpoint=checkpoint))
        except KilledError:
            continue
    raise AssertionError("it never ended")


OPTIMIZERS = {
    "SGD": lambda p: nn.SGD(p, lr=0.05, momentum=0.9, dampening=0.1, weight_decay=0.01),
    "Adagrad": lambda p: nn.Adagrad(p, lr=0.05, lr_decay=0.1),
    "RMSProp": lambda p: nn.RMSProp(p, centered=True, momentum=0.5),
    "Adam": lambda p: nn.Adam(p, amsgrad=True),
    "AdamW": lambda p: nn.AdamW(p),
}


@pytest.mark.parametrize(("optimizer", "patience"), [*zip(OPTIMIZERS, [None, 12, None, 12, None], strict=True)])
def test_broken_off_after_any_step_it_ends_where_it_would_have(optimizer, patience, tmp_path, life):
    def make():
        how = training("program")
        return how | {"optimizer": OPTIMIZERS[optimizer](how["model"].parameters()), "patience": patience, "epochs": 25}

    how = make()
    expected = reached(how, nn.fit(**how))
    deaths, found = to_the_end(make, tmp_path / "kept.json", life, random.Random())
    assert deaths > 1
    assert found == expected


def test_whatever_a_model_draws_from_goes_on_where_it_stood(tmp_path, life):
    """A generator in a list, one that two modules share, Python's own, and parameters beside the model."""

    class Noisy(nn.Module):
        def __init__(self):
            shared = random.Random(1)
            self.layers = [nn.Neuron(2, nonlin=False, seed=0), nn.Dropout(0.3, shared), nn.Dropout(0.3, shared)]
            self.sources = [random.Random(2), {"gauss": random.Random(3)}]

        def forward(self, row):
            noise = nn.Noise(lambda: self.sources[1]["gauss"].gauss(0, 0.1) + self.sources[0].random())
            out = self.layers[0](row) + noise + nn.Noise(random.random)
            return self.layers[2](self.layers[1](out))

    def make():
        random.seed(9)
        model, scale = Noisy(), nn.Parameter(1.5)
        rows = [[x / 10, 1 - x / 7] for x in range(20)]
        return {
            "model": model, "rows": rows, "targets": [x - y for x, y in rows], "epochs": 30,
            "seed": 7, "progress": False, "loss": lambda out, target: nn.mse_loss(out * scale, target), "batch_size": 5,
            "optimizer": nn.SGD([*model.parameters(), scale], lr=0.01),
        }  # fmt: skip

    how = make()
    expected = reached(how, nn.fit(**how))
    deaths, found = to_the_end(make, tmp_path / "kept.json", life, random.Random())
    assert deaths > 1
    assert found == expected
    assert random.random() != random.Random(9).random()


@pytest.mark.parametrize("kind", ["program", "eager"])
def test_going_on_after_the_end_changes_nothing(kind, tmp_path):
    path = tmp_path / "kept.json"
    how = training(kind)
    expected, written = reached(how, nn.fit(**how, checkpoint=path)), path.read_bytes()
    for _ in range(2):
        how = training(kind)
        assert reached(how, nn.fit(**how, checkpoint=path)) == expected
        assert path.read_bytes() == written
    again = reached(how, nn.fit(**how, checkpoint=path))  # with what is trained already
    assert again == expected


def test_more_epochs_go_on_from_the_last(tmp_path):
    path = tmp_path / "kept.json"
    how = training("eager")
    expected = reached(how, nn.fit(**how))
    for epochs in (4, 11, 25):
        how = training("eager") | {"epochs": epochs}
        found = reached(how, nn.fit(**how, checkpoint=path))
        assert len(found["history"]["loss"]) == epochs
    assert found == expected


def test_after_ctrl_c_it_goes_on(tmp_path):
    path, how = tmp_path / "kept.json", training("program")
    expected = reached(how, nn.fit(**how))

    def interrupt(epoch):
        if epoch.epoch == 8:
            raise KeyboardInterrupt

    how = training("program")
    history = nn.fit(**how, checkpoint=path, callbacks=[interrupt])
    assert (history.stopped, len(history)) == ("interrupted", 8)
    assert reached(how, nn.fit(**how, checkpoint=path)) == expected  # the same objects, as in a notebook


@pytest.mark.parametrize(("changed", "told"), [
    ({"batch_size": 8}, r"batch_size was 7, now it is 8\."),
    ({"seed": 5}, r"seed was 4, now it is 5\."),
    ({"clip": 2.0}, r"clip was None, now it is 2\.0\."),
    ({"metrics": {}}, r"metrics was \['accuracy'\], now it is \[\]\."),
    ({"rows": [[0.0, 0.0]] * 40}, r"data was '[0-9a-f.]+', now it is '[0-9a-f.]+'\."),
    ({"validation": ([[0.0, 0.0]], [1])}, r"data was "),
])  # fmt: skip
def test_another_training_is_refused_with_nothing_changed(changed, told, tmp_path):
    path = tmp_path / "kept.json"
    nn.fit(**training("program") | {"epochs": 2}, checkpoint=path)
    written, how = path.read_bytes(), training("program") | changed
    before = [parameter.data for parameter in how["model"].parameters()]
    with pytest.raises(ValueError, match=rf"kept\.json holds another training: {told}.*or remove the file"):
        nn.fit(**how, checkpoint=path)
    assert [parameter.data for parameter in how["model"].parameters()] == before
    assert path.read_bytes() == written


def test_another_optimizer_or_model_is_refused_with_nothing_changed(tmp_path):
    path = tmp_path / "kept.json"
    nn.fit(**training("program") | {"epochs": 2}, checkpoint=path)
    for make, told in (
        (lambda p: nn.Adam(p, lr=0.1, amsgrad=True), r"lr was 0\.05, now it is 0\.1\."),
        (lambda p: nn.AdamW(p, lr=0.05, weight_decay=0.0, amsgrad=True), r"optimizer was 'Adam', now it is 'AdamW'\."),
        (lambda p: nn.SGD(p, lr=0.05), "holds no training that nn.fit can resume"),
    ):
        how = training("program")
        how["optimizer"] = make(how["model"].parameters())
        with pytest.raises(ValueError, match=told):
            nn.fit(**how, checkpoint=path)
    how, model = training("program"), nn.MLP(2, [3, 2], seed=0)
    before, optimizer = model.state_dict(), nn.Adam(model.parameters(), lr=0.05, amsgrad=True)
    with pytest.raises(ValueError, match=r"does not fit the model given: state does not fit this model: .* missing"):
        nn.fit(**how | {"model": model, "optimizer": optimizer}, checkpoint=path)
    assert model.state_dict() == before
    assert optimizer.steps == 0


def test_a_damaged_or_foreign_file_is_refused_and_left_alone(tmp_path):
    path = tmp_path / "kept.json"
    how = training("program") | {"epochs": 2}
    nn.fit(**how, checkpoint=path)
    whole = path.read_bytes()
    nn.save_checkpoint(tmp_path / "model.json", {"model": how["model"]})
    for content, told in (
        (whole[:-100], "is damaged"),
        (b"name,price\n", "no glassgrad checkpoint"),
        ((tmp_path / "model.json").read_bytes(), "holds no training that nn.fit can resume: give a new name"),
    ):
        path.write_bytes(content)
        with pytest.raises(ValueError, match=told):
            nn.fit(**training("program"), checkpoint=path)
        assert path.read_bytes() == content


def test_the_model_in_the_file_can_be_used_elsewhere(tmp_path):
    path = tmp_path / "kept.json"
    how = training("program") | {"patience": None}
    nn.fit(**how, checkpoint=path)
    twin = training("program")["model"]
    nn.load_checkpoint(path, {"model": twin})
    assert nn.predict(twin, how["rows"]) == nn.predict(how["model"], how["rows"])


def test_what_hides_its_state_cannot_be_kept(tmp_path):
    how = training("program")
    with pytest.raises(TypeError, match=r"an nn\.Module, .*function .* is a function, .* forward of a Module"):
        nn.fit(**how | {"model": lambda row: how["model"](row)}, checkpoint=tmp_path / "kept.json")

    class Plain:
        def __init__(self, parameters):
            self.parameters, self.lr = parameters, 0.1

        def step(self):
            pass

        def zero_grad(self):
            pass

    with pytest.raises(TypeError, match=r"an nn\.Optimizer with its state_dict\(\); Plain"):
        nn.fit(**how | {"optimizer": Plain(how["model"].parameters())}, checkpoint=tmp_path / "kept.json")
    assert os.listdir(tmp_path) == []


def test_keeping_takes_its_share_of_the_time_and_no_more(tmp_path, monkeypatch):
    """With a clock that only saving (3 seconds each) and epochs (1 second each) move on."""
    now, saved = [0.0], []

    def slow(path, content):
        now[0] += 3.0
        saved.append(len(content["history"]))

    def epoch_passes(_):
        now[0] += 1.0

    monkeypatch.setattr(resuming, "perf_counter", lambda: now[0])
    monkeypatch.setattr(resuming, "save_checkpoint", slow)
    how = training("program") | {"patience": None}
    nn.fit(**how, checkpoint=tmp_path / "kept.json", callbacks=[epoch_passes])
    assert saved == [1, 31, 60]  # the first, 30 seconds after it, and the end
