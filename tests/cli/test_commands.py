"""The command line from end to end, in this process: what is printed, where, and with which exit status."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from symbolic_mle.cli import main
from symbolic_mle.families import catalogue


class Run:
    """One run of the command: exit status and both outputs."""

    def __init__(self, capture: pytest.CaptureFixture[str], words: tuple[str, ...]) -> None:
        try:
            self.status: Any = main(words)
        except SystemExit as end:
            self.status = end.code
        self.out, self.err = capture.readouterr()


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Any:
    return lambda *words: Run(capsys, words)


@pytest.fixture
def counts(tmp_path: Path) -> str:
    file = tmp_path / "counts.csv"
    file.write_text("x\n2\n0\n3\n1\n", encoding="utf-8")
    return str(file)


POISSON = (
    "lambda^x exp(-lambda) / x!",
    "--variable",
    "x",
    "--parameter",
    "lambda > 0",
    "--support",
    "x = 0, 1, 2, ...",
)


def test_a_named_model(run: Any) -> None:
    result = run("derive", "poisson")
    assert result.status == 0
    assert not result.err
    assert "λ̂" in result.out
    assert "x̄" in result.out


def test_a_density_and_its_named_model_derive_alike(run: Any) -> None:
    """The name of a model changes nothing in what the engine does."""
    assert run("derive", *POISSON).out == run("derive", "poisson").out


def test_ascii(run: Any) -> None:
    result = run("derive", "poisson", "--ascii")
    assert result.status == 0
    assert result.out.isascii()
    assert "lambda" in result.out


def test_latex_fragment_and_document(run: Any) -> None:
    assert "\\begin{document}" not in run("derive", "poisson", "--format", "latex").out
    document = run("derive", "poisson", "--format", "latex", "--document").out
    assert document.startswith("\\documentclass")
    assert document.endswith("\\end{document}\n")


def test_json_is_json(run: Any) -> None:
    assert json.loads(run("derive", "poisson", "--format", "json").out)


def test_output_to_a_file(run: Any, tmp_path: Path) -> None:
    target = tmp_path / "poisson.txt"
    result = run("derive", "poisson", "--output", str(target))
    assert (result.status, result.out, result.err) == (0, "", "")
    assert target.read_text(encoding="utf-8") == run("derive", "poisson").out


def test_an_estimate_follows_the_derivation(run: Any, counts: str) -> None:
    result = run("derive", "poisson", "--estimate", counts)
    assert result.status == 0
    assert "(4 observations)\n    lambda = 1.5\n" in result.out


def test_an_estimate_with_a_known_constant(run: Any, counts: str) -> None:
    result = run("derive", "normal-variance", "--estimate", counts, "--set", "mu=1")
    assert "sigma2 = 1.5" in result.out


def test_an_estimate_in_json(run: Any, counts: str) -> None:
    estimate = json.loads(run("derive", "poisson", "--format", "json", "--estimate", counts).out)["estimate"]
    assert estimate["existence"] == "attained"
    assert estimate["values"] == {"lambda": 1.5}
    assert estimate["proof"] == "global"


def test_a_latex_document_stays_one_with_an_estimate_beside_it(run: Any, counts: str) -> None:
    result = run("derive", "poisson", "--format", "latex", "--document", "--estimate", counts)
    assert result.out.endswith("\\end{document}\n")
    assert "lambda = 1.5" in result.err


def test_an_estimate_that_does_not_exist(run: Any, tmp_path: Path) -> None:
    file = tmp_path / "zeros.csv"
    file.write_text("0\n0\n", encoding="utf-8")
    result = run("derive", "poisson", "--estimate", str(file))
    assert result.status == 0
    assert "There is no maximum: the likelihood approaches its supremum" in result.out


def test_an_estimate_that_is_not_decided_says_why(run: Any, counts: str, tmp_path: Path) -> None:
    file = tmp_path / "lengths.csv"
    file.write_text("0.4\n0.7\n", encoding="utf-8")
    result = run("derive", "uniform", "--estimate", str(file))
    if "could not be decided" in result.out:
        assert "\n    Why: " in result.out
    else:
        assert "theta = 0.7" in result.out


def test_data_from_standard_input(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("2\n0\n3\n1\n"))
    result = run("derive", "poisson", "--estimate", "-")
    assert "Estimate from standard input (4 observations)" in result.out


def test_listing(run: Any) -> None:
    result = run("models")
    assert result.status == 0
    assert [line.split()[0] for line in result.out.splitlines()] == list(catalogue())


def test_listing_by_a_word_in_title_or_description(run: Any) -> None:
    lines = run("models", "waiting").out.splitlines()
    assert any(line.startswith("exponential ") for line in lines)
    assert not any(line.startswith("normal ") for line in lines)


def test_details_of_one_model(run: Any) -> None:
    result = run("models", "normal-variance")
    assert "e^(-(x - mu)^2 / (2 sigma2)) / sqrt(2 pi sigma2)" in result.out
    assert "sigma2 > 0; mu real known" in result.out
    assert "symbolic-mle derive normal-variance" in result.out


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        ([], "COMMAND"),
        (["prove"], "invalid choice: 'prove'"),
        (["derive"], "DENSITY"),
        (["derive", "poisson", "--colour"], "unrecognized arguments: --colour"),
        (["derive", "poison"], "did you mean 'poisson'?"),
        (["models", "poison"], "did you mean 'poisson'?"),
        (["derive", "e^(-x)"], "--parameter: none was given"),
        (["derive", "t e^(-t x", "--parameter", "t > 0"], ""),
        (["derive", "t e^(-t x)", "--parameter", "t > 0", "--support", "x > 0,"], ""),
        (["derive", "t e^(-t y)", "--parameter", "t > 0", "--support", "x > 0"], "y"),
        (["derive", "2 t e^(-t x)", "--parameter", "t > 0", "--support", "x > 0"], "integrate"),
        (["derive", "poisson", "--format", "pdf"], "invalid choice: 'pdf'"),
        (["derive", "poisson", "--document"], "--document is for --format latex"),
        (["derive", "poisson", "--ascii", "--format", "json"], "--ascii is for --format text"),
        (["derive", "poisson", "--set", "m=1"], "--set gives values for --estimate"),
        (["derive", "poisson", "--budget", "soon"], "'soon' is not a positive number of seconds"),
        (["derive", "poisson", "--budget", "-1"], "'-1' is not a positive number of seconds"),
        (["derive", "poisson", "--width", "3"], "from 40 to 1000"),
        (["derive", "poisson", "--estimate", "no-such-file.csv"], "no-such-file.csv: No such file"),
        (["derive", "poisson", "--output", "/no/such/folder/out.txt"], "/no/such/folder/out.txt: No such file"),
        (["derive", "__import__('os').system('id')", "--parameter", "t > 0"], ""),
    ],
)
def test_bad_input_is_one_line_and_exit_status_2(run: Any, words: list[str], complaint: str) -> None:
    result = run(*words)
    assert result.status == 2
    assert result.out == ""
    assert result.err.startswith("symbolic-mle")
    assert result.err.count("\n") == 1
    assert complaint in result.err


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("2\n-1\n", "-1"),
        ("2\n0.5\n", "0.5"),
        ("2\ntwo\n", "row 2: 'two' is not a number"),
        ("2\nnan\n", ""),
        ("", "the file has no data"),
    ],
)
def test_bad_data_are_one_line_and_exit_status_2(run: Any, tmp_path: Path, text: str, complaint: str) -> None:
    file = tmp_path / "data.csv"
    file.write_text(text, encoding="utf-8")
    result = run("derive", "poisson", "--estimate", str(file))
    assert result.status == 2
    assert result.err.count("\n") == 1
    assert complaint in result.err


def in_a_process(words: list[str], **options: Any) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "symbolic_mle", *words]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, **options)


def test_as_a_module() -> None:
    assert in_a_process(["models", "borel"]).stdout.startswith("borel: Borel\n")


@pytest.mark.skipif(os.name != "posix", reason="needs a POSIX shell")
def test_a_reader_that_stops_early() -> None:
    command = f"{sys.executable} -m symbolic_mle models | head -n 1"
    finished = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
    assert finished.stdout.startswith("bernoulli ")
    assert finished.stderr == ""


def test_a_terminal_that_cannot_show_unicode() -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    finished = in_a_process(["derive", "poisson"], env=environment)
    assert finished.returncode == 0
    assert finished.stdout.isascii()


def test_interruption(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("symbolic_mle.cli.commands.models", interrupted)
    result = run("models")
    assert result.status == 130
    assert result.err == "symbolic-mle: interrupted\n"
