"""One parameter after another, and what is left for a joint solution: the sections between the score and the result."""

from __future__ import annotations

from collections.abc import Iterator

from sympy import Expr, Symbol

from symbolic_mle.exposition import building as make
from symbolic_mle.exposition.document import Block, Inlines, cases, display, line, row
from symbolic_mle.exposition.forms import collected, same, tidy
from symbolic_mle.exposition.logarithm_forms import with_joined_logs
from symbolic_mle.exposition.mathematics import Maths
from symbolic_mle.exposition.prose import listed, say
from symbolic_mle.exposition.telling_cases import case_row, has_boundary, remaining_data
from symbolic_mle.exposition.telling_conditions import in_symbols, in_words
from symbolic_mle.exposition.telling_equations import equation_blocks, root_name
from symbolic_mle.exposition.telling_maximum import maximum_blocks
from symbolic_mle.exposition.voice import Voice
from symbolic_mle.records import Proof

Titled = tuple[Inlines, tuple[Block, ...]]


def solution_sections(voice: Voice) -> Iterator[Titled]:
    """For one parameter: equation, maximum, other data. For several: a section a parameter."""
    if voice.several:
        yield from elimination_sections(voice)
        if voice.derivation.findings.joint:
            yield ("Joint maximum",), tuple(_joint(voice))
    elif voice.reductions:
        yield ("Likelihood equation",), (*_mirrored(voice), *equation_blocks(voice, 0))
        if has_boundary(voice):
            yield ("Which case are the data in?",), (_all_cases(voice),)
            return
        yield ("Is it the maximum?",), tuple(maximum_blocks(voice, 0))
    elif voice.derivation.findings.joint:
        yield ("Likelihood equation",), tuple(_joint(voice))
    others = tuple(remaining_data(voice))
    if others:
        yield ("The remaining data",), others


def elimination_sections(voice: Voice) -> Iterator[Titled]:
    """One parameter after another: its equation, its maximum, the profile that is left."""
    for stage in range(len(voice.reductions)):
        blocks = (*_profile(voice, stage), *equation_blocks(voice, stage), *maximum_blocks(voice, stage))
        yield _title(voice, stage), (*blocks, *_both(voice, stage))


def _mirrored(voice: Voice) -> Iterator[Block]:
    """That half of the space is enough, where the likelihood is even."""
    if voice.derivation.findings.within is None:
        return
    (parameter,) = voice.parameters
    name, ell = voice.name(parameter), make.name("ell")
    yield say(
        "{even} for every {p}: a maximiser on {half} and its mirror image are equally high, so it is enough to maximise "
        "over {half}, as is done from here on.",
        even=make.chain(make.call(ell, make.negative(name)), "=", make.call(ell, name)),
        p=name,
        half=make.chain(name, ">=", make.ZERO),
    )


def _title(voice: Voice, stage: int) -> Inlines:
    name = voice.name(voice.reductions[stage].parameter)
    if voice.others_at(stage):
        return ("Eliminating ", name)
    return ("The profile likelihood of ", name) if stage else ("Maximum over ", name)


def _all_cases(voice: Voice) -> Block:
    """The interior and the boundary side by side."""
    first, *others = voice.derivation.cases
    (parameter,) = voice.parameters
    space = voice.notation.space(parameter, voice.model.parameters[parameter])
    continuous = say("The likelihood is continuous on {space}, so no end point is better.", space=space)
    inside = row(in_symbols(voice, first.conditions) or ("all data",), *maximum_blocks(voice, 0), continuous)
    return cases(inside, *(case_row(voice, c) for c in others))


# ------------------------------------------------------------------ the profile


def _profile(voice: Voice, stage: int) -> Iterator[Block]:
    if not stage:
        return
    reduction = voice.reductions[stage]
    yield say(
        "With {put_in}, the profile log-likelihood of {names} and its derivative are",
        put_in=make.chain(voice.name(voice.reductions[stage - 1].parameter), "=", root_name(voice, stage - 1)),
        names=voice.names(voice.left_at(stage)),
    )
    slope = voice.score(stage, reduction.parameter)
    yield display(
        line(voice.function(stage), "=", voice.write(_profile_function(voice, stage))),
        line(voice.function(stage, 1, reduction.parameter), "=", voice.write(slope)),
    )
    if stage in voice.gaps:
        gap = voice.gaps[stage]
        yield say("where")
        yield display(line(voice.write(gap.symbol), "=", voice.write(gap.value)))


def _profile_function(voice: Voice, stage: int) -> Expr:
    """ℓₚ, constants kept: from the parted squares where that is seen to be equal, else as it was found."""
    found = voice.reductions[stage].log_likelihood + voice.derivation.likelihood.constant
    if voice.squares is not None:
        values = {voice.squares.centre: voice.squares.mean}
        if voice.squares.centre.is_Symbol and all(r.parameter in values for r in voice.reductions[:stage]):
            shown = voice.squares.log_likelihood.xreplace(values)
            if same(voice.squares.in_sums(shown, voice.size), found):
                return shown
    return with_joined_logs(collected(tidy(found, voice.size)), voice.model.observed, voice.parameters)


def _both(voice: Voice, stage: int) -> Iterator[Block]:
    """Why the maximiser of the last profile gives that of ℓ."""
    if not stage or len(voice.left_at(stage)) > 1 or any(r.shape is None for r in voice.reductions):
        return
    gone = [
        make.chain(voice.name(r.parameter), "=", root_name(voice, k)) for k, r in enumerate(voice.reductions[:stage])
    ]
    yield say(
        "Because {least} with equality only for {gone}, {point} is then the unique global maximiser of {ell}.",
        least=make.chain(voice.function(0), "<=", voice.function(stage)),
        gone=listed(gone),
        point=make.brackets(make.sequence(*map(voice.hat, voice.parameters))),
        ell=make.name("ell"),
    )


# ------------------------------------------------------------------ several equations at once


def _joint(voice: Voice) -> Iterator[Block]:
    """What is left when no parameter can be eliminated in closed form."""
    findings, case = voice.derivation.findings, voice.derivation.cases[0]
    zeros = listed([make.chain(voice.function(0, 1, p), "=", make.ZERO) for p in findings.joint])
    yield say("At an interior maximum {zeros}. These equations are solved together, numerically.", zeros=zeros)
    if case.proof is not Proof.GLOBAL:
        yield say(
            "That they have one solution only, and that it is the global maximum, is not proved here. On data a local "
            "maximum is found, and it is not reported as the estimate."
        )
        return
    statistics = getattr(findings, "family", ())
    if statistics:
        yield from _family(voice, statistics)
    if findings.location_scale:
        yield from _location_scale(voice, *findings.location_scale)
    if case.conditions and not case.reason:
        yield say("There is a solution when {data}.", data=in_words(voice, case.conditions))


def _location_scale(voice: Voice, location: Symbol, scale: Symbol) -> Iterator[Block]:
    yield say(
        "Up to a change of parameters the model is a location–scale family, {form}: {location} sets the location {mu} "
        "and {scale} the spread {s}. Its standard density {g} is strictly log-concave: {curved} for every {z}. So "
        "{ell} is strictly concave as a function of {b} and {a}, and a solution of the likelihood equations is the "
        "unique global maximum. A log-concave density has exponential tails, so {ell} falls to {low} wherever {b} and "
        "{a} run to an end, unless all observations are equal (Burridge 1981).",
        form=_standard_form(),
        location=voice.name(location),
        scale=voice.name(scale),
        mu=make.name("m"),
        s=make.name("s"),
        g=make.name("g"),
        z=make.name("z"),
        curved=make.chain(
            make.call(make.row(make.words("(log "), make.name("g"), make.words(")″")), make.name("z")), "<", make.ZERO
        ),
        ell=make.name("ell"),
        b=make.fraction(make.ONE, make.name("s")),
        a=make.fraction(make.name("m"), make.name("s")),
        low=make.negative(make.INFINITY),
    )  # fmt: skip


def _standard_form() -> Maths:
    """g((y − m)/s)/s"""
    inner = make.fraction(make.total(make.name("y"), make.negative(make.name("m"))), make.name("s"))
    return make.fraction(make.call(make.name("g"), inner), make.name("s"))


def _family(voice: Voice, statistics: tuple[Expr, ...]) -> Iterator[Block]:
    yield say(
        "The density is an exponential family, {form}, with the statistics {statistics}: as many as there are "
        "parameters, linearly independent of each other and of 1 on the support, and with coefficients {c} whose "
        "Jacobian is nowhere singular. So {ell} is strictly concave as a function of {c}, and a solution of the "
        "likelihood equations is the unique global maximum (Barndorff-Nielsen 1978, chapter 9).",
        form=_family_form(voice),
        statistics=listed([voice.plain.write(t) for t in statistics]),
        c=make.name("c"),
        ell=make.name("ell"),
    )


def _family_form(voice: Voice) -> Maths:
    """h(x) exp(c(θ)·T(x) − A(θ))"""
    x, names = voice.name(voice.model.variables[0]), make.sequence(*map(voice.name, voice.parameters))
    inner = make.row(make.call(make.name("c"), names), make.words(" · "), make.call(make.name("T"), x))
    exponent = make.total(inner, make.negative(make.call(make.name("A"), names)))
    return make.product(make.call(make.name("h"), x), make.call("exp", exponent))
