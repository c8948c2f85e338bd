# %% exercise-2-1
from exercises import check, hint, reveal

answer = 6.1

check("2.1", answer)

# %% exercise-2-2
x = Value(Fraction(3, 2))
y = 1 / x
y.backward()
answer = x.grad

check("2.2", answer)

# %% exercise-2-3
prediction = "zero"

check("2.3", prediction)


# %% exercise-2-4
def slope(f, x, h=1e-5):
    return (f(x + h) - f(x - h)) / (2 * h)


check("2.4", slope)

# %% exercise-2-5
from autograd import grad


def tangent(f, x):
    def line(t):
        return f(x) + grad(f)(x) * (t - x)

    return line


check("2.5", tangent)
