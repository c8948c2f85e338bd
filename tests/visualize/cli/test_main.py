import os
import re
import signal
import subprocess
import sys
import warnings
import xml.etree.ElementTree as ET
from importlib.metadata import PackageNotFoundError, version

import pytest

from autograd import primitive
from autograd.registry import TABLE
from nn.examples.names import names
from visualize.cli.main import main
from visualize.graph.dot import draw_dot

COMMAND = [sys.executable, "-W", "error", "-m", "visualize"]


def run(*words, cwd, **how):
    how = {"stdin": subprocess.DEVNULL, "env": os.environ | {"COLUMNS": "80"}} | how
    return subprocess.run(
        [*COMMAND, *words], cwd=cwd, capture_output=True, text=True, encoding="utf-8", timeout=60, **how
    )


@pytest.fixture
def here(tmp_path, monkeypatch):
    """Calls in this process, quicker than a new one: words in, (exit code, output, errors) out."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    return tmp_path


@pytest.fixture
def call(here, capsys):
    def called(*words):
        try:
            code = main(words)
        except SystemExit as left:  # argparse
            code = left.code
        out, err = capsys.readouterr()
        return code, out, err

    return called


def test_draw_as_a_program(tmp_path):
    done = run("draw", "tanh(w*x + b)", "w=0.5", "x=2", "b=-1", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "wrote graph.svg\n", "")
    picture = ET.parse(tmp_path / "graph.svg")
    words = " ".join(text.text or "" for text in picture.iter("{http://www.w3.org/2000/svg}text"))
    assert all(part in words for part in ("w", "x", "b", "tanh"))
    assert [path.name for path in tmp_path.iterdir()] == ["graph.svg"]


def test_a_mistake_as_a_program(tmp_path):
    done = run("draw", "log(x)", "x=-1", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr == (
        "glassgrad draw: log has no value at a = -1.0 (label 'x'): it is defined for a in (0, inf)\n"
    )


def test_a_reader_who_leaves_early(tmp_path):
    long = "+".join(["x"] * 3000)
    with subprocess.Popen(
        [*COMMAND, "step", long, "x=1"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path
    ) as process:
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has another Ctrl-C")
def test_ctrl_c(tmp_path):
    with subprocess.Popen(
        [*COMMAND, "demo"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path, text=True
    ) as process:
        process.stdout.readline()  # the demonstration has begun
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert err == "glassgrad demo: interrupted\n"


@pytest.mark.parametrize(
    "words", [["-x**2", "x=3"], ["-x", "x=3"], ["-(x)", "x=-3"], ["-2*x", "x=1"], ["--x*x", "x=1"]]
)
def test_an_expression_may_begin_with_a_minus(call, words):
    assert call("step", *words)[0] == 0


def test_a_minus_is_read_as_a_minus(call):
    _, out, _ = call("step", "-x**2", "x=3")
    assert "v2 = -9" in out
    assert ["x", "3", "-6"] in [line.split() for line in out.splitlines()]


@pytest.mark.parametrize(
    "words",
    [
        ["-o", "a.svg", "-x*y", "x=1", "y=-2"],
        ["-x*y", "-o", "a.svg", "x=1", "y=-2"],
        ["-x*y", "x=1", "--output", "a.svg", "y=-2"],
        ["-x*y", "x=1", "y=-2", "--output=a.svg"],
    ],
)
def test_options_may_stand_anywhere(call, here, words):
    assert call("draw", *words) == (0, "wrote a.svg\n", "")
    assert (here / "a.svg").exists()


@pytest.mark.parametrize(
    ("name", "begins"), [("a.png", b"\x89PNG"), ("a.dot", b"digraph"), ("A.GV", b"digraph"), ("A.SVG", b"<?xml")]
)
def test_the_ending_of_the_file_is_the_format(call, here, name, begins):
    assert call("draw", "x*x", "x=2", "-o", name)[0] == 0
    written = (here / name).read_bytes()
    assert begins in written[:200]
    assert b"pos=" not in written  # DOT text is the graph itself, not its layout


def test_the_picture_shows_gradients(call, here):
    call("draw", "a*b", "a=3", "b=-7", "-o", "a.dot")
    source = (here / "a.dot").read_text(encoding="utf-8")
    assert "-7" in source
    assert "–" not in re.sub(r"label=[^\]]*not computed[^\]]*", "", source)  # no dash: all are computed


def test_step_tells_the_record(call):
    from autograd import parse

    code, out, _ = call("step", "tanh(w*x + b)", "w=0.5", "x=2", "b=-1")
    told = " ".join(out.split())
    assert code == 0
    assert all(step.words in told for step in parse("tanh(w*x + b)", w=0.5, x=2.0, b=-1.0).steps())
    assert max(map(len, out.splitlines())) <= 80
    assert "\x1b" not in out


def test_step_writes_a_page(call, here):
    assert call("step", "-a*b", "a=2", "b=-3", "-o", "steps.html") == (0, "wrote steps.html\n", "")
    assert "<!doctype html>" in (here / "steps.html").read_text(encoding="utf-8")[:200].lower()


def test_a_warning_of_the_library_is_a_line(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "visualize", "draw", "+".join(["x*x"] * 3000), "x=1", "-o", "a.dot"], cwd=tmp_path,
        capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    assert re.fullmatch(r"note: this picture has [\d,]+ boxes and edges: .*\n", done.stderr, re.DOTALL)
    assert "depth" not in done.stderr


def test_the_version(call):
    assert call("--version") == (0, f"glassgrad {version('glassgrad')}\n", "")


def test_commands_run_from_the_source_without_an_installation(call, monkeypatch):
    def missing(name):
        raise PackageNotFoundError(name)

    monkeypatch.setattr("visualize.cli.main.version", missing)
    assert call("--version") == (0, "glassgrad, run from its source\n", "")
    assert call("check", "x*x", "x=2")[0] == 0


def test_explain_adds_up(call):
    code, out, _ = call("explain", "x*x + x", "--wrt", "x", "x=3")
    assert code == 0
    assert re.findall(r"[\d.]+$", out, flags=re.MULTILINE)[-2:] == ["7", "7"]
    assert "3 paths lead from v2 to x" in out


def test_check_compares(call):
    code, out, err = call("check", "x**3 - 2*x*y", "x=1.5", "y=-1")
    rows = [line.split() for line in out.splitlines()[1:]]
    assert (code, err) == (0, "")
    assert [(row[0], float(row[2]), row[-1]) for row in rows] == [
        ("x", pytest.approx(3 * 1.5**2 + 2), "ok"),
        ("y", pytest.approx(-3.0), "ok"),
    ]


def test_check_finds_a_wrong_derivative(call):
    primitive("wrong", lambda a: a * a, lambda y, a: 3 * a)
    try:
        code, out, err = call("check", "wrong(x) + y", "x=2", "y=1")
    finally:
        del TABLE["wrong"]
    assert (code, err) == (1, "")
    assert "OFF" in out


def test_values_may_be_formulas_without_names(call):
    _, out, _ = call("step", "sin(x)", "x=-pi/2")
    assert "v1 = sin(x) = sin(-1.571) = -1" in out


@pytest.mark.parametrize("name", ["source", "values", "self", "pi", "a" * 60, "größe"])
def test_any_name_will_do(call, name):
    assert call("step", f"{name}*2", f"{name}=3")[0] == 0


MISTAKES = [
    (["draw", "x"], "x has no value: give x=..."),
    (["draw", "x+", "x=1"], "expected a number, a name or a bracket"),
    (["draw", "x", "x=1", "y=2"], "no y in the expression"),
    (["draw", "x", "x=1", "x=2"], "x is given twice"),
    (["draw", "x", "x=abc"], "x must be a finite number such as 2, -0.5 or pi/2, not 'abc'"),
    (["draw", "x", "x="], "x must be a finite number"),
    (["draw", "x", "x=nan"], "x must be a finite number"),
    (["draw", "x", "x=-inf"], "x must be a finite number"),
    (["draw", "x", "x=1e400"], "x must be a finite number"),
    (["draw", "x", "x=1/0"], "x must be a finite number"),
    (["draw", "x", "2x=1"], "'2x=1' is not name=number"),
    (["draw", "x", "+", "1", "x=1"], "'+' is not name=number, such as x=2; an expression with spaces needs quotes"),
    (["draw", "x", "x=1", "-o", "a.foo"], "'a.foo'"),
    (
        ["draw", "x", "x=1", "-o", "noending"],
        "-o must name a picture, which ends in .svg, .png, .pdf or .dot, not 'noe",
    ),
    (["draw", "x", "x=1", "-o", "d.html"], "for a page to step through: glassgrad step ... -o steps.html"),
    (
        ["draw", "x", "x=1", "-o", "d.docx"],
        "-o must name a picture, which ends in .svg, .png, .pdf or .dot, not 'd.docx'",
    ),
    (["draw", "x", "x=1", "-o", "missing/a.svg"], "No such file or directory: missing"),
    (["draw", "x", "x=1", "-o"], "expected one argument"),
    (["draw", "x", "x=1", "--ouput", "a.svg"], "unrecognized arguments: --ouput"),
    (["draw", "sqrt(x)", "x=0"], "sqrt has no derivative"),
    (["draw"], "the following arguments are required: EXPR"),
    (["step", "1/x", "x=0"], "division by zero"),
    (["step", "9**9**9"], "too large"),
    (["step", "__import__('os')"], "there is no function '__import__'"),
    (["explain", "x*x", "x=1"], "the following arguments are required: --wrt"),
    (["explain", "x*x", "--wrt", "z", "x=1"], "--wrt takes a name that is given a value (x), not 'z'"),
    (["explain", "2*3", "--wrt", "x"], "--wrt takes a name that is given a value (none is), not 'x'"),
    (["check", "2*3"], "nothing to check"),
    (["check", "sqrt(x)", "x=0"], "sqrt has no derivative"),
    (["tanh(x)", "x=1"], "invalid choice: 'tanh(x)'"),
    (["-x", "x=1"], "-x is no command; to draw an expression, begin with: glassgrad draw"),
    (["demo", "more"], "unrecognized arguments: "),
]


@pytest.mark.parametrize(("words", "part"), MISTAKES, ids=lambda x: " ".join(x) if isinstance(x, list) else "")
def test_a_mistake_is_told_in_one_or_two_lines(call, here, words, part):
    code, out, err = call(*words)
    assert (code, out) == (2, "")
    assert part in err
    assert err.startswith(("glassgrad", "usage: glassgrad"))
    assert 1 <= err.count("\n") <= 2
    assert list(here.iterdir()) == []


def test_a_file_that_cannot_be_written(call, here):
    (here / "a.svg").mkdir()
    code, _, err = call("draw", "x", "x=1", "-o", "a.svg")
    assert code == 2
    assert re.fullmatch(r"glassgrad draw: [^:]+: a\.svg\n", err)


def test_a_missing_package_is_told_with_the_command_that_installs_it(call, monkeypatch):
    monkeypatch.setitem(sys.modules, "sklearn.datasets", None)
    code, _, err = call("demo")
    assert code == 2
    python = re.escape(sys.executable)
    assert re.fullmatch(
        rf'glassgrad demo: this needs scikit-learn, which is not installed: "?{python}"? -m pip install scikit-learn\n',
        err,
    )


@pytest.mark.parametrize(
    "words", [[], ["-h"], ["--help"], ["draw", "-h"], ["explain", "--help"], ["demo", "-h"], ["names", "-h"]]
)
def test_help_fits_80_columns(call, words):
    code, out, err = call(*words)
    assert (code, err) == (0, "")
    assert out.startswith("usage: glassgrad")
    assert max(map(len, out.splitlines())) <= 80


def test_the_commands_that_help_shows_work(call):
    _, out, _ = call("--help")
    shown = re.findall(r"^  glassgrad (\w+) (\".*?\")((?: [-\w.=]+)+)  ", out, flags=re.MULTILINE)
    assert len(shown) == 5
    for command, expression, rest in shown:
        assert call(command, expression.strip('"'), *rest.split())[0] == 0


def test_names_beats_the_baseline_and_says_what_is_new(call):
    code, out, err = call("names", "--epochs", "1", "--samples", "7", "--seed", "1", "--temperature", "0.5")
    assert (code, err) == (0, "")
    figures = {line[:44].strip(): float(line[44:]) for line in out.splitlines() if re.search(r"  \d\.\d{3}$", line)}
    baseline, reached = figures["which letter follows which, counted"], figures["this GPT, after 1 epoch"]
    assert reached < baseline < figures["this GPT, untrained"] < figures["all letters alike"] + 0.1
    assert "Trained through a recorded program" in out
    groups = [
        re.fullmatch(r"  ([a-z ]+) \((\d+)\): (.*)", piece, re.DOTALL) for piece in out.strip("\n").split("\n\n")[-2:]
    ]
    groups = [group.groups() for group in groups]
    assert [title for title, _, _ in groups] == ["new", "names of the list"]
    counts = {title: int(count) for title, count, _ in groups}
    assert sum(counts.values()) == 7
    for title, count, listed in groups:
        made = [name for name in re.split(r",\s+|\s+", listed.strip()) if name != "none"]
        assert len(made) == int(count)
        assert all((name in names()) == (title != "new") for name in made)


@pytest.mark.parametrize(("option", "words"), [
    ("--epochs=0", "argument --epochs: must be a whole number from 1 on, not '0'"),
    ("--samples=-1", "argument --samples: must be a whole number from 1 on, not '-1'"),
    ("--temperature=0", "argument --temperature: must be a positive number such as 0.8, not '0'"),
    ("--temperature=hot", "argument --temperature: must be a positive number such as 0.8, not 'hot'"),
    ("--seed=x", "argument --seed: invalid int value: 'x'"),
])  # fmt: skip
def test_names_refuses_before_it_trains(call, option, words):
    code, out, err = call("names", option)
    assert (code, out) == (2, "")
    assert err.endswith(f"glassgrad names: error: {words}\n")


@pytest.mark.parametrize("command", [["draw", "-o", "a.dot"], ["step"], ["check"], ["explain", "--wrt", "x"]])
def test_a_name_without_a_derivative_does_not_block_the_others(here, capsys, command):
    assert main([command[0], "x**n", "x=-2", "n=3", *command[1:]]) == 0
    out, err = capsys.readouterr()
    assert " ".join(err.split()).startswith(
        "note: n is held constant: pow has no derivative with respect to b at a = -2.0 (label 'x')"
    )
    assert "12" in (here / "a.dot").read_text() if command[0] == "draw" else "12" in out


@pytest.mark.parametrize("command", [["draw", "-o", "a.dot"], ["step"], ["check"], ["explain", "--wrt", "x"]])
def test_a_derivative_that_does_not_exist_is_refused_by_every_command(here, capsys, command):
    assert main([command[0], "sqrt(x*x)", "x=0", *command[1:]]) == 2
    out, err = capsys.readouterr()
    assert "sqrt has no derivative" in err
    assert "nan" not in out


def test_check_names_a_kink(call):
    assert "kink: the slope is -1 on the left and 1 on the right" in call("check", "abs(x)", "x=0")[1]


@pytest.mark.filterwarnings("default")
def test_notes_fit_on_a_line_of_the_terminal(here, call, monkeypatch):
    def warn(root, format):
        warnings.warn("programs run on NumPy, for " + "Numba can keep nothing here " * 5 + ". Set it", stacklevel=1)
        return draw_dot(root, format)

    monkeypatch.setattr("visualize.cli.main.draw_dot", warn)
    code, _, err = call("draw", "x", "x=1", "-o", "d.svg")
    assert code == 0
    assert err.startswith("note: programs run on NumPy")
    assert "Set it" not in err
    assert max(map(len, err.splitlines())) <= 80
