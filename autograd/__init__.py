"""A glass-box scalar autograd engine: every number, every local derivative and every gradient can be seen.

    from autograd import Value
    a, b = Value(2.0, label="a"), Value(-3.0, label="b")
    loss = (a * b + 1).tanh()
    loss.backward()
    print(a.grad, b.grad)

Every function of the table is here too, for numbers, NumPy arrays and Values: ``autograd.exp(x)``.
"""

from autograd.anomaly import detect_anomaly
from autograd.grad_mode import no_grad
from autograd.gradcheck import GradientError, check_gradients
from autograd.parser import parse
from autograd.primitives import (
    abs,
    acos,
    acosh,
    add,
    asin,
    asinh,
    atan,
    atan2,
    atanh,
    cos,
    cosh,
    div,
    elu,
    erf,
    erfc,
    exp,
    expm1,
    gelu,
    heaviside,
    hypot,
    leaky_relu,
    log,
    log1p,
    log2,
    log10,
    maximum,
    minimum,
    mul,
    neg,
    pow,
    reciprocal,
    relu,
    sigmoid,
    sign,
    silu,
    sin,
    sinh,
    softplus,
    sqrt,
    square,
    step,
    sub,
    tan,
    tanh,
    where,
)
from autograd.program.compile import compile
from autograd.registry import primitive
from autograd.tokens import ParseError
from autograd.trace.steps import Step
from autograd.transforms import grad, hessian, jacobian, jvp, value_and_grad
from autograd.value import Value

__all__ = [
    "GradientError",
    "ParseError",
    "Step",
    "Value",
    "abs",
    "acos",
    "acosh",
    "add",
    "asin",
    "asinh",
    "atan",
    "atan2",
    "atanh",
    "check_gradients",
    "compile",
    "cos",
    "cosh",
    "detect_anomaly",
    "div",
    "elu",
    "erf",
    "erfc",
    "exp",
    "expm1",
    "gelu",
    "grad",
    "heaviside",
    "hessian",
    "hypot",
    "jacobian",
    "jvp",
    "leaky_relu",
    "log",
    "log1p",
    "log2",
    "log10",
    "maximum",
    "minimum",
    "mul",
    "neg",
    "no_grad",
    "parse",
    "pow",
    "primitive",
    "reciprocal",
    "relu",
    "sigmoid",
    "sign",
    "silu",
    "sin",
    "sinh",
    "softplus",
    "sqrt",
    "square",
    "step",
    "sub",
    "tan",
    "tanh",
    "value_and_grad",
    "where",
]
