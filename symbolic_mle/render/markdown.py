r"""A document in Markdown with $…$ and $$…$$ formulas, in the LaTeX that KaTeX and MathJax know.

    render(document)     inline(node)

Commands that are a backslash and a punctuation mark are spelled out, because Markdown takes the backslash for its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from symbolic_mle.exposition import document as d
from symbolic_mle.exposition.mathematics import Maths

from .latex import display_rows
from .latex_maths import LatexMaths

_COLUMNS = 46.0  # em
_SPELLED: Mapping[str, str] = MappingProxyType(
    {r"\,": r"\thinspace ", r"\{": r"\lbrace ", r"\}": r"\rbrace ", r"\#": r"\char35 "}
)
_SPECIAL = re.compile(r"([\\`*_\[\]$<>#|])")


def render(document: d.Document) -> str:
    """The document in Markdown, headings from the first level."""
    return f"# {_text(document.title)}\n\n" + "\n".join(_blocks(document.blocks)).rstrip() + "\n"


def inline(node: Maths) -> str:
    """A formula with its dollars."""
    return f"${_safe(LatexMaths('inline')(node))}$"


def _safe(latex: str) -> str:
    for command, spelled in _SPELLED.items():
        latex = latex.replace(command, spelled)
    return latex


def _text(inlines: d.Inlines) -> str:
    return "".join(map(_inline, inlines))


def _inline(part: d.Inline) -> str:
    if isinstance(part, Maths):
        return inline(part)
    return _escape(part) if isinstance(part, str) else f"*{_escape(part.text)}*"


def _escape(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)


def _blocks(blocks: tuple[d.Block, ...]) -> list[str]:
    return [line for block in blocks for line in [*_RENDERERS[type(block)](block), ""]]


def _paragraph(block: d.Paragraph) -> list[str]:
    return [_text(block.inlines)]


def _section(block: d.Section) -> list[str]:
    number = f"{block.number}. " if block.number else ""
    return [f"## {number}{_text(block.title)}", "", *_trimmed(_blocks(block.blocks))]


def _statement(block: d.Statement) -> list[str]:
    title = f" ({_text(block.title)})" if block.title else ""
    return _quoted([f"**{block.kind}{title}.**", "", *_trimmed(_blocks(block.blocks))])


def _quoted(lines: list[str]) -> list[str]:
    return [f"> {line}".rstrip() for line in lines]


def _proof(block: d.Proof) -> list[str]:
    return ["*Proof.*", "", *_trimmed(_blocks(block.blocks)), "", "∎"]


def _table(block: d.Table) -> list[str]:
    """A list: each label in front of its blocks."""
    lines: list[str] = []
    for row in block.rows:
        body = _trimmed(_blocks(row.blocks))
        lines += [f"- {_text(row.label)}", "", *(f"  {line}".rstrip() for line in body), ""]
    return _trimmed(lines)


def _display(block: d.Display) -> list[str]:
    rows = [_safe(row) for row in display_rows(block, _COLUMNS, boxes=False)]
    return ["$$", r"\begin{aligned}", *(rf"{row} \\" for row in rows[:-1]), rows[-1], r"\end{aligned}", "$$"]


def _trimmed(lines: list[str]) -> list[str]:
    return lines[:-1] if lines and not lines[-1] else lines


_RENDERERS: Mapping[type[d.Block], Callable[[Any], list[str]]] = MappingProxyType(
    {
        d.Paragraph: _paragraph,
        d.Display: _display,
        d.Section: _section,
        d.Statement: _statement,
        d.Proof: _proof,
        d.Table: _table,
    }
)
