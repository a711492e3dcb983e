r"""Text → tokens, the LaTeX commands included.

A command that is in no table of ``commands`` is refused by its name. To read a new one that is a letter, a sign or a
space, add it there; one with arguments of its own gets a method here.
"""

from __future__ import annotations

import re

from symbolic_mle.reading import commands
from symbolic_mle.reading.refusal import quote, refusal
from symbolic_mle.reading.scanner import LETTERS_CLASS, Scanner
from symbolic_mle.reading.tokens import Token

MAX_LENGTH = 20_000

_GROUP = re.compile(r"\ *\{([^{}]*)\}")
_ARGUMENT = re.compile(rf"\ *(?:\{{([^{{}}]*)\}}|([A-Za-z0-9{LETTERS_CLASS}]|\\[A-Za-z]+))")
_DELIMITER = re.compile(r"\ *(\\[A-Za-z]+|\\.|.)", re.DOTALL)


def tokenize(text: str) -> list[Token]:
    """The tokens of the text, closed by one of kind "stop"; ``ReadingError`` for what cannot be part of any formula."""
    if not isinstance(text, str):
        raise refusal("", 0, f"text is needed, not {type(text).__name__}")
    if len(text) > MAX_LENGTH:
        problem = f"the text has {len(text)} characters, and at most {MAX_LENGTH} are read"
        raise refusal(text, MAX_LENGTH, problem, advice="give the density of one observation")
    return LatexScanner(text).tokens()


class LatexScanner(Scanner):
    """The scanner with LaTeX's commands."""

    def command(self, match: re.Match[str]) -> None:
        name, start, end = match[0][1:], match.start(), match.end()
        if name in commands.LETTERS:
            self.name(commands.LETTERS[name], start, end, greek=True)
        elif name in commands.WORDS:
            self.name(commands.WORDS[name], start, end)
        elif name in commands.SIGNS:
            self.add(commands.SIGNS[name], match[0], start, end)
        elif name in commands.STRUCTURES:
            self.add(commands.STRUCTURES[name], match[0], start, end)
        elif name in commands.SPACES or name in commands.LOOKS:
            self.position = end
            self.spaced = self.spaced or (name in commands.SPACES and name != "!")
        else:
            self.command_with_text(name, start, end)

    def command_with_text(self, name: str, start: int, end: int) -> None:
        if name in commands.ACCENTS:
            self.accent(name, start, end)
        elif name in ("left", "right"):
            self.delimiter(name, start, end)
        elif name in ("begin", "end"):
            inside, stop = self.group(name, start, end)
            self.add(name, inside, start, stop)
        elif name in commands.TEXTS:
            inside, stop = self.group(name, start, end)
            self.add("text", inside.strip(), start, stop)
        elif name in commands.UPRIGHT:
            inside, stop = self.argument(name, start, end)
            self.upright(inside, start, stop)
        elif name in commands.BLACKBOARD:
            inside, stop = self.argument(name, start, end)
            self.blackboard(inside, start, stop)
        else:
            raise self.refuse_command(name, start)

    def refuse_command(self, name: str, start: int) -> Exception:
        advice = commands.REFUSED.get(name, "only commands of formulas are read")
        return self.refuse(start, f"the LaTeX command {quote(chr(92) + name)} is not read", advice=advice)

    def group(self, name: str, start: int, end: int) -> tuple[str, int]:
        match = _GROUP.match(self.text, end)
        if match is None:
            raise self.refuse(start, f"\\{name} without its braces", f"\\{name}{{…}}")
        return match[1], match.end()

    def argument(self, name: str, start: int, end: int) -> tuple[str, int]:
        match = _ARGUMENT.match(self.text, end)
        if match is None:
            raise self.refuse(start, f"\\{name} without a letter", f"\\{name}{{…}}")
        return (match[1] or match[2] or "").strip(), match.end()

    def accent(self, name: str, start: int, end: int) -> None:
        inside, stop = self.argument(name, start, end)
        inner = LatexScanner(inside, self.whole, start + self.offset).tokens()
        if len(inner) != 2 or inner[0].kind != "name":
            raise self.refuse(start, f"\\{name} over {quote(inside)}", "one name under the mark")
        self.name(inner[0].value, start, stop, mark=commands.ACCENTS[name])

    def delimiter(self, name: str, start: int, end: int) -> None:
        r"""\left( and its like. Bars get a side, which plain ones lack."""
        match = _DELIMITER.match(self.text, end)
        given = match[1] if match else ""
        sign = commands.SIGNS.get(given[1:], "") if given.startswith("\\") else given
        if match is None or sign.strip("()") not in ("", "[", "]", "{", "}", "|") or not sign:
            raise self.refuse(start, f"\\{name} before {quote(given)}", "a bracket or a bar")
        if sign.startswith("|"):
            sign = "|(" if name == "left" else "|)"
        self.add(sign, f"\\{name}{given}", start, match.end())

    def upright(self, inside: str, start: int, stop: int) -> None:
        word = inside.replace(" ", "")
        if not re.fullmatch("[A-Za-z][A-Za-z0-9]*", word):
            raise self.refuse(start, f"{quote(inside)} is not a name", "letters")
        self.name(word, start, stop)

    def blackboard(self, inside: str, start: int, stop: int) -> None:
        if inside == "1":
            self.add_indicator(start, stop)
        elif inside == "R":
            self.add("set", "real", start, stop)
        elif inside == "Z":
            self.add("set", "integer", start, stop)
        else:
            advice = "say where the integers start: x >= 0 or x >= 1" if inside == "N" else "write the letter alone"
            raise self.refuse(start, f"{quote(inside)} in bold or double letters is not read", advice=advice)
