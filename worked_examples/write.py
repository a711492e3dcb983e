"""Run every worked example and keep what it writes: ``python worked_examples/write.py``.

A script prints to standard output, which becomes its .txt; its variable ``derivation`` or ``report``, where it has one, becomes
its .tex. The outputs of commands that the README shows are written again too.
"""

from __future__ import annotations

import contextlib
import io
import re
import runpy
import shlex
from pathlib import Path

from symbolic_mle.cli import main

FOLDER = Path(__file__).parent
README = FOLDER.parent / "README.md"
SHOWN = re.compile(r"(<!-- output of: symbolic-mle (.*?) -->\n```text\n)(.*?)(```)", re.DOTALL)
SCRIPTS = sorted(set(FOLDER.glob("*.py")) - {Path(__file__)})


def outputs(script: Path) -> dict[str, str]:
    """What a script writes today: {".txt": its standard output, ".tex": its derivation or report as a document}."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        names = runpy.run_path(str(script))
    documents = [names[name].to_latex(document=True) for name in ("derivation", "report") if name in names]
    return {".txt": printed.getvalue(), **dict(zip([".tex"], documents, strict=False))}


def readme() -> str:
    """The README with what its commands print today."""
    return SHOWN.sub(lambda found: found[1] + printed_by(found[2]) + found[4], README.read_text(encoding="utf-8"))


def printed_by(command: str) -> str:
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        main(shlex.split(command))
    return printed.getvalue()


if __name__ == "__main__":
    for script in SCRIPTS:
        for ending, text in outputs(script).items():
            script.with_suffix(ending).write_text(text, encoding="utf-8")
            print(script.with_suffix(ending).relative_to(FOLDER.parent))
    README.write_text(readme(), encoding="utf-8")
