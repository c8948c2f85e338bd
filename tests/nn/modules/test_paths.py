"""The names of parameters, read and written in one place."""

import pytest

import nn
from nn.modules.module import Parameter
from nn.modules.paths import ParameterPath, list_and_place


@pytest.mark.parametrize(
    ("name", "path", "layer"),
    [
        ("layers.0.neurons.2.w[1]", ("layers.0.neurons.2", "w", "1"), "layers.0"),
        ("layers.0.neurons.2.b", ("layers.0.neurons.2", "b", ""), "layers.0"),
        ("token.table[3][1]", ("token", "table", "3][1"), "token"),
        ("w[petal.length]", ("", "w", "petal.length"), "model"),
        ("w[size [m]]", ("", "w", "size [m]"), "model"),
        ("w[half[open]", ("", "w", "half[open"), "model"),
        ("w[two\nlines]", ("", "w", "two\nlines"), "model"),
        ("blocks[0].1.w[0]", ("blocks[0].1", "w", "0"), "blocks[0].1"),
        ("parts.v1].w[0]", ("parts.v1]", "w", "0"), "parts.v1]"),
        ("b", ("", "b", ""), "model"),
        ("query.neurons.0.w[0]", ("query.neurons.0", "w", "0"), "query.neurons"),
    ],
)
def test_a_name_is_taken_apart_and_put_together(name, path, layer):
    found = ParameterPath.parse(name)
    assert found == path
    assert found.layer == layer
    assert str(found) == name


@pytest.mark.parametrize("name", ["", "w[", "layers.0."])
def test_what_names_no_parameter_is_refused(name):
    with pytest.raises(ValueError, match=r"a parameter has a name such as 'layers\.0\.neurons"):
        ParameterPath.parse(name)


class Odd(nn.Module):
    """Parameters and modules in attributes of every kind."""

    def __init__(self):
        self.alone = Parameter(1.0)
        self.listed = [Parameter(1.0), [Parameter(2.0)]]
        self.keyed = {"a.b": Parameter(1.0), "c": nn.Layer(["width [m]", "x.y"], 2, seed=0)}
        self.blocks = [[nn.MLP(2, [2, 1], seed=0)], nn.Neuron(1, seed=0)]


def test_every_name_that_a_model_gives_leads_to_the_module_that_owns_it():
    model = Odd()
    modules = dict(model.named_modules())
    for name, parameter in model.named_parameters():
        path = ParameterPath.parse(name)
        assert str(path) == name
        held = vars(modules[path.module])[path.attribute]
        assert held is parameter or parameter in _flat(held)


def _flat(thing):
    if isinstance(thing, (list, dict)):
        for item in thing.values() if isinstance(thing, dict) else thing:
            yield from _flat(item)
    else:
        yield thing


@pytest.mark.parametrize(
    ("module", "expected"),
    [
        ("layers.0.neurons.2", ("layers.0.neurons", "2")),
        ("encoder", ("encoder", "")),
        ("encoder.act", ("encoder.act", "")),
        ("0", ("", "0")),
        ("", ("", "")),
    ],
)
def test_the_list_of_a_module_and_its_place_there(module, expected):
    assert list_and_place(module) == expected
