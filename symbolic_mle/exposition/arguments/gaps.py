"""A parameter space with gaps: the maximum over the whole interval, and the ends of a gap that holds it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from symbolic_mle.exposition import building as make
from symbolic_mle.exposition.arguments.teller import Teller
from symbolic_mle.exposition.document import Block, Inlines, Row, cases, display, line, row
from symbolic_mle.exposition.mathematics import Maths
from symbolic_mle.exposition.prose import listed, phrase, say
from symbolic_mle.exposition.telling_cases import case_row, estimates
from symbolic_mle.exposition.telling_conditions import bound, in_symbols, single
from symbolic_mle.exposition.telling_equations import equation_blocks, implicit_line
from symbolic_mle.exposition.telling_log_likelihood import log_likelihood_blocks, score_blocks
from symbolic_mle.exposition.telling_maximum import maximum_blocks
from symbolic_mle.exposition.telling_model import likelihood_blocks
from symbolic_mle.exposition.telling_result import estimator_forms
from symbolic_mle.exposition.telling_solution import Titled, elimination_sections
from symbolic_mle.exposition.voice import Voice
from symbolic_mle.records import Case, Condition, Existence


def _sections(voice: Voice) -> Iterator[Titled]:
    argument: Any = voice.derivation.findings.argument
    yield ("Likelihood",), tuple(likelihood_blocks(voice))
    yield ("Log-likelihood",), tuple(log_likelihood_blocks(voice))
    yield ("Score",), tuple(score_blocks(voice))
    if voice.several:
        yield from elimination_sections(voice)
    else:
        blocks = (*equation_blocks(voice, 0), *maximum_blocks(voice, 0))
        yield ("Maximum over ", _whole(voice, argument)), blocks
    yield (_gap_title(argument),), tuple(_gaps(voice, argument))


def _gap_title(argument: Any) -> str:
    return "The gap" if len(argument.gaps) == 1 else "The gaps"


def _whole(voice: Voice, argument: Any) -> Maths:
    """The interval without its gaps."""
    return voice.notation.space(argument.parameter, argument.reduction.interval)


def _gaps(voice: Voice, argument: Any) -> Iterator[Block]:
    name = voice.name(argument.parameter)
    over = phrase(" for every {others}", others=voice.names(_others(voice, argument))) if voice.several else ()
    yield say(
        "The space leaves out {gaps}. Over {whole} the log-likelihood rises in {p} up to one point and falls after it{over}, as "
        "was shown. Where that point belongs to the space it is the maximiser there too.",
        gaps=listed([_drawn(voice, argument, g) for g in argument.gaps]),
        whole=_whole(voice, argument), p=name, over=over,
    )  # fmt: skip
    for gap, added in zip(argument.gaps, argument.added, strict=True):
        yield from (_point(voice, argument, gap) if gap.is_point else _interval(voice, argument, gap, added))


def _others(voice: Voice, argument: Any) -> list[Any]:
    return [p for p in voice.parameters if p != argument.parameter]


def _drawn(voice: Voice, argument: Any, gap: Any) -> Maths:
    """−1 < μ < 1, or μ = 0"""
    name, low, high = voice.name(argument.parameter), voice.write(gap.lower), voice.write(gap.upper)
    if gap.is_point:
        return make.chain(name, "=", low)
    return make.chain(low, "<" if gap.closed_lower else "<=", name, "<" if gap.closed_upper else "<=", high)


def _point(voice: Voice, argument: Any, gap: Any) -> Iterator[Block]:
    name, low = voice.name(argument.parameter), voice.write(gap.lower)
    yield say(
        "It is {there} exactly when {data}. Then the likelihood rises towards {low} from either side: its supremum is approached "
        "as {limit} and never attained.",
        there=make.chain(name, "=", low), data=_inside(voice, gap),
        low=low, limit=make.chain(name, "to", low),
    )  # fmt: skip


def _inside(voice: Voice, gap: Any) -> Inlines:
    """−n < ∑ᵢ xᵢ < n, the data for which the point is in the gap."""
    if gap.is_point:
        return _said(voice, Condition(gap.at_lower, "="))
    above, below = ("<" if gap.closed_upper else "<="), (">" if gap.closed_lower else ">=")
    return in_symbols(voice, (Condition(gap.at_lower, below), Condition(gap.at_upper, above)))


def _interval(voice: Voice, argument: Any, gap: Any, added: tuple[Case, ...]) -> Iterator[Block]:
    low, high = voice.write(gap.lower), voice.write(gap.upper)
    if not (gap.closed_lower or gap.closed_upper):
        yield say(
            "It lies there exactly when {data}. Then {ell} rises up to {low} on the part of the space below the gap, and falls "
            "from {high} on in the part above it: its supremum is approached at one of these ends, which do not belong to "
            "the space, and never attained.",
            data=_inside(voice, gap), low=low, high=high, ell=make.name("ell"),
        )  # fmt: skip
        return
    yield say(
        "It lies between {low} and {high} exactly when the derivative is positive at {low} and negative at {high}, that is, when "
        "{data}. Then {ell} rises up to {low} on the part of the space below the gap, and falls from {high} on in the part "
        "above it. So the two ends of the gap are compared:",
        low=low, high=high, data=_inside(voice, gap), ell=make.name("ell"),
    )  # fmt: skip
    difference = make.total(voice.plain.log_likelihood(gap.upper), make.negative(voice.plain.log_likelihood(gap.lower)))
    if voice.several:
        yield say("Their difference has the sign of {value}.", value=voice.write(gap.difference))
    else:
        yield display(line(difference, "=", voice.write(gap.difference)))
    yield cases(*(_gap_row(voice, c) for c in added))


def _gap_row(voice: Voice, case: Case, gap: Any = None) -> Row:
    """The sign of ℓ(v) − ℓ(u) and what follows; with the data for which the point is in the gap, where that is not said."""
    *_, last = case.conditions
    label = _said(voice, last)
    if gap is not None and len(case.conditions) > 1:
        label = listed([_inside(voice, gap), label])
    return row(label, *_outcome(voice, case))


def _said(voice: Voice, condition: Condition) -> Inlines:
    """x̄ = 5/2, or the inequality."""
    level = bound(voice, replace(condition, relation=">")) if condition.relation == "=" else None
    return in_symbols(voice, (condition,)) if level is None else (single(voice, replace(level, relation="=")),)


def _outcome(voice: Voice, case: Case) -> Iterator[Block]:
    if case.existence is Existence.NOT_ATTAINED and not case.path:
        yield say(
            "The supremum is approached at an end of the gap and never attained: no maximum likelihood estimate exists."
        )
    elif case.existence is Existence.NOT_ATTAINED:
        parameter, end, _ = case.path[-1]
        yield say(
            "The supremum is approached as {limit} and never attained: no maximum likelihood estimate exists.",
            limit=make.chain(voice.name(parameter), "to", voice.write(end)),
        )
    elif case.others:
        ties = [listed([make.chain(voice.hat(p), "=", voice.write_hatted(v)) for p, v in formulas.items()])
                for formulas in (case.estimators, *case.others)]  # fmt: skip
        yield say("Both {first} maximise.", first=listed(ties))
    else:
        yield say("{values}.", values=estimates(voice, case))


def _result(voice: Voice) -> Iterator[Block]:
    argument: Any = voice.derivation.findings.argument
    case = voice.derivation.cases[0]
    lines = [line(voice.hat(p), "=", estimator_forms(voice, case.estimators[p])[0])
             for p in voice.parameters if p in case.estimators]  # fmt: skip
    if lines:
        yield display(*lines)
    if case.implicit is not None:
        (parameter,) = case.implicit.parameters
        yield say("{hat} is the root of", hat=voice.hat(parameter))
        stage = next(k for k, r in enumerate(voice.reductions) if r.parameter == parameter)
        yield display(implicit_line(voice, stage))
    inside = [_inside(voice, g) for g in argument.gaps]
    given = case.conditions[: -len(argument.gaps)]
    provided = phrase(" when {data}", data=in_symbols(voice, given)) if given else ()
    yield say(
        "is the unique maximum likelihood estimate{provided}, unless {gaps}. For the other data:",
        provided=provided, gaps=listed(inside, " or "),
    )  # fmt: skip
    rows = [_gap_row(voice, c, g) for g, added in zip(argument.gaps, argument.added, strict=True) for c in added]
    special = len(rows) + 1
    yield cases(*rows, *(case_row(voice, c) for c in voice.derivation.cases[special:]))


TELLER = Teller(_sections, _result)
