# %% exercise-3-1
from exercises import check, hint, reveal

answer = 2 * 5 * 4

check("3.1", answer)

# %% exercise-3-2
prediction = 3

check("3.2", prediction)


# %% exercise-3-3
def slope_along_a(a, b):
    return a * b + a * b + b


check("3.3", slope_along_a)


# %% exercise-3-4
def total(paths):
    slope = 0
    for factors in paths:
        product = 1
        for factor in factors:
            product = product * factor
        slope = slope + product
    return slope


check("3.4", total)
