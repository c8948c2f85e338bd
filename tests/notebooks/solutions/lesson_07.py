# %% exercise-7-1
from fractions import Fraction

from exercises import check, hint, reveal

answer = Fraction(5, 4) - 2 * Fraction(1, 4)

check("7.1", answer)

# %% exercise-7-2
answer = 64 * 16 + 16 + 16 * 10 + 10

check("7.2", answer)


# %% exercise-7-3
from itertools import pairwise


def count(sizes):
    return sum(m * n + n for m, n in pairwise(sizes))


check("7.3", count)

# %% exercise-7-4
prediction = "alike"

check("7.4", prediction)


# %% exercise-7-5
def start(size, draw):
    return [draw() for _ in range(size)]


print([round(weight, 3) for weight in start(4, random.random)])
check("7.5", start)
