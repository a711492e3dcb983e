r"""Maths nodes in LaTeX, with the commands of LaTeX, amsmath and amssymb that KaTeX knows too, in ASCII.

A fold: a method for each node. The style is "display" (built-up fractions, tall brackets), "inline" (slashes; a
fraction only as a coefficient) or "script" (slashes). Brackets have sizes rather than \left and \right,
so that a line can break inside them.
"""

from __future__ import annotations

from symbolic_mle.exposition import mathematics as m
from symbolic_mle.exposition.building import slash_parts
from symbolic_mle.exposition.mathematics import Maths

from .escape import escape
from .glyphs import BIG, LETTERS, RELATIONS

_OPERATORS = ("log", "exp", "max", "min", "sin", "cos", "tan", "sinh", "cosh", "tanh", "arcsin", "arccos", "arctan")
_SIZES = ("", "big", "Big", "bigg", "Bigg")
_BRACKETS = {"(": "(", ")": ")", "[": "[", "]": "]", "{": r"\{", "}": r"\}"} | {
    "⌊": r"\lfloor", "⌋": r"\rfloor", "⌈": r"\lceil", "⌉": r"\rceil"
}  # fmt: skip


class LatexMaths:
    """The fold to LaTeX in one style."""

    def __init__(self, style: str = "display") -> None:
        self.style = style

    def __call__(self, node: Maths) -> str:
        return str(getattr(self, type(node).__name__.lower())(node))

    def within(self, style: str) -> LatexMaths:
        return self if style == self.style else LatexMaths(style)

    @property
    def smaller(self) -> LatexMaths:
        """The style of the parts of a fraction."""
        return self.within("inline" if self.style == "display" else self.style)

    @property
    def script(self) -> LatexMaths:
        return self.within("script")

    # atoms

    def number(self, node: m.Number) -> str:
        return node.digits.replace("e", r"\mathrm{e}")

    def name(self, node: m.Name) -> str:
        operator = node.base in _OPERATORS and node.subscript is not None  # maxᵢ
        base = "\\" + node.base if operator else _letters(node.base)
        if node.accent:
            wide = "wide" if len(node.base) > 1 and node.base not in LETTERS and node.accent != "bar" else ""
            base = rf"\{wide}{node.accent}{{{base}}}"
        below = "" if node.subscript is None else f"_{{{self.script(node.subscript)}}}"
        above = "" if node.superscript is None else f"^{{{self.script(node.superscript)}}}"
        return base + below + "'" * node.primes + above

    def operator(self, node: m.Operator) -> str:
        if node.word in _OPERATORS:
            return "\\" + node.word
        return LETTERS[node.word][2] if node.word in LETTERS else rf"\operatorname{{{escape(node.word)}}}"

    def words(self, node: m.Words) -> str:
        return rf"\text{{{escape(node.text)}}}"

    # arithmetic

    def sum(self, node: m.Sum) -> str:
        first, *rest = node.terms
        head = ("-" if first.negative else "") + self(first.body)
        return head + "".join(f" {'-' if term.negative else '+'} {self(term.body)}" for term in rest)

    def product(self, node: m.Product) -> str:
        factors = [*(closed(factor) for factor in node.factors[:-1]), node.factors[-1]]
        text = self.factor(factors[0])
        for before, after in zip(factors, factors[1:], strict=False):
            text += gap(before, after) + self.factor(after)
        return text

    def factor(self, node: Maths) -> str:
        """A factor; in running text a fraction that is one stays built up, where a slash would need brackets."""
        if isinstance(node, m.Fraction) and self.style == "inline":
            return rf"\frac{{{self.script(node.numerator)}}}{{{self.script(node.denominator)}}}"
        return self(m.Parentheses(node) if isinstance(node, m.Fraction) and self.style == "script" else node)

    def fraction(self, node: m.Fraction) -> str:
        if self.style == "display" and isinstance(node.numerator, m.Big):
            return rf"\frac{{1}}{{{self.smaller(node.denominator)}}} {self(node.numerator)}"
        if self.style == "display":
            return rf"\frac{{{self.smaller(node.numerator)}}}{{{self.smaller(node.denominator)}}}"
        top, bottom = slash_parts(node)
        return f"{self(top)}/{self(bottom)}"

    def power(self, node: m.Power) -> str:
        return f"{self(node.base)}^{{{self.script(node.exponent)}}}"

    def root(self, node: m.Root) -> str:
        degree = "" if node.degree is None else f"[{self.script(node.degree)}]"
        return rf"\sqrt{degree}{{{self(node.body)}}}"

    # brackets and functions

    def parentheses(self, node: m.Parentheses) -> str:
        left, right = self.bracket_pair(node)
        return f"{left}{self(node.body)}{right}"

    def bracket_pair(self, node: m.Parentheses) -> tuple[str, str]:
        """The brackets in the size that the body needs."""
        opening, closing = (_BRACKETS[c] for c in node.kind)
        return self._sized(opening, closing, node.body)

    def _sized(self, opening: str, closing: str, body: Maths) -> tuple[str, str]:
        level = self.level(body)
        if level == len(_SIZES) and isinstance(body, (m.Sum, m.Product)):
            level -= 1
        if level == len(_SIZES):
            return rf"\left{opening} ", rf" \right{closing}"
        if (
            level == 0
            and isinstance(body, (m.Sum, m.Product))
            and m.contains(body, m.Parentheses)
            and self.style != "script"
        ):
            level = 1
        size = _SIZES[level]
        space = " " if opening[-1].isalpha() else ""
        return (rf"\{size}l{opening}{space}", rf"\{size}r{closing}") if size else (opening + space, closing)

    def level(self, node: Maths) -> int:
        """How tall a node is, in sizes of brackets; 5 is taller than the largest."""
        if isinstance(node, (m.Matrix, m.Cases)):
            return 5
        inner = max((self.level(child) for child in m.children(node)), default=0)
        if self.style != "display":
            return min(inner, 5) if inner == 5 else int(self.style == "inline" and isinstance(node, m.Big))
        if isinstance(node, m.Power):
            return self.level(node.base)
        if isinstance(node, m.Fraction):
            return 3 + m.contains(node, m.Big)
        if isinstance(node, m.Binomial):
            return 3
        return max(inner, 2) if isinstance(node, m.Big) else inner

    def absolute(self, node: m.Absolute) -> str:
        left, right = self._sized(r"\lvert", r"\rvert", node.body)
        return f"{left}{self(node.body)}{right}"

    def call(self, node: m.Call) -> str:
        head, left, right = self.call_frame(node)
        return f"{head}{left}{', '.join(map(self, node.arguments))}{right}"

    def call_frame(self, node: m.Call) -> tuple[str, str, str]:
        """The function and its brackets; a bare function has a space instead."""
        if node.bare:
            return self(node.function), " ", ""
        body = node.arguments[0] if len(node.arguments) == 1 else m.Sequence(node.arguments)
        return (self(node.function), *self.bracket_pair(m.Parentheses(body)))

    def factorial(self, node: m.Factorial) -> str:
        return self(node.body) + "!"

    def binomial(self, node: m.Binomial) -> str:
        return rf"\binom{{{self.smaller(node.top)}}}{{{self.smaller(node.bottom)}}}"

    def big(self, node: m.Big) -> str:
        return f"{self.big_head(node)} {self(node.body)}"

    def big_head(self, node: m.Big) -> str:
        index = self.script(node.index)
        below = index if node.lower is None else f"{index}={self.script(node.lower)}"
        above = "" if node.upper is None else f"^{{{self.script(node.upper)}}}"
        return f"{BIG[node.operator][2]}_{{{below}}}{above}"

    def indicator(self, node: m.Indicator) -> str:
        return rf"\mathbf{{1}}\{{{self(node.body)}\}}"

    # arrangements

    def row(self, node: m.Row) -> str:
        return " ".join(map(self, node.items))

    def sequence(self, node: m.Sequence) -> str:
        return ", ".join(map(self, node.items))

    def chain(self, node: m.Chain) -> str:
        return self(node.first) + "".join(f" {RELATIONS[relation][2]} {self(item)}" for relation, item in node.links)

    def cases(self, node: m.Cases) -> str:
        rows = (rf"{self.smaller(value)} & {self.when(condition)}" for value, condition in node.rows)
        return r"\begin{cases} " + r" \\ ".join(rows) + r" \end{cases}"

    def when(self, condition: Maths) -> str:
        """The condition of a case as it stands in its row."""
        said = "" if isinstance(condition, m.Words) else r"\text{if } "
        return said + self.smaller(condition)

    def matrix(self, node: m.Matrix) -> str:
        rows = (" & ".join(self.smaller(entry) for entry in entries) for entries in node.rows)
        return r"\begin{pmatrix} " + r" \\ ".join(rows) + r" \end{pmatrix}"


def gap(before: Maths, after: Maths) -> str:
    r"""The space between two factors: thin after a call or a root, \cdot between digits."""
    head = after
    while isinstance(head, m.Power):
        head = head.base
    if isinstance(head, m.Number):
        return r" \cdot "
    closed = isinstance(before, (m.Call, m.Root, m.Binomial, m.Indicator))
    spaced = closed or isinstance(after, m.Indicator) or _is_word(before) or _is_word(head)
    return r" \, " if spaced and not isinstance(head, m.Parentheses) else " "


def closed(factor: Maths) -> Maths:
    """A factor with another to its right: in brackets when its sum is drawn last, as (1/λ) ∑ᵢ xᵢ is."""
    open_ended = isinstance(factor, m.Fraction) and isinstance(factor.numerator, m.Big)
    return m.Parentheses(factor) if open_ended else factor


def _is_word(node: Maths) -> bool:
    return isinstance(node, m.Name) and len(node.base) > 1 and node.base not in LETTERS


def _letters(base: str) -> str:
    if base in LETTERS:
        return LETTERS[base][2]
    if len(base) == 1 and base.isascii() and base.isalnum():
        return base
    return rf"\mathit{{{base}}}" if base.isascii() and base.isalnum() else rf"\text{{{escape(base)}}}"
