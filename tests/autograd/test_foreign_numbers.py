"""Numbers of other libraries: each is taken in as the plain number it is, or refused with the fix."""

import copy
import math
import operator
import pickle
from decimal import Decimal
from fractions import Fraction

import gmpy2
import mpmath
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
import sympy
import xarray as xr

import autograd
import nn
from autograd import Value


class Half(Fraction):
    """A Fraction of another type."""


class Float(float):
    """A float of another type."""


class Tensor:
    """An array without axes, of a library whose dtypes have no NumPy kind, as PyTorch's."""

    dtype, shape = "tensor.float32", ()

    def __init__(self, number, requires_grad=False):
        self.number, self.requires_grad = number, requires_grad

    def item(self):
        return self.number

    def __array__(self, dtype=None, copy=None):
        return np.asarray(self.number, dtype=dtype)

    def __float__(self):
        return float(self.number)

    def __rmul__(self, other):
        return NotImplemented


# What each is, as a number.
NUMBERS = {
    "bool": (True, 1),
    "subclass of float": (Float(0.5), 0.5),
    "subclass of Fraction": (Half(1, 3), Fraction(1, 3)),
    **{f"numpy.{kind.__name__}": (kind(3), 3) for kind in (np.int8, np.int16, np.int32, np.int64, np.uint8, np.uint64)},
    **{f"numpy.{kind.__name__}": (kind(0.1), float(kind(0.1))) for kind in (np.float16, np.float32, np.float64)},
    "numpy.longdouble": (np.longdouble(0.1), float(np.longdouble(0.1))),
    "numpy.bool": (np.bool_(True), 1),
    "array without axes": (np.array(2.5), 2.5),
    "whole array without axes": (np.array(3, dtype=np.int8), 3),
    "array without axes or mask": (np.ma.array(2.5), 2.5),
    "tensor without axes": (Tensor(0.25), 0.25),
    "DataArray without axes": (xr.DataArray(2.5), 2.5),
    "entry of a pandas Series": (pd.Series([0.1], dtype="float32")[0], float(np.float32(0.1))),
    "entry of a polars Series": (pl.Series([3])[0], 3),
    "sympy.Integer": (sympy.Integer(3), 3),
    "sympy.Rational": (sympy.Rational(1, 3), Fraction(1, 3)),
    "sympy.Float": (sympy.Float(0.5), 0.5),
    "mpmath.mpf": (mpmath.mpf(0.5), 0.5),
    "mpmath.pi": (mpmath.pi, math.pi),
    "gmpy2.mpz": (gmpy2.mpz(3), 3),
    "gmpy2.mpz, large": (gmpy2.mpz(10**40), 10**40),
    "gmpy2.mpq": (gmpy2.mpq(1, 3), Fraction(1, 3)),
    "gmpy2.mpfr": (gmpy2.mpfr(0.5), 0.5),
}

# What is no real number, and what the error advises.
OTHERS = {
    "Decimal": (Decimal("1.5"), r"exactly with Fraction\(...\)"),
    "text": ("1", r"convert text with float\(...\)"),
    "bytes": (b"1", "make one Value per entry|convert"),
    "None": (None, "forgets its return"),
    "complex": (1j, r"\.real or \.imag"),
    "numpy.complex64": (np.complex64(1), r"\.real or \.imag"),
    "numpy.clongdouble": (np.clongdouble(1), r"\.real or \.imag"),
    "numpy.void": (np.array((1, 2.0), dtype="i4,f8")[()], "must be one real number"),
    "numpy.datetime64": (np.datetime64("2020-01-01", "ns"), "must be one real number"),
    "numpy.timedelta64": (np.timedelta64(1, "D"), "must be one real number"),
    "numpy.str": (np.str_("1"), "convert text"),
    "text in an array without axes": (np.array("1"), "must be one real number"),
    "masked": (np.ma.masked, "must be one real number"),
    "masked array without axes": (np.ma.array(1.0, mask=True), "must be one real number"),
    "tensor with a gradient of its own": (Tensor(1.0, requires_grad=True), r"use \.item\(\)"),
    "complex tensor": (Tensor(1j), "must be one real number"),
    "pandas.NA": (pd.NA, "must be one real number"),
    "pandas.NaT": (pd.NaT, "must be one real number"),
    "pandas.Timestamp": (pd.Timestamp("2020-01-01"), "must be one real number"),
    "pandas.Timedelta": (pd.Timedelta(1, "D"), "must be one real number"),
    "pyarrow scalar": (pa.scalar(1.5), r"write \.as_py\(\)"),
    "sympy.Symbol": (sympy.Symbol("x"), r"convert it with float\(...\)"),
    "sympy.pi": (sympy.pi, r"convert it with float\(...\)"),
    "mpmath.mpc": (mpmath.mpc(1, 1), r"\.real or \.imag"),
    "gmpy2.mpc": (gmpy2.mpc(1, 1), r"\.real or \.imag"),
    "mpmath.iv": (mpmath.iv.mpf([1, 2]), r"take float\(x.a\) or float\(x.b\)"),
    "numpy.void, raw bytes": (np.void(b"ab"), "must be one real number"),
    "list": ([1.0], "make one Value per entry"),
    "object": (object(), r"convert it with float\(...\)"),
}
# Libraries that compare a Value by its float, and hear from it that this would leave the graph.
ASKING = ("sympy.Integer", "sympy.Rational", "sympy.Float")

numbers = pytest.mark.parametrize(("given", "number"), NUMBERS.values(), ids=NUMBERS)
others = pytest.mark.parametrize(("given", "advice"), OTHERS.values(), ids=OTHERS)


def is_plain(x: object, number: object) -> bool:
    whole = type(x) is not Fraction or type(x.numerator) is type(x.denominator) is int
    return x == number and type(x) in (int, float, Fraction) and whole


# ------------------------------------------------------------------ as data and gradient


@numbers
def test_as_data_and_as_gradient(given, number) -> None:
    made, p = Value(given), Value(1.0)
    p.data = p.grad = given
    for x in (made.data, p.data, p.grad):
        assert is_plain(x, number)
    for again in (copy.copy(p), copy.deepcopy(p), pickle.loads(pickle.dumps(p))):
        assert is_plain(again.data, number)
        assert is_plain(again.grad, number)
    assert repr(p) == f"Value(data={number}, grad={number})" or number == 10**40


@others
def test_what_is_no_number_is_refused_and_changes_nothing(given, advice) -> None:
    p = Value(1.0)
    p.grad = 2.0
    with pytest.raises(TypeError, match=advice):
        Value(given)
    with pytest.raises(TypeError, match=f"data must be one real number.*{advice}|{advice}"):
        p.data = given
    if given is not None:
        with pytest.raises(TypeError, match=f"grad must be one real number.*{advice}|{advice}"):
            p.grad = given
    assert (p.data, p.grad if given is not None else 2.0) == (1.0, 2.0)


def test_none_is_a_gradient_that_is_not_there_yet() -> None:
    p = Value(3.0)
    (p * p).backward()
    p.grad = None
    assert p.grad == 0
    (p * p).backward()
    assert p.grad == 6
    p.grad = None
    with pytest.warns(UserWarning, match="no gradient has reached a parameter"):
        nn.SGD([p], lr=0.1).step()
    assert p.data == 3


def test_an_array_given_to_two_parameters_stays_as_it_is() -> None:
    shared = np.array(1.0)
    p, q = Value(0.0), Value(0.0)
    p.data = q.data = shared
    p.grad, q.grad = np.float64(0.5), 0
    nn.SGD([p, q], lr=1.0).step()
    p.data -= 0.25
    assert (p.data, q.data, shared) == (0.25, 1, 1)


def test_exact_numbers_hold_pythons_own_integers() -> None:
    third = Value(Fraction(np.int64(3037000500)))
    assert (third * third).data == 3037000500**2
    assert (third**3).data == 3037000500**3
    third.data = Fraction(np.int32(7), np.int32(3))
    assert (third**40).data == Fraction(7, 3) ** 40
    assert (Value(1) * Fraction(np.int64(2**62))).data * 4 == 2**64
    assert (Value(np.int8(100)) ** 9).data == 100**9


# ------------------------------------------------------------------ in operators


ARITHMETIC = (operator.add, operator.sub, operator.mul, operator.truediv, operator.pow)
COMPARISONS = (operator.lt, operator.le, operator.gt, operator.ge)


@numbers
def test_on_either_side_of_an_operator(given, number, request) -> None:
    for of in ARITHMETIC if number != 10**40 else (operator.add, operator.mul):
        right = of(v := Value(2.0), given)
        assert isinstance(right, Value)
        assert right.parents == (v,)
        assert right.data == pytest.approx(float(of(2.0, number)), rel=1e-15)
        left = of(given, v := Value(2.0))
        left = left.item() if isinstance(left, xr.DataArray) else left
        assert left.parents == (v,)
        assert left.data == pytest.approx(float(of(number, 2.0)), rel=1e-15)
    for of in COMPARISONS:
        assert of(Value(2.0), given) == of(2.0, number)
        if request.node.callspec.id in ASKING:
            with pytest.raises(TypeError, match="would leave the graph"):
                of(given, Value(2.0))
        else:
            assert of(given, Value(2.0)) == of(number, 2.0)


@others
def test_what_is_no_number_is_no_operand(given, advice) -> None:
    for of in ARITHMETIC:
        with pytest.raises(TypeError, match=f"(?s)operand must be one real number.*{advice}|{advice}"):
            of(Value(2.0), given)
        with pytest.raises((TypeError, NotImplementedError)):  # the latter is mpmath's own, of an interval
            of(given, Value(2.0))
    for of in COMPARISONS:
        with pytest.raises(TypeError):
            of(Value(2.0), given)


class Quantity:
    """A number with a unit, which knows how to multiply what it does not know."""

    units = "metre"

    def __init__(self, magnitude):
        self.magnitude = magnitude

    def __rmul__(self, other):
        return Quantity(other * self.magnitude)

    __mul__ = __rmul__

    def __rsub__(self, other):
        raise TypeError("only what has a unit can be added to a length")

    def __lt__(self, other):
        return "less"


def test_the_other_side_may_answer() -> None:
    v = Value(2.0)
    assert (v * Quantity(3.0)).magnitude.parents == (Quantity(3.0) * v).magnitude.parents == (v,)
    assert (v > Quantity(3.0)) == "less"
    with pytest.raises(TypeError, match="it has a unit; give its number alone"):
        v - Quantity(3.0)
    with pytest.raises(TypeError, match="it has a unit"):
        v / Quantity(3.0)


@pytest.mark.parametrize("make", [pd.Series, xr.DataArray, np.array, lambda rows: pd.DataFrame({"a": rows})["a"]])
@pytest.mark.parametrize("of", ARITHMETIC)
def test_beside_a_series_it_goes_entry_by_entry_on_either_side(make, of) -> None:
    v, given = Value(2.0), [1.0, 3.0]
    for result, expected in (
        (of(v, make(given)), [of(2.0, x) for x in given]),
        (of(make(given), v), [of(x, 2.0) for x in given]),
    ):
        assert type(result) is type(make(given))
        entries = np.asarray(result).tolist()
        assert [entry.data for entry in entries] == expected
        assert all(entry.parents == (v,) for entry in entries)
    for compare in COMPARISONS:
        assert np.asarray(compare(v, make(given))).tolist() == [compare(2.0, x) for x in given]
        assert np.asarray(compare(make(given), v)).tolist() == [compare(x, 2.0) for x in given]


@pytest.mark.parametrize("make", [pl.Series, pa.array])
def test_what_cannot_hold_values_becomes_an_array_of_them(make) -> None:
    v = Value(2.0)
    assert [entry.data for entry in v * make([1.0, 3.0])] == [2, 6]
    assert [entry.data for entry in v - make([1.0, 3.0])] == [1, -1]
    assert (v > make([1.0, 3.0])).tolist() == [True, False]
    with pytest.raises(TypeError, match="make one Value per entry"):
        Value(make([1.0, 3.0]))


# ------------------------------------------------------------------ in functions and arrays


@numbers
def test_in_functions(given, number) -> None:
    if number == 10**40:
        assert autograd.log(given) == pytest.approx(40 * math.log(10))
        return
    assert float(autograd.exp(given)) == pytest.approx(math.exp(number), rel=1e-15)
    assert float(autograd.hypot(given, 1)) == pytest.approx(math.hypot(number, 1), rel=1e-15)
    assert autograd.maximum(Value(0.0), given).data == number
    assert Value(0.0).maximum(given).data == number
    assert autograd.grad(autograd.square)(given) == 2 * number
    assert autograd.jvp(autograd.square, [given], [given])[1] == 2 * number * number
    autograd.check_gradients(autograd.square, given)


@pytest.mark.parametrize(
    ("array", "error", "message"),
    [
        (np.array(["0.5"]), TypeError, "a must hold real numbers, not <U3"),
        (np.array([1j]), TypeError, "a must hold real numbers, not complex128"),
        (np.array(["2020-01-01"], dtype="M8[ns]"), TypeError, "a must hold real numbers, not datetime64"),
        (np.array([1], dtype="m8[s]"), TypeError, "a must hold real numbers, not timedelta64"),
        (np.ma.array([1.0, 2.0], mask=[False, True]), ValueError, "masked entries, which are no numbers"),
        (pd.Series(["a", "b"]), TypeError, "real number"),
        (pd.Series([pd.Timestamp("2020-01-01")]), TypeError, "real number"),
        (np.array([1.0, None], dtype=object), TypeError, "real number"),
    ],
)
def test_arrays_of_what_is_no_number(array, error, message) -> None:
    for call in (autograd.exp, lambda x: autograd.hypot(x, 1.0)):
        with pytest.raises(error, match=message):
            call(array)
    for call in (lambda x: Value(2.0) * x, lambda x: x * Value(2.0), lambda x: Value(2.0).maximum(x)):
        with pytest.raises(error):
            call(array)


@pytest.mark.parametrize(
    "array",
    [
        np.array([1, 2], dtype=np.int8), np.array([1.0, 2.0], dtype=np.float16), np.ma.array([1.0, 2.0]),
        pd.Series([1.0, 2.0]), pd.Series([1, 2], dtype="Int64"), pl.Series([1.0, 2.0]), pa.array([1.0, 2.0]),
        xr.DataArray([1.0, 2.0]), np.array([Fraction(1), Fraction(2)]), np.array([Decimal(1), 2.0])[1:] - [1, 0],
    ],
)  # fmt: skip
def test_arrays_of_numbers_in_functions(array) -> None:
    assert np.asarray(autograd.exp(array), dtype=float) == pytest.approx([math.exp(x) for x in np.asarray(array)])


# NumPy's functions of arrays of objects call a method of each; or they are made of operators.
SAME = {"absolute": "abs", "fabs": "abs", "arccos": "acos", "arccosh": "acosh", "arcsin": "asin", "arcsinh": "asinh",
        "arctan": "atan", "arctan2": "atan2", "arctanh": "atanh", "negative": "neg", "multiply": "mul", "divide": "div",
        "subtract": "sub", "power": "pow", "true_divide": "div"}  # fmt: skip
UFUNCS = sorted(
    name for name in dir(np)
    if isinstance(f := getattr(np, name), np.ufunc) and any("O" in t for t in f.types)
    and SAME.get(name, name) in autograd.registry.TABLE and name not in ("sign", "heaviside")
)  # fmt: skip


@pytest.mark.parametrize("name", UFUNCS)
def test_numpys_functions_over_arrays_of_values(name: str) -> None:
    f, row = getattr(np, name), autograd.registry.TABLE[SAME.get(name, name)]
    numbers = [1.5 if "cosh" in name and name != "cosh" else 0.5, 0.25][: row.arity]
    found, expected = ([Value(x) for x in numbers] for _ in range(2))
    (result,) = f(*(np.array([v]) for v in found))
    assert result.data == pytest.approx(float(f(*numbers)), rel=1e-15)
    result.backward()
    row(*expected).backward()
    assert [v.grad for v in found] == [v.grad for v in expected]


def test_statistics_over_arrays_of_values() -> None:
    given = [1.0, 2.0, 4.0]
    for f in (np.mean, np.var, np.std, np.sum, np.prod, np.cumsum, np.diff):
        values = [Value(x) for x in given]
        result = np.ravel(f(np.array(values))).tolist()
        assert [x.data for x in result] == pytest.approx(np.ravel(f(np.array(given))).tolist())
        result[-1].backward()
        assert values[-1].grad


# ------------------------------------------------------------------ in what learns


@numbers
def test_in_a_step_of_an_optimizer(given, number) -> None:
    if number == 10**40:
        return
    for make in (nn.SGD, nn.Adagrad, nn.RMSProp, nn.Adam, nn.AdamW):
        steps = []
        for x in (given, number):
            p = Value(x)
            p.grad = x
            optimizer = make([p], lr=x)
            nn.clip_grad_norm([p], x)
            nn.clip_grad_value([p], x)
            optimizer.step()
            optimizer.lr = x
            optimizer.step()
            state = optimizer.state_dict()
            optimizer.load_state_dict(pickle.loads(pickle.dumps(state)))
            steps.append((p.data, p.grad, type(p.data), type(p.grad), optimizer.state_dict()))
        assert steps[0] == steps[1]


@others
def test_what_is_no_number_is_no_setting(given, advice) -> None:
    p = Value(1.0)
    for call in (
        lambda: nn.SGD([p], lr=given),
        lambda: nn.SGD([p], lr=1.0, momentum=given),
        lambda: nn.Adam([p], eps=given),
        lambda: nn.clip_grad_norm([p], given),
        lambda: nn.clip_grad_value([p], given),
    ):
        with pytest.raises(TypeError, match=f"must be one real number.*{advice}|{advice}"):
            call()
    optimizer = nn.SGD([p], lr=1.0)
    p.grad = 1.0
    optimizer.lr = given
    with pytest.raises(TypeError, match="lr must be one real number"):
        optimizer.step()
    assert p.data == 1


@numbers
def test_in_a_row_of_a_program(given, number) -> None:
    x, w = Value(1.0), Value(2.0)
    program = autograd.compile(w * x, [x])
    assert program([[given], [1.0]]).tolist() == [2.0 * float(number), 2.0]
    w.data = given
    assert program([[1.0]]).tolist() == [float(number)]


@pytest.mark.parametrize("kind", [kind for kind in OTHERS if "masked" not in kind and "tensor" not in kind])
def test_what_is_no_number_is_no_entry_of_a_row(kind) -> None:
    x, w = Value(1.0), Value(2.0)
    program = autograd.compile(w * x, [x])
    with pytest.raises((TypeError, ValueError)):
        program([[OTHERS[kind][0]], [1.0]])


@pytest.mark.parametrize(
    "number", [np.longdouble("1e400"), mpmath.mpf("-1e400"), sympy.Float("1e400"), gmpy2.mpfr("1e400")]
)
def test_a_number_too_large_for_a_float_does_not_become_infinity(number):
    with pytest.raises(OverflowError, match="too large for a float"):
        Value(number)
    assert Value(np.float32("inf")).data == Value(mpmath.inf).data == math.inf


@pytest.mark.filterwarnings("ignore:Warning. converting a masked element")
def test_a_masked_entry_inside_a_list_of_rows_does_not_become_nan():
    x = Value(1.0)
    with pytest.raises(TypeError, match=r"rows\[0\]\[0\] must be one real number"):
        autograd.compile(x * 1, inputs=[x])([[np.ma.masked]])
    assert np.isnan(autograd.compile(x * 1, inputs=[x])([[math.nan]])).all()


def test_an_exact_number_in_an_array_without_axes_is_a_point_and_no_data() -> None:
    third = np.array(Fraction(1, 3), dtype=object)
    assert autograd.grad(autograd.square)(third) == Fraction(2, 3)
    assert autograd.value_and_grad(lambda x, y: x * x * y, (0, 1))(third, 3) == (Fraction(1, 3), (2, Fraction(1, 9)))
    assert autograd.hessian(autograd.square)(third) == [[2]]
