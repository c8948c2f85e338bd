"""How parameters learn from their gradients.

The arguments, their defaults and the arithmetic are those of PyTorch's optimizers of the same names. Every parameter
goes its own way; the arithmetic runs over all of them at once, as arrays.
"""

import math
import warnings
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from autograd import Value
from autograd.coercion import as_float, number, short
from autograd.counting import counted
from autograd.program.parameter_arrays import ParameterArrays, floats
from nn.optim.clip import check_finite, float_gradients, parameter_name, trainable
from nn.reprs import settings_repr


class Optimizer:
    """What all optimizers share: ``step()`` moves every parameter once, p.data -= change.

    parameters: the leaves to change, as ``model.parameters()`` gives them.
    lr: the learning rate, how far to go per unit of gradient; it may be changed at any time.
    To make one of your own, write ``change``.
    Raises TypeError or ValueError for parameters that cannot be trained and for a setting that makes no sense.
    """

    old_names: ClassVar[dict[str, str]] = {}  # of what is remembered, in version 0.1 and its checkpoints

    def __init__(self, parameters: Iterable[Value], lr: float) -> None:
        self.parameters = trainable(parameters)
        self.lr = _rate(lr)
        self.steps = 0
        self.arrays: ParameterArrays | None = None
        self._kept: ParameterArrays | None = None  # from the last time they lived in arrays

    def change(self, weights: Any, gradient: Any) -> Any:
        """How much to take away from each parameter: an array, computed from an array of each."""
        raise NotImplementedError(f"{type(self).__name__} does not say how to move: define change(weights, gradient)")

    def step(self) -> None:
        """Move once.

        Raises, with nothing moved, FloatingPointError when a gradient is infinite or NaN, or so large that its square,
        or what the step computes from it, overflows; OverflowError when a number is too large for a float.
        Warns when the very first step finds that no gradient has reached a parameter.
        """
        if self.arrays:
            self.arrays.check()
            check_finite(self.arrays)
            weights, gradient = self.arrays.data, self.arrays.grad
        else:
            gradient = np.array(float_gradients(self.parameters))
            weights = floats([parameter.data for parameter in self.parameters], self.parameters, "data")
            if not self.steps and all(type(p.grad) is int and not p.grad for p in self.parameters):  # never reached
                warnings.warn(
                    "no gradient has reached a parameter, so this first step() moves nothing: call loss.backward() "
                    "before step(), and zero_grad() not between them",
                    stacklevel=2,
                )
        self.lr = _rate(self.lr)
        before = dict(vars(self))
        self.steps += 1
        try:
            with np.errstate(over="raise"):
                change = self.change(weights, gradient)
                moved = weights - change
        except FloatingPointError:
            vars(self).update(before)
            place = int(np.argmax(np.abs(gradient)))
            name = parameter_name(place, self.parameters[place])
            raise FloatingPointError(
                f"a step of {type(self).__name__} is too large for a float, and no parameter was changed: the largest "
                f"gradient, of {name}, is {short(float(gradient[place]))}; a smaller loss or lr, or clip_grad_norm "
                "before step(), keeps the numbers small"
            ) from None
        if self.arrays:
            self.arrays.data = moved
            return
        for parameter, difference in zip(self.parameters, change.tolist(), strict=True):
            parameter.data -= difference

    def zero_grad(self) -> None:
        """Set the gradients to 0; otherwise the next backward pass adds to them."""
        if self.arrays:
            self.arrays.zero_grad()
            return
        for parameter in self.parameters:
            parameter.grad = 0

    @property
    def can_be_resident(self) -> bool:
        """Whether ``step`` and ``zero_grad`` are those of this class, which know where parameters live."""
        return type(self).step is Optimizer.step and type(self).zero_grad is Optimizer.zero_grad

    @contextmanager
    def resident(self) -> Iterator[ParameterArrays]:
        """The parameters live in arrays for as long as this is open: a step of a program is then many times faster.

        with optimizer.resident() as arrays:
            for rows in batches:
                optimizer.zero_grad()
                program.backward(rows, arrays)
                optimizer.step()

        Inside, ``data`` and ``grad`` of the parameters are not numbers, so that nothing is computed with old ones; use
        arrays.data and arrays.grad, in the order of the parameters. ``with arrays.shown():`` brings them back for a
        look. They are back when the block ends, however it ends; all that is computed is the same to the last bit.
        """
        if not self.can_be_resident:
            raise TypeError(
                f"{type(self).__name__} has a step() or zero_grad() of its own, which reads and writes Values: write "
                "change(weights, gradient) instead, or leave resident() out"
            )
        if self._kept is None or self._kept.leaves != self.parameters:
            self._kept = ParameterArrays(self.parameters)
        arrays = self._kept
        try:
            arrays.take()
            self.arrays = arrays
            yield arrays
        finally:
            self.arrays = None
            arrays.give_back()

    def state_dict(self) -> dict[str, Any]:
        """Everything the next step depends on beside the parameters, as numbers and lists, ready for ``json.dump``."""
        state = {name: thing for name, thing in vars(self).items() if name not in ("parameters", "arrays", "_kept")}
        return {name: thing.tolist() if isinstance(thing, np.ndarray) else thing for name, thing in state.items()}

    def load_state_dict(self, state: Mapping[str, Any]) -> None:
        """Restore the state of an optimizer.

        Raises ValueError, with nothing changed, when it comes from another kind or another number of parameters.
        """
        mine = self.state_dict()
        old_names = {old: new for old, new in self.old_names.items() if old not in mine}
        state = {old_names.get(name, name): thing for name, thing in state.items()}
        if state.keys() != mine.keys():
            raise ValueError(
                f"state must come from another {type(self).__name__}, with {', '.join(mine)}; got {', '.join(state)}"
            )
        loaded = {}
        for name, thing in state.items():
            memory = isinstance(getattr(self, name), np.ndarray)
            if memory and np.shape(thing) != (len(self.parameters),):
                raise ValueError(
                    f"{name} is for {counted(np.size(thing), 'parameter')}, but there are {len(self.parameters)}"
                )
            loaded[name] = np.array(thing, dtype=float) if memory else thing
        vars(self).update(loaded)

    def __repr__(self) -> str:
        return settings_repr(self)

    if not TYPE_CHECKING:  # a type checker shall not know the old names

        def __getattr__(self, name: str) -> Any:
            new = self.old_names.get(name)
            if new is None:
                raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
            warnings.warn(f"{type(self).__name__}.{name} is now {new}", DeprecationWarning, stacklevel=2)
            return getattr(self, new)

    def _memory(self, start: float = 0.0) -> Any:
        return np.full(len(self.parameters), start)


class SGD(Optimizer):
    """Gradient descent: each step moves every parameter against its gradient, p.data -= lr * p.grad.

    momentum: how much of the last move is kept for the next, 0 to 1. dampening: how much less the gradient adds to
    it. nesterov: look one move ahead. weight_decay: adds that much of the parameter itself to its gradient.
    """

    old_names: ClassVar = {"velocity": "momentum_buffer"}

    def __init__(
        self,
        parameters: Iterable[Value],
        lr: float = 1e-3,
        momentum: float = 0,
        dampening: float = 0,
        weight_decay: float = 0,
        nesterov: bool = False,
    ) -> None:
        super().__init__(parameters, lr)
        self.momentum = _setting("momentum", momentum)
        self.dampening = as_float(dampening, "dampening")
        self.weight_decay = _setting("weight_decay", weight_decay)
        if nesterov and (not momentum or dampening):
            raise ValueError("nesterov looks ahead along the last move: it needs a momentum above 0 and no dampening")
        self.nesterov = nesterov
        self.momentum_buffer = self._memory()

    def change(self, weights: Any, gradient: Any) -> Any:
        """lr times the gradient, or times the velocity that gradients have built up."""
        gradient = gradient + self.weight_decay * weights
        if self.momentum:
            fresh = gradient if self.steps == 1 else (1 - self.dampening) * gradient  # the first is never dampened
            self.momentum_buffer = self.momentum * self.momentum_buffer + fresh
            gradient = gradient + self.momentum * self.momentum_buffer if self.nesterov else self.momentum_buffer
        return self.lr * gradient


class Adagrad(Optimizer):
    """Each parameter has its own rate, lower the more its gradients have added up to (Duchi et al. 2011).

    lr_decay: lr is divided by 1 + lr_decay * (steps before). initial_accumulator_value: what the sum of squares
    begins with. eps: keeps the divisor from 0. weight_decay: as in ``SGD``.
    """

    old_names: ClassVar = {"squares": "sum"}

    def __init__(
        self,
        parameters: Iterable[Value],
        lr: float = 1e-2,
        lr_decay: float = 0,
        weight_decay: float = 0,
        initial_accumulator_value: float = 0,
        eps: float = 1e-10,
    ) -> None:
        super().__init__(parameters, lr)
        self.lr_decay = _setting("lr_decay", lr_decay)
        self.weight_decay = _setting("weight_decay", weight_decay)
        self.eps = _setting("eps", eps)
        self.sum = self._memory(_setting("initial_accumulator_value", initial_accumulator_value))

    def change(self, weights: Any, gradient: Any) -> Any:
        """lr * gradient / sqrt(sum of all squared gradients)."""
        gradient = gradient + self.weight_decay * weights
        self.sum = self.sum + gradient**2
        return self.lr / (1 + (self.steps - 1) * self.lr_decay) * gradient / (np.sqrt(self.sum) + self.eps)


class RMSProp(Optimizer):
    """Each gradient is divided by the root of a running mean of its squares (Hinton's lecture 6e, 2012).

    alpha: how much of that mean is kept at each step. eps: keeps the divisor from 0. centered: divide by the standard
    deviation instead. momentum: how much of the last move is kept for the next. weight_decay: as in ``SGD``.
    """

    old_names: ClassVar = {"squares": "square_avg", "mean": "grad_avg", "velocity": "momentum_buffer"}

    def __init__(
        self,
        parameters: Iterable[Value],
        lr: float = 1e-2,
        alpha: float = 0.99,
        eps: float = 1e-8,
        weight_decay: float = 0,
        momentum: float = 0,
        centered: bool = False,
    ) -> None:
        super().__init__(parameters, lr)
        self.alpha = _setting("alpha", alpha)
        self.eps = _setting("eps", eps)
        self.weight_decay = _setting("weight_decay", weight_decay)
        self.momentum = _setting("momentum", momentum)
        self.centered = centered
        self.square_avg, self.grad_avg, self.momentum_buffer = self._memory(), self._memory(), self._memory()

    def change(self, weights: Any, gradient: Any) -> Any:
        """lr * gradient / sqrt(mean of recent squared gradients), with what is left of the last move."""
        gradient = gradient + self.weight_decay * weights
        self.square_avg = self.alpha * self.square_avg + (1 - self.alpha) * gradient**2
        spread = self.square_avg
        if self.centered:
            self.grad_avg = self.alpha * self.grad_avg + (1 - self.alpha) * gradient
            spread = np.maximum(spread - self.grad_avg**2, 0)  # rounding could take it below
        self.momentum_buffer = self.momentum * self.momentum_buffer + gradient / (np.sqrt(spread) + self.eps)
        return self.lr * self.momentum_buffer


class Adam(Optimizer):
    """A running mean of gradients, divided by the root of a running mean of squares (Kingma and Ba 2015).

    betas: how much of each of the two is kept at each step; both are corrected for having begun at 0.
    eps: keeps the divisor from 0. weight_decay: as in ``SGD``. amsgrad: divide by the largest mean so far.
    """

    old_names: ClassVar = {"mean": "exp_avg", "squares": "exp_avg_sq", "largest": "max_exp_avg_sq"}

    def __init__(
        self,
        parameters: Iterable[Value],
        lr: float = 1e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 0,
        amsgrad: bool = False,
    ) -> None:
        super().__init__(parameters, lr)
        self.betas = tuple(number(beta, "betas") for beta in betas)
        if len(self.betas) != 2 or not all(0 <= beta < 1 for beta in self.betas):
            raise ValueError(f"betas must be two shares from 0 to less than 1, such as (0.9, 0.999), not {betas}")
        self.eps = _setting("eps", eps)
        self.weight_decay = _setting("weight_decay", weight_decay)
        self.amsgrad = amsgrad
        self.exp_avg, self.exp_avg_sq, self.max_exp_avg_sq = self._memory(), self._memory(), self._memory()

    def change(self, weights: Any, gradient: Any) -> Any:
        """lr * mean of recent gradients / sqrt(mean of recent squares)."""
        return self._adapted(gradient + self.weight_decay * weights)

    def _adapted(self, gradient: Any) -> Any:
        first, second = self.betas
        self.exp_avg = first * self.exp_avg + (1 - first) * gradient
        self.exp_avg_sq = second * self.exp_avg_sq + (1 - second) * gradient**2
        squares = self.exp_avg_sq
        if self.amsgrad:
            squares = self.max_exp_avg_sq = np.maximum(self.max_exp_avg_sq, squares)
        mean = self.exp_avg / (1 - first**self.steps)  # begun at 0, both are too small at first
        return self.lr * mean / (np.sqrt(squares / (1 - second**self.steps)) + self.eps)


class AdamW(Adam):
    """Adam, with weight decay apart from the gradient: p.data -= lr * weight_decay * p.data as well.

    The arguments are those of ``Adam``. Source: Loshchilov and Hutter 2019.
    """

    def __init__(
        self,
        parameters: Iterable[Value],
        lr: float = 1e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 1e-2,
        amsgrad: bool = False,
    ) -> None:
        super().__init__(parameters, lr, betas, eps, weight_decay, amsgrad)

    def change(self, weights: Any, gradient: Any) -> Any:
        """What Adam would do, and lr * weight_decay of the parameter itself."""
        return self._adapted(gradient) + self.lr * self.weight_decay * weights


def _rate(given: float) -> float:
    lr: float = number(given, "lr")
    if not 0 <= as_float(lr, "lr") < math.inf:
        raise ValueError(f"lr must be a small positive number such as 0.1, not {lr}: a negative one would climb")
    return lr


def _setting(name: str, given: float) -> float:
    setting: float = number(given, name)
    if not 0 <= as_float(setting, name) < math.inf:
        raise ValueError(f"{name} must be a number from 0 on, not {given}")
    return setting
