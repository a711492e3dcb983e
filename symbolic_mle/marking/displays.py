r"""Displayed formulas in a text: each on a line of its own, an alignment a line for each of its statements.

So every statement gets its own mark, and a formula that goes over several lines of the file is read as one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

DISPLAYS = "align|alignat|aligned|flalign|equation|gather|multline|eqnarray|displaymath|math"
_OPENING = re.compile(rf"\\begin\{{(?P<name>(?:{DISPLAYS})\*?)\}}(?:\{{\d+\}})?|(?<!\\)\\[\[(]|\$\$")
_CLOSING = {r"\[": r"\]", r"\(": r"\)", "$$": "$$"}
_TOKEN = re.compile(r"\\begin\{|\\end\{|\\\\(?:\[[^\]]{0,20}\])?|\\.|[{}]", re.DOTALL)
_DEPTH = {"{": 1, "}": -1, "\\begin{": 2, "\\end{": 0}  # the brace of a name closes again
_GOES_ON = re.compile(
    r"(?:\s|&|\{\}|\\q?quad|\\[,;: !]|\\phantom\{[^{}]*\})*"
    r"(?:[-+−=<>≤≥≈∝≠·×*/)]|\\(?:cdot|times|leq?|geq?|neq?|equiv|approx|propto|le|ge|sim|left|right)(?![A-Za-z])|\Z)"
)
_INNER = re.compile(r"\s*\\begin\{(?P<name>aligned|split|gathered)\}(?P<body>.*)\\end\{(?P=name)\}[\s.,;]*", re.DOTALL)


def with_displays(text: str) -> str:
    r"""The text with displayed formulas on lines of their own, and \( \) on one line.

    In one pass: a closing that is missing is looked for once.
    """
    pieces, place, missing = [], 0, set()
    while found := _OPENING.search(text, place):
        closing = _CLOSING.get(found[0]) or rf"\end{{{found['name']}}}"
        end = -1 if closing in missing else text.find(closing, found.end())
        if end < 0:
            missing.add(closing)
            pieces.append(text[place : found.end()])
            place = found.end()
            continue
        body = " ".join(text[found.end() : end].split())
        inline = found[0] == r"\("
        shown = rf"\( {body} \)" if inline else "\n" + "\n".join(_lines(body, found["name"] or "")) + "\n"
        pieces += [text[place : found.start()], shown]
        place = end + len(closing)
    return "".join(pieces) + text[place:]


def _lines(body: str, name: str) -> Iterator[str]:
    """The statements of a display, each as a display."""
    inner = _INNER.fullmatch(body)
    groups = _statements(inner["body"] if inner else body)
    if len(groups) == 1 and not name:
        yield rf"\[ {body} \]"
    for rows in groups if len(groups) > 1 or name else ():
        joined = r" \\ ".join(rows)
        aligned = "&" in joined or len(rows) > 1
        yield rf"\begin{{align}} {joined} \end{{align}}" if aligned else rf"\[ {joined} \]"


def _statements(body: str) -> list[list[str]]:
    """The rows of an alignment, those that go on with a relation or a sign together with the row above."""
    groups: list[list[str]] = []
    for row in _rows(body):
        if groups and _GOES_ON.match(row):
            groups[-1].append(row)
        else:
            groups.append([row])
    return [[row for row in rows if row] or [""] for rows in groups]


def _rows(body: str) -> list[str]:
    r"""Cut at \\, not inside of braces or of an environment such as cases."""
    rows, depth, start = [], 0, 0
    for found in _TOKEN.finditer(body):
        token = found[0]
        depth += _DEPTH.get(token, 0)
        if token.startswith("\\\\") and depth <= 0:
            rows.append(body[start : found.start()].strip())
            start = found.end()
    return [*rows, body[start:].strip()]
