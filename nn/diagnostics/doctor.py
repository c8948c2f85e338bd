"""What keeps a network from learning, read off its loss: the place, the evidence in numbers, and the remedy."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from autograd import Value, grad
from autograd.coercion import describe, plain, short
from autograd.graph import ancestors
from autograd.primitives import mul
from autograd.program.compile import compile
from autograd.registry import LEAF, TABLE
from nn.diagnostics.findings import Finding, Findings, alike, size, some, uneven
from nn.modules.module import Module, Parameter, within_calls
from nn.modules.paths import ParameterPath, list_and_place

# Fewer rows than this may all lie on the same side of a neuron by chance.
FEWEST_ROWS = 20
# A unit with a slope this small, compared with its steepest, learns a thousand times as slowly ...
FLAT = 0.001
# ... and is of no use if that is so for nearly every row; saturated on some rows is how a unit says yes and no.
NEARLY_ALL = 0.95
# The slope that an activation with a flat end has where it is steepest, by the table. (A dead relu has slope 0.)
STEEPEST: dict[str, float] = {
    name: max(abs(grad(TABLE[name])(quarter / 4)) for quarter in range(-12, 13))
    for name in ("tanh", "sigmoid", "erf", "elu", "gelu", "silu")
}
# One lr for all: a layer with gradients a thousand times smaller than another's hardly moves.
VANISHING = 1e-3
# With lr = 0.001, the least that is usual, one step along such a gradient undoes all that the weights were.
EXPLODING = 1e3
# Along the gradient a loss falls. Late in training a step may overshoot a little; a quarter is not a little.
RISING = 1.25
CLOSE = 1e-6  # gradients that differ by this share were added up in another order


def diagnose(model: Module, loss: Value) -> Findings:
    """Look for what keeps the model from learning, after ``loss.backward()``.

    loss: recorded from the model's outputs, over as many rows as can be: fewer than 20 are too few for some findings.
    Asked after ``optimizer.step()`` it also reports whether that step made this loss rise. It changes nothing.
    Raises TypeError for anything but a module and a Value, FloatingPointError as ``backward()`` does.
    """
    if not isinstance(model, Module) or not isinstance(loss, Value):
        raise TypeError(f"diagnose takes a module and the loss, a Value, not {describe(model)} and {describe(loss)}")
    order = ancestors(loss)
    names = {parameter: name for name, parameter in model.named_parameters()}
    gradients = _gradients(loss, order)
    if not gradients.keys() & names.keys():
        return Findings([Finding(
            "no path", "the whole model", f"none of its {len(names)} parameters is in what the loss was computed from",
            "compute the loss from this model's outputs, outside of no_grad() and without reading .data",
        )])  # fmt: skip
    found = Findings(_unreached(names, gradients))
    found += _left_over(names, gradients)
    found += alike(model, {parameter: gradients.get(parameter, 0) for parameter in names})
    units = _units(model, order)
    found += _stuck(units)
    found += _by_layer({name: (plain(p.data), gradients[p]) for p, name in names.items() if p in gradients})
    found += _uneven_inputs(names, order)
    found += _risen(loss)
    rows = min(map(len, units.values()), default=FEWEST_ROWS)
    if rows < FEWEST_ROWS:
        found.units = f"whether a unit is dead cannot be seen from {_count(rows, 'row')} (it takes {FEWEST_ROWS})"
    return found


def _gradients(loss: Value, order: Sequence[Any]) -> dict[Any, Any]:
    """The gradient of each leaf by this loss alone; what the leaves hold stays as it was."""
    held = [(node, node.grad) for node in order if not node.parents]
    try:
        for leaf, _ in held:
            leaf.grad = 0
        loss.backward()
        return {leaf: plain(leaf.grad) for leaf, _ in held}
    finally:
        for leaf, gradient in held:
            leaf.grad = gradient


def _unreached(names: dict[Value, str], gradients: dict[Any, Any]) -> Iterator[Finding]:
    """Attributes of which no part is used. (Of a table of tokens the rows not asked for are not missed.)"""
    attributes = {parameter: ParameterPath.parse(name).whole for parameter, name in names.items()}
    used = {attribute for parameter, attribute in attributes.items() if parameter in gradients}
    unused = Counter(attribute for attribute in attributes.values() if attribute not in used)
    for name, count in unused.items():
        yield Finding(
            "no path", name, f"no path leads there from the loss, so its {_count(count, 'parameter')} never change",
            "use it in forward(), without no_grad() or .data on the way, or take it away",
        )  # fmt: skip


def _left_over(names: dict[Value, str], gradients: dict[Any, Any]) -> Iterator[Finding]:
    """Gradients that are neither those of this loss nor what clipping makes of them."""
    held = [(name, plain(p.grad), gradients[p]) for p, name in names.items() if p in gradients]
    worst = max((abs(alone) for _, _, alone in held), default=0)
    if worst and not any(grad for _, grad, _ in held):
        yield Finding(
            "gradients are 0", "", f"every parameter's grad is 0, though this loss has gradients up to {short(worst)}",
            "call loss.backward() before, and zero_grad() not between backward() and step()",
        )  # fmt: skip
        return
    slack = CLOSE * worst
    other = [x for x in held if abs(x[1] - x[2]) > slack]
    if other and not _clipped([grad for _, grad, _ in held], [alone for _, _, alone in held], slack):
        name, grad, alone = max(other, key=lambda x: abs(x[1] - x[2]))
        yield Finding(
            "gradients not zeroed", name,
            f"its grad is {short(grad)}, but this loss alone gives {short(alone)}; so it is for {len(other)} of "
            f"{_count(len(held), 'parameter')}: the rest is left over from earlier backward passes",
            "call optimizer.zero_grad() before each loss.backward(), and add a penalty to the loss itself",
        )  # fmt: skip


def _clipped(grads: Sequence[Any], alone: Sequence[Any], slack: float) -> bool:
    """Whether all gradients were shortened by one factor, or each brought between two bounds."""
    largest, bound = max(range(len(alone)), key=lambda place: abs(alone[place])), max(map(abs, grads))
    factor = grads[largest] / alone[largest] if alone[largest] else 1
    shortened = all(abs(grad - factor * one) <= slack for grad, one in zip(grads, alone, strict=True))
    bounded = all(abs(grad - max(-bound, min(bound, one))) <= slack for grad, one in zip(grads, alone, strict=True))
    return (0 <= factor <= 1 and shortened) or bounded


def _stuck(units: dict[tuple[str, str], list[Any]]) -> Iterator[Finding]:
    """Units that are dead, or saturated, on the rows from which the loss was computed."""
    stuck: dict[tuple[str, str], dict[str, list[Any]]] = {}
    for (group, entry), nodes in units.items():
        if len(nodes) >= FEWEST_ROWS and _is_stuck(nodes):
            stuck.setdefault((group, nodes[0]._primitive.name), {})[entry] = nodes
    for (group, activation), entries in stuck.items():
        place, sums = group + some(list(entries)), [node._a.data for nodes in entries.values() for node in nodes]
        place = f"the model{place}" if place[:1] in ("", "[") else place
        rows = len(next(iter(entries.values())))
        whole = f"{len(entries)} of {sum(other == group for other, _ in units)} units there"
        if activation == "relu":
            yield Finding(
                "dead relu", place,
                f"on all {rows} rows the sum is 0 or below, at most {short(max(sums))}, so output and gradient are 0 "
                f"({whole}; a layer makes up for a few)",
                "a smaller lr, weights that begin smaller (init=nn.initializers.he_normal), or "
                'activation="leaky_relu", which never dies',
            )  # fmt: skip
        else:
            yield Finding(
                "saturated unit", place,
                f"on {NEARLY_ALL:.0%} of {rows} rows or more, {activation} has less than {FLAT:.1%} of its greatest "
                f"slope: sums go from {short(min(sums))} to {short(max(sums))} ({whole})",
                "standardized rows, weights that begin smaller (init=nn.initializers.xavier_normal), or a smaller lr",
            )  # fmt: skip


def _is_stuck(nodes: Sequence[Any]) -> bool:
    activation, slopes = nodes[0]._primitive.name, [abs(float(node._da)) for node in nodes]
    if activation == "relu":
        return not any(slopes)
    return sum(slope < FLAT * STEEPEST[activation] for slope in slopes) >= NEARLY_ALL * len(slopes)


def _units(model: Module, order: Sequence[Any]) -> dict[tuple[str, str], list[Any]]:
    """What each unit's activation gave, row after row, by (layer, place in it): ("layers.0.neurons", ".2")."""
    names = {module: name for name, module in model.named_modules()}
    made = Counter[Any]()  # how many activations each call has made so far
    units: dict[tuple[str, int], list[Any]] = {}
    for node, calls in within_calls(order):
        if calls and calls[-1].module in names and node._primitive.name in ("relu", *STEEPEST):
            call = calls[-1]
            units.setdefault((names[call.module], made[call]), []).append(node)
            made[call] += 1
    several = {name for name, place in units if place}
    found = {}
    for (name, unit), nodes in units.items():
        group, place = list_and_place(name)
        found[(name, f"[{unit}]") if name in several else (group, place and f".{place}")] = nodes
    return found


def _by_layer(numbers: dict[str, tuple[Any, Any]]) -> Iterator[Finding]:
    """Layers with gradients far smaller than those of another layer, or far larger than their own weights."""
    layers: dict[str, list[tuple[Any, Any]]] = {}
    for name, pair in numbers.items():
        layers.setdefault(ParameterPath.parse(name).layer, []).append(pair)
    sizes = {layer: (size([w for w, _ in pairs]), size([g for _, g in pairs])) for layer, pairs in layers.items()}
    largest = max(gradient for _, gradient in sizes.values())
    table = ", ".join(f"{layer} {short(gradient)}" for layer, (_, gradient) in sizes.items())
    small = [layer for layer, (_, gradient) in sizes.items() if 0 < gradient < VANISHING * largest]
    if small:
        yield Finding(
            "vanishing gradient", some(small), f"the sizes of gradients, layer by layer: {table}",
            "fewer layers, relu in the place of sigmoid or tanh, weights that begin as nn.initializers has them, or "
            "Adam, which gives each weight a step of its own size",
        )  # fmt: skip
    steep = [layer for layer, (weight, gradient) in sizes.items() if gradient > EXPLODING * weight > 0]
    if steep:
        weight, gradient = max((sizes[layer] for layer in steep), key=lambda pair: pair[1] / pair[0])
        yield Finding(
            "exploding gradient", some(steep),
            f"gradients of size {short(gradient)} for weights of size {short(weight)}: a step with lr=0.001 would move "
            f"them by {short(gradient / weight / 1000)} times what they are; layer by layer: {table}",
            "standardize the rows, and targets that are numbers; weights that begin smaller; clip=1.0 in fit",
        )  # fmt: skip


def _uneven_inputs(names: dict[Value, str], order: Sequence[Any]) -> Iterator[Finding]:
    """Weights of one neuron that meet plain numbers of very different sizes."""
    met: dict[tuple[str, str], dict[str, list[Any]]] = {}
    for node in order:
        for weight, x in (node.operands, node.operands[::-1]) if node._primitive is mul else ():
            is_given = not isinstance(x, Value) or (x._primitive is LEAF and not isinstance(x, Parameter))
            if is_given and weight in names:
                path = ParameterPath.parse(names[weight])
                met.setdefault((path.whole, path.layer), {}).setdefault(path.entry, []).append(plain(x))
    for (_, layer), columns in met.items():
        finding = uneven(columns, layer)
        if finding:
            yield finding  # all neurons of a layer are fed with the same
            return


def _risen(loss: Value) -> Iterator[Finding]:
    """Whether the loss on these rows is now, with the parameters as they are, more than it was when recorded."""
    try:
        now = compile(loss, backend="numpy")()  # for a single replay nothing need be turned into machine code
    except ValueError:  # a graph with a choice in it cannot be computed again
        return
    if not now <= max(RISING * loss.data, loss.data + CLOSE):
        yield Finding(
            "loss rising", "", f"on the same rows it was {short(loss.data)}, and is {short(now)} after the step",
            "a smaller lr: a third, then a tenth",
        )  # fmt: skip


def _count(count: int, word: str) -> str:
    return f"{count} {word}{'s' * (count != 1)}"
