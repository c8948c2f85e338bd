"""What may import what: down only, in no circle, and nothing heavy until it is needed."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("autograd", "nn", "visualize")


def imports(path: Path) -> set[str]:
    """The modules that a file imports, anywhere in it: "autograd.graph" for ``from autograd import graph`` as well."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: write the whole name of the module"
            submodules = {alias.name for alias in node.names if (ROOT / node.module / f"{alias.name}.py").exists()}
            found |= {f"{node.module}.{name}" for name in submodules}
            if len(submodules) < len(node.names):
                found.add(node.module)
    return found


def modules(package: str) -> dict[str, Path]:
    return {f"{package}.{path.stem}": path for path in sorted((ROOT / package).glob("*.py")) if path.stem != "__init__"}


@pytest.mark.parametrize(("package", "above"), [("autograd", {"nn", "visualize"}), ("nn", {"visualize"})])
def test_imports_point_down(package: str, above: set[str]) -> None:
    for path in (ROOT / package).rglob("*.py"):
        assert not {name.split(".")[0] for name in imports(path)} & above, path


@pytest.mark.parametrize("package", PACKAGES)
def test_no_circle(package: str) -> None:
    """Take away, again and again, the modules that import none of those that are left."""
    left = {name: imports(path) - {name} for name, path in modules(package).items()}
    while free := {name for name, needs in left.items() if not needs & left.keys()}:
        left = {name: needs for name, needs in left.items() if name not in free}
    assert not left, f"a circle among {sorted(left)}"


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
