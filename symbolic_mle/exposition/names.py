"""A symbol's name → how it is drawn: sigma2 → σ², alpha1 → α₁, x_m and xm → x with index m, rate → rate.

Knows names only, no expressions. Digits at the end are an index, except for the squares that statistics writes as one
parameter (σ², s², τ²) when no numbered sibling says otherwise.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from .mathematics import Maths, Name, Number, Words

_SMALL = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi "
    "omega"
)
_CAPITAL = "Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega"
GREEK = tuple(_SMALL.split())
CAPITAL_GREEK = tuple(_CAPITAL.split())
_SPELLED = {"lam": "lambda", "lambda_": "lambda", "lamda": "lambda", "eps": "epsilon", "sig": "sigma", "omicron": "o"}
_SQUARES = ("sigma", "s", "tau", "omega")
_PARTS = re.compile(r"(?P<base>[^\W\d_]+?)_?(?P<index>\d*)(?:_(?P<rest>\w+))?")
_MARKED = re.compile(r"([txyz])_?(m|min|max)")


def draw_name(spelling: str, among: Collection[str] = ()) -> Name:
    """The name as drawn; ``among`` are the names used beside it, which tell σ² from a second σ."""
    spelling = _SPELLED.get(spelling, spelling)
    marked = _MARKED.fullmatch(spelling)
    if marked:
        return Name(marked[1], Name(marked[2]))
    parts = _PARTS.fullmatch(spelling)
    if parts is None:
        return Name(spell(spelling))
    base, index, rest = spell(parts["base"]), parts["index"], parts["rest"]
    if index == "2" and not rest and base in _SQUARES and not _has_sibling(spelling, among):
        return Name(base, None, Number("2"))
    return Name(base, _index(index, rest))


def spell(base: str) -> str:
    """λ → lambda; a spelling stays, with the abbreviations of programs written out."""
    if len(base) == 1 and not base.isascii():
        official = unicodedata.name(base, "").replace("LAMDA", "LAMBDA")
        small, capital = official.removeprefix("GREEK SMALL LETTER "), official.removeprefix("GREEK CAPITAL LETTER ")
        if small.lower() in GREEK:
            return small.lower()
        if capital.capitalize() in CAPITAL_GREEK:
            return capital.capitalize()
    return _SPELLED.get(base, base)


def is_glyph(base: str) -> bool:
    """Whether a base is drawn as one letter."""
    return len(base) == 1 or base in GREEK or base in CAPITAL_GREEK


def _has_sibling(spelling: str, among: Collection[str]) -> bool:
    stem = spelling[:-1]
    return any(stem + digit in among for digit in "013456789") or stem in among


def _index(index: str, rest: str | None) -> Maths | None:
    if rest is None:
        return Number(index) if index else None
    below: Maths = Number(rest) if rest.isdigit() else Name(spell(rest)) if rest.isalpha() else Words(rest)
    return below if not index else Words(f"{index},{rest}")
