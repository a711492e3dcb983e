"""What is told beside the marks: what the first wrong line should be, the right result, and both results on data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from symbolic_mle.algebra.numeric import NotNumeric
from symbolic_mle.exposition import building as make
from symbolic_mle.exposition.document import Inlines
from symbolic_mle.exposition.notation import Notation
from symbolic_mle.exposition.prose import listed, phrase
from symbolic_mle.exposition.telling_cases import estimates
from symbolic_mle.exposition.voice import Voice
from symbolic_mle.marking.bench import Place
from symbolic_mle.marking.carried import Entry, Ledger
from symbolic_mle.marking.labels import Kind
from symbolic_mle.marking.sampling import ends
from symbolic_mle.marking.solutions import NO_VALUE
from symbolic_mle.marking.truth import Truth
from symbolic_mle.records import Existence, Specification


def title_of(model: Specification) -> Inlines:
    """Marked: Poisson, λ"""
    notation = _plain(model)
    names = listed([notation.write(p) for p in model.parameters])
    if model.title:
        return (f"Marked working: {model.title}, ", *names)
    return phrase("Marked working: {names} in {density}", names=names, density=notation.density())


def _plain(model: Specification) -> Notation:
    return Notation(
        variables=model.variables,
        covariates=tuple(model.covariates),
        parameters=tuple(model.parameters),
        known=tuple(model.known),
        size=model.size,
    )


def expected(stated: Sequence[Entry], truth: Truth) -> Inlines:
    """The right log-likelihood or score in place of the wrong one, where the derivation writes it."""
    label = next((e.label for e in stated if e.label is not None and e.label.kind is Kind.LOG_LIKELIHOOD), None)
    if label is None or len(label.by) > 1 or not _is_regular(truth):
        return ()
    assert truth.derivation is not None
    voice = Voice.of(truth.derivation)
    if not label.by:
        return (make.chain(voice.notation.log_likelihood(), "=", voice.write(voice.separated)),)
    parameter = next((p for p in voice.parameters if p.name == label.by[0]), None)
    if parameter is None:
        return ()
    return (make.chain(voice.notation.score(parameter), "=", voice.write(voice.score(0, parameter))),)


def _is_regular(truth: Truth) -> bool:
    """Does the derivation go by score and equations from the likelihood itself?"""
    found = truth.derivation
    return found is not None and found.findings.argument is None and bool(found.findings.reductions)


def result(truth: Truth) -> Iterator[Inlines]:
    """The estimators of the generic case, where they have formulas."""
    if truth.derivation is None:
        return
    case = truth.derivation.cases[0]
    if case.existence is Existence.ATTAINED and case.implicit is None and case.estimators:
        formulas = estimates(Voice.of(truth.derivation), case)
        yield phrase("The maximum likelihood estimate is {formulas}.", formulas=formulas)


def on_data(ledger: Ledger) -> Iterator[Inlines]:
    """The student's results beside the right ones, at the smallest sample at hand."""
    bench = ledger.desk.bench
    model = bench.truth.likelihood.model
    places = sorted(bench.places, key=lambda place: place.trial.size)
    if not places or len(model.observed) != 1:
        return
    place, notation = places[0], _plain(model).with_hats()
    for parameter, interval in model.parameters.items():
        claimed = _claimed(ledger, place, parameter.name)
        right = place.maximiser[parameter.name]
        if (
            claimed is None
            or parameter.name in place.interval
            or abs(claimed - right) <= 1e-4 * (abs(claimed) + abs(right))
        ):
            continue
        low, high = ends(interval, place.trial.known)
        outside = (
            ", outside the parameter space, which should have raised suspicion" if not low <= claimed <= high else ""
        )
        (column,) = place.trial.sample.values()
        data = ", ".join(f"{v:g}" for v in column)
        known = "".join(f", {s.name} = {v:g}" for s, v in place.trial.known.items())
        yield phrase(
            "With the data {data}{known} the working gives {hat} = {claimed}{outside}; the right estimate is {right}.",
            data=data.replace("-", "−"),
            known=known,
            hat=notation.write(parameter),
            claimed=f"{float(claimed):.4g}".replace("-", "−"),
            outside=outside,
            right=f"{float(right):.4g}".replace("-", "−"),
        )


def _claimed(ledger: Ledger, place: Place, parameter: str) -> float | None:
    """The value of the student's last estimate of the parameter."""
    if not any(e.parameter == parameter for e in ledger.entries):
        return None
    try:
        return float(ledger.estimates(place)[parameter])
    except (*NO_VALUE, NotNumeric, TypeError):
        return None
