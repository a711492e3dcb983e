"""A derivation as a document: its steps in order, the reasons between them, the cases of the data, the result.

Facts come in, a document tree goes out. ``tell`` is the list of sections; each is a function in a ``telling_…`` file.
To tell a new kind of step, add to the section that it belongs to; to add a section, add it here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from symbolic_mle.exposition import building as make
from symbolic_mle.exposition.arguments import TELLERS
from symbolic_mle.exposition.arguments.teller import Teller
from symbolic_mle.exposition.document import Block, Document, Inline, document, section
from symbolic_mle.exposition.facts import DerivationFacts
from symbolic_mle.exposition.prose import listed, say
from symbolic_mle.exposition.telling_log_likelihood import log_likelihood_blocks, score_blocks
from symbolic_mle.exposition.telling_model import likelihood_blocks, model_blocks
from symbolic_mle.exposition.telling_precision import precision_blocks
from symbolic_mle.exposition.telling_remarks import remark_blocks
from symbolic_mle.exposition.telling_result import result_blocks
from symbolic_mle.exposition.telling_solution import Titled, solution_sections
from symbolic_mle.exposition.voice import Voice

_PLAIN_TITLE = re.compile(r"[^\W\d_]+([ -][^\W\d_]+)*")


def tell(derivation: DerivationFacts) -> Document:
    """The document of a derivation."""
    voice = Voice.of(derivation)
    argument = derivation.findings.argument
    teller = Teller(_numbered, result_blocks) if argument is None else TELLERS[argument.kind]
    blocks: list[Block] = [section("Model", *model_blocks(voice))]
    blocks += [section(title, *content, number=k) for k, (title, content) in enumerate(teller.sections(voice), start=1)]
    blocks.append(section("Result", *teller.result(voice)))
    for title, found in (("Precision", precision_blocks(voice)), ("Remarks", remark_blocks(voice))):
        content = tuple(found)
        if content:
            blocks.append(section(title, *content))
    return document(tuple(_title(voice)), *blocks)


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
