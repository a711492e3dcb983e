"""A question about a sign, put into the search's own symbols, and the cross-examination of the answer.

Sums over the sample become symbols too: Σ g(xᵢ), a sum of at least one term, has the bounds that g has over the
support. They are taken as independent of everything else, which can only make a statement harder to prove.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import sympy as sp
from sympy import Expr, Symbol

from symbolic_mle.algebra.bounds import bounds_of
from symbolic_mle.algebra.boxes import Coordinates
from symbolic_mle.algebra.intervals import Interval
from symbolic_mle.algebra.ranges import INFINITE, REALS, Range, negative
from symbolic_mle.algebra.sample import DataSum
from symbolic_mle.algebra.sign_search import Search
from symbolic_mle.algebra.sign_values import Lemma, Sign, order_of, sign_of_range
from symbolic_mle.algebra.spot_checks import approximate, contradicts, points_of
from symbolic_mle.algebra.zeta_derivatives import with_functions

Region = Mapping[Symbol, Interval]

EXAMINATION_POINTS = 20
SAMPLE_SIZE = 3
DEPTH_OF_A_PREMISE = 3


class Problem:
    """A region with its symbols replaced by those of a search."""

    def __init__(self, region: Region, deadline: float | None) -> None:
        self.search = Search(deadline)
        self.coordinates = Coordinates(region, self.search, self.translate)
        self._depth = 1
        self._sums: dict[Expr, Expr | None] = {}

    def prove(self, expr: Expr, depth: int) -> Lemma | None:
        self._depth = depth
        translated = self.translate(expr)
        if translated is None or not AsGiven(self).is_defined(expr):
            return None
        return self.search.prove(translated, depth)

    def translate(self, expr: Expr) -> Expr | None:
        """The expression in the search's symbols; None where a symbol need not be real or a sum need not exist."""
        replaced: dict[Expr, Expr] = {}
        for part in sorted(expr.atoms(DataSum), key=sp.default_sort_key):
            value = self._sum(part)
            if value is None:
                return None
            replaced[part] = value
        outside = with_functions(expr.xreplace(replaced))
        known = set(replaced.values()) | set().union(*(value.free_symbols for value in replaced.values()), set())
        places = {symbol: self.coordinates.place(symbol) for symbol in outside.free_symbols - known}
        if any(place is None for place in places.values()):
            return None
        return outside.xreplace(places)

    def _sum(self, part: DataSum) -> Expr | None:
        if part not in self._sums:
            self._sums[part] = self._symbol_for(part)
        return self._sums[part]

    def _symbol_for(self, part: DataSum) -> Expr | None:
        """Σ g(xᵢ) as a symbol over the range that follows from g (and at least one term)."""
        summand = self.translate(part.summand)
        found = self.search.bounds(summand) if summand is not None else None
        if summand is None or found is None:
            return None
        sign = sign_of_range(found)
        lemma = self.search.prove(summand, self._depth) if sign is None else Lemma(sign)
        if lemma is None:
            return self.search.new_symbol("S", REALS, part)
        return _shifted(part, lemma.sign, found, self.search)

    def prove_merged(self, expr: Expr, depth: int) -> Lemma | None:
        """Σ g(xᵢ) and Σ h(xᵢ) with the same observations, as one sum of a·g + b·h."""
        expanded = sp.expand(expr)
        sums = sorted(expanded.atoms(DataSum), key=sp.default_sort_key)
        variables = sums[0].variables
        if any(part.variables != variables for part in sums):
            return None
        poly = expanded.as_poly(*sums)
        if poly is None or poly.total_degree() != 1:
            return None
        weights = [poly.coeff_monomial(part) for part in sums]
        rest = poly.coeff_monomial(1)
        if rest.has(DataSum) or any(w.has(DataSum) or w.free_symbols & set(variables) for w in weights):
            return None
        merged = sum(w * part.summand for w, part in zip(weights, sums, strict=True))
        return self.prove(DataSum(merged, variables) + rest, depth)

    def is_contradicted(self, expr: Expr, sign: Sign) -> bool:
        """The claimed sign is certainly wrong at one of the points tried."""
        placed = {v: place for v, place in self.coordinates.placed.items() if place is not None}
        own = sorted(set().union(*(place.free_symbols for place in placed.values()), set()), key=order_of)
        points = points_of({v: self.search.ranges[v] for v in own}, EXAMINATION_POINTS + SAMPLE_SIZE, 3)
        seen = set()
        for i in range(EXAMINATION_POINTS):
            value = _value(expr, placed, points[i : i + SAMPLE_SIZE])
            if value is not None and abs(value[0]) > 8 * value[1] + 1e-290:
                seen.add(1 if value[0] > 0 else -1)
        return contradicts(sign, seen)


class AsGiven:
    """Bounds of an expression as it was given, for the one question whether it is defined all over the region.

    Putting in the search's symbols makes SymPy evaluate again, and that may remove a singularity: x·√(1/x) becomes √x
    for a symbol that is known to be ≥ 0, and (2x − 2μ)/(x − μ) becomes 2 for x = μ + t.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self._bounds: dict[Expr, Range | None] = {}

    def is_defined(self, expr: Expr) -> bool:
        return self.bounds(with_functions(expr)) is not None

    def bounds(self, expr: Expr, depth: int = DEPTH_OF_A_PREMISE) -> Range | None:
        if expr not in self._bounds:
            if isinstance(expr, DataSum):
                self._bounds[expr] = self._bounds_of_sum(expr)
            else:
                self._bounds[expr] = bounds_of(expr, self, depth)
        return self._bounds[expr]

    def _bounds_of_sum(self, part: DataSum) -> Range | None:
        return self._translated_bounds(part) if self.is_defined(part.summand) else None

    def range_of(self, symbol: Symbol) -> Range:
        return self._translated_bounds(symbol) or REALS

    def _translated_bounds(self, expr: Expr) -> Range | None:
        translated = self.problem.translate(expr)
        return self.problem.search.bounds(translated) if translated is not None else None

    def sign(self, expr: Expr, depth: int) -> Lemma | None:
        translated = self.problem.translate(expr)
        return self.problem.search.prove(translated, depth) if translated is not None else None


def _shifted(part: DataSum, sign: Sign, found: Range, search: Search) -> Expr:
    """low + S with S over (0, ∞) or [0, ∞), as each of the n ≥ 1 terms is at least low ≥ 0; likewise for terms ≤ 0."""
    if sign is Sign.ZERO:
        return sp.Integer(0)
    if sign.is_downward:
        return -_shifted(DataSum(-part.summand, part.variables), sign.negative(), negative(found), search)
    low = found.low if found.low > 0 else 0
    included = found.low_closed if low else not sign.is_strict
    offset = sp.Rational(Fraction(low).numerator, Fraction(low).denominator)
    return offset + search.new_symbol("S", Range(0, INFINITE, included), part - offset)


def _value(
    expr: Expr, placed: Mapping[Symbol, Expr], points: list[Mapping[Symbol, float]]
) -> tuple[float, float] | None:
    """The value at the first point; the sums run over a sample that the other points supply."""
    values = _values_of(placed, points[0])
    sums: dict[Expr, Expr] = {}
    if values is None:
        return None
    for part in expr.atoms(DataSum):
        found = _value_of_sum(part, placed, points)
        if found is None or part.summand.has(DataSum):
            return None
        sums[part] = symbol = sp.Dummy("S")
        values[symbol] = found
    return approximate(with_functions(expr.xreplace(sums)), values)


def _values_of(placed: Mapping[Symbol, Expr], point_: Mapping[Symbol, float]) -> dict[Symbol, float] | None:
    found = {symbol: approximate(place, point_) for symbol, place in placed.items()}
    if any(value is None for value in found.values()):
        return None
    return {symbol: value[0] for symbol, value in found.items() if value is not None}


def _value_of_sum(part: DataSum, placed: Mapping[Symbol, Expr], points: list[Mapping[Symbol, float]]) -> float | None:
    """Σ g(xᵢ) over a small sample: the variables' own coordinates vary, all others stay."""
    fixed = set().union(*(placed[v].free_symbols for v in placed if v not in part.variables), set())
    total = 0.0
    for other in points:
        mixed = {v: (points[0][v] if v in fixed else other[v]) for v in other}
        values = _values_of(placed, mixed)
        term = approximate(part.summand, values) if values is not None else None
        if term is None:
            return None
        total += term[0]
    return total
