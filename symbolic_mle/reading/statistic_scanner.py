r"""Text with sums over the sample → tokens: ∑ᵢ, \prod_{i=1}^n, \max_i, \overline{x^2}, sum(…), x_(n), \hat{\theta}_{ML}.

What the sample is summed by is one token of kind "aggregate": its ``value`` says how ("sum", "mean", "max" …) and its
``stem`` holds the index letter, "" where none is written. Sums run over the whole sample, so limits other than 1 … n are
refused. Knows no grammar.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from symbolic_mle.reading.characters import LOWERED, MARKS
from symbolic_mle.reading.commands import ACCENTS
from symbolic_mle.reading.refusal import quote
from symbolic_mle.reading.scanner import PIECES
from symbolic_mle.reading.tokenizer import LatexScanner

#: Words and signs → how the sample is put together.
AGGREGATES: Mapping[str, str] = MappingProxyType(
    {"sum": "sum", "Sum": "sum", "∑": "sum", "Σ": "sum", "prod": "product", "Prod": "product", "product": "product"}
    | {"Product": "product", "∏": "product", "Π": "product", "max": "max", "Max": "max", "min": "min", "Min": "min"}
    | {"mean": "mean", "Mean": "mean", "avg": "mean", "average": "mean", "median": "median", "med": "median"}
    | {"Median": "median"}
)
_HEAD = "sum|Sum|prod|Prod|product|Product|max|Max|min|Min|mean|Mean|avg|average|median|med|Median"
_WORD = re.compile(rf"({_HEAD})(?:_([a-z]))?")
_STYLE = r"(?:\\(?:text|mathrm|textrm|mathit|textit|rm|mathsf)\s*)?"
_LABEL = rf"\{{\s*{_STYLE}\{{?\s*(?:MLE?|mle?|ML|ml)\s*\}}?\s*\}}"
_ESTIMATE_LABEL = re.compile(rf"[_^]\s*(?:{_LABEL}|{_STYLE}\{{(?:MLE?|mle?)\}}|(?:MLE|mle|ML)(?![A-Za-z]))")
_BELOW = re.compile(
    rf"\ *_\ *(?:\{{((?:[^{{}}]|\{{[^{{}}]*\}})*)\}}|\(([^()]*)\)|([A-Za-z0-9]))"
    rf"|([{re.escape(''.join(LOWERED))}₌]+)|\ *\\(?:limits|nolimits)"
)
_ABOVE = re.compile(r"\ *\^\ *(?:\{([^{}]*)\}|\(([^()]*)\)|([A-Za-z0-9]))|([ⁿᴺᵐ])")
_INDEX = re.compile(r"\s*([a-z])\s*(?:=\s*1\s*)?|\s*1\s*(?:\\leq?|≤|<=)\s*([a-z])\s*(?:\\leq?|≤|<=)\s*[nNm]\s*")
_RANKED = re.compile(r"_\(\s*([A-Za-z0-9]+)\s*\)")
_SQUARED = re.compile(r"\s*(.+?)\s*\^\s*\{?\s*2\s*\}?\s*", re.DOTALL)


class StatisticScanner(LatexScanner):
    """The scanner with sums, means and order statistics."""

    pattern = re.compile(PIECES + r"| (?P<head>[∑∏ΣΠ]) | (?P<dots>\.\.)", re.VERBOSE)

    def __init__(self, text: str, whole: str | None = None, offset: int = 0) -> None:
        if whole is None:  # labels such as \hat\theta_{ML} give way to spaces, so that positions stay true
            text = _ESTIMATE_LABEL.sub(lambda found: " " * len(found[0]), text)
        super().__init__(text, whole, offset)

    def greek(self, match: re.Match[str]) -> None:
        if match[0][0] in AGGREGATES:
            self.aggregate(AGGREGATES[match[0][0]], match.start(), match.start() + 1)
        else:
            super().greek(match)

    def head(self, match: re.Match[str]) -> None:
        self.aggregate(AGGREGATES[match[0]], match.start(), match.end())

    def dots(self, match: re.Match[str]) -> None:
        """1..n, the limits of a sum."""
        self.add("...", "..", match.start(), match.end())

    def word(self, match: re.Match[str]) -> None:
        found = _WORD.fullmatch(match[0])
        if found is None:
            super().word(match)
        elif found[2]:
            self.add("aggregate", AGGREGATES[found[1]], match.start(), match.end(), stem=found[2])
            self.limits(found[2])
        else:
            self.aggregate(AGGREGATES[found[1]], match.start(), match.end())

    def command(self, match: re.Match[str]) -> None:
        name = match[0][1:]
        if name in AGGREGATES and name.islower():
            self.aggregate(AGGREGATES[name], match.start(), match.end())
        else:
            super().command(match)

    def aggregate(self, kind: str, start: int, end: int) -> None:
        """The head with its limits."""
        self.add("aggregate", kind, start, end)
        self.limits("")

    def limits(self, index: str) -> None:
        """What stands below and above a head: the index, from 1 to n."""
        while True:
            below, above = _BELOW.match(self.text, self.position), _ABOVE.match(self.text, self.position)
            found = below or above
            if found is None or (above and not below and not index):
                break
            if below:
                inside = (
                    "".join(LOWERED.get(c, "=") for c in below[4]) if below[4] else below[1] or below[2] or below[3]
                )
                index = self.index_of(inside, below.start()) if inside else index
            elif (top := found[1] or found[2] or found[3] or found[4]).strip() not in ("n", "N", "ⁿ", "ᴺ"):
                raise self.refuse(found.start(), f"the upper limit {quote(top)}", "n", "sums are over the whole sample")
            self.position = found.end()
        self.found[-1] = self.found[-1]._replace(stem=index)

    def index_of(self, inside: str, start: int) -> str:
        found = _INDEX.fullmatch(inside)
        if found is None:
            raise self.refuse(start, f"the limits {quote(inside)}", "an index that runs from 1", "as in ∑_{i=1}^n")
        return found[1] or found[2] or ""

    def accent(self, name: str, start: int, end: int) -> None:
        r"""\bar{x} is a name; \overline{x^2} is the mean of what stands under it; \hat{\sigma^2} is \hat{\sigma}^2."""
        opening = end + len(self.text[end:]) - len(self.text[end:].lstrip())
        if not self.text.startswith("{", opening):
            return super().accent(name, start, end)
        closing = self.closing(opening)
        inside = self.text[opening + 1 : closing]
        squared = _SQUARED.fullmatch(inside)
        if ACCENTS[name] == "hat" and squared:
            self.marked_name(squared[1], start, closing + 1, "hat")
            self.add("^", "^", closing, closing)
            self.add("number", "2", closing, closing + 1)
            return None
        tokens = StatisticScanner(inside, self.whole, self.offset + opening + 1).tokens()
        if len(tokens) == 2 and tokens[0].kind == "name":
            return self.name(tokens[0].value, start, closing + 1, mark=ACCENTS[name])
        if ACCENTS[name] == "bar":
            self.add("aggregate", "mean", start, opening)
            return None
        return super().accent(name, start, end)

    def marked_name(self, inside: str, start: int, end: int, mark: str) -> None:
        tokens = StatisticScanner(inside, self.whole, start + self.offset).tokens()
        if len(tokens) != 2 or tokens[0].kind != "name":
            raise self.refuse(start, f"a mark over {quote(inside)}", "one name under the mark")
        self.name(tokens[0].value, start, end, mark=mark)

    def closing(self, opening: int) -> int:
        depth = 0
        for place in range(opening, len(self.text)):
            depth += (self.text[place] == "{") - (self.text[place] == "}")
            if depth == 0:
                return place
        raise self.refuse(opening, "a brace that is not closed", "'}'")

    def name(self, base: str, start: int, end: int, *, stem: str = "", greek: bool = False, mark: str = "") -> None:
        """A name with its mark and subscript; x_(n) in plain text is an order statistic."""
        if not mark and end < len(self.text) and self.text[end] in MARKS:
            mark, end = MARKS[self.text[end]], end + 1
        ranked = _RANKED.match(self.text, end)
        if ranked and not mark:
            self.add("name", f"{base}_({ranked[1]})", start, ranked.end())
        else:
            super().name(base, start, end, stem=stem, greek=greek, mark=mark)

    def blackboard(self, inside: str, start: int, stop: int) -> None:
        if inside in ("E", "P"):
            self.name(inside, start, stop)
        else:
            super().blackboard(inside, start, stop)
