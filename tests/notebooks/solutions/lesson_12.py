# %% exercise-12-1
from exercises import check, hint, reveal

answer = Fraction(2, 3) * 1 * Fraction(1, 4) * Fraction(3, 4)

check("12.1", answer)


# %% exercise-12-2
def guesses(name):
    return [(name[:place], f"{name}."[place]) for place in range(len(name) + 1)]


check("12.2", guesses)

# %% exercise-12-3
answer = (1 * 4 + 9 * 8) / 10

check("12.3", answer)

# %% exercise-12-4
prediction = 2

check("12.4", prediction)


# %% exercise-12-5
def heated(chances, temperature):
    powers = [chance ** (1 / temperature) for chance in chances]
    return [power / sum(powers) for power in powers]


check("12.5", heated)
