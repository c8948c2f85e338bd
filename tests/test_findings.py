"""The findings run outside the tests, since they need a network; their index and their form are checked here."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[1] / "findings"
SCRIPTS = sorted(FOLDER.glob("*.sh"))
ROW = re.compile(r"^\| \[(\w+)\]\((\w+)\.sh\) \| (.+) \| .+ \|$", re.MULTILINE)
PIN = re.compile(r"(@?[\w./-]+?)(?:==|@)(\d[\w.]*)")


def pins(script: Path) -> dict[str, str]:
    """The packages that a script installs, with their releases."""
    lines = script.read_text("utf-8").splitlines()
    install = next(line for line in lines if not line.startswith("#") and " install " in line)
    packages = [word for word in install.split(" install ")[1].split() if not word.startswith("-")]
    found = [PIN.fullmatch(package) for package in packages]
    assert packages
    assert all(found), f"{script.name} installs something without its release: {packages}"
    return dict(match.groups() for match in found)


def test_the_index_names_every_script_and_its_releases():
    rows = {name: (file, releases) for name, file, releases in ROW.findall((FOLDER / "README.md").read_text("utf-8"))}
    assert set(rows) == {script.stem for script in SCRIPTS}
    for script in SCRIPTS:
        file, releases = rows[script.stem]
        assert file == script.stem
        for release in releases.split(", "):
            package, number = release.split()
            assert pins(script)[package] == number, script.name


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.stem)
def test_a_finding_is_complete_and_leaves_nothing_behind(script):
    text = script.read_text("utf-8")
    header = text.split("set -euo pipefail")[0]
    assert all(f"\n# {word}" in header for word in ("Guess:", "Seen:", "Matters:"))
    assert "folder=$(mktemp -d)\ntrap 'rm -rf \"$folder\"' EXIT\n" in text
    assert "changed:" in text
    assert "still so:" in text
    if bash := shutil.which("bash"):
        subprocess.run([bash, "-n", script], check=True, timeout=30)
