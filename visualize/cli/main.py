"""The command line: ``glassgrad draw "tanh(w*x + b)" w=0.5 x=2 b=-1``."""

import argparse
import math
import os
import shutil
import sys
import warnings
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from graphviz import FORMATS

from autograd import GradientError, Value, check_gradients, parse
from autograd.anomaly import problems
from autograd.gradcheck import table
from autograd.graph import ancestors
from autograd.parser import Constant
from nn.extras import extra
from visualize.cli.demo import demo
from visualize.cli.names import made_up
from visualize.cli.table_commands import add_commands
from visualize.cli.words import OPTIONS, TAKE_EXPRESSIONS, options_first, values_of
from visualize.explain.paths import explain
from visualize.explain.zero_gradient import why_zero
from visualize.graph.dot import draw_dot
from visualize.graph.render import RenderError
from visualize.stepper.page import stepper
from visualize.terminal.transcript import indented, narrate

ABOUT = """\
See backpropagation: every value, every local derivative, every gradient.

  glassgrad draw "tanh(w*x + b)" w=0.5 x=2 b=-1     the graph as a picture
  glassgrad step "tanh(w*x + b)" w=0.5 x=2 b=-1     each step in words
  glassgrad step "a*b + a" a=2 b=-3 -o steps.html   each step on a page
  glassgrad explain "x*x + x" --wrt x x=3           the gradient, path by path
  glassgrad check "x**3 - 2*x" x=1.5                against measured slopes
  glassgrad demo                                    all of it, and training
  glassgrad names                                   a GPT of scalars, trained

And learn from a table of your own:

  glassgrad train flowers.csv --target species      predict a column
  glassgrad predict runs/run-1 new.csv              for rows not seen yet
  glassgrad runs                                    compare the trainings so far

An expression is made of numbers, names, + - * / ** and brackets, and functions
such as exp, log, sin, tanh, sigmoid, relu, maximum. Put it in quotes. A value
may be a number or a formula without names: b=-3, x=pi/2."""

EXPRESSION = 'the formula, in quotes: "tanh(w*x + b)"'
VALUES = "a value for each name in it: w=0.5 b=-1 x=pi/2"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; the exit code is 0, 1 for a gradient that is off, or 2 for a mistake in the call."""
    parser = _parser()
    words = list(sys.argv[1:] if arguments is None else arguments)
    if not words:
        parser.print_help()
        return 0
    if words[0].startswith("-") and words[0] not in OPTIONS:
        parser.error(f"{words[0]} is no command; to draw an expression, begin with: glassgrad draw")
    given = parser.parse_args(options_first(words) if words[0] in TAKE_EXPRESSIONS else words)
    try:
        with warnings.catch_warnings():
            warnings.showwarning = _warn
            code: int = given.run(given)
        sys.stdout.flush()
        return code
    except BrokenPipeError:  # the reader of our output, such as head, has stopped reading
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except KeyboardInterrupt:
        problem, code = "interrupted", 130
    except OSError as error:
        problem, code = f"{error.strerror}: {error.filename}" if error.filename else str(error), 2
    except (ValueError, ArithmeticError, RenderError, ModuleNotFoundError) as error:
        problem, code = str(error), 2
    print(f"{parser.prog} {given.command}: {problem}", file=sys.stderr)
    return code


def _warn(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: object = None,
    line: object = None,
) -> None:
    """Show what the library warns of, as a line without its place in the code.

    Its first sentence, for the others advise what can be done in Python.
    """
    print(indented("note: ", str(message).partition(". ")[0], _width()), file=sys.stderr)


def _draw(given: argparse.Namespace) -> int:
    root, _ = _graph(given)
    root.backward()
    format = given.output.suffix.removeprefix(".").lower()
    if format not in FORMATS:
        raise ValueError(
            f"-o must name a picture, which ends in .svg, .png, .pdf or .dot, not {str(given.output)!r}; "
            "for a page to step through: glassgrad step ... -o steps.html"
        )
    if format in ("dot", "gv"):
        given.output.write_text(draw_dot(root).source, encoding="utf-8")
    else:
        given.output.write_bytes(draw_dot(root, format).pipe(format))
    print(f"wrote {given.output}")
    return 0


def _step(given: argparse.Namespace) -> int:
    root, _ = _graph(given)
    if given.output is not None:
        print(f"wrote {stepper(root).save(given.output)}")
        return 0
    steps = root.steps()
    # in a pipe, or without the package that draws on terminals, plain lines tell the same
    screen = sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
    if screen and find_spec("textual"):
        extra("visualize.terminal.fullscreen", "textual").Fullscreen(steps).run()
    else:
        print(narrate(steps, _width()))
    return 0


def _explain(given: argparse.Namespace) -> int:
    root, values = _graph(given)
    if given.wrt not in values:
        raise ValueError(
            f"--wrt takes a name that is given a value ({', '.join(values) or 'none is'}), not {given.wrt!r}"
        )
    wrt = values[given.wrt]
    explanation = explain(root, wrt)
    print(explanation.text(_width()))
    if not explanation.gradient:
        print("", why_zero(root, wrt).text(_width()), sep="\n")
    return 0


def _check(given: argparse.Namespace) -> int:
    _, values = _graph(given)
    if not values:
        raise ValueError("there is nothing to check without a name=value")
    constants = {name: Constant(leaf.data) for name, leaf in values_of(given.values).items() if name not in values}

    def f(*point: Value) -> Value:
        return parse(given.expression, **dict(zip(values, point, strict=True)), **constants)

    try:
        print(table(check_gradients(f, *(value.data for value in values.values())), tuple(values)))
    except GradientError as error:
        print(table(error.rows, tuple(values)))
        return 1
    return 0


def _demo(given: argparse.Namespace) -> int:
    for piece in demo(given.into, width=_width()):
        print(piece, flush=True, end="\n\n")
    return 0


def _names(given: argparse.Namespace) -> int:
    for piece in made_up(given.epochs, given.seed, given.temperature, given.samples, _width()):
        print(piece, flush=True, end="\n\n")
    return 0


def _graph(given: argparse.Namespace) -> tuple[Value, dict[str, Value]]:
    """The expression as a graph, and its named leaves.

    A name by which there is no derivative, while there is one by another name, becomes a constant: n of x**n at x = -2.
    """
    values = values_of(given.values)
    root = parse(given.expression, **values)
    undefined = problems(ancestors(root), list(values.values()))
    if not undefined or len(undefined) == len(values):
        return root, values
    for leaf, problem in undefined.items():
        print(indented("note: ", f"{leaf.label} is held constant: {problem}", _width()), file=sys.stderr)
    constants = {name: Constant(leaf.data) for name, leaf in values.items() if leaf in undefined}
    free = {name: leaf for name, leaf in values.items() if leaf not in undefined}
    return parse(given.expression, **free, **constants), free


def _width() -> int:
    return min(shutil.get_terminal_size().columns, 100)


def _version() -> str:
    try:
        return f"glassgrad {version('glassgrad')}"
    except PackageNotFoundError:
        return "glassgrad, run from its source"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "glassgrad", description=ABOUT, formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False
    )
    parser.add_argument("--version", action="version", version=_version(), help="show which version this is")
    commands = parser.add_subparsers(title="commands", dest="command", metavar="COMMAND", required=True)

    def command(name: str, run: object, words: str, takes_expression: bool = True) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=words, description=f"{words[0].upper()}{words[1:]}.", allow_abbrev=False)
        added.set_defaults(run=run)
        if takes_expression:
            added.add_argument("expression", metavar="EXPR", help=EXPRESSION)
            added.add_argument("values", metavar="name=value", nargs="*", default=[], help=VALUES)
        return added

    draw = command("draw", _draw, "draw the graph with its gradients")
    draw.add_argument(
        "-o", "--output", metavar="FILE", type=Path, default=Path("graph.svg"),
        help="what to write: .svg, .png, .pdf or .dot (default: graph.svg)",
    )  # fmt: skip
    step = command("step", _step, "go through the forward and backward pass, back and forth, in words and numbers")
    step.add_argument(
        "-o", "--output", metavar="FILE", type=Path,
        help="write a page to step through instead, such as steps.html (default: the terminal)",
    )  # fmt: skip
    paths = command("explain", _explain, "list every path behind one gradient, with its factors")
    paths.add_argument("--wrt", metavar="NAME", required=True, help="the name whose gradient is explained")
    command("check", _check, "compare gradients with measured slopes (exit code 1: off)")
    show = command("demo", _demo, "a neuron in steps and as a picture, then training on Iris", False)
    show.add_argument(
        "--into", metavar="FOLDER", type=Path, default=Path("demo-output"),
        help="where to write (default: demo-output)",
    )  # fmt: skip
    gpt = command(
        "names", _names, "train a language model made of scalars on given names, and let it make some up", False
    )
    for name, kind, default, words in (
        ("--epochs", _count, 10, "how often it reads the names"),
        ("--seed", int, 0, "for all that is random"),
        ("--temperature", _positive, 0.8, "below 1 it plays safe, above 1 it dares more"),
        ("--samples", _count, 20, "how many names it makes up"),
    ):
        gpt.add_argument(name, type=kind, metavar="NUMBER", default=default, help=f"{words} (default: {default})")
    add_commands(commands)
    return parser


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"must be a whole number from 1 on, not {text!r}")
    return int(text)


def _positive(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not 0 < number < math.inf:
        raise argparse.ArgumentTypeError(f"must be a positive number such as 0.8, not {text!r}")
    return number
