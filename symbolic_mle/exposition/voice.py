"""What every section of the telling needs: the derivation, its notation, and the form in which its values are shown.

``write`` is the way from a value to a drawing. To show a value in another form, add it to ``forms`` and use it here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import sympy as sp
from sympy import Expr, Symbol

from symbolic_mle.algebra.sample import DataSum
from symbolic_mle.exposition import building as make
from symbolic_mle.exposition.document import Inlines
from symbolic_mle.exposition.facts import DerivationFacts, ReductionFacts
from symbolic_mle.exposition.forms import pulled, same, summed, tidy
from symbolic_mle.exposition.gaps import Gap, find_gap
from symbolic_mle.exposition.logarithm_forms import with_joined_logs, with_tidy_logs
from symbolic_mle.exposition.mathematics import Maths, Name
from symbolic_mle.exposition.notation import Notation
from symbolic_mle.exposition.prose import listed
from symbolic_mle.exposition.squares import Squares, find_squares
from symbolic_mle.records import Specification, Step


@dataclass(frozen=True)
class Voice:
    """A derivation with the notation it is told in."""

    derivation: DerivationFacts
    plain: Notation
    drawn: dict[tuple[Any, ...], Any] = field(default_factory=dict, repr=False, compare=False)  # what was shown before

    @classmethod
    def of(cls, derivation: DerivationFacts) -> Voice:
        model = derivation.model
        return cls(
            derivation,
            Notation(
                variables=model.variables,
                covariates=tuple(model.covariates),
                parameters=tuple(model.parameters),
                known=tuple(model.known),
                size=model.size,
            ),
        )

    # ------------------------------------------------------------------ who is who

    @property
    def model(self) -> Specification:
        return self.derivation.model

    @property
    def size(self) -> Symbol:
        return self.model.size

    @cached_property
    def parameters(self) -> tuple[Symbol, ...]:
        return tuple(self.model.parameters)

    @property
    def several(self) -> bool:
        return len(self.parameters) > 1

    @property
    def reductions(self) -> Sequence[ReductionFacts]:
        return self.derivation.findings.reductions

    @cached_property
    def notation(self) -> Notation:
        """The model's notation, with the names that the telling adds: t̄, y for a transformed observation, s."""
        names: dict[Symbol, Maths] = {}
        squares, alias = self.squares, self.alias
        if squares is not None:
            drawn = self.plain.write(alias[1] if alias else self.model.variables[0])
            names[squares.mean] = Name(drawn.base, accent="bar") if isinstance(drawn, Name) else drawn
        for gap in self.gaps.values():
            names[gap.symbol] = make.name(gap.symbol.name)
        variables = (*self.plain.variables, alias[1]) if alias else self.plain.variables
        return replace(
            self.plain,
            variables=variables,
            statistics=(*self.plain.statistics, *names),
            given={**self.plain.given, **names},
        )

    def letter(self, *wanted: str) -> str:
        """The first of these letters that the model does not use."""
        taken = self.plain.spellings | {gap.symbol.name for gap in self.__dict__.get("gaps", {}).values()}
        return next(w for w in (*wanted, "h", "q", "w", "u", "Q") if w not in taken)

    @property
    def hatted(self) -> Notation:
        return self.notation.with_hats()

    # ------------------------------------------------------------------ values

    @cached_property
    def log_density(self) -> Expr:
        """log f(x | θ) as it is shown: constants joined to the logarithms of the parameters."""
        terms = with_tidy_logs(self.derivation.likelihood.log_density)
        return with_joined_logs(terms, self.model.observed, self.parameters)

    @cached_property
    def terms(self) -> tuple[Expr, ...]:
        """The terms of the log-density, products of sums opened where data and parameters part."""
        opened = (self._opened(term) for term in sp.Add.make_args(self.log_density))
        return sp.Add.make_args(sp.Add(*opened))

    def _opened(self, term: Expr) -> Expr:
        sums = [f for f in sp.Mul.make_args(term) if isinstance(f, sp.Add) and f.has(sp.log)]
        return sp.expand_mul(term) if sums else term

    @cached_property
    def termwise(self) -> Expr:
        """ℓ, each term of the log-density summed as it stands, constants kept."""
        return pulled(summed(sp.Add(*self.terms), self.model.observed, self.size))

    @cached_property
    def separated(self) -> Expr:
        """ℓ with data and parameters parted, constants kept."""
        likelihood = self.derivation.likelihood
        return with_joined_logs(
            tidy(likelihood.log_likelihood + likelihood.constant, self.size), self.model.observed, self.parameters
        )

    @cached_property
    def squares(self) -> Squares | None:
        """The sum of squares about a parameter, where ℓ has one and the equality with the engine's ℓ is seen."""
        if len(self.model.observed) != 1 or self.derivation.likelihood.mixed:
            return None
        return find_squares(self.termwise, self.model.observed, self.parameters, self.size)

    @cached_property
    def alias(self) -> tuple[Expr, Symbol] | None:
        """(t(x), y): the observations are called y where only t(x) is squared."""
        if self.squares is None or self.squares.quantity in self.model.variables:
            return None
        return self.squares.quantity, Symbol(self.letter("y", "z", "w", "t"), real=True)

    @cached_property
    def gaps(self) -> dict[int, Gap]:
        """By stage: a combination of the data alone in a likelihood equation, which gets a letter."""
        found: dict[int, Gap] = {}
        for stage, reduction in enumerate(self.reductions):
            gap = find_gap(reduction, self.size, self.parameters, self.letter("s", "t", "w", "u", "v"))
            if gap is not None:
                found[stage] = gap
        return found

    def score(self, stage: int, parameter: Symbol) -> Expr:
        """∂ℓ/∂θ as it is shown."""
        reduction = self.reductions[stage] if stage < len(self.reductions) else None
        if stage and reduction is not None:
            return self.shown(self.gaps[stage].score if stage in self.gaps else reduction.score)
        raw = self.derivation.findings.start.diff(parameter)
        return self.shown(raw, parameter)

    def shown(self, expr: Expr, parameter: Symbol | None = None) -> Expr:
        """The expression in the form it is shown in; ``parameter`` says that it is ∂ℓ/∂θ."""
        key = ("shown", expr, parameter)
        if key not in self.drawn:
            self.drawn[key] = self._shown(expr, parameter)
        return self.drawn[key]

    def _shown(self, expr: Expr, parameter: Symbol | None) -> Expr:
        found = tidy(expr, self.size)
        if self.squares is None:
            return found
        if parameter is not None:
            slope = sp.Add(*map(sp.factor, sp.Add.make_args(self.squares.log_likelihood.diff(parameter))))
            if same(self.squares.in_sums(slope, self.size), expr):
                return slope
        return self.in_means(found)

    def in_means(self, expr: Expr) -> Expr:
        """Σ xᵢ → n·x̄, factored, where the squares have been parted at the mean."""
        if self.squares is None:
            return expr
        found = self.squares.in_means(expr, self.size)
        return found if found == expr else sp.factor(found, deep=False)

    def aliased(self, expr: Expr) -> Expr:
        """log xᵢ → yᵢ in the sums of the data, where y is in use."""
        if self.alias is None or not isinstance(expr, sp.Basic):
            return expr
        quantity, name = self.alias

        def renamed(total: DataSum) -> Expr:
            inside = self.aliased(total.summand).xreplace({quantity: name})
            return total if inside.free_symbols & set(total.variables) else DataSum(inside, (name,))

        return expr.replace(lambda e: isinstance(e, DataSum), renamed)

    # ------------------------------------------------------------------ drawings

    def observed(self, quantity: Expr) -> Maths:
        """xᵢ, log xᵢ, or yᵢ where that is what it is called."""
        if self.alias is not None and quantity == self.alias[0]:
            quantity = self.alias[1]
        return self.notation.observed(quantity)

    def write(self, expr: Expr, *hats: Symbol) -> Maths:
        """The drawing of a value, with hats on some parameters."""
        key = ("written", expr, hats)
        if key not in self.drawn:
            self.drawn[key] = self._with_hats(hats).write(self.aliased(expr))
        return self.drawn[key]

    def _with_hats(self, hats: tuple[Symbol, ...]) -> Notation:
        if not hats:
            return self.notation
        if hats not in self.drawn:
            self.drawn[hats] = self.notation.with_hats(*hats)
        return self.drawn[hats]

    def write_hatted(self, expr: Expr) -> Maths:
        """The drawing of a value with hats on all parameters."""
        return self.write(expr, *self.parameters)

    def name(self, parameter: Symbol) -> Maths:
        return self.write(parameter)

    def names(self, parameters: Sequence[Symbol] | None = None, last: str = " and ") -> Inlines:
        """μ and σ²"""
        return listed([self.name(p) for p in (self.parameters if parameters is None else parameters)], last)

    def hat(self, parameter: Symbol) -> Maths:
        return self.write(parameter, parameter)

    def function(self, stage: int, primes: int = 0, parameter: Symbol | None = None, hats: bool = False) -> Maths:
        """ℓ(λ), ℓ′(λ), ∂ℓ/∂θ, or the profile ℓₚ(k) at a later stage; ``hats``: at the estimate, ℓ′(λ̂)."""
        left = self.left_at(stage)
        notation = self.notation.with_hats(*left) if hats and len(left) == 1 else self.notation
        if stage == 0:
            if primes == 0 or parameter is None:
                return notation.log_likelihood(primes=primes)
            return notation.score(parameter) if primes == 1 else notation.curvature(parameter)
        if len(left) == 1:
            return notation.profile(*left, primes=primes)
        if primes == 0 or parameter is None:
            return notation.profile(*left)
        return notation.partial(make.name("ell", "p"), *([parameter] * primes))

    def head(self, stage: int) -> Maths:
        """ℓ, or ℓₚ at a later stage."""
        return make.name("ell") if stage == 0 else make.name("ell", "p")

    def others_at(self, stage: int) -> tuple[Symbol, ...]:
        """The parameters that are held fixed at a stage."""
        return tuple(p for p in self.left_at(stage) if p != self.reductions[stage].parameter)

    def left_at(self, stage: int) -> tuple[Symbol, ...]:
        """The parameters that are not yet eliminated at a stage."""
        gone = {r.parameter for r in self.reductions[:stage]}
        return tuple(p for p in self.parameters if p not in gone)

    def end(self, value: Expr, side: str) -> Maths:
        """0⁺, 1⁻, ∞."""
        node = self.notation.write(value)
        if value.is_infinite:
            return node
        return make.from_above(node) if side == "+" else make.from_below(node)

    def steps(self, part: str, stage: int = 0) -> list[Step]:
        return [s for s in self.derivation.steps if s.part == part and s.stage == stage]
