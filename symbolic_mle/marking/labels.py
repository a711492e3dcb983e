r"""Names of objects in a working: L(θ), log L, ℓ′(λ), \frac{d\ell}{d\theta}, ∂²ℓ/∂μ², f(x; θ) → which object, at which point.

A label is recognised as a whole side of a relation, from a spelling in which LaTeX, Unicode and plain text look alike. What is
no label is None and left to the reading of expressions.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from symbolic_mle.reading.characters import FOLDED, GREEK, GREEK_NAMES, RAISED

MAX_LENGTH = 300  # of a label


class Kind(StrEnum):
    """What a label names."""

    DENSITY = "density"
    LIKELIHOOD = "likelihood"
    LOG_LIKELIHOOD = "log-likelihood"


@dataclass(frozen=True)
class Label:
    """The object, differentiated by ``by``. ``arguments`` are the texts of its arguments, () when none are written."""

    kind: Kind
    by: tuple[str, ...] = ()
    arguments: tuple[str, ...] = ()


_SPACES = re.compile(r"\\(?:left|right|[bB]igg?[lr]?|displaystyle|limits|quad|qquad|[,;:! >])|\s+|~|\$")
_SCRIPT_L = re.compile(r"\\(?:mathcal|mathscr|mathrm|operatorname|mathbf)\s*\{?\s*([Ld])\s*\}?")
_COMMANDS = {"partial": "∂", "ell": "ℓ", "ln": "log", "log": "log", "prime": "′", "mid": "|", "vert": "|", "nabla": "∇"}
_POWER = re.compile(r"\^\(?(\d)\)?")
_LIKELIHOOD = re.compile(r"(?:L|Lik|lik|[Ll]ikelihood)(?:_n|_\(n\)|_x)?(?P<arguments>\(.*\))?")
_LOG_LIKELIHOOD = re.compile(r"(?:ℓ|l|LL|[Ll]og-?[Ll]ik(?:elihood)?)(?:_n|_\(n\)|_p|_\(p\))?(?P<arguments>\(.*\))?")
_PRIMED = re.compile(
    r"(?P<object>ℓ|l|logL|L)(?:_n|_p)?(?:(?P<primes>′+)|\^\((?P<marks>′+)\)|\^(?P<mark>′+))(?P<arguments>\(.*\))?"
)
_SCORE = re.compile(r"(?:U|u|[Ss]core|S|s)(?:_n)?(?P<arguments>\(.*\))")
_DENSITY = re.compile(r"(?:f|p|g|P|Pr|pmf|pdf)(?:_[A-Za-z]\w*|_\([^()]*\))?\((?P<inside>[A-Za-z].*)\)")


_EVALUATED = re.compile(r"(?:\\right|\\[bB]igg?r?)?\s*(?:\||\\vert|\\rvert)\s*_\s*(?:\{.*\}|\(.*\)|\S+)\s*$")


def plain(text: str) -> str:
    """The text in one spelling: no spaces, brackets round, fractions with a slash, Greek letters by name."""
    text = text.translate(FOLDED)
    text = _SCRIPT_L.sub(r"\1", text)
    text = _fractions(text)
    text = re.sub(
        r"\\([A-Za-z]+)",
        lambda m: _COMMANDS.get(m[1], m[1] if m[1] in GREEK_NAMES or m[1].startswith("var") else m[0]),
        text,
    )
    text = _SPACES.sub("", text)
    text = re.sub(r"\\(?:hat|widehat)\{?([A-Za-z]+)\}?", r"\1_hat", text)
    text = "".join(GREEK.get(c, c) if c != "ℓ" else c for c in text)
    text = re.sub(f"[{re.escape(''.join(RAISED))}]+", lambda m: "^" + "".join(RAISED[c] for c in m[0]), text)
    text = text.replace("″", "′′").replace("'", "′").replace('"', "′′").replace("’", "′")
    text = re.sub(r"([A-Za-z])\u0302", r"\1_hat", text)
    text = re.sub(r"\^\{(\d)\}", r"^\1", text)
    text = text.replace("{", "(").replace("}", ")").replace("[", "(").replace("]", ")")
    return re.sub(r"(?<![A-Za-z])ln(?=[^a-z]|$)|(?<=[(/d])ln(?=\(?L)", "log", text)


def _fractions(text: str) -> str:
    r"""\frac{a}{b} → (a)/(b)."""
    for _ in range(8):
        match = re.search(
            r"\\[dt]?frac\s*\{([^{}]*(?:\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}[^{}]*)*)\}\s*\{([^{}]*(?:\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}[^{}]*)*)\}",
            text,
        )
        if match is None:
            break
        text = f"{text[: match.start()]}({match[1]})/({match[2]}){text[match.end() :]}"
    return text


class LabelReader:
    """Reads labels of a model with these parameters. ``spellings`` are other ways to write a parameter's name."""

    def __init__(
        self, parameters: Sequence[str], spellings: Mapping[str, str], taken: frozenset[str], observed: frozenset[str]
    ) -> None:
        self.parameters = tuple(parameters)
        self.taken = taken
        self.observed = observed
        found: dict[str, str] = {}
        for name in (*parameters, *spellings):
            meant = spellings.get(name, name)
            found[name] = meant
            found[name.replace("_", "")] = meant
            if squared := re.fullmatch(r"([A-Za-z]+)2(.*)", name):
                found[f"{squared[1]}{squared[2]}^2"] = found[f"{squared[1]}^2{squared[2]}"] = meant
                found[f"({squared[1]}{squared[2]})^2"] = meant
        self.names = dict(sorted(found.items(), key=lambda item: -len(item[0])))

    def read(self, text: str) -> Label | None:
        """The label that the text is, or None."""
        if len(text) > MAX_LENGTH:
            return None
        bar = _EVALUATED.search(text)
        if bar is not None:
            found = self.read(text[: bar.start()])
            return found and Label(found.kind, found.by, tuple(f"{p}_hat" for p in self.parameters))
        spelled = plain(text)
        return (
            self.object(spelled)
            or self.primed(spelled)
            or self.quotient(spelled)
            or self.score(spelled)
            or self.density(spelled)
        )

    def object(self, text: str) -> Label | None:
        """L(θ), log L(θ), ℓ(θ)."""
        logged = False
        while True:
            stripped = _unbracketed(text)
            if stripped.startswith("log") and not logged and len(stripped) > 3 and stripped[3] in "L(":
                text, logged = stripped[3:], True
            elif stripped == text:
                break
            else:
                text = stripped
        found = _LIKELIHOOD.fullmatch(text)
        if found and "L" not in self.taken:
            arguments = self.arguments(found["arguments"])
            return (
                None if arguments is None else Label(Kind.LOG_LIKELIHOOD if logged else Kind.LIKELIHOOD, (), arguments)
            )
        found = None if logged else _LOG_LIKELIHOOD.fullmatch(text)
        if found and text[0] not in self.taken:
            arguments = self.arguments(found["arguments"])
            return None if arguments is None else Label(Kind.LOG_LIKELIHOOD, (), arguments)
        return None

    def arguments(self, given: str | None) -> tuple[str, ...] | None:
        """The texts between the brackets, up to "; x" or "| x"; None when the brackets are no list of arguments."""
        if given is None:
            return ()
        if not _is_bracketed(given):
            return None
        parts = re.split(r"[;|]", given[1:-1], maxsplit=1)
        data_first = len(parts) > 1 and not self.parameter(_pieces(parts[0])[0].removesuffix("_hat"))
        pieces = _pieces(parts[-1] if data_first else parts[0])
        kept = [
            p
            for p in pieces
            if not re.fullmatch(r"(?:x|X)(?:_.*)?|…|\.\.\.|\\l?dots|data|n", p) or self.parameter(p) or "(" in p
        ]
        return tuple(kept) if len(kept) <= len(self.parameters) else None

    def parameter(self, text: str) -> str | None:
        return self.names.get(text) or self.names.get(_unbracketed(text))

    def primed(self, text: str) -> Label | None:
        """ℓ′(θ), l''(θ)."""
        found = _PRIMED.fullmatch(_unbracketed(text))
        if found is None or len(self.parameters) != 1 and not found["arguments"]:
            return None
        arguments = self.arguments(found["arguments"])
        if arguments is None:
            return None
        order = len(found["primes"] or found["marks"] or found["mark"])
        by = self.parameters[0]
        if len(self.parameters) > 1:
            named = [self.parameter(a.removesuffix("_hat")) for a in arguments]
            if len(named) != 1 or named[0] is None:
                return None
            by = named[0]
        kind = Kind.LIKELIHOOD if found["object"] == "L" else Kind.LOG_LIKELIHOOD
        return Label(kind, (by,) * order, arguments)

    def score(self, text: str) -> Label | None:
        """U(θ), S(θ), score(θ)."""
        found = _SCORE.fullmatch(text)
        if found is None or re.split(r"[(_]", text)[0] in self.taken or len(self.parameters) != 1:
            return None
        arguments = self.arguments(found["arguments"])
        if not arguments or any(self.parameter(a.removesuffix("_hat")) is None for a in arguments):
            return None
        return Label(Kind.LOG_LIKELIHOOD, self.parameters, arguments)

    def quotient(self, text: str) -> Label | None:
        """d ℓ/dθ, ∂²/∂θ² log L(θ), d(ln L)/db."""
        match = re.match(r"\(*([d∂])", text)
        slash = _slash(text)
        if match is None or slash is None:
            return None
        above, below = _unbracketed(text[:slash]), text[slash + 1 :]
        above = above[1:] if above[:1] in "d∂" else ""
        power = _POWER.match(above)
        order = int(power[1]) if power else 1
        above = above[power.end() :] if power else above
        found = self.variables(below)
        if found is None:
            return None
        by, rest = found
        inner = self.object(above or rest)
        if inner is None or (above and rest) or len(by) != order:
            return None
        return Label(inner.kind, by, inner.arguments)

    def variables(self, text: str) -> tuple[tuple[str, ...], str] | None:
        """dθ², ∂μ∂σ² → the parameters, and what comes after."""
        if text.startswith("(") and (end := _matching(text)) and text[1:2] in "d∂":
            found = self.variables(text[1:end])
            return (found[0], text[end + 1 :]) if found and not found[1] else None
        by: list[str] = []
        while text[:1] in ("d", "∂") and text:
            best = next((n for n in self.names if text[1:].startswith(n)), None)
            bracketed = re.match(r"\(([^()]*)\)", text[1:])
            if bracketed and self.parameter(bracketed[1]):
                name, length = self.names[bracketed[1]], bracketed.end()
            elif best is not None:
                name, length = self.names[best], len(best)
            else:
                break
            rest = text[1 + length :]
            power = _POWER.match(rest)
            by += [name] * (int(power[1]) if power else 1)
            text = rest[power.end() :] if power else rest
            if best and not power and self.names[best].endswith("2") and best.endswith("^2") is False:
                continue
        return (tuple(by), text) if by else None

    def density(self, text: str) -> Label | None:
        """f(x; θ), P(X = x)."""
        found = _DENSITY.fullmatch(text)
        head = re.split(r"[(_]", text)[0]
        if found is None or head in self.taken:
            return None
        pieces = _pieces(re.split(r"[;|]", found["inside"])[0])
        first = re.split(r"[=_]", pieces[0])[0]
        if first.lower() not in self.observed or any(not self.parameter(p) for p in pieces[1:]):
            return None
        return Label(Kind.DENSITY)


def _is_bracketed(text: str) -> bool:
    return text.startswith("(") and _matching(text) == len(text) - 1


def _matching(text: str) -> int | None:
    depth = 0
    for place, letter in enumerate(text):
        depth += (letter == "(") - (letter == ")")
        if depth == 0:
            return place
    return None


def _unbracketed(text: str) -> str:
    while len(text) > 1 and _is_bracketed(text):
        text = text[1:-1]
    return text


def _slash(text: str) -> int | None:
    depth = 0
    for place, letter in enumerate(text):
        depth += (letter == "(") - (letter == ")")
        if letter == "/" and depth == 0:
            return place
    return None


def _pieces(text: str) -> list[str]:
    """The parts between commas outside of brackets."""
    depth, found = 0, [""]
    for letter in text:
        depth += (letter == "(") - (letter == ")")
        if letter == "," and depth == 0:
            found.append("")
        else:
            found[-1] += letter
    return found
