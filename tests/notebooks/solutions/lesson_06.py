# %% exercise-6-1
from exercises import check, hint, reveal

answer = Fraction(3, 4)

check("6.1", answer)

# %% exercise-6-2
answer = Fraction(9, 9 + 1)

check("6.2", answer)


# %% exercise-6-3
def slopes(p, truth, inputs):
    return [(p - truth) * x for x in inputs] + [p - truth]


check("6.3", slopes)

# %% exercise-6-4
prediction = "flipped"

check("6.4", prediction)


# %% exercise-6-5
def decide(z):
    return 1 if sigmoid(z) > 1 / 2 else 0


check("6.5", decide)
