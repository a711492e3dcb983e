"""Many workings: from files, folders and tables, on any executor of ``concurrent.futures``."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

from symbolic_mle.errors import DataError, ReadingError
from symbolic_mle.marking.report import WorkingReport
from symbolic_mle.marking.working import MAX_CHARACTERS, mark_lines, prepared

BATCH = 8  # workings that one worker marks with one derivation
SUFFIXES = (".txt", ".md", ".tex")
_PREAMBLE = re.compile(r".*\\begin\{document\}|\\end\{document\}.*", re.DOTALL)
_COMMENT = re.compile(r"(?<!\\)%.*")
_DISPLAY = re.compile(
    r"\\begin\{(?P<name>align|aligned|equation|gather|eqnarray)\*?\}.*?\\end\{(?P=name)\*?\}|\\\[.*?\\\]|\$\$.*?\$\$",
    re.DOTALL,
)


def mark_many(
    model: Any, workings: Sequence[Sequence[str]], executor: Executor | None = None
) -> Iterator[WorkingReport | ReadingError]:
    """The reports of many workings, in their order; a working that cannot be read gives its error.

    ``executor`` is anything with the ``map`` of ``concurrent.futures``: threads, processes, or a Dask client's executor. The
    model is derived once, or once for each batch of an executor.
    """
    if executor is None:
        return _marked(model, workings)
    batches = [workings[k : k + BATCH] for k in range(0, len(workings), BATCH)]
    return chain.from_iterable(executor.map(partial(_marked_batch, model), batches))


def _marked(model: Any, workings: Sequence[Sequence[str]]) -> Iterator[WorkingReport | ReadingError]:
    bench = prepared(model)
    for lines in workings:
        try:
            yield mark_lines(list(lines), bench)
        except ReadingError as error:
            yield error


def _marked_batch(model: Any, workings: Sequence[Sequence[str]]) -> list[WorkingReport | ReadingError]:
    return list(_marked(model, workings))


def lines_of(text: str, suffix: str = ".txt") -> list[str]:
    """The lines of a working: those of the text, or of a LaTeX or Markdown file with each displayed formula as one line."""
    if len(text) > MAX_CHARACTERS * 2:
        raise ReadingError(f"the working has {len(text)} characters, and at most {MAX_CHARACTERS} are read")
    if suffix == ".tex":
        text = _PREAMBLE.sub("", "\n".join(_COMMENT.sub("", line) for line in text.splitlines()))
    if suffix in (".tex", ".md"):
        text = _DISPLAY.sub(lambda found: "\n" + " ".join(found[0].split()) + "\n", text)
    return [line.strip() for line in text.splitlines() if line.strip() and not line.strip().startswith(("#", "```"))]


def read_workings(path: Path) -> dict[str, list[str]]:
    """{name: lines} from a file, a folder of files, or a CSV with the columns id and working."""
    if path.is_dir():
        files = sorted(p for p in path.iterdir() if p.suffix in SUFFIXES)
        if not files:
            raise DataError(f"{path}: no file ends in {', '.join(SUFFIXES)}")
        return {p.name: lines_of(_text(p), p.suffix) for p in files}
    if path.suffix == ".csv":
        return _table(path)
    return {path.name: lines_of(_text(path), path.suffix)}


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise DataError(f"{path}: the file is not text in UTF-8") from None


def _table(path: Path) -> dict[str, list[str]]:
    rows = list(csv.DictReader(_text(path).splitlines(keepends=True)))
    if not rows or not {"id", "working"} <= set(rows[0]):
        raise DataError(f"{path}: a table of workings needs the columns id and working")
    return {str(row["id"]): lines_of(row["working"] or "") for row in rows}
