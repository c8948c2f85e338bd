"""Old names keep working, and say the new one."""

import pytest

import autograd
from autograd import Value
from autograd.deprecation import renamed, renamed_arguments


def test_an_old_name_of_a_module_warns_and_gives_the_new_thing() -> None:
    find = renamed("shop", {"old": ("shop.new", 7)})
    with pytest.warns(DeprecationWarning, match=r"shop\.old is now shop\.new"):
        assert find("old") == 7
    with pytest.raises(AttributeError, match="module 'shop' has no attribute 'other'"):
        find("other")


def test_an_old_name_of_an_argument_warns_and_is_passed_on() -> None:
    @renamed_arguments(old="new")
    def double(new: float) -> float:
        return 2 * new

    assert double(2) == double(new=2) == 4
    with pytest.warns(DeprecationWarning, match=r"double\(old=\) is now new="):
        assert double(old=3) == 6
    with pytest.raises(TypeError, match="both new= and its old name old="):
        double(old=3, new=3)


@pytest.mark.parametrize(("name", "option"), [("leaky_relu", "negative_slope"), ("elu", "alpha")])
def test_the_options_of_activations_have_their_usual_names(name: str, option: str) -> None:
    x, function = Value(-2.0), getattr(autograd, name)
    expected = function(-2.0, 0.25)
    assert expected != function(-2.0)
    assert function(-2.0, **{option: 0.25}) == expected
    assert function(x, **{option: 0.25}).data == getattr(x, name)(**{option: 0.25}).data == expected
    with pytest.warns(DeprecationWarning, match=rf"{name}\(other=\) is now {option}="):
        assert getattr(x, name)(other=0.25).data == expected
    with pytest.raises(TypeError, match=f"{name} got an unexpected argument 'slope'"):
        function(-2.0, slope=0.25)
    with pytest.raises(TypeError, match=f"{name} got an unexpected argument '{option}'"):
        function(-2.0, 0.5, **{option: 0.25})
    with pytest.raises(TypeError, match="relu got an unexpected argument 'alpha'"):
        autograd.relu(1.0, alpha=1.0)
