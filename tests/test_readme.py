"""README and the guide are true to the letter: code prints what they say; pictures, links and commands exist."""

import csv
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest

import autograd
import nn
import visualize
from autograd.registry import Primitive

ROOT = Path(__file__).resolve().parent.parent
PAGES = {path.stem: path.read_text(encoding="utf-8") for path in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]}
EVERYTHING = "\n".join(PAGES.values())


def blocks(text):
    """(language, body) of each block of code."""
    return re.findall(r"```(\w+)\n(.*?)```", text, re.DOTALL)


WITH_PYTHON = [name for name, text in PAGES.items() if "```python" in text]


def run(arguments, cwd):
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8", "COLUMNS": "80", "NO_COLOR": "1"}
    return subprocess.run(
        arguments, cwd=cwd, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=300, check=False
    )


@pytest.mark.parametrize("page", WITH_PYTHON)
def test_python_prints_what_the_text_after_it_says(page, tmp_path):
    """The blocks of a page are one story, so they run as one program."""
    found = blocks(PAGES[page])
    code = [body for language, body in found if language == "python"]
    promised = [
        after if language == "text" else ""
        for (before, _), (language, after) in pairwise([*found, ("", "")])
        if before == "python"
    ]
    marker = "----- next block -----"
    program = f"\nprint({marker!r})\n".join(code)
    done = run([sys.executable, "-W", "error", "-c", program], tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split(marker + "\n") == promised


@pytest.mark.parametrize("session", [body for language, body in blocks(EVERYTHING) if language == "console"])
def test_commands_print_what_the_session_shows(session, tmp_path):
    command, promised = session.removeprefix("$ glassgrad ").split("\n", 1)
    done = run([sys.executable, "-m", "visualize", *shlex.split(command)], tmp_path)
    assert done.stdout == promised


def test_commands_in_the_prose_run(tmp_path):
    commands = re.findall(r"`glassgrad ([^`]*(?:=|--help)[^`]*)`", EVERYTHING)
    assert commands
    for command in commands:
        done = run([sys.executable, "-m", "visualize", *shlex.split(command)], tmp_path)
        assert done.returncode == 0, done.stderr


def test_a_table_is_trained_on_as_shown(tmp_path):
    """The words to the letter; numbers may differ in the last digits from machine to machine."""
    (tmp_path / "docs").mkdir()
    shutil.copy(ROOT / "docs" / "flowers.csv", tmp_path / "docs")
    session, promised = next(
        (before, after)
        for (_, before), (_, after) in pairwise(blocks(PAGES["tables"]))
        if before.startswith("glassgrad train")
    )
    for _ in range(2):  # called again it says the same
        printed = []
        for command in session.splitlines():
            done = run([sys.executable, "-m", "visualize", *shlex.split(command)[1:]], tmp_path)
            assert done.returncode == 0, done.stderr
            printed.append(re.sub(r"[\d.]+ *", "N ", done.stdout))
        assert printed[0] == re.sub(r"[\d.]+ *", "N ", promised)


def test_the_table_that_comes_with_it_is_of_irises():
    data = nn.iris()
    lines = [[*map(str, row), data.classes[target]] for row, target in zip(data.rows, data.targets, strict=True)]
    with (ROOT / "docs" / "flowers.csv").open(newline="") as file:
        assert list(csv.reader(file)) == [[*data.features, "species"], *lines]


def test_what_is_installed_for_the_demo_is_enough_for_all_that_follows():
    """Every package that the code or a command of README may ask for is in the group that ``make demo`` installs."""
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    (group,) = re.findall(r"^demo: \$\(VENV\)/\.(\w+)$", makefile, re.MULTILINE)
    (named,) = groups[group]
    installed = {package for part in re.findall(r"\w+", named)[1:] for package in groups[part]}
    assert {re.match(r"[\w-]+", package)[0] for package in installed} >= {
        "scikit-learn", "tqdm", "numba", "matplotlib", "textual", "resvg-py",
    }  # fmt: skip


def test_commands_need_no_activated_environment_but_the_one_that_is_activated_first():
    shell = [body for language, body in blocks(PAGES["README"]) if language == "sh"]
    first = next(place for place, body in enumerate(shell) if ".venv/bin/activate" in body)
    assert all("glassgrad " not in body for body in shell[:first])
    assert not any(line.startswith("pip ") for body in shell for line in body.splitlines())


def test_the_pictures_are_what_the_code_draws_today(tmp_path):
    drawn = 0
    for text in PAGES.values():
        code = [body for language, body in blocks(text) if language == "python"]
        pictures = [
            name
            for name in re.findall(r'(?:outfile=|animate\()"(.*?)"', "".join(code))
            if (ROOT / "docs" / name).exists()
        ]
        if pictures:
            # drawn by the packaged renderer, which gives the same bytes everywhere
            environment = {**os.environ, "PATH": ""}
            subprocess.run(
                [sys.executable, "-c", "".join(code)], cwd=tmp_path, env=environment, check=True, capture_output=True
            )
        for picture in pictures:
            assert (tmp_path / picture).read_bytes() == (ROOT / "docs" / picture).read_bytes()
            drawn += 1
    assert drawn >= 2


def test_everything_named_exists():
    files = re.findall(r"`((?:autograd|nn|visualize|tests|notebooks|docs|benchmarks)/[\w/.]*)`", EVERYTHING)
    assert files
    for name in files:
        assert (ROOT / name).exists(), name
    targets = re.findall(r"(?:^|`)make (\w+)", EVERYTHING, re.MULTILINE)
    assert targets
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in targets:
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


@pytest.mark.parametrize(
    "path", [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")], ids=str
)
def test_links_lead_somewhere(path):
    """Links inside the repository, and to a heading where they name one."""
    for target in re.findall(r"\]\(([^)]+)\)", path.read_text(encoding="utf-8")):
        if re.match(r"\w+:", target):
            continue
        file, _, heading = target.partition("#")
        found = (path.parent / file).resolve() if file else path
        assert found.exists(), target
        if heading:
            headings = re.findall(r"^#+ (.*)", found.read_text(encoding="utf-8"), re.MULTILINE)
            assert heading in {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in headings}, target


def test_readme_is_short():
    """One screen and a half: at most 700 words beside code and pictures."""
    prose = re.sub(r"```.*?```|!\[[^\]]*\]\([^)]*\)", "", PAGES["README"], flags=re.DOTALL)
    assert len(re.findall(r"\w[\w`./-]*", re.sub(r"\]\([^)]*\)", "]", prose))) <= 700


def test_the_guide_and_the_reference_are_built_without_a_warning(tmp_path):
    pytest.importorskip("mkdocs", reason="the extra docs is not installed")
    done = run([sys.executable, "-m", "mkdocs", "build", "--site-dir", str(tmp_path)], ROOT)
    assert done.returncode == 0, done.stderr
    reference = "".join(page.read_text(encoding="utf-8") for page in (tmp_path / "reference").rglob("*.html"))
    for package in (autograd, nn, visualize):
        for name in package.__all__:
            thing = getattr(package, name)
            if callable(thing) and not isinstance(thing, Primitive):
                assert re.search(rf'id="{package.__name__}[\w.]*\.{name}"', reference), name
