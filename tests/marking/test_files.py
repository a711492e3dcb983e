"""Workings out of what students hand in: the lines are those that a reader sees, whatever the markup around them."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from symbolic_mle import check_working
from symbolic_mle.errors import DataError, ReadingError
from symbolic_mle.marking import lines_of, read_workings
from symbolic_mle.marking.macros import expanded

LATEX = r"""\documentclass[12pt]{article}
\usepackage{amsmath}   % mathematics
\newcommand{\lik}[1]{\ell(#1)}
\newcommand{\sumx}{\sum_{i=1}^n x_i}
\title{Homework}
\begin{document}
\maketitle
\section*{Problem 1} \label{one}
\begin{enumerate}[label=(\alph*)]
\item The log-likelihood is $\lik{\lambda} = \log(\lambda)
   \sumx - n\lambda$. % or not
\item Differentiating,
\begin{align*}
  \ell'(\lambda) &= \frac{\sumx}{\lambda} - n \\
  \intertext{and so}
  \hat\lambda &= \frac1n \sumx \\
              &= \bar x .
\end{align*}
\end{enumerate}
\end{document}
never read = this
"""
MARKDOWN = """---
title: homework
---
# Poisson

1. **Likelihood:** $L = 1$
- so
  $$
  a
  - b = 0
  $$
> quoted `x = 1`

```
l(lambda) = -n lambda
- S
```
---
x**2 + y**2 = 1
"""


def test_latex_is_read_without_what_surrounds_it() -> None:
    assert lines_of(LATEX, ".tex") == [
        r"The log-likelihood is $\ell(\lambda) = \log(\lambda) \sum_{i=1}^n x_i - n\lambda$.",
        "Differentiating,",
        r"\begin{align} \ell'(\lambda) &= \frac{\sum_{i=1}^n x_i}{\lambda} - n \end{align}",
        r"\[ \text{and so} \]",
        r"\begin{align} \hat\lambda &= \frac1n \sum_{i=1}^n x_i \\ &= \bar x . \end{align}",
    ]
    report = check_working("poisson", lines_of(LATEX, ".tex"))
    assert report.first_wrong is None and {line.verdict for line in report.lines} == {"follows"}
    assert lines_of(LATEX, ".txt") == lines_of(LATEX, ".tex")


def test_markdown_is_read_without_its_marks() -> None:
    assert lines_of(MARKDOWN, ".md") == [
        "Likelihood: $L = 1$",
        "so",
        r"\[ a - b = 0 \]",
        "quoted x = 1",
        "l(lambda) = -n lambda",
        "- S",
        "x**2 + y**2 = 1",
    ]


def test_an_alignment_has_a_line_for_each_statement() -> None:
    cases = r"\begin{align} f &= \begin{cases} 1 & a \\ 0 & b \end{cases} \\ g &= 2 \\ & \quad + 3 \end{align}"
    assert lines_of(cases) == [
        r"\begin{align} f &= \begin{cases} 1 & a \\ 0 & b \end{cases} \end{align}",
        r"\begin{align} g &= 2 \\ & \quad + 3 \end{align}",
    ]


@pytest.mark.parametrize(
    "text",
    [
        r"\newcommand{\a}{\a\a}\a", r"\newcommand{\a}{\b\b}\newcommand{\b}{\a\a}\a", r"\def\a{" * 40,
        r"\newcommand{\a}[1]{x}" + r"\a{" * 5000,
    ],
)  # fmt: skip
def test_commands_that_never_end_end(text: str) -> None:
    assert len(expanded(text)) < 5 * len(text) + 20_000


@pytest.mark.parametrize(
    "text",
    [
        r"\[" * 35000, "$$ \n" * 15000, "\n" * 79000, "`" * 79000, "**a" * 20000, "<!--" * 19000, r"\begin{align}" * 6000,
        "\\" * 79000, r"\begin{enumerate}[" * 4000, "- " * 39000, r"\begin{align} " + r"\\[" * 20000 + r"\end{align}",
        "{" * 79000, "$" * 79000,
        r"\begin{document}" * 4900,
    ],
    ids=range(14),
)  # fmt: skip
@pytest.mark.parametrize("suffix", [".txt", ".md", ".tex"])
@pytest.mark.timeout(40)  # quadratic time would be minutes
def test_odd_texts_are_read(text: str, suffix: str) -> None:
    lines = lines_of(text, suffix)
    assert sum(map(len, lines)) <= 3 * len(text)


def test_a_folder_keeps_going_where_a_file_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "late").mkdir()
    (tmp_path / "late" / "d.TXT").write_bytes("λ̂ = x̄".encode("utf-16"))
    (tmp_path / "a.txt").write_bytes(b"\xff\x00\xfe")
    (tmp_path / "b.txt").write_bytes(b"\xef\xbb\xbflambda_hat = xbar\r\n")
    (tmp_path / "c.pdf").write_bytes(b"%PDF")
    (tmp_path / "e.txt").write_text("x" * 400_000, encoding="utf-8")
    (tmp_path / ".hidden.txt").write_text("x", encoding="utf-8")
    found = read_workings(tmp_path)
    assert list(found) == ["a.txt", "b.txt", "c.pdf", "e.txt", "late/d.TXT"]
    assert (found["b.txt"], found["late/d.TXT"]) == (["lambda_hat = xbar"], ["λ̂ = x̄"])
    assert all(isinstance(found[name], ReadingError) for name in ("a.txt", "c.pdf", "e.txt"))


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_tables_of_any_separator(tmp_path: Path, separator: str) -> None:
    file = tmp_path / "class.csv"
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out, delimiter=separator, quoting=csv.QUOTE_MINIMAL)
        writer.writerow(["Mark", "Student_Name", "Answer"])
        writer.writerow(["", "Ann", 'said "so"; a, b\nλ̂ = S/n\r\n'])
        writer.writerow(["", "Bob", ""])
        writer.writerow(["", "Ann", "$$\na\n= b\n$$"])
        writer.writerow([])
        writer.writerow(["", "", "x" * 200_000])
    found = read_workings(file)
    assert list(found) == ["Ann", "Bob", "Ann (2)", "row 4"]
    assert found["Ann"] == ['said "so"; a, b', "λ̂ = S/n"] and found["Bob"] == [] and len(found["Ann (2)"]) == 1
    assert isinstance(found["row 4"], ReadingError)


def test_columns_of_other_names_are_asked_for(tmp_path: Path) -> None:
    file = tmp_path / "class.csv"
    file.write_text("Matrikel,Abgabe\n7,x = 1\n", encoding="utf-8")
    with pytest.raises(DataError, match="'Matrikel', 'Abgabe'.*--who"):
        read_workings(file)
    assert read_workings(file, who="matrikel", working="Abgabe") == {"7": ["x = 1"]}
    file.write_text("id,working\n", encoding="utf-8")
    with pytest.raises(DataError, match="no workings"):
        read_workings(file)
