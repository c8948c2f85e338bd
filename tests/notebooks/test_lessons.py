"""Every lesson runs from clean, says what it says on disk, and each of its exercises tells right from wrong."""

import re
from base64 import b64decode
from copy import deepcopy
from functools import cache
from math import isclose
from pathlib import Path

import pytest
from nbformat import from_dict
from nbformat.v4 import new_code_cell, new_notebook

from autograd import Value
from execute import COVERS, FOLDER, PICTURE, LessonError, cover, execute, lessons, read
from lesson_files import exercises_of, solution_cells
from visualize import stepper

LARGEST = 1_500_000  # bytes
WIDEST = 92  # characters of code that a displayed notebook has room for
NUMBER = re.compile(r"(-?\d+(?:\.\d+)?(?:e[-+]?\d+)?)")
PNG = re.compile(r'(data:image/png;base64,)[^"]*')  # its bytes change with matplotlib's version, the alt text does not
PAGE = re.compile(r'<iframe srcdoc=".*?type=&quot;application/json&quot;(.*?)&lt;/script.*?"', re.DOTALL)
VERDICT = re.compile(r"^(\d+\.\d+) (right|not yet|waiting|locked in|a surprise)", re.MULTILINE)

# What Jupyter itself warns of is not ours; what a lesson warns of arrives on stderr, and fails it.
pytestmark = pytest.mark.filterwarnings("default")

every_lesson = pytest.mark.parametrize("path", lessons(), ids=lambda path: path.stem)


@cache
def fresh(path: Path):
    """The lesson, run from clean; an error or a warning in it raises."""
    return execute(read(path))


def texts(cell):
    """What a cell shows, as text: all streams and each form of each output."""
    for output in cell.get("outputs", ()):
        if output.output_type == "stream":
            yield output.text
        else:
            yield from (str(content) for _, content in sorted(output.data.items()))


def same(before: str, after: str) -> bool:
    """Equal, where a number may differ in its last digits, as it does between machines.

    Of a stepper's page its data are compared: on a better page an old one is still true.
    """
    parts = [NUMBER.split(PNG.sub(r"\1", PAGE.sub(r"\1", text))) for text in (before, after)]
    if len(parts[0]) != len(parts[1]):
        return False
    return all(
        a == b or (NUMBER.fullmatch(a) and NUMBER.fullmatch(b) and isclose(float(a), float(b), rel_tol=1e-9))
        for a, b in zip(*parts, strict=True)
    )


@every_lesson
def test_it_runs_and_shows_what_is_on_disk(path):
    for before, after in zip(read(path).cells, fresh(path).cells, strict=True):
        shown, now = list(texts(before)), list(texts(after))
        changed = len(shown) != len(now) or not all(map(same, shown, now))
        assert not changed, f"{path.name}: cell {before.id} now shows something else; run make notebooks and look at it"


@every_lesson
def test_its_cover_is_the_picture_on_disk(path):
    ending, content = cover(read(path))
    assert (COVERS / f"{path.stem}.{ending}").read_bytes() == content


@every_lesson
def test_it_opens_with_something_to_see_or_move(path):
    assert any("<img" in text or "<iframe" in text for cell in read(path).cells[:3] for text in texts(cell))


@every_lesson
def test_every_picture_has_words(path):
    for cell in read(path).cells:
        assert "![](" not in cell.source, cell.id
        for output in cell.get("outputs", ()):
            data = output.get("data", {})
            assert not any(kind.startswith("image/") for kind in data), f"{cell.id}: use show(picture, alt)"
            page = data.get("text/html", "")
            for image in re.findall("<img[^>]*>", page):
                assert len(re.search('alt="([^"]*)"', image)[1]) > 40, cell.id
            if page.startswith("<iframe"):
                assert re.search('title="[^"]+"', page.partition(">")[0]), cell.id


@every_lesson
def test_what_moves_is_small_and_stands_still_where_motion_is_unwelcome(path):
    for cell in read(path).cells:
        for kind, content in PICTURE.findall("".join(texts(cell))):
            picture = b64decode(content) if kind == "svg" else b""
            if b"@keyframes" in picture:
                assert len(picture) < 60_000, cell.id
                assert b"prefers-reduced-motion: reduce" in picture, cell.id
                assert b"prefers-color-scheme: dark" in picture, cell.id


@every_lesson
def test_what_tells_a_prediction_is_folded_on_disk(path):
    """It opens by itself for whoever has locked in an answer, and on disk nobody has."""
    for cell in read(path).cells:
        for name in re.findall(r'with folded\("(.+?)"\)', cell.source):
            assert exercises_of(path)[name].prediction
            assert "<details><summary" in "".join(texts(cell)), cell.id


@every_lesson
def test_it_is_small_and_named_for_what_it_does(path):
    assert path.stat().st_size < LARGEST
    names = [cell.id for cell in read(path).cells]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", name) for name in names)


@every_lesson
def test_no_line_of_code_is_cut_off(path):
    for cell in read(path).cells:
        if cell.cell_type == "code":
            assert max(map(len, cell.source.splitlines())) <= WIDEST, cell.id


def verdicts(notebook) -> dict[str, str]:
    """What each exercise says in the end: {"2.1": "waiting"}."""
    found = {}
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            found |= dict(VERDICT.findall(output.get("data", {}).get("text/plain", "")))
    return found


@every_lesson
def test_no_exercise_is_solved_on_disk(path):
    said = verdicts(fresh(path))
    assert set(said) == set(exercises_of(path))
    assert len(said) >= 3
    assert "right" not in said.values()


@every_lesson
def test_every_solution_is_right_and_every_cell_can_be_run_again(path):
    notebook, solved = read(path), solution_cells(path)
    assert set(solved) <= {cell.id for cell in notebook.cells}
    for cell in notebook.cells:
        cell.source = solved.get(cell.id, cell.source)
    twice = ((cell, deepcopy(cell) | {"id": f"{cell.id}-again"}) for cell in notebook.cells)
    notebook.cells = [from_dict(cell) for pair in twice for cell in pair]
    said = verdicts(execute(notebook))
    assert said == dict.fromkeys(exercises_of(path), "right")


@every_lesson
def test_the_index_leads_to_it_and_says_how_long_it_takes(path):
    index = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert f"]({path.name})" in index
    assert re.search(rf'<img src="covers/{path.stem}\.\w+" alt="[^"]+"', index)
    minutes = re.search(r"(\d+) minutes\.", read(path).cells[0].source)[1]
    assert re.search(rf"\]\({path.name}\).*\| {minutes} min \|", index)


@every_lesson
def test_its_links_lead_to_lessons(path):
    """To one that is not written yet a link may lead as well."""
    written = {other.name[:2]: other.name for other in lessons()}
    prose = [cell.source for cell in read(path).cells if cell.cell_type == "markdown"]
    links = [link for text in prose for link in re.findall(r"\]\(([^)]+)\)", text)]
    assert links
    for link in links:
        assert re.fullmatch(r"\d\d_\w+\.ipynb", link), link
        assert written.get(link[:2], link) == link


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("1 / 0", "ZeroDivisionError"),
        ("import warnings; warnings.warn('worn')", "cell one wrote a warning:(?s:.*)worn"),
    ],
)
def test_errors_and_warnings_fail_a_lesson(source, said):
    with pytest.raises(LessonError, match=said):
        execute(new_notebook(cells=[new_code_cell(source, id="one")]))


def test_pictures_are_found_where_they_are():
    assert PICTURE.search('<img alt="a" src="data:image/png;base64,QQ==" style="">').groups() == ("png", "QQ==")


def test_a_changed_number_is_noticed_and_the_last_digit_is_not():
    assert same("slope 0.1234567890123", "slope 0.1234567890124")
    assert not same("slope 6.5", "slope 6.6")
    assert not same("slope 6.5", "slope 6.5, exactly")
    assert not same("rise", "run")


def test_of_a_stepper_only_what_it_shows_counts():
    page = stepper(Value(2) * Value(3))._repr_html_()
    assert same(page, page.replace("Previous step", "Back"))
    assert not same(page, page.replace("&quot;data&quot;:3", "&quot;data&quot;:4"))
    assert not same(page, page.replace("is given", "was given"))
