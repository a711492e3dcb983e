"""What a derivation is on paper: title, sections, paragraphs, aligned displays, cases, theorem and proof.

Holds text and maths nodes only. Text is plain Unicode without markup; a format escapes it. To add a block: a class
here, and a method of its name in each document renderer. A test fails until all of them have it.
"""

from __future__ import annotations

from dataclasses import dataclass

from .mathematics import Maths


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Words that stand out: a term where it is defined."""

    text: str


Inline = str | Emphasis | Maths
Inlines = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a document."""


@dataclass(frozen=True, slots=True)
class Paragraph(Block):
    """Running text with formulas in it."""

    inlines: Inlines


@dataclass(frozen=True, slots=True)
class Line:
    """left relation right, and a note beside it. Without ``left`` it goes on from the line above."""

    left: Maths | None
    relation: str
    right: Maths
    note: Inlines = ()


@dataclass(frozen=True, slots=True)
class Display(Block):
    """Formulas on lines of their own, aligned at the relation, with the notes in a column."""

    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A label (a case of the data, a quantity) and what there is to say about it."""

    label: Inlines
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Table(Block):
    """Labels and blocks in two columns; ``loose`` rows stand apart from each other, as cases of the data do."""

    rows: tuple[Row, ...]
    loose: bool = True


@dataclass(frozen=True, slots=True)
class Section(Block):
    """A titled part; a number of 0 is not shown."""

    title: Inlines
    blocks: tuple[Block, ...]
    number: int = 0


@dataclass(frozen=True, slots=True)
class Statement(Block):
    """A labelled statement. ``kind`` is Theorem, Lemma, Proposition, Remark …"""

    kind: str
    blocks: tuple[Block, ...]
    title: Inlines = ()


@dataclass(frozen=True, slots=True)
class Proof(Block):
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Document:
    title: Inlines
    blocks: tuple[Block, ...]


def paragraph(*inlines: Inline) -> Paragraph:
    """paragraph("At an interior maximum ", node, ".")"""
    return Paragraph(inlines)


def line(left: Maths | None, relation: str, right: Maths, *note: Inline) -> Line:
    return Line(left, relation, right, note)


def formula(node: Maths, *note: Inline) -> Line:
    """A formula as a line of its own, with nothing to align."""
    return Line(None, "", node, note)


def display(*lines: Line) -> Display:
    return Display(lines)


def row(label: Inline | Inlines, *blocks: Block) -> Row:
    return Row(label if isinstance(label, tuple) else (label,), blocks)


def cases(*rows: Row) -> Table:
    """The cases of the data, each with what happens in it."""
    return Table(rows)


def definitions(*rows: Row) -> Table:
    """Quantities, one to a line."""
    return Table(rows, loose=False)


def section(title: Inline | Inlines, *blocks: Block, number: int = 0) -> Section:
    return Section(title if isinstance(title, tuple) else (title,), blocks, number)


def theorem(*blocks: Block) -> Statement:
    return Statement("Theorem", blocks)


def remark(*blocks: Block) -> Statement:
    return Statement("Remark", blocks)


def proof(*blocks: Block) -> Proof:
    return Proof(blocks)


def document(title: Inline | Inlines, *blocks: Block) -> Document:
    return Document(title if isinstance(title, tuple) else (title,), blocks)
