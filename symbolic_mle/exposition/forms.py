"""The form in which a value is shown: equal to what the engine found, and shorter or more familiar to the eye.

n/(n + Σxᵢ) → 1/(1 + x̄);  ∑ᵢ c·xᵢ → c·∑ᵢ xᵢ;  k·Σ − Σ → (k − 1)·Σ. Knows SymPy expressions and sums over the sample;
nothing of models, steps or drawings. Every function returns an expression of the same value; ``same`` tells whether two
are seen to be equal. To add a form: a function here, and a test of its value.
"""

from __future__ import annotations

from collections.abc import Sequence

import sympy as sp
from sympy import Dummy, Expr, Symbol

from symbolic_mle.algebra.sample import DataSum, outermost_sums
from symbolic_mle.exposition.logarithm_forms import with_log_of_means, with_tidy_logs

LARGE = 150  # operations beyond which an expression is shown as it is


def tidy(expr: Expr, size: Symbol) -> Expr:
    """Factors out of sums, logarithms of quotients turned, log n joined to the logarithm of a sum."""
    if expr.count_ops() > 4 * LARGE:
        return expr
    return with_log_of_means(with_cancelled_quotients(with_content(pulled(counted(with_tidy_logs(expr), size)))), size)


def same(first: Expr, second: Expr) -> bool:
    """Are two expressions seen to be equal? (False: not seen.)"""
    if first == second:
        return True
    difference = pulled(with_tidy_logs(first)) - pulled(with_tidy_logs(second))
    slots: dict[Expr, Expr] = {s: Dummy("S", **_signs(s)) for s in outermost_sums(difference)}
    return bool(sp.expand(sp.expand_log(sp.expand(difference.xreplace(slots)))) == 0)


def _signs(total: Expr) -> dict[str, bool]:
    return {"positive": True} if total.is_positive else {"real": True}


# ------------------------------------------------------------------ sums over the sample


def summed(term: Expr, variables: Sequence[Symbol], size: Symbol) -> Expr:
    """Σᵢ term(xᵢ), term by term, with the factors free of the data in front: Σ c = n·c."""
    total: Expr = sp.S.Zero
    for piece in sp.Add.make_args(term):
        outside, inside = piece.as_independent(*variables, as_Add=False)
        total += outside * (size if inside == 1 else DataSum(inside, tuple(variables)))
    return total


def pulled(expr: Expr) -> Expr:
    """∑ᵢ c·g(xᵢ) → c·∑ᵢ g(xᵢ), in every sum."""
    if not expr.has(DataSum):
        return expr

    def out(total: DataSum) -> Expr:
        summand = _facing(sp.factor_terms(pulled(total.summand)), total.variables)
        outside, inside = summand.as_independent(*total.variables, as_Add=False)
        return total if outside == 1 and inside == total.summand else outside * DataSum(inside, total.variables)

    return expr.replace(lambda e: isinstance(e, DataSum), out)


def _facing(product: Expr, variables: Sequence[Symbol]) -> Expr:
    """(m − x)·h → −(x − m)·h: the observation comes first in a linear factor."""
    factors = list(sp.Mul.make_args(product))
    for k, factor in enumerate(factors):
        if isinstance(factor, sp.Add) and any((-v) in factor.args for v in variables):
            factors[k] = -factor
            return -sp.Mul(*factors)
    return product


def counted(expr: Expr, size: Symbol) -> Expr:
    """∑ᵢ (g(xᵢ) + c) → ∑ᵢ g(xᵢ) + n·c; of c where a condition holds, d elsewhere → d·n + (c − d)·#{condition}."""

    def out(total: DataSum) -> Expr:
        observed, summand = set(total.variables), total.summand
        if (
            isinstance(summand, sp.Piecewise)
            and len(summand.args) == 2
            and not summand.args[0][0].free_symbols & observed
        ):
            (value, where), (other, _) = summand.args
            indicator = DataSum(sp.Piecewise((1, where), (0, True)), total.variables)
            return size * other + (value - other) * indicator if not other.free_symbols & observed else total
        constants = [t for t in sp.Add.make_args(summand) if not t.free_symbols & observed]
        return (
            total
            if not constants
            else DataSum(summand - sp.Add(*constants), total.variables) + size * sp.Add(*constants)
        )

    return expr.replace(lambda e: isinstance(e, DataSum) and not _is_count(e), out)


def _is_count(total: DataSum) -> bool:
    return isinstance(total.summand, sp.Piecewise) and total.summand.args[0][0] == 1 and total.summand.args[-1][0] == 0


def with_content(expr: Expr) -> Expr:
    """−2·(ν/2 + 1/2) → −(ν + 1)"""

    def cleared(product: Expr) -> Expr:
        content: Expr = sp.S.One
        factors: list[Expr] = []
        for factor in product.args:
            number, primitive = factor.as_content_primitive() if isinstance(factor, sp.Add) else (sp.S.One, factor)
            content, factors = content * number, [*factors, primitive]
        return sp.Mul(content, *factors) if content != 1 else product

    return expr.replace(lambda e: isinstance(e, sp.Mul) and any(isinstance(a, sp.Add) for a in e.args), cleared)


def with_cancelled_quotients(expr: Expr) -> Expr:
    """n²·r/(Σ + n·r) + n·Σ/(Σ + n·r) → n: quotients over the same sum of data are added where that sum cancels."""
    if not isinstance(expr, sp.Add) or not expr.has(DataSum):
        return expr
    groups: dict[Expr, list[Expr]] = {}
    for term in expr.args:
        below = sp.fraction(term)[1]
        key = next((f for f in sp.Mul.make_args(below) if isinstance(f, sp.Add) and f.has(DataSum)), sp.S.One)
        groups.setdefault(key, []).append(term)
    total: Expr = sp.Add(*groups.pop(sp.S.One, []))
    for below, terms in groups.items():
        added = sp.factor(sp.Add(*(t * below for t in terms))) / below if len(terms) > 1 else terms[0]
        total += added if not added.has(below) else sp.Add(*terms)
    return total


def averaged(expr: Expr, size: Symbol) -> Expr:
    """The expression in averages instead of sums, n cancelled where it cancels: n/(n + Σxᵢ) → 1/(1 + Σxᵢ/n)."""
    sums = outermost_sums(expr)
    if not sums or expr.count_ops() > LARGE:
        return expr
    slots = {s: Dummy("m", **_signs(s)) for s in sums}
    cancelled = _with_common_factors(expr.xreplace({s: size * m for s, m in slots.items()}))
    opened = sp.expand_mul(cancelled)
    shortest = opened if opened.count_ops() < cancelled.count_ops() else cancelled
    return shortest.xreplace({m: s / size for s, m in slots.items()})


def _with_common_factors(expr: Expr) -> Expr:
    """Common factors in front of every sum of terms, so that they cancel in quotients, roots and logarithms."""
    if not expr.args or isinstance(expr, (sp.Piecewise, DataSum)):
        return expr
    inner = expr.func(*(_with_common_factors(a) for a in expr.args))
    return sp.factor_terms(inner) if isinstance(inner, sp.Add) else inner


# ------------------------------------------------------------------ shorter forms of one value


def collected(expr: Expr) -> Expr:
    """k·Σ − Σ → (k − 1)·Σ, for every sum of the data."""
    coefficients: dict[Expr, Expr] = {}
    rest: Expr = sp.S.Zero
    for term in sp.Add.make_args(expr):
        outside, total = term.as_independent(DataSum, as_Add=False)
        if isinstance(total, DataSum):
            coefficients[total] = coefficients.get(total, sp.S.Zero) + outside
        else:
            rest += term
    return sp.Add(rest, *(sp.factor_terms(c) * total for total, c in coefficients.items()))


def compact(expr: Expr) -> Expr:
    """A sum of terms of both signs as one product, where that is shorter: its sign can then be seen."""
    if not isinstance(expr, sp.Add) or expr.count_ops() > LARGE:
        return expr
    factored = sp.factor(expr)
    return factored if factored.count_ops() <= expr.count_ops() + 2 else expr


def quotient_forms(value: Expr, size: Symbol) -> list[Expr]:
    """A quotient with a positive sign in front where it has one, divided through by a sum, and in averages."""
    forms = [value]
    if not isinstance(value, sp.Add):
        above, below = sp.fraction(sp.together(value))
        if isinstance(below, sp.Add) and above.could_extract_minus_sign():
            above, below = -above, sp.expand(-below)
        forms = [_without_minus(above) / below]
        factors = [f for f in sp.Mul.make_args(above) if isinstance(f, DataSum)]
        if isinstance(below, sp.Add) and factors:
            forms.append((above / factors[0]) / sp.expand(below / factors[0]))
    return [*forms, *(averaged(f, size) for f in forms)]


def _without_minus(product: Expr) -> Expr:
    """−(n − Σxᵢ) → Σxᵢ − n"""
    number, rest = product.as_coeff_Mul()
    return -rest if number == -1 and isinstance(rest, sp.Add) else product


def merged_sums(expr: Expr, variables: Sequence[Symbol]) -> Expr:
    """The sums that hold other symbols as one sum with a factored summand: for a derivative that has grown long."""
    rest: Expr = sp.S.Zero
    inside: Expr = sp.S.Zero
    for term in sp.Add.make_args(sp.expand(expr, log=False, power_base=False, power_exp=False)):
        outside, total = term.as_independent(DataSum, as_Add=False)
        if isinstance(total, DataSum) and total.free_symbols:
            inside += outside * total.summand
        else:
            rest += term
    if inside == 0 or inside.count_ops() > LARGE:
        return expr
    above, below = sp.fraction(sp.together(inside))
    summand = sp.powsimp(sp.factor(above), combine="exp", deep=True) / below
    return pulled(DataSum(summand, tuple(variables))) + rest
