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
    estimators: Mapping[Symbol, Expr]
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


def cases_of(simplices: tuple[Simplex, ...], estimators: Mapping[Symbol, Expr]) -> tuple[Case, ...]:
    """No share empty; a whole that is 0; empty shares that the space allows; empty shares that it leaves out."""
    shares = [s for simplex in simplices for s in simplex.shares]
    uncertain = [s for s in simplices if not s.certain]
    excluded = [sp.Add(*(s.weight.total for s in group)) for simplex in simplices for group in simplex.excluded]
    inside = tuple(Condition(s.weight.total, ">") for s in shares)
    found = [Case(inside, Existence.ATTAINED, Proof.GLOBAL, "interior", estimators)]
    for simplex in uncertain:
        reason = f"every value of {', '.join(p.name for p in simplex.parameters)} gives the same likelihood"
        nothing = Condition(simplex.total, "=")
        found.append(Case((nothing,), Existence.UNKNOWN, Proof.NONE, "unknown", reason=reason))
    if len(excluded) < len(shares) or any(len(g) > 1 for simplex in simplices for g in simplex.excluded):
        allowed = tuple(Condition(e, ">") for e in excluded)
        found.append(Case(allowed, Existence.ATTAINED, Proof.GLOBAL, "boundary", estimators))
    if excluded:
        left_out = Condition(sp.Mul(*excluded), "=")
        reason = "the likelihood is largest on a face of the simplex that the space leaves out"
        found.append(Case((left_out,), Existence.NOT_ATTAINED, Proof.GLOBAL, "path", reason=reason))
    return tuple(found)
