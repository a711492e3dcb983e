"""A marked working as a document: every format holds the student's lines, the marks and the comments; LaTeX compiles."""

from __future__ import annotations

import json
import pickle
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest

from symbolic_mle import Model, check_working
from symbolic_mle.marking import WorkingReport

POISSON = Model.parse(
    density="lam^x e^(-lam)/x!", variable="x", parameters={"lam": "lam > 0"}, support="x = 0, 1, 2, ..."
)
SIGN_ERROR = ["ℓ(λ) = −nλ + S log λ, S = ∑ xᵢ", "ℓ′(λ) = n + S/λ", "n + S/λ = 0", "λ̂ = −S/n"]
AWKWARD = [
    "",
    "λ̂ ⟹ 100% & #1_{x} \\frac{1}{2} $ ^ ~",
    "<b>x̄</b>\n\x1b[31m",
    "\\begin{align} λ &= 1 \\\\ &= 2 \\end{align}",
    "名 é",
]


@pytest.fixture(scope="module")
def report() -> WorkingReport:
    return check_working(POISSON, SIGN_ERROR)


def test_the_text_has_marks_comments_and_the_right_result(report: WorkingReport) -> None:
    text = report.to_text()
    marks = re.findall(r"^ *([✓✗→?]) \d", text, re.MULTILINE)
    assert marks == ["✓", "✗", "→", "→"]
    assert "expected ℓ′(λ) = (∑ᵢ xᵢ)/λ − n" in text
    assert "λ̂ = x̄" in text and "outside the parameter space" in text
    assert report.to_text(ascii=True).isascii()


def test_the_values_on_data_are_the_students_and_the_right_one(report: WorkingReport) -> None:
    (remark,) = [inlines for inlines in report.remarks if "With the data " in inlines]
    data = [float(v) for v in str(remark[1]).split(",")]
    mean = sum(data) / len(data)
    words = [part for part in remark if isinstance(part, str)]
    assert f"−{mean:.4g}" in words and f"{mean:.4g}" in words


def test_data_and_document_are_json(report: WorkingReport) -> None:
    plain = json.loads(json.dumps(report.to_dict()))
    assert plain["first_wrong"] == 1 and plain["lines"][2]["verdict"] == "follows (error carried forward)"
    assert json.loads(report.to_json())
    assert pickle.loads(pickle.dumps(report)) == report  # noqa: S301  (our own bytes)


def test_awkward_lines_are_shown_as_text(tmp_path: Path) -> None:
    report = check_working(POISSON, AWKWARD)
    parser = HTMLParser()
    tags: list[str] = []
    parser.handle_starttag = lambda tag, attrs: tags.append(tag)  # type: ignore[method-assign]
    parser.feed(report.to_html())
    assert "b" not in tags
    assert "\x1b" not in report.to_text() and report.to_markdown()
    found = shutil.which("pdflatex")
    if not found:
        pytest.skip("pdflatex is not installed")
    (tmp_path / "marked.tex").write_text(report.to_latex(document=True), encoding="utf-8")
    command = [found, "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "marked.tex"]
    finished = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    assert finished.returncode == 0, finished.stdout[-1500:]
