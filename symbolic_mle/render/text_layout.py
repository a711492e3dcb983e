"""Columns of plain text: the width of a string with accents, wrapped paragraphs, broken formulas."""

from __future__ import annotations

import re
import unicodedata
from itertools import accumulate, takewhile

GLUE = "\u00a0"  # a space inside a short formula, where a paragraph does not wrap
_BREAK = re.compile(r" (?=[=<>≤≥≈⇔⇒∈+−·*/→-] )|(?<=;) ")
_OPENING, _CLOSING = "([{", ")]}"


def width(text: str) -> int:
    """How many columns a terminal gives it: accents take none."""
    return sum(not unicodedata.combining(c) for c in text)


def pad(text: str, columns: int) -> str:
    return text + " " * max(columns - width(text), 0)


def wrap(text: str, columns: int) -> list[str]:
    """Lines of at most that width, broken at spaces."""
    lines = [""]
    for word in text.split(" "):
        if lines[-1] and width(lines[-1]) + 1 + width(word) > columns:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}" if lines[-1] else word
    return [line.replace(GLUE, " ") for line in lines]


def break_formula(text: str, columns: int, indent: int = 2) -> list[str]:
    """A formula on lines of at most that width, broken before + − = or after a semicolon, as far out as will do."""
    lines: list[str] = []
    while any(w > columns for w in accumulate(map(width, text))):
        cut = _best_break(text, columns)
        if cut is None:
            break
        lines.append(text[:cut])
        text = " " * indent + text[cut + 1 :]
    return [*lines, text]


def _best_break(text: str, columns: int) -> int | None:
    """The last break of the least depth that leaves at least a third of the line filled."""
    widths = [0, *takewhile(lambda w: w <= columns, accumulate(map(width, text)))]
    text = text[: len(widths) + 2]  # a sign and a space behind the last break that fits
    depths = _depths(text)
    start = len(text) - len(text.lstrip())
    fitting = [found.start() for found in _BREAK.finditer(text, start) if found.start() < len(widths)]
    useful = [cut for cut in fitting if widths[cut] * 3 >= columns] or [cut for cut in fitting if cut > start]
    return min(useful, key=lambda cut: (depths[cut], -cut)) if useful else None


def _depths(text: str) -> list[int]:
    depth, depths = 0, []
    for c in text:
        depth += (c in _OPENING) - (c in _CLOSING)
        depths.append(depth)
    return depths
