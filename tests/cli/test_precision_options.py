"""Sections, standard errors, functions and iterations on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from symbolic_mle.cli import main


@pytest.fixture
def counts(tmp_path: Path) -> str:
    file = tmp_path / "counts.csv"
    file.write_text("x\n2\n0\n3\n1\n", encoding="utf-8")
    return str(file)


def test_sections(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(("derive", "poisson", "--sections", "finite-sample,links")) in (0, None)
    out = capsys.readouterr().out
    assert "Cramér–Rao" in out
    assert "Kullback–Leibler" in out
    assert "Likelihood equation" not in out


def test_a_section_that_is_none(capsys: pytest.CaptureFixture[str]) -> None:
    status = main(("derive", "poisson", "--sections", "appendix"))
    assert status == 2
    assert "'appendix' is not a section" in capsys.readouterr().err


def test_standard_errors_functions_and_iterations(capsys: pytest.CaptureFixture[str], counts: str) -> None:
    main(("derive", "poisson", "--estimate", counts, "--function", "exp(-lambda)", "--iterations", "scoring"))
    out = capsys.readouterr().out
    assert "se(lambda) = 0.6123724357, 95 % interval" in out  # √(1.5/4)
    assert "exp(-lambda) = 0.2231301601, standard error 0.1366" in out  # e^(−1.5) and times 0.612…
    assert "step 0: lambda = " in out


def test_standard_errors_in_json(capsys: pytest.CaptureFixture[str], counts: str) -> None:
    main(("derive", "poisson", "--format", "json", "--estimate", counts))
    estimate = json.loads(capsys.readouterr().out)["estimate"]
    assert estimate["standard_errors"]["lambda"] == pytest.approx((1.5 / 4) ** 0.5)
    assert estimate["covariance"][0][0] == pytest.approx(1.5 / 4)


def test_options_that_need_data(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(("derive", "poisson", "--function", "lambda")) == 2
    assert "--estimate" in capsys.readouterr().err
