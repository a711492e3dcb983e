"""A document as plain text: indented blocks, aligned formulas with notes in a column, wrapped paragraphs.

    render(document, width=100, ascii=False)     inline(node, ascii=False)

A fold: a method for each block, each of which returns lines.
"""

from __future__ import annotations

from symbolic_mle.exposition import document as d
from symbolic_mle.exposition.mathematics import Maths

from .glyphs import RELATIONS
from .plain import spell_out
from .text_layout import GLUE, break_formula, pad, width, wrap
from .text_maths import TextMaths

_SHORT = 28  # columns up to which a formula in running text stays on one line
_STEP = 4
_LABEL = 26  # columns up to which a label has its text beside it
_NOTE_GAP = 4


def render(document: d.Document, width: int = 100, ascii: bool = False) -> str:
    """The document in lines of at most ``width`` columns, where formulas can break; ``ascii`` spells λ̂ lambda_hat."""
    writer = _Writer(ascii)
    title = wrap(writer.inlines(document.title), width)
    body = writer.blocks(document.blocks, width - _STEP, apart=True)
    return "\n".join(line.rstrip() for line in [*title, "", *_indent(body)]).rstrip() + "\n"


def inline(node: Maths, ascii: bool = False) -> str:
    """A formula in one line of text."""
    return TextMaths(ascii)(node)


class _Writer:
    def __init__(self, ascii: bool) -> None:
        self.maths = TextMaths(ascii)
        self.ascii = ascii

    def block(self, block: d.Block, columns: int) -> list[str]:
        method = getattr(self, type(block).__name__.lower())
        lines: list[str] = method(block, columns)
        return lines

    def blocks(self, blocks: tuple[d.Block, ...], columns: int, apart: bool = False) -> list[str]:
        """The blocks below each other; sections, statements and loose tables stand apart."""
        lines: list[str] = []
        for block in blocks:
            if lines and (_stands_apart(block) or lines[-1] == ""):
                lines += [""] if lines[-1] else []
            lines += self.block(block, columns)
            lines += [""] if _stands_apart(block) else []
        while lines and not lines[-1]:
            lines.pop()
        return lines

    def inlines(self, inlines: d.Inlines) -> str:
        return "".join(self.inline(part) for part in inlines)

    def inline(self, part: d.Inline) -> str:
        if isinstance(part, d.Emphasis):
            return self.plain(part.text)
        if isinstance(part, str):
            return self.plain(part)
        text = self.maths(part)
        return text.replace(" ", GLUE) if width(text) <= _SHORT else text

    def plain(self, text: str) -> str:
        return spell_out(text) if self.ascii else text

    # blocks

    def paragraph(self, block: d.Paragraph, columns: int) -> list[str]:
        return wrap(self.inlines(block.inlines), columns)

    def section(self, block: d.Section, columns: int) -> list[str]:
        number = f"{block.number}. " if block.number else ""
        title = wrap(number + self.inlines(block.title), columns + _STEP)
        return [_outdent(line) for line in title] + self.blocks(block.blocks, columns)

    def statement(self, block: d.Statement, columns: int) -> list[str]:
        title = f" ({self.inlines(block.title)})" if block.title else ""
        return self.blocks(_led_by(f"{block.kind}{title}. ", block.blocks), columns)

    def proof(self, block: d.Proof, columns: int) -> list[str]:
        body = self.blocks(_led_by("Proof. ", block.blocks), columns)
        end = "(end of proof)" if self.ascii else "∎"
        if width(body[-1]) + 1 + len(end) <= columns:
            return [*body[:-1], f"{body[-1]} {end}"]
        return [*body, end]

    def table(self, block: d.Table, columns: int) -> list[str]:
        labels = [self.inlines(row.label).replace(GLUE, " ") for row in block.rows]
        column = max((width(label) for label in labels if width(label) <= _LABEL), default=0) + 3
        lines: list[str] = []
        for row, label in zip(block.rows, labels, strict=True):
            lines += [""] if lines and block.loose else []
            lines += self.beside(label, row.blocks, column, columns)
        return lines

    def beside(self, label: str, blocks: tuple[d.Block, ...], column: int, columns: int) -> list[str]:
        """The label with the blocks to its right, or below it when it is long."""
        if width(label) > _LABEL:
            return [*wrap(label, columns), *_indent(self._inner(blocks, columns - _STEP))]
        body = self._inner(blocks, columns - column) or [""]
        return [pad(label, column) + body[0], *(" " * column + line for line in body[1:])]

    def _inner(self, blocks: tuple[d.Block, ...], columns: int) -> list[str]:
        """Blocks in a column of a table, where formulas need no indent of their own at the top."""
        lines: list[str] = []
        for block in blocks:
            text = self.block(block, columns)
            lines += [line[_STEP:] for line in text] if isinstance(block, d.Display) else text
        return lines

    def display(self, block: d.Display, columns: int) -> list[str]:
        columns -= _STEP
        drawn = self._aligned(block.lines, columns)
        notes = [self.inlines(line.note) for line in block.lines]
        room = max((width(text[-1]) for text, note in zip(drawn, notes, strict=True) if note), default=0) + _NOTE_GAP
        lines: list[str] = []
        for text, note in zip(drawn, notes, strict=True):
            lines += _with_note(text, note, room, columns) if note else text
        return _indent(lines)

    def _aligned(self, lines: tuple[d.Line, ...], columns: int) -> list[list[str]]:
        """Each line broken to the width; lines without a left side start below the relation above them."""
        drawn: list[list[str]] = []
        start = 0
        for line in lines:
            sign = RELATIONS[line.relation][self.maths.column]
            relation = f"{sign} " if sign else ""
            left = "" if line.left is None else self.maths(line.left) + " "
            right = self.maths(line.right)
            if width(left) * 2 > columns:
                drawn.append(break_formula(left + relation + right, columns))
                continue
            start = width(left) if relation and left else start
            drawn.append(_broken((left or " " * start) + relation, right, columns))
        return drawn


def _broken(head: str, formula: str, columns: int) -> list[str]:
    first = width(head)
    lines = break_formula(formula, max(columns - first, 24))
    return [head + lines[0], *(" " * first + line for line in lines[1:])]


def _with_note(text: list[str], note: str, room: int, columns: int) -> list[str]:
    """The note beside the last line of the formula, or below it when there is no room."""
    if columns - room >= 20:
        notes = wrap(note, columns - room)
        beside = [pad(text[-1], room) + notes[0], *(" " * room + more for more in notes[1:])]
        return [*text[:-1], *beside]
    return [*text, *(" " * _STEP + more for more in wrap(f"({note})", columns - _STEP))]


def _led_by(words: str, blocks: tuple[d.Block, ...]) -> tuple[d.Block, ...]:
    """The blocks with words in front of the first, on its line when it is text."""
    if blocks and isinstance(blocks[0], d.Paragraph):
        return (d.Paragraph((words, *blocks[0].inlines)), *blocks[1:])
    return (d.Paragraph((words.rstrip(),)), *blocks)


def _stands_apart(block: d.Block) -> bool:
    return isinstance(block, (d.Section, d.Statement, d.Proof)) or (isinstance(block, d.Table) and block.loose)


_OUT = "\x00"


def _outdent(line: str) -> str:
    """Marks a line that the next indent leaves where it is."""
    return _OUT + line


def _indent(lines: list[str]) -> list[str]:
    return [line[1:] if line.startswith(_OUT) else " " * _STEP + line if line else "" for line in lines]
