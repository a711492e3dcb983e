r"""Long formulas in LaTeX on several lines: where a formula can break, and where it does.

A formula is a list of pieces, each of which may begin a line: a term with its sign, a link of a chain with its
relation. The deeper in brackets, the worse a place it is. A fraction that is wider than the line becomes a factor and
a bracket.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from symbolic_mle.exposition import mathematics as m
from symbolic_mle.exposition.building import brackets
from symbolic_mle.exposition.mathematics import Maths

from .glyphs import RELATIONS
from .latex_maths import LatexMaths, closed, gap
from .latex_width import measure


@dataclass(frozen=True, slots=True)
class Piece:
    """LaTeX that may begin a line, then with ``lead`` before it; a relation begins it at the alignment."""

    latex: str
    depth: int
    lead: str = "{}"
    relation: bool = False


def broken(node: Maths, columns: float, writer: LatexMaths) -> list[str]:
    r"""The formula on lines of at most that many em; each after the first starts with its alignment (& or &\quad)."""
    whole = writer(node)
    if measure(whole) <= columns:
        return [whole]
    pieces = _Pieces(writer, columns - 2).of(node, 0)
    lines: list[str] = []
    while pieces:
        count = _how_many(pieces, columns - (2 if lines else 0))
        lines.append(_joined(pieces[:count], first=not lines))
        pieces = pieces[count:]
    return lines


def _joined(pieces: list[Piece], first: bool) -> str:
    head, *rest = pieces
    start = "" if first else "& " if head.relation else rf"&\quad {head.lead}"
    return start + " ".join([head.latex, *(piece.latex for piece in rest)])


def _how_many(pieces: list[Piece], columns: float) -> int:
    """How many pieces go on this line: as many as fit, cut at the least depth that fills a third of it."""
    wide, fitting = 0.0, [1]
    filled = {1: measure(pieces[0].latex)}
    for count, piece in enumerate(pieces, 1):
        wide += measure(piece.latex)
        if wide > columns:
            break
        fitting.append(count)
        filled[count] = wide
    else:
        return len(pieces)
    useful = [count for count in fitting if filled[count] * 3 >= columns] or fitting
    return min(useful, key=lambda count: (pieces[count].depth if count < len(pieces) else 0, -count))


class _Pieces:
    """The fold to pieces; a node without a method is one piece."""

    def __init__(self, writer: LatexMaths, columns: float) -> None:
        self.writer = writer
        self.columns = columns

    def of(self, node: Maths, depth: int) -> list[Piece]:
        method = getattr(self, type(node).__name__.lower(), None)
        whole = self.writer(node)
        if method is None or (depth and measure(whole) <= self.columns / 4):
            return [Piece(whole, depth)]
        pieces: list[Piece] = method(node, depth)
        return pieces

    def sum(self, node: m.Sum, depth: int) -> list[Piece]:
        pieces: list[Piece] = []
        for term in node.terms:
            sign = "- " if term.negative else "+ " if pieces else ""
            pieces += _prefixed(sign, self.of(term.body, depth), depth)
        return pieces

    def chain(self, node: m.Chain, depth: int) -> list[Piece]:
        pieces = self.of(node.first, depth + 1)
        for relation, item in node.links:
            head, *rest = _prefixed(f"{RELATIONS[relation][2]} ", self.of(item, depth + 1), depth)
            pieces += [replace(head, relation=True), *rest]
        return pieces

    def product(self, node: m.Product, depth: int) -> list[Piece]:
        pieces: list[Piece] = []
        for index, factor in enumerate((*map(closed, node.factors[:-1]), node.factors[-1])):
            space = gap(node.factors[index - 1], factor) if index else ""
            head, *rest = (
                self.of(factor, depth + 1) if not self._is_coefficient(factor) else [self._coefficient(factor)]
            )
            head = replace(head, latex=space.lstrip() + head.latex, depth=depth + 2, lead=r"{}\times ")
            pieces += [head, *rest]
        return pieces

    def _is_coefficient(self, factor: Maths) -> bool:
        return isinstance(factor, m.Fraction) and measure(self.writer.factor(factor)) <= self.columns

    def _coefficient(self, factor: Maths) -> Piece:
        return Piece(self.writer.factor(factor), 0)

    def parentheses(self, node: m.Parentheses, depth: int) -> list[Piece]:
        left, right = self.writer.bracket_pair(node)
        inner = self.of(node.body, depth + 2)
        if left.startswith(r"\left") and len(inner) > 1:
            return [Piece(self.writer(node), depth)]
        return _enclosed(left, inner, right, depth)

    def cases(self, node: m.Cases, depth: int) -> list[Piece]:
        """One piece; a value that is too wide stands on several lines in its row."""
        rows = [f"{self._value(value, condition)} & {self.writer.when(condition)}" for value, condition in node.rows]
        return [Piece(r"\begin{cases} " + r" \\ ".join(rows) + r" \end{cases}", depth)]

    def _value(self, value: Maths, condition: Maths) -> str:
        room = self.columns - measure(self.writer.when(condition)) - 4
        lines = broken(value, room, self.writer.smaller)
        if len(lines) == 1:
            return lines[0]
        return rf"\begin{{aligned}}[t] & {lines[0]} \\ " + r" \\ ".join(lines[1:]) + r" \end{aligned}"

    def sequence(self, node: m.Sequence, depth: int) -> list[Piece]:
        pieces: list[Piece] = []
        for index, item in enumerate(node.items):
            last = index == len(node.items) - 1
            pieces += _enclosed("", self.of(item, depth + 1), "" if last else ",", depth)
        return pieces

    def call(self, node: m.Call, depth: int) -> list[Piece]:
        head, left, right = self.writer.call_frame(node)
        inner = self.of(node.arguments[0], depth + 2)
        if len(node.arguments) != 1 or (left.startswith(r"\left") and len(inner) > 1):
            return [Piece(self.writer(node), depth)]
        return _enclosed(head + left, inner, right, depth)

    def power(self, node: m.Power, depth: int) -> list[Piece]:
        exponent = f"^{{{self.writer.script(node.exponent)}}}"
        return _enclosed("", self.of(node.base, depth + 1), exponent, depth)

    def big(self, node: m.Big, depth: int) -> list[Piece]:
        return _enclosed(self.writer.big_head(node) + " ", self.of(node.body, depth + 1), "", depth)

    def fraction(self, node: m.Fraction, depth: int) -> list[Piece]:
        r"""A fraction that is too wide: \frac{1}{d} (numerator)."""
        if measure(self.writer(node)) <= self.columns or self.writer.style != "display":
            return [Piece(self.writer(node), depth)]
        below = self.writer(m.Fraction(m.Number("1"), node.denominator))
        if measure(below) <= self.columns:
            return _enclosed(below + " ", self.of(brackets(node.numerator), depth + 1), "", depth)
        above = self.of(brackets(node.numerator), depth + 1)
        return [*above, *_prefixed("/ ", self.of(brackets(node.denominator), depth + 1), depth)]


def _prefixed(text: str, pieces: list[Piece], depth: int) -> list[Piece]:
    head, *rest = pieces
    return [replace(head, latex=text + head.latex, depth=depth, lead="{}"), *rest]


def _enclosed(left: str, pieces: list[Piece], right: str, depth: int) -> list[Piece]:
    head, *rest = pieces
    pieces = [replace(head, latex=left + head.latex, depth=depth), *rest]
    return [*pieces[:-1], replace(pieces[-1], latex=pieces[-1].latex + right)]
