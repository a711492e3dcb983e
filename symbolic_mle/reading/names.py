r"""Names: their one canonical spelling, and the table that says which of them a text may use.

Canonical names are ASCII with Greek letters spelled out: \mu, μ and mu are "mu"; σ² as a name is "sigma2"; x̄ is
"x_bar"; x₍ₙ₎ is "x_(n)". The last is a key that a caller may offer, never a name that a user may give. Knows tokens,
not grammar.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches

from sympy import Symbol

from symbolic_mle.reading.characters import GREEK_NAMES
from symbolic_mle.reading.functions import CALLABLE_NAMES
from symbolic_mle.reading.refusal import quote, refusal
from symbolic_mle.reading.tokenizer import tokenize
from symbolic_mle.reading.tokens import Token

MAX_NAME = 40

_NAME = re.compile("[A-Za-z][A-Za-z0-9]*(_[A-Za-z0-9]+)*")
_GRAMMAR = "and or not in is if otherwise True False None nan oo inf infinity"
_GRAMMAR_WORDS = frozenset(_GRAMMAR.split())
_PIECE = re.compile("[A-Za-z](?:_[A-Za-z0-9])?")
_EXPECTED = "one name, such as x, sigma2, x_1, λ or \\mu"


def read_name(text: str) -> str:
    r"""The canonical spelling of one name: \mu → mu, σ² → sigma2; ``ReadingError`` for anything else.

    The result is a plain ASCII identifier of at most 40 characters without double underscores, so it is safe in
    generated code and in LaTeX. Words of the grammar and names of functions are refused, except those that are letters
    too (gamma, beta, zeta, E, I, B …).
    """
    tokens = tokenize(text)
    first = tokens[0]
    if first.kind == "stop":
        raise refusal(text, 0, "nothing was given", _EXPECTED)
    name = first.value if first.kind == "name" else ""
    rest = "".join(token.value for token in tokens[1:])
    if name and rest in ("^2", "**2", "^{2}", "superscript2"):
        name, rest = squared(name) or "", ""
    marked = name.endswith(("_hat", "_bar", "_tilde")) and name not in text
    if rest or marked or _NAME.fullmatch(name) is None:
        wrong = tokens[1] if rest and first.kind == "name" else first
        raise refusal(text, wrong.start, f"{quote(text)} is not a name", _EXPECTED)
    if len(name) > MAX_NAME:
        raise refusal(text, MAX_NAME, f"a name of {len(name)} characters", f"at most {MAX_NAME}")
    if name in _GRAMMAR_WORDS or (name in CALLABLE_NAMES and len(name) > 1 and name not in GREEK_NAMES):
        raise refusal(text, first.start, f"'{name}' has a meaning of its own", "another name", f"write {name}_0, say")
    return name


def squared(name: str) -> str | None:
    """The name of the square: sigma → sigma2, sigma_1 → sigma2_1; None where that could be misread (x1)."""
    stem, underscore, rest = name.partition("_")
    return None if stem[-1:].isdigit() else f"{stem}2{underscore}{rest}"


class NameTable:
    """The names that a text may use. ``lambda_0`` and ``lambda0`` are one name unless the table holds both."""

    def __init__(self, names: Mapping[str, Symbol]) -> None:
        self.symbols = dict(names)
        loose: dict[str, str | None] = {}
        for name in self.symbols:
            plain = name.replace("_", "")
            loose[plain] = None if plain in loose else name
        self._loose = loose

    def find(self, name: str) -> str | None:
        """The key of the table that the name means."""
        return name if name in self.symbols else self._loose.get(name.replace("_", ""))

    def find_square(self, name: str) -> str | None:
        """The key of the name's square, where only that is in the table: σ² when the parameter is sigma2."""
        square = squared(name)
        return self.find(square) if square and self.find(name) is None else None

    def with_index(self, index: str) -> NameTable:
        """The table inside a sum over ``index``."""
        return NameTable(self.symbols | {index: Symbol(index, integer=True)})

    def pieces(self, token: Token) -> list[Token] | None:
        """The known one-letter names whose product the token is: nm → n, m; None if it is not one."""
        tail = token.value[len(token.stem) :]
        matches = list(_letters(token.stem))
        if len(matches) < 2:
            return None
        values = [match[0] for match in matches]
        values[-1] += tail
        if not all(self.find(value) or value == "e" for value in values):
            return None
        starts = [token.start + match.start() for match in matches]
        ends = [*starts[1:], token.end]
        spaced = [token.spaced] + [False] * (len(values) - 1)
        return [Token("name", *parts) for parts in zip(values, starts, ends, spaced, strict=True)]

    def close(self, name: str, others: frozenset[str] = frozenset()) -> list[str]:
        """Names of the table (and others that could be meant) that look like this one, nearest first."""
        return get_close_matches(name, sorted(set(self.symbols) | others), n=3, cutoff=0.6)


def _letters(run: str) -> list[re.Match[str]]:
    """A run such as x_iy_i in its one-letter names with their one-character subscripts; [] if it has other parts."""
    matches = list(_PIECE.finditer(run))
    return matches if "".join(match[0] for match in matches) == run else []
