import re
import xml.etree.ElementTree as ET

import pytest

from visualize.cli.demo import demo, neuron


def test_the_neuron_is_the_formula_it_is_shown_with():
    import math

    y = neuron()
    assert y.data == pytest.approx(math.tanh(0.25 + 0.5 * 2.0 - 1.5 * 0.5))
    assert [type(leaf).__name__ for leaf in (*y.parents[0].parents[1].parents,)] == ["Parameter", "Value"]


def test_the_demo_shows_learns_and_says_what_it_wrote(tmp_path):
    folder = tmp_path / "new" / "folder"
    said = "\n".join(demo(folder))
    listed = re.findall(r"^  (.*neuron.*)$", said, flags=re.MULTILINE)
    assert sorted(listed) == sorted(str(path) for path in folder.iterdir())
    picture = "".join(ET.parse(folder / "neuron.svg").getroot().itertext())
    assert all(number in picture for number in ("0.4621", "1.573", "0.7864"))  # the output, and gradients
    assert (folder / "neuron.txt").read_text(encoding="utf-8").rstrip() in said
    reached, baseline = (float(share) for share in re.findall(r"([\d.]+)%", said))
    assert reached >= 93 > baseline
    first, last = map(float, re.search(r"first epoch ([\d.]+), in the last ([\d.]+)", said).groups())
    assert last < first / 2


def test_a_folder_that_cannot_be_made_is_told_before_anything_is_shown(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OSError, match="file"):
        next(demo(tmp_path / "file" / "inside"))


def test_ctrl_c_while_training_ends_the_demo(tmp_path, monkeypatch):
    def interrupted(optimizer):
        raise KeyboardInterrupt

    monkeypatch.setattr("nn.SGD.step", interrupted)
    with pytest.raises(KeyboardInterrupt):
        list(demo(tmp_path))
