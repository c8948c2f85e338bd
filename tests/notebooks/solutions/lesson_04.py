# %% exercise-4-1
from exercises import check, hint, reveal

prediction = 2 * 7

check("4.1", prediction)

# %% exercise-4-2
u_grad = 4 + 4 + 1
answer = u_grad * 2 + u_grad * 2

check("4.2", answer)


# %% exercise-4-3
def sweep(root):
    for node in newest_first(root):
        node.grad = 0
    root.grad = 1
    for node in newest_first(root):
        for parent, slope in zip(node.parents, node.local_grads):
            parent.grad = parent.grad + slope * node.grad


check("4.3", sweep)


# %% exercise-4-4
def count_paths(root, leaf):
    counts = {root: 1}
    for node in newest_first(root):
        for parent in node.parents:
            counts[parent] = counts.get(parent, 0) + counts[node]
    return counts.get(leaf, 0)


check("4.4", count_paths)
