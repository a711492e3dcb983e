"""Tokens → syntax tree, by precedence climbing (Pratt): what can follow an operand, and the lists at the top of a text.

The second half of the parser. A new infix operator is a line in ``precedence.BINDING``, a method here, and a line in
``_INFIX``.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from symbolic_mle.reading.ambiguity import check_division, check_slash, check_touching
from symbolic_mle.reading.names import NameTable
from symbolic_mle.reading.operands import KIND_WORDS, Operands
from symbolic_mle.reading.precedence import AND, BINDING, OR, POWER, PRODUCT, RELATION, RELATION_SIGNS, SUM
from symbolic_mle.reading.structures import CLOSING
from symbolic_mle.reading.syntax import (
    CONDITIONS,
    Call,
    Collection,
    Comparison,
    Constant,
    Ellipsis,
    Kind,
    Logic,
    Membership,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Range,
    Subject,
    Sum,
)
from symbolic_mle.reading.tokens import Token


def parse_expression(text: str, table: NameTable) -> Node:
    """The tree of one expression, relation or condition."""
    parser = Parser(text, table)
    node = parser.expression()
    parser.finish()
    return node


def parse_items(text: str, table: NameTable, *, words: bool = False) -> tuple[Node, ...]:
    """The trees of a comma-separated list; with ``words``, "x real", "..." and ">= 1" too."""
    parser = Parser(text, table, words=words)
    return parser.items("stop") if parser.token.kind != "stop" else ()


class Parser(Operands):
    """The infix half of the grammar."""

    def expression(self, power: int = 0) -> Node:
        left = self.prefix()
        while True:
            kind = self.token.kind
            binding = BINDING.get(kind, 0)
            if not binding and self.starts_operand():
                kind, binding = ("or", OR) if self.joins_conditions(left) else ("*", PRODUCT)
            if binding <= power:
                return left
            left = getattr(self, _INFIX[kind])(left)

    def joins_conditions(self, left: Node) -> bool:
        """A bar after a condition is SymPy's "or"."""
        return self.token.kind == "|" and isinstance(left, CONDITIONS)

    def finish(self) -> None:
        if self.token.kind == ",":
            raise self.unexpected("one expression", "a list of several cannot stand here")
        if self.token.kind != "stop":
            raise self.unexpected("an operator or the end")

    # Arithmetic.

    def sum(self, left: Node) -> Node:
        terms = [left]
        while self.token.kind in ("+", "-"):
            sign = self.advance()
            term = self.expression(SUM)
            terms.append(term if sign.kind == "+" else Negative(sign.start, term.end, term))
        return Sum(left.start, terms[-1].end, tuple(terms))

    def product(self, left: Node) -> Node:
        """a b / c · d …, from left to right; a number never stands after what it multiplies."""
        above, below = [left], []
        slash: Token | None = None
        first = 0
        while True:
            kind = self.token.kind
            if kind == "/":
                check_slash(self, left.start)
                slash, first = self.advance(), self.index
                below.append(self.expression(PRODUCT))
            elif kind == "*":
                slash, _ = None, self.advance()
                above.append(self.expression(PRODUCT))
            elif self.starts_operand():
                check_touching(self, left.start)
                joint, divisor = self.token, (first, self.index)
                factor = self.expression(PRODUCT)
                if slash:
                    check_division(self, above, slash, divisor, joint, factor)
                above.append(factor)
                slash = None
            else:
                return Product(left.start, self.previous().end, tuple(above), tuple(below))

    def power(self, left: Node) -> Node:
        caret = self.advance()
        start = self.index
        exponent = self.exponent(caret)
        node = Power(left.start, exponent.end, left, exponent)
        if self.tokens[start].kind in ("-", "+"):
            self.dangling = (self.index, "signed exponent")
        elif self.index == start + 1 and isinstance(exponent, Number) and not self.latex:
            if isinstance(left, (Number, Constant)):
                self.dangling = (self.index, "exponent of a number")
            elif exponent.digits == "1":
                self.dangling = (self.index, "exponent one")
        return node

    def exponent(self, caret: Token) -> Node:
        self.deeper()
        if caret.value == "superscript":
            node = self.prefix()
        elif self.latex:
            node = self.tex_exponent(caret)
        else:
            node = self.expression(POWER - 1)
        self.depth -= 1
        return node

    def tex_exponent(self, caret: Token) -> Node:
        sign = self.advance() if self.token.kind == "-" else None
        if self.token.kind == "number" and len(self.token.value) > 1:
            advice = f"write ^{{{self.token.value}}} with braces"
            raise self.two_readings(caret.start, self.token.end, advice, caret)
        node = self.argument()
        if self.token.kind == "^":
            raise self.unexpected("braces around one of the powers", "write x^{y^z} or {x^y}^z")
        return Negative(sign.start, node.end, node) if sign else node

    def factorial(self, left: Node) -> Node:
        sign = self.advance()
        if self.token.kind == "!":
            raise self.two_readings(
                left.start, self.token.end, "write (x!)! for a factorial twice; double factorials are not read", sign
            )
        return Call(left.start, sign.end, "factorial", (left,))

    # Conditions.

    def comparison(self, left: Node) -> Node:
        """A relation or a chain, 0 < x < 1."""
        operands, signs = [left], []
        while self.token.kind in RELATION_SIGNS:
            signs.append(self.advance().kind)
            operands.append(self.expression(RELATION))
        if self.token.kind == "in":
            raise self.unexpected("a comma, or the end of the relation")
        return Comparison(left.start, operands[-1].end, tuple(operands), tuple(signs))

    def conjunction(self, left: Node) -> Node:
        return self.logic("and", left, AND)

    def disjunction(self, left: Node) -> Node:
        return self.logic("or", left, OR)

    def logic(self, word: str, left: Node, power: int) -> Node:
        operands = [left]
        while self.token.kind == word or (word == "or" and self.token.kind == "|" and self.around != "|"):
            self.advance()
            operands.append(self.expression(power))
        return Logic(left.start, operands[-1].end, word, tuple(operands))

    def membership(self, left: Node) -> Node:
        self.advance()
        collection = self.collection()
        return Membership(left.start, collection.end, left, collection)

    def collection(self) -> Node:
        """{a, b, c}, [a, b), ℝ."""
        token = self.token
        if token.kind == "set" or (token.kind == "name" and token.value in KIND_WORDS):
            self.advance()
            return Kind(token.start, token.end, token.value if token.kind == "set" else KIND_WORDS[token.value])
        if token.kind == "{":
            self.advance()
            items = self.items("}")
            return Collection(token.start, self.previous().end, items)
        if token.kind not in ("(", "[", "]"):
            raise self.unexpected("a set such as {0, 1}, an interval such as [0, 1), or ℝ")
        return self.range()

    def range(self) -> Node:
        """[low, high), with ]low, high[ for an open interval too."""
        opening = self.advance()
        around = self.enter("interval")
        low = self.expression(RELATION)
        self.take(",", "',' and the upper end of the interval")
        high = self.expression(RELATION)
        if self.token.kind not in (")", "]", "["):
            raise self.unexpected("the bracket that closes the interval")
        closing = self.advance()
        self.leave(around)
        return Range(opening.start, closing.end, low, high, opening.kind == "[", closing.kind == "]")

    # Lists.

    def items(self, end: str) -> tuple[Node, ...]:
        """Items separated by commas up to the token ``end``, which is passed over."""
        found = [self.item()]
        while self.token.kind == ",":
            comma = self.advance()
            if self.token.kind == end:
                raise self.refuse("a comma at the end", comma, "another item, or no comma")
            found.append(self.item())
        if self.token.kind != end:
            raise self.unexpected("a comma or the end" if end == "stop" else f"a comma or '{end}'")
        self.advance()
        return tuple(found)

    def item(self) -> Node:
        token = self.token
        if token.kind == "...":
            self.advance()
            return Ellipsis(token.start, token.end)
        if self.words and (token.kind in RELATION_SIGNS or token.kind == "in"):
            subject = Subject(token.start, token.start)
            return self.membership(subject) if token.kind == "in" else self.comparison(subject)
        if self.words and token.kind in CLOSING and self.list_follows():
            collection = self.collection()
            return Membership(token.start, collection.end, Subject(token.start, token.start), collection)
        node = self.expression()
        return self.described(node) if self.words else node

    def list_follows(self) -> bool:
        """Whether the brackets that open here hold a list, and so a set or an interval: (0, 1)."""
        depth = 0
        for token in self.tokens[self.index :]:
            depth += (token.kind in CLOSING) - (token.kind in CLOSING.values())
            if depth == 0 or (depth == 1 and token.kind == ","):
                return depth == 1
        return False

    def described(self, node: Node) -> Node:
        """x real, N is a positive integer: the words after the subject; the words alone are left as they are."""
        subject: Node = Subject(node.start, node.start) if isinstance(node, Kind) else node
        kinds: list[Node] = [node] if isinstance(node, Kind) else []
        if not kinds and self.token.kind == "name" and self.token.value in ("is", "are"):
            self.advance()
            if self.token.kind == "name" and self.token.value in ("a", "an"):
                self.advance()
            if self.token.value not in KIND_WORDS:
                raise self.unexpected("a kind of number: " + ", ".join(sorted(set(KIND_WORDS.values()))))
        while self.token.kind == "name" and self.token.value in KIND_WORDS:
            word = self.advance()
            kinds.append(Kind(word.start, word.end, KIND_WORDS[word.value]))
        if not kinds:
            return node
        members = tuple(Membership(node.start, kind.end, subject, kind) for kind in kinds)
        return members[0] if len(members) == 1 else Logic(node.start, kinds[-1].end, "and", members)


_INFIX: Mapping[str, str] = MappingProxyType(
    {
        "+": "sum",
        "-": "sum",
        "*": "product",
        "/": "product",
        "^": "power",
        "!": "factorial",
    }
    | {"or": "disjunction", "and": "conjunction", "in": "membership"}
    | dict.fromkeys(RELATION_SIGNS, "comparison")
)
