"""``symbolic-mle check`` and ``symbolic-mle mark``: claims and workings, for people and for graders."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from symbolic_mle.errors import DataError, ModelError


def check(options: argparse.Namespace) -> None:
    """Print the verdict on the claimed estimators."""
    from symbolic_mle import check as verdict_on

    model = _model(options)
    verdict = verdict_on(model, _claims(options.claim))
    if options.format == "json":
        print(json.dumps(verdict.to_dict(), ensure_ascii=False, indent=2))
        return
    print(str(verdict))
    found = verdict.counterexample
    if found is not None:
        known = "".join(f", {name} = {value:g}" for name, value in found.known.items())
        print(f"Data: {found.data}{known}")
        for word, values, height in (
            ("claimed", found.claimed, found.claimed_log_likelihood),
            ("true", found.true, found.true_log_likelihood),
        ):
            if values is not None:
                shown = ", ".join(f"{name} = {value:.6g}" for name, value in values.items())
                print(f"  {word:8}{shown}" + ("" if height is None else f"   log L = {height:.6g}"))


def _claims(texts: list[str]) -> dict[str, str]:
    """["theta = max(x)"] → {"theta": "max(x)"}."""
    found: dict[str, str] = {}
    for text in texts:
        name, equals, formula = text.partition("=")
        if not equals or not name.strip() or not formula.strip():
            raise ModelError(f"--claim: {text!r} has no form 'parameter = formula', as in 'theta = max(x)'")
        found[name.strip()] = formula.strip()
    return found


def mark(options: argparse.Namespace) -> int:
    """Mark a working, a folder of them, or a table of them; 1 when some could not be marked, 0 when all were."""
    from symbolic_mle.cli import results as shown
    from symbolic_mle.errors import ReadingError
    from symbolic_mle.marking import Results, read_workings

    workings = read_workings(Path(options.file), options.who, options.working)
    marked = _all_marked(_model(options), workings, options.jobs)
    results = Results.of(marked)
    if options.output:
        shown.write(Path(options.output), marked, results, options.format)
        shown.show(results)
    elif options.format == "json":
        print(json.dumps(shown.plain(marked, results), ensure_ascii=False, indent=2))
    elif len(marked) > 1 and options.format == "text":
        shown.show(results)
    else:
        for report in marked.values():
            print(f"not marked: {report}" if isinstance(report, ReadingError) else _written(report, options))
    return int(any(isinstance(report, ReadingError) for report in marked.values()))


def _all_marked(model: Any, workings: Mapping[str, Any], jobs: int) -> dict[str, Any]:
    """{who: report or error}, with a bar on the terminal."""
    from concurrent.futures import BrokenExecutor, ProcessPoolExecutor

    from symbolic_mle.cli.progress import watched
    from symbolic_mle.marking import mark_many

    texts = list(workings.values())
    if jobs == 1 or len(texts) == 1:
        reports = list(watched(mark_many(model, texts), len(texts)))
    else:
        try:
            with ProcessPoolExecutor(min(jobs, len(texts))) as executor:
                reports = list(watched(mark_many(model, texts, executor), len(texts)))
        except BrokenExecutor:
            raise DataError(
                "a process of --jobs was ended from outside, perhaps for want of memory; try fewer"
            ) from None
    return dict(zip(workings, reports, strict=True))


def _written(report: Any, options: argparse.Namespace) -> str:
    """The report in a format of documents."""
    whole = {"document": True} if options.document and options.format in ("latex", "html") else {}
    return str(getattr(report, f"to_{options.format}")(**whole)).rstrip("\n")


def _model(options: argparse.Namespace) -> Any:
    from symbolic_mle import Model
    from symbolic_mle.cli.request import specification

    return Model.parse(**specification(options))
