"""Every derivation in LaTeX compiles, all of them in one run of pdflatex."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from symbolic_mle import derive
from tests.derivations import CATALOGUE, derivation

PREAMBLE = r"""\documentclass{article}
\usepackage{amsmath,amssymb,amsthm,mathtools}
\allowdisplaybreaks
\begin{document}
"""
WORKED_EXAMPLES = sorted((Path(__file__).parents[1] / "worked_examples").glob("*.tex"))
OVERFULL = re.compile(r"^Overfull \\hbox \((\d+\.\d+)pt too wide\)", re.MULTILINE)


@pytest.fixture(scope="module", autouse=True)
def pdflatex() -> str:
    found = shutil.which("pdflatex")
    if not found:
        assert not os.environ.get("CI"), "pdflatex is missing; .ci/run installs it"
        pytest.skip("pdflatex is not installed")
    return found


def compiled(pdflatex: str, folder: Path, main: Path) -> str:
    """The log of a compilation that succeeded; on an error, the lines that say which file and why."""
    command = [
        pdflatex,
        "-interaction=nonstopmode",
        "-halt-on-error",
        "-file-line-error",
        "-no-shell-escape",
        main.name,
    ]
    finished = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    log = finished.stdout.decode("utf-8", errors="replace")
    errors = re.findall(r"^\S+\.tex:\d+:.*(?:\n.*){0,4}", log, re.MULTILINE)
    assert finished.returncode == 0, "\n".join(errors) or log[-2000:]
    return log


@pytest.mark.timeout(300)
def test_every_family_compiles(pdflatex: str, tmp_path: Path) -> None:
    for name in CATALOGUE:
        (tmp_path / f"{name}.tex").write_text(derivation(name).to_latex(), encoding="utf-8")
    body = "".join(f"\\input{{{name}.tex}}\n\\clearpage\n" for name in CATALOGUE)
    main = tmp_path / "every_family.tex"
    main.write_text(f"{PREAMBLE}{body}\\end{{document}}\n", encoding="utf-8")
    log = compiled(pdflatex, tmp_path, main)
    assert (tmp_path / "every_family.pdf").stat().st_size > 10_000
    assert "undefined" not in log.lower()


def test_a_document_compiles_by_itself(pdflatex: str, tmp_path: Path) -> None:
    main = tmp_path / "gamma.tex"
    main.write_text(derive("gamma").to_latex(document=True), encoding="utf-8")
    compiled(pdflatex, tmp_path, main)


@pytest.mark.parametrize("document", WORKED_EXAMPLES, ids=lambda path: path.stem)
def test_worked_examples_compile_without_an_overfull_line(pdflatex: str, tmp_path: Path, document: Path) -> None:
    copy = tmp_path / document.name
    shutil.copy(document, copy)
    log = compiled(pdflatex, tmp_path, copy)
    assert not OVERFULL.findall(log), f"{document.name}: {OVERFULL.findall(log)}"
