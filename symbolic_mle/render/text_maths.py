"""Maths nodes in one line of plain text: (∑ᵢ xᵢ) log λ − nλ − ∑ᵢ log xᵢ!, and the same in ASCII.

A fold: a method for each node. ``compact`` leaves out the spaces around + and −, for exponents.
"""

from __future__ import annotations

import re
import unicodedata

from symbolic_mle.exposition import mathematics as m
from symbolic_mle.exposition.building import slash_parts
from symbolic_mle.exposition.mathematics import Maths

from .glyphs import ACCENTS, BIG, LETTERS, PRIMES, RELATIONS, SUBSCRIPTS, SUPERSCRIPTS, translated
from .plain import spell_out

_TIGHT = (m.Number, m.Name)
_WIDE = 6  # characters of a numerator up to which the slash has no spaces around it
_RAISED = re.compile(r"−?(\d+|n|x)|[+−]")


class TextMaths:
    """The fold to text; ``ascii`` for the characters that every terminal has."""

    def __init__(self, ascii: bool = False) -> None:
        self.ascii = ascii
        self.column = 1 if ascii else 0
        self.minus = "-" if ascii else "−"

    def __call__(self, node: Maths, compact: bool = False) -> str:
        method = getattr(self, type(node).__name__.lower())
        return str(method(node, compact))

    # atoms

    def number(self, node: m.Number, compact: bool) -> str:
        return node.digits

    def name(self, node: m.Name, compact: bool) -> str:
        base = LETTERS[node.base][self.column] if node.base in LETTERS else node.base
        if self.ascii:
            accent = {"": "", "bar": "bar", "hat": "_hat", "tilde": "_tilde"}[node.accent]
            return base + accent + self._scripts(node) + "'" * node.primes
        return unicodedata.normalize("NFC", base + ACCENTS[node.accent]) + self._scripts(node)

    def _scripts(self, node: m.Name) -> str:
        below = "" if node.subscript is None else self._below(self(node.subscript, True))
        primes = "" if self.ascii else PRIMES[node.primes] if node.primes < 4 else "′" * node.primes
        above = "" if node.superscript is None else self._above(node.superscript)
        return below + primes + above

    def _below(self, text: str) -> str:
        small = None if self.ascii else translated(text.replace(" ", ""), SUBSCRIPTS)
        simple = text.isalnum() or (text.startswith("(") and text.endswith(")"))
        return small or ("_" + (text if simple else f"({text})"))

    def _above(self, exponent: Maths) -> str:
        text = self(exponent, True)
        small = translated(text, SUPERSCRIPTS) if not self.ascii and _RAISED.fullmatch(text) else None
        if small is not None:
            return small
        plain = isinstance(exponent, (m.Number, m.Parentheses)) or (
            isinstance(exponent, m.Name) and exponent.subscript is None
        )
        return "^" + (text if plain else f"({text})")

    def operator(self, node: m.Operator, compact: bool) -> str:
        return LETTERS[node.word][self.column] if node.word in LETTERS else node.word

    def words(self, node: m.Words, compact: bool) -> str:
        return spell_out(node.text) if self.ascii else node.text

    # arithmetic

    def sum(self, node: m.Sum, compact: bool) -> str:
        space = "" if compact else " "
        first, *rest = node.terms
        head = (self.minus if first.negative else "") + self(first.body, compact)
        tail = (f"{space}{self.minus if t.negative else '+'}{space}{self(t.body, compact)}" for t in rest)
        return head + "".join(tail)

    def product(self, node: m.Product, compact: bool) -> str:
        first, *rest = node.factors
        gaps = [self._gap(before, after) for before, after in zip(node.factors, rest, strict=False)]
        if isinstance(first, m.Number) and gaps[0] == "" and isinstance(rest[0], m.Name) and " " in gaps[1:2]:
            gaps[0] = " " if isinstance(_core(rest[1]), m.Name) else ""
        gaps = _even(node.factors, gaps)
        pairs = zip(gaps, rest, strict=True)
        return self._factor(first, compact) + "".join(gap + self._factor(factor, compact) for gap, factor in pairs)

    def _factor(self, node: Maths, compact: bool) -> str:
        return self(m.Parentheses(node) if isinstance(node, m.Fraction) else node, compact)

    def _gap(self, before: Maths, after: Maths) -> str:
        if isinstance(after, m.Indicator) or isinstance(_core(after), m.Number):
            return " * " if self.ascii else " · "
        if isinstance(before, (m.Parentheses, m.Number)) and isinstance(_core(after), m.Parentheses):
            return ""
        return "" if self._are_tight(before, after) else " "

    def _are_tight(self, before: Maths, after: Maths) -> bool:
        """2x, nλ, 2πσ², but n p, b zᵢ."""
        if self.ascii or not (isinstance(before, _TIGHT) and isinstance(_core(after), m.Name)):
            return False
        left, right = before, _core(after)
        if not _is_letter(right) or (isinstance(after, m.Power) and "^" in self(after)):
            return False
        if isinstance(left, m.Number):
            return True
        return isinstance(left, m.Name) and _is_letter(left) and (_is_greek(left) or _is_greek(right))

    def fraction(self, node: m.Fraction, compact: bool) -> str:
        top, bottom = (self(part, compact) for part in slash_parts(node))
        wide = isinstance(node.numerator, m.Product) and " " in top and len(top) > _WIDE and not compact
        return f"{top} / {bottom}" if wide else f"{top}/{bottom}"

    def power(self, node: m.Power, compact: bool) -> str:
        return self(node.base, compact) + self._above(node.exponent)

    def root(self, node: m.Root, compact: bool) -> str:
        if self.ascii:
            inside = self(node.body)
            return f"sqrt({inside})" if node.degree is None else f"root({inside}, {self(node.degree)})"
        degree = "" if node.degree is None else translated(self(node.degree), SUPERSCRIPTS) or ""
        atom = isinstance(node.body, (m.Number, m.Name, m.Parentheses)) and not getattr(node.body, "superscript", None)
        return f"{degree}√{self(node.body)}" if atom else f"{degree}√({self(node.body)})"

    # brackets and functions

    def parentheses(self, node: m.Parentheses, compact: bool) -> str:
        left, right = node.kind[0], node.kind[1]
        if self.ascii and left in "⌊⌈":
            left, right = ("floor(" if left == "⌊" else "ceil("), ")"
        return f"{left}{self(node.body)}{right}"

    def absolute(self, node: m.Absolute, compact: bool) -> str:
        return f"|{self(node.body)}|"

    def call(self, node: m.Call, compact: bool) -> str:
        head = self(node.function)
        if node.bare:
            return f"{head} {self(node.arguments[0])}"
        return f"{head}({', '.join(self(argument) for argument in node.arguments)})"

    def factorial(self, node: m.Factorial, compact: bool) -> str:
        return self(node.body) + "!"

    def binomial(self, node: m.Binomial, compact: bool) -> str:
        return f"C({self(node.top)}, {self(node.bottom)})"

    def big(self, node: m.Big, compact: bool) -> str:
        head, index = BIG[node.operator][self.column], self(node.index, True)
        small = None if self.ascii or not isinstance(node.index, m.Name) else translated(index, SUBSCRIPTS)
        simple = isinstance(node.index, m.Name)
        return head + (small or (f"_{index}" if simple else f"_{{{self(node.index)}}}")) + " " + self(node.body)

    def indicator(self, node: m.Indicator, compact: bool) -> str:
        return f"1{{{self(node.body)}}}"

    # arrangements

    def row(self, node: m.Row, compact: bool) -> str:
        return "".join(self(item, compact) for item in node.items)

    def sequence(self, node: m.Sequence, compact: bool) -> str:
        return ", ".join(self(item, compact) for item in node.items)

    def chain(self, node: m.Chain, compact: bool) -> str:
        links = (f" {RELATIONS[relation][self.column]} {self(item)}" for relation, item in node.links)
        return (self(node.first) + "".join(links)).strip()

    def cases(self, node: m.Cases, compact: bool) -> str:
        rows = (f"{self(value)} {_when(condition)}{self(condition)}" for value, condition in node.rows)
        return "{ " + "; ".join(rows) + " }"

    def matrix(self, node: m.Matrix, compact: bool) -> str:
        return "[" + "; ".join(", ".join(self(entry) for entry in entries) for entries in node.rows) + "]"


def _even(factors: tuple[Maths, ...], gaps: list[str]) -> list[str]:
    """n k θ, not n kθ: letters in a row stand all apart or all together."""
    letters = [
        isinstance(before, m.Name) and isinstance(_core(after), m.Name)
        for before, after in zip(factors, factors[1:], strict=False)
    ]
    even = list(gaps)
    for _ in gaps:
        for k in range(len(even) - 1):
            if letters[k] and letters[k + 1] and " " in (even[k], even[k + 1]):
                even[k] = even[k + 1] = " "
    return even


def _when(condition: Maths) -> str:
    return "" if isinstance(condition, m.Words) else "if "


def _core(node: Maths) -> Maths:
    """The node that a factor begins with."""
    return _core(node.base) if isinstance(node, m.Power) else node


def _is_letter(node: Maths) -> bool:
    return isinstance(node, m.Name) and node.subscript is None and (len(node.base) == 1 or node.base in LETTERS)


def _is_greek(node: Maths) -> bool:
    return isinstance(node, m.Name) and node.base in LETTERS
