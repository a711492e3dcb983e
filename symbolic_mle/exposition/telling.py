"""A derivation as a document: its steps in order, the reasons between them, the cases of the data, the result.

Facts come in, a document tree goes out. ``tell`` is the list of sections; each is a function in a ``telling_…`` file.
To tell a new kind of step, add to the section that it belongs to; to add a section, add it here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from symbolic_mle.errors import ModelError
from symbolic_mle.exposition import building as make
from symbolic_mle.exposition.arguments import TELLERS
from symbolic_mle.exposition.arguments.teller import Teller
from symbolic_mle.exposition.document import Block, Document, Inline, document, section
from symbolic_mle.exposition.facts import DerivationFacts
from symbolic_mle.exposition.prose import listed, say
from symbolic_mle.exposition.telling_asymptotics import asymptotic_blocks
from symbolic_mle.exposition.telling_finite_sample import finite_sample_blocks
from symbolic_mle.exposition.telling_links import link_blocks
from symbolic_mle.exposition.telling_log_likelihood import log_likelihood_blocks, score_blocks
from symbolic_mle.exposition.telling_model import likelihood_blocks, model_blocks
from symbolic_mle.exposition.telling_numerics import numerics_blocks
from symbolic_mle.exposition.telling_precision import precision_blocks
from symbolic_mle.exposition.telling_remarks import remark_blocks
from symbolic_mle.exposition.telling_result import result_blocks
from symbolic_mle.exposition.telling_solution import Titled, solution_sections
from symbolic_mle.exposition.voice import Voice

_PLAIN_TITLE = re.compile(r"[^\W\d_]+([ -][^\W\d_]+)*")


Sections = str | Iterable[str] | None

SECTIONS = (
    "model", "derivation", "result", "precision", "asymptotics", "finite-sample", "links", "numerics", "remarks",
)  # fmt: skip
UNASKED = ("model", "derivation", "result", "precision", "remarks")


def chosen(sections: str | Iterable[str]) -> tuple[str, ...]:
    """The names of sections, in their order: from a list, from text with commas, or "all"."""
    names = [s.strip() for s in sections.split(",")] if isinstance(sections, str) else list(sections)
    if names == ["all"]:
        return SECTIONS
    for name in names:
        if name not in SECTIONS:
            raise ModelError(f"sections: {name!r} is not a section; there are {', '.join(SECTIONS)} (or all)")
    return tuple(s for s in SECTIONS if s in names)


def tell(derivation: DerivationFacts, sections: Sequence[str] = UNASKED) -> Document:
    """The document of a derivation, with the given sections of ``SECTIONS``."""
    voice = Voice.of(derivation)
    argument = derivation.findings.argument
    teller = Teller(_numbered, result_blocks) if argument is None else TELLERS[argument.kind]
    blocks: list[Block] = []
    if "model" in sections:
        blocks.append(section("Model", *model_blocks(voice)))
    if "derivation" in sections:
        numbered = enumerate(teller.sections(voice), start=1)
        blocks += [section(title, *content, number=k) for k, (title, content) in numbered]
    if "result" in sections:
        blocks.append(section("Result", *teller.result(voice)))
    for name, (title, found) in _AFTER.items():
        content = tuple(found(voice)) if name in sections else ()
        if content:
            blocks.append(section(title, *content))
    return document(tuple(_title(voice)), *blocks)


_AFTER: dict[str, tuple[str, Callable[[Voice], Iterable[Block]]]] = {
    "precision": ("Precision", precision_blocks),
    "asymptotics": ("Large samples", asymptotic_blocks),
    "finite-sample": ("Every sample size", finite_sample_blocks),
    "links": ("The same likelihood elsewhere", link_blocks),
    "numerics": ("Computation", numerics_blocks),
    "remarks": ("Remarks", remark_blocks),
}


def _numbered(voice: Voice) -> Iterator[Titled]:
    yield ("Likelihood",), tuple(likelihood_blocks(voice))
    yield ("Log-likelihood",), tuple(log_likelihood_blocks(voice))
    case = voice.derivation.cases[0]
    if case.kind == "unknown":
        yield ("Maximum",), (say("The maximum is not derived here: {reason}.", reason=case.reason),)
        return
    yield ("Score",), tuple(score_blocks(voice))
    yield from solution_sections(voice)


def _title(voice: Voice) -> Iterator[Inline]:
    """Poisson(λ);  gamma(k, θ), shape and scale;  p: binomial, number of trials known;  λ in f(x | λ)."""
    title = voice.model.title.replace("...", "…")
    names = list(map(voice.name, voice.parameters))
    head, comma, rest = title.partition(", ")
    if not title:
        yield "Maximum likelihood estimation of "
        yield from listed(list(names))
        yield " in "
        yield voice.notation.density()
    elif not voice.model.known and _PLAIN_TITLE.fullmatch(head) and (comma or " " not in head):
        yield f"Maximum likelihood: {head}"
        yield make.brackets(make.sequence(*names))
        yield from _with_symbols(comma + rest, voice)
    else:
        yield "Maximum likelihood for "
        yield from listed(list(names))
        yield ": "
        yield from _with_symbols(title, voice)


def _with_symbols(text: str, voice: Voice) -> Iterator[Inline]:
    """The text with the names of the model drawn: [0, theta] → [0, θ]."""
    names = {s.name: s for s in (*voice.parameters, *voice.model.known) if len(s.name) > 1}
    for word in re.split(r"(\w+)", text):
        yield voice.name(names[word]) if word in names else word
