"""Forms with parts in places of their own: fractions, roots, cases, indicators, Piecewise and Sum.

A form's parts are expressions; this module knows only where they stand. TeX's rule for an argument without braces, one
token, is here.
"""

from __future__ import annotations

from types import MappingProxyType

from symbolic_mle.reading.cursor import Cursor
from symbolic_mle.reading.precedence import AND, RELATION_SIGNS
from symbolic_mle.reading.syntax import CONDITIONS, Call, Cases, Logic, Node, Number, Power, Product, Summation
from symbolic_mle.reading.tokens import Token

CLOSING = MappingProxyType({"(": ")", "[": "]", "{": "}"})
_IF_WORDS = frozenset(["if", "for", "when", "where", ""])
_OTHERWISE_WORDS = frozenset(["otherwise", "else", "elsewhere"])


class Structures(Cursor):
    """The forms that begin with a command, an indicator, Piecewise or Sum."""

    def enter(self, around: str = "") -> str:
        """Go one level deeper, with this open directly around; what was around before, for ``leave``."""
        self.deeper()
        before, self.around = self.around, around
        return before

    def leave(self, around: str) -> None:
        self.depth, self.around = self.depth - 1, around

    def close(self, opening: Token) -> Token:
        closing = CLOSING[opening.kind]
        if self.token.kind == ",":
            raise self.unexpected(f"'{closing}'", "a list can stand only after a function or after 'in'")
        if self.token.kind != closing:
            raise self.unexpected(f"'{closing}' to close {self.shown(opening)} of character {opening.start + 1}")
        return self.advance()

    # TeX arguments.

    def argument(self) -> Node:
        """One argument as TeX takes it: a group in braces, or a single letter, digit or command."""
        token = self.token
        if token.kind == "number" and len(token.value) > 1:
            self.replace([token._replace(value=token.value[0], end=token.start + 1), self.after_digit(token)])
        elif token.kind == "name" and len(token.stem) > 1:
            self.split_letters(token)
        return self.prefix()

    def after_digit(self, token: Token) -> Token:
        rest = token.value[1:]
        if not rest.isdigit():
            raise self.refuse(f"{self.shown(token)} as an argument without braces", token, "{…} around the argument")
        return token._replace(value=rest, start=token.start + 1, spaced=False)

    def split_letters(self, token: Token) -> None:
        """TeX takes the first letter only; where the whole run is a name too, the two readings differ."""
        pieces = self.table.pieces(token)
        if self.table.find(token.value) is not None:
            raise self.two_readings(token.start, token.end, f"write {{{token.value}}} in braces", token)
        if pieces:
            self.replace(pieces)

    def fraction(self) -> Node:
        start = self.advance().start
        top = self.argument()
        bottom = self.argument()
        return self.finished(Product(start, self.previous().end, (top,), (bottom,)))

    def binomial(self) -> Node:
        start = self.advance().start
        top = self.argument()
        bottom = self.argument()
        return self.finished(Call(start, self.previous().end, "binomial", (top, bottom)))

    def square_root(self) -> Node:
        r"""\sqrt{x} and \sqrt[3]{x}."""
        start = self.advance().start
        degree: Node | None = None
        if self.token.kind == "[":
            degree = self.prefix()
        inside = self.argument()
        end = self.previous().end
        if degree is None:
            return self.finished(Call(start, end, "sqrt", (inside,)))
        one = Number(degree.start, degree.end, "1")
        return self.finished(Power(start, end, inside, Product(degree.start, degree.end, (one,), (degree,))))

    def finished(self, node: Node) -> Node:
        """The node; what was open inside it is not open after it."""
        self.dangling = (-1, "")
        return node

    def root(self) -> Node:
        """√ before one number, name or bracket. What follows closely could stand under it too, so that is refused."""
        sign = self.advance()
        bracketed = self.token.kind in CLOSING
        inside = self.prefix()
        end = self.previous().end
        if self.token.kind in ("^", "!"):
            raise self.two_readings(
                sign.start, self.token.end, "write √(…) with all that stands under the root, in brackets", sign
            )
        if not bracketed:
            self.dangling = (self.index, "root")
        return Call(sign.start, end, "sqrt", (inside,))

    # Cases and indicators.

    def environment(self) -> Node:
        opening = self.advance()
        if opening.value != "cases":
            raise self.refuse(f"the environment '{opening.value}' is not read", opening, r"\begin{cases} … \end{cases}")
        around = self.enter()
        rows = [self.row()]
        while self.token.kind == "row":
            self.advance()
            if self.token.kind != "end":
                rows.append(self.row())
        closing = self.take("end", r"\\ or \end{cases}")
        if closing.value != "cases":
            raise self.refuse(f"\\end{{{closing.value}}} does not close \\begin{{cases}}", closing)
        self.leave(around)
        return Cases(opening.start, closing.end, tuple(rows))

    def row(self) -> tuple[Node, Node | None]:
        """value & condition, with a comma before the & and the word "if" as people like."""
        value = self.expression(AND)
        if self.token.kind == ",":
            self.advance()
        self.take("and", "'&' and the condition of this case")
        if self.word_of(_OTHERWISE_WORDS):
            return value, None
        self.word_of(_IF_WORDS)
        condition = self.conditions("row")
        return value, condition

    def word_of(self, words: frozenset[str]) -> bool:
        """Pass over a text or name that is one of the words (with punctuation)."""
        if self.token.kind in ("text", "name") and self.token.value.strip(" ,.:").lower() in words:
            self.advance()
            if self.token.kind == ",":
                self.advance()
            return True
        return False

    def conditions(self, end: str) -> Node:
        """Conditions separated by commas: all of them hold."""
        found = [self.expression()]
        while self.token.kind == ",":
            self.advance()
            if self.token.kind in (end, "end"):
                break
            found.append(self.expression())
        return found[0] if len(found) == 1 else Logic(found[0].start, found[-1].end, "and", tuple(found))

    def indicator(self) -> Node:
        return self.indicated(self.advance())

    def indicated(self, one: Token) -> Node:
        """1{condition} → 1 where the condition holds, 0 elsewhere."""
        if self.token.kind not in CLOSING:
            raise self.unexpected("the condition of the indicator, as in 1{x > 0}")
        around = self.enter()
        opening = self.advance()
        condition = self.conditions(CLOSING[opening.kind])
        closing = self.close(opening)
        self.leave(around)
        if not isinstance(condition, CONDITIONS):
            raise self.refuse(f"{self.shown(opening)} … is not a condition", opening, "a condition, as in 1{x > 0}")
        rows = ((Number(one.start, one.end, "1"), condition), (Number(one.start, one.end, "0"), None))
        return self.finished(Cases(one.start, closing.end, rows))

    def condition_follows(self) -> bool:
        """Whether the braces that open here hold a relation."""
        depth = 0
        for token in self.tokens[self.index :]:
            depth += (token.kind in CLOSING) - (token.kind in CLOSING.values())
            if depth == 0:
                return False
            if depth == 1 and (token.kind in RELATION_SIGNS or token.kind == "in"):
                return True
        return False

    # Calls with rules of their own.

    def piecewise(self) -> Node:
        """Piecewise((value, condition), …)."""
        name, opening = self.advance(), self.advance()
        around = self.enter()
        rows = [self.piece()]
        while self.token.kind == ",":
            self.advance()
            rows.append(self.piece())
        closing = self.close(opening)
        self.leave(around)
        return Cases(name.start, closing.end, tuple(rows))

    def piece(self) -> tuple[Node, Node]:
        self.take("(", "a pair (value, condition)")
        value = self.expression()
        self.take(",", "',' and the condition")
        condition = self.expression()
        self.take(")", "')' after the condition")
        return value, condition

    def summation(self) -> Node:
        """Sum(body, (i, low, high)). The index stands behind the body that uses it, so it is looked up first."""
        name, opening = self.advance(), self.advance()
        around = self.enter()
        index = self.find_index(name)
        table, self.table = self.table, self.table.with_index(index)
        body = self.expression()
        self.table = table
        for kind in (",", "(", "name", ","):
            self.take(kind, "the limits (i, 1, 5)")
        low = self.expression()
        self.take(",", "the upper limit")
        high = self.expression()
        self.take(")", "')' after the limits")
        closing = self.close(opening)
        self.leave(around)
        return Summation(name.start, closing.end, body, index, low, high)

    def find_index(self, name: Token) -> str:
        depth, index = 1, ""
        for place in range(self.index, len(self.tokens) - 2):
            kind = self.tokens[place].kind
            if (
                depth == 1
                and kind == ","
                and self.tokens[place + 1].kind == "("
                and self.tokens[place + 2].kind == "name"
            ):
                index = self.tokens[place + 2].value
            depth += (kind in CLOSING) - (kind in CLOSING.values())
            if depth == 0:
                break
        if not index:
            raise self.refuse(
                "a sum without limits", name, "Sum(term, (i, 1, 5))", "sums over the sample are not read here"
            )
        return index
