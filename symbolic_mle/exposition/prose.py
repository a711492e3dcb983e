"""Sentences with formulas in them, written as sentences: say("So {f} is strictly concave in {p}.", f=…, p=…).

A part is a formula, a piece of text, or several inlines. Knows documents and the maths tree, nothing of derivations.
"""

from __future__ import annotations

from collections.abc import Sequence
from string import Formatter

from symbolic_mle.exposition.document import Inline, Inlines, Paragraph


def phrase(template: str, **parts: Inline | Inlines) -> Inlines:
    """The template with its named parts put in."""
    found: list[Inline] = []
    for text, name, _, _ in Formatter().parse(template):
        if text:
            found.append(text)
        if name is not None:
            part = parts[name]
            found += part if isinstance(part, tuple) else [part]
    return tuple(found)


def say(template: str, **parts: Inline | Inlines) -> Paragraph:
    """A paragraph of one or more sentences."""
    return Paragraph(phrase(template, **parts))


def listed(items: Sequence[Inline | Inlines], last: str = " and ") -> Inlines:
    """a, b and c"""
    found: list[Inline] = []
    for k, item in enumerate(items):
        if k:
            found.append(last if k == len(items) - 1 else ", ")
        found += item if isinstance(item, tuple) else [item]
    return tuple(found)
