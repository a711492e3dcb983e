"""Many workings: files, folders, tables, executors, and the command line."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from symbolic_mle import Model
from symbolic_mle.cli import main
from symbolic_mle.errors import DataError, ReadingError
from symbolic_mle.marking import WorkingReport, lines_of, mark_many, read_workings

RIGHT = ["l(lambda) = -n lambda + S log(lambda), S = sum x_i", "lambda_hat = S/n"]
WRONG = ["l(lambda) = -n lambda + S log(lambda), S = sum x_i", "lambda_hat = n/S"]


def test_reports_come_in_order_from_any_executor() -> None:
    model = Model.named("poisson")
    workings = [RIGHT, WRONG, ["x"] * 1000, RIGHT]
    plain = list(mark_many(model, workings))
    with ThreadPoolExecutor(2) as executor:
        threaded = list(mark_many(model, workings, executor))
    for reports in (plain, threaded):
        assert isinstance(reports[2], ReadingError)
        assert [r.first_wrong for r in reports if isinstance(r, WorkingReport)] == [None, 1, None]


def test_displayed_formulas_are_one_line() -> None:
    head = "\\documentclass{article}\n\\begin{document}\n"
    text = head + "So % why\n\\begin{align}\na &= b \\\\\n &= c\n\\end{align}\n\\[ d \\]\n\\end{document}\n"
    assert lines_of(text, ".tex") == ["So", "\\begin{align} a &= b \\\\ &= c \\end{align}", "\\[ d \\]"]


def test_folders_and_tables(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("\n".join(RIGHT), encoding="utf-8")
    (tmp_path / "b.md").write_text("# Title\n\n" + "\n\n".join(WRONG), encoding="utf-8")
    assert read_workings(tmp_path) == {"a.txt": RIGHT, "b.md": WRONG}
    table = tmp_path / "class.csv"
    table.write_text('id,working\n7,"' + "\n".join(RIGHT) + '"\n', encoding="utf-8")
    assert read_workings(table) == {"7": RIGHT}
    table.write_text("who,essay\n1,2\n", encoding="utf-8")
    with pytest.raises(DataError):
        read_workings(table)


def test_the_command_line_marks_and_checks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "w.txt"
    file.write_text("\n".join(WRONG), encoding="utf-8")
    assert main(["mark", "poisson", str(file), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["workings"]["w.txt"]["mistake"] == "wrong-estimate"
    assert main(["check", "uniform", "--claim", "theta = 2 xbar", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["correct"], found["diagnosis"]) == (False, "method-of-moments")
    assert main(["check", "uniform", "--claim", "theta max(x)"]) == 2
