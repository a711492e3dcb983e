"""A document in HTML: MathML formulas in aligned tables, nothing to load.

    render(document, standalone=False)     inline(node)

A fragment is one <article>; a standalone page adds a head with a few lines of style.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from types import MappingProxyType
from typing import Any

from symbolic_mle.exposition import document as d
from symbolic_mle.exposition.mathematics import Chain, Maths

from . import latex, text
from .mathml import MathMl, formula, relation

_STYLE = """
body { max-width: 48rem; margin: 2rem auto; padding: 0 1rem; font: 1.05rem/1.5 "Latin Modern Roman", Georgia, serif; }
.mle h1 { font-size: 1.4rem; } .mle h2 { font-size: 1.1rem; margin-top: 1.6em; }
.mle .display { overflow-x: auto; margin: 0.6em 0; } .mle math { font-family: "Latin Modern Math", math; }
.mle mtd { padding: 0.25em 0.1em; } .mle mtd.left { text-align: right; } .mle mtd.right { text-align: left; }
.mle mtd.note { text-align: left; padding-left: 2em; font-size: 0.9em; } .mle .cases mtd { text-align: left; }
.mle dt { font-weight: bold; margin-top: 0.6em; } .mle dd { margin-left: 2em; }
.mle .statement { border-left: 0.2em solid #888; padding-left: 1em; } .mle .end { float: right; }
"""


def render(document: d.Document, standalone: bool = False) -> str:
    """The document as one <article>, or as a page."""
    article = f'<article class="mle">\n<h1>{_text(document.title)}</h1>\n{_blocks(document.blocks)}</article>\n'
    if not standalone:
        return article
    title = escape("".join(_plain(part) for part in document.title))
    head = f'<meta charset="utf-8"><title>{title}</title><style>{_STYLE}</style>'
    return f'<!DOCTYPE html>\n<html lang="en"><head>{head}</head>\n<body>\n{article}</body></html>\n'


def inline(node: Maths) -> str:
    """A formula as a <math> element for running text."""
    return formula(node)


def _plain(part: d.Inline) -> str:
    return text.inline(part) if isinstance(part, Maths) else part if isinstance(part, str) else part.text


def _text(inlines: d.Inlines) -> str:
    return "".join(map(_inline, inlines))


def _inline(part: d.Inline) -> str:
    if isinstance(part, Maths):
        return formula(part)
    return escape(part, quote=False) if isinstance(part, str) else f"<em>{escape(part.text, quote=False)}</em>"


def _blocks(blocks: tuple[d.Block, ...]) -> str:
    return "".join(_RENDERERS[type(block)](block) + "\n" for block in blocks)


def _paragraph(block: d.Paragraph) -> str:
    return f"<p>{_text(block.inlines)}</p>"


def _section(block: d.Section) -> str:
    number = f"{block.number}. " if block.number else ""
    return f"<section>\n<h2>{number}{_text(block.title)}</h2>\n{_blocks(block.blocks)}</section>"


def _statement(block: d.Statement) -> str:
    title = f" ({_text(block.title)})" if block.title else ""
    return f'<div class="statement"><strong>{escape(block.kind)}{title}.</strong>\n{_blocks(block.blocks)}</div>'


def _proof(block: d.Proof) -> str:
    return f'<div class="proof"><em>Proof.</em>\n{_blocks(block.blocks)}<span class="end">∎</span></div>'


def _table(block: d.Table) -> str:
    rows = (f"<dt>{_text(row.label)}</dt>\n<dd>{_blocks(row.blocks)}</dd>\n" for row in block.rows)
    return f"<dl>\n{''.join(rows)}</dl>"


def _display(block: d.Display) -> str:
    source = r" \\ ".join(latex.inline(_as_one(line)) for line in block.lines)
    annotation = f'<annotation encoding="application/x-tex">{escape(source, quote=False)}</annotation>'
    rows = "".join(map(_line, block.lines))
    table = f'<mtable displaystyle="true" columnalign="right center left left">{rows}</mtable>'
    return f'<div class="display"><math display="block"><semantics>{table}{annotation}</semantics></math></div>'


def _line(line: d.Line) -> str:
    maths = MathMl("display")
    left = "" if line.left is None else maths(line.left)
    note = f'<mtd class="note"><mrow>{"".join(map(_note, line.note))}</mrow></mtd>' if line.note else ""
    sides = f'<mtd class="left">{left}</mtd><mtd>{relation(line.relation)}</mtd>'
    return f'<mtr>{sides}<mtd class="right">{maths(line.right)}</mtd>{note}</mtr>'


def _note(part: d.Inline) -> str:
    if isinstance(part, Maths):
        return MathMl("inline").group(part)
    return f"<mtext>{escape(part if isinstance(part, str) else part.text).replace(' ', '&#xA0;')}</mtext>"


def _as_one(line: d.Line) -> Maths:
    if line.left is None:
        return Chain(line.right, ())
    return Chain(line.left, ((line.relation, line.right),))


_RENDERERS: Mapping[type[d.Block], Callable[[Any], str]] = MappingProxyType(
    {
        d.Paragraph: _paragraph,
        d.Display: _display,
        d.Section: _section,
        d.Statement: _statement,
        d.Proof: _proof,
        d.Table: _table,
    }
)
