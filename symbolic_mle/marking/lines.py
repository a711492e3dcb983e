r"""A line of a working → its statements and its words: "ℓ′(λ) = 0 ⇒ λ̂ = S/n, so this is a maximum".

Formulas and words alternate. A formula is cut at ⇒, commas, semicolons and words, and each part at its relation signs. LaTeX's
aligned rows are one chain when a row begins with a relation. Knows no mathematics: what a side means is read elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

MAX_STATEMENTS = 60

_MARKS = re.compile(
    r"\\\(|\\\)|\\\[|\\\]|\$+|\\(?:begin|end)\{(?:align|aligned|equation|gather|gathered|split|eqnarray)\*?\}|\\nonumber|\\notag|\\left\.|\\right\."
)
_ENUMERATED = re.compile(r"^\s*(?:\(?\d{1,2}[.):]\s+|[-•*]\s+(?=[A-Za-z\\]))")
_TEXT = re.compile(r"\\(?:text|mbox|textrm|textit|textbf|textnormal)\s*\{([^{}]*)\}")
_CONSTANT = re.compile(
    r"\\(?:text|mathrm|mbox|textrm)\s*\{\s*(?:const(?:ant|\.)?|constants?)\s*\}|\bconst(?:ant)?\b\.?"
)
_ARROWS = re.compile(
    r"\\(?:Rightarrow|Longrightarrow|implies|iff|Leftrightarrow|Longleftrightarrow|leadsto|therefore|because|to|rightarrow)(?![A-Za-z])"
    r"|<=>|==>|=>|->|⇒|⟹|⇔|⟺|→|∴|∵|;"
)
_SPACES = re.compile(r"\\(?:quad|qquad)(?![A-Za-z])|\\[,;:! ]")
_RELATIONS: tuple[tuple[str, str], ...] = (
    (r"\\(?:leq?|leqslant)(?![A-Za-z])|<=|≤|⩽", "<="),
    (r"\\(?:geq?|geqslant)(?![A-Za-z])|>=|≥|⩾", ">="),
    (r"\\neq?(?![A-Za-z])|!=|≠", "!="),
    (r"\\propto(?![A-Za-z])|∝", "∝"), (r"\\(?:approx|simeq)(?![A-Za-z])|≈", "≈"),
    (r"\\(?:equiv|coloneqq|triangleq)(?![A-Za-z])|:=|≡|==", "="),
    (r"\\(?:stackrel|overset)\s*\{[^{}]*\}\s*\{?=\}?|=", "="), (r"\\lt(?![A-Za-z])|<", "<"), (r"\\gt(?![A-Za-z])|>", ">"),
)  # fmt: skip
_RELATION = re.compile("|".join(f"(?P<r{k}>{pattern})" for k, (pattern, _) in enumerate(_RELATIONS)))
_WORD = re.compile(
    r"(?<![\\A-Za-z_0-9.])[A-Za-z]+(?:[-'’][A-Za-z]{2,})*'*(?:\.[A-Za-z]\.?)*(?![A-Za-z_0-9(\u0302\u0304\u0305₀-₉ᵢⱼₖₙ⁰¹²³⁴-⁹ⁿᵏ])"
)
_CALLED = re.compile(r"(?<![\\A-Za-z_0-9])[A-Za-z]{2,}(?=\()")
_REMARK = re.compile(r"\s\([^()]*\x00[^()]*\)")
_CONTINUED = re.compile(rf"(?:\s|\\q?quad|\\[,;: ]|\{{\}})*(?:[-+−]|\\cdot|\\times|{_RELATION.pattern})")
WORDS = "\x00"  # stands for words inside a line, and keeps its length


@dataclass(frozen=True)
class Statement:
    """sides₀ relations₀ sides₁ …, at ``start`` in the line. ``before`` are the words between it and what came before it."""

    sides: tuple[str, ...]
    relations: tuple[str, ...]
    start: int
    before: str = ""
    arrow: bool = False


@dataclass(frozen=True)
class Line:
    """The statements of a line, all of its words, and the words after the last statement."""

    text: str
    statements: tuple[Statement, ...]
    words: str
    after: str = ""


def split_line(text: str, vocabulary: frozenset[str]) -> Line:
    """The statements of a line. ``vocabulary`` are the words that are names or functions."""
    body = _blank(_MARKS, text)
    body = _blank(_ENUMERATED, body)
    body = _CONSTANT.sub(lambda m: "const".ljust(len(m[0])), body)
    body = _rows(body)
    body = _blank(_SPACES, body)
    body, words = _without_words(body, vocabulary)
    statements: list[Statement] = []
    before, arrow, seen = "", False, 0
    for start, end, kind in _segments(body):
        piece = body[start:end]
        if kind == "words":
            before = f"{before} {words[start:end].strip()}".strip()
        elif kind == "arrow":
            arrow = True
        elif piece.strip(" .,:\n"):
            found = _statement(piece, start, before, arrow)
            if piece[:1] in "([{" and body[:start].endswith(WORDS):  # an unknown function, as in se(θ̂)
                found = replace(found, sides=(WORDS, *found.sides[1:]))
            if before and statements and _goes_on(piece, body[:start]):
                statements[-1] = replace(statements[-1], sides=(*statements[-1].sides[:-1], WORDS))
            statements.append(found)
            before, arrow, seen = "", False, end
            if len(statements) >= MAX_STATEMENTS:
                break
    everything = " ".join(words.replace("\x00", " ").split())
    return Line(text, tuple(statements), everything, " ".join(words[seen:].split()))


def _goes_on(piece: str, earlier: str) -> bool:
    """Does the piece go on with a formula that a word has cut, as in "n nk/λ" with nk taken for a word?"""
    return re.match(r"\s*[-+−*/^·×)]", piece) is not None or (piece[:1] in "([{" and earlier.endswith(WORDS))


def _blank(pattern: re.Pattern[str], text: str) -> str:
    return pattern.sub(lambda m: " " * len(m[0]), text)


def _rows(text: str) -> str:
    r"""Rows of an aligned environment: & goes, \\ becomes a semicolon unless the next row goes on with a relation."""
    if r"\begin{cases}" in text or r"\begin{array}" in text:
        return text
    text = text.replace(r"\&", "  ").replace("&", " ")
    pieces = re.split(r"\\\\(?:\[[^\]]*\])?|\n", text)
    if len(pieces) == 1:
        return text
    found = pieces[0]
    for piece in pieces[1:]:
        joined = _CONTINUED.match(piece) is not None or not piece.strip()
        found += (" " if joined else ";") + " " + (piece.replace("{}", "  ") if joined else piece)
    return found


def _without_words(body: str, vocabulary: frozenset[str]) -> tuple[str, str]:
    """The body with words replaced by marks, and the words with everything else replaced by spaces."""
    marked, words = list(body), [" "] * len(body)

    def take(start: int, end: int, inner: tuple[int, int]) -> None:
        for place in range(start, min(end, len(body))):
            marked[place] = WORDS
        for place in range(inner[0], min(inner[1], len(body))):
            words[place] = body[place]

    for found in _TEXT.finditer(body):
        take(found.start(), found.end(), found.span(1))
    taken = "".join(marked)
    for pattern in (_WORD, _CALLED):
        for found in pattern.finditer(taken):
            if not _is_name(found[0], vocabulary, taken, found.end()):
                take(found.start(), found.end(), found.span())
    for found in _REMARK.finditer("".join(marked)):
        take(found.start(), found.end(), found.span())
    return "".join(marked), "".join(words)


def _is_name(word: str, vocabulary: frozenset[str], text: str, end: int) -> bool:
    """Is the word part of a formula: a name, a function, a differential, or a letter that is being named?"""
    bare = word.rstrip("'’")
    if bare in vocabulary or word in vocabulary:
        return True
    if bare[:1] in "d" and (bare[1:] in vocabulary or bare[1:] in ("L", "l", "LL")):
        return True
    if len(bare) == 1:
        return bare not in "aAI" or re.match(r"\s*(?:[=^/*+_]|:=)", text[end:]) is not None
    return len(bare) <= 4 and bare.lower() not in _SHORT_WORDS and all(letter in vocabulary for letter in bare)


_SHORT_WORDS = frozenset(
    (
        *("at", "so", "is", "it", "if", "we", "in", "on", "to", "of", "or", "as", "by", "an", "be", "no", "the"),
        *("and", "for", "set", "has", "let", "all", "iid", "not", "put", "get", "max", "min"),
    )
)


def _segments(body: str) -> Iterator[tuple[int, int, str]]:
    """Formulas, words and arrows, cut at commas, arrows and full stops outside of brackets."""
    begin, depth, place = 0, 0, 0
    while place < len(body):
        letter = body[place]
        if letter == WORDS and depth <= 0:
            end = place
            while end < len(body) and (
                body[end] in (WORDS, " ") or (body[end] in "-'’" and body[end + 1 : end + 2] == WORDS)
            ):
                end += 1
            yield begin, place, "formula"
            yield place, end, "words"
            begin = place = end
            depth = 0
            continue
        depth = max(0, depth + (letter in "([{") - (letter in ")]}"))
        arrow = _ARROWS.match(body, place) if depth == 0 else None
        stop = depth == 0 and (
            letter == "," or letter == ":" and body[place : place + 2] != ":=" or _full_stop(body, place)
        )
        if arrow or stop:
            end = arrow.end() if arrow else place + 1
            yield begin, place, "formula"
            if arrow and body[place] != ";":
                yield place, end, "arrow"
            begin = place = end
            continue
        place += 1
    yield begin, len(body), "formula"


def _full_stop(body: str, place: int) -> bool:
    if body[place] != "." or body[place - 1 : place] == "." or body[place + 1 : place + 2] == ".":
        return False
    return place + 1 == len(body) or body[place + 1] in f" {WORDS}"


def _statement(piece: str, start: int, before: str, arrow: bool) -> Statement:
    """The sides of a formula and the relations between them."""
    sides, relations, begin, depth, place = [], [], 0, 0, 0
    while place < len(piece):
        depth += (piece[place] in "([{") - (piece[place] in ")]}")
        match = _RELATION.match(piece, place) if depth <= 0 and piece[place - 1 : place] != "₌" else None
        if match and not _part_of_command(piece, place):
            sides.append(piece[begin:place])
            relations.append(_RELATIONS[int((match.lastgroup or "r0")[1:])][1])
            begin = place = match.end()
            continue
        place += 1
    sides.append(piece[begin:])
    return Statement(tuple(s.strip().rstrip(".").strip() for s in sides), tuple(relations), start, before, arrow)


def _part_of_command(piece: str, place: int) -> bool:
    r"""\left< and \right> are brackets."""
    return piece[place] in "<>" and re.search(r"\\(?:left|right)$", piece[:place]) is not None
