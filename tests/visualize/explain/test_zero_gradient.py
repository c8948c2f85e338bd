import gc
from contextvars import Context

import pytest
from hypothesis import given
from strategies import graphs

from autograd import Value, parse, where
from visualize import why_zero
from visualize.cli.main import main


@given(graphs())
def test_a_gradient_of_0_has_a_reason_and_no_other_has(graph):
    root, leaf = graph
    found = why_zero(root, leaf)
    root.backward()
    assert found.gradient == leaf.grad
    assert bool(found.reasons) == (found.connected and not leaf.grad)
    assert len(found.reasons) == len(found.blocks) + len(found.cancelled)


@given(graphs())
def test_a_block_passes_nothing_on_of_something_and_shares_cancel_to_0(graph):
    found = why_zero(*graph)
    assert all(step.upstream and not step.share for step in found.blocks)
    for shares in found.cancelled:
        assert any(step.share for step in shares)
        assert sum(step.share for step in shares) == 0


def test_a_dead_relu_is_named_and_not_what_lies_behind_it():
    w, x = Value(-1.0, label="w"), Value(0.0, label="x")
    (reason,) = why_zero((w * x - 2).relu() * 3, w).reasons
    assert reason == "relu: d(relu(v2))/dv2 = 1 if v2 > 0 else 0 = 0, as v3 = relu(v2) = relu(-2) = 0"


def test_a_factor_of_0():
    w, x = Value(5.0, label="w"), Value(0.0, label="x")
    found = why_zero(w * x, w)
    assert [(step.name, step.operation, step.local) for step in found.blocks] == [("w", "mul", 0)]
    assert found.reasons == ("mul: d(w * x)/dw = x = 0, as v1 = w * x = 5 * 0 = 0",)


def test_shares_that_cancel():
    w = Value(2.0, label="w")
    assert why_zero((w - w) * 3, w).reasons == ("the shares that reach w cancel: 3 + -3 = 0",)


def test_a_share_too_small_for_a_float():
    w = Value(1.0, label="w")
    assert why_zero(w * 1e-200 * 1e-200, w).reasons == (
        "mul: the share of w is too small for a float: 1e-200 * 1e-200",
    )


def test_what_is_not_0_or_not_connected_is_said():
    w, x = Value(1.0, label="w"), Value(2.0, label="x")
    assert str(why_zero(w * 2, w)) == "dv1/dw is 2, not 0"
    assert str(why_zero(w * 2, x)) == "dv1/dx is 0: v1 was not computed from x"
    assert str(why_zero(w, w)) == "dw/dw is 1, not 0"


def test_many_reasons_are_counted_and_lines_are_short():
    w = Value(-1.0, label="w")
    text = why_zero(sum(w.relu() for _ in range(25)), w).text(60)
    assert text.splitlines()[-1] == "- and 15 more"
    assert max(map(len, text.splitlines())) <= 60


def test_the_command_says_it_too(capsys):
    assert main(["explain", "relu(w*x)", "--wrt", "w", "w=-1", "x=2"]) == 0
    assert "- relu: d(relu(v1))/dv1" in capsys.readouterr().out
    assert main(["explain", "w*x", "--wrt", "w", "w=-1", "x=2"]) == 0
    assert "nothing of the gradient" not in capsys.readouterr().out


def test_asked_alone_it_is_about_the_last_backward_pass():
    a, b = Value(-2.0, label="a"), Value(3.0, label="b")
    first, second = (a.relu() * 4), b * 2 + a
    first.label, second.label = "first", "second"
    second.backward()
    first.backward()
    assert why_zero(a) == why_zero(first, a)
    assert why_zero(a).reasons == ("relu: d(relu(a))/da = 1 if a > 0 else 0 = 0, as v1 = relu(a) = relu(-2) = 0",)
    assert str(why_zero(b)) == "dfirst/db is 0: first was not computed from b"
    second.backward()
    assert str(why_zero(b)) == "dsecond/db is 2, not 0"


def test_asked_alone_without_a_backward_pass_it_says_what_to_do():
    advice = r"until backward\(\) is called on the output.*why_zero\(loss, wrt=a\)"
    a = Value(2.0)
    kept = a * 2
    kept.backward()
    with pytest.raises(ValueError, match=advice):
        Context().run(why_zero, a)  # another thread or task has backward passes of its own
    (a * 2).backward()  # whose output is gone
    gc.collect()
    with pytest.raises(ValueError, match="keep the output in a variable"):
        why_zero(a)


def test_the_rows_behind_where_are_named_as_people_know_them():
    x, a = Value(1.0, label="x"), Value(2.0, label="a")
    (reason,) = why_zero(where(x, 5, a) * 3, a).reasons
    assert reason.startswith("where: d(0 if x > 0 else a)/da")
    (reason,) = why_zero(where(-x, a, 5), a).reasons
    assert reason.startswith("where: d(a if v1 > 0 else 0)/da")


def test_which_operand_lets_nothing_through():
    x = Value(0.0, label="x")
    assert [reason.partition(":")[0] for reason in why_zero(x * x, x).reasons] == [
        "mul (first operand)",
        "mul (second operand)",
    ]


def test_wrong_calls():
    with pytest.raises(TypeError, match="wrt must be a Value of the graph, or its name, not list"):
        why_zero(parse("a*2", a=1), ["x"])
    with pytest.raises(TypeError, match="root must be a Value of the graph, not float"):
        why_zero(3.0, Value(1.0))
    with pytest.raises(TypeError, match="wrt must be a Value of the graph, or its name, not float"):
        why_zero(3.0)


def test_a_value_can_be_named():
    x = Value(-1.0)
    dead = x.relu()
    assert why_zero(dead, "x", names=locals()) == why_zero(dead, x, names=locals())
    assert why_zero(dead, "x", names=locals()).wrt == "x"
    dead.backward()
    assert why_zero("x", names=locals()).reasons == why_zero(x, names=locals()).reasons
    with pytest.raises(ValueError, match="wrt='y' names no value of this graph; there are v1, v2"):
        why_zero(dead, "y")
