"""Every row of the table as machine code: loops that replay a frozen graph forward and backward.

Generated from autograd/primitives.py by ``make generate``: change the table, not this file. It is a file, and not made
in memory, because Numba keeps on disk only what it compiles from files.

A frozen graph is a list of operations: ``codes`` says which row, ``slots_a``, ``slots_b`` and ``slots_c`` where its
operands are. The value of operation i goes into slot ``start + i``. Each loop does those between the first and the last
border; sums stand between the second and the third, the fourth and the fifth, and so on: apart from all others, because
a choice of more than four operations would become a table of jumps. ``forward`` and ``backward`` work on one number a
slot. ``lanes_forward`` and ``lanes_backward`` work on as many as rows are replayed together: there the slots from
``lane`` on hold a number a row, and those below it one number for all. Every loop runs over a part of the arrays from 0
on: an index that may begin anywhere would be checked for being negative, which makes a loop half again as long.
"""

import math

from numba import njit

CODES = {
    "add": 0,
    "sub": 1,
    "mul": 2,
    "div": 3,
    "neg": 4,
    "pow": 5,
    "sqrt": 6,
    "exp": 7,
    "expm1": 8,
    "log": 9,
    "log1p": 10,
    "log2": 11,
    "log10": 12,
    "square": 13,
    "reciprocal": 14,
    "sin": 15,
    "cos": 16,
    "tan": 17,
    "asin": 18,
    "acos": 19,
    "atan": 20,
    "sinh": 21,
    "cosh": 22,
    "tanh": 23,
    "asinh": 24,
    "acosh": 25,
    "atanh": 26,
    "atan2": 27,
    "hypot": 28,
    "_sech_squared": 29,
    "_circle": 30,
    "_cosine": 31,
    "erf": 32,
    "erfc": 33,
    "_bell": 34,
    "sigmoid": 35,
    "_logistic": 36,
    "softplus": 37,
    "relu": 38,
    "leaky_relu": 39,
    "elu": 40,
    "gelu": 41,
    "silu": 42,
    "abs": 43,
    "maximum": 44,
    "minimum": 45,
    "step": 46,
    "sign": 47,
    "heaviside": 48,
    "_when": 49,
    "_unless": 50,
    "_weigh": 51,
    "_base": 52,
    "_finite_log": 53,
}
FUSED = 54  # a * b + c: a product that is used once, by an addition
SUM = 55  # of the products first_of[t] * second_of[t]; of_c is its number, and ``terms`` says where each begins

OPERATIONS = "int64[::1], int64, " + ", ".join(["uint8[::1]", *["uint32[::1]"] * 6])


@njit(error_model="numpy")
def power(a, b):
    return a**b


@njit(error_model="numpy")
def value(code, a, b):
    if code == 0:
        return a + b
    if code == 1:
        return a - b
    if code == 2:
        return a * b
    if code == 3:
        return a / b
    if code == 4:
        return -a
    if code == 5:
        return power(a, b)
    if code == 6:
        return math.sqrt(a)
    if code == 7:
        return math.exp(a)
    if code == 8:
        return math.expm1(a)
    if code == 9:
        return math.log(a)
    if code == 10:
        return math.log1p(a)
    if code == 11:
        return math.log2(a)
    if code == 12:
        return math.log10(a)
    if code == 13:
        return (a * a)
    if code == 14:
        return 1 / a
    if code == 15:
        return math.sin(a)
    if code == 16:
        return math.cos(a)
    if code == 17:
        return math.tan(a)
    if code == 18:
        return math.asin(a)
    if code == 19:
        return math.acos(a)
    if code == 20:
        return math.atan(a)
    if code == 21:
        return math.sinh(a)
    if code == 22:
        return math.cosh(a)
    if code == 23:
        return math.tanh(a)
    if code == 24:
        return math.asinh(a)
    if code == 25:
        return math.acosh(a)
    if code == 26:
        return math.atanh(a)
    if code == 27:
        return math.atan2(a, b)
    if code == 28:
        return math.hypot(a, b)
    if code == 29:
        return 4.0 * (math.exp(-abs(2.0 * a)) / ((1.0 + math.exp(-abs(2.0 * a))) * (1.0 + math.exp(-abs(2.0 * a)))))
    if code == 30:
        return math.sqrt((1.0 - a) * (1.0 + a))
    if code == 31:
        return a / math.hypot(a, b)
    if code == 32:
        return math.erf(a)
    if code == 33:
        return math.erfc(a)
    if code == 34:
        return math.exp(-a * a)
    if code == 35:
        return math.exp((a if a <= 0.0 or a != a else 0.0)) / (1.0 + math.exp(-abs(a)))
    if code == 36:
        return math.exp(-abs(a)) / ((1.0 + math.exp(-abs(a))) * (1.0 + math.exp(-abs(a))))
    if code == 37:
        return (a if a >= 0.0 or a != a else 0.0) + math.log1p(math.exp(-abs(a)))
    if code == 38:
        return (a if a >= 0.0 or a != a else 0.0)
    if code == 39:
        return (a if a >= 0.0 or a != a else 0.0) + b * (a if a <= 0.0 or a != a else 0.0)
    if code == 40:
        return (a if a >= 0.0 or a != a else 0.0) + b * math.expm1((a if a <= 0.0 or a != a else 0.0))
    if code == 41:
        return a * (math.erfc(-a / 1.4142135623730951) / 2.0)
    if code == 42:
        return a * (math.exp((a if a <= 0.0 or a != a else 0.0)) / (1.0 + math.exp(-abs(a))))
    if code == 43:
        return abs(a)
    if code == 44:
        return (a if a >= b or a != a else b)
    if code == 45:
        return (a if a <= b or a != a else b)
    if code == 46:
        return (a > 0.0) * 1.0
    if code == 47:
        return (a > 0.0) * 1.0 - (a < 0.0) * 1.0
    if code == 48:
        return ((a > 0.0) * 1.0 + (a >= 0.0) * 1.0) / 2.0
    if code == 49:
        return (b if a > 0.0 else 0.0)
    if code == 50:
        return (0.0 if a > 0.0 else b)
    if code == 51:
        return (0.0 if a == 0.0 else a * b)
    if code == 52:
        return a + (a * a == 0.0) * (b == 0.0)
    if code == 53:
        return math.log(a + (a == 0.0) * 1.0)
    return math.nan


@njit(error_model="numpy")
def share_a(code, g, y, a, b):
    if code == 0:
        return g * 1.0
    if code == 1:
        return g * 1.0
    if code == 2:
        return g * b
    if code == 3:
        return g * (1.0 / b)
    if code == 4:
        return g * -1.0
    if code == 5:
        return g * (b * power(a + (a * a == 0.0) * (b == 0.0), b - 1.0))
    if code == 6:
        return g * (1.0 / (2.0 * y))
    if code == 7:
        return g * y
    if code == 8:
        return g * math.exp(a)
    if code == 9:
        return g * (1.0 / a)
    if code == 10:
        return g * (1.0 / (1.0 + a))
    if code == 11:
        return g * (1.0 / a / 0.6931471805599453)
    if code == 12:
        return g * (1.0 / a / 2.302585092994046)
    if code == 13:
        return g * (2.0 * a)
    if code == 14:
        return g * (-y * y)
    if code == 15:
        return g * math.cos(a)
    if code == 16:
        return g * -math.sin(a)
    if code == 17:
        return g * (1.0 + y * y)
    if code == 18:
        return g * (1.0 / math.sqrt((1.0 - a) * (1.0 + a)))
    if code == 19:
        return g * (-1.0 / math.sqrt((1.0 - a) * (1.0 + a)))
    if code == 20:
        return g * ((1.0 / math.hypot(1.0, a)) * (1.0 / math.hypot(1.0, a)))
    if code == 21:
        return g * math.cosh(a)
    if code == 22:
        return g * math.sinh(a)
    if code == 23:
        return g * (4.0 * (math.exp(-abs(2.0 * a)) / ((1.0 + math.exp(-abs(2.0 * a))) * (1.0 + math.exp(-abs(2.0 * a))))))
    if code == 24:
        return g * (1.0 / math.hypot(1.0, a))
    if code == 25:
        return g * (1.0 / (math.sqrt(a - 1.0) * math.sqrt(a + 1.0)))
    if code == 26:
        return g * ((1.0 / math.sqrt((1.0 - a) * (1.0 + a))) * (1.0 / math.sqrt((1.0 - a) * (1.0 + a))))
    if code == 27:
        return g * (b / math.hypot(b, a) / math.hypot(a, b))
    if code == 28:
        return g * (a / math.hypot(a, b))
    if code == 29:
        return g * (-2.0 * y * math.tanh(a))
    if code == 30:
        return g * (-a / y)
    if code == 31:
        return g * (((b / math.hypot(b, a)) * (b / math.hypot(b, a))) / math.hypot(a, b))
    if code == 32:
        return g * (2.0 * math.exp(-a * a) / 1.7724538509055159)
    if code == 33:
        return g * (-2.0 * math.exp(-a * a) / 1.7724538509055159)
    if code == 34:
        return g * (-2.0 * a * y)
    if code == 35:
        return g * (math.exp(-abs(a)) / ((1.0 + math.exp(-abs(a))) * (1.0 + math.exp(-abs(a)))))
    if code == 36:
        return g * (-y * math.tanh(a / 2.0))
    if code == 37:
        return g * (math.exp((a if a <= 0.0 or a != a else 0.0)) / (1.0 + math.exp(-abs(a))))
    if code == 38:
        return g * ((a > 0.0) * 1.0)
    if code == 39:
        return g * (((1.0 if a > 0.0 else 0.0)) + ((0.0 if a > 0.0 else b)))
    if code == 40:
        return g * (((1.0 if a > 0.0 else 0.0)) + ((0.0 if a > 0.0 else b * math.exp((a if a <= 0.0 or a != a else 0.0)))))
    if code == 41:
        return g * (math.erfc(-a / 1.4142135623730951) / 2.0 + a * math.exp(-(a / 1.4142135623730951) * (a / 1.4142135623730951)) / 2.5066282746310002)
    if code == 42:
        return g * (math.exp((a if a <= 0.0 or a != a else 0.0)) / (1.0 + math.exp(-abs(a))) * (1.0 + a * (math.exp(((-a) if (-a) <= 0.0 or (-a) != (-a) else 0.0)) / (1.0 + math.exp(-abs(-a))))))
    if code == 43:
        return g * ((a > 0.0) * 1.0 - (a < 0.0) * 1.0)
    if code == 44:
        return g * (((a - b > 0.0) * 1.0 + (a - b >= 0.0) * 1.0) / 2.0)
    if code == 45:
        return g * (((b - a > 0.0) * 1.0 + (b - a >= 0.0) * 1.0) / 2.0)
    if code == 51:
        return g * b
    if code == 52:
        return g * 1.0
    if code == 53:
        return g * (1.0 / a)
    return 0.0


@njit(error_model="numpy")
def share_b(code, g, y, a, b):
    if code == 0:
        return g * 1.0
    if code == 1:
        return g * -1.0
    if code == 2:
        return g * a
    if code == 3:
        return g * (-y / b)
    if code == 5:
        return g * (y * math.log(a + (a == 0.0) * 1.0))
    if code == 27:
        return g * (-(a / math.hypot(a, b)) / math.hypot(a, b))
    if code == 28:
        return g * (b / math.hypot(b, a))
    if code == 31:
        return g * (-y * (b / math.hypot(b, a)) / math.hypot(a, b))
    if code == 39:
        return g * (a if a <= 0.0 or a != a else 0.0)
    if code == 40:
        return g * math.expm1((a if a <= 0.0 or a != a else 0.0))
    if code == 44:
        return g * (((b - a > 0.0) * 1.0 + (b - a >= 0.0) * 1.0) / 2.0)
    if code == 45:
        return g * (((a - b > 0.0) * 1.0 + (a - b >= 0.0) * 1.0) / 2.0)
    if code == 49:
        return g * ((a > 0.0) * 1.0)
    if code == 50:
        return g * (1.0 - (a > 0.0) * 1.0)
    if code == 51:
        return g * a
    return 0.0


@njit(f"void({OPERATIONS}, float64[::1])", cache=True, error_model="numpy", nogil=True)
def forward(borders, start, codes, slots_a, slots_b, slots_c, terms, first_of, second_of, values):
    for border in range(borders.size - 1):
        lo, hi = borders[border], borders[border + 1]
        first = start + lo
        code, of_a, of_b, of_c = codes[lo:hi], slots_a[lo:hi], slots_b[lo:hi], slots_c[lo:hi]
        if border % 2:
            for i in range(code.size):
                total = 0.0
                for t in range(terms[of_c[i]], terms[of_c[i] + 1]):
                    total += values[first_of[t]] * values[second_of[t]]
                values[first + i] = total
            continue
        for i in range(code.size):
            k = code[i]
            a = values[of_a[i]]
            b = values[of_b[i]]
            if k == 54:  # a * b + c
                c = values[of_c[i]]
                values[first + i] = a * b + c
            elif k == 2:  # a * b
                values[first + i] = a * b
            elif k == 0:  # a + b
                values[first + i] = a + b
            elif k == 1:  # a - b
                values[first + i] = a - b
            else:
                values[first + i] = value(k, a, b)


@njit(f"void({OPERATIONS}, float64[::1], float64[::1])", cache=True, error_model="numpy", nogil=True)
def backward(borders, start, codes, slots_a, slots_b, slots_c, terms, first_of, second_of, values, adjoints):
    for border in range(borders.size - 2, -1, -1):
        lo, hi = borders[border], borders[border + 1]
        first = start + lo
        code, of_a, of_b, of_c = codes[lo:hi], slots_a[lo:hi], slots_b[lo:hi], slots_c[lo:hi]
        if border % 2:
            for i in range(code.size - 1, -1, -1):
                g = adjoints[first + i]
                for t in range(terms[of_c[i]], terms[of_c[i] + 1]):
                    adjoints[first_of[t]] += g * values[second_of[t]]
                    adjoints[second_of[t]] += g * values[first_of[t]]
            continue
        for i in range(code.size - 1, -1, -1):
            g = adjoints[first + i]
            k = code[i]
            a = values[of_a[i]]
            b = values[of_b[i]]
            if k == 54:  # a * b + c
                adjoints[of_a[i]] += g * (1.0 * b)
                adjoints[of_b[i]] += g * (1.0 * a)
                adjoints[of_c[i]] += g * 1.0
            elif k == 2:  # a * b
                adjoints[of_a[i]] += g * b
                adjoints[of_b[i]] += g * a
            elif k == 0:  # a + b
                adjoints[of_a[i]] += g * 1.0
                adjoints[of_b[i]] += g * 1.0
            elif k == 1:  # a - b
                adjoints[of_a[i]] += g * 1.0
                adjoints[of_b[i]] += g * -1.0
            else:
                adjoints[of_a[i]] += share_a(k, g, values[first + i], a, b)
                adjoints[of_b[i]] += share_b(k, g, values[first + i], a, b)


@njit(f"void({OPERATIONS}, int64, float64[::1], float64[:, ::1])", cache=True, error_model="numpy", nogil=True)
def lanes_forward(borders, start, codes, slots_a, slots_b, slots_c, terms, first_of, second_of, lane, scalars, lanes):
    width = lanes.shape[1]
    lo, hi = borders[0], borders[-1]
    first = start + lo
    code, of_a, of_b, of_c = codes[lo:hi], slots_a[lo:hi], slots_b[lo:hi], slots_c[lo:hi]
    for i in range(code.size):
        k = code[i]
        v = first - lane + i
        if k == SUM:
            for j in range(width):
                lanes[v, j] = 0.0
            for t in range(terms[of_c[i]], terms[of_c[i] + 1]):
                a = first_of[t]
                b = second_of[t]
                if a < lane and b < lane:
                    w = scalars[a] * scalars[b]
                    for j in range(width):
                        lanes[v, j] += w
                elif a >= lane and b >= lane:
                    for j in range(width):
                        lanes[v, j] += lanes[a - lane, j] * lanes[b - lane, j]
                else:
                    w = scalars[min(a, b)]
                    x = max(a, b) - lane
                    for j in range(width):
                        lanes[v, j] += w * lanes[x, j]
            continue
        if k == 54:  # a * b + c
            if of_a[i] >= lane and of_b[i] >= lane and of_c[i] >= lane:
                at_a = of_a[i] - lane
                at_b = of_b[i] - lane
                at_c = of_c[i] - lane
                for j in range(width):
                    a = lanes[at_a, j]
                    b = lanes[at_b, j]
                    c = lanes[at_c, j]
                    lanes[v, j] = a * b + c
            elif of_a[i] >= lane and of_b[i] >= lane and of_c[i] < lane:
                at_a = of_a[i] - lane
                at_b = of_b[i] - lane
                c = scalars[of_c[i]]
                for j in range(width):
                    a = lanes[at_a, j]
                    b = lanes[at_b, j]
                    lanes[v, j] = a * b + c
            elif of_a[i] >= lane and of_b[i] < lane and of_c[i] >= lane:
                at_a = of_a[i] - lane
                b = scalars[of_b[i]]
                at_c = of_c[i] - lane
                for j in range(width):
                    a = lanes[at_a, j]
                    c = lanes[at_c, j]
                    lanes[v, j] = a * b + c
            elif of_a[i] >= lane and of_b[i] < lane and of_c[i] < lane:
                at_a = of_a[i] - lane
                b = scalars[of_b[i]]
                c = scalars[of_c[i]]
                for j in range(width):
                    a = lanes[at_a, j]
                    lanes[v, j] = a * b + c
            elif of_a[i] < lane and of_b[i] >= lane and of_c[i] >= lane:
                a = scalars[of_a[i]]
                at_b = of_b[i] - lane
                at_c = of_c[i] - lane
                for j in range(width):
                    b = lanes[at_b, j]
                    c = lanes[at_c, j]
                    lanes[v, j] = a * b + c
            elif of_a[i] < lane and of_b[i] >= lane and of_c[i] < lane:
                a = scalars[of_a[i]]
                at_b = of_b[i] - lane
                c = scalars[of_c[i]]
                for j in range(width):
                    b = lanes[at_b, j]
                    lanes[v, j] = a * b + c
            elif of_a[i] < lane and of_b[i] < lane and of_c[i] >= lane:
                a = scalars[of_a[i]]
                b = scalars[of_b[i]]
                at_c = of_c[i] - lane
                for j in range(width):
                    c = lanes[at_c, j]
                    lanes[v, j] = a * b + c
        elif k == 2:  # a * b
            if of_a[i] >= lane and of_b[i] >= lane:
                at_a = of_a[i] - lane
                at_b = of_b[i] - lane
                for j in range(width):
                    a = lanes[at_a, j]
                    b = lanes[at_b, j]
                    lanes[v, j] = a * b
            elif of_a[i] >= lane and of_b[i] < lane:
                at_a = of_a[i] - lane
                b = scalars[of_b[i]]
                for j in range(width):
                    a = lanes[at_a, j]
                    lanes[v, j] = a * b
            elif of_a[i] < lane and of_b[i] >= lane:
                a = scalars[of_a[i]]
                at_b = of_b[i] - lane
                for j in range(width):
                    b = lanes[at_b, j]
                    lanes[v, j] = a * b
        elif k == 0:  # a + b
            if of_a[i] >= lane and of_b[i] >= lane:
                at_a = of_a[i] - lane
                at_b = of_b[i] - lane
                for j in range(width):
                    a = lanes[at_a, j]
                    b = lanes[at_b, j]
                    lanes[v, j] = a + b
            elif of_a[i] >= lane and of_b[i] < lane:
                at_a = of_a[i] - lane
                b = scalars[of_b[i]]
                for j in range(width):
                    a = lanes[at_a, j]
                    lanes[v, j] = a + b
            elif of_a[i] < lane and of_b[i] >= lane:
                a = scalars[of_a[i]]
                at_b = of_b[i] - lane
                for j in range(width):
                    b = lanes[at_b, j]
                    lanes[v, j] = a + b
        elif k == 1:  # a - b
            if of_a[i] >= lane and of_b[i] >= lane:
                at_a = of_a[i] - lane
                at_b = of_b[i] - lane
                for j in range(width):
                    a = lanes[at_a, j]
                    b = lanes[at_b, j]
                    lanes[v, j] = a - b
            elif of_a[i] >= lane and of_b[i] < lane:
                at_a = of_a[i] - lane
                b = scalars[of_b[i]]
                for j in range(width):
                    a = lanes[at_a, j]
                    lanes[v, j] = a - b
            elif of_a[i] < lane and of_b[i] >= lane:
                a = scalars[of_a[i]]
                at_b = of_b[i] - lane
                for j in range(width):
                    b = lanes[at_b, j]
                    lanes[v, j] = a - b
        elif k == 4:  # -a
            if of_a[i] >= lane:
                at_a = of_a[i] - lane
                for j in range(width):
                    a = lanes[at_a, j]
                    lanes[v, j] = -a
        elif k == 13:  # (a * a)
            if of_a[i] >= lane:
                at_a = of_a[i] - lane
                for j in range(width):
                    a = lanes[at_a, j]
                    lanes[v, j] = (a * a)
        elif k == 14:  # 1 / a
            if of_a[i] >= lane:
                at_a = of_a[i] - lane
                for j in range(width):
                    a = lanes[at_a, j]
                    lanes[v, j] = 1 / a
        elif k == 38:  # (a if a >= 0.0 or a != a else 0.0)
            if of_a[i] >= lane:
                at_a = of_a[i] - lane
                for j in range(width):
                    a = lanes[at_a, j]
                    lanes[v, j] = (a if a >= 0.0 or a != a else 0.0)
        elif k == 43:  # abs(a)
            if of_a[i] >= lane:
                at_a = of_a[i] - lane
                for j in range(width):
                    a = lanes[at_a, j]
                    lanes[v, j] = abs(a)
        elif k == 46:  # (a > 0.0) * 1.0
            if of_a[i] >= lane:
                at_a = of_a[i] - lane
                for j in range(width):
                    a = lanes[at_a, j]
                    lanes[v, j] = (a > 0.0) * 1.0
        elif k == 47:  # (a > 0.0) * 1.0 - (a < 0.0) * 1.0
            if of_a[i] >= lane:
                at_a = of_a[i] - lane
                for j in range(width):
                    a = lanes[at_a, j]
                    lanes[v, j] = (a > 0.0) * 1.0 - (a < 0.0) * 1.0
        elif k == 48:  # ((a > 0.0) * 1.0 + (a >= 0.0) * 1.0) / 2.0
            if of_a[i] >= lane:
                at_a = of_a[i] - lane
                for j in range(width):
                    a = lanes[at_a, j]
                    lanes[v, j] = ((a > 0.0) * 1.0 + (a >= 0.0) * 1.0) / 2.0
        else:
            for j in range(width):
                a = scalars[of_a[i]] if of_a[i] < lane else lanes[of_a[i] - lane, j]
                b = scalars[of_b[i]] if of_b[i] < lane else lanes[of_b[i] - lane, j]
                lanes[v, j] = value(k, a, b)


# "reassoc": a sum over rows may be added up in any order, which lets the processor add several at a time
@njit(
    f"void({OPERATIONS}, int64, int64, float64[::1], float64[:, ::1], float64[::1], float64[:, ::1])",
    cache=True, error_model="numpy", nogil=True, fastmath={"reassoc"},
)  # fmt: skip
def lanes_backward(
    borders, start, codes, slots_a, slots_b, slots_c, terms, first_of, second_of, lane, skipped, scalars, lanes,
    scalar_adjoints, adjoints,
):
    width = lanes.shape[1]
    lo, hi = borders[0], borders[-1]
    first = start + lo
    code, of_a, of_b, of_c = codes[lo:hi], slots_a[lo:hi], slots_b[lo:hi], slots_c[lo:hi]
    for i in range(code.size - 1, -1, -1):
        k = code[i]
        v = first - lane + i
        if k == SUM:
            for t in range(terms[of_c[i]], terms[of_c[i] + 1]):
                a = first_of[t]
                b = second_of[t]
                if a < lane and b < lane:
                    total = 0.0
                    for j in range(width):
                        total += adjoints[v, j]
                    scalar_adjoints[a] += total * scalars[b]
                    scalar_adjoints[b] += total * scalars[a]
                elif a >= lane and b >= lane:
                    for j in range(width):
                        g = adjoints[v, j]
                        adjoints[a - lane, j] += g * lanes[b - lane, j]
                        adjoints[b - lane, j] += g * lanes[a - lane, j]
                else:
                    one = min(a, b)
                    x = max(a, b) - lane
                    w = scalars[one]
                    total = 0.0
                    for j in range(width):
                        g = adjoints[v, j]
                        total += g * lanes[x, j]
                    scalar_adjoints[one] += total
                    if x >= skipped:
                        for j in range(width):
                            g = adjoints[v, j]
                            adjoints[x, j] += g * w
            continue
        if k == 54:  # a * b + c
            if of_a[i] >= lane and of_b[i] >= lane and of_c[i] >= lane:
                at_a = of_a[i] - lane
                at_b = of_b[i] - lane
                at_c = of_c[i] - lane
                for j in range(width):
                    a = lanes[at_a, j]
                    b = lanes[at_b, j]
                    c = lanes[at_c, j]
                    g = adjoints[v, j]
                    y = lanes[v, j]
                    adjoints[at_a, j] += g * (1.0 * b)
                    adjoints[at_b, j] += g * (1.0 * a)
                    adjoints[at_c, j] += g * 1.0
            elif of_a[i] >= lane and of_b[i] >= lane and of_c[i] < lane:
                at_a = of_a[i] - lane
                at_b = of_b[i] - lane
                c = scalars[of_c[i]]
                dc = 0.0
                for j in range(width):
                    a = lanes[at_a, j]
                    b = lanes[at_b, j]
                    g = adjoints[v, j]
                    y = lanes[v, j]
                    adjoints[at_a, j] += g * (1.0 * b)
                    adjoints[at_b, j] += g * (1.0 * a)
                    dc += g * 1.0
                scalar_adjoints[of_c[i]] += dc
            elif of_a[i] >= lane and of_b[i] < lane and of_c[i] >= lane:
                at_a = of_a[i] - lane
                b = scalars[of_b[i]]
                at_c = of_c[i] - lane
                db = 0.0
                for j in range(width):
                    a = lanes[at_a, j]
                    c = lanes[at_c, j]
                    g = adjoints[v, j]
                    y = lanes[v, j]
                    adjoints[at_a, j] += g * (1.0 * b)
                    db += g * (1.0 * a)
                    adjoints[at_c, j] += g * 1.0
                scalar_adjoints[of_b[i]] += db
            elif of_a[i] >= lane and of_b[i] < lane and of_c[i] < lane:
                at_a = of_a[i] - lane
                b = scalars[of_b[i]]
                c = scalars[of_c[i]]
                db = 0.0
                dc = 0.0
                for j in range(width):
                    a = lanes[at_a, j]
                    g = adjoints[v, j]
                    y = lanes[v, j]
                    adjoints[at_a, j] += g * (1.0 * b)
                    db += g * (1.0 * a)
                    dc += g * 1.0
                scalar_adjoints[of_b[i]] += db
                scalar_adjoints[of_c[i]] += dc
            elif of_a[i] < lane and of_b[i] >= lane and of_c[i] >= lane:
                a = scalars[of_a[i]]
                at_b = of_b[i] - lane
                at_c = of_c[i] - lane
                da = 0.0
                for j in range(width):
                    b = lanes[at_b, j]
                    c = lanes[at_c, j]
                    g = adjoints[v, j]
                    y = lanes[v, j]
                    da += g * (1.0 * b)
                    adjoints[at_b, j] += g * (1.0 * a)
                    adjoints[at_c, j] += g * 1.0
                scalar_adjoints[of_a[i]] += da
            elif of_a[i] < lane and of_b[i] >= lane and of_c[i] < lane:
                a = scalars[of_a[i]]
                at_b = of_b[i] - lane
                c = scalars[of_c[i]]
                da = 0.0
                dc = 0.0
                for j in range(width):
                    b = lanes[at_b, j]
                    g = adjoints[v, j]
                    y = lanes[v, j]
                    da += g * (1.0 * b)
                    adjoints[at_b, j] += g * (1.0 * a)
                    dc += g * 1.0
                scalar_adjoints[of_a[i]] += da
                scalar_adjoints[of_c[i]] += dc
            elif of_a[i] < lane and of_b[i] < lane and of_c[i] >= lane:
                a = scalars[of_a[i]]
                b = scalars[of_b[i]]
                at_c = of_c[i] - lane
                da = 0.0
                db = 0.0
                for j in range(width):
                    c = lanes[at_c, j]
                    g = adjoints[v, j]
                    y = lanes[v, j]
                    da += g * (1.0 * b)
                    db += g * (1.0 * a)
                    adjoints[at_c, j] += g * 1.0
                scalar_adjoints[of_a[i]] += da
                scalar_adjoints[of_b[i]] += db
        elif k == 2:  # a * b
            if of_a[i] >= lane and of_b[i] >= lane:
                at_a = of_a[i] - lane
                at_b = of_b[i] - lane
                for j in range(width):
                    a = lanes[at_a, j]
                    b = lanes[at_b, j]
                    g = adjoints[v, j]
                    y = lanes[v, j]
                    adjoints[at_a, j] += g * b
                    adjoints[at_b, j] += g * a
            elif of_a[i] >= lane and of_b[i] < lane:
                at_a = of_a[i] - lane
                b = scalars[of_b[i]]
                db = 0.0
                for j in range(width):
                    a = lanes[at_a, j]
                    g = adjoints[v, j]
                    y = lanes[v, j]
                    adjoints[at_a, j] += g * b
                    db += g * a
                scalar_adjoints[of_b[i]] += db
            elif of_a[i] < lane and of_b[i] >= lane:
                a = scalars[of_a[i]]
                at_b = of_b[i] - lane
                da = 0.0
                for j in range(width):
                    b = lanes[at_b, j]
                    g = adjoints[v, j]
                    y = lanes[v, j]
                    da += g * b
                    adjoints[at_b, j] += g * a
                scalar_adjoints[of_a[i]] += da
        elif k == 0:  # a + b
            if of_a[i] >= lane and of_b[i] >= lane:
                at_a = of_a[i] - lane
                at_b = of_b[i] - lane
                for j in range(width):
                    a = lanes[at_a, j]
                    b = lanes[at_b, j]
                    g = adjoints[v, j]
                    y = lanes[v, j]
                    adjoints[at_a, j] += g * 1.0
                    adjoints[at_b, j] += g * 1.0
            elif of_a[i] >= lane and of_b[i] < lane:
                at_a = of_a[i] - lane
                b = scalars[of_b[i]]
                db = 0.0
                for j in range(width):
                    a = lanes[at_a, j]
                    g = adjoints[v, j]
                    y = lanes[v, j]
                    adjoints[at_a, j] += g * 1.0
                    db += g * 1.0
                scalar_adjoints[of_b[i]] += db
            elif of_a[i] < lane and of_b[i] >= lane:
                a = scalars[of_a[i]]
                at_b = of_b[i] - lane
                da = 0.0
                for j in range(width):
                    b = lanes[at_b, j]
                    g = adjoints[v, j]
                    y = lanes[v, j]
                    da += g * 1.0
                    adjoints[at_b, j] += g * 1.0
                scalar_adjoints[of_a[i]] += da
        elif k == 1:  # a - b
            if of_a[i] >= lane and of_b[i] >= lane:
                at_a = of_a[i] - lane
                at_b = of_b[i] - lane
                for j in range(width):
                    a = lanes[at_a, j]
                    b = lanes[at_b, j]
                    g = adjoints[v, j]
                    y = lanes[v, j]
                    adjoints[at_a, j] += g * 1.0
                    adjoints[at_b, j] += g * -1.0
            elif of_a[i] >= lane and of_b[i] < lane:
                at_a = of_a[i] - lane
                b = scalars[of_b[i]]
                db = 0.0
                for j in range(width):
                    a = lanes[at_a, j]
                    g = adjoints[v, j]
                    y = lanes[v, j]
                    adjoints[at_a, j] += g * 1.0
                    db += g * -1.0
                scalar_adjoints[of_b[i]] += db
            elif of_a[i] < lane and of_b[i] >= lane:
                a = scalars[of_a[i]]
                at_b = of_b[i] - lane
                da = 0.0
                for j in range(width):
                    b = lanes[at_b, j]
                    g = adjoints[v, j]
                    y = lanes[v, j]
                    da += g * 1.0
                    adjoints[at_b, j] += g * -1.0
                scalar_adjoints[of_a[i]] += da
        elif k == 4:  # -a
            if of_a[i] >= lane:
                at_a = of_a[i] - lane
                for j in range(width):
                    a = lanes[at_a, j]
                    g = adjoints[v, j]
                    y = lanes[v, j]
                    adjoints[at_a, j] += g * -1.0
        elif k == 13:  # (a * a)
            if of_a[i] >= lane:
                at_a = of_a[i] - lane
                for j in range(width):
                    a = lanes[at_a, j]
                    g = adjoints[v, j]
                    y = lanes[v, j]
                    adjoints[at_a, j] += g * (2.0 * a)
        elif k == 14:  # 1 / a
            if of_a[i] >= lane:
                at_a = of_a[i] - lane
                for j in range(width):
                    a = lanes[at_a, j]
                    g = adjoints[v, j]
                    y = lanes[v, j]
                    adjoints[at_a, j] += g * (-y * y)
        elif k == 38:  # (a if a >= 0.0 or a != a else 0.0)
            if of_a[i] >= lane:
                at_a = of_a[i] - lane
                for j in range(width):
                    a = lanes[at_a, j]
                    g = adjoints[v, j]
                    y = lanes[v, j]
                    adjoints[at_a, j] += g * ((a > 0.0) * 1.0)
        elif k == 43:  # abs(a)
            if of_a[i] >= lane:
                at_a = of_a[i] - lane
                for j in range(width):
                    a = lanes[at_a, j]
                    g = adjoints[v, j]
                    y = lanes[v, j]
                    adjoints[at_a, j] += g * ((a > 0.0) * 1.0 - (a < 0.0) * 1.0)
        elif k == 46:  # (a > 0.0) * 1.0
            if of_a[i] >= lane:
                at_a = of_a[i] - lane
                for j in range(width):
                    a = lanes[at_a, j]
                    g = adjoints[v, j]
                    y = lanes[v, j]
        elif k == 47:  # (a > 0.0) * 1.0 - (a < 0.0) * 1.0
            if of_a[i] >= lane:
                at_a = of_a[i] - lane
                for j in range(width):
                    a = lanes[at_a, j]
                    g = adjoints[v, j]
                    y = lanes[v, j]
        elif k == 48:  # ((a > 0.0) * 1.0 + (a >= 0.0) * 1.0) / 2.0
            if of_a[i] >= lane:
                at_a = of_a[i] - lane
                for j in range(width):
                    a = lanes[at_a, j]
                    g = adjoints[v, j]
                    y = lanes[v, j]
        else:
            for j in range(width):
                g = adjoints[v, j]
                a = scalars[of_a[i]] if of_a[i] < lane else lanes[of_a[i] - lane, j]
                b = scalars[of_b[i]] if of_b[i] < lane else lanes[of_b[i] - lane, j]
                da = share_a(k, g, lanes[v, j], a, b)
                db = share_b(k, g, lanes[v, j], a, b)
                if of_a[i] < lane:
                    scalar_adjoints[of_a[i]] += da
                else:
                    adjoints[of_a[i] - lane, j] += da
                if of_b[i] < lane:
                    scalar_adjoints[of_b[i]] += db
                else:
                    adjoints[of_b[i] - lane, j] += db
