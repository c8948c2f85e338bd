"""The record of a computation: the same numbers as backward, and words that say them."""

import re
from fractions import Fraction
from xml.etree import ElementTree

import pytest

from autograd import Value
from autograd.graph import ancestors
from autograd.registry import TABLE
from autograd.trace.named_graph import NamedGraph


def neuron() -> tuple[Value, ...]:
    w, x, b = Value(0.5, label="w"), Value(2.0, label="x"), Value(-1.0, label="b")
    return (w * x + b).tanh(), w, x, b


def test_the_steps_add_up_to_the_gradients() -> None:
    x = Value(1.5, label="x")
    y = x * x
    root = (y.sin() * x + y / 3).tanh() * y
    steps = root.steps()
    root.backward()
    order = list(reversed(ancestors(root)))
    sums = [0.0] * len(order)
    for step in steps:
        if step.phase == "backward":
            assert step.before == sums[step.node]
            sums[step.node] += 1 if step.action == "seed" else step.share
            assert step.after == sums[step.node]
    assert sums == [node.grad for node in order]


def test_every_share_is_upstream_times_local() -> None:
    root, *_ = neuron()
    adds = [step for step in root.steps() if step.action == "add"]
    assert len(adds) == sum(len(node.parents) for node in ancestors(root))
    for step in adds:
        assert step.share == step.local * step.upstream
        assert step.after == step.before + step.share


def test_the_forward_phase_gives_every_node_once_parents_first() -> None:
    root, *_ = neuron()
    forward = [step for step in root.steps() if step.phase == "forward"]
    assert [step.node for step in forward] == list(range(6))
    assert [step.after for step in forward] == [node.data for node in reversed(ancestors(root))]
    for step in forward:
        assert (step.action == "given") == (step.operation == "")
        assert all(place is None or place < step.node for place in step.operands)


def test_asking_changes_nothing_and_past_gradients_do_not_matter() -> None:
    root, w, *_ = neuron()
    fresh = root.steps()
    assert {node.grad for node in ancestors(root)} == {0}
    root.backward()
    gradients = [node.grad for node in ancestors(root)]
    assert root.steps() == fresh
    assert [node.grad for node in ancestors(root)] == gradients
    w.grad = 0
    root.backward(create_graph=True)
    assert root.steps() == fresh


def test_records_are_immutable() -> None:
    step = neuron()[0].steps()[0]
    with pytest.raises(AttributeError):
        step.after = 3


def test_words_hold_the_real_numbers() -> None:
    a, b = Value(2.0, label="a"), Value(-3.0, label="b")
    c = a * b
    c.label = "c"
    words = [step.words for step in c.steps()]
    assert words == [
        "a is given: 2",
        "b is given: -3",
        "c = a * b = 2 * -3 = -6",
        "the backward pass starts at c: dc/dc = 1, so its gradient is 1",
        "mul: dc/da = b = -3; dc/da gets dc/dc * dc/da = 1 * -3 = -3; the gradient of a: 0 -> -3",
        "mul: dc/db = a = 2; dc/db gets dc/dc * dc/db = 1 * 2 = 2; the gradient of b: 0 -> 2",
    ]


def test_two_edges_to_one_parent_are_told_apart() -> None:
    a = Value(3.0, label="a")
    adds = [step for step in (a * a).steps() if step.action == "add"]
    assert [step.argument for step in adds] == [0, 1]
    assert [(step.before, step.after) for step in adds] == [(0, 3), (3, 6)]
    assert adds[0].words != adds[1].words
    assert "first operand" in adds[0].words
    assert "second operand" in adds[1].words


def test_signs_and_fractions_keep_their_brackets() -> None:
    words = [step.words for step in (-(Value(-2.0, label="a"))).steps()]
    assert any("-a = -(-2) = 2" in line for line in words)
    words = [step.words for step in (Value(Fraction(1, 3), label="a") ** 2).steps()]
    assert any("a ** 2 = (1/3) ** 2 = 1/9" in line for line in words)


def test_names_come_from_labels_then_variables_then_age() -> None:
    x = Value(2.0, label="x")
    y = x * 3
    z = y + 1
    assert list(NamedGraph(z, {"y": y, "_": z}).names.values()) == ["x", "y", "v1"]
    assert list(NamedGraph(Value(2.5) * x).names.values()) == ["x", "v1", "v2"]
    assert list(NamedGraph(Value(2.5, label="v1") * x).names.values()) == ["x", "v1", "v2"]


def test_a_name_that_several_bear_is_numbered() -> None:
    first, second = Value(1.0, label="w"), Value(2.0, label="w")
    assert list(NamedGraph(first * second).names.values()) == ["w", "w #2", "v1"]


def test_a_derivative_that_does_not_exist_is_told_and_gradients_are_kept() -> None:
    x = Value(0.0, label="x")
    x.grad = 5
    with pytest.raises(FloatingPointError, match=r"sqrt has no derivative .* at a = 0.0 \(label 'x'\)"):
        x.sqrt().steps()
    assert x.grad == 5


def test_rows_of_every_kind_can_be_told() -> None:
    x, y = Value(0.5, label="x"), Value(1.5, label="y")
    for row in TABLE.values():
        root = row(x + 1, y) if row.arity == 2 else row(x + 1) if row.name == "acosh" else row(x)
        for step in root.steps():
            assert step.words
            assert "object at" not in step.words


def test_updates_go_downhill_after_the_passes_and_change_nothing() -> None:
    root, w, x, b = neuron()
    steps = root.steps(update=[w, b], lr=0.5)
    root.backward()
    assert steps[:-2] == root.steps()
    moved = [(step.phase, step.action, step.name, step.before, step.after) for step in steps[-2:]]
    assert moved == [
        ("update", "update", "w", 0.5, 0.5 - 0.5 * w.grad),
        ("update", "update", "b", -1.0, -1.0 - 0.5 * b.grad),
    ]
    assert (w.data, x.data, b.data) == (0.5, 2.0, -1.0)


def test_the_words_of_an_update() -> None:
    a, b = Value(2.0, label="a"), Value(-3.0, label="b")
    (step,) = [step for step in (a * b).steps(update=[a], lr=0.1) if step.phase == "update"]
    assert step.words == "update: a <- a - 0.1 * a.grad = 2 - 0.1 * -3; so a moves by 0.3: 2 -> 2.3"
    assert step.formula == "a <- a - 0.1 * a.grad"
    assert step.share == pytest.approx(0.3)


def test_only_leaves_of_the_graph_are_updated() -> None:
    root, w, *_ = neuron()
    for stranger in (root, Value(1.0), 3.0):
        with pytest.raises(ValueError, match=r"update takes leaves of this graph, such as model.parameters\(\)"):
            root.steps(update=[w, stranger])


def test_names_may_come_from_the_caller() -> None:
    x = Value(2.0)
    y = x * x
    assert {step.name for step in y.steps(names={"x": x, "y": y})} == {"x", "y"}


def test_mathml_is_well_formed_and_says_what_the_words_say() -> None:
    a, b = Value(2.0, label="a"), Value(-3.0, label="b")
    forward, seed, first, *_ = (a * b).steps()[2:]
    assert read(forward.mathml) == ["v1=a⋅b", "=2⋅(−3)=−6"]
    assert read(seed.mathml) == ["∂v1/∂v1=1"]
    assert read(first.mathml) == ["∂(a⋅b)/∂a=b=−3", "a.grad=0+∂v1/∂v1⋅∂v1/∂a=0+1⋅(−3)=−3"]
    update = (a * b).steps(update=[b], lr=0.1)[-1]
    assert read(update.mathml) == ["b←b-0.1⋅b.grad", "=(−3)-0.1⋅2=−3.2"]


@pytest.mark.parametrize("label", ["</math><script>", "a & b", "<", 'x" onload="', "]]>"])
def test_labels_in_mathml_are_text(label: str) -> None:
    for step in (Value(2.0, label=label) * 3).steps():
        for equation in ElementTree.fromstring(f"<all>{step.mathml}</all>"):
            assert {element.tag for element in equation.iter()} <= {"math", "mi", "mn", "mo", "mrow", "mfrac"}
    assert label in read((Value(2.0, label=label)).steps()[0].mathml)[0]


def read(mathml: str) -> list[str]:
    """The equations as plain text, fractions with a slash."""
    for fraction in re.findall(r"<mfrac>.*?</mfrac>", mathml):
        mathml = mathml.replace(fraction, fraction.replace("</mrow><mrow><mo>∂", "</mrow><mo>/</mo><mrow><mo>∂"))
    return ["".join(equation.itertext()) for equation in ElementTree.fromstring(f"<all>{mathml}</all>")]


def test_what_a_sentence_ends_in_is_said_once() -> None:
    words = (-Value(0.5, label="x")).steps()[1]
    assert words.words.endswith("= -x = -0.5")
    assert words.mathml.count("<mo>=</mo>") == 2
    assert (-Value(-0.5, label="x")).steps()[1].words.endswith("= -x = -(-0.5) = 0.5")
