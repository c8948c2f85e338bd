"""A graph and its steps in JSON's types: everything a page needs to show every step and to compute the graph again."""

import math
from collections.abc import Iterable, Sequence
from typing import Any

from autograd.coercion import short
from autograd.trace import descriptions
from autograd.trace.named_graph import NamedGraph
from autograd.trace.steps import Step, constants
from nn import Parameter
from visualize.graph.markup import plain_line
from visualize.graph.theme import measure


def graph_data(graph: NamedGraph, steps: Sequence[Step], learning: Iterable[Any], lr: Any) -> dict[str, Any]:
    """The nodes, each after its operands, the sentences with their slots, and what the steps do, in numbers.

    The fields are described in visualize/stepper/static/page.js.
    """
    places = graph.places
    templates: dict[descriptions.Sentence, int] = {}

    def sentence(template: descriptions.Sentence) -> int:
        return templates.setdefault(template, len(templates))

    def entry(node: Any, step: Step) -> dict[str, Any]:
        known = {"name": plain_line(step.name), "data": _number(node.data)}
        if not node.parents:
            kind = "parameter" if isinstance(node, Parameter) else "input"
            return known | {"sentence": sentence(descriptions.GIVEN), "kind": kind, "value": _double(node.data)}
        numbers = constants(node)
        return known | {
            "sentence": sentence(descriptions.compute(node._primitive, *numbers)),
            "row": node._primitive.name,
            "operands": [
                places[x] if number is None else {"number": _double(number)}
                for x, number in zip(node.operands, numbers, strict=True)
            ],
            "edges": [
                sentence(descriptions.contribute(node._primitive, argument, node._a is node._b, *numbers))
                if number is None
                else None
                for argument, number in enumerate(numbers)
            ],
        }

    nodes = [entry(node, step) for node, step in zip(graph.nodes, steps, strict=False)]
    return {
        "nodes": nodes,
        "seed": sentence(descriptions.SEED),
        "update": sentence(descriptions.UPDATE),
        "sentences": [[_arrow(template.words), template.mathml] for template in templates],
        "learning": [places[leaf] for leaf in learning],
        "lr": _number(lr),
        "steps": [_fields(step) for step in steps if step.phase != "forward"],
    }


def _fields(step: Step) -> list[Any]:
    numbers = (step.before, step.after, step.upstream, step.local, step.share)
    return [step.action, step.node, step.source, step.argument, *map(_number, numbers)]


def _number(given: Any) -> float | int | str | None:
    """A number that JavaScript reads and writes as Python does; a text for what a double does not hold, such as 1/3."""
    if given is None or (isinstance(given, float) and math.isfinite(given)):
        return given
    if isinstance(given, int) and abs(given) < 10_000:  # a float from there on is written 1e+04
        return given
    return short(given)


def _double(given: Any) -> float | str:
    """The nearest number that JavaScript can compute with."""
    double = measure(given)
    return double if math.isfinite(double) else str(double).replace("inf", "Infinity")


def _arrow(words: str) -> str:
    """With an arrow, at the end of a sentence, that a line cannot break in two."""
    return "\N{RIGHTWARDS ARROW}".join(words.rsplit("->", 1))
