"""The result: the estimators, the data that they need, what is proved of them, and what follows at once."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp
from sympy import Expr, Symbol

from symbolic_mle.algebra.sample import DataSum, outermost_sums
from symbolic_mle.exposition import building as make
from symbolic_mle.exposition.document import Block, Inline, Inlines, Line, definitions, display, line, paragraph, row
from symbolic_mle.exposition.forms import same, tidy
from symbolic_mle.exposition.mathematics import Maths, size
from symbolic_mle.exposition.telling_cases import case_blocks
from symbolic_mle.exposition.telling_conditions import in_symbols, on_data, short
from symbolic_mle.exposition.telling_equations import LONG, implicit_line, root_forms
from symbolic_mle.exposition.voice import Voice, listed
from symbolic_mle.records import Case, Existence, Implicit, Proof


def result_blocks(voice: Voice) -> Iterator[Block]:
    """The estimators of the generic case, what they need, and what is proved of them."""
    case = voice.derivation.cases[0]
    if case.kind == "unknown":
        yield paragraph("No estimator is claimed.")
        return
    if case.existence is not Existence.ATTAINED:
        yield from case_blocks(voice, case)
        return
    lines = [
        drawn for p in voice.parameters if p in case.estimators for drawn in _estimator(voice, p, case.estimators[p])
    ]
    if lines:
        yield display(*lines)
    if voice.alias is not None:
        quantity, name = voice.alias
        yield paragraph("where ", make.chain(voice.notation.observed(name), "=", voice.plain.observed(quantity)), ".")
    if case.implicit is not None:
        yield from _implicit(voice, case, case.implicit)
    yield paragraph(*_claim(voice, case))
    yield from _other_cases(voice, case)


def _estimator(voice: Voice, parameter: Symbol, value: Expr) -> Iterator[Line]:
    """λ̂ = x̄ = (1/n) ∑ᵢ xᵢ"""
    drawn = estimator_forms(voice, value)
    if sum(map(size, drawn)) <= LONG:
        first, *rest = drawn
        yield line(
            voice.hat(parameter), "=", make.chain(first, *(part for d in rest for part in ("=", d))) if rest else first
        )
        return
    yield line(voice.hat(parameter), "=", drawn[0])
    yield from (line(None, "=", d) for d in drawn[1:])


def estimator_forms(voice: Voice, value: Expr) -> list[Maths]:
    """The shortest form first, then the sums that it stands for."""
    return root_forms(voice, value, *voice.parameters)[::-1]


def _implicit(voice: Voice, case: Case, implicit: Implicit) -> Iterator[Block]:
    names = listed([voice.hat(p) for p in implicit.parameters])
    depends = any(set(implicit.parameters) & value.free_symbols for value in case.estimators.values())
    start = "" if not case.estimators else "where " if depends else "and "
    if len(implicit.parameters) > 1:
        yield paragraph(start, *names, " solve")
        yield display(
            *(
                line(voice.write_hatted(tidy(implicit.log_likelihood.diff(p), voice.size)), "=", make.ZERO)
                for p in implicit.parameters
            )
        )
        return
    yield paragraph(start, *names, " is the root of" if implicit.unique else " is a root of")
    stage = next(k for k, r in enumerate(voice.reductions) if r.parameter == implicit.parameters[0])
    yield display(implicit_line(voice, stage))
    explicit = getattr(voice.reductions[stage], "explicit", None)
    if explicit is not None:
        yield paragraph("In Lambert's function ", make.name("W"), " this root is")
        yield display(line(voice.hat(implicit.parameters[0]), "=", root_forms(voice, explicit, *voice.parameters)[-1]))
    if stage in voice.gaps:
        gap = voice.gaps[stage]
        yield paragraph("with ", make.chain(voice.write(gap.symbol), "=", voice.write(gap.value)), ".")


def _claim(voice: Voice, case: Case) -> Inlines:
    several = len(voice.parameters) > 1
    subject = (
        make.brackets(make.sequence(*map(voice.hat, voice.parameters))) if several else voice.hat(voice.parameters[0])
    )
    if case.proof is Proof.NONE:
        return ("Of ", subject, " nothing is proved.")
    if case.proof is Proof.LOCAL:
        return ("It is not proved for all data that ", subject, " is the global maximiser.")
    open_ended = any(e.limit is None and e.sign is None for r in voice.reductions for e in (r.lower, r.upper))
    exists: Inlines = (", where it exists,",) if open_ended and case.implicit is not None else ()
    verdict: Inlines = (subject, *exists, " is the unique maximum likelihood estimate.")
    return ("Provided ", *in_symbols(voice, case.conditions), ", ", *verdict) if case.conditions else verdict


def _other_cases(voice: Voice, case: Case) -> Iterator[Block]:
    """What the formula says where the interior solution does not exist."""
    others = [c for c in voice.derivation.cases[1:] if c.conditions]
    boundary = [c for c in others if c.kind == "boundary"]
    formula = case.estimators.get(voice.parameters[0])
    if boundary and len(boundary) == len(others) and formula is not None and not voice.several:
        if all(_agrees(voice, formula, c) for c in boundary):
            drawn = estimator_forms(voice, formula)[0]
            yield paragraph(
                "The formula also gives the boundary values, so ", make.chain(voice.hat(voice.parameters[0]), "=", drawn), " in every case."
            )  # fmt: skip
        return
    missing = [c for c in others if c.existence in (Existence.NOT_ATTAINED, Existence.UNBOUNDED)]
    if missing:
        words: list[Inline | Inlines] = [short(voice, c.conditions[-1]) for c in missing]
        yield paragraph("When ", *listed(words, " or "), ", there is none.")


def _agrees(voice: Voice, formula: Expr, case: Case) -> bool:
    there = on_data(formula, case.conditions[-1], voice)
    return there is not None and same(sp.cancel(there), case.estimators[voice.parameters[0]])


def remark_blocks(voice: Voice) -> Iterator[Block]:
    """What follows from the form of an estimator at once."""
    unbiased = _mean_of_statistic(voice)
    if unbiased is not None:
        yield from _is_unbiased(voice, *unbiased)
    for parameter, value in voice.derivation.cases[0].estimators.items():
        spread = _spread_over_size(value, voice.size)
        if spread is not None:
            yield _divides_by_size(voice, parameter, spread)


def _mean_of_statistic(voice: Voice) -> tuple[DataSum, Expr] | None:
    """(Σ T, E Σ T) for a score that is a multiple of Σ T − n·c·θ: the score of an exponential family has mean 0.

    Then θ̂ = Σ T/(n·c) has the expectation θ (Casella & Berger 2002, section 7.3; the support is free of θ).
    """
    likelihood, reductions = voice.derivation.likelihood, voice.reductions
    if (
        voice.several
        or not voice.model.checked
        or likelihood.mixed
        or len(reductions) != 1
        or reductions[0].equation is None
    ):
        return None
    numerator, parameter = sp.expand(reductions[0].equation.numerator), reductions[0].parameter
    sums = outermost_sums(numerator)
    if len(sums) != 1 or reductions[0].equation.multiplier.has(DataSum):
        return None
    (total,) = sums
    slope, rest = numerator.coeff(total, 1), sp.expand(numerator - numerator.coeff(total, 1) * total)
    mean = sp.cancel(-rest / slope) if slope != 0 else rest
    linear = (
        not slope.has(DataSum, parameter) and mean.coeff(parameter, 1) * parameter == mean and not mean.has(DataSum)
    )
    return (total, mean) if linear else None


def _is_unbiased(voice: Voice, total: DataSum, mean: Expr) -> Iterator[Block]:
    expectation = make.row(make.words("E"), make.brackets(voice.write(total), "[]"))
    parameter = voice.parameters[0]
    yield paragraph(
        "The score has expectation 0, so ", make.chain(expectation, "=", voice.write(mean)), ": the formula for ", voice.hat(parameter),
        " is unbiased.", *_known_centre(voice, total),
    )  # fmt: skip


def _known_centre(voice: Voice, total: DataSum) -> Inlines:
    """Why squares about a known centre are divided by n, not by n − 1."""
    summand = total.summand
    if not isinstance(summand, sp.Pow) or summand.exp != 2 or not isinstance(summand.base, sp.Add):
        return ()
    centre = -summand.base.as_independent(*total.variables, as_Add=True)[0]
    fewer = make.total(voice.write(voice.size), make.number(-1))
    return (
        " The squares are taken about the known ", voice.write(centre), ", not about a mean that had to be estimated, so they are "
        "divided by ", voice.write(voice.size), " and not by ", fewer, ".",
    )  # fmt: skip


def _divides_by_size(voice: Voice, parameter: Symbol, spread: DataSum) -> Block:
    """E Σ (tᵢ − t̄)² = (n − 1)·Var t"""
    quantity = spread.summand.base.as_independent(DataSum, as_Add=True)[0]
    fewer = make.total(voice.write(voice.size), make.number(-1))
    variance = make.call("Var", voice.notation.observed(voice.alias[1] if voice.alias else quantity))
    expectation = make.row(make.words("E"), make.brackets(voice.write(spread), "[]"))
    return paragraph(
        "The average ", voice.hat(parameter), " divides by ", voice.write(voice.size), ". Because ",
        make.chain(expectation, "=", make.product(make.brackets(fewer), variance)),
        ", dividing by ", fewer, " instead gives the unbiased estimator of the variance.",
    )  # fmt: skip


def _spread_over_size(value: Expr, n: Symbol) -> DataSum | None:
    """Σ (tᵢ − t̄)², for an estimator that is its n-th part."""
    sums = outermost_sums(value)
    if len(sums) != 1:
        return None
    (total,) = sums
    return total if sp.cancel(value * n / total) == 1 and total.summand.has(DataSum) else None


def precision_blocks(voice: Voice) -> Iterator[Block]:
    """Rows (label, name, value), where the derivation has them."""
    facts = getattr(voice.derivation, "precision", None)
    if facts:
        yield definitions(
            *(row((label,), display(line(name, "=", voice.write_hatted(value)))) for label, name, value in facts)
        )
