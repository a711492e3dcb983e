r"""A document in LaTeX: align* with notes in a column, theorem and proof, description lists for the cases.

    render(document, standalone=False)     inline(node)

Needs amsmath, amssymb and amsthm. A fragment stands anywhere in a document that loads them; it defines the theorem
environments that it uses unless the document has its own. Formulas break so that none is wider than ``textwidth`` em.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from symbolic_mle.exposition import document as d
from symbolic_mle.exposition.mathematics import Cases, Chain, Maths, Matrix, Sequence, Sum, contains

from .escape import escape
from .glyphs import RELATIONS
from .latex_lines import broken
from .latex_maths import LatexMaths
from .latex_width import measure

TEXTWIDTH = 34.0  # em: an article in 10 point
_LIST_MARGIN = 2.6
_NOTE_GAP = 2.0
_LEAST_NOTE = 7.0
_LONG = 0.6  # of the width: a longer formula is displayed rather than put in a sentence
_PREAMBLE = r"""\documentclass{article}
\usepackage{amsmath,amssymb,amsthm}
\allowdisplaybreaks
\begin{document}
"""


def render(document: d.Document, standalone: bool = False, textwidth: float = TEXTWIDTH) -> str:
    """The document in LaTeX, ASCII only; ``standalone`` compiles as it is, else it is for a document of one's own."""
    kinds = sorted({block.kind for block in _walk(document.blocks) if isinstance(block, d.Statement)})
    body = [
        r"\begingroup\sloppy",
        *(_theorem_kind(kind) for kind in kinds),
        rf"\section*{{\raggedright {_text(document.title)}}}",
        *_blocks(document.blocks, textwidth),
        r"\par\endgroup",
    ]
    text = "\n".join(body) + "\n"
    return f"{_PREAMBLE}{text}\\end{{document}}\n" if standalone else text


def inline(node: Maths) -> str:
    """A formula in LaTeX, without dollars, in display style."""
    return LatexMaths("display")(node)


def _walk(blocks: tuple[d.Block, ...]) -> list[d.Block]:
    found: list[d.Block] = []
    for block in blocks:
        inner = (
            [b for row in block.rows for b in row.blocks]
            if isinstance(block, d.Table)
            else getattr(block, "blocks", ())
        )
        found += [block, *_walk(tuple(inner))]
    return found


def _theorem_kind(kind: str) -> str:
    style = r"\theoremstyle{remark}" if kind in ("Remark", "Note") else ""
    name = kind.lower()
    return rf"\expandafter\ifx\csname {name}\endcsname\relax{style}\newtheorem*{{{name}}}{{{kind}}}\fi"


def _text(inlines: d.Inlines) -> str:
    return "".join(_inline(part) for part in inlines)


def _inline(part: d.Inline) -> str:
    if isinstance(part, d.Emphasis):
        return rf"\emph{{{escape(part.text)}}}"
    return escape(part) if isinstance(part, str) else f"${LatexMaths('inline')(part)}$"


def _blocks(blocks: tuple[d.Block, ...], columns: float) -> list[str]:
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, d.Display):
            lines = _trimmed(lines)
        lines += _RENDERERS[type(block)](block, columns)
    return lines


def _paragraph(block: d.Paragraph, columns: float) -> list[str]:
    return [*_running(block.inlines, columns), ""]


def _running(inlines: d.Inlines, columns: float) -> list[str]:
    """Running text; a formula that is too long or too tall for it is displayed."""
    lines = [""]
    for part in inlines:
        if isinstance(part, Maths) and _is_too_long(part, columns):
            lines += [*_display(d.Display((d.Line(None, "", part),)), columns), ""]
        else:
            lines[-1] += _inline(part)
    return [line for line in lines if line.strip()]


def _is_too_long(node: Maths, columns: float) -> bool:
    """Whether a formula is displayed: one that cannot break in a line of text is so sooner."""
    can_break = isinstance(node, (Sum, Chain, Sequence))
    return contains(node, (Cases, Matrix)) or measure(_inline(node)) > columns * (_LONG if can_break else _LONG / 2)


def _section(block: d.Section, columns: float) -> list[str]:
    number = f"{block.number}. " if block.number else ""
    return ["", rf"\subsection*{{\raggedright {number}{_text(block.title)}}}", *_blocks(block.blocks, columns)]


def _statement(block: d.Statement, columns: float) -> list[str]:
    name, title = block.kind.lower(), f"[{{{_text(block.title)}}}]" if block.title else ""
    return [rf"\begin{{{name}}}{title}", *_trimmed(_blocks(block.blocks, columns)), rf"\end{{{name}}}", ""]


def _proof(block: d.Proof, columns: float) -> list[str]:
    return [r"\begin{proof}", *_trimmed(_blocks(block.blocks, columns)), r"\end{proof}", ""]


def _table(block: d.Table, columns: float) -> list[str]:
    inner = columns - _LIST_MARGIN
    lines = [r"\begin{description}"] + ([] if block.loose else [r"\setlength{\itemsep}{0pt}"])
    for row in block.rows:
        lines += [*_label(row.label, inner), *_trimmed(_row_blocks(row, block.loose, inner))]
    return [*lines, r"\end{description}", ""]


def _label(label: d.Inlines, columns: float) -> list[str]:
    """The label of an item; a long one is a paragraph, which can break."""
    text = _text(label)
    if measure(rf"\text{{{text}}}") > columns / 2:
        return [r"\item[]", *_running(label, columns), ""]
    return [rf"\item[{{{text}}}]"]


def _row_blocks(row: d.Row, loose: bool, columns: float) -> list[str]:
    """The blocks of a row; in a tight table a formula that fits stays beside its label."""
    first, *rest = row.blocks or (d.Paragraph(()),)
    if not loose and isinstance(first, d.Display) and len(first.lines) == 1:
        beside = _beside(first.lines[0])
        if measure(beside) + measure(rf"\text{{{_text(row.label)}}}") < columns - _LIST_MARGIN:
            return [beside, "", *_blocks(tuple(rest), columns)]
    start = [r"\leavevmode"] if isinstance(first, d.Display) else []
    return [*start, *_blocks((first, *rest), columns)]


def _beside(line: d.Line) -> str:
    note = rf"\quad {_text(line.note)}" if line.note else ""
    return _inline(_as_one(line)) + note


def _as_one(line: d.Line) -> Maths:
    if line.left is None:
        return line.right
    return Chain(line.left, ((line.relation, line.right),)) if line.relation else Chain(line.left, (("", line.right),))


def _display(block: d.Display, columns: float) -> list[str]:
    rows = display_rows(block, columns)
    if len(rows) == 1 and "&&" not in rows[0]:
        return [r"\[", "  " + rows[0].replace("&", "", 1).strip(), r"\]"]
    return [r"\begin{align*}", *_ended(rows), r"\end{align*}"]


def display_rows(block: d.Display, columns: float, boxes: bool = True) -> list[str]:
    """The rows of an alignment, broken to the width, with their notes in a column.

    A note that is too long goes in a box, beside the formula or below it; without ``boxes`` it stays in its column.
    """
    writer = LatexMaths("display")
    lines = [_unless_wide(line, columns, writer) for line in block.lines]
    left = max((measure(writer(line.left)) for line in lines if line.left is not None), default=0.0)
    relations = max(measure(RELATIONS[line.relation][2]) for line in lines)
    room = columns - left - relations
    drawn = [broken(line.right, room, writer) for line in lines]
    used = left + relations + max(min(measure(part), room) for text in drawn for part in text)
    rows: list[str] = []
    for line, text in zip(lines, drawn, strict=True):
        room = columns - used - _NOTE_GAP if boxes else float("inf")
        rows += _with_note(line, _started(line, text, writer), room, columns - left)
    return rows


def _unless_wide(line: d.Line, columns: float, writer: LatexMaths) -> d.Line:
    """A line whose left side takes half of the width is one formula, aligned at its start."""
    if line.left is None or measure(writer(line.left)) <= columns / 2:
        return line
    return d.Line(None, "", _as_one(line), line.note)


def _started(line: d.Line, text: list[str], writer: LatexMaths) -> list[str]:
    left = "" if line.left is None else writer(line.left) + " "
    relation = RELATIONS[line.relation][2]
    return [f"{left}&{relation} {text[0]}", *text[1:]]


def _with_note(line: d.Line, text: list[str], room: float, columns: float) -> list[str]:
    if not line.note:
        return text
    note = _text(line.note)
    wide = measure(rf"\text{{{note}}}")
    if wide <= room:
        return [*text[:-1], rf"{text[-1]} && \text{{{note}}}"]
    if room >= _LEAST_NOTE:
        return [*text[:-1], rf"{text[-1]} && \parbox[t]{{{room:.1f}em}}{{\raggedright {note}\strut}}"]
    return [*text, rf"&\quad \parbox[t]{{{min(columns - 2, wide + 1):.1f}em}}{{\raggedright ({note})\strut}}"]


def _ended(rows: list[str]) -> list[str]:
    return [*(rf"  {row} \\" for row in rows[:-1]), "  " + rows[-1]]


def _trimmed(lines: list[str]) -> list[str]:
    return lines[:-1] if lines and not lines[-1] else lines


_RENDERERS: Mapping[type[d.Block], Callable[[Any, float], list[str]]] = {
    d.Paragraph: _paragraph,
    d.Display: _display,
    d.Section: _section,
    d.Statement: _statement,
    d.Proof: _proof,
    d.Table: _table,
}
