r"""How wide LaTeX is, in em: an estimate from our own output, a little on the large side, so that lines break in time.

Understands what ``latex_maths`` and ``escape`` write: groups, \frac, scripts, big operators with limits, \text.
"""

from __future__ import annotations

import re

_TOKEN = re.compile(r"\\[a-zA-Z]+\*?|\\.|[{}^_&$]|\s+|.", re.DOTALL)
_SCRIPT = 0.72
_WORD = 0.53  # a letter of ordinary text
_WIDTHS = {
    0.0: r"\bigl \bigr \begin \end \mathit \mathbf \mathrm \mathbb \hat \bar \tilde \widehat \widetilde \left \right",
    0.1: r"\Bigl \Bigr",
    0.17: r"\,",
    0.25: r"\biggl \biggr",
    0.4: r"\Biggl \Biggr",
    0.5: r"\{ \} \lvert \rvert \lfloor \rfloor \lceil \rceil",
    0.62: r"\theta \lambda \mu \sigma \pi \psi \Gamma \alpha \beta \ell \partial",
    1.0: r"\infty \quad",
    1.2: r"\cdot \times",
    1.4: r"\dots",
    1.5: r"\le \ge \ne \approx \sim \in \to \propto \mid",
    1.9: r"\log \exp \max \min \sup \inf \sin \cos \tan \lim",
    2.0: r"\qquad",
    2.8: r"\iff \implies",
}
_COMMANDS = {command: width for width, commands in _WIDTHS.items() for command in commands.split()}
_BIG = (r"\sum", r"\prod", r"\int", r"\lim", r"\max", r"\min", r"\sup", r"\inf")


def measure(latex: str) -> float:
    """The width in em of a line of LaTeX maths."""
    return _Reader(_TOKEN.findall(latex)).run(mathematics=True)


class _Reader:
    """One pass over the tokens; a group is measured when its brace is met."""

    def __init__(self, tokens: list[str]) -> None:
        self.tokens = tokens
        self.at = 0

    def run(self, mathematics: bool) -> float:
        """Up to the end or the closing brace."""
        wide = 0.0
        while self.at < len(self.tokens):
            token = self.take()
            if token == "}":
                break
            wide += self.token(token, mathematics)
        return wide

    def take(self) -> str:
        self.at += 1
        return self.tokens[self.at - 1]

    def token(self, token: str, mathematics: bool) -> float:
        if token == "{":
            return self.run(mathematics)
        if token == "$":
            return self._inner_formula()
        if not mathematics:
            return _text_width(token)
        if token in (r"\frac", r"\binom"):
            return max(self.group(), self.group()) + (0.4 if token == r"\frac" else 1.2)
        if token == r"\sqrt":
            return 1.0 + self.group()
        if token in (r"\text", r"\operatorname", r"\operatorname*"):
            return self.group(mathematics=False) + 0.2
        if token == r"\begin":
            self.group()
            return self.environment()
        if token in _BIG and self.peek() in ("_", "^"):
            return self.limits(1.6 if token in _BIG[:3] else 1.9)
        if token in "_^":
            return _SCRIPT * self.scripts(token)
        return _math_width(token)

    def environment(self) -> float:
        """The widest row of an environment, up to its end."""
        rows = [1.5]
        while self.at < len(self.tokens):
            token = self.take()
            if token == r"\end":
                self.group()
                break
            if token == r"\\":
                rows.append(1.5)
            else:
                rows[-1] += 1.0 if token == "&" else self.token(token, mathematics=True)
        return max(rows)

    def _inner_formula(self) -> float:
        """$…$ inside text, or text after it."""
        end = self.tokens.index("$", self.at) if "$" in self.tokens[self.at :] else len(self.tokens)
        inner = _Reader(self.tokens[self.at : end]).run(mathematics=True)
        self.at = end + 1
        return inner

    def peek(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def group(self, mathematics: bool = True) -> float:
        """The next group or token."""
        while self.peek().isspace():
            self.at += 1
        if self.peek() == "[":  # the degree of a root
            while self.take() != "]":
                pass
        return self.token(self.take(), mathematics) if self.at < len(self.tokens) else 0.0

    def scripts(self, first: str) -> float:
        """A subscript and a superscript stand above each other."""
        wide = self.group()
        if self.peek() in ("_", "^") and self.peek() != first:
            self.take()
            wide = max(wide, self.group())
        return wide

    def limits(self, symbol: float) -> float:
        wide = symbol
        while self.peek() in ("_", "^"):
            self.take()
            wide = max(wide, _SCRIPT * self.group())
        return wide + 0.17


def _text_width(token: str) -> float:
    if token.isspace():
        return 0.34
    return _WORD * (1 if len(token) <= 2 else 0.8)


def _math_width(token: str) -> float:
    if token in _COMMANDS:
        return _COMMANDS[token]
    if token.startswith("\\"):
        return 0.7
    if token.isspace():
        return 0.0
    if token in "=<>":
        return 1.4
    if token in "+-":
        return 1.25
    if token in "()[]|!/,;:.'":
        return 0.45
    if token.isdigit():
        return 0.51
    return 0.9 if token in "mwMW" else 0.78 if token.isupper() else 0.59
