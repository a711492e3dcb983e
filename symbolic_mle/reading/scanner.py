r"""Characters → tokens: numbers, signs, names with their marks and subscripts.

One scanner for ASCII, Unicode and LaTeX, whose commands are in ``tokenizer``. ``x²``, ``x^{2}`` and ``x**2`` come out
as the same tokens, as do ``λ₁``, ``\lambda_1`` and ``lambda_1``. A new spelling of an old thing belongs into the tables
of ``characters``, not here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from symbolic_mle.reading.characters import (
    ADVICE,
    FOLDED,
    FRACTIONS,
    GREEK,
    LOWERED,
    MARKED,
    MARKS,
    RAISED,
    describe,
    is_invisible,
)
from symbolic_mle.reading.commands import LETTERS, LOOKS, SPACES
from symbolic_mle.reading.refusal import quote, refusal
from symbolic_mle.reading.tokens import Token, is_latex

MAX_DIGITS = 400

LETTERS_CLASS = "".join(GREEK)
PIECES = rf"""
      (?P<space>[ ]+)
    | (?P<number>(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)
    | (?P<word>[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)*)
    | (?P<sign>\*\*|<=|>=|==|!=|:=|=>|=<|<>|\.\.\.|[-+*/^!,<>=|&()\[\]{{}}≤≥≠∈∧∨√∞…])
    | (?P<command>\\(?:[A-Za-z]+|[^A-Za-z]))
    | (?P<greek>[{LETTERS_CLASS}](?:[0-9]+|_[A-Za-z0-9]+)*)
    | (?P<raised>[{re.escape("".join(RAISED))}]+)
    | (?P<marked>[{"".join(MARKED)}])
    | (?P<fraction>[{"".join(FRACTIONS)}])
    | (?P<indicator>[𝟏𝟙])
    | (?P<set>[ℝℤ])
    """
_PATTERN = re.compile(PIECES, re.VERBOSE)
_SUBSCRIPT = re.compile(
    rf"_\ *(?:\{{([^{{}}]*)\}}|([A-Za-z0-9{LETTERS_CLASS}])|(\\[A-Za-z]+))|([{re.escape(''.join(LOWERED))}]+)"
)
_SUBSCRIPT_PART = re.compile(rf"\\[A-Za-z]+|[{LETTERS_CLASS}]|[A-Za-z0-9]+")
_SIGN_KINDS: Mapping[str, str] = MappingProxyType(
    {
        "**": "^",
        "==": "=",
        "&": "and",
        "≤": "<=",
        "≥": ">=",
        "≠": "!=",
        "∈": "in",
        "∧": "and",
        "∨": "or",
        "√": "root",
        "…": "...",
    }
)
_WRONG_SIGNS = MappingProxyType(
    {
        ":=": "assignments are not read; write = for a relation",
        "=>": "write >= for 'at least'; implications are not read",
        "=<": "write <= for 'at most'",
        "<>": "write != for 'not equal'",
    }
)
_WORD_SIGNS = frozenset(["and", "or", "not", "in"])


class Scanner:
    """One pass over the text. ``offset`` is where the text stands in a longer one (the inside of a superscript)."""

    pattern = _PATTERN

    def __init__(self, text: str, whole: str | None = None, offset: int = 0) -> None:
        self.whole = text if whole is None else whole
        self.text = text if text.isascii() and text.isprintable() else text.translate(FOLDED)
        self.offset = offset
        self.latex = is_latex(self.whole)
        self.position = 0
        self.spaced = False
        self.found: list[Token] = []

    def tokens(self) -> list[Token]:
        text, length = self.text, len(self.text)
        while self.position < length:
            match = self.pattern.match(text, self.position)
            if match is None:
                raise self.refuse_character(self.position)
            kind = match.lastgroup or ""
            if kind == "space":
                self.position = match.end()
                self.spaced = self.spaced or not self.latex
                continue
            getattr(self, kind)(match)
            self.spaced = self.spaced and kind == "command" and self._made_room(match)
        self.add("stop", "", length, length)
        return self.found

    def _made_room(self, match: re.Match[str]) -> bool:
        name = match[0][1:]
        return name in SPACES or name in LOOKS

    def add(self, kind: str, value: str, start: int, end: int, stem: str = "", greek: bool = False) -> None:
        self.found.append(Token(kind, value, start + self.offset, end + self.offset, self.spaced, stem, greek))
        self.position = end

    def refuse(self, position: int, problem: str, expected: str = "", advice: str = "") -> Exception:
        return refusal(self.whole, position + self.offset, problem, expected, advice)

    def refuse_character(self, position: int) -> Exception:
        character = self.text[position]
        if character == "\\":
            return self.refuse(
                position, "a backslash without a command", advice=r"a command is \ and letters, as in \lambda"
            )
        if is_invisible(character):
            problem = f"the invisible character {describe(character)}"
            return self.refuse(position, problem, advice="delete it and type the text again")
        problem = f"the character {describe(character)} has no meaning here"
        return self.refuse(position, problem, advice=ADVICE.get(character, ""))

    # One method for each group of the pattern.

    def number(self, match: re.Match[str]) -> None:
        digits = match[0]
        power = digits.lower().partition("e")[2]
        if len(digits) > MAX_DIGITS or len(power.strip("+-0")) > 3 or abs(int(power or 0)) > MAX_DIGITS:
            raise self.refuse(match.start(), f"a number of more than {MAX_DIGITS} digits")
        self.add("number", digits, match.start(), match.end())

    def word(self, match: re.Match[str]) -> None:
        word = match[0]
        if word in _WORD_SIGNS:
            self.add(word, word, match.start(), match.end())
        else:
            self.name(word, match.start(), match.end(), stem=word)

    def greek(self, match: re.Match[str]) -> None:
        letter, rest = match[0][0], match[0][1:]
        self.name(GREEK[letter] + rest, match.start(), match.end(), greek=not rest)

    def marked(self, match: re.Match[str]) -> None:
        letter, mark = MARKED[match[0]]
        self.name(letter, match.start(), match.end(), mark=mark)

    def sign(self, match: re.Match[str]) -> None:
        sign = match[0]
        if sign == "∞":
            return self.add("name", "oo", match.start(), match.end())
        if sign in _WRONG_SIGNS:
            raise self.refuse(match.start(), f"'{sign}' has no meaning here", advice=_WRONG_SIGNS[sign])
        return self.add(_SIGN_KINDS.get(sign, sign), sign, match.start(), match.end())

    def raised(self, match: re.Match[str]) -> None:
        """A run of superscripts, xⁿ⁻¹ → ^ ( n − 1 )."""
        start, end = match.span()
        plain = "".join(RAISED[character] for character in match[0])
        self.add("^", "superscript", start, start)
        self.add("(", "", start, start)
        self.found += type(self)(plain, self.whole, start + self.offset).tokens()[:-1]
        self.add(")", "", end, end)

    def fraction(self, match: re.Match[str]) -> None:
        self.add("number", FRACTIONS[match[0]], match.start(), match.end())

    def indicator(self, match: re.Match[str]) -> None:
        self.add_indicator(match.start(), match.end())

    def add_indicator(self, start: int, end: int) -> None:
        """The 1 of an indicator; an underscore before its condition is only a matter of looks."""
        self.add("indicator", "1", start, end + self.text.startswith("_", end))

    def set(self, match: re.Match[str]) -> None:
        self.add("set", "real" if match[0] == "ℝ" else "integer", match.start(), match.end())

    def command(self, match: re.Match[str]) -> None:
        """A LaTeX command."""
        raise NotImplementedError

    # Names, with what hangs on them.

    def name(self, base: str, start: int, end: int, *, stem: str = "", greek: bool = False, mark: str = "") -> None:
        """A name with its mark and subscript: x̄₁ → x_1_bar."""
        if not mark and end < len(self.text) and self.text[end] in MARKS:
            mark, end = MARKS[self.text[end]], end + 1
        subscript = ""
        if match := _SUBSCRIPT.match(self.text, end):
            subscript, end = "_" + self.subscript(match), match.end()
        value = base + subscript + (f"_{mark}" if mark else "")
        self.add("name", value, start, end, stem, greek and value == base)

    def subscript(self, match: re.Match[str]) -> str:
        lowered = match[4]
        inside = "".join(LOWERED[letter] for letter in lowered) if lowered else match[1] or match[2] or match[3] or ""
        inside = inside.replace(" ", "")
        ordered = len(inside) > 2 and inside[0] == "(" and inside[-1] == ")"
        parts = _SUBSCRIPT_PART.findall(inside[1:-1] if ordered else inside)
        canonical = "".join(GREEK.get(part) or LETTERS.get(part[1:]) or part for part in parts)
        if not canonical.isalnum() or len("".join(parts)) != len(inside) - 2 * ordered:
            raise self.refuse(
                match.start(), f"the subscript {quote(inside)} is not one name or number", "as in x_1, x_{(n)}"
            )
        return f"({canonical})" if ordered else canonical
