r"""Text → the syntax tree of a function of the sample: sums, means, order statistics, elements.

    ∑ᵢ xᵢ², \frac{1}{n}\sum_{i=1}^n x_i, mean(log(x)), \overline{x^2}, x_(n), max(x_1, …, x_n), (x_1 + … + x_n)/n

A head without brackets takes the product that follows it, as on paper: ∑ᵢ xᵢ log xᵢ − n has one term under the sum.
Inside an aggregate the bare variable is one observation, as in sum(x^2). Capital letters of the observations mean the
observations. Any index letter will do.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from typing import Any

from sympy import Symbol

from symbolic_mle.reading.names import NameTable
from symbolic_mle.reading.parser import Parser
from symbolic_mle.reading.precedence import PRODUCT, SUM
from symbolic_mle.reading.refusal import refusal
from symbolic_mle.reading.statistic_scanner import StatisticScanner
from symbolic_mle.reading.structures import CLOSING
from symbolic_mle.reading.syntax import (
    Aggregate,
    Call,
    Element,
    Ellipsis,
    Expectation,
    Name,
    Negative,
    Node,
    Number,
    OrderStatistic,
    Sum,
)
from symbolic_mle.reading.tokens import Token

MAX_TOKENS = 2_000
MAX_NESTED = 4  # aggregates inside each other
_INDICES = frozenset("ijklrst")
_EXPECTATIONS = frozenset(["E", "Var", "var", "Cov", "P", "Pr", "SD", "Expectation"])
_SUBSCRIPTED = re.compile(r"([A-Za-z]\w*?)_([a-z]|[0-9]{1,3})")
_RANKED = re.compile(r"([A-Za-z]\w*?)_\(([0-9]{1,3}|n|N)\)")
_AVERAGED = re.compile(r"([A-Za-z]\w*?)(?:_n)?_?bar(?:_n)?")
_BESSEL = re.compile(r"[IJK]_[0-9]")
_LIMITS = re.compile(r"\s*(?:for\s+)?[a-z]\s*(?:=|in)")


class StatisticParser(Parser):
    """The grammar of densities, with the sample. ``vectors`` are the names that have a value an observation."""

    def __init__(self, text: str, table: NameTable, vectors: frozenset[str]) -> None:
        super().__init__("", table)
        self.text = text
        self.tokens = StatisticScanner(text).tokens()
        if len(self.tokens) > MAX_TOKENS:
            raise refusal(text, 0, f"a formula of {len(self.tokens)} signs and names", f"at most {MAX_TOKENS}")
        self.latex = "\\" in text
        self.typeset = True
        self.token = self.tokens[0]
        self.vectors = vectors
        self.bound: list[str] = []
        #: Index letters that occur and are not bound yet, and whether a bare variable does.
        self.loose: set[str] = set()
        self.nested = 0

    # What begins here.

    def prefix(self) -> Node:
        if self.token.kind == "aggregate":
            return self.aggregate()
        return super().prefix()

    def starts_operand(self) -> bool:
        return self.token.kind == "aggregate" or super().starts_operand()

    def name(self) -> Node:
        token = self.token
        found = self.statistic(token)
        if found is not None:
            self.advance()
            return found
        if _BESSEL.fullmatch(token.value) and self.table.find(token.value) is None and self.peek().kind in CLOSING:
            return self.bessel()
        if token.value in _EXPECTATIONS and self.table.find(token.value) is None and self.peek().kind in CLOSING:
            return self.expectation()
        return super().name()

    def bessel(self) -> Node:
        """I₀(κ), the modified Bessel function as textbooks write it."""
        name = self.advance()
        kind, _, order = name.value.partition("_")
        arguments = self.arguments()
        if len(arguments) != 1:
            raise self.refuse(f"{name.value} of {len(arguments)} arguments", name, "1 argument")
        number = Number(name.start, name.end, order)
        return Call(name.start, self.previous().end, f"bessel{kind.lower()}", (number, *arguments))

    def statistic(self, token: Token) -> Node | None:
        """The name as an observation, an order statistic or a mean; None when it is an ordinary name."""
        if token.value in self.table.symbols:
            if token.value in self.vectors:
                self.loose.add("")
            return None
        if ranked := _RANKED.fullmatch(token.value):
            vector = self.vector(ranked[1])
            return OrderStatistic(token.start, token.end, vector, ranked[2].lower()) if vector else None
        if subscripted := _SUBSCRIPTED.fullmatch(token.value):
            vector, index = self.vector(subscripted[1]), subscripted[2]
            listed = index in self.bound or index in ("i", "j") or self.table.find(token.value) is None
            if vector and listed:
                if index in self.bound or (index in _INDICES and not index.isdigit()):
                    self.loose.add(index)
                elif not (index.isdigit() or index == "n"):
                    return None
                return Element(token.start, token.end, vector, index)
        if averaged := _AVERAGED.fullmatch(token.value):
            vector = self.vector(averaged[1])
            if vector:
                return Aggregate(token.start, token.end, "mean", Name(token.start, token.end, vector))
        vector = self.vector(token.value)
        if vector and self.table.find(token.value) is None:
            self.loose.add("")
            return Name(token.start, token.end, vector)
        return None

    def vector(self, name: str) -> str | None:
        """The observed name that is meant, X for x included."""
        for candidate in (name, name.lower()):
            if candidate in self.vectors and (candidate == name or name not in self.table.symbols):
                return candidate
        return None

    def expectation(self) -> Node:
        """E[X] and its like, passed over whole: nothing in it is computed."""
        word = self.advance()
        depth = 0
        while self.token.kind != "stop":
            token = self.advance()
            depth += (token.kind in CLOSING) - (token.kind in CLOSING.values())
            if depth == 0:
                return Expectation(word.start, token.end, word.value)
        raise self.unexpected("the bracket that closes the expectation")

    # Aggregates.

    def aggregate(self) -> Node:
        head = self.advance()
        self.deeper()
        self.nested += 1
        if self.nested > MAX_NESTED:
            raise self.refuse(f"more than {MAX_NESTED} sums inside each other", head)
        before, self.loose = self.loose, set()
        if head.stem:
            self.bound.append(head.stem)
        touching = self.token.kind in CLOSING and not (self.latex or self.token.spaced or head.stem)
        node = self.called(head) if touching or self.token.kind == "{" else self.operated(head)
        if head.stem:
            self.bound.pop()
        self.loose = before | (self.loose - {head.stem, ""} if isinstance(node, Aggregate) else self.loose)
        if isinstance(node, Aggregate) and not head.stem:
            self.loose -= {node.index} - before
        self.nested -= 1
        self.depth -= 1
        return node

    def operated(self, head: Token) -> Node:
        """∑ᵢ and what follows it, up to + or −."""
        if head.value in ("max", "min") and self.token.kind in CLOSING:
            return self.called(head)
        if not self.starts_operand():
            raise self.unexpected("what is added up" if head.value == "sum" else "an expression in the observations")
        body = self.expression(SUM if head.value in ("sum", "product") else PRODUCT)
        return self.closed(head, body)

    def called(self, head: Token) -> Node:
        """sum(…), max(x_1, …, x_n), max(a, b), {x_1, …, x_n} after max."""
        opening = self.advance()
        around = self.enter()
        parts: list[Node] = [self.part()]
        while self.token.kind == ",":
            comma = self.advance()
            if self.table.find(self.token.value) is None and _LIMITS.match(self.text, comma.end):
                self.pass_limits(CLOSING[opening.kind])
                break
            parts.append(self.part())
        if self.token.kind != CLOSING[opening.kind]:
            raise self.unexpected(f"'{CLOSING[opening.kind]}' to close the arguments")
        self.advance()
        self.leave(around)
        if len(parts) == 1:
            return self.closed(head, parts[0])
        if any(isinstance(part, Ellipsis) for part in parts):
            return self.closed(head, self.general_term(parts, head))
        if head.value not in ("max", "min"):
            raise self.refuse(f"{head.value} of {len(parts)} arguments", head, "one argument")
        return Call(head.start, self.previous().end, head.value, tuple(parts))

    def part(self) -> Node:
        if self.token.kind == "...":
            token = self.advance()
            return Ellipsis(token.start, token.end)
        return self.expression()

    def pass_limits(self, closing: str) -> None:
        depth = 0
        while self.token.kind != "stop" and not (depth == 0 and self.token.kind == closing):
            depth += (self.token.kind in CLOSING) - (self.token.kind in CLOSING.values())
            self.advance()

    def closed(self, head: Token, body: Node) -> Node:
        """The aggregate of a body, its index bound: the one written, or the only one that occurs."""
        letters = self.loose - {""} - set(self.bound)
        if not head.stem and len(letters) > 1:
            raise self.refuse(f"the indices {', '.join(sorted(letters))} under one sum", head, "one index")
        index = head.stem or next(iter(letters), "")
        if head.value in ("max", "min", "median") and not (self.loose & {"", index}):
            raise self.refuse(f"{head.value} of one number", head, "observations, as in max(x)")
        return Aggregate(head.start, self.previous().end, head.value, body, index)

    # Dots.

    def sum(self, left: Node) -> Node:
        """x_1 + x_2 + … + x_n is a sum over the sample."""
        terms = [left]
        while self.token.kind in ("+", "-"):
            sign = self.advance()
            if self.token.kind == "..." and sign.kind == "+":
                dots = self.advance()
                self.take("+", "'+' and the last term")
                last = self.expression(SUM)
                whole = [*terms, Ellipsis(dots.start, dots.end), last]
                terms = [Aggregate(left.start, last.end, "sum", self.general_term(whole, dots), "i")]
                continue
            term = self.expression(SUM)
            terms.append(term if sign.kind == "+" else Negative(sign.start, term.end, term))
        return terms[0] if len(terms) == 1 else Sum(left.start, terms[-1].end, tuple(terms))

    def general_term(self, parts: list[Node], token: Token) -> Node:
        """t(1), t(2), …, t(n) → t(i)."""
        listed, last = [p for p in parts[:-1] if not isinstance(p, Ellipsis)], parts[-1]
        general = reindexed(parts[0], "1", "i")
        same = all(
            placeless(reindexed(general, "i", str(place))) == placeless(part)
            for place, part in enumerate(listed, start=1)
        )
        if not same or placeless(reindexed(general, "i", "n")) != placeless(last) or general == parts[0]:
            raise self.refuse("dots that do not tell the list", token, "x_1, x_2, …, x_n")
        self.loose.add("i")
        return general


def reindexed(node: Node, old: str, new: str) -> Node:
    """The tree with the elements of one index at another."""
    if isinstance(node, Element):
        return replace(node, index=new) if node.index == old else node
    return _rebuilt(node, lambda part: reindexed(part, old, new))


def renamed(node: Node, names: Mapping[str, str]) -> Node:
    """The tree with some names replaced."""
    if isinstance(node, Name):
        return replace(node, name=names.get(node.name, node.name))
    return _rebuilt(node, lambda part: renamed(part, names))


def placeless(node: Node) -> Node:
    """The tree without its places in the text, for comparison."""
    return replace(_rebuilt(node, placeless), start=0, end=0)


def _rebuilt(node: Node, change: Callable[[Node], Node]) -> Node:
    def changed(value: object) -> object:
        if isinstance(value, Node):
            return change(value)
        return tuple(map(changed, value)) if isinstance(value, tuple) else value

    parts: dict[str, Any] = {f.name: changed(getattr(node, f.name)) for f in fields(node)}
    return replace(node, **parts)


def parse_statistic(text: str, names: Mapping[str, Symbol], vectors: frozenset[str]) -> Node:
    """The tree of one expression in the sample. ``names`` are all that may occur, ``vectors`` those with a value an observation."""
    try:
        parser = StatisticParser(text, NameTable(names), vectors)
        node = parser.expression()
        parser.finish()
    except RecursionError:
        raise refusal(text, 0, "brackets or commands too deep inside each other", advice="write it simpler") from None
    return node
