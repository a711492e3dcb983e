"""∫ of powers, logarithms and one kernel: the gamma and beta integrals and their derivatives.

For p > 0, c > 0:            ∫₀^∞ uᵃ exp(−c uʳ) du = Γ(p)·c^(−p)/|r|,            p = (a + 1)/r
for p > 0, −b − p > 0:       ∫₀^∞ uᵃ (1 + β u^q)ᵇ du = β^(−p)·B(p, −b − p)/|q|,  p = (a + 1)/q
for p > 0, b + 1 > 0:        ∫₀¹ uᵃ (1 − u^q)ᵇ du = B(p, b + 1)/q,               p = (a + 1)/q
(Abramowitz & Stegun 1964, 6.1.1, 6.2.1 after u → u^(1/q)). A factor (log u)ʲ is ∂ʲ/∂aʲ and a factor (log(1 ± u^q))ᵏ is
∂ᵏ/∂bᵏ of these, because the integrals converge locally uniformly in a and b (Dieudonné 1969, 8.11.2). The inequalities are
checked for every value of the symbols; where one is not proved there is no answer.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import sympy as sp
from sympy import Dummy, Expr, Symbol

from symbolic_mle.algebra.logs import IsPositive

MOST_TERMS = 60
MOST_LOGS = 4


@dataclass(slots=True)
class Kernel:
    """coefficient · uᵃ · (log u)ʲ · (1 + βu^q)ᵇ · (log(1 + βu^q))ᵏ · exp(Σ cᵣ uʳ), read factor by factor."""

    u: Symbol
    positive: IsPositive
    coefficient: Expr = sp.S.One
    power: Expr = sp.S.Zero
    logs: int = 0
    binomial: tuple[Expr, Expr] | None = None  # (β, q)
    binomial_power: Expr = sp.S.Zero
    binomial_logs: int = 0
    exponents: dict[Expr, Expr] = field(default_factory=dict)  # r → cᵣ

    def read(self, factor: Expr) -> bool:
        """Take in a factor; False for one of another kind."""
        if self.u not in factor.free_symbols:
            self.coefficient *= factor
            return True
        base, exponent = factor.as_base_exp()
        if isinstance(factor, sp.exp):
            return self._read_exponent(factor.args[0])
        if isinstance(base, sp.Mul):
            return all(self.read(b**exponent) for b in base.args)
        if self.u in exponent.free_symbols:
            return False
        if base == self.u:
            self.power += exponent
            return True
        if isinstance(base, sp.log):
            return self._read_log(base.args[0], exponent)
        return isinstance(base, sp.Add) and self._read_sum(base, exponent)

    def _read_exponent(self, argument: Expr) -> bool:
        for term in sp.Add.make_args(sp.expand(argument)):
            monomial = _monomial(term, self.u)
            if self.u not in term.free_symbols:
                self.coefficient *= sp.exp(term)
            elif monomial is not None:
                scale, exponent = monomial
                self.exponents[exponent] = self.exponents.get(exponent, sp.S.Zero) + scale
            else:
                rest = term.coeff(sp.log(self.u))
                if rest == 0 or self.u in rest.free_symbols or sp.expand(term - rest * sp.log(self.u)) != 0:
                    return False
                self.power += rest
        return True

    def _read_log(self, argument: Expr, exponent: Expr) -> bool:
        if not (exponent.is_Integer and 0 < exponent <= MOST_LOGS):
            return False
        if argument == self.u:
            self.logs += int(exponent)
            return True
        parts = self._as_binomial(argument)
        if parts is None or parts[0] != 1 or parts[1] != 0:
            return False
        self.binomial_logs += int(exponent)
        return True

    def _read_sum(self, base: Expr, exponent: Expr) -> bool:
        parts = self._as_binomial(base)
        if parts is None:
            factors = sp.Mul.make_args(sp.factor(base))
            sums = [b for b, _ in map(Expr.as_base_exp, factors) if isinstance(b, sp.Add)]
            if any(self._as_binomial(b) is None for b in sums):
                return False
            return all(self.read(f**exponent) for f in factors)
        self.coefficient *= parts[0] ** exponent
        self.power += parts[1] * exponent
        self.binomial_power += exponent
        return True

    def _as_binomial(self, base: Expr) -> tuple[Expr, Expr] | None:
        """c·u^p·(1 + βu^q) with the β, q that the kernel has (or takes from here): c and p."""
        terms = [_monomial(t, self.u) for t in sp.Add.make_args(base)]
        if len(terms) != 2 or any(t is None for t in terms):
            return None
        for (c1, p1), (c2, p2) in (terms, terms[::-1]):  # type: ignore[misc]
            found = (sp.cancel(c2 / c1), sp.expand(p2 - p1))
            if self.binomial is None and (found[1].is_negative or not self.positive(c1)):
                continue
            if self.binomial in (None, found):
                self.binomial = found
                return c1, p1
        return None

    # ------------------------------------------------------------------ its integral

    def integral(self, unit: bool) -> Expr | None:
        """Over (0, 1) if ``unit``, else (0, ∞); None where it is none of the three or where it may diverge."""
        exponents = {r: c for r, c in self.exponents.items() if c != 0}
        if exponents:
            if unit or self.binomial_logs or (self.binomial is not None and self.binomial_power != 0):
                return None
            return self._gamma(exponents)
        if unit:
            return self._unit()
        return self._beta()

    def _gamma(self, exponents: dict[Expr, Expr]) -> Expr | None:
        if len(exponents) != 1:
            return None
        ((r, c),) = exponents.items()
        a = Dummy("a", real=True)
        p = (a + 1) / r
        at = {a: self.power}
        if not self._sure(-c, p.xreplace(at)) or r.is_positive is r.is_negative:
            return None
        return self._derived(sp.gamma(p) * (-c) ** (-p) / sp.Abs(r), a, None, at)

    def _beta(self) -> Expr | None:
        if self.binomial is None:
            return None
        (beta, q), a, b = self.binomial, Dummy("a", real=True), Dummy("b", real=True)
        p = (a + 1) / q
        at = {a: self.power, b: self.binomial_power}
        if not self._sure(beta, p.xreplace(at), (-b - p).xreplace(at)):
            return None
        value = beta ** (-p) * sp.gamma(p) * sp.gamma(-b - p) / sp.gamma(-b) / sp.Abs(q)
        return self._derived(value, a, b, at)

    def _unit(self) -> Expr | None:
        a, b = Dummy("a", real=True), Dummy("b", real=True)
        if self.binomial is None or (self.binomial_power == 0 and self.binomial_logs == 0):
            return self._derived(1 / (a + 1), a, None, {a: self.power}) if self._sure(self.power + 1) else None
        beta, q = self.binomial
        p = (a + 1) / q
        at = {a: self.power, b: self.binomial_power}
        if beta != -1 or not self._sure(q, p.xreplace(at), self.binomial_power + 1):
            return None
        return self._derived(sp.gamma(p) * sp.gamma(b + 1) / sp.gamma(p + b + 1) / q, a, b, at)

    def _derived(self, value: Expr, a: Symbol, b: Symbol | None, at: dict[Symbol, Expr]) -> Expr:
        value = sp.diff(value, a, self.logs) if self.logs else value
        value = sp.diff(value, b, self.binomial_logs) if self.binomial_logs and b is not None else value
        return self.coefficient * value.xreplace(at)

    def _sure(self, *expressions: Expr) -> bool:
        return all(self.positive(sp.factor_terms(sp.expand(e))) for e in expressions)


def _monomial(term: Expr, u: Symbol) -> tuple[Expr, Expr] | None:
    """(c, p) for c·u^p, with c and p free of u; the power may stand as a product of powers, u·u^q."""
    outside, inside = term.as_independent(u, as_Add=False)
    power = sp.S.Zero
    for base, exponent in (factor.as_base_exp() for factor in sp.Mul.make_args(inside)):
        if base != 1 and (base != u or u in exponent.free_symbols):
            return None
        power += exponent if base == u else sp.S.Zero
    return outside, power


def kernel_integral(factor: Expr, sum_of_terms: Expr, u: Symbol, unit: bool, positive: IsPositive) -> Expr | None:
    """∫ factor·(t₁ + t₂ + …) du over (0, 1) or (0, ∞), term by term; None where some term has no known integral."""
    terms = sp.Add.make_args(sp.expand(sum_of_terms))
    if len(terms) > MOST_TERMS:
        return None
    total = sp.S.Zero
    for term in terms:
        kernel = Kernel(u, positive)
        factors = (*sp.Mul.make_args(factor), *sp.Mul.make_args(term))
        if not all(kernel.read(f) for f in factors):
            return None
        value = kernel.integral(unit)
        if value is None or value.has(sp.nan, sp.zoo, sp.oo):
            return None
        total += value
    return total
