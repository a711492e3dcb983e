"""The facts of a maximum over one or more simplices, and its cases of the data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import sympy as sp
from sympy import Expr, Symbol

from symbolic_mle.algebra.affine import Form, combination
from symbolic_mle.records import Case, Condition, Existence, Proof, Step
from symbolic_mle.stages.simplex.shares import Simplex


@dataclass(frozen=True, slots=True)
class SimplexArgument:
    """``simplices`` share no parameter; ``solved`` are the parameters that the equations among them give."""

    simplices: tuple[Simplex, ...]
    counts: tuple[tuple[Expr, Mapping[Symbol, Expr]], ...]  # #{xᵢ = v}, and v
    solved: Mapping[Symbol, Expr]
    forms: Mapping[Symbol, Form]  # of every parameter
    cases: tuple[Case, ...]
    kind: str = "simplex"

    @property
    def regular(self) -> bool:
        """With an equation among the parameters the second derivatives in each of them are no information."""
        return not self.solved and self.cases[0].kind == "interior"

    def in_cells(self, parameter: Symbol, simplex: Simplex) -> tuple[Expr, ...] | None:
        """The coefficients of a parameter in the shares of a simplex."""
        return combination(self.forms[parameter], [s.weight.form for s in simplex.shares])

    def steps(self) -> Iterator[Step]:
        for case in self.cases:
            for parameter, value in case.estimators.items():
                yield Step("result", "maximum", value, parameter, parameter=parameter, conditions=case.conditions)


def cases_of(simplices: tuple[Simplex, ...], forms: Mapping[Symbol, Form]) -> tuple[Case, ...] | None:
    """No share empty and every order strict; a whole that is 0; what else the space allows; what it leaves out.

    None where a parameter is in no simplex.
    """
    free, ordered = (_estimators(simplices, forms, which) for which in (False, True))
    if len(free) < len(forms):
        return None
    shares = [s for simplex in simplices for s in simplex.shares]
    inside = [Condition(s.weight.total, ">") for s in shares] + [Condition(g, ">") for s in simplices for g in _gaps(s)]
    found = [Case(tuple(inside), Existence.ATTAINED, Proof.GLOBAL, "interior", free)]
    for simplex in simplices:
        if not simplex.certain:
            reason = f"every value of {', '.join(p.name for p in simplex.parameters)} gives the same likelihood"
            nothing = Condition(simplex.total, "=")
            found.append(Case((nothing,), Existence.UNKNOWN, Proof.NONE, "unknown", reason=reason))
    needed = [e for simplex in simplices for e in _needed(simplex)]
    if len(needed) < len(inside) or any(len(e) > 1 for simplex in simplices for e in simplex.excluded):
        allowed = tuple(Condition(e, ">") for e in needed)
        found.append(Case(allowed, Existence.ATTAINED, Proof.GLOBAL, "boundary", ordered))
    if needed:
        left_out = Condition(sp.Mul(*needed), "=")
        reason = "the likelihood is largest on a face of the space that is left out of it"
        found.append(Case((left_out,), Existence.NOT_ATTAINED, Proof.GLOBAL, "path", reason=reason))
    return tuple(found)


def _estimators(
    simplices: tuple[Simplex, ...], forms: Mapping[Symbol, Form], ordered: bool
) -> dict[Symbol, Expr]:  # fmt: skip
    """Every parameter from the simplex in whose shares it can be written."""
    values = {p: next((v for s in simplices if (v := s.value(f, ordered)) is not None), None) for p, f in forms.items()}
    return {p: v for p, v in values.items() if v is not None}


def _gaps(simplex: Simplex) -> Iterator[Expr]:
    """ûⱼ − ûᵢ for i ≤ j, times N."""
    for pair in simplex.order.pairs:
        lower, upper = simplex.shares[pair.lower], simplex.shares[pair.upper]
        yield upper.weight.total / upper.multiple - lower.weight.total / lower.multiple


def _needed(simplex: Simplex) -> Iterator[Expr]:
    """What must be positive for the maximiser to be in the space."""
    if not simplex.order.pairs:
        yield from (sp.Add(*(simplex.shares[k].weight.total for k in group)) for group in simplex.excluded)
        return
    yield from (sp.Add(*(simplex.ordered[k] for k in group)) for group in simplex.excluded)
    strict = (p for p in simplex.order.pairs if p.strict)
    yield from (simplex.ordered[p.upper] - simplex.ordered[p.lower] for p in strict)
