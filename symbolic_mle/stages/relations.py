"""What the relations of a model say of a sign, beyond the interval of each symbol: 1 − p − q > 0 inside p + q ≤ 1."""

from __future__ import annotations

from dataclasses import dataclass

import sympy as sp
from sympy import Expr

from symbolic_mle.algebra.affine import Polyhedron, polyhedron
from symbolic_mle.records import Specification


@dataclass(frozen=True, slots=True)
class Related:
    """The parameter space and the support as polyhedra; None where they are not."""

    space: Polyhedron | None
    support: Polyhedron | None
    gaps: tuple[Expr, ...] = ()  # greater − lesser side of each restriction of the parameters

    @staticmethod
    def of(model: Specification) -> Related:
        tied = model.restrictions or any(i.free_symbols for i in model.parameters.values())
        space = polyhedron(model.parameters, model.restrictions) if tied else None
        moving = model.support.free_symbols & set(model.parameters)
        sides = [r for r in model.restrictions if isinstance(r, (sp.Lt, sp.Gt, sp.Le, sp.Ge))]
        gaps = tuple(r.gts - r.lts for r in sides)
        if moving or not model.support.relations:
            return Related(space, None, gaps)
        support = polyhedron({**model.known, **model.support.intervals}, model.support.relations)
        return Related(space, support, gaps)

    def is_positive(self, expr: Expr) -> bool:
        """Is it > 0 inside the parameter space, for every observation of the support?"""
        if isinstance(expr, (sp.Mul, sp.Pow)):
            return all(f.is_positive or self.is_positive(f.as_base_exp()[0]) for f in sp.Mul.make_args(expr))
        if isinstance(expr, (sp.factorial, sp.gamma)):
            form = self.support and self.support.form(expr.args[0] - (1 if isinstance(expr, sp.gamma) else 0))
            return bool(self.support is not None and form and self.support.is_nonnegative(form))
        if any(sp.expand(expr - gap) == 0 for gap in self.gaps):
            return True
        form = self.space and self.space.form(expr)
        return bool(self.space is not None and form and any(form) and self.space.is_nonnegative(form))
