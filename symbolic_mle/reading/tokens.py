"""What the scanner hands to the parser."""

from __future__ import annotations

from typing import NamedTuple


class Token(NamedTuple):
    """A piece of the text, ``text[start:end]``.

    ``kind`` is "number", "name", "set", "indicator", "text", "begin", "end", "stop", a structure ("frac" …) or the sign
    itself. ``spaced`` says that visible space stands before it. ``stem`` is the run of letters that a name begins with,
    when that run could be a product of one-letter names; ``greek`` marks a name that was written as one Greek letter.
    """

    kind: str
    value: str
    start: int
    end: int
    spaced: bool = False
    stem: str = ""
    greek: bool = False


def is_latex(text: str) -> bool:
    """Whether LaTeX's rules hold: a letter is a name of its own, spaces mean nothing, ^ takes one token."""
    return "\\" in text
