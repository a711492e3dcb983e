"""The marks for a working, as records and as a document: the student's lines with marks and comments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from symbolic_mle.exposition import document as d
from symbolic_mle.exposition.prose import phrase
from symbolic_mle.render import html, json, latex, markdown, text

FOLLOWS, ONLY_IF, WRONG, NOT_UNDERSTOOD, CARRIED, DOES_NOT_FOLLOW, AFTER = (
    "follows",
    "follows only if",
    "wrong",
    "not understood",
    "follows (error carried forward)",
    "does not follow",
    "after the first wrong line",
)
_MARKS = {FOLLOWS: "✓", ONLY_IF: "✓", WRONG: "✗", NOT_UNDERSTOOD: "?", CARRIED: "→", DOES_NOT_FOLLOW: "✗", AFTER: "?"}
_OBJECTS = {
    "density": "the density of the model",
    "likelihood": "the likelihood, up to factors free of the parameters",
    "log-likelihood": "the log-likelihood, up to terms free of the parameters",
    "score": "the derivative of the log-likelihood",
    "second derivative": "the second derivative of the log-likelihood",
    "estimate": "the maximum likelihood estimate",
    "equation": "holds at the maximum",
}
MISSING = {
    "no-second-order-check": "a check that the zero of the score is the maximum",
    "boundary-not-treated": "the boundary of the parameter space",
    "existence-not-treated": "the data for which there is no maximum",
    "no-independence-statement": "the independence of the observations, which makes the likelihood a product",
}


@dataclass(frozen=True)
class LineVerdict:
    """A line and what is said of it. ``verdict`` is one of the words above; ``what`` names the objects in it."""

    text: str
    verdict: str
    mistake: str | None = None
    comment: str = ""
    what: tuple[str, ...] = ()

    @property
    def remark(self) -> str:
        """The comment, or what the line is where it is right."""
        if self.verdict == FOLLOWS:
            known = [_OBJECTS[kind] for kind in self.what if kind in _OBJECTS]
            return "; ".join(known)
        if self.verdict == CARRIED:
            return f"{self.comment} (error carried forward)"
        if self.verdict == AFTER:
            return "not judged, after the first wrong line"
        if self.verdict == NOT_UNDERSTOOD:
            return f"not understood: {self.comment}"
        return f"{self.mistake}: {self.comment}" if self.mistake else self.comment


@dataclass(frozen=True)
class WorkingReport:
    """The verdicts of all lines. ``first_wrong`` counts from 0; ``incomplete`` lists what a strict marker misses.

    For its document: ``title``, what the first wrong line should be (``expected``), and ``remarks`` on the result.
    """

    lines: tuple[LineVerdict, ...]
    first_wrong: int | None
    mistake: str | None
    explanation: str
    incomplete: tuple[str, ...]
    title: d.Inlines = field(default=("Marked working",), repr=False)
    expected: d.Inlines = field(default=(), repr=False)
    remarks: tuple[d.Inlines, ...] = field(default=(), repr=False)

    def to_dict(self) -> dict[str, Any]:
        """Plain data with stable words, for graders: what ``json.dumps`` takes."""
        return {
            "lines": [asdict(line) for line in self.lines],
            "first_wrong": self.first_wrong,
            "mistake": self.mistake,
            "explanation": self.explanation,
            "incomplete": list(self.incomplete),
        }

    def told(self) -> d.Document:
        """The document tree."""
        rows = [self._row(number, line) for number, line in enumerate(self.lines)]
        after = [d.Paragraph((self.explanation,)), *(d.Paragraph(r) for r in self.remarks)]
        if self.incomplete:
            after.append(d.Paragraph((f"Missing for full marks: {'; '.join(MISSING[w] for w in self.incomplete)}.",)))
        return d.document(self.title, d.definitions(*rows), d.section("Verdict", *after))

    def _row(self, number: int, line: LineVerdict) -> d.Row:
        blocks: list[d.Block] = [d.paragraph(_on_one_line(line.text))]
        blocks += [d.Paragraph(inlines) for inlines in self._comments(number, line)]
        return d.row(f"{_MARKS[line.verdict]} {number + 1}", *blocks)

    def _comments(self, number: int, line: LineVerdict) -> Iterator[d.Inlines]:
        if line.remark:
            yield (d.Emphasis(f"– {line.remark}"),)
        if number == self.first_wrong and self.expected:
            yield phrase("– expected {formula}", formula=self.expected)

    def to_text(self, width: int = 100, ascii: bool = False) -> str:
        """Plain text for a terminal, Unicode unless ``ascii``."""
        return text.render(self.told(), width, ascii)

    def to_latex(self, document: bool = False) -> str:
        """LaTeX as a fragment, or as a document that compiles by itself (amsmath, amssymb, amsthm)."""
        return latex.render(self.told(), standalone=document)

    def to_markdown(self) -> str:
        """Markdown with $…$ and $$…$$."""
        return markdown.render(self.told())

    def to_html(self, document: bool = False) -> str:
        """HTML with MathML."""
        return html.render(self.told(), standalone=document)

    def to_json(self, indent: int | None = None) -> str:
        """The document tree as JSON; ``to_dict`` has the verdicts as words."""
        return json.render(self.told(), indent)

    def __str__(self) -> str:
        return self.to_text()

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        """What Jupyter shows."""
        return {"text/plain": self.to_text(), "text/markdown": self.to_markdown(), "text/latex": self.to_latex()}


def unmarked(reason: str) -> WorkingReport:
    """The report on a working that could not be read."""
    return WorkingReport((), None, None, f"This working was not marked: {reason}.", (), ("Working",))


def _on_one_line(text: str) -> str:
    """What was written, without line breaks and control characters."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split()) or " "
