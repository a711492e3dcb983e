"""A derivation as a document: its steps in order, the reasons between them, the cases of the data, the result.

Facts come in, a document tree goes out. To tell a new kind of step, add to the section it belongs to; to add a section, add it
to ``tell``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from symbolic_mle.exposition import building as make
from symbolic_mle.exposition.document import Block, Document, Inline, document, paragraph, section
from symbolic_mle.exposition.telling_cases import remaining_data, result
from symbolic_mle.exposition.telling_likelihood import log_likelihood_blocks, likelihood_blocks, model_blocks, score_blocks
from symbolic_mle.exposition.telling_solution import joint_blocks, solution_sections
from symbolic_mle.exposition.voice import Voice


def tell(derivation: Any) -> Document:
    """The document of a derivation."""
    voice = Voice.of(derivation)
    numbered: list[tuple[tuple[Inline, ...], tuple[Block, ...]]] = [
        (("Likelihood",), tuple(likelihood_blocks(voice))),
        (("Log-likelihood",), tuple(log_likelihood_blocks(voice))),
    ]
    if derivation.cases[0].kind == "unknown":
        reason = paragraph(f"The maximum is not derived: {derivation.cases[0].reason}.")
        numbered.append((("Maximum",), (reason,)))
    else:
        numbered.append((("Score",), tuple(score_blocks(voice))))
        numbered.extend(solution_sections(voice))
        if derivation.findings.joint:
            numbered.append((("Joint maximum",), tuple(joint_blocks(voice))))
        others = tuple(remaining_data(voice))
        if others:
            numbered.append((("The remaining data",), others))
    blocks: list[Block] = [section("Model", *model_blocks(voice))]
    blocks += [section(title, *content, number=k) for k, (title, content) in enumerate(numbered, start=1)]
    blocks.append(section("Result", *result(voice)))
    return document(tuple(_title(voice)), *blocks)


def _title(voice: Voice) -> Iterator[Inline]:
    model = voice.derivation.model
    names = make.sequence(*map(voice.notation.write, model.parameters))
    if model.title:
        yield f"Maximum likelihood: {model.title}, "
        yield names
    else:
        yield "Maximum likelihood estimation of "
        yield names
