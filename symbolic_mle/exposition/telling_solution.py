"""One parameter after another, and what is left for a joint solution: the sections between the score and the result."""

from __future__ import annotations

from collections.abc import Iterator

from sympy import Expr

from symbolic_mle.exposition import building as make
from symbolic_mle.exposition.document import Block, Inlines, Line, cases, display, line, paragraph, row
from symbolic_mle.exposition.forms import collected, same, tidy, with_joined_logs
from symbolic_mle.exposition.mathematics import Maths
from symbolic_mle.exposition.telling_cases import case_row, has_boundary, remaining_data
from symbolic_mle.exposition.telling_conditions import in_symbols, in_words
from symbolic_mle.exposition.telling_equations import equation_blocks, root_name
from symbolic_mle.exposition.telling_maximum import maximum_blocks
from symbolic_mle.exposition.voice import Voice, listed
from symbolic_mle.records import Proof

Titled = tuple[Inlines, tuple[Block, ...]]


def solution_sections(voice: Voice) -> Iterator[Titled]:
    """For one parameter: equation, maximum, other data. For several: a section a parameter."""
    if voice.several:
        for stage in range(len(voice.reductions)):
            yield (
                _title(voice, stage),
                (
                    *_profile(voice, stage),
                    *equation_blocks(voice, stage),
                    *maximum_blocks(voice, stage),
                    *_both(voice, stage),
                ),
            )
        if voice.derivation.findings.joint:
            yield ("Joint maximum",), tuple(_joint(voice))
    elif voice.reductions:
        yield ("Likelihood equation",), tuple(equation_blocks(voice, 0))
        if has_boundary(voice):
            yield ("Which case are the data in?",), (_all_cases(voice),)
            return
        yield ("Is it the maximum?",), tuple(maximum_blocks(voice, 0))
    elif voice.derivation.findings.joint:
        yield ("Likelihood equation",), tuple(_joint(voice))
    others = tuple(remaining_data(voice))
    if others:
        yield ("The remaining data",), others


def _title(voice: Voice, stage: int) -> Inlines:
    name = voice.name(voice.reductions[stage].parameter)
    others = [p for p in voice.left_at(stage) if p != voice.reductions[stage].parameter]
    if others:
        return ("Eliminating ", name)
    return ("The profile likelihood of ", name) if stage else ("Maximum over ", name)


def _all_cases(voice: Voice) -> Block:
    """The interior and the boundary side by side."""
    first, *others = voice.derivation.cases
    inside: list[Block] = [*maximum_blocks(voice, 0)]
    space = voice.notation.space(voice.parameters[0], voice.model.parameters[voice.parameters[0]])
    inside.append(paragraph("The likelihood is continuous on ", space, ", so no end point is better."))
    return cases(
        row(in_symbols(voice, first.conditions) or ("all data",), *inside), *(case_row(voice, c) for c in others)
    )


# ------------------------------------------------------------------ the profile


def _profile(voice: Voice, stage: int) -> Iterator[Block]:
    if not stage:
        return
    reduction, left = voice.reductions[stage], voice.left_at(stage)
    names = listed(list(map(voice.name, left)))
    put_in = make.chain(voice.name(voice.reductions[stage - 1].parameter), "=", root_name(voice, stage - 1))
    yield paragraph("With ", put_in, ", the profile log-likelihood of ", *names, " and its derivative are")
    lines: list[Line] = [line(voice.function(stage), "=", voice.write(_profile_function(voice, stage)))]
    lines.append(
        line(voice.function(stage, 1, reduction.parameter), "=", voice.write(voice.score(stage, reduction.parameter)))
    )
    yield display(*lines)
    if stage in voice.gaps:
        gap = voice.gaps[stage]
        yield paragraph("where")
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
    point = make.brackets(make.sequence(*map(voice.hat, voice.parameters)))
    least = make.chain(voice.function(0), "<=", voice.function(stage))
    gone = listed(
        [make.chain(voice.name(r.parameter), "=", root_name(voice, k)) for k, r in enumerate(voice.reductions[:stage])]
    )
    yield paragraph("Because ", least, " with equality only for ", *gone, ", ", point, " is then the unique global maximiser of ",
                    make.name("ell"), ".")  # fmt: skip


# ------------------------------------------------------------------ several equations at once


def _joint(voice: Voice) -> Iterator[Block]:
    """What is left when no parameter can be eliminated in closed form."""
    findings, case = voice.derivation.findings, voice.derivation.cases[0]
    zeros = listed([make.chain(voice.function(0, 1, p), "=", make.ZERO) for p in findings.joint])
    yield paragraph("At an interior maximum ", *zeros, ". These equations are solved together, numerically.")
    if case.proof is not Proof.GLOBAL:
        yield paragraph(
            "That they have one solution only, and that it is the global maximum, is not proved here for all data. On given data the "
            "likelihood is climbed from several starting points, and the highest point is taken."
        )
        return
    statistics = getattr(findings, "family", ())
    if statistics:
        yield from _family(voice, statistics)
    if case.conditions:
        yield paragraph("There is a solution when ", *in_words(voice, case.conditions), ".")


def _family(voice: Voice, statistics: tuple[Expr, ...]) -> Iterator[Block]:
    drawn = listed([voice.plain.write(t) for t in statistics])
    yield paragraph(
        "The density is an exponential family, ", _family_form(voice), ", with the statistics ", *drawn, ": as many as there are "
        "parameters, linearly independent of each other and of 1 on the support, and with coefficients ", make.name("c"),
        " whose Jacobian is nowhere singular. So ", make.name("ell"), " is strictly concave as a function of ", make.name("c"),
        ", and a solution of the likelihood equations is the unique global maximum (Barndorff-Nielsen 1978, chapter 9).",
    )  # fmt: skip


def _family_form(voice: Voice) -> Maths:
    """h(x) exp(c(θ)·T(x) − A(θ))"""
    x, names = voice.name(voice.model.variables[0]), make.sequence(*map(voice.name, voice.parameters))
    inner = make.row(make.call(make.name("c"), names), make.words(" · "), make.call(make.name("T"), x))
    exponent = make.total(inner, make.negative(make.call(make.name("A"), names)))
    return make.product(make.call(make.name("h"), x), make.call("exp", exponent))
