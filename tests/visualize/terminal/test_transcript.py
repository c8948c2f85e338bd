from autograd import Value, parse
from visualize.terminal.transcript import narrate


def test_every_step_is_told_once_in_order_with_its_number():
    steps = parse("tanh(w*x + b) - w*w", w=0.5, x=2, b=-1).steps()
    told = " ".join(narrate(steps).split())
    found = [told.index(f" {place}. {step.words}") for place, step in enumerate(steps, 1)]
    backward = [step.phase for step in steps].index("backward")
    heads = [told.index("Forward:"), *found[:backward], told.index("Backward:"), *found[backward:]]
    assert heads == sorted(heads)


def test_lines_are_no_longer_than_asked():
    steps = parse("tanh(weight*input + offset) / sqrt(input**2 + weight**2)", weight=0.5, input=2, offset=-1).steps()
    for width in (60, 80, 120):
        assert 50 < max(map(len, narrate(steps, width).splitlines())) <= width


def test_the_table_holds_the_gradients():
    root = parse("a*b + c*c*0", a=2, b=-3, c=7)
    table = narrate(root.steps()).splitlines()[-4:]
    assert [line.split() for line in table] == [
        ["given", "value", "gradient"],
        ["a", "2", "-3"],
        ["b", "-3", "2"],
        ["c", "7", "0"],
    ]


def test_a_lone_value_has_gradient_1():
    assert narrate(Value(3.0, label="x").steps()).endswith("  x               3           1")
