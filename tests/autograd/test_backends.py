"""The two backends of a program against each other: every row of the table, inside its domain and at the ends."""

import io
import itertools
import math
import subprocess
import sys
from importlib.util import find_spec

import numpy as np
import pytest

import autograd
from autograd import Value
from autograd.graph import ancestors
from autograd.program import generate_kernel
from autograd.program.fusing import fuse
from autograd.program.tape import FUSED, Frozen, freeze
from autograd.registry import TABLE, Primitive

needs_numba = pytest.mark.skipif(find_spec("numba") is None, reason="the extra 'fast' is not installed")
ROWS = pytest.mark.parametrize("row", [row for row in TABLE.values() if not row.custom], ids=lambda row: row.name)

# Both ends of every domain, both sides of every kink, the overflow of exp, and what is no number.
NUMBERS = [
    -math.inf, -800.0, -30.0, -1.5, -1.0, -0.5, -1e-12, -1e-300, -0.0,
    0.0, 1e-300, 1e-12, 0.3, 1.0, 1.5, 2.0, 30.0, 800.0, 1e300, math.inf, math.nan,
]  # fmt: skip


def in_ulps(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """The distance in units of the last place; 0 between two infinities of one sign, and between two NaN."""
    with np.errstate(all="ignore"):
        distance = np.abs(a - b) / np.spacing(np.maximum(np.abs(a), np.abs(b)))
    distance[(a == b) | (np.isnan(a) & np.isnan(b))] = 0
    return np.nan_to_num(distance, nan=math.inf)


@needs_numba
@ROWS
def test_backends_agree_on_every_row_to_the_last_few_ulp(row: Primitive) -> None:
    inputs = [Value(0.5 if row.name == "atanh" else 1.0) for _ in row.partials]
    output = row(*inputs)
    by_numpy, by_numba = (autograd.compile(output, inputs, backend) for backend in ("numpy", "numba"))
    rows = np.array(list(itertools.product(NUMBERS, repeat=row.arity)))
    # a row alone runs in the loops for one number a slot, several rows in those for lanes
    assert in_ulps(by_numpy(rows), by_numba(rows)).max() <= 4
    assert in_ulps(by_numpy(rows), np.array([by_numba([row])[0] for row in rows])).max() <= 4
    # 1 - y * y loses digits of y where y is close to 1, so a few more here
    slopes = by_numpy.gradient(rows)
    assert in_ulps(slopes, by_numba.gradient(rows)).max() <= 16
    assert in_ulps(slopes, np.array([by_numba.gradient([row])[0] for row in rows])).max() <= 16


@needs_numba
@pytest.mark.parametrize("row", [row for row in TABLE.values() if row.arity == 2], ids=lambda row: row.name)
@pytest.mark.parametrize("leaf_first", [True, False])
def test_backends_agree_when_one_operand_is_one_number_for_all_rows(row: Primitive, leaf_first: bool) -> None:
    x, leaf = Value(1.5), Value(0.75)
    output = row(leaf, x) if leaf_first else row(x, leaf)
    rows = np.array(NUMBERS)[:, None]
    for values in (0.75, -2.0, 0.0):
        leaf.data = values
        sums = []
        for backend in ("numpy", "numba"):
            program = autograd.compile(output, [x], backend)
            leaf.grad = 0
            program.backward(rows[[4, 5, 12, 13, 14]])
            sums.append(np.array([*program(rows), *program.gradient(rows)[:, 0]]))
            sums.append(np.array([leaf.grad], dtype=float))
        assert in_ulps(sums[0], sums[2]).max() <= 16
        assert np.allclose(sums[1], sums[3], rtol=1e-13, atol=1e-15, equal_nan=True)


@needs_numba
@ROWS
def test_backends_agree_on_infinite_adjoints(row: Primitive) -> None:
    inputs, scale = [Value(0.5 if row.name == "atanh" else 1.0) for _ in row.partials], Value(1.0)
    output = row(*inputs) * scale
    by_numpy, by_numba = (autograd.compile(output, [*inputs, scale], backend) for backend in ("numpy", "numba"))
    rows = np.array([[*x, math.inf] for x in itertools.product([-1.5, 0.0, 0.25, 1.0, 2.0], repeat=row.arity)])
    slopes = by_numpy.gradient(rows)
    assert in_ulps(slopes, by_numba.gradient(rows)).max() <= 16
    assert in_ulps(slopes, np.array([by_numba.gradient([row])[0] for row in rows])).max() <= 16


def test_an_infinite_adjoint_goes_on_through_a_finite_derivative() -> None:
    x = Value(1.0)
    for backend in ("numpy", "numba") if find_spec("numba") else ("numpy",):
        program = autograd.compile(x.sin().sqrt(), [x], backend)
        assert program.gradient([[0.0]]).tolist() == [[math.inf]]
        assert program.gradient([[0.0], [0.0]]).tolist() == [[math.inf]] * 2


def frozen_graph(output: Value, *inputs: Value) -> Frozen:
    return freeze(ancestors(output), [output], inputs)


def test_a_product_that_is_used_once_by_a_sum_is_done_with_it() -> None:
    a, b, c = Value(2.0), Value(3.0), Value(5.0)
    twice = a * c
    frozen = frozen_graph((a * b + c) + (c + b * b) + (twice + twice) + (twice - a * a), b)
    fused = fuse(frozen)
    # a * b + c and c + b * b; not twice + twice, nor a - of which the product is a part
    assert sorted([*fused.once.code, *fused.each.code]).count(FUSED) == 2
    assert frozen.slots - fused.slots == 2
    assert fused.lane - frozen.lane == 0


def test_products_of_the_leaves_are_joined_before_the_inputs_too() -> None:
    a, x = Value(2.0), Value(3.0)
    frozen = frozen_graph((a * a + a) * x, x)
    fused = fuse(frozen)
    assert fused.lane == frozen.lane - 1
    assert fused.once.code.tolist() == [FUSED]
    assert fused.each.first == frozen.each.first - 1
    assert fused.outputs == frozen.outputs - 1


def test_the_kernel_belongs_to_the_table() -> None:
    written = generate_kernel.TARGET.read_text(encoding="utf-8")
    assert written == generate_kernel.source(), "the table has changed: run python -m autograd.symbolic.generate"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@needs_numba
@pytest.mark.parametrize(("stream", "lines"), [(Terminal(), 1), (io.StringIO(), 0)])
def test_somebody_at_a_terminal_is_told_once_that_it_compiles(monkeypatch, stream, lines) -> None:
    from numba import njit
    from numba.core.event import install_listener

    from autograd.program.numba_backend import Notice

    monkeypatch.setattr(sys, "stderr", stream)
    with install_listener("numba:compile", Notice()):
        assert not stream.getvalue()
        njit("float64(float64)")(lambda x: x + 1.0)
        njit("float64(float64)")(lambda x: x + 2.0)
    assert stream.getvalue().count("Numba prepares machine code, once on this machine") == lines


WITHOUT_A_FOLDER = """
import warnings
from numba.core import caching
caching.CacheImpl._locator_classes = []  # as where neither the package's folder nor the home can be written to
import autograd, nn
w, x = autograd.Value(3.0), autograd.Value(0.0)
with warnings.catch_warnings(record=True) as seen:
    warnings.simplefilter("default")
    program = autograd.compile(w * x, [x])
    again = autograd.compile(w * x, [x])
print(program.backend, program([[2.0], [5.0]]).tolist(), len(seen), seen[0].message)
try:
    autograd.compile(w * x, [x], backend="numba")
except ModuleNotFoundError as error:
    print(error)
warnings.simplefilter("ignore")
neuron = nn.Neuron(1, seed=0)
print(nn.fit(neuron, [[1.0]] * 4, [2.0] * 4, nn.mse_loss, nn.SGD(neuron.parameters(), lr=0.1), epochs=2).through)
"""


@needs_numba
def test_where_numba_can_keep_nothing_programs_run_on_numpy_and_say_so():
    done = subprocess.run([sys.executable, "-c", WITHOUT_A_FOLDER], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    first, second, third = done.stdout.splitlines()
    assert first.startswith("numpy [6.0, 15.0] 1 programs run on NumPy, which is slower, for Numba needs a folder in")
    assert "set the environment variable NUMBA_CACHE_DIR to one that can be written to (cannot cache function" in first
    assert second.startswith("backend='numba' needs a folder in which it can keep its machine code")
    assert third == "a recorded program, on numpy"
