"""The data for which the interior solution does not exist, and the result."""

from __future__ import annotations

from collections.abc import Iterator

from symbolic_mle.exposition import building as make
from symbolic_mle.exposition.document import Block, Inline, Line, cases, display, line, paragraph, row
from symbolic_mle.exposition.voice import Voice
from symbolic_mle.records import Case, Existence, Proof


def remaining_data(voice: Voice) -> Iterator[Block]:
    """A row for every case but the generic one."""
    others = [c for c in voice.derivation.cases[1:] if c.conditions]
    if others:
        yield cases(*(row((*voice.condition(c.conditions[-1]),), *_case(voice, c)) for c in others))


def _case(voice: Voice, case: Case) -> Iterator[Block]:
    if case.existence is Existence.ATTAINED:
        kind = "a maximum on the boundary of the parameter space." if case.kind == "boundary" else "the maximum."
        yield paragraph("The maximum likelihood estimate is ", *_estimates(voice, case), ", ", kind)
        return
    if case.existence is Existence.UNKNOWN:
        yield paragraph(f"Not decided: {case.reason}.")
        return
    words: list[Inline] = ["The log-likelihood is strictly monotone in "]
    for parameter, end, side in case.path:
        name = voice.notation.write(parameter)
        words += [name, " and grows as ", make.chain(name, "to", voice.end(end, side))]
    if case.existence is Existence.UNBOUNDED:
        words.append(" without bound: the likelihood is unbounded and no maximum likelihood estimate exists.")
    else:
        words.append("; its supremum is approached and never attained. The maximum likelihood estimate does not exist.")
    yield paragraph(*words)


def _estimates(voice: Voice, case: Case) -> Iterator[Inline]:
    for k, (parameter, value) in enumerate(case.estimators.items()):
        if k:
            yield ", "
        yield make.chain(voice.hatted.write(parameter), "=", voice.notation.write(value))


def result(voice: Voice) -> Iterator[Block]:
    """The estimators of the generic case, what they need, and what is proved of them."""
    case, notation, hatted = voice.derivation.cases[0], voice.notation, voice.hatted
    if case.existence is not Existence.ATTAINED:
        if case.kind == "unknown":
            yield paragraph("No estimator is claimed.")
        else:
            yield from _case(voice, case)
        return
    lines: list[Line] = []
    for parameter in voice.parameters:
        value = case.estimators.get(parameter)
        if value is None:
            continue
        name, short = hatted.write(parameter), hatted.write(value)
        lines.append(line(name, "=", short))
        plain = hatted.without_means().write(value)
        if plain != short:
            lines.append(line(None, "=", plain))
    if lines:
        yield display(*lines)
    if case.implicit is not None:
        names = make.sequence(*(hatted.write(p) for p in case.implicit.parameters))
        plural = len(case.implicit.parameters) > 1
        yield paragraph("where " if lines else "", names, " solve" if plural else " is the root of")
        if plural:
            yield display(*(line(hatted.write(case.implicit.log_likelihood.diff(p)), "=", make.ZERO) for p in case.implicit.parameters))
        else:
            yield display(line(hatted.write(case.implicit.function), "=", make.ZERO))
        yield paragraph("computed numerically.")
    if case.conditions:
        yield paragraph("provided ", *voice.conditions(case.conditions), ".")
    yield paragraph({
        Proof.GLOBAL: "This is the unique global maximum of the likelihood.",
        Proof.LOCAL: "That it is the global maximum is not proved.",
        Proof.NONE: "Nothing is proved of it.",
    }[case.proof])  # fmt: skip
    del notation
