"""Which name a relation is about: "lambda > 0" → lambda, "mu real" → mu, "b: a < b" → b.

Only the names are looked for here; the relation itself is read by the model.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from symbolic_mle.errors import ModelError

NAME = re.compile(r"\\?[^\W\d_](?:\w*[^\W_])?")  # a LaTeX name keeps its backslash, and a Greek letter is a letter
NUMBER = re.compile(r"(?<!\w)\d+(?:\.\d*)?(?:e[+-]?\d+)?")
WORDS = frozenset(("integer", "real", "in", "is", "an", "and", "or", "pi", "π", "e", "oo", "inf", "infinity"))
FUNCTIONS = frozenset(("sqrt", "exp", "log", "abs", "Abs"))
REAL = re.compile(rf"({NAME.pattern})(?:\s*∈\s*|\s+in\s+|\s+is\s+|\s+)(?:real|R|ℝ)")
INTEGER = re.compile(rf"({NAME.pattern})\s+(?:is\s+)?(?:an\s+)?integer")


def spaces(relations: Sequence[str], option: str, taken: Collection[str] = ()) -> dict[str, str]:
    """What each relation is about → the relation as ``Model.parse`` reads it, in the order given.

    A name that another relation is about, or that is ``taken``, is not what a relation with two names is about.

    >>> spaces(["lambda > 0", "mu real", "b: a < b"], "--parameter")
    {'lambda': 'lambda > 0', 'mu': '', 'b': 'a < b'}
    """
    stripped = [_subject_and_relation(text) for text in relations]
    subjects = _subjects([named or "" for named, _ in stripped], [text for _, text in stripped], option, set(taken))
    found: dict[str, str] = {}
    for subject, (_, text) in zip(subjects, stripped, strict=True):
        if subject in found:
            raise ModelError(f"{option}: {subject!r} is given twice; join its relations with a comma, '0 < p, p < 1'")
        found[subject] = _readable(text)
    return found


def _subject_and_relation(text: str) -> tuple[str | None, str]:
    """The text "b: a < b" → ("b", "a < b"); the subject is None when it is not spelled out."""
    before, colon, after = text.partition(":")
    if colon and NAME.fullmatch(before.strip()) and not after.startswith("="):
        return before.strip(), after.strip()
    return None, text.strip()


def _subjects(named: list[str], texts: Sequence[str], option: str, taken: set[str]) -> list[str]:
    """Settle the relations with one possible name, which leaves fewer names to the others, until all are settled."""
    while "" in named:
        settled = taken | set(named)
        choices = [[n for n in _names_in(t) if n not in settled] or _names_in(t) for t in texts]
        clear = [i for i, subject in enumerate(named) if not subject and len(choices[i]) == 1]
        if not clear:
            unclear = named.index("")
            raise ModelError(_unclear(option, texts[unclear], choices[unclear]))
        named[clear[0]] = choices[clear[0]][0]
    return named


def _unclear(option: str, text: str, names: Sequence[str]) -> str:
    if not names:
        return f"{option}: {text!r} names nothing; write a name and its space, as in 'lambda > 0' or 'mu real'"
    options = " or ".join(repr(f"{name}: {text}") for name in names)
    return f"{option}: {text!r} could be about {' or '.join(names)}; write {options}"


def _names_in(text: str) -> list[str]:
    """The names in a relation, each once, without words such as "real" and functions such as "sqrt"."""
    found = NAME.findall(NUMBER.sub(" ", REAL.sub(r"\1", text)))
    return list(dict.fromkeys(name for name in found if name not in WORDS | FUNCTIONS))


def _readable(text: str) -> str:
    """Words made plain: "mu" and "mu real" are no restriction, "N integer, N >= 1" is "integer, N >= 1"."""
    parts = [part.strip() for part in re.split(r",(?![^{(\[]*[})\]])", text)]
    kept = ["integer" if INTEGER.fullmatch(part) else part for part in parts if not REAL.fullmatch(part)]
    return ", ".join(part for part in kept if not NAME.fullmatch(part) or part == "integer")
