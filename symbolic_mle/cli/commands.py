"""What each subcommand does. SymPy is imported here, inside the functions, and nowhere else on the command line."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any, TextIO

from symbolic_mle import families
from symbolic_mle.cli import report
from symbolic_mle.errors import ModelError


def models(options: argparse.Namespace) -> None:
    """Print the catalogue, the part of it that a word fits, or all about the one model of that name."""
    word = options.word.strip()
    if word in families.names():
        related = [f for f in _fitting(word) if f.name != word]
        print(report.details(families.find(word)))
        print(f"\nSee also\n{report.listing(related)}" if related else "", end="\n" if related else "")
        return
    found = _fitting(word)
    if not found:
        families.find(word)
    print(report.listing(found))


def _fitting(word: str) -> list[families.Family]:
    wanted = word.lower()
    return [f for f in families.catalogue().values() if wanted in f"{f.name} {f.title} {f.about}".lower()]


def derive(options: argparse.Namespace) -> None:
    """Derive, write the derivation, and evaluate it on data."""
    _refuse_idle_options(options)
    from symbolic_mle.cli.request import known_values, specification

    request, values = specification(options), known_values(options.set)
    data = _data(options, request)

    from symbolic_mle import Model
    from symbolic_mle import derive as derivation_of

    derivation = derivation_of(Model.parse(**request), budget=options.budget)
    estimate = None if data is None else derivation.estimate(data, known=values)
    text = _written(derivation, options)
    if estimate is not None and options.format == "json":
        text = report.with_estimate(text, estimate)
    _write(text, options.output)
    if estimate is not None and options.format != "json":
        # A document in LaTeX, Markdown or HTML on standard output stays a document: the estimate goes beside it.
        beside = sys.stderr if options.format != "text" and not options.output else sys.stdout
        _print_estimate(estimate, data, options, beside)


def _refuse_idle_options(options: argparse.Namespace) -> None:
    """An option that would change nothing is a misunderstanding."""
    if options.document and options.format != "latex":
        raise ModelError(f"--document is for --format latex; the format is {options.format}")
    if options.ascii and options.format != "text":
        raise ModelError(f"--ascii is for --format text; the format is {options.format}")
    if (options.function or options.iterations) and not options.estimate:
        raise ModelError("--function and --iterations are for --estimate; without data there is nothing to evaluate")
    if options.set and not options.estimate:
        raise ModelError("--set gives values for --estimate; without data there is nothing to evaluate")


def _data(options: argparse.Namespace, request: dict[str, Any]) -> Any:
    """The data in the shape that ``estimate`` takes, read before anything slow is begun."""
    if not options.estimate:
        return None
    from symbolic_mle.cli.table import read

    names = [*(name.strip() for name in request["variable"].split(",")), *request.get("covariates", ())]
    columns = read(options.estimate, names)
    return columns if len(names) > 1 else columns[names[0]]


def _written(derivation: Any, options: argparse.Namespace) -> str:
    if options.format == "latex":
        return str(derivation.to_latex(document=options.document, sections=options.sections))
    if options.format != "text":
        return str(getattr(derivation, f"to_{options.format}")(sections=options.sections))
    layout = {"width": options.width} if options.width else {}
    plain = options.ascii or not _shows_unicode(options.output)
    return str(derivation.to_text(ascii=plain, sections=options.sections, **layout))


def _shows_unicode(output: str | None) -> bool:
    """A file is written in UTF-8; a terminal may not be able to show it."""
    try:
        "θ̂ᵢ∑√²".encode("utf-8" if output else sys.stdout.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _write(text: str, output: str | None) -> None:
    if output:
        Path(output).write_text(text.rstrip("\n") + "\n", encoding="utf-8")
    else:
        print(text.rstrip("\n"))


def _print_estimate(estimate: Any, data: Any, options: argparse.Namespace, stream: TextIO) -> None:
    size = len(next(iter(data.values())) if isinstance(data, dict) else data)
    source = "standard input" if options.estimate == "-" else options.estimate
    gap = "\n" if stream is sys.stdout and not options.output else ""
    print(gap + report.estimate_in_words(estimate, source, size), file=stream)
    for line in report.uncertainty_in_words(estimate, options.function, options.iterations):
        print(line, file=stream)
