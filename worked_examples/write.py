"""Run every worked example and keep what it writes: ``python worked_examples/write.py``.

A script prints to standard output, which becomes its .txt; its variable ``derivation`` becomes its .tex.
"""

from __future__ import annotations

import contextlib
import io
import runpy
from pathlib import Path

FOLDER = Path(__file__).parent
SCRIPTS = sorted(set(FOLDER.glob("*.py")) - {Path(__file__)})


def outputs(script: Path) -> dict[str, str]:
    """What a script writes today: {".txt": its standard output, ".tex": its derivation as a document}."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        names = runpy.run_path(str(script))
    return {".txt": printed.getvalue(), ".tex": names["derivation"].to_latex(document=True)}


if __name__ == "__main__":
    for script in SCRIPTS:
        for ending, text in outputs(script).items():
            script.with_suffix(ending).write_text(text, encoding="utf-8")
            print(script.with_suffix(ending).relative_to(FOLDER.parent))
