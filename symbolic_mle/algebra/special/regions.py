"""A function given by a formula per region of its argument, evaluated on arrays, each element by its own formula."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Reals = NDArray[np.float64]
Region = tuple[Any, Callable[..., Reals]]


def columns(*arguments: ArrayLike) -> tuple[tuple[int, ...], list[Reals]]:
    """The common shape of the arguments, and each flattened to that size."""
    arrays = np.broadcast_arrays(*(np.asarray(argument, dtype=float) for argument in arguments))
    return arrays[0].shape, [array.reshape(-1) for array in arrays]


def evaluate(arguments: Sequence[Reals], *regions: Region) -> Reals:
    """f(x…) = formula(x…) of the first region that holds x…; nan where none does."""
    result = np.full(arguments[0].shape, np.nan)
    left = np.ones(arguments[0].shape, dtype=bool)
    for where, formula in regions:
        here = left & where
        if here.any():
            result[here] = formula(*(argument[here] for argument in arguments))
            left &= ~here
    return result


def horner(coefficients: Sequence[float], x: Reals) -> Reals:
    """c₀ + c₁ x + c₂ x² + …"""
    total = np.full_like(x, coefficients[-1])
    for coefficient in reversed(coefficients[:-1]):
        total = total * x + coefficient
    return total


def constant(value: float) -> Callable[..., Reals]:
    """The formula that answers ``value`` everywhere."""
    return lambda first, *_: np.full_like(first, value)
