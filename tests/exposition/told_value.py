"""What the lines of a told derivation claim, in numbers.

L, ℓ, their derivatives and the profile are computed from the density alone, and every line is held against them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import mpmath

from symbolic_mle.exposition import document as d
from symbolic_mle.exposition import mathematics as m
from symbolic_mle.render.text import inline

from .tree_value import FUNCTIONS, RELATIONS, Reader

MORE: Mapping[str, Callable[..., Any]] = {
    **FUNCTIONS,
    "I₁": lambda a: mpmath.besseli(1, a),
    "I₂": lambda a: mpmath.besseli(2, a),
    "ζ": mpmath.zeta,
    "ζ′": lambda a: mpmath.zeta(a, 1, 1),
    "ζ″": lambda a: mpmath.zeta(a, 1, 2),
    "W": lambda a: mpmath.lambertw(a).real,
    "W₋₁": lambda a: mpmath.lambertw(a, -1).real,
    "W_(−1)": lambda a: mpmath.lambertw(a, -1).real,
    "atan2": mpmath.atan2,
    "cosh": mpmath.cosh,
    "tanh": mpmath.tanh,
    "sinh": mpmath.sinh,
}
STEP = 1e-4


def blocks(node: Any) -> Iterator[d.Block]:
    """Every block of a document, in the order in which they are read."""
    for block in getattr(node, "blocks", ()):
        yield block
        yield from blocks(block)
    for row in getattr(node, "rows", ()):
        if isinstance(row, d.Row):
            yield from blocks(row)


@dataclass(frozen=True)
class Told(Reader):
    """A reader that knows the powers of σ², and functions by the values that lines define for them."""

    functions: dict[str, Callable[..., complex]] = field(default_factory=dict)

    def name(self, node: m.Name) -> complex:
        if isinstance(node.superscript, m.Number) and inline(node) not in self.values:
            square = self.values[inline(replace(node, superscript=m.Number("2")))]
            return complex(square) ** (int(node.superscript.digits) / 2)
        return super().name(node)

    def big(self, node: m.Big) -> complex:
        letter, size = inline(node.index), len(next(iter(self.sample.values())))
        values = [replace(self, places={**self.places, letter: place}).value(node.body) for place in range(size)]
        return sum(values) if node.operator == "sum" else math.prod(values)

    def call(self, node: m.Call) -> complex:
        head = inline(node.function)
        arguments = [self.value(argument) for argument in node.arguments]
        real = [argument.real if argument.imag == 0 else argument for argument in arguments]
        return self.functions[head](*real) if head in self.functions else MORE[head](*real)

    def root(self, node: m.Root) -> complex:
        return complex(self.value(node.body)) ** (0.5 if node.degree is None else 1 / self.value(node.degree).real)

    def row(self, node: m.Row) -> complex:
        return super().row(node)


class Checker:
    """The claims of a document, one after another, at one point and one sample."""

    def __init__(self, derivation: Any, point: Mapping[str, float], sample: Sequence[float]) -> None:
        self.model = derivation.model
        self.names = [inline_of(derivation, s) for s in self.model.parameters]
        values: dict[str, complex] = {
            inline_of(derivation, s): point[s.name] for s in (*self.model.parameters, *self.model.known)
        }
        values["n"] = len(sample)
        first = {"i": 0}  # what is said of xᵢ for every i is read for the first
        self.reader = Told(values, {self.model.variables[0].name: list(sample)}, first)
        self.eliminated: dict[str, Callable[[Mapping[str, complex]], complex]] = {}
        self.product: m.Maths | None = None
        self.checked = 0
        only = self.names[-1]
        self.reader.functions["L"] = lambda value: mpmath.exp(self.log_likelihood({only: value}))
        self.reader.functions["ℓ′"] = lambda _: self.slope(self.log_likelihood, only, 1)
        self.reader.functions["ℓₚ′"] = lambda _: self.slope(self.profile, only, 1)
        self.helper: m.Maths | None = None  # the formula of g(θ) = m·ℓ′(θ)

    # ---------------------------------------------------------- the functions that the text names

    def log_likelihood(self, values: Mapping[str, complex]) -> complex:
        """ℓ as the logarithm of the product that the document starts from."""
        assert self.product is not None
        return mpmath.log(replace(self.reader, values={**self.reader.values, **values}).value(self.product))

    def profile(self, values: Mapping[str, complex]) -> complex:
        known = dict(values)
        for name, root in reversed(self.eliminated.items()):
            if name not in values:
                known[name] = root(known)
        return self.log_likelihood(known)

    def helped(self, values: Mapping[str, complex]) -> complex:
        """g(θ)"""
        assert self.helper is not None
        return replace(self.reader, values={**self.reader.values, **values}).value(self.helper)

    def slope(self, function: Callable[[Mapping[str, complex]], complex], name: str, order: int) -> complex:
        here = complex(self.reader.values[name]).real
        step = STEP * max(abs(here), 0.1) * (10 if order == 2 else 1)

        def at(shift: float) -> complex:
            return function({name: here + shift * step})

        if order == 1:
            return (at(-2) - 8 * at(-1) + 8 * at(1) - at(2)) / (12 * step)
        return (-at(-2) + 16 * at(-1) - 30 * at(0) + 16 * at(1) - at(2)) / (12 * step**2)

    def meaning(self, left: m.Maths) -> complex | None:
        """The value of L(θ), ℓ′(θ), ∂ℓ/∂θ, ℓₚ″(k) …, None for what is not such a name."""
        if isinstance(left, m.Call) and isinstance(left.function, m.Name) and "̂" not in inline(left):
            base, primes = inline(replace(left.function, primes=0)), left.function.primes
            if base == "L" and self.product is not None:
                return self.reader.value(self.product)
            if base in ("ℓ", "ℓₚ"):
                shown = {inline(argument) for argument in left.arguments}
                whole = base == "ℓ" and len(shown) == len(self.names)
                if not whole and set(self.names) - shown - self.eliminated.keys():
                    return None  # a profile whose other parameters are told in words
                function = self.log_likelihood if whole else self.profile
                return self.slope(function, inline(left.arguments[-1]), primes) if primes else function({})
            if primes == 1 and self.helper is not None:
                return self.slope(self.helped, inline(left.arguments[-1]), 1)
        if isinstance(left, m.Fraction) and inline(left).startswith("∂"):
            order = 2 if "∂²" in inline(left.numerator) else 1
            name = inline(left.denominator).removeprefix("∂").strip("()")
            name = name if name in self.reader.values else name.removesuffix("²").strip("()")
            function = self.profile if "ₚ" in inline(left.numerator) else self.log_likelihood
            return self.slope(function, name, order)
        return None


def inline_of(derivation: Any, symbol: Any) -> str:
    from symbolic_mle.exposition.voice import Voice

    return inline(Voice.of(derivation).plain.write(symbol))


__all__ = ["Checker", "RELATIONS", "Told", "blocks"]
