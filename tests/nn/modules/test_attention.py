import math
import random

import pytest

import autograd
import nn
from autograd import Value, check_gradients


def made(count, size, seed=0):
    draw = random.Random(seed)
    return [[draw.gauss(0, 1) for _ in range(size)] for _ in range(count)]


def by_hand(attention, x, heads):
    """Attention in plain floats, place by place, head by head."""

    def linear(layer, row):
        return [n.b.data + sum(w.data * a for w, a in zip(n.w, row, strict=True)) for n in layer.neurons]

    size = len(x[0])
    length = size // heads
    q, k, v = ([linear(layer, row) for row in x] for layer in (attention.query, attention.key, attention.value))
    out = []
    for t in range(len(x)):
        row = []
        for h in range(heads):
            at = range(h * length, (h + 1) * length)
            powers = [math.exp(sum(q[t][i] * k[s][i] for i in at) / math.sqrt(length)) for s in range(t + 1)]
            row += [sum(p * v[s][i] for s, p in enumerate(powers)) / sum(powers) for i in at]
        out.append(linear(attention.output, row))
    return out


@pytest.mark.parametrize(("size", "heads"), [(2, 1), (4, 2), (6, 3), (3, 3)])
def test_attention_is_the_formula(size, heads):
    attention = nn.CausalSelfAttention(size, heads, seed=1)
    for number, p in enumerate(attention.parameters()):
        p.data += 0.01 * number  # so that the biases count
    x = made(4, size)
    found = [[y.data for y in row] for row in attention(x)]
    for row, expected in zip(found, by_hand(attention, x, heads), strict=True):
        assert row == pytest.approx(expected, rel=1e-12)


def test_nobody_sees_what_comes_later():
    attention, x = nn.CausalSelfAttention(4, 2, seed=0), made(5, 4)
    numbers = [[y.data for y in row] for row in attention(x)]
    assert [[y.data for y in row] for row in attention(x[:3])] == numbers[:3]
    tokens = [[Value(a) for a in row] for row in x]
    sum(attention(tokens)[2]).backward()
    reached = [any(a.grad for a in row) for row in tokens]
    assert reached == [True, True, True, False, False]


def test_attention_far_out_and_its_gradients():
    attention = nn.CausalSelfAttention(2, seed=2)
    check_gradients(lambda *x: attention([x[:2], x[2:]])[1][0], 0.5, -0.3, 1.0, 0.2)
    far = attention([[800.0, -800.0], [-800.0, 800.0]])
    assert all(math.isfinite(y.data) for row in far for y in row)


def test_a_program_heeds_what_its_rows_say():
    attention = nn.CausalSelfAttention(2, seed=2)
    tokens = [[Value(a) for a in row] for row in made(3, 2)]
    inputs = [a for row in tokens for a in row]
    program = autograd.compile(sum(attention(tokens)[2]), inputs)
    rows = [[2.0, -1.0, 0.0, 5.0, 1.0, 1.0], [-30.0, 1.0, 30.0, 2.0, 0.5, 0.1]]
    expected = [sum(by_hand(attention, [row[:2], row[2:4], row[4:]], 1)[2]) for row in rows]
    assert program(rows) == pytest.approx(expected, rel=1e-9)


def test_attention_parameters_and_what_is_refused():
    assert len(nn.CausalSelfAttention(4, 2, seed=0).parameters()) == 4 * (16 + 4)
    bare = nn.CausalSelfAttention(4, 2, seed=0, bias=False, init=nn.initializers.zeros)
    assert {p.data for p in bare.parameters()} == {0.0}
    assert len(bare.parameters()) == 4 * 16
    assert repr(bare) == "CausalSelfAttention(4, 2)"
    for size, heads in ((4, 3), (1, 1), (4, 0)):
        with pytest.raises(ValueError, match=f"multiple of heads; got {size} for {heads} heads"):
            nn.CausalSelfAttention(size, heads)


def test_an_embedding_gives_the_row_of_the_token():
    embedding = nn.Embedding(3, 2, seed=0)
    draw = random.Random(0)
    assert [p.data for p in embedding.parameters()] == [draw.gauss(0, 1) for _ in range(6)]
    row = embedding(1)
    assert row == embedding.table[1]
    row += [1.0]  # the caller's own list
    assert len(embedding(1)) == 2
    (embedding(1)[0] * 3).backward()
    assert [p.grad for p in embedding.parameters()] == [0, 0, 3, 0, 0, 0]
    assert [name for name, _ in embedding.named_parameters()][3] == "table[1][1]"
    assert repr(embedding) == "Embedding(3, 2)"
    assert nn.Embedding(2, 1, init=nn.initializers.zeros)(0)[0].data == 0


def test_a_token_that_is_not_there():
    embedding = nn.Embedding(3, 2, seed=0)
    for token in (-1, 3):
        with pytest.raises(ValueError, match=f"token must lie between 0 and 2, not {token}"):
            embedding(token)
    for token in ([1], 1.0, Value(1.0)):
        with pytest.raises(TypeError, match="token must be the number of one token, an int such as 0, not"):
            embedding(token)


def test_an_embedding_has_at_least_one_token_and_one_number():
    with pytest.raises(ValueError, match="count must be at least 1, not 0"):
        nn.Embedding(0, 2)
    with pytest.raises(ValueError, match="size must be at least 1, not 0"):
        nn.Embedding(2, 0)
