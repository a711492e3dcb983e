"""E[T(X)] of one observation for the statistics of the score and of the Hessian.

In the order in which they are tried; each is exact:
  given      a statistic of the covariates alone is a constant, and a factor of this kind goes out;
  score      E[∂ log f/∂θᵢ] = 0 is linear in the E[T]: a system that determines some of them without an integral. (For an
             exponential family with as many statistics as parameters all: Lehmann & Casella 1998, section 1.5.)
             The same holds of ∂ log f/∂c for a known constant c, and is used where the score does not suffice;
  points     a support of few values: E[T] = Σ T(x) f(x);
  mass       E[1{X = c}] = f(c) for a discrete observation;
  integral   a gamma or beta integral (algebra/kernels.py), that of a rational function, or that of exp(quadratic).
What none of them gives is stated as an integral or a sum, and is not evaluated. Needs: a support free of θ and a density that is
smooth in θ (regularity.py). What is made of them is compared with quadrature where that can be trusted (numbers.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

import sympy as sp
from sympy import Dummy, Expr, Symbol

from symbolic_mle.algebra.gaussian_integrals import integrate_gaussian
from symbolic_mle.algebra.intervals import Interval
from symbolic_mle.algebra.linear import rational_solution
from symbolic_mle.algebra.rational_integrals import integrate_rational
from symbolic_mle.algebra.sample import outermost_sums
from symbolic_mle.algebra.signs import Sign
from symbolic_mle.algebra.substitutions import integrate_product
from symbolic_mle.inference.forms import shortest
from symbolic_mle.inference.regularity import never_zero
from symbolic_mle.inference.stated import stated
from symbolic_mle.records import Specification
from symbolic_mle.stages.sample_signs import find_sign

MOST_TOGETHER = 3  # equations beyond which only rational functions are solved


@dataclass(frozen=True, slots=True)
class Expectation:
    """E[T] of one observation and how it was found.

    ``by`` is "points", "mass", "score", "score+" (from the score and expectations found otherwise), "integral" or "stated".
    """

    value: Expr
    by: str


Expectations = dict[Expr, Expectation]  # by the statistic T of one observation


def expectations(
    score: Iterable[Expr], wanted: Iterable[Expr], model: Specification, further: Callable[[], list[Expr]] = list
) -> Expectations:
    """E[T] for every statistic in ``wanted``; what the score determines is found along the way.

    ``score`` and ``wanted`` are expressions in sums over the sample: the components of the score, the entries of the Hessian.
    ``further`` gives more expressions of expectation 0, for when the score does not suffice.
    """
    score, needed = list(score), _statistics(wanted, model)
    found: Expectations = {}
    _solve_score(score, found, model)
    for statistic in {**needed, **_statistics(score, model)}:
        known = None if statistic in found else _at_points(statistic, model)
        if known is not None:
            found[statistic] = known
    _solve_score(score, found, model)
    if any(t not in found for t in needed):
        score += further()
        _solve_score(score, found, model, "score+")
    for statistic in needed:
        if statistic not in found:
            value = integral(statistic, model)
            if value is not None:
                found[statistic] = Expectation(shortest(value), "integral")
                _solve_score(score, found, model)
    for statistic in needed:
        if statistic not in found:
            found[statistic] = Expectation(stated(statistic, model), "stated")
    return found


def parted(summand: Expr, model: Specification) -> tuple[Expr, Expr]:
    """(what is given, the statistic of the variables): z·y → (z, y), and (g(z), 1) for a covariate alone."""
    given, statistic = summand.as_independent(*model.variables, as_Add=False)
    return (given, statistic) if model.covariates else (sp.S.One, summand)


def statistics_in(expr: Expr, model: Specification) -> set[Expr]:
    """The statistics of one observation whose expectations the expression needs."""
    return {t for s in outermost_sums(expr) if (t := parted(s.summand, model)[1]) != 1}


def in_expectation(expr: Expr, values: Mapping[Expr, Expr], model: Specification) -> Expr:
    """The expression of one observation with every Σ T(xᵢ) replaced by E[T], and n by 1."""
    slots: dict[Expr, Expr] = {}
    for total in outermost_sums(expr):
        given, statistic = parted(total.summand, model)
        slots[total] = given * (sp.S.One if statistic == 1 else values[statistic])
    return expr.xreplace(slots).xreplace({model.size: sp.S.One})


def _statistics(expressions: Iterable[Expr], model: Specification) -> dict[Expr, None]:
    found = set().union(*(statistics_in(e, model) for e in expressions))
    return dict.fromkeys(sorted(found, key=sp.default_sort_key))


# ------------------------------------------------------------------ few values, single values


def _at_points(statistic: Expr, model: Specification) -> Expectation | None:
    """Σ T(x) f(x) over a support of few values; f(c) for the indicator of c, 1 − f(c) for that of the others."""
    if not model.discrete or len(model.variables) != 1:
        return None
    (x,) = model.variables
    points = model.few_values
    if points:
        terms = [statistic.xreplace({x: v}) * mass(v, model) for v in points]
        return Expectation(shortest(sp.Add(*terms)), "points")
    if not isinstance(statistic, sp.Piecewise) or len(statistic.args) != 2 or statistic.args[1].expr != 0:
        return None
    value, condition = statistic.args[0]
    if isinstance(condition, (sp.Eq, sp.Ne)) and x in condition.args:
        (point,) = (a for a in condition.args if a != x)
        if x in point.free_symbols:
            return None
        if isinstance(condition, sp.Eq):
            return Expectation(value.xreplace({x: point}) * mass(point, model), "mass")
        if x not in value.free_symbols:
            return Expectation(value * (1 - mass(point, model)), "mass")
    return None


def mass(value: Expr, model: Specification) -> Expr:
    """f(value | θ) with the piece that holds there."""
    (x,) = model.variables
    return model.density.subs(x, value).doit()


# ------------------------------------------------------------------ from the score


def _solve_score(score: list[Expr], found: Expectations, model: Specification, by: str = "") -> None:
    """Put what E[score] = 0 determines into ``found``: single unknowns first, then a square system."""
    used = _statistics(score, model)
    by = by or "score" if all(found[t].by == "score" for t in used if t in found) else "score+"
    slots: dict[Expr, Symbol] = {t: Dummy("E", real=True) for t in used}
    values = {t: found[t].value if t in found else slots[t] for t in used}
    rows = [sp.expand(in_expectation(component, values, model)) for component in score]
    progress = True
    while progress:
        progress = False
        for row in rows:
            left = [t for t in slots if t not in found and slots[t] in row.free_symbols]
            if len(left) == 1 and _solve_one(row, left[0], slots, found, by):
                rows = [sp.expand(r.xreplace({slots[left[0]]: found[left[0]].value})) for r in rows]
                progress = True
                break
    left = [t for t in slots if t not in found]
    rows = [r for r in rows if any(slots[t] in r.free_symbols for t in left)]
    if left and len(left) == len(rows) > MOST_TOGETHER:
        solved = rational_solution(*sp.linear_eq_to_matrix(rows, [slots[t] for t in left]))
        found |= {} if solved is None else {t: Expectation(v, by) for t, v in zip(left, solved[0], strict=True)}
    elif left and len(left) == len(rows):
        matrix, right = sp.linear_eq_to_matrix(rows, [slots[t] for t in left])
        if shortest(matrix.det()) != 0:
            solution = matrix.LUsolve(right)
            found |= {t: Expectation(shortest(v), by) for t, v in zip(left, solution, strict=True)}


def _solve_one(row: Expr, statistic: Expr, slots: Mapping[Expr, Symbol], found: Expectations, by: str) -> bool:
    """From c·E + d = 0 with c ≠ 0; False where c is 0."""
    unknown = slots[statistic]
    coefficient = shortest(row.coeff(unknown, 1))
    if coefficient == 0:
        return False
    found[statistic] = Expectation(shortest(-row.coeff(unknown, 0) / coefficient), by)
    return True


# ------------------------------------------------------------------ integrals


def integral(statistic: Expr, model: Specification) -> Expr | None:
    """E[T] as an integral that has a closed form for every value of the parameters, or None."""
    if model.discrete or len(model.variables) != 1 or model.support.relations or statistic.has(sp.Piecewise):
        return None
    (x,) = model.variables
    for p in never_zero(model):
        if model.density.has(sp.Abs(p)):
            return _on_both_sides(p, statistic, model)
    region = model.region

    def positive(expr: Expr) -> bool:
        if expr.is_positive is not None:
            return bool(expr.is_positive)
        sign = find_sign(expr, region, seconds=0.1)
        return sign is not None and sign.sign is Sign.POSITIVE

    interval = model.support.intervals[x]
    found = integrate_rational(model.density * statistic, x, interval, positive)
    if found is None:
        found = integrate_product(model.density, statistic, x, interval, positive)
    return integrate_gaussian(model.density * statistic, x, interval, positive) if found is None else found


def _on_both_sides(p: Symbol, statistic: Expr, model: Specification) -> Expr | None:
    """The integral for p > 0 and for p < 0, where it is one formula."""
    size = Dummy(p.name, positive=True)
    spaces = {size if s == p else s: Interval(sp.S.Zero) if s == p else i for s, i in model.parameters.items()}
    values = []
    for side in (1, -1):
        half = replace(model, density=model.density.xreplace({sp.Abs(p): size, p: side * size}), parameters=spaces)
        found = integral(statistic.xreplace({p: side * size}), replace(half, restrictions=()))
        if found is None:
            return None
        values.append(found.xreplace({size: side * p}))
    return values[0] if shortest(values[0] - values[1]) == 0 else None
