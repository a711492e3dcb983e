"""The result of a maximum over a moving support, and what happens for the data that are not generic."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from symbolic_mle.exposition import building as make
from symbolic_mle.exposition.arguments import moving_bounds as write
from symbolic_mle.exposition.document import Block, Inlines, Row, cases, display, line, row
from symbolic_mle.exposition.prose import listed, phrase, say
from symbolic_mle.exposition.telling_result import estimator_forms
from symbolic_mle.exposition.voice import Voice
from symbolic_mle.records import Case, Existence, Proof


def result(plain: Voice) -> Iterator[Block]:
    """The maximisers of the generic case, and what is proved of them."""
    voice = write.with_edges(plain)
    case = voice.derivation.cases[0]
    data = write.conditions(voice, case.conditions)
    provided = phrase("Provided {data}, ", data=data) if data else ()
    if case.existence is not Existence.ATTAINED:
        yield say("{happens}", happens=_happens(voice, case))
        return
    if case.estimators:
        closed = [p for p in voice.parameters if p in case.estimators]
        yield display(*(line(voice.hat(p), "=", estimator_forms(voice, case.estimators[p])[0]) for p in closed))
    if case.implicit is not None:
        yield say(
            "{start}{names} {solves} the likelihood equation above.",
            start="and " if case.estimators else "",
            names=listed([voice.hat(p) for p in case.implicit.parameters]),
            solves="is the root of" if case.implicit.unique else "is a root of",
        )
    if case.kind == "any" and case.locator is not None:
        where = listed([write.range_of(voice, case.locator.parameter, case.locator.interval)])  # type: ignore[attr-defined]
        yield say(
            "{provided}every integer with {where} is a maximum likelihood estimate.", provided=provided, where=where
        )
        return
    if case.locator is not None:
        yield say(
            "{start}{names} is the root of the likelihood equation above{reason}.",
            start="and " if case.estimators else "",
            names=listed([voice.hat(p) for p in voice.parameters if p not in case.estimators]),
            reason=f", {case.reason}" if case.reason else "",
        )
    if case.ranges:
        ranges = listed([write.range_of(voice, p, i) for p, i in case.ranges.items()])
        yield say(
            "{provided}every value with {ranges} is a maximum likelihood estimate.", provided=provided, ranges=ranges
        )
        return
    point = make.sequence(*map(voice.hat, voice.parameters))
    if case.proof is not Proof.GLOBAL:
        yield say("It is not proved for all data that this is the global maximiser.")
        return
    yield say(
        "{provided}{point} is the unique maximum likelihood estimate. The Fisher-information standard error does not apply: the "
        "support depends on {names}, so the regularity conditions fail.",
        provided=provided,
        point=make.brackets(point) if voice.several else point,
        names=voice.names([p for p in voice.parameters if p in voice.model.support.free_symbols]),
    )


def other_data(voice: Voice, found: Sequence[Case], told: int) -> Iterator[Block]:
    """A row for every case but the generic one; the first ``told`` are known from the score."""
    rows = [_row(voice, case, found[0]) for case in found[max(told, 1) :]]
    if rows:
        yield cases(*rows)


def _row(voice: Voice, case: Case, generic: Case) -> Row:
    new = [c for c in case.conditions if c not in generic.conditions] or list(case.conditions)
    label: Inlines = write.conditions(voice, new) if new else ("all other data",)
    if any(c.meaning == "equal" for c in new):
        always = make.chain(voice.write(voice.size), "=", make.ONE)
        label = phrase("{label} (always so for {one})", label=label, one=always)
    return row(label, say("{happens}", happens=_happens(voice, case)))


def _happens(voice: Voice, case: Case) -> Inlines:
    """What happens for the data of a case."""
    if case.kind == "impossible":
        return phrase("No value of {names} allows every observation: such data are impossible.", names=voice.names())
    if case.existence is Existence.UNKNOWN:
        return phrase("Not decided: {reason}.", reason=case.reason)
    if case.existence is Existence.ATTAINED:
        values = [make.chain(voice.hat(p), "=", voice.write_hatted(v)) for p, v in case.estimators.items()]
        return phrase("The maximum is at {values}.", values=listed(list(values)))
    runs: Inlines = listed([make.chain(voice.name(p), "to", voice.end(e, side)) for p, e, side in case.path if side])
    held = [make.chain(voice.name(p), "=", voice.plain.write(e)) for p, e, side in case.path if not side]
    if held:
        runs = phrase("{runs} with {held}", runs=runs, held=listed(list(held)))
    if case.existence is Existence.UNBOUNDED:
        return phrase("The likelihood grows without bound as {runs}: no maximum likelihood estimate exists.", runs=runs)
    return phrase(
        "The supremum of the likelihood is approached as {runs} and never attained: no maximum likelihood estimate exists.",
        runs=runs,
    )
