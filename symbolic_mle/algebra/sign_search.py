"""The search for a sign: cheap certificates first, then factors, then one technique after another.

A technique is a function (expression, prover, depth) → Lemma | None in a module of its own; ``TECHNIQUES``
lists them in the order in which they are tried. It asks for the signs of simpler expressions through the
``Prover`` and never guesses.
"""

from __future__ import annotations

import time

import sympy as sp
from sympy import Dummy, Expr, Symbol

from symbolic_mle.algebra.bounds import bounds_of
from symbolic_mle.algebra.ranges import Range
from symbolic_mle.algebra.rational_forms import rational_form, spelled_out, terms_when_expanded
from symbolic_mle.algebra.sign_techniques import TECHNIQUES, by_polynomial
from symbolic_mle.algebra.sign_values import Lemma, RationalForm, Sign, order_of, sign_of_range
from symbolic_mle.algebra.spot_checks import points_of, signs_at
from symbolic_mle.algebra.symmetries import reduction
from symbolic_mle.algebra.zeta_derivatives import with_derivatives

REFUSALS = (sp.PolynomialError, sp.polys.polyerrors.CoercionFailed, NotImplementedError, RecursionError)
MANY_STEPS = 200
PATIENCE = 1.5  # seconds for one question when no deadline is given
MANY_OPERATIONS = 500
MANY_TERMS = 2000
SCREENING_POINTS = 12


class Search:
    """One search: its symbols with their ranges, what it has proved, and what is left of its time."""

    def __init__(self, deadline: float | None = None) -> None:
        self.ranges: dict[Symbol, Range] = {}
        self.shown: dict[Symbol, Expr] = {}
        own = time.thread_time() + PATIENCE
        self._deadline, self._steps = own if deadline is None else min(own, deadline), 0
        self._proved: dict[Expr, Lemma] = {}
        self._failed: dict[Expr, int] = {}
        self._bounds: dict[tuple[Expr, int], Range | None] = {}
        self._symbols: dict[tuple[Expr, Range], Symbol] = {}
        self._forms: dict[Expr, RationalForm | None] = {}
        self._hopeful: dict[Expr, bool] = {}
        self._reduced: dict[Expr, Expr | None] = {}
        self._open: set[Expr] = set()

    def new_symbol(self, name: str, values: Range, shown: Expr) -> Symbol:
        """A symbol over a range; the same range shown the same way is the same symbol."""
        key = (shown, values)
        if key not in self._symbols:
            strict = values.low > 0 or (values.low == 0 and not values.low_closed)
            assumption = {"positive": True} if strict else {"nonnegative": True} if values.low == 0 else {"real": True}
            symbol = Dummy(name, **assumption)
            self._symbols[key], self.ranges[symbol], self.shown[symbol] = symbol, values, shown
        return self._symbols[key]

    def range_of(self, symbol: Symbol) -> Range:
        return self.ranges[symbol]

    def spent(self) -> bool:
        return self._steps > MANY_STEPS or time.thread_time() > self._deadline

    def bounds(self, expr: Expr, depth: int = 1) -> Range | None:
        key = (expr, depth)
        if key not in self._bounds:
            self._bounds[key] = bounds_of(expr, self, depth)
        return self._bounds[key]

    def original(self, expr: Expr) -> Expr:
        """An expression of the search in the symbols of the problem."""
        while expr.free_symbols & self.shown.keys():
            inner = {v: self.shown[v] for v in expr.free_symbols if v in self.shown}
            expr = expr.xreplace(inner)
        return with_derivatives(expr)

    def text(self, expr: Expr) -> str:
        return str(self.original(expr))

    def prove(self, expr: Expr, depth: int) -> Lemma | None:
        """The sign by a proof as shallow as possible: all techniques at a small depth before any at a greater one."""
        for level in range(depth + 1):
            lemma = self.sign(expr, level)
            if lemma is not None:
                return lemma
        return None

    def sign(self, expr: Expr, depth: int) -> Lemma | None:
        """The sign of an expression over the ranges of its symbols, or None; remembered either way."""
        if expr in self._proved:
            return self._proved[expr]
        if self._failed.get(expr, -1) >= depth or expr in self._open or depth < 0 or self.spent():
            return None
        self._steps += 1
        self._open.add(expr)
        try:
            found = self._attempt(expr, depth)
        except REFUSALS:
            found = None
        self._open.discard(expr)
        if found is None:
            self._failed[expr] = depth
        else:
            self._proved[expr] = found
        return found

    def _attempt(self, expr: Expr, depth: int) -> Lemma | None:
        found = self.bounds(expr, max(depth, 1))
        if found is None:
            return None
        sign = sign_of_range(found)
        if sign is not None:
            return Lemma(sign)
        if sp.count_ops(expr) > MANY_OPERATIONS or terms_when_expanded(expr) > MANY_TERMS:
            return None
        if expr.is_number:
            return Lemma(Sign.ZERO) if sp.expand(spelled_out(expr)) == 0 else None
        if not self._is_hopeful(expr):
            return None
        form = self.rational(expr)
        if form is None:
            return None
        if form.scale == 0:
            return Lemma(Sign.ZERO)
        return self._by_factors(expr, form, depth)

    def rational(self, expr: Expr) -> RationalForm | None:
        if expr not in self._forms:
            self._forms[expr] = rational_form(expr, self)
        return self._forms[expr]

    def _is_hopeful(self, expr: Expr) -> bool:
        """No two signs at the points tried."""
        if expr not in self._hopeful:
            ranges = {v: self.ranges[v] for v in sorted(expr.free_symbols, key=order_of)}
            self._hopeful[expr] = len(signs_at(expr, points_of(ranges, SCREENING_POINTS))) < 2
        return self._hopeful[expr]

    def _by_factors(self, expr: Expr, form: RationalForm, depth: int) -> Lemma | None:
        """The product of the signs of the factors; the expression is known to be defined."""
        lemma = Lemma(Sign.POSITIVE if form.scale > 0 else Sign.NEGATIVE)
        factors = (*form.numerator, *((factor, -power) for factor, power in form.denominator))
        for factor, power in factors:
            part = self._factor_sign(form, factor, power, depth, alone=len(factors) == 1)
            sign = part.sign.power(power) if part is not None else None
            if part is None or sign is None:
                return None
            lemma = Lemma(lemma.sign.times(sign), (*lemma.lines, *part.lines))
        if lemma.lines and len(factors) > 1:
            return lemma.because(expr, "the product of the signs of its factors")
        return lemma

    def _factor_sign(self, form: RationalForm, factor: object, power: int, depth: int, alone: bool) -> Lemma | None:
        lemma = by_polynomial(factor, form.ranges)
        if lemma is not None:
            return lemma
        inner = form.expression(factor)
        lemma = self._by_techniques(inner, depth) if alone else self._sign_of_factor(inner, depth)
        if lemma is None and power > 0 and power % 2 == 0:
            return Lemma(Sign.NONNEGATIVE)
        return lemma

    def _sign_of_factor(self, inner: Expr, depth: int) -> Lemma | None:
        found = self.bounds(inner, max(depth, 1))
        sign = sign_of_range(found) if found is not None else None
        if sign is not None:
            return Lemma(sign)
        return self._by_techniques(inner, depth) if self._is_hopeful(inner) else None

    def _by_techniques(self, expr: Expr, depth: int) -> Lemma | None:
        if expr in self._proved:
            return self._proved[expr]
        if expr not in self._reduced:
            self._reduced[expr] = reduction(expr, self)
        reduced = self._reduced[expr]
        if reduced is not None:
            return self.sign(reduced, depth)
        for technique in TECHNIQUES:
            if self.spent():
                return None
            lemma = technique(expr, self, depth)
            if lemma is not None:
                self._proved[expr] = lemma
                return lemma
        return None
