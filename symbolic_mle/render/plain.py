"""Running text in ASCII: typographic characters and Greek letters spelled out."""

from __future__ import annotations

import unicodedata

from .glyphs import ACCENTS, BIG, GREEK, LETTERS, RELATIONS, SUBSCRIPTS, SUPERSCRIPTS

_TYPOGRAPHY = {
    "–": "-",
    "—": " - ",
    "’": "'",
    "‘": "'",
    "“": '"',
    "”": '"',
    "…": "...",
    "−": "-",
    "·": "*",
    "√": "sqrt",
    "∎": "QED",
}


def spell_out(text: str) -> str:
    """The text in ASCII; a character without a spelling becomes a question mark."""
    return "".join(c if c.isascii() else _spelling(c) for c in text)


def _spelling(c: str) -> str:
    for table in (_TYPOGRAPHY, {glyph: name for name, glyph in GREEK.items()}):
        if c in table:
            return table[c]
    for columns in (LETTERS, RELATIONS, BIG):
        found = next((ascii for glyph, ascii, _ in columns.values() if glyph == c), None)
        if found is not None:
            return found
    return _script(c) or "".join(part for part in unicodedata.normalize("NFKD", c) if part.isascii()) or _accent(c)


def _script(c: str) -> str:
    """² → ^2, ᵢ → _i"""
    above = next((plain for plain, small in SUPERSCRIPTS.items() if small == c and plain.isascii()), "")
    below = next((plain for plain, small in SUBSCRIPTS.items() if small == c and plain.isascii()), "")
    return f"^{above}" if above else f"_{below}" if below else {"′": "'", "″": "''"}.get(c, "")


def _accent(c: str) -> str:
    name = next((accent for accent, mark in ACCENTS.items() if mark == c), "")
    return {"hat": "_hat", "bar": "bar", "tilde": "_tilde"}.get(name, "?")
