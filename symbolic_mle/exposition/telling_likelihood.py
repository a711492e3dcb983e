"""Model, likelihood, log-likelihood, score: the sections that every derivation has."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp
from sympy import Expr

from symbolic_mle.algebra.sample import DataSum
from symbolic_mle.exposition import building as make
from symbolic_mle.exposition.document import Block, Inline, display, formula, line, paragraph
from symbolic_mle.exposition.mathematics import Maths
from symbolic_mle.exposition.voice import Voice


def model_blocks(voice: Voice) -> Iterator[Block]:
    """What is observed, from which density, with which unknowns."""
    notation, model = voice.notation, voice.derivation.model
    yield paragraph(notation.sample(), " are independent observations from")
    note: list[Inline] = []
    yield display(line(notation.density(), "=", notation.write(model.density), *note))
    yield paragraph(*_where(voice))
    if not model.checked:
        yield paragraph(
            "It was not checked that this is a density; what follows holds for it as a contribution to a likelihood."
        )


def _where(voice: Voice) -> Iterator[Inline]:
    notation, model = voice.notation, voice.derivation.model
    yield "for "
    yield from _joined([_support(voice, x) for x in model.variables])
    yield ", with "
    yield from _joined([notation.space(p, s) for p, s in model.parameters.items()])
    yield " unknown"
    if model.known:
        yield " and "
        yield from _joined([notation.space(c, s) for c, s in model.known.items()])
        yield " known"
    for relation in (*model.support.relations, *model.restrictions):
        yield ", "
        yield notation.write(relation)
    yield "."


def _support(voice: Voice, variable: sp.Symbol) -> Maths:
    """x = 0, 1, 2, … for whole numbers, else the interval."""
    notation, interval = voice.notation, voice.derivation.model.support.intervals[variable]
    name = notation.write(variable)
    if not interval.integer or not interval.closed_lower or interval.lower.is_infinite:
        return notation.space(variable, interval)
    low, high = interval.lower, interval.upper
    if low.is_Integer and high.is_Integer and high - low <= 3:
        values = [notation.write(sp.Integer(k)) for k in range(int(low), int(high) + 1)]
    elif high.is_infinite:
        values = [notation.write(low), notation.write(low + 1), notation.write(low + 2), make.words("…")]
    else:
        values = [notation.write(low), notation.write(low + 1), make.words("…"), notation.write(high)]
    return make.chain(name, "=", make.sequence(*values))


def _joined(nodes: list[Maths]) -> Iterator[Inline]:
    for k, node in enumerate(nodes):
        if k:
            yield ", "
        yield node


def likelihood_blocks(voice: Voice) -> Iterator[Block]:
    """L as a product, with its powers collected."""
    notation, model = voice.notation, voice.derivation.model
    kind = "probability" if model.discrete else "density"
    yield paragraph(
        f"The observations are independent, so their joint {kind} is the product of their single ones. With the data fixed "
        "it is a function of the parameters alone:" if len(model.parameters) > 1 else
        f"The observations are independent, so their joint {kind} is the product of their single ones. With the data fixed "
        "it is a function of the parameter alone:"
    )  # fmt: skip
    lines = [line(notation.likelihood(), "=", notation.product_over_sample(model.density))]
    collected = _collected_product(voice)
    if collected is not None:
        lines.append(line(None, "=", collected))
    yield display(*lines)


def _collected_product(voice: Voice) -> Maths | None:
    """λ^(∑ᵢ xᵢ) e^(−nλ) / ∏ᵢ xᵢ!, where every term parts."""
    likelihood, notation = voice.derivation.likelihood, voice.notation
    if likelihood.mixed or any(t.has(sp.Piecewise) for _, t in likelihood.parted):
        return None
    powers, exponents = [], []
    for coefficient, total in _parted_terms(voice):
        if isinstance(coefficient, sp.log):
            powers.append(make.power(notation.write(coefficient.args[0]), notation.write(total)))
        else:
            exponents.append(coefficient * total)
    if exponents:
        powers.append(notation.write(sp.exp(sp.Add(*exponents))))
    free = sp.exp(sp.Add(*likelihood.free))
    if free != 1:
        free = sp.powsimp(sp.simplify(free)) if free.count_ops() < 40 else free
        powers.append(notation.product_over_sample(free) if free.free_symbols & set(notation.variables) else
                      notation.write(free**voice.derivation.model.size))  # fmt: skip
    return make.product(*powers)


def _parted_terms(voice: Voice) -> list[tuple[Expr, Expr]]:
    """(c, Σ T(xᵢ)) for each c(θ)·T(x), the logarithms first."""
    likelihood, model = voice.derivation.likelihood, voice.derivation.model
    pairs = [(c, sum_of(t, voice)) for c, t in likelihood.parted]
    del model
    return sorted(pairs, key=lambda pair: not isinstance(pair[0], sp.log))


def sum_of(term: Expr, voice: Voice) -> Expr:
    """Σᵢ term, linear."""
    from symbolic_mle.stages.likelihood import sum_over_sample

    return sum_over_sample(term, voice.derivation.model)


def log_likelihood_blocks(voice: Voice) -> Iterator[Block]:
    """ℓ term by term; what is set aside; through what the data enter."""
    notation, likelihood = voice.notation, voice.derivation.likelihood
    model = voice.derivation.model
    yield paragraph("The logarithm is increasing, so ", make.chain(make.name("ell"), "=", make.call("log", make.name("L"))),
                    " has the same maximisers as ", make.name("L"), ":")  # fmt: skip
    whole = likelihood.log_likelihood + likelihood.constant
    lines = [
        line(notation.log_likelihood(), "=", notation.sum_over_sample(likelihood.log_density)),
        line(None, "=", notation.sum([likelihood.log_likelihood, likelihood.constant])),
    ]
    yield display(*lines)
    if likelihood.constant != 0:
        many = isinstance(likelihood.constant, sp.Add) and len(likelihood.constant.args) > 1
        yield paragraph(
            "The term" + ("s " if many else " "), notation.write(likelihood.constant),
            (" do" if many else " does") + " not involve " + ("the parameters" if len(model.parameters) > 1 else "the parameter")
            + " and " + ("are" if many else "is") + " set aside: " + ("they do" if many else "it does") + " not move the maximum.",
        )  # fmt: skip
    statistics = likelihood.statistics
    if statistics and len(statistics) <= 3:
        yield paragraph(
            "The data enter only through ", *_and([notation.write(s) for s in statistics]), ", which "
            + ("is" if len(statistics) == 1 else "are jointly") + " sufficient for ",
            make.sequence(*map(notation.write, model.parameters)), " (factorisation theorem).",
        )  # fmt: skip
    findings = voice.derivation.findings
    if findings.centred:
        yield paragraph("Sums of squares are centred at the mean:")
        yield display(
            *(line(notation.write(old), "=", notation.sum(sp.Add.make_args(new))) for old, new in findings.centred),
        )
        yield paragraph("so that, up to the constant,")
        yield display(line(notation.log_likelihood(), "=", notation.write(_gathered(findings.start, model))))
    del whole


def _gathered(expr: Expr, model: object) -> Expr:
    return expr


def _and(nodes: list[Maths]) -> Iterator[Inline]:
    for k, node in enumerate(nodes):
        if k:
            yield " and " if k == len(nodes) - 1 else ", "
        yield node


def score_blocks(voice: Voice) -> Iterator[Block]:
    """The partial derivatives."""
    notation = voice.notation
    lines = [line(notation.score(s.parameter), "=", notation.write(s.right)) for s in voice.steps("score") if s.parameter]
    yield display(*lines) if lines else display(formula(notation.log_likelihood()))
