"""How a reading is refused: what was given, where, what could have stood there, and what to try.

Knows only the text. Every ``ReadingError`` of the package is made here, so that they all read alike and show no raw
control character.
"""

from __future__ import annotations

from symbolic_mle.errors import ReadingError

_AROUND = 14  # characters of the text that are quoted on either side of the place


def visible(text: str) -> str:
    """The text with everything unprintable written as <U+200B>."""
    return "".join(letter if letter.isprintable() else f"<U+{ord(letter):04X}>" for letter in text)


def quote(text: str, start: int = 0, end: int | None = None, limit: int = 40) -> str:
    """'…part…': a piece of the text, cut to a length that can be read."""
    piece = text[start:end]
    return f"'{visible(piece)}'" if len(piece) <= limit else f"'{visible(piece[:limit])}…'"


def refusal(text: str, position: int, problem: str, expected: str = "", advice: str = "") -> ReadingError:
    """The error to raise. ``position`` counts from 0, as ``ReadingError`` does; the message counts from 1."""
    low, high = max(0, position - _AROUND), position + _AROUND
    snippet = ("…" if low > 0 else "") + visible(text[low:high]) + ("…" if high < len(text) else "")
    place = f", at character {position + 1} of '{snippet}'" if text else ""
    more = "".join(f"; {part}" for part in (f"expected {expected}" if expected else "", advice) if part)
    return ReadingError(f"{problem}{place}{more}", text=text, position=position, expected=expected)
