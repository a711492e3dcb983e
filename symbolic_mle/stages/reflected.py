"""A parameter on both sides of a gap around 0 (θ ≠ 0, |θ| ≥ c): which side holds the maximum is the sign of one statistic.

Theorem. Let the space of θ be symmetric about 0, and let ℓ(θ) − ℓ(−θ) = c(θ)·T for θ > 0, where c > 0 and T is a statistic, the
other parameters held fixed. If T > 0, every point with θ < 0 is lower than its mirror image, so the maximisers are those on θ > 0
(and there is none when there is none on θ > 0: the suprema are equal); if T < 0 they are those on θ < 0. If T = 0, ℓ is even,
and the maximisers are those on θ > 0 and their mirror images.
Premises checked: the symmetry of the space; the sign of c on the half θ > 0, for all values of the other parameters; that T is
free of the parameters. The maximum on each half is derived by the score, on the half as the space.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import sympy as sp
from sympy import Expr, Symbol

from symbolic_mle.algebra.ends import limit_at
from symbolic_mle.algebra.intervals import Interval
from symbolic_mle.algebra.pieces import pieces
from symbolic_mle.algebra.sample import DataSum, sealed
from symbolic_mle.algebra.signs import Sign
from symbolic_mle.records import Case, Condition, Existence, Proof, Specification, Step
from symbolic_mle.stages.facts import sample_sign
from symbolic_mle.stages.inner import Inner, inner_findings
from symbolic_mle.stages.likelihood import Likelihood, build_likelihood
from symbolic_mle.stages.sample_signs import find_sign
from symbolic_mle.stages.scope import out_of_scope
from symbolic_mle.stages.solution.cases import Findings, on_condition
from symbolic_mle.stages.solution.ends import sample_limit
from symbolic_mle.stages.steps import write_steps


@dataclass(frozen=True, slots=True)
class Reflection:
    """ℓ(θ) − ℓ(−θ) = ``scale``·``statistic``; the derivation on θ > 0, and the cases."""

    parameter: Symbol
    scale: Expr
    statistic: Expr
    half: Inner
    cases: tuple[Case, ...]
    kind: str = "reflection"
    regular: bool = True

    @property
    def parts(self) -> tuple[Inner, ...]:
        return (self.half,)

    def steps(self) -> Iterator[Step]:
        """The maximiser of each case; a tie is not drawn by chance."""
        for case in self.cases:
            if case.existence is Existence.ATTAINED and case.conditions[0].relation != "=":
                for parameter, value in case.estimators.items():
                    yield Step("result", "maximum", value, parameter, parameter=parameter, conditions=case.conditions)


def attempt(likelihood: Likelihood, model: Specification) -> Findings | None:
    """The maximisers on one side, told by the sign of T."""
    restricted = {p for r in model.restrictions for p in r.free_symbols & set(model.parameters)}
    if len(restricted) != 1 or model.points:
        return None
    (parameter,) = restricted
    space = _upper_half(parameter, model)
    if space is None:
        return None
    halves = [_half(parameter, sign, space, model) for sign in (1, -1)]
    if any(out_of_scope(h) for h in halves):
        return None
    above, below = (build_likelihood(h).log_likelihood for h in halves)
    found = _difference(above - below, parameter, halves[0])
    if found is None:
        return None
    scale, statistic = found
    up, down = (_derived(h) for h in halves)
    cases = tuple(_cases(up, down, parameter, statistic))
    if not cases:
        return None
    argument = Reflection(parameter, scale, statistic, up, cases)
    return Findings((), (), likelihood.log_likelihood, cases, likelihood.log_likelihood, argument=argument)


def _upper_half(parameter: Symbol, model: Specification) -> Interval | None:
    """The part θ > 0 of a space that is symmetric about 0 and leaves 0 out."""
    interval = model.parameters[parameter]
    symmetric = interval.lower == -interval.upper and interval.closed_lower == interval.closed_upper
    if not symmetric or interval.integer:
        return None
    zero = sp.Integer(0)
    if model.restrictions == (sp.Ne(parameter, zero),):
        return replace(interval, lower=zero, closed_lower=False)
    if len(model.restrictions) == 1 and isinstance(model.restrictions[0], (sp.Ge, sp.Gt)):
        relation = model.restrictions[0]
        end = relation.rhs
        if relation.lhs == sp.Abs(parameter) and end.is_positive and not end.free_symbols & set(model.parameters):
            unbounded = interval.upper == sp.oo
            closed = isinstance(relation, sp.Ge)
            return replace(interval, lower=end, closed_lower=closed) if unbounded else None
    parts = pieces(parameter, model.restrictions, interval)
    if parts is None or len(parts) != 2:
        return None
    low, high = parts
    mirrored = (low.lower, low.upper) == (-high.upper, -high.lower)
    closed_alike = (low.closed_lower, low.closed_upper) == (high.closed_upper, high.closed_lower)
    return high if mirrored and closed_alike else None


def _half(parameter: Symbol, sign: int, space: Interval, model: Specification) -> Specification:
    """The model on θ > 0, or, by θ → −θ, that on θ < 0."""
    density = model.density.xreplace({parameter: sign * parameter}).xreplace({sp.Abs(parameter): parameter})
    return replace(model, density=density, parameters={**model.parameters, parameter: space}, restrictions=())


def _derived(model: Specification) -> Inner:
    likelihood, findings = inner_findings(model)
    cases = tuple(c for case in findings.cases for c in (_settled(case, model) or (case,)))
    findings = replace(findings, cases=cases)
    return Inner(model, likelihood, findings, write_steps(model, likelihood, findings))


def _settled(case: Case, model: Specification) -> tuple[Case, ...]:
    """The case of a score M that falls from +∞ at 0 for the data with lim θᵏM > 0, and the case of the others; () if not so.

    For these data ℓ has its maximum at the root of M, by the theorem of ``solution.single``. For the others, nothing is claimed
    but that the likelihood is unbounded where ℓ → ∞.
    """
    by = case.existence_by
    if by is None or case.conditions or len(by.parameters) != 1:
        return ()
    (parameter,) = by.parameters
    interval, function = model.parameters[parameter], sp.expand(by.function)
    if interval.lower != 0 or interval.upper != sp.oo or interval.closed_lower:
        return ()
    lead = next((v for k in (1, 2, 3) if (v := _finite(parameter**k * function, parameter, model)) is not None), None)
    sign = None if lead is None else sample_sign(lead, model, model.region)
    if lead is None or sign is None or sign.sign is not Sign.NONNEGATIVE or sign.zero is None:
        return ()
    if sample_limit(function, parameter, sp.oo, "-", model) != -sp.oo:
        return ()
    zero = replace(sign.zero, statistic=lead)
    given = Condition(
        lead, ">", {"every": "not every", "equal": "not equal"}.get(zero.meaning, ""), zero.quantity, zero.value
    )
    grows = limit_at(on_condition(by.log_likelihood, zero, model), parameter, sp.Integer(0), "+") == sp.oo
    path = ((parameter, sp.Integer(0), "+"),)
    if not grows:
        return ()
    return (
        replace(case, conditions=(given,), existence_by=None, reason=""),
        Case((zero,), Existence.UNBOUNDED, Proof.GLOBAL, "path", path=path),
    )


def _finite(expr: Expr, parameter: Symbol, model: Specification) -> Expr | None:
    """lim at 0 where it is a statistic."""
    found = sample_limit(sp.expand(expr), parameter, sp.Integer(0), "+", model)
    return None if found is None or found.has(sp.oo, -sp.oo, sp.zoo, sp.nan, parameter) or found == 0 else found


def _difference(difference: Expr, parameter: Symbol, half: Specification) -> tuple[Expr, Expr] | None:
    """(c, T): the difference is c·T with c > 0 on the half and T a statistic."""
    factored = sp.factor_terms(sealed(sp.expand, difference))
    if not factored.has(DataSum):
        return None
    names = (*half.parameters, *half.known)
    scale, statistic = factored.as_independent(DataSum, as_Add=False)
    if statistic.has(*half.parameters):
        return None
    found = find_sign(scale, half.region)
    if found is None or found.sign not in (Sign.POSITIVE, Sign.NEGATIVE) or not scale.has(*names):
        return None
    return (scale, statistic) if found.sign is Sign.POSITIVE else (-scale, -statistic)


def _cases(up: Inner, down: Inner, parameter: Symbol, statistic: Expr) -> Iterator[Case]:
    """T > 0, T < 0, T = 0; nothing where a half is not derived in closed form with proof."""
    for half in (up, down):
        if any(not _is_told(c) for c in half.cases):
            return
    for relation, half in ((">", up), ("<", down), ("=", up)):
        side = Condition(statistic, relation)
        for case in half.cases:
            if any(_excludes(c, relation, statistic, half.model) for c in case.conditions):
                continue
            conditions = _without_repetition(side, case.conditions, statistic, half.model)
            here = replace(case, conditions=conditions) if relation != "<" else _turned(case, conditions, parameter)
            if relation == "=" and case.existence is Existence.ATTAINED:
                image = {**case.estimators, parameter: -case.estimators[parameter]}
                here = replace(here, others=(image,))
            yield here


def _is_told(case: Case) -> bool:
    decided = case.implicit is None and case.locator is None and case.existence_by is None and not case.ranges
    return decided and case.proof is Proof.GLOBAL and case.existence is not Existence.UNKNOWN


def _without_repetition(
    side: Condition, others: tuple[Condition, ...], statistic: Expr, model: Specification
) -> tuple[Condition, ...]:
    """T > 0 says that not every xᵢ is 0, when T = 0 for such data; and "every xᵢ is 0" says T = 0."""
    vanishing = {"not every": "every", "every": "every"}
    means = [
        c for c in others
        if c.meaning in vanishing and _vanishes(replace(c, relation="=", meaning=vanishing[c.meaning]), statistic, model)
    ]  # fmt: skip
    if side.relation != "=":
        return (side, *(c for c in others if c not in means))
    return others if any(c.meaning == "every" for c in means) else (side, *others)


def _vanishes(condition: Condition, statistic: Expr, model: Specification) -> bool:
    """Is T = 0 for the data of the condition?"""
    return bool(sealed(sp.expand, on_condition(statistic, condition, model)) == 0)


def _excludes(condition: Condition, relation: str, statistic: Expr, model: Specification) -> bool:
    """Does the condition contradict T > 0, T < 0 or T = 0?"""
    if relation != "=":
        return condition.relation == "=" and _vanishes(condition, statistic, model)
    there = sealed(sp.expand, condition.statistic).xreplace({statistic: sp.Integer(0)})
    found = None if condition.relation != ">" or there.has(DataSum) else find_sign(there, model.region)
    return found is not None and found.sign in (Sign.NEGATIVE, Sign.NONPOSITIVE, Sign.ZERO)


def _turned(case: Case, conditions: tuple[Condition, ...], parameter: Symbol) -> Case:
    """A case of the model in −θ as one in θ."""
    estimators = {p: -v if p == parameter else v for p, v in case.estimators.items()}
    opposite = {"+": "-", "-": "+", "": ""}
    path = tuple((p, -e, opposite[side]) if p == parameter else (p, e, side) for p, e, side in case.path)
    return replace(case, conditions=conditions, estimators=estimators, path=path)
