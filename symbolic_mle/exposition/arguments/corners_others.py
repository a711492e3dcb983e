"""The other parameters, when the location is the same for every value of them: a profile likelihood without corners."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sympy import Expr, Symbol

from symbolic_mle.exposition import building as make
from symbolic_mle.exposition.document import Block, display, line
from symbolic_mle.exposition.facts import FindingsFacts, ReductionFacts
from symbolic_mle.exposition.mathematics import Maths
from symbolic_mle.exposition.prose import listed, say
from symbolic_mle.exposition.telling_solution import Titled
from symbolic_mle.exposition.voice import Voice
from symbolic_mle.records import Existence


def sections(voice: Voice, locations: Sequence[Symbol], rest: FindingsFacts) -> Iterator[Titled]:
    """The profile in the other parameters and its maximum."""
    others = _others(voice, locations)
    title = ("The other parameters",) if len(others) > 1 else ("Maximum over ", voice.name(others[0]))
    yield title, tuple(_profile(voice, locations, rest))


def _others(voice: Voice, locations: Sequence[Symbol]) -> list[Symbol]:
    return [p for p in voice.parameters if p not in locations]


def _profile(voice: Voice, locations: Sequence[Symbol], rest: FindingsFacts) -> Iterator[Block]:
    others = _others(voice, locations)
    names = voice.names(others)

    def hatted(expr: Expr) -> Maths:
        return voice.write(voice.shown(expr), *locations)

    yield say(
        "The slope of {ell} in {p} has {names} only in a positive factor, so the maximisers over {p} are the same for every "
        "value of {names}. With {hat} put in, what is left to maximise is",
        ell=make.name("ell"),
        p=voice.names(locations),
        names=names,
        hat=listed([voice.hat(p) for p in locations]),
    )
    profile = make.call(make.name("ell", "p"), *map(voice.name, others))
    yield display(line(profile, "=", hatted(rest.reductions[0].log_likelihood)))
    for reduction in rest.reductions:
        yield display(line(_slope(voice, others, reduction), "=", hatted(reduction.score)))
        if reduction.root is not None:
            yield say(
                "This is 0 at {root}; it is positive below and negative above that value, so this is the only maximiser.",
                root=make.chain(voice.hat(reduction.parameter), "=", hatted(reduction.root)),
            )


def _slope(voice: Voice, others: Sequence[Symbol], reduction: ReductionFacts) -> Maths:
    if len(others) == 1:
        return make.call(make.name("ell", "p", primes=1), voice.name(reduction.parameter))
    return voice.notation.partial(make.name("ell", "p"), reduction.parameter)


def result_blocks(voice: Voice, rest: FindingsFacts) -> Iterator[Block]:
    """b̂ as a formula in μ̂, and the data for which there is none."""
    cases = rest.cases
    formulas = cases[0].estimators
    yield display(*(line(voice.hat(p), "=", voice.write_hatted(voice.shown(e))) for p, e in formulas.items()))
    missing = [c for c in cases[1:] if c.existence in (Existence.NOT_ATTAINED, Existence.UNBOUNDED)]
    if missing:
        conditions = listed(
            [
                make.chain(voice.write_hatted(c.conditions[-1].statistic), c.conditions[-1].relation, make.ZERO)
                for c in missing
            ],
            " or ",
        )
        yield say(
            "This needs data that do not satisfy {conditions}. For those the likelihood {grows}, and there is no maximum "
            "likelihood estimate.",
            conditions=conditions,
            grows="is unbounded" if all(c.existence is Existence.UNBOUNDED for c in missing) else "has no maximum",
        )
