"""The built wheel works in an empty environment, far from the checkout."""

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    target = tmp_path_factory.mktemp("wheel")
    run([sys.executable, "-m", "build", "--wheel", "--outdir", str(target), str(ROOT)], target)
    (built,) = target.glob("glassgrad-*.whl")
    return built


def run(command, cwd):
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def test_wheel_holds_every_file_that_git_tracks_in_the_packages(wheel):
    packages = ("autograd", "nn", "visualize")
    tracked = run(["git", "ls-files", *packages], ROOT).split()
    assert set(tracked) <= set(zipfile.ZipFile(wheel).namelist())


def test_installed_wheel_draws_steps_and_trains(wheel, tmp_path):
    venv.create(tmp_path / "env", with_pip=True)
    programs = tmp_path / "env" / ("Scripts" if os.name == "nt" else "bin")
    run([str(programs / "python"), "-m", "pip", "install", "--quiet", f"{wheel}[learn]"], tmp_path)
    command = str(programs / "glassgrad")
    run([command, "draw", "tanh(w*x + b)", "w=0.5", "x=2", "b=-1", "-o", "neuron.svg"], tmp_path)
    assert "<svg" in (tmp_path / "neuron.svg").read_text(encoding="utf-8")
    assert "gradient" in run([command, "step", "a*b", "a=2", "b=-3"], tmp_path)
    assert "held out" in run([command, "demo"], tmp_path)
