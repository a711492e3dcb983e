"""An expression as a rational function of atoms: symbols, exponentials, logarithms, roots and other function
values.

e^(−2u) and e^(3u) become powers of one atom e^u, x^(2a−1) becomes (x^a)²/x, √x makes √x the atom and x its
square, hyperbolic functions become exponentials, and an irrational number is an atom with a narrow range. What
is proved for all values of the atoms in their ranges holds for the expression; identities between different
atoms are not used.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import sympy as sp
from sympy import Dummy, Expr, Poly, Symbol

from symbolic_mle.algebra.ranges import Range
from symbolic_mle.algebra.sign_values import Prover, RationalForm, order_of

LARGEST_POWER = 24
MANY_TERMS = 600


def rational_form(expr: Expr, prover: Prover) -> RationalForm | None:
    """The factored rational form, or None where a part has no bounds or the result would be large."""
    spelled = spelled_out(expr)
    reader = _Reader(prover, dict(_denominators(spelled)))
    rational = reader.read(spelled)
    if rational is None:
        return None
    numerator, denominator = sp.fraction(sp.together(rational))
    if max(terms_when_expanded(numerator), terms_when_expanded(denominator)) > MANY_TERMS:
        return None
    if sp.expand(numerator) == 0:
        return RationalForm(sp.Integer(0), (), (), {}, {})
    try:
        scale, top = sp.factor_list(numerator)
        divisor, bottom = sp.factor_list(denominator)
    except (sp.PolynomialError, NotImplementedError):
        return None
    symbols = rational.free_symbols
    ranges = {symbol: reader.ranges.get(symbol) or prover.range_of(symbol) for symbol in symbols}
    return RationalForm(scale / divisor, _polys(top), _polys(bottom), reader.atoms, ranges)


def _polys(factors: list[tuple[Expr, int]]) -> tuple[tuple[Poly, int], ...]:
    return tuple((Poly(base, *sorted(base.free_symbols, key=order_of)), int(power)) for base, power in factors)


def terms_when_expanded(expr: Expr) -> int:
    """An upper bound on the number of terms of the expanded expression, parts inside functions included."""
    if not expr.args:
        return 1
    parts = [terms_when_expanded(argument) for argument in expr.args if isinstance(argument, Expr)]
    if expr.is_Add:
        return sum(parts)
    if expr.is_Mul:
        return math.prod(parts)
    if expr.is_Pow and expr.exp.is_Integer and parts[0] > 1:
        power = abs(int(expr.exp))
        return math.comb(power + parts[0] - 1, power) if power < 1000 else 10**9
    return max(parts, default=1)


HYPERBOLIC = (sp.sinh, sp.cosh, sp.tanh, sp.sech, sp.csch, sp.coth)


def spelled_out(expr: Expr) -> Expr:
    """Hyperbolic functions as exponentials, logarithms of products as sums, beta and factorial as gamma."""
    if expr.has(*HYPERBOLIC):
        for function in HYPERBOLIC:
            expr = expr.replace(function, lambda argument, function=function: function(argument).rewrite(sp.exp))
    if expr.has(sp.erfc) and expr.has(sp.erf):
        expr = expr.replace(sp.erf, lambda argument: 1 - sp.erfc(argument))
    return sp.expand_log(expr) if expr.has(sp.log) else expr


def _denominators(expr: Expr) -> Iterator[tuple[tuple[Expr, Expr], int]]:
    """For each e^m, b^m and root, the common denominator of the rational multiples in which it occurs."""
    found: dict[tuple[Expr, Expr], int] = {}
    for node in expr.atoms(sp.exp, sp.Pow):
        base = sp.E if isinstance(node, sp.exp) else node.base
        for coefficient, rest in _exponent_terms(node.exp):
            key = (base, base**rest if base is not sp.E else sp.exp(rest))
            found[key] = sp.ilcm(found.get(key, 1), coefficient.q)
    yield from found.items()


def _exponent_terms(exponent: Expr) -> list[tuple[Expr, Expr]]:
    """The exponent as Σ c·m with rational c; m = 1 for the constant."""
    return [term.as_coeff_Mul(rational=True) for term in sp.Add.make_args(sp.expand(exponent))]


class _Reader:
    """Reads an expression into atoms; ``ranges`` and ``atoms`` fill up on the way."""

    def __init__(self, prover: Prover, denominators: dict[tuple[Expr, Expr], int]) -> None:
        self.prover, self.denominators = prover, denominators
        self.atoms: dict[Symbol, Expr] = {}
        self.ranges: dict[Symbol, Range] = {}
        self._names: dict[Expr, Symbol] = {}

    def read(self, expr: Expr) -> Expr | None:
        if expr.is_Symbol:
            return self._root_or(expr)
        if expr.is_Rational:
            return expr
        if expr.is_number and not expr.is_Add and not expr.is_Mul:
            return self._atom(expr)
        if expr.is_Add or expr.is_Mul:
            parts = [self.read(argument) for argument in expr.args]
            return None if any(part is None for part in parts) else expr.func(*parts)
        if expr.is_Pow and expr.exp.is_Integer:
            base = self.read(expr.base)
            return base**expr.exp if base is not None and abs(expr.exp) <= LARGEST_POWER else None
        if expr.is_Pow or isinstance(expr, sp.exp):
            return self._power(sp.E if isinstance(expr, sp.exp) else expr.base, expr.exp)
        return self._atom(expr)

    def _power(self, base: Expr, exponent: Expr) -> Expr | None:
        result: Expr = sp.Integer(1)
        for coefficient, rest in _exponent_terms(exponent):
            factor = self._single_power(base, coefficient, rest)
            if factor is None:
                return None
            result = result * factor
        return result

    def _single_power(self, base: Expr, coefficient: Expr, rest: Expr) -> Expr | None:
        if rest == 1 and coefficient.is_Integer and base is not sp.E:
            inner = self.read(base)
            return inner**coefficient if inner is not None and abs(coefficient) <= LARGEST_POWER else None
        whole = base**rest if base is not sp.E else sp.exp(rest)
        parts = self.denominators.get((base, whole), 1)
        count = coefficient * parts
        if not count.is_Integer or abs(count) > LARGEST_POWER:
            return None
        unit = base ** (rest / parts) if base is not sp.E else sp.exp(rest / parts)
        atom = self._atom(unit)
        return atom**count if atom is not None else None

    def _root_or(self, symbol: Symbol) -> Expr | None:
        """The symbol, or the power of its root where roots of it occur."""
        parts = self.denominators.get((symbol, symbol), 1)
        if parts == 1:
            return symbol
        root = self._atom(symbol ** sp.Rational(1, parts))
        return root**parts if root is not None else None

    def _atom(self, expr: Expr) -> Expr | None:
        if expr.is_Rational:
            return expr
        if expr not in self._names:
            found = self.prover.bounds(expr, 1)
            if found is None:
                return None
            name = Dummy(f"a{len(self._names)}", real=True)
            self._names[expr], self.atoms[name], self.ranges[name] = name, expr, found
        return self._names[expr]
