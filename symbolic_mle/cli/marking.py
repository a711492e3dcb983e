"""``symbolic-mle check`` and ``symbolic-mle mark``: claims and workings, for people and for graders."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from symbolic_mle.errors import ModelError


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


def mark(options: argparse.Namespace) -> None:
    """Mark a working, a folder of them, or a table of them."""
    from concurrent.futures import ProcessPoolExecutor

    from symbolic_mle.marking import mark_many, read_workings

    workings = read_workings(Path(options.file))
    model = _model(options)
    if options.jobs > 1:
        with ProcessPoolExecutor(options.jobs) as executor:
            reports = list(_watched(mark_many(model, list(workings.values()), executor), len(workings)))
    else:
        reports = list(_watched(mark_many(model, list(workings.values())), len(workings)))
    named = dict(zip(workings, reports, strict=True))
    if options.format == "json":
        print(json.dumps({name: _plain(report) for name, report in named.items()}, ensure_ascii=False, indent=2))
    elif len(named) == 1 or options.format != "text":
        for report in named.values():
            print(f"not read: {report}" if isinstance(report, Exception) else _written(report, options.format))
    else:
        width = max(map(len, named))
        for name, report in named.items():
            print(f"{name:{width}}  {_summary(report)}")


def _watched(reports: Any, total: int) -> Any:
    """The reports, with a count on a terminal while there are many."""
    shows = total > 1 and sys.stderr.isatty()
    for count, report in enumerate(reports, 1):
        if shows:
            print(f"\r{count}/{total}", end="" if count < total else "\n", file=sys.stderr, flush=True)
        yield report


def _plain(report: Any) -> dict[str, Any]:
    return {"error": str(report)} if isinstance(report, Exception) else dict(report.to_dict())


def _written(report: Any, form: str) -> str:
    """The report in a format of documents."""
    return str(getattr(report, f"to_{form}")()).rstrip("\n")


def _summary(report: Any) -> str:
    if isinstance(report, Exception):
        return f"not read: {report}"
    missing = f"; missing: {', '.join(report.incomplete)}" if report.incomplete else ""
    if report.first_wrong is None:
        return "no wrong line" + missing
    return f"line {report.first_wrong + 1}: {report.mistake}" + missing


def _model(options: argparse.Namespace) -> Any:
    from symbolic_mle import Model
    from symbolic_mle.cli.request import specification

    return Model.parse(**specification(options))
