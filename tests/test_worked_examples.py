"""The worked examples and the README say what the package writes today."""

from __future__ import annotations

import re
import runpy
import shlex
from pathlib import Path
from typing import Any

import pytest

from symbolic_mle.cli.arguments import parser

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "worked_examples"
WRITER = runpy.run_path(str(FOLDER / "write.py"))
README = (ROOT / "README.md").read_text(encoding="utf-8")
TYPED = [line for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL) for line in block.splitlines()]


@pytest.mark.parametrize("script", WRITER["SCRIPTS"], ids=lambda path: path.stem)
def test_a_worked_example_writes_what_is_kept(script: Path) -> None:
    for ending, text in WRITER["outputs"](script).items():
        kept = script.with_suffix(ending).read_text(encoding="utf-8")
        assert text == kept, f"{script.stem}{ending} has changed; if it should have: python worked_examples/write.py"


def test_the_readme_there_names_every_script() -> None:
    table = (FOLDER / "README.md").read_text(encoding="utf-8")
    for script in WRITER["SCRIPTS"]:
        assert f"[{script.name}]({script.name})" in table


def test_the_one_over_n_of_the_variance() -> None:
    """1/n for a known mean, 1/n for a fitted one, 1/(n − 1) from the squares that are left."""
    numbers = re.findall(r"= (\d\.\d{4}) ", (FOLDER / "normal_variance.txt").read_text(encoding="utf-8"))
    data = [9.8, 10.4, 10.1, 9.5, 10.7]
    mean = sum(data) / 5
    squares = sum((value - mean) ** 2 for value in data)
    expected = [sum((value - 10) ** 2 for value in data) / 5, squares / 5, squares / 4]
    assert [float(number) for number in numbers] == pytest.approx(expected, abs=1e-4)


def test_the_readme_shows_what_is_printed() -> None:
    assert WRITER["readme"]() == README, "the README shows something else; python worked_examples/write.py"


def test_the_readme_shows_a_derivation() -> None:
    (shown,) = WRITER["SHOWN"].findall(README)
    assert "Is it the maximum?" in shown[2]


@pytest.mark.parametrize("line", [line for line in TYPED if line.startswith("symbolic-mle")])
def test_the_commands_of_the_readme_can_be_typed(line: str) -> None:
    options: Any = parser().parse_args(shlex.split(line, comments=True)[1:])
    assert options.command


def test_the_python_of_the_readme_runs() -> None:
    for block in re.findall(r"```python\n(.*?)```", README, re.DOTALL):
        exec(compile(block, "README.md", "exec"), {})  # our own text, not a user's
