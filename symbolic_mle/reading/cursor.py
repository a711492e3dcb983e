"""A place in the tokens, and how to complain about it: what both halves of the parser stand on."""

from __future__ import annotations

from symbolic_mle.reading.names import NameTable
from symbolic_mle.reading.refusal import quote, refusal
from symbolic_mle.reading.syntax import Node
from symbolic_mle.reading.tokenizer import tokenize
from symbolic_mle.reading.tokens import Token, is_latex

MAX_DEPTH = 100


class Cursor:
    """Walks over the tokens of one text. ``words`` lets "integer" and "real" stand for sets of numbers."""

    def __init__(self, text: str, table: NameTable, *, words: bool = False) -> None:
        self.text = text
        self.tokens = tokenize(text)
        self.table = table
        self.words = words
        self.latex = is_latex(text)
        #: Letters side by side are a product in typeset mathematics; in ASCII they are one word.
        self.typeset = self.latex or any(token.greek or token.value == "superscript" for token in self.tokens)
        self.index = 0
        self.token = self.tokens[0]
        self.depth = 0
        #: What is open directly around this place, if that matters: in "|" a bar closes, in an "interval" a "[" does.
        self.around = ""
        #: Where something ended whose right end is open to another reading, and why: e^-x y, log x y.
        self.dangling: tuple[int, str] = (-1, "")
        #: From where to where brackets reached.
        self.bracketed: set[tuple[int, int]] = set()

    def expression(self, power: int = 0) -> Node:
        """The longest expression from here whose operators bind tighter than ``power``."""
        raise NotImplementedError

    def prefix(self) -> Node:
        """The form that begins here, without the operators after it."""
        raise NotImplementedError

    def advance(self) -> Token:
        """The current token; the place moves past it."""
        token = self.token
        if token.kind != "stop":
            self.index += 1
            self.token = self.tokens[self.index]
        return token

    def peek(self, ahead: int = 1) -> Token:
        return self.tokens[min(self.index + ahead, len(self.tokens) - 1)]

    def previous(self) -> Token:
        return self.tokens[self.index - 1]

    def replace(self, pieces: list[Token]) -> None:
        """Put these in place of the current token."""
        self.tokens[self.index : self.index + 1] = pieces
        self.token = self.tokens[self.index]

    def take(self, kind: str, expected: str = "") -> Token:
        if self.token.kind != kind:
            raise self.unexpected(expected or f"'{kind}'")
        return self.advance()

    def deeper(self) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.refuse(
                f"more than {MAX_DEPTH} brackets or powers inside each other", advice="give inner parts a simpler form"
            )

    def shown(self, token: Token) -> str:
        return quote(self.text, token.start, max(token.end, token.start + 1))

    def refuse(self, problem: str, token: Token | None = None, expected: str = "", advice: str = "") -> Exception:
        return refusal(self.text, (token or self.token).start, problem, expected, advice)

    def unexpected(self, expected: str, advice: str = "") -> Exception:
        """The error for a token that cannot stand here."""
        if self.token.kind == "stop":
            before = "nothing was given" if self.index == 0 else f"the text ends after {self.shown(self.previous())}"
            return self.refuse(before, expected=expected, advice=advice)
        return self.refuse(f"{self.shown(self.token)} is not expected", expected=expected, advice=advice)

    def two_readings(self, start: int, end: int, advice: str, token: Token | None = None) -> Exception:
        """The error for text that different readers read differently."""
        return self.refuse(f"{quote(self.text, start, end)} can be read in two ways", token, advice=advice)
