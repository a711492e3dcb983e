"""The results of a class on the terminal and in a folder: a table, the marked workings, a page, a spreadsheet."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from symbolic_mle.marking.batch import Marked
    from symbolic_mle.marking.results import Result, Results

HEADER = ("who", "verdict", "line", "mistake", "missing")
ENDINGS = {"text": ".txt", "latex": ".tex", "markdown": ".md", "html": ".html", "json": ".json"}
_UNSAFE = re.compile(r"[^\w.() -]+")
_LONGEST = 80  # characters of a file's name


def show(results: Results) -> None:
    """The table and the statistics: drawn by rich on a terminal where it is installed, else in plain columns."""
    rows = [_cells(row) for row in results.rows]
    if not (sys.stdout.isatty() and _drawn(rows)):
        widths = [max(len(row[k]) for row in [HEADER, *rows]) for k in range(4)]
        for row in [HEADER, *rows]:
            print("  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[4]]).rstrip())
    print()
    for line in statistics(results):
        print(line)


def statistics(results: Results) -> list[str]:
    """How many have which verdict, and made which first mistake."""
    lines = [f"{len(results.rows)} workings: " + _listed(results.verdicts)]
    if results.mistakes:
        lines.append("first mistakes: " + _listed(results.mistakes))
    if results.incomplete:
        lines.append("missing: " + _listed(results.incomplete))
    return lines


def _listed(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {word}" for word, count in counts.items() if count)


def _cells(row: Result) -> tuple[str, ...]:
    last = row.explanation if row.verdict == "not-marked" else ", ".join(row.incomplete)
    return row.who, row.verdict, str(row.line or ""), row.mistake or "", last


def _drawn(rows: list[tuple[str, ...]]) -> bool:
    try:
        from rich.console import Console
        from rich.table import Table
        from rich.text import Text
    except ImportError:
        return False
    table = Table(*HEADER, header_style="bold")
    styles = {"no-mistake": "green", "mistake": "red", "not-marked": "yellow", "partly-understood": "yellow"}
    for row in rows:
        table.add_row(*(Text(cell, style=styles.get(cell, "")) for cell in row))
    Console().print(table)
    return True


def plain(marked: Mapping[str, Marked], results: Results) -> dict[str, Any]:
    """All marks as plain data with stable words, for graders."""
    workings = {
        row.who: {
            "verdict": row.verdict,
            **({"error": str(report)} if isinstance(report, Exception) else report.to_dict()),
        }
        for row, report in zip(results.rows, marked.values(), strict=True)
    }
    return {"workings": workings, "class": results.to_dict()}


def write(folder: Path, marked: Mapping[str, Marked], results: Results, form: str) -> None:
    """A document for each working, a page for the class, and the table as results.csv and results.json."""
    folder.mkdir(parents=True, exist_ok=True)
    taken = {"class", "results"}
    for who, report in marked.items():
        name = _file_name(who, taken)
        (folder / (name + ENDINGS[form])).write_text(_document(report, form), encoding="utf-8")
    page = "text" if form == "json" else form
    (folder / f"class{ENDINGS[page]}").write_text(results.render(page), encoding="utf-8")
    (folder / "results.csv").write_text(results.to_csv(), encoding="utf-8-sig")
    everything = json.dumps(plain(marked, results), ensure_ascii=False, indent=2)
    (folder / "results.json").write_text(everything + "\n", encoding="utf-8")


def _document(report: Marked, form: str) -> str:
    from symbolic_mle.marking.report import unmarked

    told = unmarked(str(report)) if isinstance(report, Exception) else report
    if form == "json":
        return json.dumps(told.to_dict(), ensure_ascii=False, indent=2) + "\n"
    if form in ("latex", "html"):
        return str(getattr(told, f"to_{form}")(document=True))
    return str(getattr(told, f"to_{form}")())


def _file_name(who: str, taken: set[str]) -> str:
    """A name for a file, of letters that every system takes, and of nobody else's."""
    stem = _UNSAFE.sub("_", who).strip(" .")[:_LONGEST].rstrip(" .") or "working"
    name = next(n for n in (stem, *(f"{stem} ({k})" for k in range(2, len(taken) + 3))) if n.lower() not in taken)
    taken.add(name.lower())
    return name
