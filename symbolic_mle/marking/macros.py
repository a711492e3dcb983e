r"""A student's own commands (\newcommand{\lik}{L(\lambda)}) written out in the text that uses them.

Replacement of text and nothing else, in rounds of bounded number and size: a command that uses itself, or doubles at every
round, is left as it stands after that.
"""

from __future__ import annotations

import re

ROUNDS = 4
MOST_COMMANDS = 50
LONGEST_GROUP = 2000
_NAME = r"\\(?P<{0}>[A-Za-z]+)"
_DEFINITION = re.compile(
    r"\\(?:(?:re)?newcommand|providecommand|DeclareMathOperator)\*?\s*(?:\{\s*" + _NAME.format("braced") + r"\s*\}|"
    + _NAME.format("bare") + r")\s*(?:\[(?P<count>[1-3])\])?\s*(?=\{)"
    r"|\\def\s*" + _NAME.format("plain") + r"(?P<places>(?:\#[1-3])*)\s*(?=\{)"
)  # fmt: skip
_USE = re.compile(r"\\([A-Za-z]+)")


def expanded(text: str) -> str:
    r"""The text with its own definitions used and taken out.

    >>> expanded(r"\newcommand{\s}{\sum_i x_i}\hat\lambda = \s/n")
    '\\hat\\lambda = \\sum_i x_i/n'
    """
    text, commands = _definitions(text)
    if not commands:
        return text
    most = 4 * len(text) + 10_000
    for _ in range(ROUNDS):
        found = _once(text, commands, most)
        if found == text or len(found) >= most:
            break
        text = found
    return text


def _definitions(text: str) -> tuple[str, dict[str, tuple[int, str]]]:
    """The text without definitions, and {name: (number of arguments, body)}."""
    commands: dict[str, tuple[int, str]] = {}
    kept, place = [], 0
    while (found := _DEFINITION.search(text, place)) and len(commands) < MOST_COMMANDS:
        end = group_end(text, found.end())
        if end is None:
            break
        name = found["braced"] or found["bare"] or found["plain"]
        count = int(found["count"] or 0) + (found["places"] or "").count("#")
        body = text[found.end() + 1 : end - 1]
        if "DeclareMathOperator" in found[0]:
            body = rf"\operatorname{{{body}}}"
        commands[name] = (count, body)
        kept.append(text[place : found.start()])
        place = end
    return "".join(kept) + text[place:], commands


def _once(text: str, commands: dict[str, tuple[int, str]], most: int) -> str:
    pieces, place, length = [], 0, 0
    for found in _USE.finditer(text):
        if found.start() < place or found[1] not in commands or length > most:
            continue
        count, body = commands[found[1]]
        end = found.end()
        for k in range(1, count + 1):
            close = group_end(text, end)
            if close is None:
                break
            body, end = body.replace(f"#{k}", text[end + 1 : close - 1]), close
        if not count and body[-1:].isalpha() and text[end : end + 1].isalpha():
            body += " "
        pieces += [text[place : found.start()], body]
        length += len(body)
        place = end
    return "".join(pieces) + text[place:]


def group_end(text: str, start: int) -> int | None:
    """Behind the brace that closes the one at ``start``; None where there is none within reach."""
    if text[start : start + 1] != "{":
        return None
    depth, place, last = 0, start, min(len(text), start + LONGEST_GROUP)
    while place < last:
        if text[place] == "\\":
            place += 2
            continue
        depth += (text[place] == "{") - (text[place] == "}")
        place += 1
        if depth == 0:
            return place
    return None
