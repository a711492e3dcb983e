r"""What somebody claims an estimator to be → a tree: "\hat\theta = \max_i x_i", "σ̂² = …", "k̂ solves …", "… if x̄ > 0".

A claim is a formula for the parameter, or an equation that the estimate solves. Knows the notation of estimates, nothing
of their truth.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sympy import Expr, Symbol

from symbolic_mle.errors import ReadingError
from symbolic_mle.marking.from_expression import tree_of
from symbolic_mle.reading.characters import GREEK_NAMES
from symbolic_mle.reading.refusal import refusal
from symbolic_mle.reading.statistic_parser import parse_statistic, renamed
from symbolic_mle.reading.syntax import Comparison, Element, Expectation, Name, Node, OrderStatistic, children

MAX_LENGTH = 20_000
_SIGNS = {"=": "=", "≈": "≈"}
_SOLVES = re.compile(
    r"^(?P<before>.*?)(?:\\(?:text|mathrm)\s*\{)?\s*\b(?:solves|satisfies|solution of|is the solution to"
    r"|is (?:the|a) (?:unique |positive )?(?:root|solution|zero) of|root of)\b(?:\s*the equation)?\s*:?\s*\}?",
    re.IGNORECASE | re.DOTALL,
)
_GUARD = re.compile(
    r"(?:,|\s|\\quad|\\;|\\,)\s*(?:\\text\s*\{\s*,?\s*)?\b(?:if|when|for|provided|whenever|as long as)\b(?:\s+that\b)?"
    r"\s*\}?\s*(?P<guard>.+)$",
    re.DOTALL,
)
_DECORATION = re.compile(r"^\s*(?:\$+|\\\(|\\\[|\\displaystyle\b)+|(?:\$+|\\\)|\\\]|[.;,])\s*$")


@dataclass(frozen=True)
class Claim:
    """A claim about one parameter. ``sides`` are formulas that are all said to be the estimate; with ``equation`` the two
    sides of an equation for it. ``guard`` says for which data."""

    parameter: str
    text: str
    sides: tuple[Node, ...]
    equation: bool = False
    guard: Node | None = None


@dataclass(frozen=True)
class Vocabulary:
    """The names of a model that a claim may use."""

    parameters: tuple[str, ...]
    known: tuple[str, ...]
    observed: tuple[str, ...]
    sizes: tuple[str, ...]

    @property
    def names(self) -> dict[str, Symbol]:
        """Every name, with the hats of the parameters."""
        plain = (*self.observed, *self.parameters, *self.known, *self.sizes)
        hats = [hat(p) for p in self.parameters] + [hat(a) for a in self.aliases]
        return {name: Symbol(name) for name in (*plain, *hats, *self.aliases)}

    @property
    def aliases(self) -> dict[str, str]:
        """Greek letters that mean a name which abbreviates them: \\lambda for lam."""
        taken = {*self.observed, *self.parameters, *self.known, *self.sizes}
        found: dict[str, str] = {}
        for name in (*self.parameters, *self.known):
            letters = re.match("[a-z]*", name)
            stem = letters[0] if letters else ""
            for letter in GREEK_NAMES:
                full = letter + name[len(stem) :]
                if len(stem) > 1 and letter != stem and letter.startswith(stem) and full not in taken:
                    found.setdefault(full, name)
        return found

    def parsed(self, text: str) -> Node:
        """The tree of a piece of text, in the model's own names."""
        meant = self.aliases
        tree = parse_statistic(text, self.names, frozenset(self.observed))
        return renamed(tree, {**meant, **{hat(a): hat(n) for a, n in meant.items()}}) if meant else tree


def hat(parameter: str) -> str:
    """The name of the estimate of a parameter."""
    return f"{parameter}_hat"


def read_claims(claims: Mapping[Any, Any], vocabulary: Vocabulary) -> list[Claim]:
    """The claims, each about a parameter of the model; ``ReadingError`` for what is not understood."""
    found = []
    for key, given in claims.items():
        parameter = _parameter(str(key), vocabulary)
        if isinstance(given, Expr):
            found.append(Claim(parameter, str(given), (tree_of(given),)))
        elif isinstance(given, (int, float)) and not isinstance(given, bool):
            found.append(_read(parameter, repr(given), vocabulary))
        elif isinstance(given, str):
            found.append(_read(parameter, given, vocabulary))
        else:
            raise refusal("", 0, f"claim: needed text or a SymPy expression, not {type(given).__name__}")
    if not found:
        raise refusal("", 0, "no claim was given", "a parameter and its estimator")
    return found


def _parameter(key: str, vocabulary: Vocabulary) -> str:
    node = vocabulary.parsed(key)
    name = node.name.removesuffix("_hat") if isinstance(node, Name) else ""
    if name not in vocabulary.parameters:
        raise refusal(key, 0, f"'{key}' is not a parameter of the model", ", ".join(vocabulary.parameters))
    return name


def _read(parameter: str, text: str, vocabulary: Vocabulary) -> Claim:
    if len(text) > MAX_LENGTH:
        raise refusal(text[:100], 0, f"a claim of {len(text)} characters", f"at most {MAX_LENGTH}")
    body = text
    for _ in range(3):
        body = _DECORATION.sub(lambda found: " " * len(found[0]), body)
    solves = _SOLVES.match(body)
    if solves:
        body = " " * solves.end() + body[solves.end() :]
    guard: Node | None = None
    if (guarded := _GUARD.search(body)) and "cases" not in body and not solves:
        guard = _parsed(guarded["guard"].rstrip(" .}"), vocabulary, text, guarded.start("guard"))
        body = body[: guarded.start()]
    pieces = split_relation(body)
    sides = [_parsed(piece, vocabulary, text, start) for start, piece in pieces]
    if solves:
        return _equation(parameter, text, sides)
    if len(sides) == 1:
        return Claim(parameter, text, (sides[0],), guard=guard)
    if is_parameter(sides[0], parameter):
        return Claim(parameter, text, tuple(sides[1:]), guard=guard)
    if _mentions(sides[0], parameter) or any(_mentions(s, parameter) for s in sides[1:]):
        return _equation(parameter, text, sides)
    if isinstance(sides[0], Name) and sides[0].name.removesuffix("_hat") in vocabulary.parameters:
        raise refusal(text, 0, f"the claim for {parameter} begins with another parameter", f"a claim for {parameter}")
    return Claim(parameter, text, tuple(sides), guard=guard)


def _equation(parameter: str, text: str, sides: list[Node]) -> Claim:
    if len(sides) != 2:
        raise refusal(text, 0, "an equation for the estimate needs two sides", "left = right")
    return Claim(parameter, text, tuple(sides), equation=True)


def _parsed(piece: str, vocabulary: Vocabulary, whole: str, start: int) -> Node:
    try:
        return vocabulary.parsed(piece)
    except ReadingError as error:
        raise ReadingError(str(error), whole, start + error.position, error.expected) from None


def split_relation(text: str) -> list[tuple[int, str]]:
    """a = b = c → its sides with their places. Signs inside brackets, limits and accents are none."""
    depth, begin, found = 0, 0, []
    for place, letter in enumerate(text):
        if letter in "([{":
            depth += 1
        elif letter in ")]}":
            depth -= 1
        elif (
            letter in "=≈"
            and depth == 0
            and text[place - 1 : place] not in (*"<>!:\u208c",)
            and text[place + 1 : place + 2] != ">"
        ):
            found.append((begin, text[begin:place]))
            begin = place + 1
    found.append((begin, text[begin:]))
    return [(start, piece) for start, piece in found if piece.strip()] or [(0, text)]


def is_parameter(node: Node, parameter: str) -> bool:
    """Is the side the parameter or its hat, and nothing else?"""
    return isinstance(node, Name) and node.name in (parameter, hat(parameter))


def _mentions(node: Node, parameter: str) -> bool:
    return bool(names_in(node) & {parameter, hat(parameter)})


def names_in(node: Node) -> set[str]:
    """The names that occur."""
    found, waiting = set(), [node]
    while waiting:
        current = waiting.pop()
        if isinstance(current, (Name, Element, OrderStatistic)):
            found.add(current.name)
        waiting.extend(children(current))
    return found


def has_expectation(node: Node) -> bool:
    """Does E[X] or its like occur?"""
    waiting = [node]
    while waiting:
        current = waiting.pop()
        if isinstance(current, Expectation):
            return True
        waiting.extend(children(current))
    return False


__all__ = [
    "Claim",
    "Comparison",
    "Vocabulary",
    "has_expectation",
    "hat",
    "is_parameter",
    "names_in",
    "read_claims",
    "split_relation",
]
