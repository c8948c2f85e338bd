"""Moving pictures: each page is seen in its turn, the last one alone where nothing moves."""

import re
import xml.etree.ElementTree as ElementTree

from autograd import Value
from moving import film, flip_book
from visualize import stepper

SVG = "{http://www.w3.org/2000/svg}"


def drawn(pages, alt="a < b & c"):
    return ElementTree.fromstring(flip_book('<path class="always"/>', pages, alt, height=100, seconds=0.5).content)


def test_pages_follow_each_other_and_a_repeated_one_is_held():
    book = drawn(["<g id='a'/>", "<g id='b'/>", "<g id='b'/>", "<g id='c'/>"])
    seen = [page for page in book.iter(f"{SVG}g") if "seen" in page.get("class", "")]
    assert [page[0].get("id") for page in seen] == ["a", "b", "c"]
    assert [page.get("style") for page in seen] == ["--from: 0", "--from: 1", "--from: 3"]
    assert [page.get("class") for page in seen] == ["seen for1", "seen for2", "seen for1 last"]
    style = book.find(f"{SVG}style").text
    assert "animation: 2s step-end infinite" in style  # 4 pages of half a second
    assert re.search(r"@keyframes for2 \{ 0% \{ visibility: visible \} 50% \{ visibility: hidden \} \}", style)
    assert book.find(f"{SVG}path").get("class") == "always"


def test_one_page_alone_stays():
    assert "visibility: hidden } }" not in drawn(["<g/>"]).find(f"{SVG}style").text


def test_the_words_are_in_the_picture_and_beside_it():
    assert drawn(["<g/>"]).find(f"{SVG}title").text == "a < b & c"
    assert flip_book("", ["<g/>"], "what moves", height=10).alt == "what moves"


def test_a_film_is_what_the_stepper_animates(tmp_path):
    steps = stepper(Value(2) * Value(3))
    shown = film(steps, "six, step by step", seconds=1.0)
    assert shown.content == steps.animate(tmp_path / "film.svg", 1.0).read_bytes()
    assert (shown.alt, shown.kind) == ("six, step by step", "image/svg+xml")
