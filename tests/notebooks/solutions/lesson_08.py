# %% exercise-8-1
from exercises import check, hint, reveal

prediction = "neuron"

check("8.1", prediction)


# %% exercise-8-2
def split(rows, share, draw):
    copy = list(rows)
    draw.shuffle(copy)
    count = round(share * len(copy))
    return copy[count:], copy[:count]


check("8.2", split)

# %% exercise-8-3
from fractions import Fraction

answer = Fraction(4, 6)

check("8.3", answer)

# %% exercise-8-4
answer = (1 + 1 + 4 + 0) / 4

check("8.4", answer)


# %% exercise-8-5
def equal_scales(training_rows, held_out_rows):
    scaler = nn.StandardScaler().fit(training_rows)
    return scaler.transform(training_rows), scaler.transform(held_out_rows)


check("8.5", equal_scales)
