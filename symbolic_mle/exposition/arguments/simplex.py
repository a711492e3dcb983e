"""Shares of a whole: counts, Lagrange's multiplier, Gibbs' inequality, and what empty cells mean."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sympy as sp

from symbolic_mle.exposition import building as make
from symbolic_mle.exposition.arguments.cell_likelihood import cell_log_likelihood, counted_likelihood
from symbolic_mle.exposition.arguments.cell_order import order_blocks
from symbolic_mle.exposition.arguments.cells import FEW, Cells
from symbolic_mle.exposition.arguments.teller import Teller
from symbolic_mle.exposition.document import Block, Inlines, Line, cases, display, line, row
from symbolic_mle.exposition.mathematics import Maths
from symbolic_mle.exposition.prose import listed, say
from symbolic_mle.exposition.telling_model import likelihood_blocks
from symbolic_mle.exposition.telling_solution import Titled
from symbolic_mle.exposition.voice import Voice
from symbolic_mle.records import Case, Existence


def _sections(voice: Voice) -> Iterator[Titled]:
    cells = Cells(voice)
    yield ("Likelihood",), tuple(counted_likelihood(cells) if cells.counts else likelihood_blocks(voice))
    yield ("Log-likelihood",), tuple(cell_log_likelihood(cells))
    several = len(cells.argument.simplices) > 1
    for simplex in cells.argument.simplices:
        names = listed([cells.write(s.weight.shown) for s in simplex.shares])
        title = ("Maximum over ", *names) if several else ("Maximum under the constraint",)
        yield title, tuple(_multiplier(cells, simplex, several))
    yield ("Why it is the global maximum",), tuple(_gibbs(cells))
    for simplex in cells.argument.simplices:
        if simplex.order.pairs:
            yield ("The order",), tuple(order_blocks(cells, simplex))
    remaining = tuple(_remaining(cells))
    if remaining:
        yield ("The remaining data",), remaining


# ------------------------------------------------------------------ the multiplier


def _multiplier(cells: Cells, simplex: Any, several: bool) -> Iterator[Block]:
    """∂/∂p (ℓ + λ(1 − Σ p)) = 0"""
    multiplier = make.name(_free_letter(cells, "lambda", "kappa", "nu"))
    first = simplex.shares[0]
    slope = make.fraction(cells.write(first.weight.total), cells.write(first.weight.shown))
    yield say(
        "Could {cells} vary freely, {ell} would rise with each of them ({slope} and the other slopes are never 0, unless "
        "a weight is): it has no stationary point. What holds them back is the constraint, so this enters, with a "
        "Lagrange multiplier {multiplier}:"
        if not several
        else "These parameters share no term of {ell} with the others, so they are maximised over by themselves, under "
        "their own constraint, with a Lagrange multiplier {multiplier}:",
        cells=listed([cells.write(s.weight.shown) for s in simplex.shares]),
        ell=make.name("ell"),
        slope=slope,
        multiplier=multiplier,
    )
    gap = make.total(make.ONE, *(make.negative(_part(cells, s)) for s in simplex.shares))
    lagrangian = make.name("Lambda") if "Lambda" not in cells.voice.plain.spellings else make.name("H")
    yield display(line(lagrangian, "=", make.total(make.name("ell"), make.product(multiplier, make.brackets(gap)))))
    yield say("At a maximum with every cell positive its derivatives vanish:")
    yield display(*_stationary(cells, simplex, lagrangian, multiplier))
    yield say("The constraint gives the multiplier:")
    yield display(*_found(cells, simplex, multiplier))
    yield say("so that")
    yield display(*(line(cells.share(s), "=", cells.value(s.estimate)) for s in simplex.shares))


def _found(cells: Cells, simplex: Any, multiplier: Maths) -> Iterator[Line]:
    """1 = p + q + r = (n₁ + n₂ + n₃)/λ = n/λ, so λ = n."""
    total = cells.write(simplex.total)
    counted = cells.sum([cells.write(s.weight.total) for s in simplex.shares])
    parts = [cells.sum([_part(cells, s) for s in simplex.shares]), make.fraction(counted, multiplier)]
    if counted != total:
        parts.append(make.fraction(total, multiplier))
    first, *rest = parts
    yield line(make.ONE, "=", make.chain(first, *(part for node in rest for part in ("=", node))))
    yield line(multiplier, "=", total)


def _part(cells: Cells, share: Any) -> Maths:
    return make.product(cells.write(share.multiple), cells.write(share.weight.shown))


def _stationary(cells: Cells, simplex: Any, lagrangian: Maths, multiplier: Maths) -> Iterator[Line]:
    for share in simplex.shares:
        cell, total = cells.write(share.weight.shown), cells.write(share.weight.total)
        slope = make.fraction(make.row(make.words("∂"), lagrangian), make.row(make.words("∂"), cell))
        pull = make.product(cells.write(share.multiple), multiplier)
        derivative = make.total(make.fraction(total, cell), make.negative(pull))
        yield line(
            slope,
            "=",
            make.chain(derivative, "=", make.ZERO),
            "so ",
            make.chain(cell, "=", make.fraction(total, pull)),
        )


def _free_letter(cells: Cells, *wanted: str) -> str:
    taken = cells.voice.plain.spellings | {
        "lambda" if s in ("lam", "lambda_") else s for s in cells.voice.plain.spellings
    }
    return next(w for w in (*wanted, "eta", "zeta") if w not in taken)


# ------------------------------------------------------------------ the proof


def _gibbs(cells: Cells) -> Iterator[Block]:
    """log t ≤ t − 1"""
    t = make.name("t")
    bound = make.chain(make.call("log", t), "<=", make.total(t, make.number(-1)))
    yield say(
        "For all {positive}, {bound}, with equality only at {one}. So for every choice of the parameters{each}, with the "
        "cells of weight 0 left out of the sums,",
        positive=make.chain(t, ">", make.ZERO),
        bound=bound,
        one=make.chain(t, "=", make.ONE),
        each=", for each whole" if len(cells.argument.simplices) > 1 else "",
    )
    alone = len(cells.argument.simplices) == 1 and not cells.has_order
    for simplex in cells.argument.simplices:
        yield display(*_inequality(cells, simplex, alone))
    yield say(
        "Equality needs every cell equal to its share. This is Gibbs’ inequality; it covers empty cells too, with "
        "{convention}. So {these} the unique global maximiser wherever {they} in the parameter space.",
        these="these shares are" if cells.has_order else "the estimate is",
        they="they lie" if cells.has_order else "it lies",
        convention=make.chain(make.product(make.ZERO, make.call("log", make.ZERO)), "=", make.ZERO),
    )


def _inequality(cells: Cells, simplex: Any, alone: bool) -> Iterator[Line]:
    """ℓ(p) − ℓ(p̂) = Σ S log(u/û) ≤ Σ S (u/û − 1) ≤ 0"""
    ratios = [make.fraction(cells.write(s.weight.shown), cells.share(s)) for s in simplex.shares]
    totals = [cells.write(s.weight.total) for s in simplex.shares]
    logs = cells.sum([make.product(n, make.call("log", r)) for n, r in zip(totals, ratios, strict=True)])
    reduced = [make.brackets(make.total(r, make.number(-1))) for r in ratios]
    notation = cells.voice.notation
    if alone:
        gain = make.total(notation.log_likelihood(), make.negative(cells.voice.hatted.log_likelihood()))
        yield line(gain, "=", logs)
    linear = cells.sum([make.product(n, r) for n, r in zip(totals, reduced, strict=True)])
    yield line(None if alone else logs, "<=", linear)
    whole = make.brackets(cells.sum([_part(cells, s) for s in simplex.shares]))
    total = cells.write(simplex.total)
    yield line(None, "<=", make.chain(make.total(make.product(total, whole), make.negative(total)), "=", make.ZERO))


# ------------------------------------------------------------------ empty cells


def _remaining(cells: Cells) -> Iterator[Block]:
    rows = [row(_label(cells, case), _told(cells, case)) for case in cells.voice.derivation.cases[1:]]
    if rows:
        yield cases(*rows)


def _label(cells: Cells, case: Case) -> Inlines:
    """some cell is empty: n₁n₂ = 0"""
    if case.existence is Existence.ATTAINED:
        words = "the shares are not in strict order, or some weight is 0" if cells.has_order else "some weight is 0"
        left_out = any(c.existence is Existence.NOT_ATTAINED for c in cells.voice.derivation.cases)
        return (words, ", and the space holds the point of the formula" if left_out else "")
    if case.existence is Existence.NOT_ATTAINED:
        factors = sp.Mul.make_args(case.conditions[0].statistic)
        if cells.has_order or len(factors) > FEW:
            return ("the point of the formula is not in the space",)
    return tuple(listed([make.chain(cells.write(c.statistic), c.relation, make.ZERO) for c in case.conditions]))


def _told(cells: Cells, case: Case) -> Block:
    if case.existence is Existence.ATTAINED and cells.has_order:
        return say(
            "Then the maximum is on the boundary of the space, at the pooled shares. The derivatives need not vanish there; "
            "the inequality above did not need them."
        )
    if case.existence is Existence.ATTAINED:
        return say(
            "Then the estimate of that cell is 0, on the boundary of the space. For this cell the derivative of the "
            "Lagrangian is never 0, but the formula still gives the maximum: the inequality above did not need a "
            "derivative."
        )
    if case.existence is Existence.UNKNOWN:
        return say("Not decided: {reason}.", reason=case.reason)
    return say(
        "Then the formula gives a point that the parameter space leaves out. The likelihood comes arbitrarily close to its "
        "value there, and reaches it nowhere else: there is no maximum likelihood estimate."
    )


def _result(voice: Voice) -> Iterator[Block]:
    cells, every = Cells(voice), voice.derivation.cases
    missing = any(c.existence is Existence.NOT_ATTAINED for c in every)
    attained = [c for c in every if c.existence is Existence.ATTAINED]
    formulas = attained[-1 if cells.has_order else 0].estimators
    yield display(*(line(voice.hat(p), "=", cells.value(e)) for p, e in formulas.items()))
    yield say(
        "This is the unique maximum likelihood estimate{provided}.",
        provided=", provided that it lies in the parameter space; otherwise there is none" if missing else "",
    )
    if cells.has_order:
        yield say("When the shares are in order already, these are the shares themselves.")
    else:
        yield from _expectation(cells)


def _expectation(cells: Cells) -> Iterator[Block]:
    """E[S] = N·a·u: the score along the simplex has expectation 0, so E[S]/(a·u) is the same for every cell."""
    simplices = cells.argument.simplices
    if cells.voice.model.checked and len(cells.voice.model.variables) == 1 and all(s.certain for s in simplices):
        share = simplices[0].shares[0]
        total, whole = cells.write(share.weight.total), _part(cells, share)
        expectation = make.row(make.words("E"), make.brackets(total, "[]"))
        mean = make.chain(expectation, "=", make.product(cells.write(simplices[0].total), whole))
        yield say(
            "Each weight has the expectation that its cell gives it, {mean}{others}: the formulas are unbiased.",
            mean=mean,
            others=" and so on" if len(simplices[0].shares) > 1 else "",
        )


TELLER = Teller(_sections, _result)
