"""Maths nodes as presentation MathML, with the LaTeX of the formula as an annotation.

A fold: a method for each node. Fractions are built up in a display and slashes elsewhere, as in LaTeX.
"""

from __future__ import annotations

from html import escape

from symbolic_mle.exposition import mathematics as m
from symbolic_mle.exposition.building import slash_parts
from symbolic_mle.exposition.mathematics import Maths

from . import latex
from .glyphs import BIG, LETTERS, PRIMES, RELATIONS
from .latex_maths import closed

_APPLY = "<mo>&#x2061;</mo>"
_TIMES = "<mo>&#x2062;</mo>"
_THIN = '<mspace width="0.17em"/>'
_MARKS = {"hat": "&#x5E;", "bar": "&#xAF;", "tilde": "~"}


def formula(node: Maths, block: bool = False) -> str:
    """A <math> element; ``block`` for a display."""
    body = MathMl("display" if block else "inline")(node)
    source = f'<annotation encoding="application/x-tex">{escape(latex.inline(node), quote=False)}</annotation>'
    attribute = ' display="block"' if block else ""
    return f"<math{attribute}><semantics><mrow>{body}</mrow>{source}</semantics></math>"


class MathMl:
    """The fold to MathML in one style: "display", "inline" or "script"."""

    def __init__(self, style: str = "display") -> None:
        self.style = style

    def __call__(self, node: Maths) -> str:
        return str(getattr(self, type(node).__name__.lower())(node))

    def group(self, node: Maths) -> str:
        """The node as a single element."""
        return f"<mrow>{self(node)}</mrow>"

    @property
    def smaller(self) -> MathMl:
        return MathMl("inline") if self.style == "display" else self

    @property
    def script(self) -> MathMl:
        return MathMl("script")

    # atoms

    def number(self, node: m.Number) -> str:
        return f"<mn>{escape(node.digits)}</mn>"

    def name(self, node: m.Name) -> str:
        base = f"<mi>{_letter(node.base)}</mi>"
        if node.accent:
            base = f'<mover accent="true">{base}<mo stretchy="false">{_MARKS[node.accent]}</mo></mover>'
        primes = (
            f"<mo>{PRIMES[node.primes] if node.primes < len(PRIMES) else '′' * node.primes}</mo>" if node.primes else ""
        )
        power = self.script.group(node.superscript) if node.superscript is not None else ""
        above = f"<mrow>{primes}{power}</mrow>" if primes and power else primes or power
        below = self.script.group(node.subscript) if node.subscript is not None else ""
        if above and below:
            return f"<msubsup>{base}{below}{above}</msubsup>"
        return f"<msup>{base}{above}</msup>" if above else f"<msub>{base}{below}</msub>" if below else base

    def operator(self, node: m.Operator) -> str:
        kind = "mo" if node.word in ("...", "+", "-", "#") else "mi"
        return f"<{kind}>{_letter(node.word)}</{kind}>"

    def words(self, node: m.Words) -> str:
        return f"<mtext>{escape(node.text).replace(' ', '&#xA0;')}</mtext>"

    # arithmetic

    def sum(self, node: m.Sum) -> str:
        first, *rest = node.terms
        head = ('<mo form="prefix">−</mo>' if first.negative else "") + self(first.body)
        return head + "".join(f"<mo>{'−' if term.negative else '+'}</mo>{self(term.body)}" for term in rest)

    def product(self, node: m.Product) -> str:
        first, *rest = [*(closed(factor) for factor in node.factors[:-1]), node.factors[-1]]
        text = self._factor(first)
        for factor in rest:
            digits = isinstance(factor, m.Number) or (isinstance(factor, m.Power) and isinstance(factor.base, m.Number))
            spaced = isinstance(factor, (m.Call, m.Big)) and self.style != "script"
            text += ("<mo>·</mo>" if digits else _TIMES + (_THIN if spaced else "")) + self._factor(factor)
        return text

    def _factor(self, node: Maths) -> str:
        if isinstance(node, m.Fraction) and self.style == "inline":
            return f"<mfrac>{self.script.group(node.numerator)}{self.script.group(node.denominator)}</mfrac>"
        return self(m.Parentheses(node) if isinstance(node, m.Fraction) and self.style == "script" else node)

    def fraction(self, node: m.Fraction) -> str:
        if self.style == "display" and isinstance(node.numerator, m.Big):
            return f"<mfrac><mn>1</mn>{self.smaller.group(node.denominator)}</mfrac>{self(node.numerator)}"
        if self.style == "display":
            return f"<mfrac>{self.smaller.group(node.numerator)}{self.smaller.group(node.denominator)}</mfrac>"
        top, bottom = slash_parts(node)
        return f'{self.group(top)}<mo lspace="0" rspace="0">/</mo>{self.group(bottom)}'

    def power(self, node: m.Power) -> str:
        return f"<msup>{self.group(node.base)}{self.script.group(node.exponent)}</msup>"

    def root(self, node: m.Root) -> str:
        if node.degree is None:
            return f"<msqrt>{self(node.body)}</msqrt>"
        return f"<mroot>{self.group(node.body)}{self.script.group(node.degree)}</mroot>"

    # brackets and functions

    def parentheses(self, node: m.Parentheses) -> str:
        return f"<mrow>{_fence(node.kind[0])}{self(node.body)}{_fence(node.kind[1])}</mrow>"

    def absolute(self, node: m.Absolute) -> str:
        return f"<mrow>{_fence('|', 'prefix')}{self(node.body)}{_fence('|', 'postfix')}</mrow>"

    def call(self, node: m.Call) -> str:
        head = self(node.function) + _APPLY
        if node.bare:
            return head + _THIN + self(node.arguments[0])
        inside = node.arguments[0] if len(node.arguments) == 1 else m.Sequence(node.arguments)
        return head + self(m.Parentheses(inside))

    def factorial(self, node: m.Factorial) -> str:
        return self(node.body) + '<mo lspace="0" rspace="0">!</mo>'

    def binomial(self, node: m.Binomial) -> str:
        stack = f'<mfrac linethickness="0">{self.smaller.group(node.top)}{self.smaller.group(node.bottom)}</mfrac>'
        return f"<mrow>{_fence('(')}{stack}{_fence(')')}</mrow>"

    def big(self, node: m.Big) -> str:
        below = self.script(node.index)
        if node.lower is not None:
            below += f"<mo>=</mo>{self.script(node.lower)}"
        sign = BIG[node.operator][0]
        head = f"<mo>{sign}</mo>" if len(sign) == 1 else f'<mo movablelimits="true">{sign}</mo>'
        if node.upper is None:
            return f"<munder>{head}<mrow>{below}</mrow></munder>{_THIN}{self.group(node.body)}"
        over = self.script.group(node.upper)
        return f"<munderover>{head}<mrow>{below}</mrow>{over}</munderover>{self.group(node.body)}"

    def indicator(self, node: m.Indicator) -> str:
        return f'<mn mathvariant="bold">1</mn><mrow>{_fence("{")}{self(node.body)}{_fence("}")}</mrow>'

    # arrangements

    def row(self, node: m.Row) -> str:
        return "".join(map(self, node.items))

    def sequence(self, node: m.Sequence) -> str:
        return '<mo separator="true">,</mo>'.join(map(self, node.items))

    def chain(self, node: m.Chain) -> str:
        return self(node.first) + "".join(relation(sign) + self(item) for sign, item in node.links)

    def cases(self, node: m.Cases) -> str:
        rows = "".join(self._case(value, condition) for value, condition in node.rows)
        return f'<mrow>{_fence("{")}<mtable class="cases">{rows}</mtable></mrow>'

    def _case(self, value: Maths, condition: Maths) -> str:
        said = "" if isinstance(condition, m.Words) else "<mtext>if&#xA0;</mtext>"
        return f"<mtr><mtd>{self.smaller(value)}</mtd><mtd>{said}{self.smaller(condition)}</mtd></mtr>"

    def matrix(self, node: m.Matrix) -> str:
        cells = ("".join(f"<mtd>{self.smaller(entry)}</mtd>" for entry in entries) for entries in node.rows)
        table = "".join(f"<mtr>{row}</mtr>" for row in cells)
        return f"<mrow>{_fence('(')}<mtable>{table}</mtable>{_fence(')')}</mrow>"


def relation(sign: str) -> str:
    glyph = escape(RELATIONS[sign][0])
    return f"<mo>{glyph}</mo>" if glyph else ""


def _fence(bracket: str, form: str = "") -> str:
    attribute = f' form="{form}"' if form else ""
    return f'<mo fence="true"{attribute}>{bracket}</mo>'


def _letter(word: str) -> str:
    return LETTERS[word][0] if word in LETTERS else escape(word)
