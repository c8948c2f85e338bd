import json
import math
import os
import socket
import struct
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import nn
from nn.tracking.wandb_run import _histogram

pytest.importorskip("wandb")
TRACKED = Path(__file__).with_name("tracked.py")
LOCAL = ("/", "('127.0.0.1'", "('localhost'", "b'\\x00")  # a path of this machine's file system, or this machine


def track(folder, mode, home, listener):
    """Run it in a terminal, by somebody who has no key, where every way to the network leads to ``listener``."""
    address = f"http://127.0.0.1:{listener.getsockname()[1]}"
    ours = {name: text for name, text in os.environ.items() if not name.startswith(("WANDB_", "XDG_", "NETRC"))}
    proxies = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy", "ALL_PROXY"), address)
    where = {"HOME": str(home), "USERPROFILE": str(home), "WANDB_BASE_URL": address, "NO_PROXY": "", "no_proxy": ""}
    terminal, stdin = os.openpty() if hasattr(os, "openpty") else (None, subprocess.DEVNULL)
    try:
        return subprocess.run(
            [sys.executable, "-W", "error", str(TRACKED), str(folder), mode], cwd=home, stdin=stdin, timeout=120,
            env=ours | proxies | where, capture_output=True, text=True, check=False,
        )  # fmt: skip
    finally:
        if terminal is not None:
            os.close(terminal)
            os.close(stdin)


@pytest.fixture(scope="module")
def listener():
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.0)
        yield server


@pytest.fixture(scope="module")
def tracked(tmp_path_factory, listener):
    """(what it printed, the folder of the run, the home of who ran it)."""
    home, folder = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("runs")
    return track(folder, "offline", home, listener), folder / "wide", home


def records(path):
    """The records that wandb has written, out of blocks of 32768 bytes: a checksum, a length, a kind, and a piece."""
    from wandb.proto import wandb_internal_pb2

    raw, place, whole = path.read_bytes(), 7, b""
    while place + 7 <= len(raw):
        if 32768 - place % 32768 < 7:
            place += 32768 - place % 32768
            continue
        _, length, kind = struct.unpack_from("<IHB", raw, place)
        whole += raw[place + 7 : place + 7 + length]
        place += 7 + length
        if kind in (1, 4):  # whole, or the last piece
            record = wandb_internal_pb2.Record()
            record.ParseFromString(whole)
            yield record
            whole = b""


@pytest.fixture(scope="module")
def written(tracked):
    (path,) = tracked[1].glob("wandb/offline-run-*/*.wandb")
    return list(records(path))


def entries(items):
    """{name: what it was set to}, where a name may be a way: "weights/layers.0.bins"."""
    return {".".join(item.nested_key) or item.key: json.loads(item.value_json) for item in items}


def test_it_says_nothing_asks_nothing_and_speaks_to_nobody(tracked, listener):
    done = tracked[0]
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    asked = done.stdout.splitlines()
    assert all(line.removeprefix("address: ").startswith(LOCAL) for line in asked), asked
    with pytest.raises(BlockingIOError):  # nor did any program that it has started
        listener.accept()


def test_the_listener_would_hear(listener):
    with socket.create_connection(listener.getsockname()):
        listener.settimeout(5)
        listener.accept()[0].close()
        listener.settimeout(0.0)


def test_online_without_a_key_is_refused_at_once_and_nobody_is_asked(tmp_path, listener):
    done = track(tmp_path / "runs", "online", tmp_path, listener)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == 'mode "online" needs a key, from wandb login or WANDB_API_KEY; mode "offline" needs none\n'
    assert not (tmp_path / "runs").exists()


def test_it_is_a_run_like_any_other(tracked):
    record = nn.read_run(tracked[1])
    assert record.config == {"lr": 0.1, "hidden": [3]}
    assert len(record.epochs) == 3
    assert record.results == {"worst": 0.25, "r2": 0.5}
    assert "wide" in nn.compare_runs(tracked[1].parent)


def test_config_and_metrics_are_written(tracked, written):
    (run,) = (record.run for record in written if record.WhichOneof("record_type") == "run")
    assert (run.project, run.display_name) == ("glassgrad", "wide")
    config = entries(run.config.update)
    assert (config["lr"], config["hidden"]) == (0.1, [3])
    lines = [entries(record.history.item) for record in written if record.WhichOneof("record_type") == "history"]
    assert [line["_step"] for line in lines] == [1, 2, 3]
    for line, epoch in zip(lines, nn.read_run(tracked[1]).epochs, strict=True):
        assert {**epoch.figures(), "lr": epoch.lr}.items() <= line.items()
    summary = {}
    for record in written:
        if record.WhichOneof("record_type") == "summary":
            summary |= entries(record.summary.update)
    assert {"worst": 0.25, "r2": 0.5}.items() <= summary.items()  # as at the end, not as in the last epoch


def test_weights_and_gradients_are_counted_by_layer(written):
    *_, last = (entries(record.history.item) for record in written if record.WhichOneof("record_type") == "history")
    for layer, count in (("layers.0", 9), ("layers.2", 4)):
        for what in ("weights", "gradients"):
            assert last[f"{what}/{layer}._type"] == "histogram"
            assert sum(last[f"{what}/{layer}.values"]) == count
            bins = last[f"{what}/{layer}.bins"]
            assert len(bins) == 65
            assert bins[0] < bins[-1]


def test_the_histogram_reaches_from_the_least_weight_to_the_greatest(tracked, written):
    model = nn.load_checkpoint(tracked[1] / "model.json")["model"]
    *_, last = (entries(record.history.item) for record in written if record.WhichOneof("record_type") == "history")
    weights = [number for name, number in model.items() if name.startswith("layers.2")]
    assert last["weights/layers.2.bins"][0] == min(weights)
    assert last["weights/layers.2.bins"][-1] == max(weights)


def test_data_and_model_are_artifacts(tracked, written):
    artifacts = {
        record.artifact.name: record.artifact for record in written if record.WhichOneof("record_type") == "artifact"
    }
    data, model = artifacts["data"], artifacts["model"]
    assert (data.type, model.type) == ("dataset", "model")
    assert json.loads(data.metadata) == nn.read_run(tracked[1]).data
    assert json.loads(model.metadata) == {"worst": 0.25, "r2": 0.5}
    files = {}
    for artifact, name in ((data, "data"), (model, "model")):
        (file,) = artifact.manifest.contents
        assert file.path == f"{name}.json"
        files[name] = Path(file.local_path)
        assert files[name].is_absolute()  # it is read when the run is sent, from whatever folder
        assert files[name].is_relative_to(tracked[1])
    assert files["model"].read_bytes() == (tracked[1] / "model.json").read_bytes()
    kept = json.loads(files["data"].read_text())
    assert nn.data_hash(kept["rows"], kept["targets"]) == json.loads(data.metadata)["sha256"]


def test_outside_of_the_run_nothing_is_written_but_a_log_of_the_client(tracked):
    left = {path.suffix for path in tracked[2].rglob("*") if path.is_file()}
    assert left <= {".log"}


def test_without_wandb_the_way_to_get_it_is_told(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "wandb", None)
    with pytest.raises(ModuleNotFoundError, match=r"needs wandb.*-m pip install wandb"):
        nn.WandbRun(nn.Neuron(1), ([[1.0]], [1.0]), folder=tmp_path / "runs")
    assert os.listdir(tmp_path) == []


def test_a_mode_that_there_is_not(tmp_path):
    with pytest.raises(ValueError, match='mode must be "offline" or "online", not \'disabled\''):
        nn.WandbRun(nn.Neuron(1), ([[1.0]], [1.0]), folder=tmp_path / "runs", mode="disabled")
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("project", ["a/b", "a\\b", "a#b", "a?b", "a%b", "a:b", "", "x" * 129, None])
def test_a_project_that_wandb_cannot_have(tmp_path, project):
    with pytest.raises(ValueError, match="project must be a name without # % / : "):
        nn.WandbRun(nn.Neuron(1), ([[1.0]], [1.0]), folder=tmp_path / "runs", project=project)
    assert os.listdir(tmp_path) == []


@given(st.lists(st.floats() | st.sampled_from([0.1 + 0.2, 0.3, -0.0, 5e-324, 1e308, -1e308])))
def test_a_histogram_is_made_of_whatever_numbers_there_are(numbers):
    made = _histogram(numbers)
    whole = [x for x in numbers if math.isfinite(x)]
    if made is None:
        assert not whole or math.isinf(max(whole) - min(whole)) or max(map(abs, whole)) > 1e308
    else:
        counts, edges = made
        assert counts.sum() == len(whole)
        assert edges[0] <= min(whole) <= max(whole) <= edges[-1]
        assert all(a < b for a, b in pairwise(edges))


AGAIN = """
import math, os, sys
from pathlib import Path
import nn
os.chdir(sys.argv[1])
model = nn.Neuron(2, seed=0)
def run():
    made = nn.WandbRun(model, ([[1.0, 2.0]], [1.0]), {"tags": {"b", "a"}}, "runs", "wide")
    return made
first = run()
first(nn.Epoch(1, model, 0.5, math.nan, {"acc": math.inf}, 0.1))
model.parameters()[0].data = math.inf
os.mkdir("elsewhere"); os.chdir("elsewhere")
first(nn.Epoch(2, model, math.nan, None, {}, 0.1))
first.finish({"acc": math.nan})
os.chdir("..")
kept = Path("runs/wide")
before = {file: file.read_bytes() for file in (kept / "data.json", *kept.glob("models/*"))}
model.parameters()[0].data = 7.0
second = run()
second.finish({"acc": 0.5})
assert first.client.id == second.client.id
assert all(file.read_bytes() == content for file, content in before.items())
print(len(list(kept.glob("models/*"))))
"""


def test_a_run_that_goes_on_is_one_run_and_no_artifact_changes(tmp_path):
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", AGAIN, str(tmp_path)], cwd=tmp_path, capture_output=True, text=True,
        env=os.environ | {"HOME": str(tmp_path / "home")}, timeout=120, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (0, "2\n", "")
    record = nn.read_run(tmp_path / "runs" / "wide")
    assert [math.isnan(epoch.loss) for epoch in record.epochs] == [False, True]
    assert record.epochs[0].metrics == {"acc": math.inf}
    for file in (tmp_path / "runs" / "wide").rglob("*.json"):
        if "wandb" not in file.parts:
            strict(file.read_text())


GONE = """
import sys, warnings
import nn
class Gone:
    def __getattr__(self, name):
        raise ConnectionResetError("Connection lost")  # as when its process was killed
model = nn.Neuron(1, seed=0)
made = nn.WandbRun(model, ([[1.0]], [1.0]), folder=sys.argv[1], name="wide")
made.client, client = Gone(), made.client
with warnings.catch_warnings(record=True) as seen:
    warnings.simplefilter("always")
    nn.fit(model, [[1.0]], [1.0], nn.mse_loss, nn.SGD(model.parameters(), lr=0.1), epochs=2, callbacks=[made])
    made.finish({"acc": 0.5})
client.finish()
print(*[warning.message for warning in seen], sep="\\n")
"""


def test_where_wandb_is_gone_training_goes_on_and_the_run_is_kept(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", GONE, str(tmp_path)], cwd=tmp_path, capture_output=True, text=True, timeout=120,
        env=os.environ | {"HOME": str(tmp_path / "home")}, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    path = tmp_path / "wide"
    assert done.stdout.splitlines() == [
        f"wandb does not have {what} of {path}: Connection lost" for what in ("epoch 1", "epoch 2", "the results")
    ]
    record = nn.read_run(path)
    assert (len(record.epochs), record.results) == (2, {"acc": 0.5})


def strict(text):
    def refuse(constant):
        raise ValueError(constant)

    return json.loads(text, parse_constant=refuse)
