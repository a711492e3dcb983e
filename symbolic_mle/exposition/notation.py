"""The notation of one derivation: who is who among the symbols, hats, and the names L(λ), ℓ′(λ), ∂ℓ/∂θ, ℓₚ(k).

The way in from SymPy to the maths tree. Knows expressions and spaces; not steps, cases or documents.

>>> from symbolic_mle.algebra.sample import DataSum
>>> x, lam = sp.symbols("x lambda", positive=True)
>>> notation = Notation(variables=(x,), parameters=(lam,))
>>> drawn = notation.write(DataSum(x, x) / lam - notation.size)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import sympy as sp
from sympy import Expr, Symbol

from symbolic_mle.algebra.intervals import Interval

from . import building as make
from .mathematics import Maths, Name, Operator, Power, Row, Sequence
from .order import Roles
from .writing import Writer

_ELL, _DEL = Name("ell"), Operator("partial")


@dataclass(frozen=True)
class Notation:
    """How the symbols of a model are drawn.

    ``variables`` and ``covariates`` stand for one observation, ``statistics`` for functions of the sample;
    ``parameters`` are in the model's order and ``known`` are given constants. ``hatted`` symbols carry a hat; ``given``
    draws a symbol in a way of its own. ``means=False`` writes (1/n) ∑ᵢ xᵢ for x̄.
    """

    variables: tuple[Symbol, ...] = ()
    parameters: tuple[Symbol, ...] = ()
    known: tuple[Symbol, ...] = ()
    covariates: tuple[Symbol, ...] = ()
    statistics: tuple[Symbol, ...] = ()
    size: Symbol = Symbol("n", integer=True, positive=True)
    index: str = "i"
    means: bool = True
    hatted: frozenset[Symbol] = frozenset()
    given: Mapping[Symbol, Maths] = field(default_factory=dict)

    @property
    def observed_symbols(self) -> tuple[Symbol, ...]:
        return (*self.variables, *self.covariates)

    @cached_property
    def roles(self) -> Roles:
        return Roles(frozenset(self.observed_symbols), frozenset(self.statistics), self.parameters, self.size)

    @cached_property
    def spellings(self) -> frozenset[str]:
        """The names in use, which tell σ² from a second σ and leave a letter for the index."""
        return frozenset(
            s.name for s in (*self.observed_symbols, *self.parameters, *self.known, *self.statistics, self.size)
        )

    def with_hats(self, *parameters: Symbol) -> Notation:
        """The same notation with hats on these parameters, on all of them when none is named."""
        return replace(self, hatted=frozenset(parameters or self.parameters))

    def with_names(self, given: Mapping[Symbol, Maths]) -> Notation:
        return replace(self, given={**self.given, **given})

    def without_means(self) -> Notation:
        """(1/n) ∑ᵢ xᵢ in place of x̄."""
        return replace(self, means=False)

    # expressions

    def write(self, expr: Any) -> Maths:
        """An expression, relation, condition or matrix as it is written by hand."""
        return Writer(self).write(sp.sympify(expr) if isinstance(expr, int) else expr)

    def sum(self, terms: Iterable[Expr]) -> Maths:
        """The terms in the order given."""
        return make.total(*map(self.write, terms))

    def product(self, factors: Iterable[Expr]) -> Maths:
        """The factors in the order given."""
        return make.product(*map(self.write, factors))

    def observed(self, expr: Any) -> Maths:
        """The expression of the i-th observation: x drawn as xᵢ."""
        return self._inside.write(expr)

    def sum_over_sample(self, expr: Expr) -> Maths:
        """∑ᵢ of an expression of one observation."""
        return self._inside.big("sum", self.observed(expr))

    def product_over_sample(self, expr: Expr) -> Maths:
        """∏ᵢ of an expression of one observation."""
        return self._inside.big("product", self.observed(expr))

    @property
    def _inside(self) -> Writer:
        return Writer(self).over_sample(self.observed_symbols)

    def space(self, symbol: Symbol, interval: Interval) -> Maths:
        """0 < p < 1, θ ≥ 0, or μ ∈ ℝ."""
        return self._between(self.write(symbol), interval)

    def observed_space(self, symbol: Symbol, interval: Interval) -> Maths:
        """0 ≤ xᵢ ≤ θ"""
        return self._between(self.observed(symbol), interval)

    def _between(self, name: Maths, interval: Interval) -> Maths:
        below, above = interval.lower != -sp.oo, interval.upper != sp.oo
        less = ["<=" if closed else "<" for closed in (interval.closed_lower, interval.closed_upper)]
        if below and above:
            return make.chain(self.write(interval.lower), less[0], name, less[1], self.write(interval.upper))
        if below:
            return make.chain(name, less[0].replace("<", ">"), self.write(interval.lower))
        if above:
            return make.chain(name, less[1], self.write(interval.upper))
        return make.chain(name, "in", Name("integers" if interval.integer else "reals"))

    def interval(self, interval: Interval) -> Maths:
        """(0, ∞), [0, 1]."""
        ends = self.write(interval.lower), self.write(interval.upper)
        return make.interval(*ends, interval.closed_lower, interval.closed_upper)

    # names

    def sample(self, variable: Symbol | None = None) -> Maths:
        """x₁, …, xₙ"""
        symbol = variable or self.variables[0]
        drawn = self.write(symbol)
        base = drawn.base if isinstance(drawn, Name) else symbol.name
        return Sequence((make.name(base, "1"), Operator("..."), Name(base, self.write(self.size))))

    def order_statistic(self, rank: Expr | int, variable: Symbol | None = None) -> Maths:
        """x₍ₙ₎"""
        return make.order_statistic((variable or self.variables[0]).name, self.write(rank))

    def density(self) -> Maths:
        """f(x | k, θ); the covariates come before the parameters: f(y | z, a, b)."""
        left = make.sequence(*map(self.write, self.variables))
        given = tuple(map(self.write, (*self.covariates, *self.parameters)))
        return make.call(Name("f"), make.chain(left, "mid", make.sequence(*given)) if given else left)

    def likelihood(self, *arguments: Expr) -> Maths:
        """L(λ), or L at other arguments."""
        return make.call(Name("L"), *self._arguments(arguments))

    def log_likelihood(self, *arguments: Expr, primes: int = 0) -> Maths:
        """ℓ(λ), ℓ′(λ), ℓ″(λ)"""
        return make.call(Name("ell", primes=primes), *self._arguments(arguments))

    def score(self, parameter: Symbol) -> Maths:
        """ℓ′(λ) for the only parameter, ∂ℓ/∂θ for one of several."""
        return self.log_likelihood(primes=1) if len(self.parameters) == 1 else self.partial(_ELL, parameter)

    def curvature(self, first: Symbol, second: Symbol | None = None) -> Maths:
        """ℓ″(λ) for the only parameter, ∂²ℓ/∂a∂b for two of several."""
        second = first if second is None else second
        return self.log_likelihood(primes=2) if len(self.parameters) == 1 else self.partial(_ELL, first, second)

    def profile(self, *arguments: Expr, primes: int = 0) -> Maths:
        """ℓₚ(k), ℓₚ′(k)"""
        return make.call(Name("ell", Name("p"), primes=primes), *map(self.write, arguments))

    def partial(self, function: Maths, *by: Symbol) -> Maths:
        """∂f/∂θ, ∂²f/∂θ², ∂²f/∂a∂b"""
        plain = replace(self, hatted=frozenset())
        if len(by) == 1:
            return make.fraction(Row((_DEL, function)), Row((_DEL, plain.write(by[0]))))
        order = make.power(_DEL, make.number(len(by)))
        if len(set(by)) == 1:
            name = plain.write(by[0])
            squared = isinstance(name, Name) and name.superscript is not None
            below: tuple[Maths, ...] = (_DEL, Power(make.brackets(name) if squared else name, make.number(len(by))))
        else:
            below = tuple(node for symbol in by for node in (_DEL, plain.write(symbol)))
        return make.fraction(Row((order, function)), Row(below))

    def _arguments(self, arguments: tuple[Expr, ...]) -> tuple[Maths, ...]:
        return tuple(map(self.write, arguments or self.parameters))
