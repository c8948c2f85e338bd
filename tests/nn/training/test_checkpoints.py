import errno
import json
import math
import os
import random
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import nn
from nn.training.checkpoints import atomic_write

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@pytest.fixture(scope="module")
def rewritten(tmp_path_factory):
    """A file to write often: without waiting for the disk each time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _: None)
        yield tmp_path_factory.mktemp("plain") / "kept.json"


@given(content=st.dictionaries(st.text(), PLAIN))
def test_plain_data_comes_back_as_it_was(rewritten, content):
    nn.save_checkpoint(rewritten, content)
    found = nn.load_checkpoint(rewritten)
    assert repr(found) == repr(content)  # -0.0 too


def test_states_come_back_to_the_last_bit(tmp_path):
    path = tmp_path / "model.json"
    model, twin = nn.MLP(3, [4, 2], seed=0), nn.MLP(3, [4, 2], seed=1)
    optimizer, other = nn.Adam(model.parameters(), lr=1 / 3), nn.Adam(twin.parameters())
    for parameter in model.parameters():
        parameter.grad = random.Random(parameter.data).gauss(0, 1)
    optimizer.step()
    nn.save_checkpoint(path, {"model": model, "optimizer": optimizer, "epoch": 7})
    content = nn.load_checkpoint(path, {"model": twin, "optimizer": other})
    assert content["epoch"] == 7
    assert content["model"] == twin.state_dict() == model.state_dict()
    for parameter in model.parameters() + twin.parameters():
        parameter.grad = 1.0
    optimizer.step()
    other.step()
    assert [p.data for p in twin.parameters()] == [p.data for p in model.parameters()]


def test_numbers_of_numpy_are_kept_as_pythons(tmp_path):
    path = tmp_path / "kept.json"
    nn.save_checkpoint(path, {"a": np.float32(0.1), "b": np.arange(3), "c": (np.int64(2), 1.5)})
    assert nn.load_checkpoint(path) == {"a": float(np.float32(0.1)), "b": [0, 1, 2], "c": [2, 1.5]}


@pytest.mark.parametrize("thing", [Fraction(1, 3), {1, 2}, object(), len])
def test_what_cannot_be_kept_is_refused_and_the_old_file_stays(tmp_path, thing):
    path = tmp_path / "kept.json"
    nn.save_checkpoint(path, {"a": 1})
    with pytest.raises(TypeError, match=f"holds numbers, text, .*, not {type(thing).__name__}"):
        nn.save_checkpoint(path, {"a": [2, thing]})
    assert nn.load_checkpoint(path) == {"a": 1}
    assert os.listdir(tmp_path) == ["kept.json"]


@pytest.mark.parametrize("broken", ["fsync", "replace"])
def test_a_crash_while_writing_leaves_the_old_file(tmp_path, monkeypatch, broken):
    def crash(*_):
        raise OSError("no space left")

    path = tmp_path / "kept.json"
    nn.save_checkpoint(path, {"a": 1})
    with monkeypatch.context() as patch:
        patch.setattr(os, broken, crash)
        with pytest.raises(OSError, match="no space left"):
            nn.save_checkpoint(path, {"a": 2})
    assert nn.load_checkpoint(path) == {"a": 1}
    assert os.listdir(tmp_path) == ["kept.json"]  # on a full disk the half of another would be in the way
    nn.save_checkpoint(path, {"a": 3})
    assert nn.load_checkpoint(path) == {"a": 3}


def test_a_file_is_on_the_disk_before_it_takes_the_place_of_another(tmp_path, monkeypatch):
    done = []
    replace = os.replace
    monkeypatch.setattr(os, "fsync", lambda _: done.append("fsync"))
    monkeypatch.setattr(os, "replace", lambda *paths: done.append("replace") or replace(*paths))
    atomic_write(tmp_path / "a.txt", "ä")
    assert done == ["fsync", "replace"]
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == "ä"


@pytest.fixture
def kept(tmp_path):
    path = tmp_path / "model.json"
    nn.save_checkpoint(path, {"model": nn.MLP(2, [2, 1], seed=0), "note": "ä"})
    return path


def test_a_file_cut_off_anywhere_changes_nothing(kept):
    whole, model = kept.read_bytes(), nn.MLP(2, [2, 1], seed=1)
    before = model.state_dict()
    for length in range(len(whole) - 1):  # the end of the line may go
        kept.write_bytes(whole[:length])
        with pytest.raises(ValueError, match=r"model\.json is (damaged: it breaks off|no glassgrad checkpoint)"):
            nn.load_checkpoint(kept, {"model": model})
        assert model.state_dict() == before


def test_a_bit_that_flips_is_noticed_wherever_it_means_something(kept):
    whole, model, noticed = kept.read_bytes(), nn.MLP(2, [2, 1], seed=1), 0
    content, before = nn.load_checkpoint(kept), model.state_dict()
    for place in range(len(whole)):
        altered = bytearray(whole)
        altered[place] ^= 1 << place % 8
        kept.write_bytes(altered)
        try:
            found = nn.load_checkpoint(kept, {"model": model})
        except ValueError:
            noticed += 1
            assert model.state_dict() == before
        else:  # a space that became a tab, a 1 too small to count
            assert repr(found) == repr(content)
            model.load_state_dict(before)
    assert noticed > 0.9 * len(whole)


def test_a_number_changed_by_hand_is_noticed(kept):
    whole = json.loads(kept.read_text())
    whole["content"]["model"]["layers.0.neurons.0.b"] = 0.5
    kept.write_text(json.dumps(whole))
    with pytest.raises(ValueError, match=r"model\.json is damaged: .* altered"):
        nn.load_checkpoint(kept)


def test_another_layout_of_the_same_text_is_read(kept):
    content = nn.load_checkpoint(kept)
    kept.write_text(json.dumps(json.loads(kept.read_text()), indent=2), encoding="utf-8")
    assert nn.load_checkpoint(kept) == content


@pytest.mark.parametrize("foreign", [
    b"", b"{}", b"[]", b"3", b"a,b\n1,2\n", b'{"format": "another"}', b"\x80\x04\x95 pickled", b"PK\x03\x04",
    b"[" * 10**5,
])  # fmt: skip
def test_a_file_of_another_kind_is_told_as_such(tmp_path, foreign):
    path = tmp_path / "other.json"
    path.write_bytes(foreign)
    with pytest.raises(
        ValueError, match=r"other\.json is no glassgrad checkpoint: give a file that nn\.save_checkpoint"
    ):
        nn.load_checkpoint(path)


def test_a_newer_version_is_told_as_such(kept):
    whole = json.loads(kept.read_text())
    kept.write_text(json.dumps({**whole, "version": 2, "content": {"by then": "otherwise"}}))
    with pytest.raises(ValueError, match=r"newer glassgrad \(version 2 of the format, .* up to 1\): install"):
        nn.load_checkpoint(kept)


def test_no_file_is_an_os_error(tmp_path):
    with pytest.raises(FileNotFoundError):
        nn.load_checkpoint(tmp_path / "none.json")


@pytest.mark.parametrize(("model", "told"), [
    (nn.MLP(2, [3, 1], seed=0), r"missing, layers\.0\.neurons\.2\.w\[0\]"),
    (nn.MLP(2, [1, 1], seed=0), r"unexpected, .*layers\.0\.neurons\.1\.w\[0\]"),
])  # fmt: skip
def test_a_model_of_another_shape_stays_as_it_is(kept, model, told):
    before = model.state_dict()
    with pytest.raises(ValueError, match=rf"model\.json does not fit the model given: .*{told}"):
        nn.load_checkpoint(kept, {"model": model})
    assert model.state_dict() == before


def test_when_one_thing_does_not_fit_all_stay_as_they_were(tmp_path):
    path = tmp_path / "kept.json"
    model = nn.MLP(2, [2, 1], seed=0)
    nn.save_checkpoint(path, {"model": model, "optimizer": nn.Adam(model.parameters())})
    other = nn.MLP(2, [2, 1], seed=1)
    for things, told in (
        (
            {"model": other, "optimizer": nn.SGD(other.parameters())},
            "the optimizer given: state must come from another SGD",
        ),
        (
            {"model": other, "history": nn.SGD(other.parameters())},
            "the history given: there is no such state in the file",
        ),
    ):
        before = {name: thing.state_dict() for name, thing in things.items()}
        with pytest.raises(ValueError, match=rf"kept\.json does not fit {told}"):
            nn.load_checkpoint(path, things)
        assert {name: thing.state_dict() for name, thing in things.items()} == before


def test_numbers_out_of_range_are_kept_too(tmp_path):
    path = tmp_path / "kept.json"
    nn.save_checkpoint(path, {"a": [math.inf, -math.inf, math.nan, 5e-324, 10**400]})
    assert repr(nn.load_checkpoint(path)["a"]) == repr([math.inf, -math.inf, math.nan, 5e-324, 10**400])


@pytest.mark.parametrize("version", [None, 0, -1, "1", 0.5])
def test_a_version_that_there_never_was_is_damage(kept, version):
    whole = json.loads(kept.read_text())
    kept.write_text(json.dumps({**whole, "version": version}))
    with pytest.raises(ValueError, match=r"model\.json is damaged"):
        nn.load_checkpoint(kept)


def test_a_full_disk_is_told_with_the_name_of_the_file(tmp_path, monkeypatch):
    def full(_):
        raise OSError(errno.ENOSPC, "No space left on device")  # as the system says it: without a name

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match=r"No space left on device: .*kept\.json"):
        nn.save_checkpoint(tmp_path / "kept.json", {"a": 1})


def test_two_that_write_at_once_both_leave_a_whole_file(tmp_path, monkeypatch):
    path, replace = tmp_path / "a.txt", os.replace

    def meanwhile(*paths):
        monkeypatch.setattr(os, "replace", replace)
        with monkeypatch.context() as other:
            other.setattr(os, "getpid", lambda: 0)
            atomic_write(path, "theirs")
        assert path.read_text() == "theirs"
        replace(*paths)

    monkeypatch.setattr(os, "replace", meanwhile)
    atomic_write(path, "ours")
    assert path.read_text() == "ours"
    assert os.listdir(tmp_path) == ["a.txt"]


def test_numbers_that_are_not_finite_come_back_and_the_file_is_json_for_every_reader(tmp_path):
    def refuse(constant):
        raise ValueError(constant)

    content = {"a": [math.inf, {"b": -math.inf}], "nan": math.nan, "array": np.array([1.0, math.nan]), "c": "nan"}
    nn.save_checkpoint(tmp_path / "a.json", content)
    json.loads((tmp_path / "a.json").read_text(), parse_constant=refuse)
    back = nn.load_checkpoint(tmp_path / "a.json")
    assert back["a"] == content["a"]
    assert math.isnan(back["nan"])
    assert back["array"][0] == 1.0
    assert math.isnan(back["array"][1])
    assert back["c"] == "nan"
