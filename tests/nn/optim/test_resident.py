"""Parameters that live in arrays: the same numbers to the last bit, and no old number is ever computed with."""

import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest

import autograd
import nn
from autograd import Value
from autograd.program.program import Program

OPTIMIZERS: list[Callable[[Any], nn.Optimizer]] = [
    lambda p: nn.SGD(p, lr=0.1),
    lambda p: nn.SGD(p, lr=0.1, momentum=0.9, nesterov=True, weight_decay=0.01),
    lambda p: nn.Adagrad(p, lr=0.1),
    lambda p: nn.RMSProp(p, lr=0.01, centered=True, momentum=0.5),
    lambda p: nn.AdamW(p, lr=0.01, amsgrad=True),
]


def learner() -> tuple[nn.MLP, list[Value], Program]:
    """A network, a table of embeddings, and the program of its loss: rows hold an embedding and a target."""
    model = nn.MLP(3, [8, 1], seed=4)
    table = [Value(x) for x in (0.5, -0.25, 1.0)]
    inputs = [Value(1.0), Value(2.0), Value(0.5), Value(0.25)]
    return model, table, autograd.compile((model(inputs[:3]) - inputs[3]) ** 2, inputs)


def batches(table: list[Value]) -> list[list[list[Any]]]:
    draw = random.Random(3)
    return [
        [[draw.choice(table), draw.choice(table), draw.uniform(-1, 1), draw.uniform(-1, 1)] for _ in range(4)]
        for _ in range(5)
    ]


def numbers(values: list[Value]) -> list[tuple[Any, Any]]:
    return [(value.data, value.grad) for value in values]


@pytest.mark.parametrize("make", OPTIMIZERS)
@pytest.mark.parametrize("clip", [None, 0.1])
def test_training_in_arrays_is_the_same_to_the_last_bit(
    make: Callable[[Any], nn.Optimizer], clip: float | None
) -> None:
    model, table, program = learner()
    optimizer = make(model.parameters() + table)
    for rows in batches(table):
        optimizer.zero_grad()
        program.backward(rows)
        if clip:
            nn.clip_grad_norm(optimizer.parameters, clip)
        optimizer.step()
    expected = numbers(optimizer.parameters)

    model, table, program = learner()
    optimizer = make(model.parameters() + table)
    with optimizer.resident() as arrays:
        for rows in batches(table):
            optimizer.zero_grad()
            program.backward(rows, arrays)
            if clip:
                nn.clip_grad_norm(arrays, clip)
            optimizer.step()
    assert numbers(optimizer.parameters) == expected
    assert optimizer.state_dict() == make(model.parameters() + table).state_dict() | optimizer.state_dict()


def test_parameters_that_the_optimizer_does_not_move_are_read_live() -> None:
    model, table, program = learner()
    optimizer = nn.SGD(model.layers[0].parameters(), lr=0.1)
    rows = batches(table)[0]
    program.backward(rows)
    expected = numbers(model.parameters() + table)
    for value in model.parameters() + table:
        value.grad = 0
    with optimizer.resident() as arrays:
        program.backward(rows, arrays)
        assert numbers(model.layers[1].parameters() + table) == expected[len(optimizer.parameters) :]
    assert numbers(model.parameters() + table) == expected


@pytest.mark.parametrize("kind", [ZeroDivisionError, KeyboardInterrupt])
def test_numbers_are_back_however_the_block_ends(kind: type[BaseException]) -> None:
    model, table, program = learner()
    optimizer = nn.SGD(model.parameters(), lr=0.1)
    program.backward(batches(table)[0])
    before = [data - 0.1 * grad for data, grad in numbers(model.parameters())]
    with pytest.raises(kind), optimizer.resident():  # noqa: PT012  what comes before the error counts
        optimizer.step()
        raise kind
    assert [parameter.data for parameter in model.parameters()] == before
    optimizer.zero_grad()
    optimizer.step()  # on Values again
    assert [parameter.data for parameter in model.parameters()] == before


def test_an_interrupt_while_numbers_are_written_back_loses_none() -> None:
    model, _, _ = learner()
    optimizer = nn.SGD(model.parameters(), lr=0.1)
    before = numbers(model.parameters())

    class InterruptedOnce:
        turns = 0

        def __iter__(self) -> Iterator[Value]:
            self.turns += 1
            for place, leaf in enumerate(optimizer.parameters):
                if self.turns == 1 and place == 2:
                    raise KeyboardInterrupt
                yield leaf

    with pytest.raises(KeyboardInterrupt), optimizer.resident() as arrays:
        arrays.leaves = InterruptedOnce()  # type: ignore[assignment]
    assert numbers(model.parameters()) == before


def test_nothing_is_computed_with_numbers_that_are_elsewhere() -> None:
    model, table, program = learner()
    optimizer = nn.SGD(model.parameters(), lr=0.1)
    rows = batches(table)[0]
    with optimizer.resident() as arrays:
        with pytest.raises(TypeError, match="held in an array"):
            model([1.0, 2.0, 3.0])
        with pytest.raises(TypeError, match="held in an array"):
            program.backward(rows)
        assert "held in an array" in repr(model.parameters()[0])
        with arrays.shown():
            assert isinstance(model([1.0, 2.0, 3.0]).data, float)
        model.zero_grad()
        with pytest.raises(RuntimeError, match=r"use\s+optimizer.zero_grad"):
            optimizer.step()


def test_a_step_of_its_own_is_refused() -> None:
    class Own(nn.SGD):
        def step(self) -> None:
            self.parameters[0].data -= 1

    optimizer = Own(nn.MLP(2, [1], seed=0).parameters(), lr=0.1)
    with pytest.raises(TypeError, match="Own has a step"), optimizer.resident():
        pass


def test_a_gradient_that_is_not_finite_is_named_and_moves_nothing() -> None:
    model, _, _ = learner()
    optimizer = nn.SGD(model.parameters(), lr=0.1)
    before = numbers(model.parameters())
    with optimizer.resident() as arrays:
        arrays.grad[2] = float("nan")
        with pytest.raises(FloatingPointError, match=r"parameter 2 \(w\[2\]\) is nan"):
            optimizer.step()
        with pytest.raises(FloatingPointError):
            nn.clip_grad_norm(arrays, 1.0)
    assert [data for data, _ in numbers(model.parameters())] == [data for data, _ in before]


@pytest.mark.parametrize("clip", [None, 0.5])
def test_fit_in_arrays_is_fit_on_values(monkeypatch: pytest.MonkeyPatch, clip: float | None) -> None:
    data = nn.moons(40, seed=1)

    def trained() -> list[Any]:
        model = nn.MLP(2, [8, 1], seed=1)
        optimizer = nn.Adam(model.parameters(), lr=0.01)
        seen: list[Any] = []
        nn.fit(
            model, data.rows, data.targets, nn.mse_loss, optimizer, epochs=3, seed=2, progress=False, clip=clip,
            regularizer=nn.l2(1e-3), callbacks=[lambda _: seen.append(numbers(model.parameters()))],
        )  # fmt: skip
        return [seen, numbers(model.parameters()), optimizer.state_dict()]

    in_arrays = trained()
    monkeypatch.setattr(nn.Optimizer, "can_be_resident", False)
    assert trained() == in_arrays
