"""``symbolic-mle mark`` for a class: table, documents, spreadsheet, statistics, exit status, progress."""

from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path

import pytest

from symbolic_mle.cli import main
from symbolic_mle.cli.progress import watched
from symbolic_mle.cli.results import write
from symbolic_mle.marking import Results, mark_many

RIGHT = "l(lambda) = -n lambda + S log(lambda), S = sum x_i\nlambda_hat = S/n"
WRONG = "l(lambda) = -n lambda + S log(lambda), S = sum x_i\nlambda_hat = n/S"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    workings = tmp_path / "class"
    workings.mkdir()
    for name, text in {"ann.txt": RIGHT, "bob.md": WRONG, "cyd.txt": "", "dan.tex": WRONG}.items():
        (workings / name).write_text(text, encoding="utf-8")
    return workings


def test_a_class_is_a_table_with_its_statistics(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["mark", "poisson", str(folder)]) == 1
    shown = capsys.readouterr()
    rows = [line.split() for line in shown.out.splitlines()]
    assert rows[0] == ["who", "verdict", "line", "mistake", "missing"]
    assert [row[:2] for row in rows[1:5]] == [
        ["ann.txt", "no-mistake"],
        ["bob.md", "mistake"],
        ["cyd.txt", "not-marked"],
        ["dan.tex", "mistake"],
    ]
    assert rows[2][2:4] == ["2", "wrong-estimate"]
    assert "4 workings: 1 no-mistake, 2 mistake, 1 not-marked" in shown.out
    assert "first mistakes: 2 wrong-estimate" in shown.out
    assert shown.err == ""  # no terminal, no progress


def test_json_has_the_marks_and_the_statistics(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "cyd.txt").unlink()
    assert main(["mark", "poisson", str(folder), "--format", "json", "--jobs", "2"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert list(found["workings"]) == ["ann.txt", "bob.md", "dan.tex"]
    assert (found["workings"]["bob.md"]["verdict"], found["workings"]["bob.md"]["first_wrong"]) == ("mistake", 1)
    assert found["class"]["mistakes"] == {"wrong-estimate": 2}
    assert found["class"]["verdicts"] == {"no-mistake": 1, "mistake": 2, "partly-understood": 0, "not-marked": 0}


@pytest.mark.parametrize(
    ("form", "ending", "sign"),
    [
        ("text", ".txt", "✗"),
        ("latex", ".tex", "\\end{document}"),
        ("markdown", ".md", "✗"),
        ("html", ".html", "</html>"),
    ],
)
def test_documents_are_written_into_a_folder(folder: Path, tmp_path: Path, form: str, ending: str, sign: str) -> None:
    out = tmp_path / "marked"
    assert main(["mark", "poisson", str(folder), "--format", form, "--output", str(out)]) == 1
    names = {"ann.txt", "bob.md", "cyd.txt", "dan.tex", "class"}
    assert {p.name for p in out.iterdir()} == {name + ending for name in names} | {"results.csv", "results.json"}
    assert sign in (out / f"bob.md{ending}").read_text(encoding="utf-8")
    assert "empty" in (out / f"cyd.txt{ending}").read_text(encoding="utf-8")
    page = (out / f"class{ending}").read_text(encoding="utf-8")
    assert "wrong-estimate" in page and "bob.md" in page
    rows = list(csv.DictReader((out / "results.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert [row["verdict"] for row in rows] == ["no-mistake", "mistake", "not-marked", "mistake"]


def test_names_of_students_are_no_paths_and_no_formulas(tmp_path: Path) -> None:
    names = ["../../etc/passwd", "=cmd|' /C calc'!A0", "a/b", "a_b", "A_B", "", "class", "x" * 300, "名前"]
    marked = dict(zip(names, mark_many("poisson", [WRONG.splitlines()] * len(names)), strict=True))
    results = Results.of(marked)
    write(tmp_path / "out", marked, results, "text")
    files = [p.name.lower() for p in (tmp_path / "out").iterdir()]
    assert len(set(files)) == len(names) + 3 and all(len(name) < 100 for name in files)
    assert [p.name for p in tmp_path.iterdir()] == ["out"]
    cells = [row[0] for row in csv.reader(results.to_csv().splitlines())]
    assert not any(cell.startswith("=") for cell in cells)


def test_the_progress_is_counted_where_rich_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rich.console", None)
    monkeypatch.setattr(sys, "stderr", Terminal())
    assert list(watched(iter("abc"), 3)) == ["a", "b", "c"]
    assert sys.stderr.getvalue() == "\r1/3\r2/3\r3/3\n"  # type: ignore[attr-defined]


def test_rich_draws_the_bar_and_the_table(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("rich")
    monkeypatch.setattr(sys, "stderr", Terminal())
    monkeypatch.setattr(sys, "stdout", Terminal())
    (folder / "[red]eve[bold].txt").write_text(RIGHT, encoding="utf-8")
    assert main(["mark", "poisson", str(folder)]) == 1
    assert "Marking" in sys.stderr.getvalue()  # type: ignore[attr-defined]
    assert "[red]eve" in sys.stdout.getvalue()  # type: ignore[attr-defined]


def test_a_table_says_which_column_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "class.csv"
    table.write_text("mail;essay\na@b;" + WRONG.replace("\n", " and then ") + "\n", encoding="utf-8")
    assert main(["mark", "poisson", str(table)]) == 2
    assert "--who" in capsys.readouterr().err
    assert main(["mark", "poisson", str(table), "--who", "mail", "--working", "essay"]) == 0
    assert main(["mark", "poisson", str(tmp_path / "nothing.txt")]) == 2
