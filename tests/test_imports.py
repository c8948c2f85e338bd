"""What may import what: down only, in no circle, and nothing heavy until it is needed."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("autograd", "nn", "visualize")


def imports(path: Path, root: Path = ROOT) -> set[str]:
    """The modules that a file imports, anywhere in it: "autograd.graph" for ``from autograd import graph`` as well."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: write the whole name of the module"
            folder = root / node.module.replace(".", "/")
            submodules = {alias.name for alias in node.names if (folder / f"{alias.name}.py").exists()}
            found |= {f"{node.module}.{name}" for name in submodules}
            if len(submodules) < len(node.names):
                found.add(node.module)
    return found


def modules(package: str, root: Path = ROOT) -> dict[str, Path]:
    """Every module of a package and of its sub-packages, by its whole name; a sub-package goes by its own."""
    return {
        ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__"): path
        for path in sorted((root / package).rglob("*.py"))
        if path != root / package / "__init__.py"
    }


def circle(package: str, root: Path = ROOT) -> list[str]:
    """What is left when the modules that import none of those left are taken away, again and again."""
    left = {name: imports(path, root) - {name} for name, path in modules(package, root).items()}
    while free := {name for name, needs in left.items() if not needs & left.keys()}:
        left = {name: needs for name, needs in left.items() if name not in free}
    return sorted(left)


def upward(package: str, above: set[str], root: Path = ROOT) -> list[str]:
    """The modules of a package that import from a package above it."""
    found = modules(package, root).items()
    return [name for name, path in found if {other.split(".")[0] for other in imports(path, root)} & above]


@pytest.mark.parametrize(("package", "above"), [("autograd", {"nn", "visualize"}), ("nn", {"visualize"})])
def test_imports_point_down(package: str, above: set[str]) -> None:
    assert not upward(package, above)


@pytest.mark.parametrize("package", PACKAGES)
def test_no_circle(package: str) -> None:
    assert not circle(package)


def test_a_circle_and_an_import_that_points_up_are_found_in_sub_packages(tmp_path: Path) -> None:
    """Both are planted two folders deep."""
    room = tmp_path / "nn" / "room"
    room.mkdir(parents=True)
    for path in (tmp_path / "nn" / "__init__.py", room / "__init__.py"):
        path.write_text("")
    (room / "a.py").write_text("from nn.room import b\n")
    (room / "b.py").write_text("from nn.room.a import something\n")
    (room / "c.py").write_text("def late():\n    import visualize.graph\n")
    assert circle("nn", tmp_path) == ["nn.room.a", "nn.room.b"]
    assert upward("nn", {"visualize"}, tmp_path) == ["nn.room.c"]


def test_the_table_is_pure_mathematics() -> None:
    """How a row is written down stands beside the table: the table knows nothing of it."""
    table = {"autograd.primitives", "autograd.registry"}
    reached = set(table)
    while (
        more := {other for name in reached for other in imports(modules("autograd")[name])}
        & modules("autograd").keys() - reached
    ):
        reached |= more
    assert reached == {*table, "autograd.coercion", "autograd.exact", "autograd.interval"}


CORE = ("nn.modules", "nn.losses", "nn.metrics", "nn.optim")


def test_the_core_of_nn_imports_none_of_its_neighbours() -> None:
    neighbours = ("nn.training", "nn.data", "nn.diagnostics", "nn.tracking", "nn.tabular", "nn.examples")
    for name, path in modules("nn").items():
        if name.startswith(CORE):
            assert not [other for other in imports(path) if other.startswith(neighbours)], name


@pytest.mark.parametrize("package", PACKAGES)
def test_modules_do_not_import_their_own_package(package: str) -> None:
    """Through the door of the package a circle would come in unseen."""
    for name, path in modules(package).items():
        assert package not in imports(path), name


def test_importing_autograd_loads_nothing_heavy() -> None:
    heavy = ["numpy", "graphviz", "numba", "scipy", "sklearn", "nn", "visualize"]
    script = f"import sys, autograd; print([name for name in {heavy} if name in sys.modules])"
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    assert run.stdout == "[]\n"


def test_using_values_loads_nothing_heavy() -> None:
    script = """
import sys
from fractions import Fraction
from autograd import Value, check_gradients, hessian, parse
x = Value(Fraction(1, 3))
(x * x + 1).backward()
parse("tanh(w*x)", w=1, x=2).steps()
hessian(lambda x, y: x / y)(1.0, 2.0)
check_gradients(lambda x: x.exp(), 1.0)
print("numpy" in sys.modules)
"""
    run = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    assert run.stdout == "False\n"
