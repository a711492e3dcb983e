"""The same likelihood elsewhere: as a loss, as cross-entropy and divergence, and in Bayes' rule.

Theorem (Kullback & Leibler 1951): for the data's own law q, −E_q[log f(X | θ)] = H(q) + KL(q ‖ f_θ), so the θ of the smallest
expected loss is that of the smallest divergence; the average over the sample estimates the left-hand side.

Theorem (conjugate prior: Diaconis & Ylvisaker 1979): for log f = Σ cₖ(θ)·Tₖ(x) + a(θ) + b(x), the prior exp(Σ τₖ cₖ(θ) + ν a(θ))
becomes the posterior with τₖ + Σ Tₖ(xᵢ) and ν + n: it counts as ν observations with statistics τ.
"""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp
from sympy import Expr, Symbol

from symbolic_mle.algebra.sample import outermost_statistics
from symbolic_mle.exposition import building as make
from symbolic_mle.exposition.document import Block, Inlines, display, line
from symbolic_mle.exposition.mathematics import Maths
from symbolic_mle.exposition.prose import phrase, say
from symbolic_mle.exposition.voice import Voice

LONG = 60  # operations beyond which the loss is not written out


def link_blocks(voice: Voice) -> Iterator[Block]:
    """Loss, cross-entropy, divergence, and the posterior."""
    if not voice.model.checked:
        return
    density = voice.notation.density()
    loss = make.negative(make.call(make.name("log"), density))
    yield say(
        "As a loss. The negative log-likelihood of one observation, {loss}, is a loss; its average over the sample is {average}, "
        "and maximum likelihood is its minimum (empirical risk minimisation with this loss).{special}",
        loss=loss,
        average=make.fraction(make.negative(voice.notation.log_likelihood()), voice.write(voice.size)),
        special=_special(voice),
    )
    if voice.log_density.count_ops() <= LONG:
        yield display(line(loss, "=", voice.write(-voice.log_density)))
    q = make.name(voice.letter("q", "g"))
    yield say(
        "As a divergence. The average loss is the cross-entropy between the law of the sample and the model. If the data have "
        "the law {q}, its expectation is the entropy of {q}, which is free of {names}, plus the Kullback–Leibler divergence from "
        "{q} to {f}: maximum likelihood looks for the member of the model that is nearest to {q}, and estimates the true value "
        "where {q} is in the model.",
        q=q, f=density, names=voice.names(),
    )  # fmt: skip
    yield from _bayes(voice)


def _special(voice: Voice) -> Inlines:
    """Squared error, absolute error, cross-entropy of two values."""
    model = voice.model
    if len(model.variables) != 1:
        return ()
    (x,) = model.variables
    if model.discrete and set(model.few_values) == {sp.S.Zero, sp.S.One}:
        return (" For an observation of 0 or 1 it is the cross-entropy of classification, or logistic loss.",)
    curvature = sp.expand(voice.derivation.likelihood.log_density).diff(x, 2)
    line_of_reals = model.support.intervals[x].is_real_line and not model.discrete
    if line_of_reals and curvature != 0 and x not in sp.simplify(curvature).free_symbols:
        return (" Here it is squared error, scaled, plus a term that does not contain the observation.",)
    if line_of_reals and model.density.has(sp.Abs):
        slope = sp.Add(*(t for t in sp.Add.make_args(voice.derivation.likelihood.log_density) if t.has(x)))
        if all(isinstance(f, sp.Abs) or not f.has(x) for f in sp.Mul.make_args(slope)) and _is_linear(slope, x):
            return (" Here it is absolute error, scaled, plus a term that does not contain the observation.",)
    return ()


def _is_linear(term: Expr, x: Symbol) -> bool:
    inside = [f.args[0] for f in sp.Mul.make_args(term) if isinstance(f, sp.Abs)]
    return len(inside) == 1 and sp.expand(inside[0]).diff(x, 2) == 0 and not term.has(sp.exp)


def _bayes(voice: Voice) -> Iterator[Block]:
    posterior = make.chain(
        make.call(
            make.name("pi"),
            make.chain(make.sequence(*map(voice.name, voice.parameters)), "mid", voice.notation.sample()),
        ),
        "propto",
        make.product(make.call(make.name("pi"), *map(voice.name, voice.parameters)), voice.notation.likelihood()),
    )
    yield say(
        "In Bayes' rule. With a prior density {pi} the posterior is {posterior}; its mode, the MAP estimate, maximises the "
        "log-likelihood plus {log}. With a constant prior it is the maximum likelihood estimate.",
        pi=make.call(make.name("pi"), *map(voice.name, voice.parameters)),
        posterior=posterior,
        log=make.call(make.name("log"), make.call(make.name("pi"), *map(voice.name, voice.parameters))),
    )
    yield from _conjugate(voice)


def _conjugate(voice: Voice) -> Iterator[Block]:
    facts = voice.derivation.likelihood
    signed = [(number * c, shape) for c, t in facts.parted for number, shape in [t.as_coeff_Mul()]]
    terms = [(c, t) for c, t in signed if t != 1]
    if (
        facts.mixed
        or not 0 < len(terms) <= 2
        or voice.model.covariates
        or voice.model.support.free_symbols & set(voice.parameters)
    ):
        return
    used = {s.name for s in (*voice.parameters, *voice.model.known, *voice.model.observed)}
    letters = [n for n in ("tau", "nu", "eta", "alpha", "beta", "xi") if n not in used]
    weights = [sp.Symbol(letters[2 * k], real=True) for k in range(len(terms))]
    count = sp.Symbol(letters[1], positive=True)
    free = sp.Add(*(c for c, t in signed if t == 1))
    exponent = sp.expand(sp.Add(*(w * c for w, (c, _) in zip(weights, terms, strict=True)), count * free))
    prior = _as_powers(exponent)
    yield say(
        "The model is an exponential family with {statistics}, so the prior {prior} is conjugate: the posterior has the same form, "
        "with {updates}{size}.{mode}",
        statistics=_statistics(voice, [t for _, t in terms]),
        prior=make.chain(make.call(make.name("pi"), *map(voice.name, voice.parameters)), "propto", voice.write(prior)),
        updates=_updates(voice, weights, [t for _, t in terms]),
        size=_earlier(voice, count) if free != 0 else (),
        mode=_mode(voice, weights, [t for _, t in terms], count),
    )


def _earlier(voice: Voice, count: Symbol) -> Inlines:
    update = make.chain(voice.write(count), "to", voice.write(count + voice.size))
    return phrase(" and {update}. It counts as {nu} earlier observations", update=update, nu=voice.write(count))


def _as_powers(exponent: Expr) -> Expr:
    """exp(τ log p + …) → p^τ …"""
    powers: dict[Expr, Expr] = {}
    rest = sp.S.Zero
    for term in sp.Add.make_args(exponent):
        logs = [f for f in sp.Mul.make_args(term) if isinstance(f, sp.log)]
        if len(logs) == 1 and not (term / logs[0]).has(sp.log):
            powers[logs[0].args[0]] = powers.get(logs[0].args[0], sp.S.Zero) + term / logs[0]
        else:
            rest += term
    return sp.Mul(*(base ** sp.factor_terms(power) for base, power in powers.items())) * sp.exp(rest)


def _statistics(voice: Voice, statistics: list[Expr]) -> Inlines:
    found: list[Maths] = (
        [make.call(make.name("T"), voice.write(statistics[0]))]
        if False
        else [voice.notation.write(t) for t in statistics]
    )
    return (
        phrase("statistic {t}", t=found[0])
        if len(found) == 1
        else phrase("statistics {a} and {b}", a=found[0], b=found[1])
    )


def _updates(voice: Voice, weights: list[Symbol], statistics: list[Expr]) -> Inlines:
    drawn = [
        make.chain(voice.write(w), "to", make.total(voice.write(w), voice.notation.sum_over_sample(t)))
        for w, t in zip(weights, statistics, strict=True)
    ]
    return (drawn[0],) if len(drawn) == 1 else phrase("{a}, {b}", a=drawn[0], b=drawn[1])


def _mode(voice: Voice, weights: list[Symbol], statistics: list[Expr], count: Symbol) -> Inlines:
    """The MAP estimate: the formula of the MLE with the prior's observations added."""
    case = voice.derivation.cases[0]
    if (
        len(statistics) > 1
        or voice.several
        or not case.estimators
        or case.kind != "interior"
        or case.implicit is not None
    ):
        return ()
    (parameter,) = voice.parameters
    value = case.estimators.get(parameter)
    if value is None:
        return ()
    sums = outermost_statistics(value)
    if {s.summand for s in sums} != set(statistics):
        return ()
    (total,) = sums
    moved = value.xreplace({total: total + weights[0], voice.size: voice.size + count})
    return phrase(" The MAP estimate under it is {value}.", value=voice.write(sp.factor_terms(moved)))
