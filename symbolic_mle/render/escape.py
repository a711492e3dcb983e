r"""Running text in LaTeX: the ten special characters escaped, typography and Greek as commands, everything in ASCII."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from types import MappingProxyType

from .glyphs import BIG, LETTERS, RELATIONS, SUBSCRIPTS, SUPERSCRIPTS

_SPECIAL: Mapping[str, str] = MappingProxyType(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "$": r"\$",
        "&": r"\&",
        "%": r"\%",
        "#": r"\#",
        "_": r"\_",
        "^": r"\textasciicircum{}",
        "~": r"\textasciitilde{}",
        "<": r"$<$",
        ">": r"$>$",
        "|": r"$|$",
        "–": "--",
        "—": "---",
        "’": "'",
        "‘": "`",
        "“": "``",
        "”": "''",
        "…": r"\dots{}",
        "\u00a0": "~",
        "\u2009": r"\,",
        "−": "$-$",
        "·": r"$\cdot$",
        "′": "$'$",
        "√": r"$\surd$",
        "✓": r"$\checkmark$",
        "✗": r"$\times$",
        "×": r"$\times$",
        "″": r"$''$",
        "∴": r"$\therefore$",
    }
)
_ACCENTS: Mapping[str, str] = MappingProxyType(
    dict(zip("\u0300\u0301\u0302\u0303\u0304\u0308\u030a\u030c\u0327", "`'^~=\"rvc", strict=True))
)


_MATHS_ACCENTS: Mapping[str, str] = MappingProxyType(
    {"\u0302": "hat", "\u0304": "bar", "\u0305": "bar", "\u0303": "tilde"}
)


_CLUSTER = re.compile(rf"[A-Za-zͰ-Ͽℓ][{''.join(_MATHS_ACCENTS)}]*|.", re.DOTALL)


def escape(text: str) -> str:
    """The text as LaTeX text; a character without a command becomes a question mark."""
    return "".join(_escape_cluster(c) for c in _CLUSTER.findall(_composed(text)))


def _escape_cluster(cluster: str) -> str:
    r"""λ̂, for which there is no single character, → $\hat{\lambda}$"""
    letter, accents = cluster[0], cluster[1:]
    drawn = _escape(letter)
    if not accents:
        return drawn
    if drawn.endswith("$") or letter.isascii():
        for accent in accents:
            drawn = rf"${chr(92)}{_MATHS_ACCENTS[accent]}{{{drawn.strip('$')}}}$"
    return drawn


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _escape(c: str) -> str:
    if c in _SPECIAL:
        return _SPECIAL[c]
    if c.isascii():
        return c if c.isprintable() else " "
    for table in (LETTERS, RELATIONS, BIG):
        found = next((latex for glyph, _, latex in table.values() if glyph == c), None)
        if found is not None:
            return f"${found}$"
    return _script(c) or _accented(c)


def _script(c: str) -> str:
    """² → $^{2}$"""
    for table, mark in ((SUPERSCRIPTS, "^"), (SUBSCRIPTS, "_")):
        plain = next((plain for plain, small in table.items() if small == c and plain.isascii()), None)
        if plain is not None:
            return f"${mark}{{{plain}}}$"
    return ""


def _accented(c: str) -> str:
    r"""é → \'{e}"""
    letter, *marks = list(unicodedata.normalize("NFD", c))
    if not (letter.isascii() and letter.isalpha() and len(marks) == 1 and marks[0] in _ACCENTS):
        return "?"
    return rf"\{_ACCENTS[marks[0]]}{{{letter}}}"
