"""The results of a class: a row for each working, and how many made which first mistake.

The words of ``verdict`` are stable, as those of ``mistake`` and ``incomplete`` are:

    no-mistake          every line that says something follows
    mistake             ``line`` is the first wrong one, counted from 1, and ``mistake`` what is wrong with it
    partly-understood   no line is wrong, and some were not understood: for a person to look at
    not-marked          the working could not be read; ``explanation`` says why
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from functools import cached_property
from typing import Any

from symbolic_mle.exposition import document as d
from symbolic_mle.marking.batch import Marked
from symbolic_mle.marking.report import MISSING, NOT_UNDERSTOOD, WorkingReport
from symbolic_mle.render import html, latex, markdown, text

NO_MISTAKE, MISTAKE, PARTLY, NOT_MARKED = "no-mistake", "mistake", "partly-understood", "not-marked"
_SAID = {
    NO_MISTAKE: "no mistake",
    MISTAKE: "a mistake",
    PARTLY: "no mistake found, and lines that were not understood",
    NOT_MARKED: "not marked",
}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would compute


@dataclass(frozen=True)
class Result:
    """The marks of one working in a row."""

    who: str
    verdict: str
    line: int | None = None
    mistake: str | None = None
    incomplete: tuple[str, ...] = ()
    explanation: str = ""

    @classmethod
    def of(cls, who: str, marked: Marked) -> Result:
        if not isinstance(marked, WorkingReport):
            return cls(who, NOT_MARKED, explanation=str(marked))
        if marked.first_wrong is not None:
            found = MISTAKE
        else:
            found = PARTLY if any(v.verdict == NOT_UNDERSTOOD for v in marked.lines) else NO_MISTAKE
        line = None if marked.first_wrong is None else marked.first_wrong + 1
        return cls(who, found, line, marked.mistake, marked.incomplete, marked.explanation)


@dataclass(frozen=True)
class Results:
    """The rows of a class, in its order."""

    rows: tuple[Result, ...]

    @classmethod
    def of(cls, marked: Mapping[str, Marked]) -> Results:
        return cls(tuple(Result.of(who, report) for who, report in marked.items()))

    @cached_property
    def verdicts(self) -> dict[str, int]:
        """How many workings have which verdict; every verdict is there."""
        found = Counter(row.verdict for row in self.rows)
        return {word: found[word] for word in (NO_MISTAKE, MISTAKE, PARTLY, NOT_MARKED)}

    @cached_property
    def mistakes(self) -> dict[str, int]:
        """How many made which first mistake, the most frequent first."""
        return _counted(row.mistake for row in self.rows if row.mistake)

    @cached_property
    def incomplete(self) -> dict[str, int]:
        """How many left out what, the most frequent first."""
        return _counted(word for row in self.rows for word in row.incomplete)

    def to_dict(self) -> dict[str, Any]:
        """The statistics as plain data."""
        return {
            "count": len(self.rows),
            "verdicts": self.verdicts,
            "mistakes": self.mistakes,
            "incomplete": self.incomplete,
        }

    def to_csv(self) -> str:
        """The rows as a table for a spreadsheet; nothing in it is taken for a formula."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow([field.name for field in fields(Result)])
        for row in self.rows:
            cells = {
                **asdict(row),
                "incomplete": " ".join(row.incomplete),
                "line": row.line or "",
                "mistake": row.mistake or "",
            }
            writer.writerow([f"'{c}" if str(c).startswith(_FORMULA) else c for c in cells.values()])
        return out.getvalue()

    def told(self) -> d.Document:
        """The page of a class: how many, which mistakes, and a line for each working."""
        parts = [d.section("Class", *self._class())]
        if self.mistakes:
            parts.append(d.section("First mistakes", d.definitions(*(_counts(self.mistakes)))))
        if self.incomplete:
            missing = {f"{word}: {MISSING[word]}": count for word, count in self.incomplete.items()}
            parts.append(d.section("Missing for full marks", d.definitions(*_counts(missing))))
        rows = [d.row(row.who, d.paragraph(_sentence(row))) for row in self.rows]
        return d.document("Results", *parts, d.section("Workings", d.definitions(*rows)))

    def _class(self) -> tuple[d.Block, ...]:
        total = len(self.rows)
        said = [f"{count} with {_SAID[word]}" for word, count in self.verdicts.items() if count and word != NOT_MARKED]
        if self.verdicts[NOT_MARKED]:
            said.append(f"{self.verdicts[NOT_MARKED]} not marked")
        return (d.paragraph(f"{total} {'working' if total == 1 else 'workings'}: {', '.join(said)}."),)

    def render(self, form: str) -> str:
        """The page as text, LaTeX, Markdown or HTML, complete in itself."""
        page = self.told()
        return {
            "text": lambda: text.render(page),
            "latex": lambda: latex.render(page, standalone=True),
            "markdown": lambda: markdown.render(page),
            "html": lambda: html.render(page, standalone=True),
        }[form]()


def _counted(words: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(words).items(), key=lambda item: (-item[1], item[0])))


def _counts(counts: Mapping[str, int]) -> list[d.Row]:
    return [d.row(str(count), d.paragraph(word)) for word, count in counts.items()]


def _sentence(row: Result) -> str:
    if row.verdict == NOT_MARKED:
        return f"not marked: {row.explanation}"
    found = f"line {row.line}: {row.mistake}" if row.line else _SAID[row.verdict]
    return found + (f"; missing: {', '.join(row.incomplete)}" if row.incomplete else "")
